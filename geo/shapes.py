"""The packaged areas' shapes: reading them, and finding which one holds a point.

`geo.areas` is the door; this module is apart so that reading names loads no geometry library.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geo.areas import Area, load_areas, open_archive

# Degrees; what `build_hook/pack.py` rounded corners to.
_GRID_DEG = 0.0005
# Kilometres a point may lie outside and still belong: coasts and borders are simplified to about
# 0.5 km, and Natural Earth's own coast leaves out spits, quays and small isles.
NEAREST_KM = 5.0
_KM_PER_DEGREE = 110.5
# Beyond this latitude a degree of longitude is shorter than we care to search by.
_POLAR_DEG = 85.0
_GEOD = Geod(ellps="WGS84")
_NO_COUNTRY = "XX"


class _Piece(NamedTuple):
    """A packed shape: a first-level area's, or what of a country belongs to none (`area_id` "")."""

    area_id: str
    country: str


def load_shape(area: Area) -> BaseGeometry:
    """Return the shape of an area; a country's is the union of its pieces."""
    pieces, shapes = _load_country(area.country)
    if area.level == 0:
        return _union_country(area.country)
    shape: BaseGeometry = shapes[[piece.area_id for piece in pieces].index(area.area_id)]
    return shape


@lru_cache(maxsize=32)
def _union_country(country: str) -> BaseGeometry:
    return shapely.union_all(_load_country(country)[1])


@cache
def _load_country(country: str) -> tuple[list[_Piece], NDArray[np.object_]]:
    """Return a country's pieces in the order they were packed: first-level areas, then the rest."""
    shapes = _unpack(open_archive().read(f"shapes/{country or _NO_COUNTRY}"))
    ids = [area.area_id for area in load_areas() if area.level == 1 and area.country == country]
    ids += [""] * (len(shapes) - len(ids))
    return [_Piece(area_id, country) for area_id in ids], shapes


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


def find_holders(lons: ArrayLike, lats: ArrayLike, *, level: int) -> list[str]:
    """Return the id of the area of `level` that holds each point, or ""."""
    positions = np.column_stack([np.asarray(lons, dtype=float), np.asarray(lats, dtype=float)])
    known = np.isfinite(positions).all(axis=1)
    pieces, shapes = _pieces_near(positions[known])
    answers = np.array([piece.country if level == 0 else piece.area_id for piece in pieces] + [""])
    found = np.full(len(positions), len(pieces))
    found[known] = _find_pieces(positions[known], shapes)
    return [str(answer) for answer in answers[found]]


def _pieces_near(positions: NDArray[np.float64]) -> tuple[list[_Piece], NDArray[np.object_]]:
    """Return the pieces of the countries whose box comes near any of the positions."""
    pieces: list[_Piece] = []
    shapes: list[NDArray[np.object_]] = [np.empty(0, dtype=object)]
    for country, bounds in _country_boxes():
        if _any_within(positions, bounds):
            more, drawn = _load_country(country)
            pieces += more
            shapes.append(drawn)
    return pieces, np.concatenate(shapes)


@cache
def _country_boxes() -> list[tuple[str, tuple[float, float, float, float]]]:
    areas = load_areas()
    boxes = [(area.country, area.bounds) for area in areas if area.level == 0]
    unclaimed = np.array([area.bounds for area in areas if not area.country])
    west, south = unclaimed[:, :2].min(axis=0)
    east, north = unclaimed[:, 2:].max(axis=0)
    return [*boxes, ("", (west, south, east, north))]


def _any_within(positions: NDArray[np.float64], bounds: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bounds
    margin_deg = NEAREST_KM / _KM_PER_DEGREE
    wide_deg = _width_deg(max(abs(south), abs(north)))
    lons, lats = positions.T
    inside = (lons >= west - wide_deg) & (lons <= east + wide_deg)
    return bool((inside & (lats >= south - margin_deg) & (lats <= north + margin_deg)).any())


def _width_deg(latitude: float) -> float:
    """Return NEAREST_KM in degrees of longitude at a latitude."""
    cosine = np.cos(np.radians(np.minimum(abs(latitude), _POLAR_DEG)))
    return float(NEAREST_KM / _KM_PER_DEGREE / cosine)


def _find_pieces(positions: NDArray[np.float64], shapes: NDArray[np.object_]) -> NDArray[np.intp]:
    """Return the row of the piece that holds each position, `len(shapes)` for none."""
    found = np.full(len(positions), len(shapes))
    if not len(positions) or not len(shapes):
        return found
    points = np.asarray(shapely.points(positions))
    # The tree is of points and the polygons ask it, since shapely prepares the side that asks.
    shape_rows, point_rows = shapely.STRtree(points).query(shapes, predicate="covers")
    np.minimum.at(found, point_rows, shape_rows)
    missing = np.flatnonzero(found == len(shapes))
    found[missing] = _find_nearest(points[missing], shapes)
    return found


def _find_nearest(points: NDArray[np.object_], shapes: NDArray[np.object_]) -> NDArray[np.intp]:
    """Return the row of the nearest shape within NEAREST_KM of each point, else `len(shapes)`."""
    nearest = np.full(len(points), len(shapes))
    if not len(points):
        return nearest
    reach_deg = [_width_deg(latitude) for latitude in shapely.get_y(points)]
    rows, shape_rows = shapely.STRtree(shapes).query(points, "dwithin", np.array(reach_deg))
    distances_km = _distances_km(points[rows], shapes[shape_rows])
    close = distances_km <= NEAREST_KM
    rows, shape_rows, distances_km = rows[close], shape_rows[close], distances_km[close]
    farthest_first = np.argsort(-distances_km, kind="stable")
    nearest[rows[farthest_first]] = shape_rows[farthest_first]
    return nearest


def _distances_km(points: NDArray[np.object_], shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return geodesic distances to the shapes' nearest points (nearest in the plane)."""
    lines = shapely.get_coordinates(shapely.shortest_line(points, shapes)).reshape(-1, 4)
    distances_m: NDArray[np.float64] = _GEOD.inv(*lines.T)[2]
    return distances_m / 1000


def clip_shapes(
    bounds: tuple[float, float, float, float], *, tolerance_deg: float
) -> gpd.GeoDataFrame:
    """Return the areas that meet a box, simplified and cut to it, countries first."""
    box = shapely.box(*bounds)
    near = [area for area in load_areas() if _boxes_meet(area.bounds, bounds)]
    areas = [area for area in near if area.level == 1]
    shapes = np.array([load_shape(area) for area in areas], dtype=object)
    countries = [area for area in near if area.level == 0]
    wholes = np.array([load_shape(area) for area in countries], dtype=object)
    if tolerance_deg > 0:
        shapes = shapely.coverage_simplify(shapes, tolerance_deg)
        wholes = shapely.coverage_simplify(wholes, tolerance_deg)
    drawn = shapely.intersection(shapely.make_valid(np.concatenate([wholes, shapes])), box)
    return _make_frame([*countries, *areas], drawn)


def _make_frame(areas: Sequence[Area], shapes: NDArray[np.object_]) -> gpd.GeoDataFrame:
    columns = {
        "area_id": [area.area_id for area in areas],
        "level": [area.level for area in areas],
        "name": [area.name for area in areas],
    }
    frame = gpd.GeoDataFrame(columns, geometry=list(shapes), crs="EPSG:4326")
    flat = frame.geometry.geom_type.isin(["Polygon", "MultiPolygon"])
    return frame[flat & ~frame.geometry.is_empty].reset_index(drop=True)


def _boxes_meet(
    first: tuple[float, float, float, float], second: tuple[float, float, float, float]
) -> bool:
    return (
        first[0] <= second[2]
        and first[2] >= second[0]
        and first[1] <= second[3]
        and first[3] >= second[1]
    )
