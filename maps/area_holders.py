"""Which area each place of a map is counted in, or the reason why it is in none."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.measure import distances_km
from maps.places import VAGUE_AREA, VAGUE_COUNTRY

Geometries = NDArray[np.object_]
Numbers = NDArray[np.int64]
# The number of the area that holds each position (longitudes, latitudes), -1 for none.
FindHolders = Callable[[NDArray[np.float64], NDArray[np.float64]], Numbers]

# What a place's code says where it is counted in no area; areas are coded from FIRST_AREA on. The
# page has a sentence for each (js/src/choropleth.js).
NO_PLACE, COUNTRY_ONLY, OUTSIDE, SEVERAL, FIRST_AREA = range(5)
# A place that is itself an area belongs to the area that holds so much of it: two sources never
# draw a border alike, and the rest is the strip between their lines.
OWN_SHARE = 0.9
# A circle reaches over several areas where its radius is larger than this many times the reach of
# the area about its middle: radii implied by a level are round numbers for areas of all sizes. Of
# UCDP's 7,302 Syrian circles this leaves 145 in no area, those of the city of Damascus first, and
# 420 without it; nearly all of these name their area (stated_areas.py).
RADIUS_SLACK = 1.25
_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


class Sites(NamedTuple):
    """The distinct places of a map: a position, how far off it may be, its kind, its shape.

    `vague` is that of `maps.places`; `shapes` holds `None` for a point.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    radius_km: NDArray[np.float64]
    vague: NDArray[np.int64]
    shapes: Geometries


class Areas(NamedTuple):
    """Areas, the number of the one that holds each place, and how to find it for other positions.

    An area is one or several of `shapes`, which do not overlap: `of_shape` has the number of each.
    `held` is -1 for a place outside all. `fill_land` says that they leave no land between them, so
    that what lies outside all is sea. `are_countries` lets in what is known to a country only.
    """

    shapes: Geometries
    of_shape: Numbers
    held: Numbers
    find: FindHolders
    fill_land: bool
    are_countries: bool


def assign_areas(sites: Sites, areas: Areas) -> Numbers:
    """The code of each place: `FIRST_AREA` and the number of its area, or the reason for none.

    A point is where it is; a circle too, unless it is larger than the area about it. An area, a
    line or a set of points has to lie in one area. A country alone is no part of it.
    """
    held = areas.held
    codes = np.where(held >= 0, held + FIRST_AREA, OUTSIDE)
    is_point = shapely.is_missing(sites.shapes)
    circles = np.flatnonzero(is_point & (sites.vague == VAGUE_AREA) & (held >= 0))
    reach_km = _reaches_km(areas)
    too_wide = sites.radius_km[circles] > RADIUS_SLACK * reach_km[held[circles]]
    codes[circles[too_wide]] = SEVERAL
    shaped = np.flatnonzero(~is_point)
    codes[shaped] = _assign_shapes(sites.shapes[shaped], areas)
    if not areas.are_countries:
        codes[sites.vague == VAGUE_COUNTRY] = COUNTRY_ONLY
    return codes.astype(np.int64)


def _reaches_km(areas: Areas) -> NDArray[np.float64]:
    """Half the diagonal of each area's box: how far it reaches about its middle."""
    bounds = shapely.bounds(areas.shapes).reshape(-1, 4)
    boxes = np.tile([np.inf, np.inf, -np.inf, -np.inf], (areas.of_shape.max(initial=-1) + 1, 1))
    np.minimum.at(boxes[:, :2], areas.of_shape, bounds[:, :2])
    np.maximum.at(boxes[:, 2:], areas.of_shape, bounds[:, 2:])
    return distances_km(*boxes.T) / 2


def _assign_shapes(shapes: Geometries, areas: Areas) -> Numbers:
    flat = np.isin(shapely.get_type_id(shapes), _POLYGONS)
    codes = np.empty(len(shapes), dtype=np.int64)
    codes[flat] = _assign_polygons(shapes[flat], areas)
    codes[~flat] = _assign_corners(shapes[~flat], areas)
    return codes


def _assign_polygons(polygons: Geometries, areas: Areas) -> Numbers:
    """The area that holds nearly all of each polygon.

    Shares are taken in degrees: both parts of one share lie at the same latitude.
    """
    whole = shapely.make_valid(polygons)
    rows, met = shapely.STRtree(areas.shapes).query(whole, predicate="intersects")
    shares = shapely.area(shapely.intersection(whole[rows], areas.shapes[met]))
    many = int(areas.of_shape.max(initial=0)) + 1
    pairs, of_pair = np.unique(rows * many + areas.of_shape[met], return_inverse=True)
    rows, numbers = np.divmod(pairs, many)
    common = np.bincount(of_pair, shares, len(rows))
    inside = np.bincount(rows, common, len(polygons))
    codes = np.where(inside > 0, SEVERAL, OUTSIDE)
    total = inside if areas.fill_land else shapely.area(whole)
    enough = common >= OWN_SHARE * np.maximum(total[rows], np.finfo(float).tiny)
    codes[rows[enough]] = numbers[enough] + FIRST_AREA
    return codes.astype(np.int64)


def _assign_corners(shapes: Geometries, areas: Areas) -> Numbers:
    """The area that holds every corner of a line, every one of several points."""
    corners, rows = shapely.get_coordinates(shapes, return_index=True)
    held = areas.find(corners[:, 0], corners[:, 1])
    least = np.full(len(shapes), np.iinfo(np.int64).max)
    most = np.full(len(shapes), -1)
    np.minimum.at(least, rows, held)
    np.maximum.at(most, rows, held)
    codes = np.where(most < 0, OUTSIDE, SEVERAL)
    one = (least == most) & (most >= 0)
    codes[one] = most[one] + FIRST_AREA
    return codes.astype(np.int64)
