"""What dates are reckoned from, and what they are worth."""

from datetime import date

import pytest

from reports.dates import DateAnchor, find_dates

ANCHOR = DateAnchor(date(2020, 1, 23), "published 2020-01-23")
NONE = DateAnchor(None, "no publication date")


WITHOUT_ANCHOR = [
    ("Shells fell on Saturday.", None),
    ("Jets struck overnight.", None),
    ("On January 22, troops attacked.", None),
    ("It began on 22 Jan 2020.", date(2020, 1, 22)),
    ("In February 2018 the enclave fell.", date(2018, 2, 1)),
    ("It was over in August.", None),
    ("Between late April and the end of August, raids went on.", None),
    ("Two days ago, two were hurt.", None),
    ("Talks were held last week.", None),
    ("The strike of 2020-01-21 hit a depot.", date(2020, 1, 21)),
]


@pytest.mark.parametrize(("sentence", "expected"), WITHOUT_ANCHOR)
def test_without_a_publication_date_only_full_dates_are_known(sentence, expected):
    (finding,) = find_dates(sentence, NONE)
    assert finding.date_start == expected
    assert expected or "publication date" in finding.reason


FLAGS = [
    # sentence, background, speech, time only
    ("The ministry said on Thursday that jets struck.", False, True, False),
    ("He told reporters on Monday: “We go on.”", False, True, False),
    ("Speaking in Geneva on Tuesday, he refused.", False, True, False),
    ("On Tuesday, jets struck, he said.", False, False, False),
    ("Hundreds have died since 2011.", True, False, False),
    ("The army massed troops in August.", True, False, False),
    ("Talks will be held on Monday.", True, False, False),
    ("Fighting escalated in the past six months.", True, False, False),
    ("Shelling has gone on since Wednesday.", False, False, False),
    ("The attack began shortly after midnight.", False, False, True),
    ("The attack began at around 21:00.", False, False, True),
    ("On December 16, 2016, the city fell.", True, False, False),
]


@pytest.mark.parametrize(("sentence", "background", "speech", "time_only"), FLAGS)
def test_what_a_date_is_worth(sentence, background, speech, time_only):
    (finding,) = find_dates(sentence, ANCHOR)
    assert finding.is_background is background
    assert finding.is_speech is speech
    assert finding.is_time_only is time_only


SPOKEN = [
    ("The day before, rebels shelled the town.", [3]),
    ("A day earlier, a bomb killed two.", [3]),
    ("Two days later, troops raided it.", [6]),
    ("Two days after the attack, troops raided it.", [6]),
    ("The next day, troops returned.", [5]),
    ("Two days after elections, troops returned.", []),
    ("Three days after the ambush on Tuesday, men fled.", [4, 1]),
]


@pytest.mark.parametrize(("sentence", "days"), SPOKEN)
def test_days_before_and_after_are_reckoned_from_the_day_spoken_of(sentence, days):
    anchor = DateAnchor(date(2021, 6, 7), "")
    found = find_dates(sentence, anchor, spoken_of=date(2021, 6, 4))
    assert [finding.date_start.day for finding in found] == days


def test_a_day_after_is_no_date_where_none_was_spoken_of():
    assert find_dates("Two days later, troops raided it.", DateAnchor(date(2021, 6, 7), "")) == []


def test_a_time_of_day_takes_the_day_spoken_of():
    day = date(2020, 1, 22)
    (finding,) = find_dates("At around 21:00 two units attacked.", ANCHOR, spoken_of=day)
    assert (finding.date_start, finding.is_time_only) == (day, True)
    (alone,) = find_dates("At around 21:00 two units attacked.", ANCHOR)
    assert alone.date_start is None


def test_an_ambiguous_order_of_day_and_month_is_said():
    (finding,) = find_dates("The strike of 03/04/2019 hit a depot.", ANCHOR)
    assert finding.date_start == date(2019, 4, 3)
    assert "2019-03-04" in finding.reason


@pytest.mark.parametrize(
    ("sentence", "published", "expected"),
    [
        ("On February 29, a bridge fell.", date(2021, 3, 1), date(2020, 2, 29)),
        ("On December 31, a bridge fell.", date(2020, 1, 1), date(2019, 12, 31)),
        ("A bridge fell on Sunday.", date(2020, 3, 1), date(2020, 3, 1)),
        ("A bridge fell on Saturday.", date(2020, 3, 1), date(2020, 2, 29)),
        ("A bridge fell in December.", date(2020, 1, 1), date(2019, 12, 1)),
        ("A bridge fell yesterday.", date(2020, 1, 1), date(2019, 12, 31)),
    ],
)
def test_edges_of_the_calendar(sentence, published, expected):
    (finding,) = find_dates(sentence, DateAnchor(published, ""))
    assert finding.date_start == expected
