"""Tables read from and written to files, by suffix."""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from geopandas import GeoDataFrame

from geo.errors import InputError, NotFoundError, OutputError
from geo.flat import to_csv, to_flatgeobuf, to_geopackage, to_parquet
from geo.geojson import geojson_chunks, to_geojson
from geo.readers.features import read_geojson
from geo.readers.layers import read_layer
from geo.readers.plain import read_csv
from geo.table import ReadResult
from geo.whole import check_writable, write_whole

__all__ = [
    "READ_SUFFIXES",
    "WRITE_SUFFIXES",
    "check_table_output",
    "check_writable",
    "read_table",
    "to_csv",
    "to_geojson",
    "write_table",
    "write_whole",
]

_READERS: dict[str, Callable[..., ReadResult]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".geojson": read_geojson,
    ".json": read_geojson,
    ".parquet": read_layer,
    ".gpkg": read_layer,
    ".fgb": read_layer,
}

_WRITERS: dict[str, Callable[[GeoDataFrame], Iterable[bytes]]] = {
    ".csv": lambda table: [to_csv(table).encode()],
    ".geojson": geojson_chunks,
    ".json": geojson_chunks,
    ".parquet": lambda table: [to_parquet(table)],
    ".gpkg": lambda table: [to_geopackage(table)],
    ".fgb": lambda table: [to_flatgeobuf(table)],
}

READ_SUFFIXES = tuple(_READERS)
WRITE_SUFFIXES = tuple(_WRITERS)


def read_table(
    path: str | os.PathLike[str], *, mapping: Mapping[str, str] | None = None
) -> ReadResult:
    """A table of incidents from a file, and what was wrong with it, row by row.

    The format follows the suffix: .csv, .tsv, .geojson, .json, .parquet, .gpkg, .fgb. `mapping`
    says which of their columns is which of ours (ours to theirs). Raises `NotFoundError` where
    there is no file, `InputError` where it cannot be read at all.
    """
    file = Path(path)
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise InputError(
            f"{str(path)!r} is of no kind that can be read; give one of {', '.join(READ_SUFFIXES)}"
        )
    if not file.exists():
        raise NotFoundError(f"{str(path)!r} does not exist; check the path")
    try:
        return reader(file, mapping=mapping)
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"{str(path)!r} could not be read: {reason}; check the path") from error


def write_table(table: GeoDataFrame, path: str | os.PathLike[str]) -> None:
    """Write a table to a file, whole or not at all; the format follows the suffix.

    .geojson and .json (RFC 7946), .csv, .parquet (GeoParquet), .gpkg, .fgb. The same table gives
    the same bytes. Raises `OutputError` with the next step; the old file then stays as it was.
    """
    writer = _find_writer(path)
    with write_whole(path) as file:
        for chunk in writer(table):
            file.write(chunk)


def check_table_output(path: str | os.PathLike[str]) -> None:
    """Raise the `OutputError` that `write_table` would begin with; leave nothing behind."""
    _find_writer(path)
    check_writable(path)


def _find_writer(
    path: str | os.PathLike[str],
) -> Callable[[GeoDataFrame], Iterable[bytes]]:
    writer = _WRITERS.get(Path(path).suffix.lower())
    if writer is None:
        raise OutputError(
            f"{str(path)!r} is of no kind that can be written; "
            f"end the name in one of {', '.join(WRITE_SUFFIXES)}"
        )
    return writer
