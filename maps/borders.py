"""Land, borders and first-level borders of a box, out of areas that meet without gaps."""

from functools import cache
from typing import NamedTuple, cast

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.areas import load_areas
from geo.shapes import load_country

Bounds = tuple[float, float, float, float]
Line = NDArray[np.float64]

# Degrees that shapes are cut beyond the box, so that the cut's own edges can be dropped.
CUT_DEG = 0.1
# Corners are compared in whole steps of this; the packaged ones lie on a grid of 0.0005.
_STEP_DEG = 1e-6
# An island or a hole smaller than this share of the detail's square is a speck on the map.
_LEAST_RING = 0.6


class Borders(NamedTuple):
    """Lines of a box: rings of land (its coast too), borders, those disputed, first-level ones."""

    land: list[Line]
    borders: list[Line]
    disputed: list[Line]
    admin: list[Line]


class Coverage(NamedTuple):
    """Polygons that meet without gaps, and the country and first-level area of each."""

    polygons: NDArray[np.object_]
    country: NDArray[np.object_]
    area: NDArray[np.object_]


def load_coverage(box: Bounds) -> Coverage:
    """The first-level areas that meet a box, cut a little beyond it, as detailed as they are."""
    west, south, east, north = box
    wide = (west - CUT_DEG, south - CUT_DEG, east + CUT_DEG, north + CUT_DEG)
    near = [area for area in load_areas() if area.level == 0 and _boxes_meet(area.bounds, wide)]
    shapes, countries, areas = [], [], []
    for code in [*(area.area_id for area in near), ""]:
        pieces, own = load_country(code)
        bounds = shapely.bounds(own)
        for piece, shape, reach in zip(pieces, own, bounds, strict=True):
            if _boxes_meet(reach, wide):
                shapes.append(shape)
                countries.append(code)
                areas.append(piece.area_id)
    return _cut(np.array(shapes, dtype=object), countries, areas, wide)


def _cut(
    shapes: NDArray[np.object_], countries: list[str], areas: list[str], box: Bounds
) -> Coverage:
    cut = shapely.intersection(shapes, shapely.box(*box))
    polygons, owners = _polygons(cut)
    steps = shapely.transform(polygons, lambda points: np.round(points / _STEP_DEG) * _STEP_DEG)
    country = np.array(countries, dtype=object)[owners]
    return Coverage(steps, country, np.array(areas, dtype=object)[owners])


def _polygons(shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """The polygons among the shapes' parts, and which shape each is of."""
    parts, owners = shapely.get_parts(shapes, return_index=True)
    parts, again = shapely.get_parts(parts, return_index=True)
    flat = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    return parts[flat], owners[again][flat]


def _boxes_meet(first: Bounds, second: Bounds) -> bool:
    return bool(
        first[0] <= second[2]
        and first[2] >= second[0]
        and first[1] <= second[3]
        and first[3] >= second[1]
    )


def make_borders(coverage: Coverage, detail_deg: float, least_admin_deg: float = 0.0) -> Borders:
    """The coverage's lines, simplified by `detail_deg` (Visvalingam), without specks.

    Borders between first-level areas both smaller than the square of `least_admin_deg` are left
    out.
    """
    if not len(coverage.polygons):
        return Borders([], [], [], [])
    polygons = shapely.coverage_simplify(coverage.polygons, detail_deg)
    land = _land_rings(polygons, (detail_deg * _LEAST_RING) ** 2)
    edges, owners = _shared_edges(polygons)
    first, second = coverage.country[owners].T
    abroad = first != second
    disputed = np.array([_is_disputed(coverage, *pair) for pair in owners[abroad].tolist()], bool)
    inner = ~abroad & (coverage.area[owners[:, 0]] != coverage.area[owners[:, 1]])
    inner &= shapely.area(coverage.polygons)[owners].max(axis=1) >= least_admin_deg**2
    return Borders(
        land,
        _join(edges[abroad][~disputed]),
        _join(edges[abroad][disputed]),
        _join(edges[inner]),
    )


def _land_rings(polygons: NDArray[np.object_], least: float) -> list[Line]:
    land = shapely.get_parts(shapely.coverage_union_all(polygons))
    land = land[shapely.get_type_id(land) == shapely.GeometryType.POLYGON]
    rings = shapely.get_rings(land)
    kept = rings[shapely.area(shapely.polygons(rings)) >= least] if len(rings) else rings
    return [_past_the_turn(shapely.get_coordinates(ring)) for ring in kept]


def _past_the_turn(ring: Line) -> Line:
    """The ring with what it has on the antimeridian put beyond: the cut there is no coast."""
    on = np.abs(ring[:, 0]) > 180.0 - 1e-4
    ring[on, 0] += np.sign(ring[on, 0]) * CUT_DEG
    return ring


def _shared_edges(polygons: NDArray[np.object_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Edges that two polygons share, a row of x, y, x, y in steps each, and the two polygons."""
    rings, owners = shapely.get_rings(polygons, return_index=True)
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    whole = np.round(points / _STEP_DEG).astype(np.int64)
    goes_on = of_ring[:-1] == of_ring[1:]
    edges = np.hstack([whole[:-1], whole[1:]])[goes_on]
    owner = owners[of_ring[:-1][goes_on]]
    backwards = (edges[:, 0] > edges[:, 2]) | (
        (edges[:, 0] == edges[:, 2]) & (edges[:, 1] > edges[:, 3])
    )
    edges[backwards] = edges[backwards][:, [2, 3, 0, 1]]
    order = np.lexsort(edges.T)
    edges, owner = edges[order], owner[order]
    same = np.all(edges[:-1] == edges[1:], axis=1)
    return edges[:-1][same], np.stack([owner[:-1], owner[1:]], axis=1)[same]


def _is_disputed(coverage: Coverage, one: int, other: int) -> bool:
    """Whether the country on one side claims the ground on the other, or nobody's lies there."""
    return any(
        coverage.country[there] in _claims_on(coverage.country[here], coverage.area[here])
        for here, there in ((one, other), (other, one))
    )


def _claims_on(country: str, area: str) -> frozenset[str]:
    return _all_claims().get(area, frozenset()) | _all_claims().get(country, frozenset())


@cache
def _all_claims() -> dict[str, frozenset[str]]:
    return {area.area_id: frozenset(area.claims) for area in load_areas() if area.claims}


def _join(edges: NDArray[np.int64]) -> list[Line]:
    """Edges put together to lines as long as they go."""
    if not len(edges):
        return []
    points = edges.reshape(-1, 2, 2) * _STEP_DEG
    pairs = cast("NDArray[np.object_]", shapely.linestrings(points))
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(pairs)))
    return [shapely.get_coordinates(line) for line in merged]
