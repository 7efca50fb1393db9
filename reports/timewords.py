"""Values and arithmetic of dates: days, weekdays, months, and what a report is dated by."""

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from reports.numbers import parse_cardinal
from reports.words import load_words

# A span longer than this, or one that ended longer ago, is background and no incident's date.
BACKGROUND_DAYS = 31
DAY = timedelta(days=1)


class DateAnchor(NamedTuple):
    """The day relative dates are reckoned from, or `None`, and how it is known."""

    published: date | None
    reason: str


class DateFinding(NamedTuple):
    """A date in a sentence; `text` is its span `start` to `end`.

    `precision` is `day`, `week`, `month` or `year`. `date_start` and `date_end` are `None`
    where the words do not say (`reason` tells why). `is_background` marks long spans, times long
    past and times ahead; `is_speech` the day of a statement ("said on Monday"); `is_time_only`
    a time of day, whose date is that of what was said before.
    """

    date_start: date | None
    date_end: date | None
    precision: str
    text: str
    start: int
    end: int
    reason: str
    is_background: bool = False
    is_speech: bool = False
    is_time_only: bool = False


class Now(NamedTuple):
    """From where a phrase is reckoned.

    The day of publication, the day spoken of before it, whether the clause speaks of what is to
    come, and the year written last in the sentence.
    """

    published: date | None
    spoken_of: date | None
    is_ahead: bool = False
    year: int | None = None


class Span(NamedTuple):
    """First and last day, precision, and the reason in words."""

    start: date | None
    end: date | None
    precision: str
    reason: str
    is_background: bool = False
    is_time_only: bool = False


NO_ANCHOR = "no publication date to reckon from"


def unknown(precision: str, reason: str = NO_ANCHOR) -> Span:
    """A span whose days are not known, and why."""
    return Span(None, None, precision, reason)


@cache
def month_numbers() -> dict[str, int]:
    """Month names and abbreviations to 1-12."""
    return dict(load_words("dates")["months"])


@cache
def weekday_numbers() -> dict[str, int]:
    """Weekday names to 0-6, Monday first."""
    return dict(load_words("dates")["weekdays"])


@cache
def month_pattern() -> str:
    """A pattern for a month's name, full or short."""
    names = sorted(month_numbers(), key=len, reverse=True)
    return (
        "(?:" + "|".join(f"{name}\\b" + ("" if len(name) > 4 else "\\.?") for name in names) + ")"
    )


@cache
def weekday_pattern() -> str:
    """A pattern for a weekday's name."""
    return "(?:" + "|".join(weekday_numbers()) + ")"


def month_number(name: str) -> int:
    """The month, 1-12, of a name as the pattern finds it.

    >>> month_number("Sept.")
    9
    """
    return month_numbers()[name.rstrip(".")]


def make_date(year: int, month: int, day: int) -> date | None:
    """The day, or `None` where the calendar has no such day.

    >>> make_date(2019, 2, 29) is None
    True
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_weekday(published: date, weekday: int) -> date:
    """The last such weekday on or before the day of publication.

    >>> last_weekday(date(2019, 4, 27), 4)
    datetime.date(2019, 4, 26)
    """
    return published - DAY * ((published.weekday() - weekday) % 7)


def next_weekday(published: date, weekday: int) -> date:
    """The first such weekday after the day of publication."""
    return published + DAY * ((weekday - published.weekday() - 1) % 7 + 1)


def last_month_day(published: date, month: int, day: int) -> date | None:
    """The last such day of the year on or before the day of publication.

    >>> last_month_day(date(2020, 1, 23), 12, 16)
    datetime.date(2019, 12, 16)
    """
    years = range(published.year, max(published.year - 9, 0), -1)
    days = (make_date(year, month, day) for year in years)
    return next((found for found in days if found and found <= published), None)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    if (year, month) == (9999, 12):
        return date.max
    return date(year + month // 12, month % 12 + 1, 1) - DAY


def month_year(published: date, month: int, year: str | None, *, is_ahead: bool = False) -> int:
    """The year of a month named without one: the last begun, or the next where it is ahead."""
    if year:
        return int(year)
    if is_ahead:
        return published.year + (month < published.month)
    return published.year - (month > published.month)


def span_precision(days: int) -> str:
    """The precision that a span of so many days is told by.

    >>> span_precision(2), span_precision(7), span_precision(30), span_precision(90)
    ('day', 'week', 'month', 'year')
    """
    limits = ((2, "day"), (7, "week"), (31, "month"))
    return next((name for limit, name in limits if days <= limit), "year")


def parse_count(text: str) -> int | None:
    """The number of days or hours in words or figures; "a few" is three, as in ACLED.

    >>> parse_count("two"), parse_count("48"), parse_count("the")
    (2, 48, None)
    """
    low = " ".join(text.lower().split())
    if low in ("a", "an"):
        return 1
    if low.isdigit():
        return int(low)
    vague = {"a couple of": 2, "a few": 3, "few": 3, "several": 3}
    return vague.get(low) or parse_cardinal(low)
