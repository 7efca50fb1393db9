"""What one sentence tells of one event: the value that the later steps join."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from gazetteer.phrases import PlacePhrase


@dataclass(frozen=True, slots=True)
class Loss:
    """A toll with its group under a canonical name ("" where the words give none)."""

    kind: str
    group: str
    low: int | None
    best: int | None
    high: int | None
    qualifier: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class When:
    """A date range of an event, the words it comes from, and the part of day ("" unknown)."""

    start: date
    end: date
    precision: str
    text: str
    part: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """One event as one sentence tells it; every part may be missing.

    `number` is the sentence's place in the report and `clause` where in it the event's clause
    begins; `start` and `end` are the sentence's span in the report. `weak` says that the type
    follows only from who was hurt. `joins` are sub types the words may point back to. `when` is the
    event's own date; `said` the date it was told, or that of the sentences before.
    `phrases` are its own places; `borrowed` says that they come from words such as "there".
    """

    number: int
    clause: int
    paragraph: int
    text: str
    start: int
    end: int
    event_type: str
    sub_event_type: str
    weak: bool = False
    joins: tuple[str, ...] = ()
    when: When | None = None
    said: When | None = None
    part: str = ""
    phrases: tuple[PlacePhrase, ...] = ()
    borrowed: bool = False
    losses: tuple[Loss, ...] = ()
    attackers: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    mutual: bool = False
    source: str = ""
    denied: bool = False
    contested: bool = False
    separate: bool = False
    counter: bool = False
    notes: tuple[str, ...] = field(default=())

    @property
    def key(self) -> tuple[int, int]:
        """Where it stands in the report: no two frames share it."""
        return self.number, self.clause


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Names once each, in order, without empty ones."""
    return tuple(dict.fromkeys(name for name in names if name))
