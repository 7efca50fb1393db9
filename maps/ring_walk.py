"""Outlines as walks along borders: a border of two areas, or of two levels, is written once.

Borders meet at nodes; what lies between two nodes is an arc. A ring is walked from a node, and at
every node a turn says where it goes on: along an arc that was walked before, in either direction,
or along a new one, whose corners are written then. The page walks again (`js/src/ring_walk.js`).
"""

from collections import defaultdict
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from maps.payload import Column

Geometries = NDArray[np.object_]
Numbers = NDArray[np.int64]


class _Corners(NamedTuple):
    """Corners of rings in whole steps, ring by ring, none twice in a row, the closing one left out.

    `point` is a number for each distinct position; `after` and `before` are rows, around the ring.
    """

    xy: Numbers
    ring: Numbers
    point: Numbers
    after: Numbers
    before: Numbers


class _Arcs(NamedTuple):
    """The arcs of all rings as they are walked, one an entry, so that a shared one is there twice.

    `first` and `last` are rows of its corners but for the one it ends with, `name` is the same for
    the same arc, and `backwards` tells its directions apart.
    """

    first: Numbers
    last: Numbers
    name: Numbers
    backwards: NDArray[np.bool_]


def to_ring_columns(shapes: Geometries, scale: float) -> tuple[list[Column], Numbers]:
    """Columns of the rings of polygons in steps of 1 / `scale` degrees; how many each shape has.

    Rings that are flat in such steps are left out; a shape of these only becomes the least box
    about it.
    """
    rings, counts = _round_rings(shapes, scale)
    corners = _turn_rings(_to_corners(rings))
    arcs = _cut_rings(corners)
    turns, new = _walk(corners, arcs)
    lengths = arcs.last - arcs.first + 1
    walked = np.repeat(new, lengths)
    path = np.cumsum((corners.xy[corners.after] - corners.xy)[walked], axis=0)
    starts = np.flatnonzero(_is_new(corners.ring))
    per_ring = np.bincount(corners.ring[arcs.first], minlength=len(starts))
    columns = [
        Column("start_x", corners.xy[starts, 0], "zigzag"),
        Column("start_y", corners.xy[starts, 1], "zigzag"),
        Column("ring_turns", per_ring.astype(np.int64)),
        Column("turn", turns),
        Column("arc_steps", lengths[new]),
        Column("step_x", path[:, 0], "zigzag"),
        Column("step_y", path[:, 1], "zigzag"),
    ]
    return columns, counts


def _round_rings(shapes: Geometries, scale: float) -> tuple[Geometries, Numbers]:
    """The rings of shapes in whole steps, and how many each has."""
    rounded = shapely.transform(shapes, lambda corners: np.round(corners * scale))
    flat = shapely.area(rounded) == 0
    west, south, east, north = shapely.bounds(shapes[flat]).reshape(-1, 4).T * scale
    west, south = np.floor(west), np.floor(south)
    east, north = np.maximum(np.ceil(east), west + 1), np.maximum(np.ceil(north), south + 1)
    rounded[flat] = shapely.box(west, south, east, north)
    parts, of_part = shapely.get_parts(rounded, return_index=True)
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    wide = shapely.area(shapely.polygons(rings)) > 0
    return rings[wide], np.bincount(of_part[of_ring[wide]], minlength=len(shapes))


def _to_corners(rings: Geometries) -> _Corners:
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    xy = corners.astype(np.int64)
    # A ring ends with the corner it begins with: that one goes, and so does one like the next.
    goes_on = (ring[1:] == ring[:-1]) & (xy[1:] != xy[:-1]).any(axis=1)
    rows = np.flatnonzero(goes_on)
    return _link(xy[rows], ring[rows].astype(np.int64))


def _link(xy: Numbers, ring: Numbers) -> _Corners:
    _, point = np.unique((xy[:, 0] << 32) + xy[:, 1], return_inverse=True)
    starts = np.flatnonzero(_is_new(ring))
    ends = _lasts(starts, len(ring))
    after, before = np.arange(1, len(ring) + 1), np.arange(-1, len(ring) - 1)
    after[ends], before[starts] = starts, ends
    return _Corners(xy, ring, point.astype(np.int64), after, before)


def _is_new(numbers: Numbers) -> NDArray[np.bool_]:
    """Where a number is another one than that before it."""
    new: NDArray[np.bool_] = np.diff(numbers, prepend=-1) != 0
    return new


def _lasts(firsts: Numbers, count: int) -> Numbers:
    """The last rows of runs that begin with the given ones, of so many rows in all."""
    lasts = np.roll(firsts, -1) - 1
    lasts[-1:] = count - 1
    return lasts


def _turn_rings(corners: _Corners) -> _Corners:
    """The same rings, each beginning at a node, or at its least point where it has none."""
    starts = np.flatnonzero(_is_new(corners.ring))
    rank = np.where(_are_nodes(corners), -1, corners.point)
    order = np.lexsort((rank, corners.ring))
    counts = _lasts(starts, len(rank)) - starts + 1
    shift = np.repeat(order[starts] - starts, counts)
    begin, length = np.repeat(starts, counts), np.repeat(counts, counts)
    rows = begin + (np.arange(len(rank)) - begin + shift) % np.maximum(length, 1)
    return _link(corners.xy[rows], corners.ring)


def _are_nodes(corners: _Corners) -> NDArray[np.bool_]:
    """The corners that not all rings pass between the same two neighbours."""
    neighbours = corners.point[np.stack([corners.after, corners.before])]
    order = np.argsort(corners.point, kind="stable")
    begins = np.flatnonzero(_is_new(corners.point[order]))
    node = np.zeros(len(begins), dtype=np.bool_)
    for side in (neighbours.min(axis=0)[order], neighbours.max(axis=0)[order]):
        node |= np.minimum.reduceat(side, begins) != np.maximum.reduceat(side, begins)
    return node[corners.point]


def _cut_rings(corners: _Corners) -> _Arcs:
    begins = _are_nodes(corners) | _is_new(corners.ring)
    first = np.flatnonzero(begins)
    last = _lasts(first, len(begins))
    # From a node on, the next point tells an arc from all others: it does not fork on the way.
    point, many = corners.point, len(begins)
    forwards = point[first] * many + point[corners.after[first]]
    backwards = point[corners.after[last]] * many + point[last]
    _, name = np.unique(np.minimum(forwards, backwards), return_inverse=True)
    return _Arcs(first, last, name.astype(np.int64), backwards < forwards)


def _walk(corners: _Corners, arcs: _Arcs) -> tuple[Numbers, NDArray[np.bool_]]:
    """The turn with which each arc is taken, and whether it is new.

    A turn is 0 for a new arc, else which of the arcs from this node it is: those found last come
    first, and the one just walked, back again, is the last.
    """
    known: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    turns = np.zeros(len(arcs.name), dtype=np.int64)
    start, end = corners.point[arcs.first], corners.point[corners.after[arcs.last]]
    begins = _is_new(corners.ring[arcs.first])
    back = None
    entries = zip(*(own.tolist() for own in (*arcs[2:], start, end, begins)), strict=True)
    for row, (name, backwards, here, there, at_start) in enumerate(entries):
        arc, from_here = (name, backwards), known[here]
        if at_start:
            back = None
        if arc in from_here:
            ways = [way for way in reversed(from_here) if way != back]
            turns[row] = 1 + (len(ways) if arc == back else ways.index(arc))
        else:
            from_here.append(arc)
            known[there].append((name, not backwards))
        back = (name, not backwards)
    return turns, turns == 0
