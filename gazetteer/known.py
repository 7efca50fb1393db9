"""What a context says, looked up once: the country, the areas, the positions near by."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gazetteer.index import Gazetteer
from gazetteer.normalize import skeleton
from gazetteer.place import Candidate, Context, Place
from gazetteer.qualifiers import drop_qualifiers, find_qualifiers
from gazetteer.search import METHODS
from gazetteer.sources.radius import lookup_feature
from gazetteer.spelling import compare_with, is_arabic

# The classes that answer to each level of area; a country may be given for a first-level area.
_LEVELS = (frozenset({"area1", "country"}), frozenset({"area2"}), frozenset({"area3"}))
# An area's name may be spelled this far from the gazetteer's: Hamah for Hama, Dara for Daraa.
_MOST_DIFFERENT = 0.45
# Far from a border, the border to about a kilometre is enough, and found ten times as fast.
_COARSE_DEGREES = 0.01
# Of all names like an area's, so many are gone through.
_MOST_MET = 100
# The world has 3,900 first-level areas: a table that names them in any order looks up each once.
_MOST_KEPT = 4096


@dataclass(frozen=True)
class Area:
    """An area that a context names: its place and polygon, where the gazetteer has them."""

    text: str
    place: Place | None = None
    shape: BaseGeometry | None = None

    @property
    def name(self) -> str:
        """The gazetteer's name of the area, or the one that the context gives."""
        return self.place.name if self.place is not None else self.text

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids ("SY-ID") of the packaged areas that it is."""
        if self.place is None:
            return frozenset()
        every = (self.place.place_id, *self.place.same_as)
        return frozenset(text[5:] for text in every if text.startswith("area:"))

    @cached_property
    def skeletons(self) -> frozenset[str]:
        """The skeletons of all its names."""
        names = (self.place.name, *(n.text for n in self.place.names)) if self.place else ()
        return frozenset(map(skeleton, (self.text, *names)))

    @cached_property
    def coarse(self) -> BaseGeometry | None:
        """Its polygon to about a kilometre."""
        return None if self.shape is None else shapely.simplify(self.shape, _COARSE_DEGREES)


@dataclass(frozen=True)
class Known:
    """A context with its names looked up; `areas` are those of levels 1 to 3, or `None`."""

    context: Context
    country: str
    areas: tuple[Area | None, Area | None, Area | None] = (None, None, None)

    @property
    def area(self) -> Place | None:
        """The first-level area, or country, that the context names."""
        return self.areas[0].place if self.areas[0] is not None else None

    @property
    def told(self) -> str:
        """How much is known: `anywhere` for nothing, `country`, or `area` for more."""
        if any(self.areas) or self.context.near:
            return "area"
        return "country" if self.country else "anywhere"


_Kept = dict[tuple[str, ...], Known]
_KEPT: WeakKeyDictionary[Gazetteer, _Kept] = WeakKeyDictionary()


def know_context(gazetteer: Gazetteer, context: Context) -> Known:
    """Looks up what a context names; an area that nobody knows is left out.

    What the same country and areas came to before is kept for as long as the gazetteer is.
    """
    kept = _KEPT.setdefault(gazetteer, {})
    key = (context.country.upper(), context.admin1, context.admin2, context.admin3)
    if key not in kept:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = _look_up(gazetteer, key)
    return replace(kept[key], context=context)


def _look_up(gazetteer: Gazetteer, key: tuple[str, ...]) -> Known:
    country, *names = key
    first = lookup_area_named(gazetteer, names[0], country)
    within = country or (first.country if first is not None else "")
    areas: list[Area | None] = []
    if first is None:
        areas.append(None)
    else:
        areas.append(Area(names[0], first, gazetteer.geometry(first.place_id)))
    for level, name in enumerate(names[1:], 2):
        found = lookup_area_named(gazetteer, name, within, level=level)
        shape = None if found is None else gazetteer.geometry(found.place_id)
        areas.append(Area(name, found, shape) if name.strip() else None)
    return Known(Context(), within, (areas[0], areas[1], areas[2]))


def lookup_area_named(
    gazetteer: Gazetteer, name: str, country: str, *, level: int = 1
) -> Place | None:
    """The area of a level that a name in any spelling means; `None` if none does.

    "Al-Hasakah", "Hasaka", "Hamah Governorate" and the Arabic name all find their area.
    """
    if not name:
        return None
    # Late: the patterns of phrases take a tenth of the time of a `find` that names no area.
    from gazetteer.phrases import parse_phrase  # noqa: PLC0415

    phrase = parse_phrase(name)
    if phrase is None or not phrase.mentions:
        return None
    # "North Kivu" is a name of its own, "northern Aleppo" a part of Aleppo, "Bago East" of Bago.
    whole, own = name if phrase.headings else "", phrase.mentions[0].text
    for text in filter(None, dict.fromkeys([whole, own, drop_qualifiers(own)])):
        found = _pick_area(text, _find_areas(gazetteer, text, country, level))
        if found is not None:
            return found
    return None


def _find_areas(gazetteer: Gazetteer, text: str, country: str, level: int) -> list[Candidate]:
    """What `find_matches` finds of a level; no other place is made."""
    hits = gazetteer.find_hits([text], [country], limit=_MOST_MET)
    codes = [gazetteer.labels[number] for number in gazetteer.columns(hits.place).feature.tolist()]
    fit = np.array([lookup_feature(code).group in _LEVELS[level - 1] for code in codes], bool)
    columns = hits.place[fit].tolist(), gazetteer.texts(hits.text[fit]), hits.method[fit].tolist()
    return [
        Candidate(gazetteer.place(row), name, METHODS[method])
        for row, name, method in zip(*columns, strict=True)
    ]


def _pick_area(text: str, matches: Sequence[Candidate]) -> Place | None:
    """The place whose name, but for its qualifiers, is the likest; of equals the largest."""
    fit = [match for match in matches if not tells_apart(text, match.matched)]
    text, *names = (drop_qualifiers(name) or name for name in (text, *(m.matched for m in fit)))
    shares = compare_with(text, names)
    found = sorted(
        zip(shares, fit, strict=True),
        key=lambda pair: (pair[0], -pair[1].place.population, pair[1].place.place_id),
    )
    return found[0][1].place if found and found[0][0] <= _MOST_DIFFERENT else None


def tells_apart(one: str, other: str) -> bool:
    """Returns whether words such as "northern" and "upper" make two names those of two areas.

    "North Kivu" is not "Sud-Kivu", however alike the rest, nor is "Darfur" "West Darfur".
    """
    if is_arabic(one) != is_arabic(other):
        return False
    return find_qualifiers(one) != find_qualifiers(other)
