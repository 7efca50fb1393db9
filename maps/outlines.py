"""Outlines of areas as they are drawn: without detail that is not seen, and a circle for a name."""

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

Geometries = NDArray[np.object_]
# The detail of outlines: a share of how far the areas reach, seen at some 1,500 pixels; never
# finer than the packaged outlines are.
DETAIL_SHARE, LEAST_DETAIL_DEG = 1 / 1500, 0.002
# Corners as near as this are the same.
_SAME_DEG = 1e-6
# A circle is found to within this share of the detail.
_CIRCLE_SHARE = 1 / 8


class Drawn(NamedTuple):
    """Outlines as they are drawn, and their detail in degrees."""

    outlines: Geometries
    detail_deg: float


def find_detail(shapes: Geometries) -> float:
    """The detail in degrees with which shapes are drawn that reach as far as these."""
    if not len(shapes):
        return LEAST_DETAIL_DEG
    west, south, east, north = shapely.total_bounds(shapes)
    return max(LEAST_DETAIL_DEG, float(max(east - west, north - south)) * DETAIL_SHARE)


def simplify_outlines(shapes: Geometries, detail_deg: float) -> Geometries:
    """Outlines without detail that is not seen; neighbours keep one border."""
    if not len(shapes):
        return shapes
    drawn: Geometries = shapely.coverage_simplify(drop_specks(shapes, detail_deg), detail_deg)
    return drawn


def drop_specks(shapes: Geometries, detail_deg: float) -> Geometries:
    """Shapes without the isles that are narrower than the detail, but for the largest of each.

    Land that other land touches stays, however small: without it there would be a hole.
    """
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    west, south, east, north = shapely.bounds(parts).reshape(-1, 4).T
    size = np.maximum(east - west, north - south)
    largest = np.zeros(len(shapes))
    np.maximum.at(largest, of_shape, size)
    seen = (size >= detail_deg) | (size == largest[of_shape]) | _are_touching(parts)
    kept: Geometries = shapely.multipolygons(parts[seen], indices=of_shape[seen])
    return kept


def _are_touching(polygons: Geometries) -> NDArray[np.bool_]:
    """The polygons that have a corner in common with another one."""
    corners, owner = shapely.get_coordinates(polygons, return_index=True)
    whole = np.round(corners / _SAME_DEG).astype(np.int64)
    point = (whole[:, 0] << 32) + whole[:, 1]
    order = np.argsort(point, kind="stable")
    owners = owner[order]
    shared = (np.diff(point[order]) == 0) & (owners[1:] != owners[:-1])
    touching = np.zeros(len(polygons), dtype=np.bool_)
    touching[owners[1:][shared]] = True
    touching[owners[:-1][shared]] = True
    return touching


def find_label_circles(
    shapes: Geometries, detail_deg: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The centre and radius of the largest circle in each area, in degrees."""
    if not len(shapes):
        return np.empty((0, 2)), np.empty(0)
    radii = shapely.maximum_inscribed_circle(shapes, tolerance=detail_deg * _CIRCLE_SHARE)
    ends = shapely.get_coordinates(radii).reshape(-1, 2, 2)
    return ends[:, 0], shapely.length(radii)
