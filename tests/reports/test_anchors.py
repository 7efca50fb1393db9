"""The day of a report, and how surely it is known."""

from datetime import date

import pytest

from reports.dates import find_anchor
from reports.report import make_report

TASS = "MOSCOW, January 23. /TASS/. Rebels attacked, the ministry said on Thursday."


def test_the_given_date_comes_first():
    report = make_report(TASS, published=date(2021, 1, 1))
    assert find_anchor(report).published == date(2021, 1, 1)


CASES = [
    # text, today, expected, a word of the reason
    (TASS, None, None, "give --published"),
    (TASS + " Fighting began in 2003.", date(2013, 6, 1), date(2003, 1, 23), "only 2003"),
    (TASS + " A truce of December 2016 failed.", None, None, "2020, 2025"),
    (TASS + " A truce of December 2016 failed.", date(2024, 1, 1), date(2020, 1, 23), "only 2020"),
    (TASS + " A truce of January 9, 2020 failed.", None, date(2020, 1, 23), "date in full"),
    (TASS + " A truce of January 9, 2019 failed.", None, None, "2020, 2025"),
    (TASS + " A truce of 2021 failed.", date(2022, 1, 1), None, "no year fits"),
    ("BEIRUT, March 3, 2020 (AP) — Shells fell.", None, date(2020, 3, 3), "dateline"),
    ("BEIRUT, March 3 (AP) — Shells fell.", date(2020, 5, 5), None, "the year may be"),
    ("MOSCOW, February 30, 2020. /TASS/. Rebels.", None, None, "no date"),
    ("Published: 27 April 2019\n\nShells fell.", None, date(2019, 4, 27), "page says"),
    ("Published On 3 Dec 2019\n\nShells fell.", None, date(2019, 12, 3), "page says"),
    (
        "Shells kill 12\nBy Our Correspondent | 14 March 2023, 10:22\nShells fell on Sunday.",
        None,
        date(2023, 3, 14),
        "above the text",
    ),
    (
        "What we know about the attack that killed 12 in Homs on 14 March 2023\nShells fell.",
        None,
        None,
        "no dateline",
    ),
    ("Shells fell on Saturday.", None, None, "no dateline"),
    ("BEIRUT (AP) — Shells fell on Saturday.", None, None, "no dateline with a date"),
]


@pytest.mark.parametrize(("text", "today", "expected", "word"), CASES)
def test_the_day_of_a_report_without_a_date(text, today, expected, word):
    anchor = find_anchor(make_report(text), today=today)
    assert anchor.published == expected
    assert word in anchor.reason
