"""Dates reckoned from the day of publication: "late on Saturday", "the past 24 hours"."""

import re
from collections.abc import Callable
from datetime import date

from reports.timewords import (
    DAY,
    Now,
    Span,
    last_weekday,
    month_end,
    next_weekday,
    parse_count,
    span_precision,
    unknown,
    weekday_numbers,
    weekday_pattern,
)

W = weekday_pattern()
PARTS = r"(?:morning|afternoon|evening|night|noon|midday|midnight|dawn)"
COUNT = (
    r"(?:an?|\d{1,3}|(?:a\s)?(?:few|couple\sof)|several|one|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve|twenty-four|forty-eight|seventy-two)"
)
UNIT = r"(?:hour|day|night|week|month|year|decade)s?"
UNIT_DAYS = {"day": 1, "night": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}
# "Two days after the raid on Friday": the day that the words are reckoned from.
WEEKDAY_IN_CLAUSE = re.compile(rf"[^,;.]{{0,60}}?\b(?P<weekday>{W})\b")

Resolver = Callable[[re.Match[str], Now], Span | None]


def _resolve_weekday(match: re.Match[str], now: Now) -> Span | None:
    """The last such day up to publication: "on Saturday", "last Friday"."""
    if now.published is None:
        return unknown("day")
    weekday = weekday_numbers()[match["weekday"]]
    lead = (match["lead"] or "").lower().strip()
    if lead in ("next", "coming") or now.is_ahead:
        found = next_weekday(now.published, weekday)
        return Span(found, found, "day", "the next such day after publication")
    day = last_weekday(now.published - DAY if lead == "last" else now.published, weekday)
    if "overnight" in lead or (match["part"] or "") == "overnight":
        return Span(day, day + DAY, "day", f"the night after {match['weekday']}")
    return Span(day, day, "day", f"the last {match['weekday']} on or before publication")


def _resolve_night_to(match: re.Match[str], now: Now) -> Span | None:
    """The night that ends on that day: "overnight into Thursday"."""
    if now.published is None:
        return unknown("day")
    day = last_weekday(now.published, weekday_numbers()[match["weekday"]])
    return Span(day - DAY, day, "day", f"the night that ended on {match['weekday']}")


def _resolve_weekdays(match: re.Match[str], now: Now) -> Span | None:
    """Such as "between Friday and Sunday", "on Saturday and Sunday"."""
    if now.published is None:
        return unknown("day")
    end = last_weekday(now.published, weekday_numbers()[match["weekday2"]])
    start = last_weekday(end, weekday_numbers()[match["weekday"]])
    return Span(
        start, end, span_precision((end - start).days + 1), "the last such days up to publication"
    )


def _resolve_past(match: re.Match[str], now: Now) -> Span | None:
    """Such as "over the past 24 hours", "two days of clashes": a span that ends at publication."""
    count = parse_count(match["count"] or "one")
    unit = match["unit"].lower().removesuffix("s")
    if count is None:
        return None
    days = -(-count // 24) if unit == "hour" else count * UNIT_DAYS[unit]
    if now.published is None:
        return unknown("day" if days <= 2 else "year")
    end = now.published
    if days >= (end - date.min).days:
        return None
    start = end - DAY * days
    return Span(start, end, span_precision(days), f"{match['unit']} up to publication")


def _resolve_ago(match: re.Match[str], now: Now) -> Span | None:
    """Such as "two days ago", "three months ago"; "two days earlier" from the day spoken of."""
    count = parse_count(match["count"])
    unit = match["unit"].lower().removesuffix("s")
    base = now.published if match["word"] == "ago" else now.spoken_of or now.published
    if count is None:
        return None
    if base is None:
        return unknown("day")
    if unit == "hour":
        return Span(base, base, "day", "hours before")
    days = count * UNIT_DAYS[unit]
    if days >= (base - date.min).days:
        return None
    day, slack = base - DAY * days, {"week": 3, "month": 15, "year": 182, "decade": 1825}
    width = min(slack.get(unit, 0), days - 1)
    precision = {"week": "week", "month": "month"}.get(unit, "year" if width else "day")
    return Span(day - DAY * width, day + DAY * width, precision, f"{count} {unit}s before {base}")


def _resolve_after(match: re.Match[str], now: Now) -> Span | None:
    """Such as "two days later", "a day after the raid on Friday", "the next day".

    Reckoned from a weekday in the same clause, else from the day spoken of; without either the
    words are no date.
    """
    named = WEEKDAY_IN_CLAUSE.match(match.string, match.end()) if match["after"] else None
    base = now.spoken_of
    if named and now.published:
        base = last_weekday(now.published, weekday_numbers()[named["weekday"]])
    count = parse_count(match["count"] or "one")
    if base is None or count is None:
        return None
    unit = (match["unit"] or "day").lower().removesuffix("s")
    days = 0 if unit == "hour" else count * UNIT_DAYS[unit]
    if days >= (date.max - base).days:
        return None
    day = base + DAY * days
    return Span(day, day, "day", f"{days} day(s) after {base}, the day spoken of")


def _resolve_recent(match: re.Match[str], now: Now) -> Span | None:
    """Such as "earlier this week", "last month", "this year"."""
    if now.published is None:
        return unknown(match["unit"].lower())
    unit, is_last = match["unit"].lower(), match["which"].lower() in ("last", "previous")
    start, end = _unit_span(now.published, unit)
    if is_last:
        start, end = _unit_span(start - DAY, unit)
    end = min(end, now.published)
    return Span(start, end, unit, f"{match['which'].lower()} {unit}, reckoned from publication")


def _unit_span(day: date, unit: str) -> tuple[date, date]:
    """First and last day of the week, month or year that holds a day; weeks begin on Monday."""
    if unit == "week":
        start = day - DAY * day.weekday()
        return start, start + DAY * 6
    if unit == "month":
        return day.replace(day=1), month_end(day.year, day.month)
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _resolve_weekend(match: re.Match[str], now: Now) -> Span | None:
    if now.published is None:
        return unknown("day")
    sunday = last_weekday(now.published, 6)
    if now.published.weekday() == 5 and match["which"].lower() != "last":
        return Span(now.published, now.published, "day", "the weekend of publication")
    return Span(sunday - DAY, sunday, "day", "the last Saturday and Sunday up to publication")


def _shift(days_back: int, width: int, reason: str) -> Resolver:
    """A resolver of a fixed word: "yesterday", "last night"."""

    def resolve(_: re.Match[str], now: Now) -> Span | None:
        if now.published is None:
            return unknown("day")
        start = now.published - DAY * days_back
        return Span(start, start + DAY * width, "day", reason)

    return resolve


def _resolve_before(match: re.Match[str], now: Now) -> Span | None:
    """Such as "the previous evening", "the day before": one day before the day spoken of."""
    base = now.spoken_of or now.published
    if base is None:
        return unknown("day")
    back = 0 if "same" in match.group().lower() or "that" in match.group().lower() else 1
    day = base - DAY * back
    return Span(day, day, "day", f"reckoned from {base}, the day spoken of")


def _resolve_recent_days(_: re.Match[str], now: Now) -> Span | None:
    if now.published is None:
        return unknown("week")
    return Span(now.published - DAY * 6, now.published, "week", "the week up to publication")


def _resolve_time(_: re.Match[str], now: Now) -> Span | None:
    """A time of day, whose day is that of what was said before: "at 21:00"."""
    reason = "a time of day only; the day is that of the statement before"
    if now.spoken_of is None:
        return Span(None, None, "day", reason, is_time_only=True)
    return Span(now.spoken_of, now.spoken_of, "day", reason, is_time_only=True)


def _form(pattern: str, resolver: Resolver) -> tuple[re.Pattern[str], Resolver]:
    return re.compile(pattern), resolver


FORMS: tuple[tuple[re.Pattern[str], Resolver], ...] = (
    _form(
        rf"\b(?:[Oo]vernight\s(?:in)?to|[Tt]he\snight\s(?:in)?to|(?:(?:[Oo]n\s)?{W}\snight\s(?:in)?to"
        rf"|[Oo]n\sthe\snight\sof\s{W}\sto|[Oo]vernight\s(?:from\s)?{W}\s(?:in)?to)(?:\searly)?)"
        rf"\s(?P<weekday>{W})\b",
        _resolve_night_to,
    ),
    _form(
        rf"\b(?:[Bb]etween|[Ff]rom|[Oo]n|[Bb]oth)\s(?P<weekday>{W})\s(?:and|to)\s(?P<weekday2>{W})\b",
        _resolve_weekdays,
    ),
    _form(
        rf"\b(?P<lead>[Oo]vernight(?:\son)?\s|[Ll]ast\s|[Nn]ext\s|[Cc]oming\s)?"
        rf"(?P<weekday>{W})\b(?:'s|\u2019s)?(?:\s(?P<part>{PARTS}|overnight))?",
        _resolve_weekday,
    ),
    _form(
        rf"\b(?:[Oo]ver|[Ii]n|[Dd]uring|[Ww]ithin|[Ff]or)?\s?(?:the\s)?(?:past|last|previous)\s"
        rf"(?:(?P<count>{COUNT})\s)?(?P<unit>(?:hour|day|night|week|month|year|decade)s)\b",
        _resolve_past,
    ),
    _form(
        r"\b(?:[Oo]ver|[Ii]n|[Dd]uring|[Ww]ithin|[Ff]or)\s(?:the\s)?past\s(?P<count>(?!))?"
        r"(?P<unit>day|week|month|year|decade)\b",
        _resolve_past,
    ),
    _form(
        rf"\b(?:[Oo]ver|[Ii]n|[Ww]ithin|[Dd]uring)\s(?P<count>{COUNT})\s(?P<unit>(?:hour|day)s)\b",
        _resolve_past,
    ),
    _form(
        r"\b(?P<count>[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|\d)\s(?P<unit>days)\sof\b",
        _resolve_past,
    ),
    _form(
        rf"\b(?P<count>(?:[Aa]\s)?{COUNT}|[Aa]n?|[Tt]wo|[Tt]hree)\s(?P<unit>{UNIT})\s"
        rf"(?P<word>ago|earlier|before)\b",
        _resolve_ago,
    ),
    _form(
        rf"\b(?P<count>(?i:{COUNT}))\s(?P<unit>(?:hour|day|night|week)s?)\s"
        r"(?:later|(?P<after>after)(?=\s(?:the|that|this|their|its)\s))\b"
        r"|\b(?:[Oo]n\s)?[Tt]he\s(?:next|following)\s(?:day|night|evening|morning|afternoon)\b",
        _resolve_after,
    ),
    _form(
        r"\b(?:[Ee]arlier\s|[Ll]ater\s|[Ll]ate\s|[Ee]arly\s)?(?P<which>[Tt]his|[Ll]ast)\s"
        r"(?P<unit>week|month|year)\b",
        _resolve_recent,
    ),
    _form(
        r"\b(?:[Oo]ver|[Dd]uring|[Tt]his)\s(?P<which>the|last|this)?\s?weekend\b", _resolve_weekend
    ),
    _form(
        r"\b[Ii]n\srecent\sdays\b|\b(?:[Oo]ver|[Ii]n)\sthe\spast\sfew\sdays\b", _resolve_recent_days
    ),
    _form(r"\b[Yy]esterday(?:\s(?:morning|afternoon|evening))?\b", _shift(1, 0, "the day before")),
    _form(r"\b[Ll]ast\s(?:night|evening)\b", _shift(1, 1, "the night before publication")),
    _form(
        r"\b(?:[Tt]oday|[Tt]onight|[Tt]his\s(?:morning|afternoon|evening))\b",
        _shift(0, 0, "the day of publication"),
    ),
    _form(
        r"\b(?:on\s)?[Tt]he\s(?:previous|same)\s(?:day|evening|night|morning|afternoon)\b"
        r"|\b[Tt]he\s(?:day|night|evening)\sbefore\b|\b(?:earlier|later)\s(?:that|the\ssame)\sday\b"
        r"|\bthat\s(?:same\s)?(?:day|evening|night|morning)\b",
        _resolve_before,
    ),
    _form(r"\b[Oo]vernight\b(?!\s(?:in)?to\s)", _shift(1, 1, "the night before publication")),
    _form(
        r"\b(?:[Ss]hortly\s|[Jj]ust\s|[Ss]oon\s)?(?:after|before|around|at|past)\s"
        r"(?:midnight|dawn|midday|noon|dusk|sunset|sunrise)\b"
        r"|\b[Ii]n\sthe\searly\shours\b|\b[Aa]t\s(?:around\s|about\s)?\d{1,2}[:.]\d\d"
        r"(?:\s?(?:hours|GMT|UTC|[ap]\.?m\.?))?(?!\d)",
        _resolve_time,
    ),
)
