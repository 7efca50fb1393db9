"""Names on the base map: which towns and areas, and from which zoom on each is shown."""

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.areas import Area, load_areas
from maps.payload import Column
from maps.towns import load_label_towns
from maps.world import load_world

Bounds = tuple[float, float, float, float]

NAME_SCALE = 1000
KINDS = ("town", "city", "admin1", "country")
CITY_POPULATION = 200_000
# Pixels that a name has to itself: at each zoom one town a square of this size, the largest. Far
# out the countries' names need room too.
CELL_PIXELS = 60
FAR_CELL_PIXELS = {3: 170, 4: 130, 5: 90}
FIRST_ZOOM, LAST_ZOOM = 3, 12
# Far from the incidents only towns of the first zooms are named, about them those of some more.
FAR_ZOOM, NEAR_ZOOM = 4, 6
MOST_NAMES = 1500
# Zooms that a town at the incidents is ahead of one about them, when there are too many names.
NEARER_ZOOMS = 3
# An area is named while it is between so many pixels wide.
LEAST_AREA_PIXELS = {0: 70, 1: 90}
MOST_AREA_PIXELS = {0: 1400, 1: 900}
# Letters that Arabic is written with; those of Persian, Kurdish and Urdu only are not among them.
_ARABIC = frozenset(chr(code) for code in (*range(0x0621, 0x063B), *range(0x0641, 0x064B), 0x20))
_KM_A_TURN = 40_075.0
_MERCATOR_LIMIT = 85.0


class Name(NamedTuple):
    """A name on the map, in Arabic too where known, and the zooms at which it is shown.

    `region` is a country's alpha-2 code, "" for all else.
    """

    text: str
    arabic: str
    region: str
    lon: float
    lat: float
    kind: str
    zoom: int
    until: int


def make_name_columns(
    boxes: Sequence[Bounds], inner: Sequence[Bounds]
) -> tuple[list[Column], dict[str, Any]]:
    """Columns and header of the names, the most important first.

    Within `inner` boxes all that find room are named, in the `boxes` about them the larger.
    """
    names = sorted([*_area_names(boxes, inner), *_town_names(boxes, inner)], key=_rank)
    lons = np.array([name.lon for name in names])
    lats = np.array([name.lat for name in names])
    columns = [
        Column("name_lon", np.round(lons * NAME_SCALE).astype(np.int64), "zigzag"),
        Column("name_lat", np.round(lats * NAME_SCALE).astype(np.int64), "zigzag"),
        Column("name_count", np.array([len(names)])),
        Column("name_zoom", np.array([name.zoom for name in names], dtype=np.int64)),
        Column("name_until", np.array([name.until for name in names], dtype=np.int64)),
        Column("name_kind", np.array([KINDS.index(name.kind) for name in names], dtype=np.int64)),
    ]
    header = {
        "names": [name.text for name in names],
        "names_ar": [name.arabic for name in names],
        # Countries come first, so the list ends with them.
        "regions": [name.region for name in names if name.region],
        "name_scale": NAME_SCALE,
        "name_kinds": KINDS,
    }
    return columns, header


def _rank(name: Name) -> int:
    """Countries before cities before areas before towns; within each they come in order."""
    return ("country", "city", "admin1", "town").index(name.kind)


def _area_names(boxes: Sequence[Bounds], inner: Sequence[Bounds]) -> list[Name]:
    areas = [area for area in load_areas() if area.level == 0 or _is_within(area, boxes)]
    areas.sort(key=lambda area: (area.level, -area.radius_km, area.area_id))
    limits = [
        LAST_ZOOM if not area.level or _is_within(area, inner) else NEAR_ZOOM for area in areas
    ]
    found = [_to_name(area) for area in areas]
    return [name for name, limit in zip(found, limits, strict=True) if name.zoom <= limit]


def _to_name(area: Area) -> Name:
    """The zooms at which the area is about as wide as its name is long."""
    shrink = max(math.cos(math.radians(area.lat)), 0.1)
    share = max(area.radius_km * 1.4, 1.0) / (_KM_A_TURN * shrink)
    zoom = math.ceil(math.log2(LEAST_AREA_PIXELS[area.level] / (256 * share)))
    until = math.floor(math.log2(MOST_AREA_PIXELS[area.level] / (256 * share)))
    kind = "admin1" if area.level else "country"
    # A country's name stands in its largest part; scattered islands are wide and yet small.
    centres = {} if area.level else load_world().centres
    known = [centres[name] for name in area.names if name in centres]
    lon, lat = known[0] if known else (area.lon, area.lat)
    first = max(zoom, 2 if known else 5)
    region = "" if area.level else area.area_id
    arabic = find_arabic(area.names)
    return Name(area.name, arabic, region, lon, lat, kind, first, max(until, first))


def find_arabic(names: Iterable[str]) -> str:
    """The first of the names that is in Arabic letters, "" where none is.

    >>> find_arabic(["Idlib", "إدلب", "ادلب"])
    'إدلب'
    """
    return next((name for name in names if set(name) <= _ARABIC), "")


def _is_within(area: Area, boxes: Sequence[Bounds]) -> bool:
    return any(
        west <= area.lon <= east and south <= area.lat <= north
        for west, south, east, north in boxes
    )


def _town_names(boxes: Sequence[Bounds], inner: Sequence[Bounds]) -> list[Name]:
    """Towns that fit, the largest first: many in the inner boxes, few far from all."""
    towns = load_label_towns()
    lons = np.array([town.lon for town in towns])
    lats = np.array([town.lat for town in towns])
    zooms = find_zooms(lons, lats)
    limit = np.full(len(towns), FAR_ZOOM)
    for zoom, group in ((NEAR_ZOOM, boxes), (LAST_ZOOM, inner)):
        for west, south, east, north in group:
            limit[(lons >= west) & (lons <= east) & (lats >= south) & (lats <= north)] = zoom
    wanted = np.flatnonzero(zooms <= limit)
    # The larger before the smaller, and those at the incidents as if they were larger.
    rank = zooms[wanted] - NEARER_ZOOMS * (limit[wanted] == LAST_ZOOM)
    wanted = np.sort(wanted[np.argsort(rank, kind="stable")][:MOST_NAMES])
    return [
        Name(
            towns[row].name,
            towns[row].name_ar,
            "",
            towns[row].lon,
            towns[row].lat,
            "city" if towns[row].population >= CITY_POPULATION else "town",
            int(zooms[row]),
            31,
        )
        for row in wanted
    ]


def find_zooms(lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.int64]:
    """The first zoom at which each place is the first of its square; the places by importance.

    One beyond LAST_ZOOM for those that never are.
    """
    x = (lons + 180) / 360
    sine = np.sin(np.radians(np.clip(lats, -_MERCATOR_LIMIT, _MERCATOR_LIMIT)))
    y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
    zooms = np.full(len(lons), LAST_ZOOM + 1, dtype=np.int64)
    for zoom in range(LAST_ZOOM, FIRST_ZOOM - 1, -1):
        squares = 256 * 2**zoom / FAR_CELL_PIXELS.get(zoom, CELL_PIXELS)
        square = np.floor(x * squares).astype(np.int64) * (1 << 32) + np.floor(y * squares).astype(
            np.int64
        )
        _, firsts = np.unique(square, return_index=True)
        zooms[firsts] = zoom
    return zooms
