"""Wedges: the part of an area, or of the land round a place, that lies towards a heading.

A wedge spans its heading's half-angle to both sides (point-radius method): 45° for
north, east, south and west, 22.5° for northeast and its like, 11.25° for north-northeast.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import InputError
from geo.measure import HEADINGS, Position
from geo.plane import to_plane

# The middle of an area, for "central": a disc of half the radius of a circle as large as the area.
CENTRAL = "central"
_CENTRAL_SHARE = 0.5

_ARC_STEP_DEG = 3.0

# The narrowest wedge, 22.5°, is a sixteenth of a disc; a sliver below a fiftieth of an area says
# that the area bends away from its centre (a crescent), and not where in it something happened.
_LEAST_SHARE = 0.02


def half_angle_deg(heading: str) -> float:
    """Half of the angle that a compass word stands for, in degrees.

    >>> half_angle_deg("north"), half_angle_deg("southwest"), half_angle_deg("north-northeast")
    (45.0, 22.5, 11.25)
    """
    bearing = bearing_of(heading)
    if bearing % 90 == 0:
        return 45.0
    return 22.5 if bearing % 45 == 0 else 11.25


def bearing_of(heading: str) -> float:
    """The bearing of a compass word in degrees; raises `InputError` for any other word.

    >>> bearing_of("southwest")
    225.0
    """
    if heading not in HEADINGS:
        raise InputError(f"{heading!r} is no compass word; write one of {', '.join(HEADINGS)}")
    return HEADINGS[heading]


def area_on_plane(area: BaseGeometry, centre: Position) -> BaseGeometry:
    """An area on the local plane, valid, with its parts at the antimeridian joined again."""
    flat = shapely.make_valid(to_plane(area, centre))
    west, _, east, _ = area.bounds
    if west <= -180 or east >= 180:
        # A grid of a metre closes the seam that the cut left.
        flat = shapely.union_all(shapely.get_parts(flat), grid_size=0.001)
    return flat


def cut_sector(flat: BaseGeometry, headings: Sequence[str]) -> BaseGeometry:
    """The parts of an area on the plane that lie towards the headings from the plane's origin.

    No heading, or headings under which next to nothing of the area lies, give the whole area.
    """
    if not headings:
        return flat
    reach = 2 * float(np.abs(shapely.get_coordinates(flat)).max())
    middle = _CENTRAL_SHARE * float(np.sqrt(flat.area / np.pi))
    shapes = [
        shapely.Point(0, 0).buffer(middle) if heading == CENTRAL else wedge(heading, reach)
        for heading in headings
    ]
    part = shapely.intersection(flat, shapely.union_all(shapes))
    parts = shapely.get_parts(part)
    areas = parts[shapely.get_dimensions(parts) == 2]
    part = shapely.union_all(areas)
    return part if part.area > _LEAST_SHARE * flat.area else flat


def wedge(heading: str, reach_km: float) -> BaseGeometry:
    """A pie slice on the plane from its origin towards a heading."""
    bearing, half = bearing_of(heading), half_angle_deg(heading)
    steps = int(np.ceil(2 * half / _ARC_STEP_DEG)) + 1
    angles = np.radians(np.linspace(bearing + half, bearing - half, steps))
    arc = reach_km * np.column_stack([np.sin(angles), np.cos(angles)])
    return Polygon(np.vstack([[0.0, 0.0], arc]))
