"""Which area holds each of many points: the one that covers it, else the nearest within 5 km.

`geo.areas` is the door; this module is apart so that reading names loads no geometry library.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geo.areas import load_areas
from geo.measure import distances_km
from geo.shapes import Piece, load_country

# Kilometres a point may lie outside and still belong: coasts and borders are simplified to about
# 0.5 km, and Natural Earth's own coast leaves out spits, quays and small isles.
NEAREST_KM = 5.0
_KM_PER_DEGREE = 110.5
# Beyond this latitude a degree of longitude is shorter than we care to search by.
_POLAR_DEG = 85.0
# Points are put into areas so many at a time, each chunk with some 400 bytes a point.
_CHUNK = 500_000
# From so many points outside all shapes on, outlines are cut into short lines first: a fifth of a
# second for the world, then some 20 instead of 190 microseconds a point near a coast.
_MANY = 2_000
# Steps of an outline in such a line.
_STEPS = 32

_Shapes = NDArray[np.object_]
_Degrees = NDArray[np.float64]


class Holders(NamedTuple):
    """For each point the number of the area that holds it, and what the numbers stand for.

    `area_ids` has first-level areas ("SY-ID"), `countries` their countries; the last number
    stands for nowhere, and both are "" there.
    """

    numbers: NDArray[np.uint16]
    area_ids: list[str]
    countries: list[str]


def find_holders(lons: ArrayLike, lats: ArrayLike) -> Holders:
    """Return the first-level area, or the part of a country outside all of them, of each point."""
    lons, lats = np.asarray(lons, dtype=float), np.asarray(lats, dtype=float)
    pieces, shapes = _pieces_near(lons, lats)
    nowhere = len(pieces)
    numbers = np.full(len(lons), nowhere, np.uint16)
    known = np.flatnonzero(np.isfinite(lons) & np.isfinite(lats))
    for rows, points in _make_points(lons, lats, known):
        numbers[rows] = _find_covering(points, shapes)
    missing = known[numbers[known] == nowhere]
    lines = _draw_lines(shapes, cut=len(missing) > _MANY)
    for rows, points in _make_points(lons, lats, missing):
        numbers[rows] = _find_nearest(points, shapes, lines)
    return Holders(
        numbers,
        [*(piece.area_id for piece in pieces), ""],
        [*(piece.country for piece in pieces), ""],
    )


def _make_points(
    lons: _Degrees, lats: _Degrees, rows: NDArray[np.intp]
) -> Iterator[tuple[NDArray[np.intp], _Shapes]]:
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        yield part, np.asarray(shapely.points(lons[part], lats[part]))


def _pieces_near(lons: _Degrees, lats: _Degrees) -> tuple[list[Piece], _Shapes]:
    """Return the pieces of the countries whose box comes near any of the positions."""
    near: set[str] = set()
    for start in range(0, len(lons), _CHUNK):
        some = lons[start : start + _CHUNK], lats[start : start + _CHUNK]
        boxes = [box for box in _country_boxes() if box[0] not in near]
        near.update(country for country, bounds in boxes if _any_within(*some, bounds))
    pieces: list[Piece] = []
    shapes: list[_Shapes] = [np.empty(0, dtype=object)]
    for country, _ in _country_boxes():
        if country in near:
            more, drawn = load_country(country)
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


def _any_within(lons: _Degrees, lats: _Degrees, bounds: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bounds
    margin_deg = NEAREST_KM / _KM_PER_DEGREE
    wide_deg = float(_widths_deg(np.array(max(abs(south), abs(north)))))
    inside = (lons >= west - wide_deg) & (lons <= east + wide_deg)
    return bool((inside & (lats >= south - margin_deg) & (lats <= north + margin_deg)).any())


def _widths_deg(latitudes: _Degrees) -> _Degrees:
    """Return NEAREST_KM in degrees of longitude at each latitude."""
    cosines = np.cos(np.radians(np.minimum(np.abs(latitudes), _POLAR_DEG)))
    widths: _Degrees = NEAREST_KM / _KM_PER_DEGREE / cosines
    return widths


def _find_covering(points: _Shapes, shapes: _Shapes) -> NDArray[np.intp]:
    """Return the first shape that covers each point, `len(shapes)` for none."""
    found = np.full(len(points), len(shapes))
    if len(shapes):
        # The tree is of points and the polygons ask it, since shapely prepares the side that asks.
        shape_rows, point_rows = shapely.STRtree(points).query(shapes, predicate="covers")
        np.minimum.at(found, point_rows, shape_rows)
    return found


class _Lines(NamedTuple):
    """What distances to the shapes are told by, and the shape that each belongs to."""

    drawn: _Shapes
    shape_rows: NDArray[np.intp]


def _draw_lines(shapes: _Shapes, *, cut: bool) -> _Lines:
    """Return the shapes themselves, or their outlines in short lines: the same distances."""
    if not cut:
        return _Lines(shapes, np.arange(len(shapes)))
    rings, of_ring = shapely.get_parts(shapely.boundary(shapes), return_index=True)
    corners, of_corner = shapely.get_coordinates(rings, return_index=True)
    ends = np.append(of_corner[1:] != of_corner[:-1], True)
    step = np.arange(len(corners)) - np.flatnonzero(np.roll(ends, 1))[of_corner]
    begins = (step % _STEPS == 0) & ~ends
    lines = np.cumsum(begins) - 1
    # The corner with which one line begins ends the line before it.
    joint = begins & (step > 0)
    at = np.concatenate([np.arange(len(corners)), np.flatnonzero(joint)])
    numbers = np.concatenate([lines, lines[joint] - 1])
    order = np.argsort(numbers, kind="stable")
    drawn = shapely.linestrings(corners[at[order]], indices=numbers[order])
    return _Lines(np.asarray(drawn), of_ring[of_corner[begins]])


def _find_nearest(points: _Shapes, shapes: _Shapes, lines: _Lines) -> NDArray[np.intp]:
    """Return the nearest shape within NEAREST_KM of each point, `len(shapes)` for none."""
    nearest = np.full(len(points), len(shapes))
    reach_deg = _widths_deg(shapely.get_y(points))
    rows, met = shapely.STRtree(lines.drawn).query(points, "dwithin", reach_deg)
    rows, met = _keep_nearest_lines(points, lines, rows, met)
    shape_rows = lines.shape_rows[met]
    distances_km = _distances_km(points[rows], lines.drawn[met])
    close = distances_km <= NEAREST_KM
    rows, shape_rows, distances_km = rows[close], shape_rows[close], distances_km[close]
    # The nearest is written last; of two equally near, the first.
    order = np.lexsort((-shape_rows, -distances_km))
    nearest[rows[order]] = shape_rows[order]
    return nearest


def _keep_nearest_lines(
    points: _Shapes, lines: _Lines, rows: NDArray[np.intp], met: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return of each point and each shape the pair with the shape's nearest line (in the plane)."""
    shape_rows = lines.shape_rows[met]
    order = np.lexsort((shapely.distance(points[rows], lines.drawn[met]), shape_rows, rows))
    rows, met, shape_rows = rows[order], met[order], shape_rows[order]
    first = (np.diff(rows, prepend=-1) != 0) | (np.diff(shape_rows, prepend=-1) != 0)
    return rows[first], met[first]


def _distances_km(points: _Shapes, shapes: _Shapes) -> _Degrees:
    """Return geodesic distances to the shapes' nearest points (nearest in the plane)."""
    lines = shapely.get_coordinates(shapely.shortest_line(points, shapes)).reshape(-1, 4)
    return distances_km(*lines.T)
