"""Areas to count incidents by, from a file."""

from pathlib import Path

import geopandas as gpd
import pyarrow as pa  # type: ignore[import-untyped]

from gazetteer.sources.layers import SUFFIXES, Layer, find_layers, read_features
from geo.errors import InputError, NotFoundError
from geo.problem import Problem
from geo.table import CRS
from maps.own_areas import check_areas

_NAME = "name"
_PARQUET = frozenset({".parquet", ".geoparquet"})
_ZIP = ".zip"


def read_areas(path: Path) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Return the polygons of a file with their names, and what its reader says of it.

    GeoJSON, GeoPackage, FlatGeobuf, shapefiles (also zipped), GeoParquet and the other formats of
    `gazetteer add`; the coordinates may be in any reference system that the file names.

    Raises:
        NotFoundError: There is no such file.
        InputError: It cannot be read, or holds no polygons with a name each.
    """
    if not path.exists():
        raise NotFoundError(f"{path}: no such file; check the spelling of --areas")
    is_parquet = path.suffix.lower() in _PARQUET
    table, problems = (_read_parquet(path), []) if is_parquet else _read_features(path)
    try:
        check_areas(table)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    return table, problems


def _read_parquet(path: Path) -> gpd.GeoDataFrame:
    try:
        return gpd.read_parquet(path)
    except (pa.ArrowException, ValueError, OSError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{path}: no GeoParquet that can be read ({reason})") from error


def _read_features(path: Path) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    layer = _find_layer(path)
    found = list(read_features(path.name, layer))
    features = [entry[1] for entry in found if not isinstance(entry, Problem)]
    problems = [entry for entry in found if isinstance(entry, Problem)]
    columns = {name: [feature.cells.get(name) for feature in features] for name in layer.columns}
    shapes = [feature.shape for feature in features]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS), problems


def _find_layer(path: Path) -> Layer:
    """The one layer of a file; which of several is meant is not guessed."""
    if path.suffix.lower() not in SUFFIXES | {_ZIP}:
        known = ", ".join(sorted(SUFFIXES | _PARQUET | {_ZIP}))
        raise InputError(f"{path}: areas are read from {known}; save them as .geojson")
    layers = find_layers(path)
    if len(layers) != 1:
        names = ", ".join(repr(layer.name) for layer in layers) or "none"
        raise InputError(
            f"{path}: areas are one layer, and this file has {len(layers)} ({names}); "
            "save the one that is meant by itself"
        )
    return layers[0]
