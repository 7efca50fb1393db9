"""Dates that name a day, a month or a year: "January 16-22", "22/01/2020", "late August"."""

import re
from collections.abc import Callable
from datetime import date

from reports.timewords import (
    Now,
    Span,
    last_month_day,
    make_date,
    month_end,
    month_number,
    month_pattern,
    month_year,
    span_precision,
    unknown,
)
from reports.words import load_words

M = month_pattern()
D = r"\d{1,2}(?!\d|[.,]\d)(?:st|nd|rd|th)?"
Y = r"(?:19|20)\d\d"
TO = r"(?:\s?[-\u2013\u2014]\s?|\s(?:to|and|until|through|till)\s)"
PART = r"(?:[Ee]arly|[Mm]id|[Ll]ate|(?:[Tt]he\s)?(?:[Mm]iddle|[Bb]eginning|[Ss]tart|[Ee]nd)\sof)"
LEAD = r"(?:[Bb]etween|[Ff]rom)\s"

Resolver = Callable[[re.Match[str], Now], Span | None]


def _day(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _resolve_month_day(month: int, day: int, year: str | None, now: Now) -> tuple[date | None, str]:
    """The day, and how its year is known."""
    if year:
        return make_date(int(year), month, day), "the date as written"
    if now.year and not now.is_ahead:
        return make_date(now.year, month, day), "in the year written before it"
    if now.published is None:
        return None, "no year, and no publication date to reckon it from"
    if now.is_ahead:
        this = make_date(now.published.year, month, day)
        if this and this >= now.published:
            return this, "the next such day after publication"
        return make_date(now.published.year + 1, month, day), "the next such day after publication"
    found = last_month_day(now.published, month, day)
    return found, "the last such day on or before publication"


def _resolve_day(match: re.Match[str], now: Now) -> Span | None:
    """Such as "January 22", "22 January 2020", "the 22nd of January"."""
    month, day = month_number(match["month"]), _day(match["day"])
    if make_date(2000, month, day) is None:
        return None
    found, reason = _resolve_month_day(month, day, match["year"], now)
    if found is None:
        return unknown("day", reason)
    return Span(found, found, "day", reason)


def _resolve_days(match: re.Match[str], now: Now) -> Span | None:
    """Such as "January 16-22", "between January 30 and February 2"."""
    last_month = month_number(match["month2"] or match["month"])
    first_month = month_number(match["month"] or match["month2"])
    if not make_date(2000, first_month, _day(match["day"])):
        return None
    if not make_date(2000, last_month, _day(match["day2"])):
        return None
    end, reason = _resolve_month_day(last_month, _day(match["day2"]), match["year"], now)
    if end is None:
        return unknown("week", reason)
    start = last_month_day(end, first_month, _day(match["day"]))
    if start is None:
        return None
    days = (end - start).days + 1
    return Span(start, end, span_precision(days), f"{reason}; {days} days")


def _resolve_iso(match: re.Match[str], _: Now) -> Span | None:
    found = make_date(int(match["year"]), int(match["month"]), int(match["day"]))
    return Span(found, found, "day", "the date as written") if found else None


def _resolve_figures(match: re.Match[str], _: Now) -> Span | None:
    """Such as "22/01/2020": the day first, unless only the other order is a date."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    day_first, month_first = make_date(year, second, first), make_date(year, first, second)
    if day_first and month_first and first != second:
        reason = f"read as day/month/year; as month/day/year it would be {month_first}"
        return Span(day_first, day_first, "day", reason)
    found = day_first or month_first
    return Span(found, found, "day", "the date as written") if found else None


def _part_days(part: str | None, year: int, month: int) -> tuple[date, date]:
    """First and last day of a month or of a part of it."""
    last = month_end(year, month)
    if not part:
        return date(year, month, 1), last
    word = part.lower().removeprefix("the ").split()[0]
    first_day, last_day = load_words("dates")["month_parts"][word]
    return date(year, month, first_day), date(year, month, last_day) if last_day else last


def _resolve_month(match: re.Match[str], now: Now) -> Span | None:
    """Such as "in August", "mid-October", "late August 2019"."""
    month = month_number(match["month"])
    if now.published is None and not match["year"]:
        return unknown("month", "no year, and no publication date to reckon it from")
    year = month_year(now.published or date.max, month, match["year"], is_ahead=now.is_ahead)
    start, end = _part_days(match["part"], year, month)
    reason = "the month as written" if match["year"] else "the last such month before publication"
    if now.published and start <= now.published < end:
        end, reason = now.published, f"{reason}, up to publication"
    return Span(start, end, "month", reason)


def _resolve_months(match: re.Match[str], now: Now) -> Span | None:
    """Such as "between late May and the end of July", "from May to July 2019"."""
    if now.published is None and not match["year"]:
        return unknown("year", "no year, and no publication date to reckon it from")
    last_month, first_month = month_number(match["month2"]), month_number(match["month"])
    year = month_year(now.published or date.max, last_month, match["year"])
    _, end = _part_days(match["part2"], year, last_month)
    start, _ = _part_days(match["part"], year - (first_month > last_month), first_month)
    return Span(start, end, "year", "from month to month")


def _resolve_year(match: re.Match[str], _: Now) -> Span | None:
    year = int(match["year"])
    return Span(date(year, 1, 1), date(year, 12, 31), "year", "the year as written")


def _resolve_season(match: re.Match[str], now: Now) -> Span | None:
    """Such as "the summer of 2016", "last winter"."""
    first = load_words("dates")["seasons"][match["season"].lower()]
    if not match["year"] and now.published is None:
        return unknown("year", "no year, and no publication date to reckon it from")
    year = int(match["year"]) if match["year"] else month_year(now.published or date.max, first, "")
    start = date(year, first, 1)
    return Span(start, month_end(year + (first == 12), (first + 1) % 12 + 1), "year", "a season")


FORMS: tuple[tuple[re.Pattern[str], Resolver], ...] = (
    (re.compile(rf"\b(?P<year>{Y})-(?P<month>\d\d)-(?P<day>\d\d)\b"), _resolve_iso),
    (
        re.compile(rf"\b(?P<first>\d\d?)(?P<sep>[/.])(?P<second>\d\d?)(?P=sep)(?P<year>{Y})\b"),
        _resolve_figures,
    ),
    (
        re.compile(
            rf"\b(?:{LEAD})?(?P<month>{M})\s(?P<day>{D}){TO}(?:(?P<month2>{M})\s)?(?P<day2>{D})"
            rf"(?:,?\s(?P<year>{Y}))?\b"
        ),
        _resolve_days,
    ),
    (
        re.compile(
            rf"\b(?:{LEAD})?(?P<day>{D})(?:\s(?P<month>{M}))?{TO}(?P<day2>{D})\s(?:of\s)?"
            rf"(?P<month2>{M})(?:,?\s(?P<year>{Y}))?\b"
        ),
        _resolve_days,
    ),
    (
        re.compile(rf"\b(?P<month>{M})\s(?P<day>{D})(?:,?\s(?P<year>{Y}))?\b"),
        _resolve_day,
    ),
    (
        re.compile(rf"\b(?P<day>{D})(?:\sof)?\s(?P<month>{M})(?:,?\s(?P<year>{Y}))?(?!\w)"),
        _resolve_day,
    ),
    (
        re.compile(
            rf"\b{LEAD}(?:(?P<part>{PART})[\s-])?(?P<month>{M}){TO}"
            rf"(?:(?P<part2>{PART})[\s-])?(?P<month2>{M})(?:\s(?:of\s)?(?P<year>{Y}))?(?!\w)"
        ),
        _resolve_months,
    ),
    (
        re.compile(
            rf"\b(?:(?P<part>{PART})[\s-])(?P<month>{M})(?:,?\s(?:of\s)?(?P<year>{Y}))?(?!\w)"
        ),
        _resolve_month,
    ),
    (
        re.compile(
            rf"\b(?:[Ii]n|[Dd]uring|[Ll]ast|[Tt]his|[Ss]ince|[Uu]ntil|[Bb]y|[Oo]f|[Ff]rom|[Tt]o)\s"
            rf"(?P<part>(?!))?(?P<month>{M})(?:,?\s(?:of\s)?(?P<year>{Y}))?(?!\w)"
        ),
        _resolve_month,
    ),
    (
        re.compile(rf"\b(?P<part>(?!))?(?P<month>{M})\s(?:of\s)?(?P<year>{Y})\b"),
        _resolve_month,
    ),
    (
        re.compile(
            rf"\b(?:[Tt]he|[Ll]ast|[Tt]his|[Ii]n)\s(?P<season>spring|summer|autumn|fall|winter)"
            rf"(?:\s(?:of\s)?(?P<year>{Y}))?\b"
        ),
        _resolve_season,
    ),
    (
        re.compile(
            rf"\b(?:[Ii]n|[Dd]uring|[Ss]ince|[Uu]ntil|[Bb]y|[Oo]f|[Ff]rom)\s"
            rf"(?:early\s|late\s|mid-)?(?P<year>{Y})\b(?![,.]\d)"
        ),
        _resolve_year,
    ),
)
