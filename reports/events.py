"""What happened: the words that tell an event, and ACLED's type for it."""

import re
from dataclasses import dataclass
from functools import cache

from geo.incident import EVENT_TYPES
from reports.words import load_words

BATTLES = "Battles"
REMOTE = "Explosions/Remote violence"
ATTACK = "?attack"
TERRITORY = "?territory"
CLASH = "Armed clash"
# "Troops backed by drones attacked": the drones are no trigger, the verb is.
BACKED = re.compile(r"\b(?:backed|supported|covered|aided) by (?:the )?(?:[\w-]+ )?$")


@dataclass(frozen=True, slots=True)
class EventFinding:
    """A trigger in a sentence: `text[start:end] == trigger`.

    `event_type` and `sub_event_type` are ACLED's; the latter begins with `?` where the actors
    must decide (`decide_event`), and `event_type` is then empty. `form` is `noun`, `verb` or
    `casualty`. `joins` are the sub types an event told before may have when the words point
    back to it ("the strikes"; `*` any violence), empty where they do not.
    """

    event_type: str
    sub_event_type: str
    trigger: str
    start: int
    end: int
    form: str = "verb"
    joins: tuple[str, ...] = ()


@cache
def _ranks() -> dict[str, int]:
    """Precedence of each sub type, 0 first; the undecided kinds come after all violence."""
    ordered = [sub for subs in EVENT_TYPES.values() for sub in subs]
    ranks = {sub: rank * 10 for rank, sub in enumerate(ordered)}
    ranks[TERRITORY] = ranks[CLASH] - 1
    ranks[ATTACK] = ranks["Attack"] + 1
    return ranks


@cache
def _type_of() -> dict[str, str]:
    return {sub: event_type for event_type, subs in EVENT_TYPES.items() for sub in subs}


@cache
def _triggers() -> tuple[tuple[re.Pattern[str], str, str, bool], ...]:
    known = {*_ranks()}
    table = []
    for row in load_words("events")["triggers"]:
        if row["sub"] not in known:
            raise ValueError(f"reports/data/events.yaml: {row['sub']!r} is no ACLED sub-event type")
        pattern = compile_words(row["words"])
        table.append((pattern, row["sub"], row["form"], row.get("first", False)))
    return tuple(table)


def compile_words(words: list[str]) -> re.Pattern[str]:
    """One pattern for whole words of a YAML list; a space stands for any white space."""
    spaced = "|".join(words).replace(" ?", r"\s?").replace(" ", r"\s+")
    return re.compile(rf"(?<![\w-])(?:{spaced})(?!\w)", re.IGNORECASE)


@cache
def _references() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    rows = load_words("events")["references"]
    return tuple((compile_words(row["words"]), tuple(row["joins"])) for row in rows)


def find_events(text: str) -> list[EventFinding]:
    """All triggers in the text, in order; of two that overlap, the one that says more.

    That is the one marked `first`, then any before a generic word, then the longer one.
    Words in square brackets are the editor's and tell nothing.

    >>> [event.sub_event_type for event in find_events("An air strike hit the market.")]
    ['Air/drone strike']
    """
    found = [
        (not first, sub == ATTACK, match.start() - match.end(), _ranks()[sub], match, sub, form)
        for pattern, sub, form, first in _triggers()
        for match in pattern.finditer(text)
        if not BACKED.search(text, 0, match.start())
    ]
    found.sort(key=lambda row: (*row[:4], row[4].start()))
    kept: list[EventFinding] = []
    for *_, match, sub, form in found:
        event = EventFinding(_type_of().get(sub, ""), sub, match.group(), *match.span(), form)
        free = all(event.end <= other.start or event.start >= other.end for other in kept)
        if free and text.rfind("[", 0, event.start) <= text.rfind("]", 0, event.start):
            kept.append(_with_reference(text, event))
    return sorted(kept, key=lambda event: event.start)


def _with_reference(text: str, event: EventFinding) -> EventFinding:
    """The trigger, marked with what it may point back to."""
    for pattern, joins in _references():
        for match in pattern.finditer(text, max(0, event.start - 30)):
            if match.start() <= event.start and event.start < match.end():
                return EventFinding(
                    event.event_type,
                    event.sub_event_type,
                    event.trigger,
                    event.start,
                    event.end,
                    event.form,
                    joins,
                )
    return event


def find_event(text: str) -> EventFinding | None:
    """The event a sentence tells, by ACLED's precedence, or `None`.

    >>> find_event("Clashes broke out after a car bomb exploded.").event_type
    'Battles'
    """
    return choose_event(find_events(text))


def choose_event(events: list[EventFinding]) -> EventFinding | None:
    """The trigger that comes first in ACLED's precedence; `None` of none."""
    if not events:
        return None
    return min(events, key=lambda event: (_ranks()[event.sub_event_type], event.start))


def rank_of(sub_event_type: str) -> int:
    """A number to compare sub types by: lower comes first in ACLED's precedence."""
    return _ranks()[sub_event_type]


def decide_event(event: EventFinding, *, attackers: set[str], victims: set[str]) -> tuple[str, str]:
    """Event and sub-event type, once it is known who acted on whom.

    `attackers` and `victims` hold `state`, `armed`, `civilians` or nothing. Soldiers or
    fighters attacked is a battle; civilians attacked is violence against civilians; nobody
    named is a battle only where the attackers are rebels on the move against a place.

    >>> raid = EventFinding("", "?attack", "raided", 0, 6)
    >>> decide_event(raid, attackers={"armed"}, victims={"civilians"})
    ('Violence against civilians', 'Attack')
    """
    if event.sub_event_type == TERRITORY:
        state = "state" in attackers
        return (
            BATTLES,
            f"{'Government regains' if state else 'Non-state actor overtakes'} territory",
        )
    if event.sub_event_type != ATTACK:
        return event.event_type, event.sub_event_type
    if victims & {"state", "armed"} or (not victims and attackers):
        return BATTLES, CLASH
    return "Violence against civilians", "Attack"


def find_separators(text: str) -> list[tuple[int, int]]:
    """Spans of words that set an event apart from the one before ("separately")."""
    pattern = compile_words(load_words("events")["separators"])
    return [match.span() for match in pattern.finditer(text)]


def is_counter(text: str) -> bool:
    """Whether the words tell the answer to an attack: "launched a counter-offensive"."""
    return compile_words(load_words("events")["counters"]).search(text) is not None
