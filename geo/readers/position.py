"""Two cells to a position on the Earth, or a word about what is wrong with them."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import shapely
import shapely.ops

from geo.areas import area_geometry, find_areas, load_areas
from geo.cells import is_empty, parse_number
from geo.errors import InputError
from geo.measure import Position, distance_km

# Nearer to a country than this, a position is no sign of a mistake: our borders are simplified,
# and what happens just across one is often told of the country.
_LEAST_KM_OUTSIDE = 20.0


class PositionFinding(NamedTuple):
    """A position, or `None` and the column and message of what is wrong; all empty: no cells."""

    position: Position | None
    column: str = ""
    message: str = ""


def read_position(longitude: Any, latitude: Any) -> PositionFinding:
    """The position of two cells in degrees.

    >>> read_position("36.6332", "35.9306").position
    Position(lon=36.6332, lat=35.9306)
    >>> read_position("35.9", "136.6").message
    "'136.6' is beyond 90 degrees; longitude and latitude look swapped, exchange the two columns"
    """
    if is_empty(longitude) and is_empty(latitude):
        return PositionFinding(None)
    for column, cell in (("longitude", longitude), ("latitude", latitude)):
        if is_empty(cell):
            return PositionFinding(None, column, "is empty; give both coordinates, or neither")
    lon, lat = _parse_degrees(longitude), _parse_degrees(latitude)
    if lon is None or lat is None:
        column, cell = ("latitude", latitude) if lat is None else ("longitude", longitude)
        message = f"{cell!r} is no number; write decimal degrees such as 35.9306"
        return PositionFinding(None, column, message)
    return _check_range(lon, lat, str(longitude), str(latitude))


def find_swapped(
    positions: Sequence[Position | None], countries: Sequence[str]
) -> list[tuple[int, str]]:
    """Rows, from 0, whose position lies outside their country while the swapped one lies inside.

    `countries` are names or alpha-2 codes as the rows give them; unknown ones are passed over.
    """
    codes = [_country_codes().get(name.casefold(), "") for name in countries]
    doubtful = [
        row
        for row, (position, code) in enumerate(zip(positions, codes, strict=True))
        if position is not None and code and _is_swap_possible(position, code)
    ]
    if not doubtful:
        return []
    kept = [(row, position) for row in doubtful if (position := positions[row]) is not None]
    lons, lats = [at.lon for _, at in kept], [at.lat for _, at in kept]
    as_given = find_areas(lons, lats, level=0)
    as_swapped = find_areas(lats, lons, level=0)
    return [
        (row, _say_swapped(position, countries[row]))
        for (row, position), given, swapped in zip(kept, as_given, as_swapped, strict=True)
        if given != codes[row] and swapped == codes[row] and _is_far(position, codes[row])
    ]


def _parse_degrees(cell: Any) -> float | None:
    try:
        return parse_number(cell)
    except InputError:
        return None


def _check_range(lon: float, lat: float, longitude: str, latitude: str) -> PositionFinding:
    if abs(lat) > 90:
        swap = abs(lat) <= 180 and abs(lon) <= 90
        mend = (
            "longitude and latitude look swapped, exchange the two columns"
            if swap
            else "give degrees of latitude from -90 to 90, WGS84"
        )
        return PositionFinding(None, "latitude", f"{latitude!r} is beyond 90 degrees; {mend}")
    if abs(lon) > 180:
        message = f"{longitude!r} is beyond 180 degrees; give longitude from -180 to 180, WGS84"
        return PositionFinding(None, "longitude", message)
    if lon == lat == 0:
        message = "0, 0 lies in the Gulf of Guinea and mostly means unknown; leave both empty"
        return PositionFinding(None, "longitude", message)
    return PositionFinding(Position(lon, lat))


def _is_swap_possible(position: Position, code: str) -> bool:
    """A cheap look at the country's box, so that only odd rows are looked up on the map."""
    west, south, east, north = _country_boxes()[code]
    return west <= position.lat <= east and south <= position.lon <= north


def _is_far(position: Position, code: str) -> bool:
    country = area_geometry(code)
    nearest = shapely.ops.nearest_points(shapely.Point(position), country)[1]
    return distance_km(position, Position(nearest.x, nearest.y)) > _LEAST_KM_OUTSIDE


def _say_swapped(position: Position, country: str) -> str:
    return (
        f"{position.lat:.7g} with longitude {position.lon:.7g} lies outside {country}, and inside "
        "the other way round; they look swapped, exchange the two columns"
    )


@cache
def _country_codes() -> dict[str, str]:
    countries = [area for area in load_areas() if area.level == 0]
    names = {name.casefold(): area.area_id for area in countries for name in area.names}
    return names | {area.area_id.casefold(): area.area_id for area in countries}


@cache
def _country_boxes() -> dict[str, tuple[float, float, float, float]]:
    return {area.area_id: area.bounds for area in load_areas() if area.level == 0}
