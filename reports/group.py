"""Frames that tell one incident, and what they say together."""

from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.normalize import fold
from gazetteer.phrases import PlacePhrase
from reports.events import rank_of
from reports.frame import Frame, Loss, When, unique

WIDE = frozenset({"province", "region", "governorate", "district", "country"})
# Relations that say more of a place than its bare name.
FINE_RELATIONS = frozenset({"sector", "near", "between", "direction", "from", "offset"})


@dataclass(frozen=True, slots=True)
class Group:
    """The frames of one incident, in order.

    `place` and `date` are set where they come from elsewhere in the report; `covers` are the
    keys of the first frames of incidents that its figures count as well.
    """

    frames: tuple[Frame, ...]
    place: tuple[PlacePhrase, ...] = ()
    date: When | None = None
    notes: tuple[str, ...] = ()
    covers: tuple[tuple[int, int], ...] = ()

    @property
    def first(self) -> Frame:
        """The frame told first."""
        return self.frames[0]

    @property
    def has_own_place(self) -> bool:
        """Whether a frame names its place itself."""
        return any(frame.phrases and not frame.borrowed for frame in self.frames)

    @property
    def last(self) -> Frame:
        """The frame told last."""
        return self.frames[-1]

    @property
    def strong(self) -> list[Frame]:
        """Frames whose words tell the type themselves; all where none does."""
        return [frame for frame in self.frames if not frame.weak] or list(self.frames)

    @property
    def when(self) -> When | None:
        """The incident's own date: the first day-precise one, else the first."""
        own = [frame.when for frame in self.frames if frame.when]
        days = [when for when in own if when.precision == "day"]
        return next(iter(days or own), self.date)

    @property
    def phrases(self) -> tuple[PlacePhrase, ...]:
        """Its places: those set from outside, else of the frame that says most of them."""
        if self.place:
            return self.place
        own = [frame for frame in self.frames if frame.phrases and not frame.borrowed]
        lent = [frame for frame in self.frames if frame.phrases]
        best = max(own or lent, key=detail_of, default=None)
        return best.phrases if best else ()

    @property
    def event(self) -> tuple[str, str]:
        """Event and sub-event type, by precedence over the frames that tell it."""
        telling = self.strong
        if all(frame.weak for frame in telling):
            # Who was hurt decides, so a frame that says so comes before one that does not.
            telling = [frame for frame in telling if frame.victims] or telling
        best = min(telling, key=lambda frame: rank_of(frame.sub_event_type))
        return best.event_type, best.sub_event_type

    @property
    def attackers(self) -> tuple[str, ...]:
        """Those who acted; who is named among the others first counts there."""
        return self._sides()[0]

    @property
    def victims(self) -> tuple[str, ...]:
        """Those who were acted upon."""
        return self._sides()[1]

    def _sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        attackers: dict[str, None] = {}
        victims: dict[str, None] = {}
        for frame in self.frames:
            if not frame.mutual:
                attackers.update({name: None for name in frame.attackers if name not in victims})
            victims.update({name: None for name in frame.victims if name not in attackers})
        return unique(attackers), unique(victims)

    @property
    def losses(self) -> list[Loss]:
        """Every toll stated."""
        return [loss for frame in self.frames for loss in frame.losses]

    @property
    def part(self) -> str:
        """The part of the day, or empty."""
        return next((frame.part for frame in self.frames if frame.part), "")


def detail_of(frame: Frame) -> tuple[int, int]:
    """How much a frame's places say: finer relations first, then named parts and features."""
    fine = sum(phrase.relation in FINE_RELATIONS for phrase in frame.phrases)
    marked = sum(bool(m.feature) for phrase in frame.phrases for m in phrase.mentions)
    return fine, marked


def place_keys(phrases: Sequence[PlacePhrase]) -> frozenset[tuple[str, str]]:
    """Names and extents to compare places by: `("aleppo", "")`, `("aleppo", "south")`."""
    keys: set[tuple[str, str]] = set()
    for phrase in phrases:
        mentions = (phrase.target,) if phrase.target else phrase.mentions
        fine = phrase.relation in FINE_RELATIONS and phrase.relation != "from"
        extent = " ".join((phrase.relation, *sorted(phrase.headings))) if fine else ""
        keys.update((fold(m.text), extent) for m in mentions if m)
    return frozenset(keys)


def place_names(phrases: Sequence[PlacePhrase]) -> frozenset[str]:
    """The folded names in the phrases, their containers and targets included."""
    mentions = [
        m for p in phrases for m in (*p.mentions, *p.containers, *((p.target,) if p.target else ()))
    ]
    return frozenset(fold(m.text) for m in mentions)


def overlap(one: When | None, other: When | None) -> bool:
    """Whether two date ranges share a day; an unknown one does not contradict."""
    if one is None or other is None:
        return True
    return one.start <= other.end and other.start <= one.end
