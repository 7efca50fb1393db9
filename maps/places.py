"""Where the incidents of a table lie: each place once, and the box that holds them all."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from maps.payload import Column
from maps.shapes import Shapes

Bounds = tuple[float, float, float, float]
# About a kilometre in degrees; a box round one place gets some room.
_DEGREES_A_KM = 1 / 111.2
# What a place that is an area is known to: an area of a country, or the country and no better.
VAGUE_AREA, VAGUE_COUNTRY = 1, 2
# Above so many areas the page joins them into marks when far out (MOST_AREAS in js/src/layout.js).
_MOST_CIRCLES = 30
_HALF_TURN, _FULL_TURN = 180.0, 360.0


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
    columns: list[Column]


def make_places(
    shapes: Shapes,
    radius_km: NDArray[np.float64],
    vague: NDArray[np.int64],
    names: NDArray[np.int64],
    *,
    scale: int,
) -> Places:
    """Places of rows: one for each position, shape and kind; its radius is the widest there."""
    located = np.isfinite(shapes.lon) & np.isfinite(shapes.lat)
    rows = pd.DataFrame(
        {
            "lon": np.round(shapes.lon[located] * scale).astype(np.int64),
            "lat": np.round(shapes.lat[located] * scale).astype(np.int64),
            "shape": shapes.number[located],
            "vague": vague[located],
            "radius": np.round(np.nan_to_num(radius_km[located]) * 10).astype(np.int64),
            "name": names[located],
        }
    )
    grouped = rows.groupby(["lon", "lat", "shape", "vague"], sort=True)
    number = np.zeros(len(located), dtype=np.int64)
    number[located] = grouped.ngroup().to_numpy() + 1
    unique = grouped.agg(radius=("radius", "max"), name=("name", "first")).reset_index()
    columns = [_to_column(unique, name) for name in unique.columns]
    lon, lat = unique["lon"].to_numpy() / scale, unique["lat"].to_numpy() / scale
    columns.append(Column("place", number))
    radius = unique["radius"].to_numpy() / 10
    own = {name: unique[name].to_numpy() for name in ("shape", "vague")}
    return Places(number, lon, lat, radius, own["shape"], own["vague"], columns)


def _to_column(unique: pd.DataFrame, name: str) -> Column:
    values = np.concatenate([[0], unique[name].to_numpy()]).astype(np.int64)
    return Column(f"place_{name}", values, "zigzag" if name in ("lon", "lat") else "plane")


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
