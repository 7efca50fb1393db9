"""Dates in a sentence, reckoned from the day of the report; English only, time zones aside."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from reports import date_absolute, date_relative
from reports.anchors import find_anchor
from reports.timewords import (
    BACKGROUND_DAYS,
    DAY,
    DateAnchor,
    DateFinding,
    Now,
    Span,
    span_precision,
)
from reports.words import load_words

__all__ = ["DateAnchor", "DateFinding", "find_anchor", "find_dates"]

# Words around a date that belong to its phrase.
LEAD = re.compile(
    r"\b(?:(?:[Ll]ate|[Ee]arly|[Oo]vernight)\s)?(?:(?:[Ss]ince|[Oo]n|[Ff]rom|[Bb]y|[Uu]ntil|[Ii]n|[Ii]nto|to)\s)?"
    r"(?:(?:the|late|early)\s)*$"
)
SINCE = re.compile(r"\b[Ss]ince\s(?:\w+\s)?$")
NIGHT_TO = re.compile(r"(?:[Oo]vernight\s(?:in)?to|night\s(?:in)?to|night\sof\s\w+\sto)\s$")
WRITTEN_YEAR = re.compile(rf"{date_absolute.M}\s(?:{date_absolute.D},?\s)?({date_absolute.Y})\b")
# A date this many words behind a verb of speech is when it was said.
SPEECH_WORDS = 4


def find_dates(
    sentence_text: str, anchor: DateAnchor, *, spoken_of: date | None = None
) -> list[DateFinding]:
    """All dates of a sentence, left to right.

    `spoken_of` is the day the sentences before speak of: "the previous evening" is reckoned
    from it, or from a date earlier in the same sentence.

    >>> anchor = DateAnchor(date(2019, 4, 27), "")
    >>> [str(d.date_start) for d in find_dates("On Friday, strikes killed ten.", anchor)]
    ['2019-04-26']
    """
    found: list[DateFinding] = []
    for match, resolver in _find_matches(sentence_text):
        is_ahead = _is_ahead(sentence_text, match.start())
        now = Now(anchor.published, spoken_of, is_ahead, _last_year(sentence_text, match))
        span = resolver(match, now)
        if span is None:
            continue
        found.append(
            _make_finding(sentence_text, match, _widen(sentence_text, match, span, now), now)
        )
        if not span.is_time_only and span.start and span.start == span.end:
            spoken_of = span.start
    return found


def _find_matches(text: str) -> Iterator[tuple[re.Match[str], date_absolute.Resolver]]:
    """Every phrase that reads as a date, left to right; of two that overlap the earlier form."""
    taken: list[tuple[int, int]] = []
    kept = []
    for pattern, resolver in (*date_absolute.FORMS, *date_relative.FORMS):
        for match in pattern.finditer(text):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                kept.append((match, resolver))
    yield from sorted(kept, key=lambda pair: pair[0].start())


def _widen(text: str, match: re.Match[str], span: Span, now: Now) -> Span:
    """The span as the words before it make it: "since ...", "overnight into ..."."""
    before = text[: match.start()]
    if span.start is None:
        return span
    if NIGHT_TO.search(before) and span.start == span.end and span.start > date.min:
        reason = f"the night that ended then; {span.reason}"
        return span._replace(start=span.start - DAY, reason=reason)
    since = SINCE.search(before) or match.group().lower().startswith("since")
    if since and now.published and span.start <= now.published:
        days = (now.published - span.start).days
        reason = f"from then up to publication; {span.reason}"
        return span._replace(end=now.published, precision=span_precision(days), reason=reason)
    return span


def _make_finding(text: str, match: re.Match[str], span: Span, now: Now) -> DateFinding:
    """The finding, with the words that lead it in, and what it is worth for an incident."""
    start, end = match.start(), match.end()
    lead = LEAD.search(text, 0, start)
    start = lead.start() if lead else start
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return DateFinding(
        span.start,
        span.end,
        span.precision,
        text[start:end],
        start,
        end,
        span.reason,
        is_background=_is_background(span, now, text[start:end]),
        is_speech=_is_speech(text[:start]),
        is_time_only=span.is_time_only,
    )


def _is_background(span: Span, now: Now, phrase: str) -> bool:
    """Whether the span is long, long past, or ahead: no incident's own date."""
    since = phrase.lower().startswith("since")
    if span.start is None or span.end is None:
        return span.precision == "year" or since
    if (span.end - span.start).days > BACKGROUND_DAYS:
        return True
    if now.published is None:
        return since
    if since and (now.published - span.start).days > 7:
        return True
    return span.start > now.published or (now.published - span.end).days > BACKGROUND_DAYS


def _is_speech(before: str) -> bool:
    """Whether a verb of speech stands close before: the date is when it was said."""
    words = re.findall(r"\w+|[,;:.]", before)[-SPEECH_WORDS:]
    cut = max((i for i, word in enumerate(words) if word in ",;:."), default=-1)
    return any(word.lower() in load_words("dates")["speech"] for word in words[cut + 1 :])


def _last_year(text: str, match: re.Match[str]) -> int | None:
    """The year written last before a date: "in November 2016, and on December 16"."""
    years = WRITTEN_YEAR.findall(text[: match.start()])
    return int(years[-1]) if years else None


@cache
def _ahead_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in load_words("dates")["ahead"])
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def _is_ahead(text: str, start: int) -> bool:
    """Whether the clause up to here speaks of what is to come, and was not broken off."""
    clause = re.split(r"[.,;:!?]\s|\bsaid\b|\btold\b|\bafter\b", text[:start])[-1]
    return bool(_ahead_pattern().search(clause))
