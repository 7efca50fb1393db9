"""The packaged areas' shapes, read country by country.

`geo.areas` is the door; this module is apart so that reading names loads no geometry library.
"""

from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.areas import Area, load_areas, open_archive

# Degrees; what `build_hook/pack.py` rounded corners to.
_GRID_DEG = 0.0005
_NO_COUNTRY = "XX"


class Piece(NamedTuple):
    """A packed shape: a first-level area's, or what of a country belongs to none (`area_id` "")."""

    area_id: str
    country: str


def load_shape(area: Area) -> BaseGeometry:
    """Return the shape of an area; a country's is the union of its pieces."""
    pieces, shapes = load_country(area.country)
    if area.level == 0:
        return _union_country(area.country)
    shape: BaseGeometry = shapes[[piece.area_id for piece in pieces].index(area.area_id)]
    return shape


@lru_cache(maxsize=32)
def _union_country(country: str) -> BaseGeometry:
    return join_neighbours(load_country(country)[1])


def join_neighbours(shapes: NDArray[np.object_]) -> BaseGeometry:
    """Return the union of shapes that meet without overlapping, corner by corner.

    Where they do not quite, which the union of a coverage shows by being invalid, it is made in
    the way that takes ten times as long.
    """
    joined: BaseGeometry = shapely.coverage_union_all(shapes)
    return joined if shapely.is_valid(joined) else shapely.union_all(shapes)


@cache
def load_country(country: str) -> tuple[list[Piece], NDArray[np.object_]]:
    """Return a country's pieces in the order they were packed: first-level areas, then the rest."""
    shapes = _unpack(open_archive().read(f"shapes/{country or _NO_COUNTRY}"))
    ids = [area.area_id for area in load_areas() if area.level == 1 and area.country == country]
    ids += [""] * (len(shapes) - len(ids))
    return [Piece(area_id, country) for area_id in ids], shapes


def _unpack(content: bytes) -> NDArray[np.object_]:
    """Return the multi-polygons `build_hook/pack.py` packed."""
    numbers = np.frombuffer(content, dtype="<i4", count=3)
    counts = np.split(
        np.frombuffer(content, dtype="<i4", count=int(numbers.sum()), offset=12),
        np.cumsum(numbers)[:-1],
    )
    planes = np.frombuffer(content, dtype=np.uint8, offset=12 + 4 * int(numbers.sum()))
    steps = np.ascontiguousarray(planes.reshape(4, -1).T).view("<i4").reshape(2, -1)
    corners = np.ascontiguousarray(np.cumsum(steps, axis=1).T) * _GRID_DEG
    offsets = tuple(np.concatenate([[0], np.cumsum(row)]) for row in reversed(counts))
    kind = shapely.GeometryType.MULTIPOLYGON
    shapes = shapely.from_ragged_array(kind, np.round(corners, 4), offsets)
    single = shapely.get_num_geometries(shapes) == 1
    return np.where(single, shapely.get_geometry(shapes, 0), shapes)
