"""The areas that a page counts incidents by: their outlines, and which of them holds each place."""

import math

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from maps.area_holders import NO_PLACE, Areas, Sites, assign_areas
from maps.columns import PageData
from maps.outlines import (
    LEAST_DETAIL_DEG,
    Drawn,
    find_detail,
    find_label_circles,
    simplify_outlines,
)
from maps.own_areas import check_areas
from maps.packaged_areas import ADMIN1, COUNTRIES, Level, make_packaged
from maps.payload import Column, make_payload
from maps.ring_walk import to_ring_columns
from maps.stated_areas import find_stated

Geometries = NDArray[np.object_]
# Corners are rounded to this share of the detail, to 1/1,000 degree (110 m) at the finest: the
# packaged outlines are good to 500 m.
STEP_SHARE, MOST_SCALE = 1 / 8, 1000
OWN = "own"
TITLES = {ADMIN1: "First-level areas", COUNTRIES: "Countries", OWN: "Areas given"}


def make_areas(table: gpd.GeoDataFrame, page: PageData, own: gpd.GeoDataFrame | None = None) -> str:
    """The payload of areas for a table's page: the packaged ones, and a caller's own before them.

    Of the packaged areas it holds those of countries where incidents are. Raises InputError where
    the caller's areas cannot be used.
    """
    sites = _make_sites(table.geometry.to_numpy(), page)
    levels = make_packaged(sites, find_stated(table, page))
    if own is not None:
        levels.insert(0, _make_own(sites, *check_areas(own)))
    scale = _find_scale(levels)
    rings, counts = to_ring_columns(
        np.concatenate([level.drawn.outlines for level in levels]), scale
    )
    ends = np.cumsum([len(level.names) for level in levels])
    header = {
        "scale": scale,
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
    columns = [
        column
        for level, ring_counts in zip(levels, np.split(counts, ends[:-1]), strict=True)
        for column in _level_columns(level, ring_counts, scale)
    ]
    return make_payload(header, [*columns, *rings])


def _make_sites(geometries: Geometries, page: PageData) -> Sites:
    places = page.places
    shapes = np.full(len(places.lon), None, dtype=object)
    rows = np.flatnonzero(np.concatenate([[0], places.shape])[places.number])
    shapes[places.number[rows] - 1] = geometries[page.order[rows]]
    return Sites(places.lon, places.lat, places.radius_km, places.vague, shapes)


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
    numbers = np.arange(len(shapes))
    areas = Areas(shapes, numbers, held, find, fill_land=False, are_countries=False)
    detail = find_detail(shapes)
    drawn = Drawn(simplify_outlines(shapes, detail), detail)
    abroad = np.zeros(len(sites.lon), dtype=np.bool_)
    return Level(OWN, names, [""] * len(names), assign_areas(sites, areas), abroad, drawn)


def _find_scale(levels: list[Level]) -> int:
    """Steps a degree to which all levels are rounded."""
    details = [level.drawn.detail_deg for level in levels if level.names]
    finest = min(details, default=LEAST_DETAIL_DEG)
    return min(MOST_SCALE, math.ceil(1 / (finest * STEP_SHARE)))


def _level_columns(level: Level, rings: NDArray[np.int64], scale: int) -> list[Column]:
    """Codes and marks of the places, row 0 for no place; and where a name fits into each area."""
    centres, radii = find_label_circles(*level.drawn)
    whole = np.round(centres * scale).astype(np.int64)
    key = level.key
    return [
        Column(f"{key}_place", np.concatenate([[NO_PLACE], level.codes])),
        Column(f"{key}_abroad", np.concatenate([[False], level.abroad]).astype(np.int64)),
        Column(f"{key}_rings", rings),
        Column(f"{key}_label_x", whole[:, 0], "zigzag"),
        Column(f"{key}_label_y", whole[:, 1], "zigzag"),
        Column(f"{key}_label_radius", np.round(radii * scale).astype(np.int64)),
    ]
