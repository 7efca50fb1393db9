"""Where the incidents of a table lie: each place once, and the box that holds them all."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from maps.payload import Column
from maps.shapes import Shapes

Bounds = tuple[float, float, float, float]
Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
# About a kilometre in degrees; a box round one place gets some room.
_DEGREES_A_KM = 1 / 111.2
# What a place that is an area is known to: an area of a country, or the country and no better.
VAGUE_AREA, VAGUE_COUNTRY = 1, 2
# Above so many areas the page joins them into marks when far out (MOST_AREAS in js/src/layout.js).
_MOST_CIRCLES = 30
_HALF_TURN, _FULL_TURN = 180.0, 360.0
# Nothing on the Earth is farther from a place than half its girth.
_FARTHEST_KM = 20_040.0
# With fewer incidents a place the places go by their incidents, not by longitude.
_ROWS_A_PLACE = 2


class Places(NamedTuple):
    """The distinct places of a table, row 0 standing for "no place".

    `number` holds each incident's place, 0 for none. The others are of the places from 1 on:
    `shape` is the index of the place's shape and one, 0 for none, `vague` one of `VAGUE_AREA`,
    `VAGUE_COUNTRY` and 0 for a place that is drawn as a mark.
    """

    number: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    radius_km: NDArray[np.float64]
    shape: NDArray[np.int64]
    vague: NDArray[np.int64]


def make_places(shapes: Shapes, radius_km: Floats, vague: Numbers, *, scale: int) -> Places:
    """Places of rows: one for each position, shape and kind; its radius is the widest there.

    They go by longitude, then latitude.
    """
    located = np.isfinite(shapes.lon) & np.isfinite(shapes.lat)
    lon = np.round(shapes.lon[located] * scale).astype(np.int64)
    lat = np.round(shapes.lat[located] * scale).astype(np.int64)
    shape, kind = shapes.number[located], vague[located]
    codes, firsts = _distinct(lon, lat, shape, kind)
    radius = np.zeros(len(firsts), dtype=np.int64)
    np.maximum.at(radius, codes, np.round(_finite(radius_km[located]) * 10).astype(np.int64))
    number = np.zeros(len(located), dtype=np.int64)
    number[located] = codes + 1
    own_lon, own_lat = lon[firsts] / scale, lat[firsts] / scale
    return Places(number, own_lon, own_lat, radius / 10, shape[firsts], kind[firsts])


def _finite(values: Floats) -> Floats:
    """The values from 0 to half the Earth's girth; 0 where there is none."""
    return np.clip(np.nan_to_num(values), 0, _FARTHEST_KM)


def _distinct(lon: Numbers, lat: Numbers, shape: Numbers, kind: Numbers) -> tuple[Numbers, Numbers]:
    """A code for each row by what it has of the four, in their order, and a first row of each."""
    places, _ = pd.factorize((lon << 32) + lat)
    codes, found = pd.factorize((places * (shape.max(initial=0) + 1) + shape) * 4 + kind)
    firsts = np.zeros(len(found), dtype=np.int64)
    firsts[codes[::-1]] = np.arange(len(codes))[::-1]
    order = np.lexsort((kind[firsts], shape[firsts], lat[firsts], lon[firsts]))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[codes], firsts[order]


def order_places(places: Places, order: Numbers) -> Places:
    """The places with their incidents in this order.

    Where nearly every incident has a place of its own the places go by their incidents, so that
    the page reads both side by side, and the column of numbers costs nothing.
    """
    number = places.number[order]
    if len(places.lon) * _ROWS_A_PLACE <= len(number):
        return places._replace(number=number)
    codes, found = pd.factorize(number[number > 0])
    number[number > 0] = codes + 1
    own = found - 1
    return Places(
        number,
        places.lon[own],
        places.lat[own],
        places.radius_km[own],
        places.shape[own],
        places.vague[own],
    )


def to_place_columns(places: Places, names: Numbers, *, scale: int) -> list[Column]:
    """The page's columns: of each place, row 0 standing for none, and the place of each incident.

    `names` are codes of the incidents; a place has that of its first one, row 0 that of code 0.
    """
    name = np.zeros(len(places.lon) + 1, dtype=np.int64)
    name[places.number[::-1]] = names[::-1]
    own = {
        "lon": np.round(places.lon * scale),
        "lat": np.round(places.lat * scale),
        "radius": np.round(places.radius_km * 10),
        "shape": places.shape,
        "vague": places.vague,
        "name": name[1:],
    }
    columns = [
        Column(f"place_{key}", np.concatenate([[0], values]).astype(np.int64), "auto")
        for key, values in own.items()
    ]
    return [*columns, Column("place", places.number, "auto")]


def find_bounds(places: Places, shapes: Shapes) -> Bounds | None:
    """The box of all places and shapes; the shorter way round the world.

    East is beyond 180 where the box crosses the antimeridian. Of what is known to a country only,
    and of circles too many to be drawn from afar, the box holds the middle.
    """
    if not len(places.lon):
        return None
    whole = (places.vague != VAGUE_COUNTRY) | (places.vague == VAGUE_COUNTRY).all()
    vague = places.vague > 0
    round_ = whole & (places.shape == 0) & (~vague | (vague.sum() <= _MOST_CIRCLES))
    reach = np.where(round_, places.radius_km * _DEGREES_A_KM, 0.0)
    own = shapes.bounds[np.unique(places.shape[whole & (places.shape > 0)]) - 1]
    lats = np.concatenate([places.lat - reach, places.lat + reach, own[:, [1, 3]].ravel()])
    widen = reach / np.maximum(np.cos(np.radians(places.lat)), 0.05)
    wests = np.concatenate([places.lon - widen, own[:, 0]])
    easts = np.concatenate([places.lon + widen, own[:, 2]])
    west, east = _shorter_span(wests, easts)
    south, north = max(float(lats.min()), -85.0), min(float(lats.max()), 85.0)
    return west, min(south, 84.9), east, max(north, -84.9)


def _shorter_span(wests: NDArray[np.float64], easts: NDArray[np.float64]) -> tuple[float, float]:
    """West and east of all spans, leaving out the widest empty stretch of longitudes."""
    order = np.argsort(wests, kind="stable")
    wests, reach = wests[order], np.maximum.accumulate(easts[order])
    gaps = wests[1:] - reach[:-1]
    outside = wests[0] + _FULL_TURN - reach[-1]
    if len(gaps) and gaps.max() > max(outside, _HALF_TURN):
        cut = int(np.argmax(gaps))
        return float(wests[cut + 1]), float(reach[cut] + _FULL_TURN)
    return float(max(wests[0], -_HALF_TURN)), float(min(reach[-1], _HALF_TURN))
