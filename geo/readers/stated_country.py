"""Positions held against the country that their rows name: swapped, or far outside it."""

from collections.abc import Iterator, Sequence
from functools import cache
from math import isfinite
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.areas import area_geometry, find_areas, load_areas, lookup_area
from geo.measure import Position, distances_km

# Nearer to a country than this, a position is no sign of a mistake: our borders are simplified,
# and what happens just across one is often told of the country.
_LEAST_KM_OUTSIDE = 20.0
# A position on another country's ground is doubtful from here on: what is told of one country and
# happens in the next (shelling across a border, a camp of refugees) mostly lies nearer.
_DOUBTFUL_KM = 50.0
# At sea it is the width of an exclusive economic zone, 200 nautical miles.
_DOUBTFUL_KM_AT_SEA = 370.0

Floats = NDArray[np.float64]


class _Placed(NamedTuple):
    """A position and the code of the country its row names, with the rows that have both."""

    position: Position
    code: str
    rows: list[int]


def find_swapped(
    positions: Sequence[Position | None], countries: Sequence[str]
) -> list[tuple[int, str]]:
    """Rows, from 0, whose position lies outside their country while the swapped one lies inside.

    `countries` are names or alpha-2 codes as the rows give them; unknown ones are passed over.
    """
    doubtful = [one for one in _find_placed(positions, countries) if _is_swap_possible(one)]
    if not doubtful:
        return []
    lons, lats = _split(doubtful)
    as_given = find_areas(lons, lats, level=0)
    as_swapped = find_areas(lats, lons, level=0)
    swapped = [
        one
        for one, given, other in zip(doubtful, as_given, as_swapped, strict=True)
        if given != one.code and other == one.code
    ]
    far = _measure_outside(swapped)
    found = [one for one, km in zip(swapped, far.tolist(), strict=True) if km > _LEAST_KM_OUTSIDE]
    return sorted(
        (row, _say_swapped(one.position, countries[row])) for one in found for row in one.rows
    )


def find_outside(
    positions: Sequence[Position | None], countries: Sequence[str]
) -> list[tuple[int, str]]:
    """Rows, from 0, whose position lies far outside their country, with how far and where.

    Far is 50 km on another country's ground, 370 km at sea. Ground that the country claims is not
    outside it. `countries` as for `find_swapped`.
    """
    placed = _find_placed(positions, countries)
    if not placed:
        return []
    holders = find_areas(*_split(placed), level=0)
    away = [
        (one, held or "") for one, held in zip(placed, holders, strict=True) if held != one.code
    ]
    if not away:
        return []
    provinces = find_areas(*_split([one for one, _ in away]), level=1)
    foreign = [
        (one, held)
        for (one, held), province in zip(away, provinces, strict=True)
        if one.code not in _list_claimants(held, province or "")
    ]
    far = _measure_outside([one for one, _ in foreign])
    return sorted(
        (row, _say_outside(one.position, countries[row], held, km))
        for (one, held), km in zip(foreign, far.tolist(), strict=True)
        if km > (_DOUBTFUL_KM if held else _DOUBTFUL_KM_AT_SEA)
        for row in one.rows
    )


def _find_placed(positions: Sequence[Position | None], countries: Sequence[str]) -> list[_Placed]:
    """Each position with a country that is known, once."""
    codes = _country_codes()
    found: dict[tuple[Position, str], list[int]] = {}
    for row, (position, country) in enumerate(zip(positions, countries, strict=True)):
        code = codes.get(country.strip().casefold(), "") if country else ""
        if position is not None and code and all(map(isfinite, position)):
            found.setdefault((position, code), []).append(row)
    return [_Placed(position, code, rows) for (position, code), rows in found.items()]


def _split(placed: Sequence[_Placed]) -> tuple[list[float], list[float]]:
    return [one.position.lon for one in placed], [one.position.lat for one in placed]


def _is_swap_possible(one: _Placed) -> bool:
    """A cheap look at the country's box, so that only odd rows are looked up on the map."""
    west, south, east, north = _country_boxes()[one.code]
    return west <= one.position.lat <= east and south <= one.position.lon <= north


def _measure_outside(placed: Sequence[_Placed]) -> Floats:
    """How far each position is from the nearest corner or edge of its country, in kilometres."""
    lons, lats = (np.array(axis) for axis in _split(placed))
    km = np.zeros(len(placed))
    codes = np.array([one.code for one in placed])
    for code in np.unique(codes).tolist():
        rows = np.flatnonzero(codes == code)
        country = area_geometry(code)
        shapely.prepare(country)
        lines: Any = shapely.shortest_line(country, shapely.points(lons[rows], lats[rows]))
        nearest = shapely.get_coordinates(lines)[::2]
        km[rows] = distances_km(lons[rows], lats[rows], nearest[:, 0], nearest[:, 1])
    return km


def _list_claimants(*area_ids: str) -> Iterator[str]:
    """The codes of the countries that hold an area, and of those that claim it."""
    for area_id in area_ids:
        area = lookup_area(area_id)
        if area is not None:
            yield from (area.country, area.parent, *area.claims)


def _say_swapped(position: Position, country: str) -> str:
    return (
        f"{position.lat:.7g} with longitude {position.lon:.7g} lies outside {country}, and inside "
        "the other way round; they look swapped, exchange the two columns"
    )


def _say_outside(position: Position, country: str, held: str, km: float) -> str:
    area = lookup_area(held)
    where = f"in {area.name}" if area else "at sea"
    return (
        f"{position.lat:.7g} with longitude {position.lon:.7g} lies {where}, {km:,.0f} km outside "
        f"{country}; it is kept, check the coordinates and the country"
    )


@cache
def _country_codes() -> dict[str, str]:
    countries = [area for area in load_areas() if area.level == 0]
    names = {name.casefold(): area.area_id for area in countries for name in area.names}
    return names | {area.area_id.casefold(): area.area_id for area in countries}


@cache
def _country_boxes() -> dict[str, tuple[float, float, float, float]]:
    return {area.area_id: area.bounds for area in load_areas() if area.level == 0}
