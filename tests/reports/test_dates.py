"""Dates in sentences, reckoned from Thursday 23 January 2020 where nothing else is said."""

from datetime import date

import pytest

from reports.dates import DateAnchor, find_dates

ANCHOR = DateAnchor(date(2020, 1, 23), "published 2020-01-23")

# sentence, then for each date: text, start, end, precision
CASES = [
    # weekdays
    ("Shells fell on Saturday.", [("on Saturday", "2020-01-18", "2020-01-18", "day")]),
    ("He said so on Thursday.", [("on Thursday", "2020-01-23", "2020-01-23", "day")]),
    ("Late on Wednesday, jets struck.", [("Late on Wednesday", "2020-01-22", "2020-01-22", "day")]),
    ("On Sunday morning smoke rose.", [("On Sunday morning", "2020-01-19", "2020-01-19", "day")]),
    ("Tuesday's attack was repelled.", [("Tuesday's", "2020-01-21", "2020-01-21", "day")]),
    ("Last Thursday, a mine exploded.", [("Last Thursday", "2020-01-16", "2020-01-16", "day")]),
    (
        "The army advanced early on Monday.",
        [("early on Monday", "2020-01-20", "2020-01-20", "day")],
    ),
    (
        "Clashes broke out on Tuesday night.",
        [("on Tuesday night", "2020-01-21", "2020-01-21", "day")],
    ),
    (
        "Between Friday and Sunday, raids went on.",
        [("Between Friday and Sunday", "2020-01-17", "2020-01-19", "week")],
    ),
    (
        "Strikes hit the town on Saturday and Sunday.",
        [("on Saturday and Sunday", "2020-01-18", "2020-01-19", "day")],
    ),
    ("Talks will be held on Monday.", [("on Monday", "2020-01-27", "2020-01-27", "day")]),
    ("They meet next Friday.", [("next Friday", "2020-01-24", "2020-01-24", "day")]),
    # nights
    ("Jets struck overnight.", [("overnight", "2020-01-22", "2020-01-23", "day")]),
    (
        "Overnight Saturday, troops advanced.",
        [("Overnight Saturday", "2020-01-18", "2020-01-19", "day")],
    ),
    (
        "Troops advanced overnight on Saturday.",
        [("overnight on Saturday", "2020-01-18", "2020-01-19", "day")],
    ),
    (
        "Clashes went on overnight into January 23.",
        [("overnight into January 23", "2020-01-22", "2020-01-23", "day")],
    ),
    (
        "Drones came overnight into Thursday.",
        [("overnight into Thursday", "2020-01-22", "2020-01-23", "day")],
    ),
    (
        "Shelling went on Saturday night into Sunday.",
        [("on Saturday night into Sunday", "2020-01-18", "2020-01-19", "day")],
    ),
    ("Last night shells fell.", [("Last night", "2020-01-22", "2020-01-23", "day")]),
    # spans up to publication
    (
        "Twelve died over the past 24 hours.",
        [("over the past 24 hours", "2020-01-22", "2020-01-23", "day")],
    ),
    (
        "Twelve died in the last 48 hours.",
        [("in the last 48 hours", "2020-01-21", "2020-01-23", "day")],
    ),
    ("Twelve died over 48 hours.", [("over 48 hours", "2020-01-21", "2020-01-23", "day")]),
    ("Two days of clashes killed ten.", [("Two days of", "2020-01-21", "2020-01-23", "day")]),
    (
        "Raids in the past three days hit two towns.",
        [("in the past three days", "2020-01-20", "2020-01-23", "week")],
    ),
    (
        "Over the past week, six towns fell.",
        [("Over the past week", "2020-01-16", "2020-01-23", "week")],
    ),
    (
        "In recent days, villages were emptied.",
        [("In recent days", "2020-01-17", "2020-01-23", "week")],
    ),
    # dates in words
    ("On January 22, troops attacked.", [("On January 22", "2020-01-22", "2020-01-22", "day")]),
    ("On 22 January troops attacked.", [("On 22 January", "2020-01-22", "2020-01-22", "day")]),
    (
        "The truce of 9 January 2020 failed.",
        [("9 January 2020", "2020-01-09", "2020-01-09", "day")],
    ),
    ("It began on 22 Jan 2020.", [("on 22 Jan 2020", "2020-01-22", "2020-01-22", "day")]),
    (
        "It began on the 22nd of January.",
        [("on the 22nd of January", "2020-01-22", "2020-01-22", "day")],
    ),
    ("On December 30, a convoy was hit.", [("On December 30", "2019-12-30", "2019-12-30", "day")]),
    ("On Jan. 5, a convoy was hit.", [("On Jan. 5", "2020-01-05", "2020-01-05", "day")]),
    (
        "On Sept. 14, 2019, drones struck.",
        [("On Sept. 14, 2019", "2019-09-14", "2019-09-14", "day")],
    ),
    ("They will meet on January 30.", [("on January 30", "2020-01-30", "2020-01-30", "day")]),
    (
        "Shelling took place on January 16-22.",
        [("on January 16-22", "2020-01-16", "2020-01-22", "week")],
    ),
    (
        "Shelling took place on 16–22 January.",
        [("on 16–22 January", "2020-01-16", "2020-01-22", "week")],
    ),
    (
        "Between December 28 and January 3, 40 died.",
        [("Between December 28 and January 3", "2019-12-28", "2020-01-03", "week")],
    ),
    (
        "From 20 to 21 January the town was shelled.",
        [("From 20 to 21 January", "2020-01-20", "2020-01-21", "day")],
    ),
    (
        "It started in November 2016, and on December 16 it was over.",
        [
            ("in November 2016", "2016-11-01", "2016-11-30", "month"),
            ("on December 16", "2016-12-16", "2016-12-16", "day"),
        ],
    ),
    # figures
    ("The strike of 2020-01-21 hit a depot.", [("2020-01-21", "2020-01-21", "2020-01-21", "day")]),
    ("The strike of 21/01/2020 hit a depot.", [("21/01/2020", "2020-01-21", "2020-01-21", "day")]),
    ("The strike of 01/21/2020 hit a depot.", [("01/21/2020", "2020-01-21", "2020-01-21", "day")]),
    ("The strike of 21.01.2020 hit a depot.", [("21.01.2020", "2020-01-21", "2020-01-21", "day")]),
    ("The code is 2020-13-41.", []),
    # months, seasons, years
    (
        "Arms were withdrawn in mid-October.",
        [("in mid-October", "2019-10-11", "2019-10-20", "month")],
    ),
    ("The army massed troops in August.", [("in August", "2019-08-01", "2019-08-31", "month")]),
    (
        "A truce was called in late August.",
        [("in late August", "2019-08-21", "2019-08-31", "month")],
    ),
    (
        "At the end of December fighting eased.",
        [("the end of December", "2019-12-21", "2019-12-31", "month")],
    ),
    (
        "Between late April and the end of August, raids went on.",
        [("Between late April and the end of August", "2019-04-21", "2019-08-31", "year")],
    ),
    ("Attacks rose in January.", [("in January", "2020-01-01", "2020-01-23", "month")]),
    (
        "In February 2018 the enclave fell.",
        [("In February 2018", "2018-02-01", "2018-02-28", "month")],
    ),
    (
        "In the summer of 2016 the siege began.",
        [("In the summer of 2016", "2016-06-01", "2016-08-31", "year")],
    ),
    ("The war began in 2011.", [("in 2011", "2011-01-01", "2011-12-31", "year")]),
    ("Half a million have died since 2011.", [("since 2011", "2011-01-01", "2020-01-23", "year")]),
    ("Shelling has gone on since Monday.", [("since Monday", "2020-01-20", "2020-01-23", "week")]),
    # weeks, months, years near
    (
        "Talks were held earlier this week.",
        [("earlier this week", "2020-01-20", "2020-01-23", "week")],
    ),
    ("Talks were held last week.", [("last week", "2020-01-13", "2020-01-19", "week")]),
    ("Talks were held last month.", [("last month", "2019-12-01", "2019-12-31", "month")]),
    (
        "Fighting escalated earlier this year.",
        [("earlier this year", "2020-01-01", "2020-01-23", "year")],
    ),
    ("Yesterday, two were hurt.", [("Yesterday", "2020-01-22", "2020-01-22", "day")]),
    ("Two were hurt today.", [("today", "2020-01-23", "2020-01-23", "day")]),
    ("Two days ago, two were hurt.", [("Two days ago", "2020-01-21", "2020-01-21", "day")]),
    ("Two were hurt over the weekend.", [("over the weekend", "2020-01-18", "2020-01-19", "day")]),
    # reckoned from the day spoken of
    (
        "On Sunday the ministry said jets had struck the previous evening.",
        [
            ("On Sunday", "2020-01-19", "2020-01-19", "day"),
            ("the previous evening", "2020-01-18", "2020-01-18", "day"),
        ],
    ),
    (
        "On Monday shells fell; the same day a mine exploded.",
        [
            ("On Monday", "2020-01-20", "2020-01-20", "day"),
            ("the same day", "2020-01-20", "2020-01-20", "day"),
        ],
    ),
    # none
    ("Some 2020 people and 34 trucks moved in.", []),
    ("March on, said the general, and may God help us.", []),
    ("The 12-year-old lived on 5th Street.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[case[0] for case in CASES])
def test_dates_of_one_sentence(sentence, expected):
    found = [
        (d.text, str(d.date_start), str(d.date_end), d.precision)
        for d in find_dates(sentence, ANCHOR)
    ]
    assert found == expected


@pytest.mark.parametrize("sentence", [case[0] for case in CASES if case[1]])
def test_spans_are_exact_and_in_order(sentence):
    found = find_dates(sentence, ANCHOR)
    for finding in found:
        assert sentence[finding.start : finding.end] == finding.text
        assert finding.reason
    assert [d.start for d in found] == sorted(d.start for d in found)
