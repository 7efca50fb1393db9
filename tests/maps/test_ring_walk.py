"""Outlines written as walks along borders are read back as they were, borders once only."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from map_reading import walk_rings

from maps.ring_walk import to_ring_columns

SQUARE = shapely.box(0, 0, 4, 4)


def write(shapes: list[Any], scale: float = 1) -> tuple[dict[str, list[int]], list[int]]:
    made = np.empty(len(shapes), dtype=object)
    made[:] = shapes
    columns, counts = to_ring_columns(made, scale)
    return {column.name: column.values.tolist() for column in columns}, counts.tolist()


def as_polygons(columns: dict[str, list[int]]) -> list[Any]:
    return [shapely.normalize(shapely.Polygon(ring)) for ring in walk_rings(columns)]


def test_a_border_of_two_is_written_once() -> None:
    columns, counts = write([SQUARE, shapely.box(4, 0, 8, 4)])
    assert counts == [1, 1]
    assert sum(columns["arc_steps"]) == 7
    assert as_polygons(columns) == [
        shapely.normalize(SQUARE),
        shapely.normalize(shapely.box(4, 0, 8, 4)),
    ]


def test_a_level_above_brings_no_corner_of_its_own() -> None:
    areas = [shapely.box(x, y, x + 4, y + 4) for x in (0, 4, 8) for y in (0, 4)]
    alone, _ = write(areas)
    together, counts = write([*areas, shapely.union_all(areas)])
    assert counts == [1] * 7
    assert together["step_x"] == alone["step_x"]
    last = as_polygons(together)[-1]
    assert last.equals(shapely.box(0, 0, 12, 8))


def test_an_area_in_a_hole_of_another_has_the_same_ring() -> None:
    around = shapely.Polygon(SQUARE.exterior, [shapely.box(1, 1, 3, 3).exterior])
    columns, counts = write([around, shapely.box(1, 1, 3, 3)])
    assert counts == [2, 1]
    assert columns["arc_steps"] == [4, 4]
    assert as_polygons(columns)[1] == as_polygons(columns)[2]


def test_corners_are_rounded_and_none_is_there_twice() -> None:
    ring = [(0.01, 0), (4, 0.04), (4.02, 0.03), (4, 4), (0, 4), (0, -0.02)]
    columns, _ = write([shapely.Polygon(ring)], scale=10)
    assert columns["arc_steps"] == [4]
    assert as_polygons(columns) == [shapely.normalize(shapely.box(0, 0, 40, 40))]


def test_what_is_too_small_to_be_drawn_is_the_least_box_about_it() -> None:
    """An area always has a place to be clicked at; isles that small are left out."""
    small = shapely.box(7.31, 5.2, 7.33, 5.3)
    columns, counts = write([small, shapely.MultiPolygon([SQUARE, small])])
    assert counts == [1, 1]
    assert as_polygons(columns) == [
        shapely.normalize(shapely.box(7, 5, 8, 6)),
        shapely.normalize(SQUARE),
    ]


@pytest.mark.parametrize(
    "rings",
    [
        # A spike, walked out and back; its end is a corner of another area in the second case.
        [[(0, 0), (4, 0), (4, 4), (9, 4), (4, 4), (0, 4)]],
        [[(0, 0), (4, 0), (4, 4), (9, 4), (4, 4), (0, 4)], [(9, 4), (12, 4), (12, 8)]],
        # A ring that touches itself.
        [[(0, 0), (4, 0), (4, 4), (8, 8), (4, 8), (4, 4), (0, 4)]],
        # Two rings with two ways between the same two corners.
        [[(0, 0), (4, 0), (4, 4)], [(0, 0), (4, 4), (0, 4)], [(0, 0), (4, 4), (-9, 20)]],
    ],
)
def test_rings_that_rounding_spoils_are_walked_too(rings: list[list[tuple[int, int]]]) -> None:
    columns, _ = write([shapely.Polygon(ring) for ring in rings])
    for found, wanted in zip(walk_rings(columns), rings, strict=True):
        assert edges(found) == edges([*wanted, wanted[0]])


def test_nothing_is_walked_where_nothing_is() -> None:
    columns, counts = write([])
    assert counts == []
    assert walk_rings(columns) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=4, unique=True))
def test_any_cells_come_back_as_they_were(points: list[tuple[int, int]]) -> None:
    """Triangles of any points, all of which meet others, and what they make together."""
    cells = shapely.get_parts(shapely.delaunay_triangles(shapely.MultiPoint(points)))
    shapes = [*cells, shapely.coverage_union_all(cells)] if len(cells) else []
    columns, counts = write(shapes)
    wanted = [ring for shape in shapes for ring in shapely.get_rings(shapely.get_parts(shape))]
    assert sum(counts) == len(wanted)
    for found, ring in zip(walk_rings(columns), wanted, strict=True):
        corners = [(round(x), round(y)) for x, y in shapely.get_coordinates(ring)]
        assert edges(found) == edges(corners)


def edges(ring: list[tuple[int, int]]) -> list[tuple[tuple[int, int], ...]]:
    """The edges of a closed ring, whichever way and from wherever it is walked."""
    assert ring[0] == ring[-1]
    return sorted(tuple(sorted(pair)) for pair in pairwise(ring))
