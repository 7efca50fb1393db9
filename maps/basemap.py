"""The page's own base map: the world coarse, the surroundings of the incidents fine, and names."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from geo.errors import InputError
from maps.borders import Borders, Coverage, Line, load_coverage, make_borders
from maps.names import make_name_columns
from maps.payload import Column, make_payload
from maps.shapes import to_line_columns, to_lines
from maps.world import load_water, load_world

Bounds = tuple[float, float, float, float]
LANGUAGES, THEMES = ("en", "ar"), ("light", "dark")
# What a caller can give lines or areas for; the packaged ones are left out then.
OWN_LAYERS = ("rivers", "lakes")
# The surroundings reach this share of their width beyond the incidents, but at least and at most
# so many degrees: what a first look round them shows. The inner part is what one zooms into.
MARGIN_SHARE, LEAST_MARGIN_DEG, MOST_MARGIN_DEG = 1.5, 2.0, 20.0
INNER_SHARE, INNER_LEAST_DEG = 0.15, 0.3
# Surroundings wider than this are the coarse world over again.
WIDEST_DEG = 120.0
# The surroundings are drawn about so many pixels wide when one first sees them.
DETAIL_SHARE = 1 / 1500
# The packaged shapes are good to 0.005.
LEAST_DETAIL_DEG = 0.003
# Letters of base64: with the world and the names a page's base map stays under 150 kB.
MOST_LETTERS, NEAR_LETTERS = 146_000, 38_000
# A first-level border between areas smaller than so many times the detail is a thicket of lines.
LEAST_ADMIN = 12
# Given layers are drawn as detailed as they can be seen, at most so.
_GIVEN_SCALE, _BOX_SCALE, _WORLD_SCALE = 5000, 1000, 50
# Finer than the packaged rivers are good to, and than is seen at the last zoom they are drawn at.
_RIVER_DETAIL_DEG = 0.004
# So much coarser the surroundings must be for an inner part to be worth its bytes.
_WORTH_INNER = 1.5
_MOST_TRIES = 8
# Pixels at which detail begins to show.
_SEEN_PIXELS = 1.0
# Lakes of at least so many square degrees are drawn where the map is coarse.
_WORLD_LAKE_DEG2, _WORLD_DETAIL_DEG = 0.7, 0.06

Layers = dict[str, tuple[list[Line], int]]


class Part(NamedTuple):
    """Boxes, the lines in them with `detail_deg`, and what the lines take in letters of base64."""

    boxes: list[Bounds]
    detail_deg: float
    layers: Layers
    letters: int


def make_base_map(
    bounds: Bounds | None,
    *,
    look: Mapping[str, str] | None = None,
    base_layers: Mapping[str, gpd.GeoDataFrame] | None = None,
) -> str:
    """The base map's payload for incidents within bounds; only the coarse world for `None`.

    `look` holds the theme and language the page opens with, where its reader's are not to decide.
    `base_layers` holds lines of "rivers" or areas of "lakes" to be drawn in place of the packaged
    ones; raises InputError for another layer.
    """
    boxes = find_boxes(bounds)
    world = _world_layers()
    water = _water_layers(boxes, base_layers or {})
    inner = find_boxes(bounds, INNER_SHARE, INNER_LEAST_DEG) if boxes else []
    names, header = make_name_columns(boxes, inner)
    header |= {"look": dict(look or {}), "own": sorted(base_layers or {})}
    room = MOST_LETTERS - len(make_payload(header, [*_columns(world | water), *names]))
    width = max((max(east - west, north - south) for west, south, east, north in boxes), default=0)
    seen = max(LEAST_DETAIL_DEG, width * DETAIL_SHARE)
    near = _fit_part("near", boxes, seen, min(room, NEAR_LETTERS))
    fine = _fit_part("fine", inner, LEAST_DETAIL_DEG, room - near.letters)
    if fine.detail_deg * _WORTH_INNER > near.detail_deg:
        fine = Part([], fine.detail_deg, _name_layers("fine", [], _NO_BORDERS, 1), 0)
    layers = world | water | near.layers | fine.layers
    header["lines"] = {name: {"scale": scale} for name, (_, scale) in layers.items()}
    header["fine_zoom"] = _zoom_of(near.detail_deg)
    return make_payload(header, [*_columns(layers), *names])


def make_look(language: str, theme: str | None) -> dict[str, str]:
    """What a page opens with; raises InputError for a language or theme that it does not have.

    >>> make_look("ar", None)
    {'language': 'ar'}
    """
    if language not in LANGUAGES:
        raise InputError(f"language is {language!r}; write one of {', '.join(LANGUAGES)}")
    if theme not in (None, *THEMES):
        raise InputError(f"theme is {theme!r}; write one of {', '.join(THEMES)}, or leave it out")
    return {"language": language} | ({"theme": theme} if theme else {})


def find_boxes(
    bounds: Bounds | None, share: float = MARGIN_SHARE, least_deg: float = LEAST_MARGIN_DEG
) -> list[Bounds]:
    """The bounds and some margin, as two boxes where they cross 180 degrees.

    >>> find_boxes((35.0, 33.0, 40.0, 37.0))
    [(27.5, 25.5, 47.5, 44.5)]
    """
    if bounds is None:
        return []
    west, south, east, north = bounds
    # A screen is wide or high as it likes, so the longer side gives the margin all round.
    wide = max(east - west, north - south) * share
    margin = min(max(wide, least_deg), MOST_MARGIN_DEG)
    west, east = west - margin, east + margin
    if east - west > WIDEST_DEG:
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


def _columns(layers: Layers) -> list[Column]:
    return [
        column
        for name, (lines, scale) in layers.items()
        for column in to_line_columns(name, f"{name}_length", lines, scale)
    ]


def _world_layers() -> Layers:
    world = load_world()
    rings = [shapely.Polygon(ring) for ring in load_water().lakes]
    large = [ring.simplify(_WORLD_DETAIL_DEG) for ring in rings if ring.area > _WORLD_LAKE_DEG2]
    lakes = [shapely.get_coordinates(ring) for ring in large]
    return {
        "world_land": (world.land, _WORLD_SCALE),
        "world_borders": (world.borders, _WORLD_SCALE),
        "world_lakes": (lakes, _WORLD_SCALE),
    }


_NO_BORDERS = Borders([], [], [], [])


def _fit_part(name: str, boxes: list[Bounds], detail: float, letters: int) -> Part:
    """The boxes' lines with this detail in degrees, coarser where `letters` of base64 need it."""
    coverages = [load_coverage(box) for box in boxes]
    for _ in range(_MOST_TRIES):
        part = _make_part(name, boxes, coverages, detail)
        if part.letters <= letters:
            break
        # Letters fall about as fast as detail grows; a little more ends the search.
        detail *= max(1.1, (part.letters / max(letters, 1)) ** 1.2)
    return part


def _make_part(
    name: str, boxes: list[Bounds], coverages: Sequence[Coverage], detail_deg: float
) -> Part:
    least = LEAST_ADMIN * detail_deg
    found = [make_borders(coverage, detail_deg, least) for coverage in coverages]
    lines = Borders(*(list(chain(*(own[kind] for own in found))) for kind in range(4)))
    # A third of the detail: rounding then shows no more than simplifying does.
    layers = _name_layers(name, boxes, lines, max(100, min(1000, round(3 / detail_deg))))
    return Part(boxes, detail_deg, layers, len(make_payload({}, _columns(layers))))


def _name_layers(name: str, boxes: list[Bounds], lines: Borders, scale: int) -> Layers:
    layers: Layers = {f"{name}_boxes": ([_box_ring(box) for box in boxes], _BOX_SCALE)}
    return layers | {f"{name}_{key}": (own, scale) for key, own in lines._asdict().items()}


def _box_ring(box: Bounds) -> Line:
    west, south, east, north = box
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return np.array(corners, dtype=np.float64)


def _zoom_of(detail_deg: float) -> float:
    """The zoom from which on so much detail can be told from more."""
    return round(float(np.log2(_SEEN_PIXELS * 360 / (256 * detail_deg))), 2)


def _water_layers(boxes: list[Bounds], given: Mapping[str, gpd.GeoDataFrame]) -> Layers:
    unknown = sorted(set(given) - set(OWN_LAYERS))
    if unknown:
        raise InputError(
            f"base_layers has {unknown[0]!r}; what can be given is {' and '.join(OWN_LAYERS)}"
        )
    water = load_water()
    packaged = {
        "rivers": shapely.simplify(
            shapely.multilinestrings([shapely.LineString(line) for line in water.rivers]),
            _RIVER_DETAIL_DEG,
        ),
        "lakes": shapely.make_valid(
            shapely.MultiPolygon([shapely.Polygon(r) for r in water.lakes])
        ),
    }
    layers: Layers = {}
    for name in OWN_LAYERS:
        scale = _GIVEN_SCALE if name in given else water.scale
        shape = _union_of(given[name]) if name in given else packaged[name]
        layers[name] = (_cut_lines(shape, boxes), scale)
    return layers


def _union_of(table: gpd.GeoDataFrame) -> Any:
    """The table's geometry in WGS84 as one."""
    here = table.to_crs("EPSG:4326") if table.crs else table
    shapes = np.array(here.geometry.dropna(), dtype=object)
    return shapely.union_all(shapely.make_valid(shapes))


def _cut_lines(shape: Any, boxes: list[Bounds]) -> list[Line]:
    return [
        shapely.get_coordinates(line)
        for box in boxes
        for line in to_lines(_flat(shapely.intersection(shape, shapely.box(*box))))
    ]


def _flat(shape: Any) -> Any:
    """The lines and polygons a shape is made of."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    kinds = (shapely.GeometryType.LINESTRING, shapely.GeometryType.POLYGON)
    return parts[np.isin(shapely.get_type_id(parts), kinds)]
