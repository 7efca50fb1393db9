"""The clauses of a sentence, and which of its triggers tell something that happened."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from reports.events import EventFinding, compile_words, find_events
from reports.words import load_words

# How much text before a trigger can make it unreal or past ("could not rule out a full-scale").
LOOK_BACK = 70
# Words that open a clause telling another event, before or after the main one.
ASIDE_OPENERS = frozenset(
    {"after", "following", "followed", "before", "hours after", "days after", "where"}
)
SPLITTING = frozenset({*ASIDE_OPENERS, "a day after", "but", "; ", "while", "at a time when"})


# Marks a clause that only speaks of what may come: nothing else joins it.
UNREAL = "unreal"


class Clause(NamedTuple):
    """A stretch of a sentence; `opener` is the word it begins with ("after"), or empty."""

    start: int
    end: int
    opener: str = ""


class Telling(NamedTuple):
    """Clauses of one sentence that tell one event, and its triggers (at least one).

    `start` to `end` is the text of the event; `denied` says the words deny it.
    """

    start: int
    end: int
    events: tuple[EventFinding, ...]
    denied: bool = False
    opener: str = ""


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return compile_words(load_words("background")[key])


@cache
def _before_pattern(key: str) -> re.Pattern[str]:
    """The words of a list, with at most a few words between them and the end of the text."""
    words = "|".join(load_words("background")[key]).replace(" ?", r"\s?").replace(" ", r"\s+")
    return re.compile(
        rf"(?<![\w-])(?:{words})(?:[\s\u201c\"'\u2019]+[\w\u2019'-]+){{0,4}}[\s\u201c\"'\u2019]*$",
        re.IGNORECASE,
    )


@cache
def _breaks() -> re.Pattern[str]:
    words = sorted(load_words("background")["clause_breaks"], key=len, reverse=True)
    return re.compile(
        r"(?<![\w-])(?:" + "|".join(words).replace(" ", r"\s") + r")(?![\w-])", re.IGNORECASE
    )


def find_clauses(text: str) -> list[Clause]:
    """The clauses of a sentence, cut before words such as "after", "as", "while".

    >>> [c.opener for c in find_clauses("Clashes began after a bomb went off.")]
    ['', 'after']
    """
    cuts = [(0, "")]
    cuts += [
        (match.start(), match.group().lower())
        for match in _breaks().finditer(text)
        if match.start() > 0 and _opens_clause(text, match)
    ]
    ends = [*(start for start, _ in cuts[1:]), len(text)]
    return [Clause(start, end, word) for (start, word), end in zip(cuts, ends, strict=True)]


def _opens_clause(text: str, match: re.Match[str]) -> bool:
    """Whether the word opens a clause: not "as part of", "after midnight", "as well as"."""
    rest = text[match.end() :].lstrip()
    previous = text[: match.start()].rstrip().lower()
    if match.group().lower() == "as":
        stopped = (
            "well",
            "many",
            "much",
            "far",
            "such",
            "same",
            "long",
            "soon",
            "described",
            "known",
        )
        starts = ("well ", "many ", "much ", "far ", "part ", "a result", "for ", "of ", "long ")
        return not previous.endswith(stopped) and not rest.lower().startswith(starts)
    clock = re.match(
        r"(?:mid(?:night|day)|noon|dawn|dusk|sunset|sunrise|dark|nightfall|\d)", rest, re.IGNORECASE
    )
    return clock is None


def find_tellings(text: str) -> list[Telling]:
    """What the sentence tells as having happened: one entry an event, in order.

    Plans, conditions, wishes, what a relative clause recalls and what no clause of this
    sentence is about are left out; denials are kept and marked.

    >>> [t.events[0].trigger for t in find_tellings("He warned of an attack.")]
    []
    """
    events = find_events(text)
    tellings: list[Telling] = []
    for clause in find_clauses(text):
        inside = [event for event in events if clause.start <= event.start < clause.end]
        real = [event for event in inside if not is_unreal(text, event)]
        if inside and not real and clause.opener:
            tellings.append(Telling(clause.start, clause.end, (), opener=UNREAL))
        else:
            _add_clause(tellings, text, clause, real)
    return [telling for telling in tellings if telling.events]


def _add_clause(
    tellings: list[Telling], text: str, clause: Clause, events: Sequence[EventFinding]
) -> None:
    denied = bool(events) and any(is_denied(text, event) for event in events)
    new = Telling(clause.start, clause.end, tuple(events), denied, clause.opener)
    last = tellings[-1] if tellings else None
    if last is None or last.opener == UNREAL or _stands_alone(last, new):
        tellings.append(new)
    else:
        tellings[-1] = last._replace(
            end=new.end, events=(*last.events, *new.events), denied=last.denied or denied
        )


def _stands_alone(last: Telling, new: Telling) -> bool:
    """Whether a clause is apart from the one before: an aside, or another concrete event."""
    if new.opener not in SPLITTING:
        return False
    if new.opener in ASIDE_OPENERS and _is_concrete(last) and _is_concrete(new):
        return True
    if not new.events or not last.events:
        return new.opener in ASIDE_OPENERS
    concrete_last = {event.sub_event_type for event in last.events if event.form != "casualty"}
    concrete_new = {event.sub_event_type for event in new.events if event.form != "casualty"}
    return bool(concrete_last and concrete_new) and not concrete_last & concrete_new


def _is_concrete(telling: Telling) -> bool:
    return any(event.form != "casualty" for event in telling.events)


def is_unreal(text: str, event: EventFinding) -> bool:
    """Whether the words before a trigger say it did not happen, or is not the news here."""
    before = _clause_before(text, event.start)
    if event.form != "noun" and re.search(r"\bto\s+(?:[\w]+ly\s+)?$", before):
        return True
    if _before_pattern("unreal_before").search(before):
        return True
    return _before_pattern("past_before").search(before) is not None


def is_denied(text: str, event: EventFinding) -> bool:
    """Whether the words before a trigger deny it."""
    return _before_pattern("denials").search(_clause_before(text, event.start)) is not None


def _clause_before(text: str, start: int) -> str:
    """The text before a position, back to the last stop, comma pair or clause opener."""
    window = text[max(0, start - LOOK_BACK) : start]
    cut = max((window.rfind(mark) for mark in (";", ":", ". ", "\u2013", "\u2014")), default=-1)
    for match in _breaks().finditer(window):
        cut = max(cut, match.start()) if match.group().lower() in ASIDE_OPENERS else cut
    return window[cut + 1 :]


def is_background(text: str) -> bool:
    """Whether a sentence gives figures or events of a long time, or a general state.

    >>> is_background("The war has killed 370,000 people since it began.")
    True
    """
    return bool(_pattern("cumulative").search(text) or _pattern("general").search(text))


def is_spread(text: str) -> bool:
    """Whether a sentence counts over several areas at once, naming none of them.

    >>> is_spread("Forty children were killed in three provinces over 72 hours.")
    True
    """
    return _pattern("spread").search(text) is not None


def is_contested(text: str) -> bool:
    """Whether a sentence says that an account is disputed or unproved."""
    return _pattern("contested").search(text) is not None
