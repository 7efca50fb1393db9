"""Tables as GeoJSON by RFC 7946: no crs, 7 decimals, outer rings to the left, cut at 180°."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray

from geo.globe import fix_geometry
from geo.incident import COLUMN_NAMES

# 7 decimals of a degree are a centimetre (RFC 7946, 11.2, asks for no more than is meant).
DECIMALS = 7

_CHUNK_ROWS = 2000


def to_geojson(table: GeoDataFrame) -> bytes:
    """The table as a FeatureCollection; lists stay lists, unknown values and geometries are null.

    >>> from geo.table import make_table
    >>> to_geojson(make_table([{"incident_id": "1"}]))[:40]
    b'{"type":"FeatureCollection","features":['
    """
    return b"".join(geojson_chunks(table))


def geojson_chunks(table: GeoDataFrame) -> Iterator[bytes]:
    """The same bytes as `to_geojson`, a few thousand features at a time."""
    yield b'{"type":"FeatureCollection","features":['
    for start in range(0, len(table), _CHUNK_ROWS):
        features = _to_features(table.iloc[start : start + _CHUNK_ROWS])
        lead = b"\n" if start == 0 else b",\n"
        yield lead + b",\n".join(orjson.dumps(feature, default=str) for feature in features)
    yield b"\n]}\n"


def prepare_geometry(geometry: GeoSeries) -> NDArray[np.object_]:
    """Geometries as RFC 7946 wants them: 2 dimensions, on one map, rounded and oriented."""
    shapes = shapely.force_2d(geometry.to_numpy())
    bounds = shapely.bounds(shapes)
    spans_map = (bounds[:, 0] < -180) | (bounds[:, 2] > 180) | (bounds[:, 2] - bounds[:, 0] > 180)
    for row in np.flatnonzero(spans_map):
        shapes[row] = fix_geometry(shapes[row])
    rounded = shapely.transform(shapes, lambda corners: np.round(corners, DECIMALS))
    return np.asarray(shapely.orient_polygons(rounded), dtype=object)


def to_values(cells: "pd.Series[Any]") -> list[Any]:
    """A column as JSON values: dates in ISO 8601 (days, unless it has times), unknown as `None`."""
    if pd.api.types.is_datetime64_any_dtype(cells.dtype):
        known = cells.dropna()
        has_times = bool((known != known.dt.normalize()).any())
        days = cells.dt.strftime("%Y-%m-%dT%H:%M:%S" if has_times else "%Y-%m-%d")
        return [None if pd.isna(day) else day for day in days]
    if cells.dtype == object:
        return [_to_plain(cell) for cell in cells]
    return cells.astype(object).where(cells.notna(), None).tolist()


def _to_features(part: GeoDataFrame) -> Iterator[dict[str, Any]]:
    ours = [name for name in COLUMN_NAMES if name in part.columns]
    others = [name for name in part.columns if name not in COLUMN_NAMES]
    names = [name for name in (*ours, *others) if name != part.geometry.name]
    columns = [to_values(part[name]) for name in names]
    ids = to_values(part["incident_id"]) if "incident_id" in names else [None] * len(part)
    shapes = shapely.to_geojson(prepare_geometry(part.geometry))
    for name, shape, *cells in zip(ids, shapes, *columns, strict=True):
        feature: dict[str, Any] = {"type": "Feature"}
        if name:
            feature["id"] = name
        feature["geometry"] = None if shape is None else orjson.Fragment(shape)
        feature["properties"] = dict(zip(names, cells, strict=True))
        yield feature


def _to_plain(cell: Any) -> Any:
    if isinstance(cell, list | dict | str):
        return cell
    if pd.isna(cell):
        return None
    return cell.item() if isinstance(cell, np.generic) else cell
