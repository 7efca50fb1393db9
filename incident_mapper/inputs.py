"""What each input is: report texts or a table, told from its name and its first bytes."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from geo.decode import decode_text
from geo.errors import NotFoundError
from geo.readers.text import find_separator

TABLE_SUFFIXES = frozenset({".geojson", ".parquet", ".geoparquet", ".gpkg", ".fgb"})
SNIFFED_BYTES = 65_536  # enough for a CSV heading or the opening of a JSON file


class Inputs(NamedTuple):
    """Paths sorted by what they hold, each list in the order given."""

    reports: list[Path]
    tables: list[Path]


def sort_inputs(paths: Iterable[Path]) -> Inputs:
    """Return which paths hold reports and which hold tables.

    Raises:
        NotFoundError: A path does not exist.
    """
    reports: list[Path] = []
    tables: list[Path] = []
    for path in paths:
        if not path.exists():
            raise NotFoundError(f"{path}: no such file or folder; check the spelling")
        (tables if is_table(path) else reports).append(path)
    return Inputs(reports, tables)


def is_table(path: Path) -> bool:
    """Tell whether a file is a table of incidents rather than a report or a folder of them."""
    if path.is_dir():
        return False
    suffix = path.suffix.lower()
    if suffix in TABLE_SUFFIXES:
        return True
    if suffix in {".csv", ".tsv"}:
        return "text" not in read_heading(path)
    return suffix == ".json" and b'"FeatureCollection"' in _head(path)


def read_heading(path: Path) -> Sequence[str]:
    """Return the column names of a CSV file, lower case, as far as its first line tells.

    Empty for a file that is empty or no text.
    """
    head = _head(path)
    if len(head) == SNIFFED_BYTES and b"\0" not in head:  # no letter of UTF-8 cut in two
        head = head[: head.rfind(b"\n") + 1] or head
    lines = (decode_text(head).text or "").lstrip().splitlines()
    if not lines:
        return []
    cells = csv.reader(lines[:1], delimiter=find_separator(lines[0]))
    return [name.strip().lower() for name in next(cells)]


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(SNIFFED_BYTES)
