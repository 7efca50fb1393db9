"""Tables of any columns, for `locate`: read as text, written with what was added."""

import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
from charset_normalizer import from_bytes
from geopandas import GeoDataFrame

from geo.errors import InputError, NotFoundError
from geo.files import write_whole
from geo.table import to_flat

STDIO = "-"


def read_any_table(path: Path) -> pd.DataFrame:
    """Return a CSV, Parquet or GeoJSON file as it is; CSV cells stay text, empty ones empty.

    Raises:
        NotFoundError: There is no such file.
        InputError: The file is no table, or its text encoding cannot be told.
    """
    if not path.is_file():
        raise NotFoundError(f"{path}: no such file; check the spelling")
    suffix = path.suffix.lower()
    if suffix in {".parquet", ".geoparquet"}:
        return pd.read_parquet(path)
    if suffix in {".geojson", ".gpkg", ".fgb"}:
        return gpd.read_file(path)
    return _read_csv(path)
