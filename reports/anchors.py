"""The day a report's relative dates are reckoned from, and how surely it is known."""

import re
from collections.abc import Iterable
from datetime import date

from reports.date_absolute import FORMS, D, M, Y
from reports.datelines import parse_dateline
from reports.report import Report
from reports.sentences import find_sentences
from reports.timewords import (
    DateAnchor,
    Now,
    make_date,
    month_number,
    weekday_numbers,
    weekday_pattern,
)

DATED = re.compile(
    rf"(?:[Pp]ublished|[Pp]osted|PUBLISHED|[Dd]ate)\b(?:\s(?:[Oo]n|[Aa]t))?:?\s"
    rf"(?P<date>{M}\s{D},?\s{Y}|{D}\s{M},?\s{Y}|{Y}-\d\d-\d\d|\d\d?[/.]\d\d?[/.]{Y})"
)
DATELINE_DATE = re.compile(
    rf"(?P<month>{M})\s(?P<day>{D})(?:,?\s(?P<year>{Y}))?"
    rf"|(?P<day2>{D})\s(?P<month2>{M})(?:,?\s(?P<year2>{Y}))?"
)
SPEECH_DAY = re.compile(rf"\bon\s(?P<weekday>{weekday_pattern()})\b(?!\s(?:night|evening))")
YEAR = re.compile(rf"\b{Y}\b(?!,\d)")
# Reports on the conflicts in view are from this year on where nothing else bounds them.
FIRST_YEAR = 1990
# A byline with its date is no longer than this; a headline with a date in it is.
BYLINE_WORDS = 9
# A date in full this near before the dateline says which year it is.
NEAR_DAYS = 60


def find_anchor(report: Report, *, today: date | None = None) -> DateAnchor:
    """The report's own date, else the date of its dateline, else `None`; with the reason.

    A dateline without a year takes it from the weekday the text names for that day, from the
    latest year named, and from dates in full close before it; it stays `None` where two years
    fit. `today`, if given, bounds the years from above.
    """
    if report.published:
        return DateAnchor(report.published, f"published {report.published}")
    stated = DATED.search(report.text)
    if stated:
        found = _full_dates(stated["date"])
        if found:
            return DateAnchor(found[0], f"the page says {stated.group()!r}")
    byline = _find_byline(report)
    if byline:
        return byline
    for line in report.text.splitlines():
        dateline = parse_dateline(line.strip())
        if dateline and dateline.date_text:
            return _anchor_dateline(report.text, dateline.date_text, today)
    return DateAnchor(None, "no publication date, and no dateline with a date; give --published")


def _find_byline(report: Report) -> DateAnchor | None:
    """The date in full of a short line before the text: "By our correspondent | 14 March 2023"."""
    for sentence in find_sentences(report.text, title=report.title):
        if sentence.kind in ("body", "dateline"):
            return None
        found = _full_dates(sentence.text)
        if found and len(sentence.text.split()) <= BYLINE_WORDS:
            return DateAnchor(found[0], f"the line {sentence.text!r} above the text")
    return None


def _anchor_dateline(text: str, date_text: str, today: date | None) -> DateAnchor:
    """The day of a dateline such as "January 23"."""
    match = DATELINE_DATE.search(date_text)
    if match is None:
        return DateAnchor(None, f"the dateline's {date_text!r} is no date; give --published")
    month = month_number(match["month"] or match["month2"])
    day = int(re.sub(r"\D", "", match["day"] or match["day2"]))
    year = match["year"] or match["year2"]
    if year:
        found = make_date(int(year), month, day)
        reason = f"dateline {date_text!r}" if found else f"the dateline's {date_text!r} is no date"
        return DateAnchor(found, reason)
    return _choose_year(text, date_text, (month, day), today)


def _choose_year(
    text: str, date_text: str, month_day: tuple[int, int], today: date | None
) -> DateAnchor:
    """The year of a dateline: the one that weekday, years named and dates in full allow."""
    weekday = SPEECH_DAY.search(text)
    first = max((int(year) for year in YEAR.findall(text)), default=FIRST_YEAR)
    last = today.year if today else first + 40
    days = [found for year in range(first, last + 1) if (found := make_date(year, *month_day))]
    days = [found for found in days if not today or found <= today]
    if weekday:
        number = weekday_numbers()[weekday["weekday"]]
        days = [found for found in days if found.weekday() == number]
    near = [found for found in days if _has_date_near(text, found)]
    clue = f"dateline {date_text!r}" + (f" and {weekday['weekday']!r}" if weekday else "")
    if len(near) == 1:
        return DateAnchor(near[0], f"{clue}, with a date in full close before it: {near[0].year}")
    if len(days) == 1:
        return DateAnchor(days[0], f"{clue}: only {days[0].year} fits")
    return DateAnchor(None, f"{clue}: {_name_years(days)}; give --published")


def _has_date_near(text: str, day: date) -> bool:
    return any(0 <= (day - full).days <= NEAR_DAYS for full in _full_dates(text))


def _full_dates(text: str) -> list[date]:
    """Dates written with day, month and year."""
    found: list[date] = []
    for pattern, resolver in FORMS[:6]:
        for match in pattern.finditer(text):
            span = resolver(match, Now(None, None))
            if span and span.end:
                found.append(span.end)
    return found


def _name_years(days: Iterable[date]) -> str:
    years = [str(found.year) for found in days]
    if not years:
        return "no year fits"
    shown = ", ".join(years[:4])
    return f"the year may be {shown}" + (" ..." if len(years) > 4 else "")
