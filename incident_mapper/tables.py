"""Tables of any columns, for `locate`: read as they are, written with what was added."""

import csv
import io
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
from geopandas import GeoDataFrame

from geo import files
from geo.errors import InputError, NotFoundError
from geo.readers.text import decode_text
from geo.table import Problem
from incident_mapper.options import STDIO

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
            return pd.read_parquet(path), []
        if suffix in _LAYERS:
            return pd.DataFrame(gpd.read_file(path).drop(columns="geometry")), []
        return _read_csv(path)
    except (ValueError, OSError) as error:
        raise InputError(f"{path}: no table that can be read ({error}); save it as CSV") from error


def write_any_table(table: GeoDataFrame, output: str, *, as_json: bool = False) -> None:
    """Write a located table to a file, or to standard output as CSV or GeoJSON.

    CSV and its kin hold `longitude` and `latitude` and the shape as WKT.
    """
    is_csv = output.endswith((".csv", ".tsv")) or (output == STDIO and not as_json)
    if is_csv:  # the writer adds these two itself, from the geometry
        table = table.drop(columns=["longitude", "latitude"], errors="ignore")
    if output != STDIO:
        files.write_table(table, output)
        return
    content = files.to_geojson(table) if as_json else files.to_csv(table).encode()
    sys.stdout.buffer.write(content)


def _read_csv(path: Path) -> tuple[pd.DataFrame, list[Problem]]:
    text, problems = decode_text(path.read_bytes(), str(path))
    heading = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    table = pd.read_csv(
        io.StringIO(text),
        dtype=str,
        keep_default_na=False,
        sep=delimiter,
        quoting=csv.QUOTE_MINIMAL,
    )
    return table, problems
