"""The page's own base map: the world coarse, the surroundings of the incidents fine, and names."""

from typing import NamedTuple, cast

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.areas import clip_areas
from maps.names import make_name_columns
from maps.payload import make_payload
from maps.shapes import to_line_columns, to_lines
from maps.world import Line, load_world

Bounds = tuple[float, float, float, float]
# The fine part reaches this share of its width beyond the incidents, and at least so many degrees:
# what a first look round them shows.
MARGIN_SHARE, LEAST_MARGIN_DEG = 1.0, 2.0
# A fine part wider than this is the coarse world over again.
WIDEST_FINE_DEG = 120.0
# Borders are drawn about 2,000 pixels wide when the fine part fills a screen.
DETAIL_SHARE = 1 / 4000
LEAST_DETAIL_DEG = 0.002
# Degrees that shapes are cut beyond the box, so that the cut's own edges can be dropped.
_CUT_DEG = 0.1
_FINE_SCALE, _WORLD_SCALE = 1000, 100


class FinePart(NamedTuple):
    """Lines about the incidents: rings of land, and what lies between land and sea, and areas."""

    land: list[Line]
    coast: list[Line]
    borders: list[Line]
    admin: list[Line]


def make_base_map(bounds: Bounds | None) -> str:
    """The base map's payload for incidents within bounds; only the coarse world for `None`."""
    boxes = find_boxes(bounds)
    parts = [_make_fine_part(box) for box in boxes]
    world = load_world()
    outlines = [_box_ring(box) for box in boxes]
    layers: dict[str, tuple[list[Line], int]] = {
        "world_land": (world.land, _WORLD_SCALE),
        "world_coast": (world.coast, _WORLD_SCALE),
        "world_borders": (world.borders, _WORLD_SCALE),
        "boxes": (outlines, _FINE_SCALE),
    }
    for name in FinePart._fields:
        layers[name] = ([line for part in parts for line in getattr(part, name)], _FINE_SCALE)
    columns = [
        column
        for name, (lines, scale) in layers.items()
        for column in to_line_columns(name, f"{name}_length", lines, scale)
    ]
    names, header = make_name_columns(boxes)
    scales = {name: {"scale": scale} for name, (_, scale) in layers.items()}
    return make_payload({"lines": scales, **header}, [*columns, *names])


def find_boxes(bounds: Bounds | None) -> list[Bounds]:
    """The boxes of the fine part: the bounds and some margin, two where they cross 180 degrees.

    >>> find_boxes((35.0, 33.0, 40.0, 37.0))
    [(30.0, 28.0, 45.0, 42.0)]
    """
    if bounds is None:
        return []
    west, south, east, north = bounds
    # A screen is wide or high as it likes, so the longer side gives the margin all round.
    margin = max(max(east - west, north - south) * MARGIN_SHARE, LEAST_MARGIN_DEG)
    west, east = west - margin, east + margin
    if east - west > WIDEST_FINE_DEG:
        return []
    south, north = max(south - margin, -85.0), min(north + margin, 85.0)
    if west < -180.0:
        west, east = west + 360.0, east + 360.0
    if east <= 180.0:
        return [_tidy((west, south, east, north))]
    return [_tidy((west, south, 180.0, north)), _tidy((-180.0, south, east - 360.0, north))]


def _tidy(box: Bounds) -> Bounds:
    west, south, east, north = (round(value, 3) for value in box)
    return west, south, east, north


def _box_ring(box: Bounds) -> Line:
    west, south, east, north = box
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return np.array(corners, dtype=np.float64)


def _make_fine_part(box: Bounds) -> FinePart:
    west, south, east, north = box
    detail = max(LEAST_DETAIL_DEG, max(east - west, north - south) * DETAIL_SHARE)
    wide = (west - _CUT_DEG, south - _CUT_DEG, east + _CUT_DEG, north + _CUT_DEG)
    areas = clip_areas(wide, tolerance_deg=detail)
    countries = _rings_of(areas[areas["level"] == 0])
    admin = _rings_of(areas[areas["level"] == 1])
    coast, borders = _part_edges(countries, wide)
    return FinePart(countries, coast, borders, _part_edges(admin, wide)[1])


def _rings_of(areas: gpd.GeoDataFrame) -> list[Line]:
    pieces = shapely.get_parts(areas.geometry.to_numpy())
    rings = to_lines(pieces[shapely.get_type_id(pieces) == shapely.GeometryType.POLYGON])
    return [shapely.get_coordinates(ring) for ring in rings]


def _part_edges(rings: list[Line], cut: Bounds) -> tuple[list[Line], list[Line]]:
    """The edges that one ring has, and those that two share; without the edges of the cut."""
    if not rings:
        return [], []
    whole = [np.round(ring * _FINE_SCALE).astype(np.int64) for ring in rings]
    edges = np.concatenate([np.hstack([ring[:-1], ring[1:]]) for ring in whole])
    edges = edges[~_on_cut(edges, cut) & np.any(edges[:, :2] != edges[:, 2:], axis=1)]
    backwards = (edges[:, 0] > edges[:, 2]) | (
        (edges[:, 0] == edges[:, 2]) & (edges[:, 1] > edges[:, 3])
    )
    edges[backwards] = edges[backwards][:, [2, 3, 0, 1]]
    edges, counts = np.unique(edges, axis=0, return_counts=True)
    return _join_edges(edges[counts == 1]), _join_edges(edges[counts > 1])


def _on_cut(edges: NDArray[np.int64], cut: Bounds) -> NDArray[np.bool_]:
    """Whether both ends of an edge lie on one side of the box, or on the antimeridian."""
    west, south, east, north = (round(value * _FINE_SCALE) for value in cut)
    half_turn = 180 * _FINE_SCALE
    sides = [(0, west), (1, south), (0, east), (1, north), (0, half_turn), (0, -half_turn)]
    on = [
        (abs(edges[:, axis] - side) <= 1) & (abs(edges[:, axis + 2] - side) <= 1)
        for axis, side in sides
    ]
    found: NDArray[np.bool_] = np.any(on, axis=0)
    return found


def _join_edges(edges: NDArray[np.int64]) -> list[Line]:
    """Edges put together to lines as long as they go."""
    if not len(edges):
        return []
    points = edges.reshape(-1, 2, 2) / _FINE_SCALE
    pairs = cast("NDArray[np.object_]", shapely.linestrings(points))
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(pairs)))
    return [shapely.get_coordinates(line) for line in merged]
