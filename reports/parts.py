"""One telling of a sentence with all that was found in the sentence, and the story before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gazetteer.phrases import PlacePhrase
from reports.clauses import Telling, is_background, is_spread
from reports.dates import DateFinding
from reports.frame import When
from reports.mentions import Setting, find_anaphor, resolve_anaphor
from reports.sentences import Sentence
from reports.sources import SourceFinding
from reports.tolls import Toll

DAY_PRECISE = ("day", "week")


@dataclass(frozen=True, slots=True)
class Story:
    """What the sentences so far have said, for the one that follows.

    `source` spoke last; `spoken_of` is the date last named and `dated` the sentence it stood in;
    `history` are all place phrases; `before` is the last sentence's text.
    """

    source: str = ""
    spoken_of: When | None = None
    dated: int = -99
    history: tuple[PlacePhrase, ...] = ()
    before: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found in one sentence; `number` is its place among those read."""

    sentence: Sentence
    number: int
    setting: Setting
    story: Story
    source: SourceFinding | None
    dates: Sequence[DateFinding]
    places: Sequence[PlacePhrase]
    tolls: Sequence[Toll]


@dataclass(frozen=True, slots=True)
class Parts:
    """One telling and the findings of its sentence."""

    telling: Telling
    found: Findings

    @property
    def text(self) -> str:
        """The whole sentence."""
        return self.found.sentence.text

    @property
    def told(self) -> str:
        """The telling's own words."""
        return self.text[self.telling.start : self.telling.end]

    def holds(self, start: int) -> bool:
        """Whether a position lies within the telling."""
        return self.telling.start <= start < self.telling.end

    @property
    def dates(self) -> list[DateFinding]:
        """Dates within the telling."""
        return [date for date in self.found.dates if self.holds(date.start)]

    @property
    def tolls(self) -> list[Toll]:
        """Tolls within the telling."""
        return [toll for toll in self.found.tolls if self.holds(toll.start)]


def is_no_incident(parts: Parts) -> bool:
    """Whether a telling is background: a long time, a general state, an old or coming date."""
    days = [d for d in parts.dates if not d.is_background and d.precision in DAY_PRECISE]
    own_day = [d for d in days if not d.is_speech and not d.is_time_only]
    if is_spread(parts.told) and not any(place.mentions for place in parts.found.places):
        return True
    if own_day and parts.tolls:
        return False
    if is_background(parts.text):
        return not own_day
    if _is_vague(parts):
        return True
    old = any(d.is_background and not _is_aside(parts.text, d) for d in parts.dates)
    return old and not own_day


def _is_vague(parts: Parts) -> bool:
    """Whether a telling has no date but a whole month or year, and no toll: a look back."""
    spans = [d.precision for d in parts.dates if not d.is_speech and not d.is_time_only]
    return bool(spans) and not parts.tolls and not set(spans) & set(DAY_PRECISE)


def _is_aside(text: str, found: DateFinding) -> bool:
    """Whether a background date only dates something else: "since ... in late August"."""
    opened = re.search(
        r"\b(?:since|until|after|before|from)\b[^.]*$", text[: found.start], re.IGNORECASE
    )
    return opened is not None


def choose_places(parts: Parts) -> tuple[tuple[PlacePhrase, ...], bool]:
    """The telling's own places, else those its "the city", "there" stand for.

    The second value is true of places that were named before.
    """
    places = parts.found.places
    own = [phrase for phrase in places if parts.holds(phrase.start)]
    named = tuple(phrase for phrase in own if phrase.mentions)
    if named:
        return named, False
    earlier = (phrase for phrase in places if phrase.start < parts.telling.start)
    history = [*parts.found.story.history, *earlier]
    for phrase in own:
        for found in resolve_anaphor(phrase.anaphor, history):
            return (_with_place(phrase, found),), False
    pointer = find_anaphor(parts.told)
    if pointer is None:
        return (), False
    return tuple(resolve_anaphor(pointer[0], history, several=pointer[1])), True


def _with_place(phrase: PlacePhrase, found: PlacePhrase) -> PlacePhrase:
    """The phrase with the place it points back to put in ("the city's western areas")."""
    return replace(phrase, mentions=found.mentions[-1:])
