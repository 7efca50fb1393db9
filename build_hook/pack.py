"""Shapes and tables to bytes: small, reproducible, and read back by `geo.areas`."""

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

# Degrees, 55 m at the equator; `geo.areas` multiplies by the same number.
GRID_DEG = 0.0005
_GEOD = Geod(ellps="WGS84")
# Wider than this in degrees, a shape lies on both sides of the antimeridian.
_HALF_WORLD_DEG = 180.0


def pack_shapes(shapes: Sequence[BaseGeometry]) -> bytes:
    """Return multi-polygons as three rows of counts and one of coordinates, all little-endian.

    Counts: polygons of each shape, rings of each polygon, corners of each ring. Coordinates are
    whole multiples of GRID_DEG, each the difference to the corner before; their bytes are laid out
    plane by plane, which compresses to about half.
    """
    scaled = shapely.transform(np.array(shapes), lambda xy: xy / GRID_DEG)
    rounded = shapely.set_precision(scaled, 1.0)
    whole = np.array([_polygons_of(shape) for shape in rounded])
    _, corners, offsets = shapely.to_ragged_array(whole)
    steps = np.diff(np.round(corners), axis=0, prepend=0).astype("<i4")
    planes = np.ascontiguousarray(steps.T).view(np.uint8).reshape(-1, 4).T
    counts = [np.diff(row).astype("<i4") for row in reversed(offsets)]
    sizes = np.array([len(row) for row in counts], dtype="<i4")
    return b"".join(part.tobytes() for part in (sizes, *counts, np.ascontiguousarray(planes)))


def _polygons_of(shape: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def measure_area(shape: BaseGeometry) -> list[Any]:
    """Return longitude, latitude, radius in kilometres and bounds of a shape.

    The position is the corrected centre of the point-radius method (Wieczorek and others 2004):
    the centre of the smallest circle round the shape, or the nearest point of the shape where that
    lies outside. The radius reaches from it to the farthest corner. Bounds are west, south, east,
    north in -180 to 180, the whole width for shapes on both sides of the antimeridian.
    """
    bounds = [round(float(value), 4) for value in shape.bounds]
    if shape.bounds[2] - shape.bounds[0] > _HALF_WORLD_DEG:
        shape = shapely.transform(shape, _unwrap)
    centre = shapely.minimum_bounding_circle(shape).centroid
    if not shape.covers(centre):
        centre = shapely.get_point(shapely.shortest_line(shape, centre), 0)
    corners = shapely.get_coordinates(shape).clip([-180.0, -90.0], [360.0, 90.0])
    lon, lat = np.full(len(corners), centre.x), np.full(len(corners), centre.y)
    distances_m = _GEOD.inv(lon, lat, corners[:, 0], corners[:, 1])[2]
    lon_deg = (centre.x + _HALF_WORLD_DEG) % 360 - _HALF_WORLD_DEG
    return [round(lon_deg, 4), round(centre.y, 4), round(distances_m.max() / 1000, 1), bounds]


def _unwrap(corners: np.ndarray) -> np.ndarray:
    return corners + np.where(corners[:, :1] < 0, [[360.0, 0.0]], [[0.0, 0.0]])


def to_json(value: object) -> bytes:
    """Return compact JSON."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def write_archive(members: dict[str, bytes], target: Path) -> None:
    """Write a ZIP file with LZMA members in the order of their names; same input, same bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".part")
    with zipfile.ZipFile(partial, "w") as archive:
        for name, content in sorted(members.items()):
            # The areas' names are read at every start, and deflate unpacks faster.
            kind = zipfile.ZIP_DEFLATED if name == "areas.json" else zipfile.ZIP_LZMA
            archive.writestr(zipfile.ZipInfo(name), content, kind, 9)
    partial.replace(target)
