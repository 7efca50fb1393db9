"""Where candidates lie: in the areas that their context names, how far from other places."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gazetteer.columns import spread
from gazetteer.known import Area, Known
from gazetteer.normalize import skeleton
from gazetteer.pool import Pool, list_groups, number_labels, split
from gazetteer.spelling import compare_with
from gazetteer.weights import load_costs
from geo.measure import distances_km

Array = NDArray[Any]

# So far outside a simplified border, the area that a source gives for a place is believed.
_BORDER_KM = 15.0
# Nearer than this to a border, the distance is measured to the border itself, not a coarse one.
_EXACT_KM = 25.0
# A district's name may be spelled this far from a source's.
_SAME_DISTRICT = 0.3


class Ground(NamedTuple):
    """Candidates on the ground, a column each.

    `away_km` is how far each lies outside the area of level 1, 2 and 3 that its context names: 0
    inside, NaN where none is named, infinite where only names tell that it is another one.
    `distance_cost` and `nearest_km` are about the positions that the context gives, `company_cost`
    and `company_km` about the report's other mentions; kilometres are NaN where there are none.
    """

    away_km: tuple[Array, Array, Array]
    distance_cost: Array
    nearest_km: Array
    company_cost: Array
    company_km: Array


def measure_ground(pool: Pool) -> Ground:
    """Returns where the candidates lie by what the context of each says."""
    one, two, three = (_measure_level(pool, level) for level in range(3))
    nothing = np.zeros(len(pool.owner))
    nearest = np.full(len(pool.owner), np.nan)
    costs = nothing.copy()
    for known, rows in _group_rows(pool, lambda known: known.context.near):
        costs[rows], nearest[rows] = _measure_near(pool, rows, known.context.near)
    return Ground((one, two, three), costs, nearest, nothing, np.full(len(nothing), np.nan))


def _group_rows(pool: Pool, wanted: Callable[[Known], Hashable]) -> Iterable[tuple[Known, Array]]:
    """The candidates of the mentions for which the context says the same, group by group."""
    held: dict[Hashable, list[int]] = {}
    for number, asked in enumerate(pool.asked):
        value = wanted(asked.known)
        if value:
            held.setdefault(value, []).append(number)
    bounds = split(pool)
    for owners in held.values():
        begins = bounds[owners]
        rows = spread(begins, bounds[np.add(owners, 1)] - begins)[1]
        if len(rows):
            yield pool.asked[owners[0]].known, rows


def _measure_level(pool: Pool, level: int) -> Array:
    away_km = np.full(len(pool.owner), np.nan)
    for known, rows in _group_rows(pool, lambda known: _name_area(known.areas[level])):
        area = known.areas[level]
        if area is not None:
            away_km[rows] = _measure_area(pool, rows, area, level)
    return away_km


def _name_area(area: Area | None) -> tuple[str, str] | None:
    """What tells areas of one gazetteer apart: a place has many names, and an outline, to compare.

    `None` for none.
    """
    if area is None:
        return None
    return area.text, area.place.place_id if area.place is not None else ""


def _measure_area(pool: Pool, rows: Array, area: Area, level: int) -> Array:
    """How far candidates lie outside an area."""
    if area.place is None:
        return _compare_districts(pool, rows, area)
    lon, lat = pool.facts.lon[rows], pool.facts.lat[rows]
    inside = _is_listed_inside(pool, rows, area)
    away_km = np.zeros(len(rows))
    outside = np.flatnonzero(~inside)
    if area.shape is None or area.coarse is None:
        centre = distances_km(area.place.lon, area.place.lat, lon[outside], lat[outside])
        away_km[outside] = np.maximum(0.0, centre - area.place.radius_km)
    else:
        away_km[outside] = _measure_outside(area.coarse, lon[outside], lat[outside])
        close = outside[away_km[outside] < _EXACT_KM]
        away_km[close] = _measure_outside(area.shape, lon[close], lat[close])
    near = np.flatnonzero((away_km > 0) & (away_km <= _BORDER_KM))
    named = _is_named(pool, rows[near], area, level)
    away_km[near[named]] = 0.0
    return away_km


def _measure_outside(shape: BaseGeometry, lon: Array, lat: Array) -> Array:
    """Kilometres from points to a polygon, 0 inside."""
    ends = shapely.get_coordinates(shapely.shortest_line(shape, shapely.points(lon, lat)))
    on_shape = ends.reshape(-1, 2, 2)[:, 0]
    return distances_km(on_shape[:, 0], on_shape[:, 1], lon, lat)


def _is_listed_inside(pool: Pool, rows: Array, area: Area) -> Array:
    """Whether the gazetteer holds the area for the one that the place is in, or that it is."""
    gazetteer = pool.gazetteer
    labels = number_labels(gazetteer)
    numbers = [labels[text] for text in area.ids if text in labels]
    inside = np.isin(pool.facts.area[rows], numbers)
    own = gazetteer.lookup_row(area.place.place_id) if area.place is not None else None
    found: Array = inside | (pool.place[rows] == own)
    return found


def _is_named(pool: Pool, rows: Array, area: Area, level: int) -> Array:
    """Whether a source's name of a place's area is one of the area's names, in some spelling."""
    places = [pool.gazetteer.place(row) for row in pool.place[rows].tolist()]
    names = [(place.admin1, place.admin2, "")[level] for place in places]
    return np.array([bool(name) and skeleton(name) in area.skeletons for name in names], bool)


def _compare_districts(pool: Pool, rows: Array, area: Area) -> Array:
    """0 where a source's name of a place's district is like the area's, infinite where not."""
    places = [pool.gazetteer.place(row) for row in pool.place[rows].tolist()]
    names = [place.admin2 for place in places]
    distinct = list(dict.fromkeys(names))
    shares = dict(zip(distinct, compare_with(area.text, distinct), strict=True))
    away = [
        np.nan if not name else 0.0 if shares[name] < _SAME_DISTRICT else np.inf for name in names
    ]
    return np.array(away)


def _measure_near(
    pool: Pool, rows: Array, near: Sequence[tuple[float, float]]
) -> tuple[Array, Array]:
    """The mean cost of the distances to positions, and the distance to the nearest."""
    reach = reach_km(pool)[rows]
    away = [
        np.maximum(0.0, distances_km(lon, lat, pool.facts.lon[rows], pool.facts.lat[rows]) - reach)
        for lon, lat in near
    ]
    return distance_costs(np.array(away)).mean(axis=0), np.min(away, axis=0)


def distance_costs(km: Array) -> Array:
    """What distances to other places of the report cost (`weights.yaml`)."""
    rules = load_costs()["distance"]
    costs: Array = rules["weight"] * np.log2(1 + km / rules["unit_km"])
    return np.minimum(float(rules["most"]), costs)


def find_farthest_km() -> float:
    """Returns from where on distances cost the most, and no more."""
    rules = load_costs()["distance"]
    return float(rules["unit_km"] * (2 ** (rules["most"] / rules["weight"]) - 1))


def is_unasked(pool: Pool) -> Array:
    """Which candidates are areas that no word beside the name asks for."""
    areas = np.array([group.startswith("area") for group in list_groups()])
    bare = np.array([not asked.mention.feature for asked in pool.asked], bool)
    unasked: Array = areas[pool.group] & bare[pool.owner]
    return unasked


def reach_km(pool: Pool) -> Array:
    """How far a place counts as being there: its radius; its centre only if no word asks for it."""
    return np.where(is_unasked(pool), 0.0, pool.facts.radius_km)
