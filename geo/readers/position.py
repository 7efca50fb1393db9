"""Two cells to a position on the Earth, or a word about what is wrong with them."""

from typing import Any, NamedTuple

from geo.cells import is_empty, parse_number
from geo.errors import InputError
from geo.measure import Position


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
