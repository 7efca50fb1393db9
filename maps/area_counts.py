"""The areas that a page counts incidents by: their outlines, and which of them holds each place."""

from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.areas import area_geometry, load_areas, lookup_area
from geo.holders import Holders, find_holders
from maps.area_holders import FIRST_AREA, NO_PLACE, Areas, Sites, assign_areas
from maps.columns import PageData
from maps.names import find_arabic
from maps.own_areas import check_areas
from maps.payload import Column, make_payload
from maps.shapes import to_line_columns, to_lines

Geometries = NDArray[np.object_]
# 1/1,000 degree is 110 m; the packaged outlines are good to 500 m.
AREA_SCALE = 1000
# The detail of outlines: a share of how far the areas reach, seen at some 1,500 pixels; never
# finer than the packaged outlines are.
DETAIL_SHARE, LEAST_DETAIL_DEG = 1 / 1500, 0.002
# A country with incidents in so many of its first-level areas is drawn with all of them; of one
# that few touch, areas without any are left out: Turkey's 78 round the three that hold
# shells from Syria would be four fifths of the outlines.
WHOLE_SHARE = 1 / 5
ADMIN1, COUNTRIES, OWN = "admin1", "country", "own"
TITLES = {ADMIN1: "First-level areas", COUNTRIES: "Countries", OWN: "Areas given"}


class Level(NamedTuple):
    """One set of areas: a key, names, outlines in degrees, and a code for each place from 1 on.

    `arabic` holds the names in Arabic, "" where none is known.
    """

    key: str
    names: list[str]
    arabic: list[str]
    shapes: Geometries
    codes: NDArray[np.int64]


def make_areas(table: gpd.GeoDataFrame, page: PageData, own: gpd.GeoDataFrame | None = None) -> str:
    """The payload of areas for a table's page: the packaged ones, and a caller's own before them.

    Of the packaged areas it holds those of countries where incidents are. Raises InputError where
    the caller's areas cannot be used.
    """
    sites = _make_sites(table.geometry.to_numpy(), page)
    found = find_holders(sites.lon, sites.lat)
    levels = [_make_packaged(sites, found, key) for key in (ADMIN1, COUNTRIES)]
    if own is not None:
        levels.insert(0, _make_own(sites, *check_areas(own)))
    columns = [column for level in levels for column in _level_columns(level)]
    header = {
        "scale": AREA_SCALE,
        "levels": [
            {
                "key": level.key,
                "title": TITLES[level.key],
                "names": level.names,
                "names_ar": level.arabic,
            }
            for level in levels
        ],
    }
    return make_payload(header, columns)


def _make_sites(geometries: Geometries, page: PageData) -> Sites:
    places = page.places
    shapes = np.full(len(places.lon), None, dtype=object)
    rows = np.flatnonzero(np.concatenate([[0], places.shape])[places.number])
    shapes[places.number[rows] - 1] = geometries[page.order[rows]]
    return Sites(places.lon, places.lat, places.radius_km, places.vague, shapes)


def _make_packaged(sites: Sites, found: Holders, key: str) -> Level:
    """The packaged areas of a level about the places, each place in one of them or in none."""
    ids = _ids_near(sites, found, key)
    listed = [area for area in map(lookup_area, ids) if area is not None]
    names = [area.name for area in listed]
    arabic = [find_arabic(area.names) for area in listed]
    position = {area_id: number for number, area_id in enumerate(ids)}

    def to_numbers_of(holders: Holders) -> NDArray[np.int64]:
        answers = holders.countries if key == COUNTRIES else holders.area_ids
        numbers = np.array([position.get(answer, -1) for answer in answers], dtype=np.int64)
        return numbers[holders.numbers]

    areas = Areas(
        _to_objects([area_geometry(area_id) for area_id in ids]),
        to_numbers_of(found),
        lambda lons, lats: to_numbers_of(find_holders(lons, lats)),
        fill_land=True,
        are_countries=key == COUNTRIES,
    )
    codes = assign_areas(sites, areas)
    return _keep_areas(Level(key, names, arabic, areas.shapes, codes), _is_wanted(ids, codes, key))


def _ids_near(sites: Sites, found: Holders, key: str) -> list[str]:
    """The ids of all areas of those countries that hold places or corners of shapes."""
    corners = shapely.get_coordinates(sites.shapes)
    cornered = find_holders(corners[:, 0], corners[:, 1])
    countries = {
        holders.countries[number]
        for holders in (found, cornered)
        for number in np.unique(holders.numbers).tolist()
    }
    level = 0 if key == COUNTRIES else 1
    areas = [area for area in load_areas() if area.level == level and area.country]
    return [area.area_id for area in areas if area.country in countries]


def _is_wanted(ids: list[str], codes: NDArray[np.int64], key: str) -> NDArray[np.bool_]:
    """The areas that hold incidents, and the others of a country where many of them do."""
    held = np.isin(np.arange(len(ids)) + FIRST_AREA, codes)
    if key == COUNTRIES:
        return held
    countries = np.array([area.country for area in map(lookup_area, ids) if area is not None])
    for country in np.unique(countries[held]):
        own = countries == country
        if held[own].mean() >= WHOLE_SHARE:
            held |= own
    return held


def _keep_areas(level: Level, wanted: NDArray[np.bool_]) -> Level:
    """A level with some of its areas only, renumbered."""
    number = np.cumsum(wanted) - 1 + FIRST_AREA
    renumber = np.concatenate([np.arange(FIRST_AREA), number]).astype(np.int64)
    kept = np.flatnonzero(wanted).tolist()
    names, arabic = ([own[at] for at in kept] for own in (level.names, level.arabic))
    return Level(level.key, names, arabic, level.shapes[wanted], renumber[level.codes])


def _make_own(sites: Sites, names: list[str], shapes: Geometries) -> Level:
    """A caller's areas; where two hold a place, the first has it."""

    def find(lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.int64]:
        held = np.full(len(lons), len(shapes))
        points = np.asarray(shapely.points(lons, lats), dtype=object)
        # The polygons ask the tree of points: shapely prepares the side that asks.
        numbers, rows = shapely.STRtree(points).query(shapes, predicate="covers")
        np.minimum.at(held, rows, numbers)
        return np.where(held < len(shapes), held, -1).astype(np.int64)

    held = find(sites.lon, sites.lat)
    areas = Areas(shapes, held, find, fill_land=False, are_countries=False)
    return Level(OWN, names, [""] * len(names), shapes, assign_areas(sites, areas))


def _level_columns(level: Level) -> list[Column]:
    """Codes of the places, row 0 for no place; outlines; and where a name fits into each area."""
    outlines = _simplify(level.shapes)
    rings = [to_lines(shapely.get_parts(shape)) for shape in outlines]
    lines = [shapely.get_coordinates(ring) for own in rings for ring in own]
    centres, radii = _label_circles(outlines)
    whole = np.round(centres * AREA_SCALE).astype(np.int64)
    key = level.key
    return [
        Column(f"{key}_place", np.concatenate([[NO_PLACE], level.codes])),
        Column(f"{key}_rings", np.array([len(own) for own in rings], dtype=np.int64)),
        *to_line_columns(f"{key}_line", f"{key}_length", lines, AREA_SCALE),
        Column(f"{key}_label_x", whole[:, 0], "zigzag"),
        Column(f"{key}_label_y", whole[:, 1], "zigzag"),
        Column(f"{key}_label_radius", np.round(radii * AREA_SCALE).astype(np.int64)),
    ]


def _simplify(shapes: Geometries) -> Geometries:
    """Outlines without detail that is not seen; neighbours keep one border."""
    if not len(shapes):
        return shapes
    west, south, east, north = shapely.total_bounds(shapes)
    detail = max(LEAST_DETAIL_DEG, max(east - west, north - south) * DETAIL_SHARE)
    drawn: Geometries = shapely.coverage_simplify(_drop_specks(shapes, detail), detail)
    return drawn


def _drop_specks(shapes: Geometries, detail: float) -> Geometries:
    """Shapes without the isles that are narrower than the detail, but for the largest of each."""
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    west, south, east, north = shapely.bounds(parts).T
    size = np.maximum(east - west, north - south)
    largest = np.zeros(len(shapes))
    np.maximum.at(largest, of_shape, size)
    seen = (size >= detail) | (size == largest[of_shape])
    kept: Geometries = shapely.multipolygons(parts[seen], indices=of_shape[seen])
    return kept


def _label_circles(shapes: Geometries) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The centre and radius of the largest circle in each area, in degrees."""
    if not len(shapes):
        return np.empty((0, 2)), np.empty(0)
    radii = shapely.maximum_inscribed_circle(shapes)
    ends = shapely.get_coordinates(radii).reshape(-1, 2, 2)
    return ends[:, 0], shapely.length(radii)


def _to_objects(shapes: list[Any]) -> Geometries:
    made = np.empty(len(shapes), dtype=object)
    made[:] = shapes
    return made
