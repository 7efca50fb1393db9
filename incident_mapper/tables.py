"""Tables of any columns, for `locate`: read as they are, written with what was added."""

import csv
import io
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from geopandas import GeoDataFrame
from pyogrio.errors import DataSourceError

from geo import files
from geo.errors import InputError, NotFoundError
from geo.readers.text import decode_table, find_separator
from geo.table import Problem
from incident_mapper.options import STDIO, print_bytes

_LAYERS = frozenset({".geojson", ".gpkg", ".fgb"})
_PARQUET = frozenset({".parquet", ".geoparquet"})


def read_any_table(path: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """Return a table as it is, with a word about its encoding where that is not UTF-8.

    CSV cells stay text and empty ones empty; the delimiter is told from the first lines.

    Raises:
        NotFoundError: There is no such file.
        InputError: The file is no table.
    """
    if not path.is_file():
        raise NotFoundError(f"{path}: no such file; check the spelling")
    suffix = path.suffix.lower()
    try:
        if suffix in _PARQUET:
            return _read_parquet(path), []
        if suffix in _LAYERS:
            return _keep_geometry(gpd.read_file(path)), []
        return _read_csv(path)
    except InputError:
        raise
    except (ValueError, OSError, DataSourceError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{path}: no table that can be read ({reason}); save it as CSV") from error


def write_any_table(table: GeoDataFrame, output: str, *, as_json: bool = False) -> None:
    """Write a located table to a file, or to standard output as CSV or GeoJSON.

    CSV and its kin hold `longitude` and `latitude` and the shape as WKT.
    """
    is_csv = output.endswith((".csv", ".tsv")) or (output == STDIO and not as_json)
    if is_csv:  # the writer adds these two itself, from the geometry
        table = table.drop(columns=[_ours(name, table) for name in ("longitude", "latitude")])
    if output != STDIO:
        files.write_table(table, output)
        return
    content = files.to_geojson(table) if as_json else files.to_csv(table).encode()
    print_bytes(content)


def _ours(name: str, table: pd.DataFrame) -> str:
    """What a column that was added is called: the table may have one of the name itself."""
    while f"{name}_located" in table.columns:
        name += "_located"
    return name


def _read_parquet(path: Path) -> pd.DataFrame:
    is_geo = b"geo" in (pq.read_schema(path).metadata or {})
    return _keep_geometry(gpd.read_parquet(path)) if is_geo else pd.read_parquet(path)


def _keep_geometry(layer: pd.DataFrame) -> pd.DataFrame:
    """A layer's columns; the geometry it came with is kept as WKT in `geometry_given`."""
    if not isinstance(layer, GeoDataFrame):  # no feature has one
        return layer
    table = pd.DataFrame(layer.drop(columns=layer.geometry.name))
    if layer.geometry.notna().any():
        table["geometry_given"] = layer.geometry.to_wkt().fillna("")
    return table


def _read_csv(path: Path) -> tuple[pd.DataFrame, list[Problem]]:
    text, problems = decode_table(path.read_bytes(), str(path))
    table = pd.read_csv(
        io.StringIO(text),
        dtype=str,
        keep_default_na=False,
        sep=find_separator(text),
        quoting=csv.QUOTE_MINIMAL,
    )
    return table, problems
