"""Geometries to what the page draws: an anchor for each, and shapes as rows of whole numbers."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from maps.payload import Column

# 1/10,000 degree is 11 m: finer than any boundary here, and a line of it costs 3 bytes a point.
SHAPE_SCALE = 10_000
# A shape is drawn at most some 3,000 pixels wide, so finer detail than this share is unseen.
DETAIL_SHARE = 1 / 3000

_POINT, _POLYGON = 0, 3
_LINES, _POLYGONS, _POINTS = (1, 2, 5), (3, 6), (4,)
KIND_LINE, KIND_AREA, KIND_POINTS = 0, 1, 2

Geometries = NDArray[np.object_]


class Shapes(NamedTuple):
    """Shapes of a table, each once.

    `number` holds, a row, the shape's index and one, or 0 for a point or nothing; `lon` and `lat`
    the place of the row's mark in degrees, NaN where it has none; `is_area` whether the row's
    shape is an area; `bounds` the degrees that the shapes reach over, a row a shape.
    """

    number: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    is_area: NDArray[np.bool_]
    bounds: NDArray[np.float64]
    columns: list[Column]


def make_shapes(geometries: Geometries) -> Shapes:
    """The shapes and anchors of geometries in WGS84; empty and missing ones have none."""
    geometries = geometries.copy()
    geometries[shapely.is_empty(geometries)] = None
    types = shapely.get_type_id(geometries)
    shaped = ~np.isin(types, (-1, _POINT))
    number = np.zeros(len(geometries), dtype=np.int64)
    codes, firsts = _distinct(geometries[shaped])
    number[shaped] = codes + 1
    unique = geometries[shaped][firsts]
    kinds = _kinds_of(unique)
    lon, lat = shapely.get_x(geometries), shapely.get_y(geometries)
    if len(unique):
        anchors = _anchors_of(unique, kinds)
        lon[shaped] = anchors[codes, 0]
        lat[shaped] = anchors[codes, 1]
    is_area = np.zeros(len(geometries), dtype=np.bool_)
    is_area[shaped] = (kinds == KIND_AREA)[codes]
    bounds = shapely.bounds(unique).reshape(-1, 4)
    return Shapes(number, lon, lat, is_area, bounds, _to_columns(unique, kinds))


def _distinct(geometries: Geometries) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """A code for each geometry, in order of appearance, and the first row of each code."""
    codes, _ = pd.factorize(shapely.to_wkb(geometries))
    _, firsts = np.unique(codes, return_index=True)
    return codes.astype(np.int64), firsts.astype(np.int64)


def _kinds_of(geometries: Geometries) -> NDArray[np.int64]:
    types = shapely.get_type_id(geometries)
    kinds = np.full(len(geometries), KIND_AREA, dtype=np.int64)
    kinds[np.isin(types, _LINES)] = KIND_LINE
    kinds[np.isin(types, _POINTS)] = KIND_POINTS
    return kinds


def _anchors_of(geometries: Geometries, kinds: NDArray[np.int64]) -> NDArray[np.float64]:
    """Where a mark for each shape stands: inside an area, at a line's end, at a first point."""
    anchors = np.empty((len(geometries), 2))
    for index, (geometry, kind) in enumerate(zip(geometries, kinds, strict=True)):
        if kind == KIND_AREA:
            point = _inside(geometry)
        else:
            point = shapely.get_coordinates(geometry)[-1 if kind == KIND_LINE else 0]
        anchors[index] = point
    return anchors


def _inside(area: BaseGeometry) -> tuple[float, float]:
    """The centroid where it lies inside, else a point that does."""
    centre = area.centroid
    if centre.is_empty or not area.contains(centre):
        centre = area.representative_point()
    return centre.x, centre.y


def _to_columns(geometries: Geometries, kinds: NDArray[np.int64]) -> list[Column]:
    parts = [_parts_of(*pair) for pair in zip(geometries, kinds, strict=True)]
    lines = [line for own in parts for line in own]
    counts = np.array([len(own) for own in parts], dtype=np.int64)
    return [
        Column("shape_kind", kinds),
        Column("shape_parts", counts),
        *to_line_columns("shape", "part_length", lines, SHAPE_SCALE),
    ]


def _parts_of(geometry: BaseGeometry, kind: int) -> list[NDArray[np.float64]]:
    """The rings or lines of a shape, without detail that no screen shows."""
    west, south, east, north = shapely.bounds(geometry)
    detail = max(1 / SHAPE_SCALE, max(east - west, north - south) * DETAIL_SHARE)
    if kind == KIND_POINTS:
        return [shapely.get_coordinates(geometry)]
    if shapely.get_type_id(geometry) not in (*_LINES, *_POLYGONS):
        geometry = shapely.convex_hull(geometry)
    pieces = shapely.get_parts(shapely.simplify(geometry, detail))
    return [shapely.get_coordinates(line) for line in to_lines(pieces)]


def to_lines(pieces: Geometries) -> Geometries:
    """Single lines as they are, single polygons as their rings, outer ones first."""
    polygons = shapely.get_type_id(pieces) == _POLYGON
    rings = shapely.get_rings(pieces[polygons])
    return np.concatenate([pieces[~polygons], rings])


def to_line_columns(
    name: str, length_name: str, lines: list[NDArray[np.float64]], scale: int
) -> list[Column]:
    """Columns `<name>_x`, `<name>_y` and the number of points of each line."""
    points = np.concatenate(lines) if lines else np.empty((0, 2))
    whole = np.round(points * scale).astype(np.int64)
    return [
        Column(f"{name}_x", whole[:, 0], "zigzag"),
        Column(f"{name}_y", whole[:, 1], "zigzag"),
        Column(length_name, np.array([len(line) for line in lines], dtype=np.int64)),
    ]
