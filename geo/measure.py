"""Geodesic distance, bearing and movement on WGS84: "12 km north of" in numbers."""

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from shapely import Polygon, get_coordinates
from shapely.geometry.base import BaseGeometry

from geo.errors import InputError
from geo.globe import fix_polygon

if TYPE_CHECKING:
    from pyproj import Geod

# Half the way round the Earth is 20,004 km; a circle wider than a hemisphere has no outline that
# a plane map can show, and no incident is known so badly.
MAX_RADIUS_KM = 9000.0

CIRCLE_STEPS = 64

_COMPASS = (
    "north north-northeast northeast east-northeast east east-southeast southeast south-southeast "
    "south south-southwest southwest west-southwest west west-northwest northwest north-northwest"
)
HEADINGS: dict[str, float] = {word: 22.5 * step for step, word in enumerate(_COMPASS.split())}


@cache
def load_geod() -> "Geod":
    """Return the ellipsoid of WGS84, on which distances are measured."""
    from pyproj import Geod  # noqa: PLC0415  (late: a tenth of a second, and `find` needs none)

    return Geod(ellps="WGS84")


class Position(NamedTuple):
    """A place on the Earth in WGS84 degrees, longitude first."""

    lon: float
    lat: float


def distance_km(a: Position, b: Position) -> float:
    """The geodesic distance between two positions, in kilometres.

    >>> round(distance_km(Position(37.1343, 36.2021), Position(36.6332, 35.9306)), 1)
    54.3
    """
    metres: float = load_geod().inv(a.lon, a.lat, b.lon, b.lat)[2]
    return metres / 1000


def distances_km(
    lon: ArrayLike, lat: ArrayLike, lons: ArrayLike, lats: ArrayLike
) -> NDArray[np.float64]:
    """Geodesic distances in kilometres, element by element; a single value meets every element.

    >>> distances_km(37, 36, [37.0, 37.1], [36.0, 36.0]).round(2).tolist()
    [0.0, 9.02]
    """
    start_lon, start_lat, end_lon, end_lat = np.broadcast_arrays(
        *(np.asarray(values, dtype=np.float64) for values in (lon, lat, lons, lats))
    )
    if not start_lon.size:
        return np.zeros(start_lon.shape)
    metres = load_geod().inv(start_lon, start_lat, end_lon, end_lat)[2]
    return np.asarray(metres, dtype=np.float64) / 1000


def bearing_deg(a: Position, b: Position) -> float:
    """The initial bearing from `a` to `b` in degrees, 0 is north, 90 east; below 360.

    >>> round(bearing_deg(Position(37, 36), Position(38, 36)), 1)
    89.7
    """
    azimuth: float = load_geod().inv(a.lon, a.lat, b.lon, b.lat)[0]
    # Twice, because a tiny negative azimuth rounds up to 360 itself.
    return azimuth % 360 % 360


def move(start: Position, bearing_deg: float, distance_km: float) -> Position:
    """The position reached from `start` by a geodesic of that bearing and length.

    >>> [round(value, 4) for value in move(Position(37.1343, 36.2021), HEADINGS["north"], 12)]
    [37.1343, 36.3102]
    """
    lon, lat, _ = load_geod().fwd(start.lon, start.lat, bearing_deg, distance_km * 1000)
    return Position(lon, lat)


# Near a pole a short edge spans many meridians, and straight on the map it strays from the circle.
_MAX_STEP_DEG = 10.0
_POLAR_ROUNDS = 8


def circle(centre: Position, radius_km: float) -> BaseGeometry:
    """The area within `radius_km` of a centre, geodesic, as a polygon of 64 corners or more.

    The corners lie on the circle, closer together where it passes near a pole. A circle over the
    antimeridian comes in parts, one round a pole reaches down from the pole; both are valid and
    counter-clockwise. Raises `InputError` for a radius that is not positive or wider than a
    hemisphere.

    >>> [round(edge, 2) for edge in circle(Position(37, 36), 10).bounds]
    [36.89, 35.91, 37.11, 36.09]
    """
    if not 0 < radius_km <= MAX_RADIUS_KM:
        raise InputError(
            f"a circle of {radius_km!r} km cannot be drawn; give a radius between 0 and "
            f"{MAX_RADIUS_KM:.0f} km"
        )
    bearings = -360.0 * np.arange(CIRCLE_STEPS + 1) / CIRCLE_STEPS
    for _ in range(_POLAR_ROUNDS):
        lons, lats = move_many(centre, bearings, np.full(len(bearings), radius_km))
        wide = np.flatnonzero(np.abs((np.diff(lons) + 180) % 360 - 180) > _MAX_STEP_DEG)
        if not len(wide):
            break
        bearings = np.insert(bearings, wide + 1, (bearings[wide] + bearings[wide + 1]) / 2)
    return fix_polygon(Polygon(np.column_stack([lons, lats])))


def move_many(
    start: Position, bearings_deg: NDArray[np.float64], distances_km: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes reached from one start, one for each bearing and distance."""
    starts = np.full_like(bearings_deg, start.lon), np.full_like(bearings_deg, start.lat)
    lons, lats, _ = load_geod().fwd(*starts, bearings_deg, distances_km * 1000)
    return np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)


def reach_km(centre: Position, geometry: BaseGeometry) -> float:
    """How far the farthest corner of a geometry lies from a position, in kilometres."""
    corners = get_coordinates(geometry)
    return float(distances_km(centre.lon, centre.lat, corners[:, 0], corners[:, 1]).max())
