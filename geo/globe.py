"""Longitude and latitude as a map needs them: cut at the antimeridian, closed at the poles.

Shapes that cross 180° are cut there (RFC 7946, 3.1.9), shapes round a pole are closed along it,
polygons are valid and their outer rings run counter-clockwise (RFC 7946, 3.1.6).
"""

from collections.abc import Iterable
from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

WORLD = shapely.box(-180.0, -90.0, 180.0, 90.0)


def wrap_lon(lon: float) -> float:
    """The same longitude between -180 and 180 degrees.

    >>> wrap_lon(190.0), wrap_lon(180.0)
    (-170.0, 180.0)
    """
    return lon if -180.0 <= lon <= 180.0 else (lon + 180.0) % 360.0 - 180.0


def fix_geometry(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry cut at the antimeridian, valid and oriented; what needs nothing is returned.

    An edge longer than 180° is read as the short way round, unless it runs along a pole or from
    edge to edge of the map. Of a mixture, only the parts of the highest dimension are kept: the
    others are what cutting leaves at the edges of areas.
    """
    pieces = shapely.get_parts(shapely.get_parts(geometry))
    dimensions = shapely.get_dimensions(pieces)
    parts = pieces[dimensions == dimensions.max()].tolist()
    if dimensions.max() == 0:
        return join_parts([Point(wrap_lon(part.x), part.y) for part in parts])
    if dimensions.max() == 1:
        return _join(map(fix_line, parts))
    return _join(map(fix_polygon, parts))


def fix_line(line: LineString) -> BaseGeometry:
    """The line cut where it crosses the antimeridian.

    >>> fix_line(LineString([(179, 10), (-179, 12)])).wkt
    'MULTILINESTRING ((179 10, 180 11), (-180 11, -179 12))'
    """
    return _cut(LineString(_unroll(shapely.get_coordinates(line))))


def fix_polygon(polygon: Polygon) -> BaseGeometry:
    """The polygon cut at the antimeridian, closed round a pole, valid and counter-clockwise.

    >>> fix_polygon(Polygon([(179, 0), (-179, 0), (-179, 1), (179, 1)])).bounds
    (-180.0, 0.0, 180.0, 1.0)
    """
    outer = _fix_ring(shapely.get_coordinates(polygon.exterior))
    for hole in polygon.interiors:
        outer = shapely.difference(outer, _fix_ring(shapely.get_coordinates(hole)))
    return shapely.orient_polygons(outer)


def _fix_ring(corners: NDArray[np.float64]) -> BaseGeometry:
    ring = _unroll(corners)
    turn = ring[-1, 0] - ring[0, 0]
    if abs(turn) > 180.0:
        ring = _close_at_pole(ring)
    area: BaseGeometry = Polygon(ring)
    if not area.is_valid:
        area = _only_areas(shapely.make_valid(area))
    return _cut(area)


def _unroll(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """The corners with longitudes that run on past 180° instead of jumping back."""
    steps = np.diff(corners[:, 0])
    along_map = (np.abs(steps) >= 360.0) | (np.abs(corners[:-1, 1]) + np.abs(corners[1:, 1]) >= 180)
    turns = np.where(along_map, 0.0, -360.0 * np.round(steps / 360.0))
    unrolled = corners.copy()
    unrolled[1:, 0] += np.cumsum(turns)
    return unrolled


def _close_at_pole(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """A ring that runs once round the Earth, closed along the pole it goes round."""
    pole = 90.0 if ring[:, 1].mean() > 0 else -90.0
    return np.vstack([ring, [ring[-1, 0], pole], [ring[0, 0], pole]])


def _cut(geometry: BaseGeometry) -> BaseGeometry:
    """What lies on each turn of the map, moved onto the one map there is."""
    west, _, east, _ = geometry.bounds
    if west >= -180.0 and east <= 180.0:
        return geometry
    turns = range(int(np.floor((west + 180.0) / 360.0)), int(np.ceil((east + 180.0) / 360.0)))
    pieces = [_one_turn(geometry, turn) for turn in turns]
    kept = [piece for piece in pieces if not piece.is_empty]
    # A shape round a pole meets itself again on the meridian where its ring began.
    return shapely.union_all(kept) if shapely.get_dimensions(geometry) == 2 else _join(kept)


def _one_turn(geometry: BaseGeometry, turn: int) -> BaseGeometry:
    shift = np.array([360.0 * turn, 0.0])
    here = shapely.transform(geometry, lambda corners: corners - shift)
    piece = shapely.intersection(here, WORLD)
    wanted = shapely.get_dimensions(geometry)
    kept = [part for part in shapely.get_parts(piece) if shapely.get_dimensions(part) == wanted]
    return shapely.union_all(kept) if wanted == 2 else MultiLineString(kept)


def _only_areas(geometry: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])


def _join(pieces: Iterable[BaseGeometry]) -> BaseGeometry:
    return join_parts([part for piece in pieces for part in shapely.get_parts(piece)])


def join_parts(parts: list[Any]) -> BaseGeometry:
    """Parts of one kind as one geometry: the part itself, or points, lines or areas together.

    >>> join_parts([Point(0, 1), Point(2, 3)]).wkt
    'MULTIPOINT ((0 1), (2 3))'
    """
    if len(parts) == 1:
        return cast("BaseGeometry", parts[0])
    multi = (MultiPoint, MultiLineString, MultiPolygon)[int(shapely.get_dimensions(parts[0]))]
    return multi(parts)
