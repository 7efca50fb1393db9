"""Where a geocoder may look, and where its answers must lie: the context's area or country."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from gazetteer.online_answers import Box
from gazetteer.phrases import parse_phrase
from gazetteer.place import Context
from gazetteer.spelling import compare_names
from geo.areas import Area, area_geometry, find_areas, load_areas, lookup_area
from geo.measure import Position, distance_km

# An area's name may be spelled this far from ours: Hamah for Hama, Dara for Daraa.
_MOST_DIFFERENT = 0.45
# Our borders are simplified to half a kilometre, and OCHA's and Natural Earth's governorates differ
# by up to 15 km: so far outside its area an answer is still believed.
BORDER_KM = 15.0
# The box that is asked for is wider than the area by this much, for the same reason (16 km).
_MARGIN_DEG = 0.15
# The diameter of a median Syrian governorate (73.6 km of radius): an answer farther from all other
# places of its report is another place of that name.
FARTHEST_KM = 150.0
# A box from one end of the world to the other bounds nothing (Russia, Fiji: across the meridian).
_WIDEST_DEG = 180.0


class Bounds(NamedTuple):
    """The country and first-level area that an answer must lie in, and the box asked for.

    `country` is alpha-2 or ""; `area` the finest area known; `box` west, south, east, north.
    """

    country: str
    area: Area | None
    box: Box | None


def find_bounds(context: Context) -> Bounds:
    """Returns where a context says its places lie."""
    country = context.country.upper()
    area = _find_area(context.admin1, country) or lookup_area(country)
    return Bounds(country, area, _widen(area.bounds) if area is not None else None)


@lru_cache(maxsize=1024)
def _find_area(name: str, country: str) -> Area | None:
    """The first-level area of a country that a name in any spelling means."""
    phrase = parse_phrase(name) if name and country else None
    if phrase is None or not phrase.mentions:
        return None
    text = phrase.mentions[0].text
    found = [
        (min(compare_names(text, known) for known in area.names), area.area_id)
        for area in load_areas()
        if area.level == 1 and country in (area.country, area.parent)
    ]
    if not found or min(found)[0] > _MOST_DIFFERENT:
        return None
    return lookup_area(min(found)[1])


def _widen(bounds: Box) -> Box | None:
    west, south, east, north = bounds
    if not 0 <= east - west < _WIDEST_DEG:
        return None
    return (
        round(max(-180.0, west - _MARGIN_DEG), 3),
        round(max(-90.0, south - _MARGIN_DEG), 3),
        round(min(180.0, east + _MARGIN_DEG), 3),
        round(min(90.0, north + _MARGIN_DEG), 3),
    )


def find_holder(position: Position) -> Area | None:
    """The first-level area, or else the country, that holds a position."""
    for level in (1, 0):
        area_id = find_areas([position.lon], [position.lat], level=level)[0]
        if area_id:
            return lookup_area(area_id)
    return None


def explain_outside(bounds: Bounds, position: Position, near: Sequence[tuple[float, float]]) -> str:
    """Why a position cannot be meant, in words; "" where it can.

    >>> syria = find_bounds(Context(country="SY"))
    >>> explain_outside(syria, Position(32.86, 39.93), ())
    '477 km outside Syria'
    """
    away_km = measure_outside(bounds, position)
    if away_km > BORDER_KM and bounds.area is not None:
        return f"{away_km:.0f} km outside {bounds.area.name}"
    if near:
        away_km = min(distance_km(position, Position(*other)) for other in near)
        if away_km > FARTHEST_KM:
            return f"{away_km:.0f} km from the other places"
    return ""


@lru_cache(maxsize=4096)
def measure_outside(bounds: Bounds, position: Position) -> float:
    """How far outside its bounds a position lies, in kilometres; 0 inside, or without bounds."""
    # Late: shapely is needed only once a service has answered.
    from shapely import Point  # noqa: PLC0415
    from shapely.ops import nearest_points  # noqa: PLC0415

    if bounds.area is None:
        return 0.0
    nearest = nearest_points(area_geometry(bounds.area.area_id), Point(position))[0]
    return distance_km(position, Position(nearest.x, nearest.y))
