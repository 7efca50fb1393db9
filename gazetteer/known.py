"""What a context says, looked up once: the country, the area, the positions near by."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from weakref import WeakKeyDictionary

from shapely import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from gazetteer.index import Gazetteer
from gazetteer.normalize import skeleton
from gazetteer.penalties import AreaFit
from gazetteer.phrases import parse_phrase
from gazetteer.place import Context, Place
from gazetteer.sources.radius import lookup_feature
from gazetteer.spelling import compare_names
from geo.measure import Position, distance_km

_AREA_GROUPS = frozenset({"area1", "country"})
# An area's name may be spelled this far from the gazetteer's: Hamah for Hama, Dara for Daraa.
_MOST_DIFFERENT = 0.45
# So far outside a simplified border, the area that a source gives for a place is believed.
_BORDER_KM = 15.0


@dataclass(frozen=True)
class Known:
    """A context with its names looked up; `area` is the first-level area (or country) named."""

    context: Context
    country: str
    area: Place | None = None
    area_ids: frozenset[str] = frozenset()
    shape: BaseGeometry | None = None
    fits: dict[str, AreaFit] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """How much is known: `anywhere` for nothing, `country`, or `area` for more."""
        if self.area is not None or self.context.near:
            return "area"
        return "country" if self.country else "anywhere"


_MOST_KEPT = 256
_KEPT: WeakKeyDictionary[Gazetteer, dict[tuple[str, str], Known]] = WeakKeyDictionary()


def know_context(gazetteer: Gazetteer, context: Context) -> Known:
    """Looks up what a context names; what it names and nobody knows is left out.

    What the same country and area came to before is kept for as long as the gazetteer is.
    """
    kept = _KEPT.setdefault(gazetteer, {})
    key = (context.country.upper(), context.admin1)
    if key not in kept:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = _look_up(gazetteer, context, key[0])
    return replace(kept[key], context=context)


def _look_up(gazetteer: Gazetteer, context: Context, country: str) -> Known:
    area = lookup_area_named(gazetteer, context.admin1, country)
    if area is None:
        return Known(context, country)
    ids = frozenset(
        text.removeprefix("area:")
        for text in (area.place_id, *area.same_as)
        if text.startswith("area:")
    )
    return Known(context, country or area.country, area, ids, gazetteer.geometry(area.place_id))


def lookup_area_named(gazetteer: Gazetteer, name: str, country: str) -> Place | None:
    """The first-level area, or country, that a name in any spelling means; `None` if none does.

    "Al-Hasakah", "Hasaka", "Hamah Governorate" and the Arabic name all find their area.
    """
    phrase = parse_phrase(name) if name else None
    if phrase is None or not phrase.mentions:
        return None
    text = phrase.mentions[0].text
    found = [
        (compare_names(text, match.matched), -match.place.population, match.place.place_id, match)
        for match in gazetteer.find_matches(text, country=country, limit=100)
        if lookup_feature(match.place.feature_code).group in _AREA_GROUPS
    ]
    if not found or min(found)[0] > _MOST_DIFFERENT:
        return None
    return min(found)[3].place


def fit_area(gazetteer: Gazetteer, known: Known, place: Place) -> AreaFit | None:
    """How a place lies to the area the context names; `None` where no area is known."""
    if known.area is None:
        return None
    fit = known.fits.get(place.place_id)
    if fit is None:
        fit = known.fits[place.place_id] = _measure_fit(gazetteer, known, known.area, place)
    return fit


def _measure_fit(gazetteer: Gazetteer, known: Known, area: Place, place: Place) -> AreaFit:
    name = area.name
    if place.place_id == area.place_id or gazetteer.admin1_id(place) in known.area_ids:
        return AreaFit(name, inside=True, away_km=0.0)
    here = Position(place.lon, place.lat)
    if known.shape is None:
        away_km = distance_km(here, Position(area.lon, area.lat)) - area.radius_km
        return AreaFit(name, _is_named(place.admin1, area), max(0.0, away_km))
    nearest = nearest_points(known.shape, Point(here))[0]
    away_km = distance_km(here, Position(nearest.x, nearest.y))
    inside = away_km == 0.0 or (away_km <= _BORDER_KM and _is_named(place.admin1, area))
    return AreaFit(name, inside=inside, away_km=away_km)


def _is_named(name: str, area: Place) -> bool:
    """Whether a source's name of an area is one of the area's names, in some spelling."""
    return bool(name) and skeleton(name) in _area_skeletons(area)


@lru_cache(maxsize=256)
def _area_skeletons(area: Place) -> frozenset[str]:
    return frozenset(skeleton(name) for name in (area.name, *(n.text for n in area.names)))
