"""Cells of a table as codes into a list of distinct values: how the page holds what repeats."""

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import orjson
import pandas as pd
from numpy.typing import NDArray

from maps.html import clean_value

Codes = NDArray[np.int64]
# Beyond it JavaScript's numbers are no longer exact.
_MOST_WHOLE = 1 << 53


class Coded(NamedTuple):
    """A column: a code for each row, and the table of distinct values that codes stand for.

    Values are what JSON can hold, each once; one that is missing is "".
    """

    codes: Codes
    table: list[Any]

    def take(self, rows: Codes) -> "Coded":
        """The same table for these rows."""
        return Coded(take(self.codes, rows), self.table)


def code_texts(table: gpd.GeoDataFrame, column: str) -> Coded:
    """A column's texts, in order of appearance; what is no text, or no column, is ""."""
    if column not in table:
        return Coded(np.zeros(len(table), dtype=np.int64), [""])
    cells = table[column].array
    if not isinstance(table[column].dtype, pd.StringDtype):
        texts = [cell if isinstance(cell, str) else "" for cell in table[column].tolist()]
        cells = np.fromiter(texts, dtype=object, count=len(texts))
    codes, found = pd.factorize(cells)
    return _close(codes.astype(np.int64), np.asarray(found, dtype=object).tolist(), "")


def code_values(table: gpd.GeoDataFrame, column: str) -> Coded:
    """A column's cells of any kind as JSON values, in order of appearance; "" where missing."""
    series = table[column]
    if isinstance(series.dtype, pd.StringDtype):
        return code_texts(table, column)
    if isinstance(series.dtype, pd.CategoricalDtype):
        series = series.astype(object)
    if series.dtype == object:
        return code_objects(series.tolist())
    codes, found = pd.factorize(series)
    return _close(codes.astype(np.int64), [_to_value(value) for value in found.tolist()], "")


def code_objects(cells: Sequence[Any]) -> Coded:
    """Cells of any kind, lists too; two are the same where their JSON is."""
    written = [
        '""' if cell is None or (type(cell) is str and not cell) else _write(cell) for cell in cells
    ]
    codes, found = pd.factorize(np.fromiter(written, dtype=object, count=len(written)))
    return Coded(codes.astype(np.int64), [orjson.loads(text) for text in found])


def code_lists(cells: Sequence[Any]) -> Coded:
    """Cells that are lists, as `code_objects` gives them; any other cell is ""."""
    if not any(isinstance(cell, list) and cell for cell in cells):
        return Coded(np.zeros(len(cells), dtype=np.int64), [""])
    return code_objects([cell if isinstance(cell, list) and cell else "" for cell in cells])


def _write(cell: Any) -> str:
    """The cell's JSON; an empty list is "", as is what is missing."""
    if not isinstance(cell, str | list | dict):
        cell = _to_value(cell)
    if not cell and cell in ("", [], {}):
        return '""'
    # A text of its own: orjson keeps a kilobyte for each bytes that it gives.
    try:
        return orjson.dumps(cell, default=_to_value).decode()
    except TypeError:  # a half of a surrogate pair, a key that is no text, a number too long
        return orjson.dumps(_clean(cell), default=_to_value).decode()


def _clean(cell: Any) -> Any:
    if isinstance(cell, dict):
        return {str(_clean(key)): _clean(value) for key, value in cell.items()}
    if isinstance(cell, list | tuple):
        return [_clean(value) for value in cell]
    return _to_value(clean_value(cell))


def _to_value(cell: Any) -> Any:
    """A cell as JSON can hold it: a number that it cannot hold, and a date, as text."""
    if isinstance(cell, np.generic | np.ndarray):
        cell = cell.tolist()
    if isinstance(cell, str | bool | list | dict):
        return cell
    if isinstance(cell, int | float):
        return _to_number(cell)
    if isinstance(cell, tuple | set | frozenset):
        return list(cell) if isinstance(cell, tuple) else sorted(cell, key=str)
    return "" if cell is None or cell is pd.NaT or cell is pd.NA else _to_text(cell)


def _to_number(number: float) -> int | float | str:
    """The number, a whole one without a point; one that JavaScript cannot hold as text."""
    if math.isnan(number):
        return ""
    if math.isinf(number) or (isinstance(number, int) and abs(number) >= _MOST_WHOLE):
        return str(number)
    return int(number) if number == int(number) and abs(number) < _MOST_WHOLE else number


def _to_text(cell: Any) -> str:
    if isinstance(cell, dt.datetime):
        whole = cell.time() == dt.time() and cell.tzinfo is None
        return cell.date().isoformat() if whole else cell.isoformat()
    return str(cell)


def _close(codes: Codes, values: list[Any], missing: Any) -> Coded:
    """Codes that pandas gives, where -1 stands for what is missing."""
    if (codes < 0).any():
        if missing not in values:
            values = [*values, missing]
        codes = np.where(codes < 0, values.index(missing), codes)
    return Coded(codes, values)


def join_coded(columns: Sequence[Coded]) -> list[Coded]:
    """Columns with one list of values between them."""
    values = list(dict.fromkeys(value for column in columns for value in column.table))
    places = {value: place for place, value in enumerate(values)}
    return [
        Coded(np.array([places[value] for value in own.table], dtype=np.int64)[own.codes], values)
        for own in columns
    ]


def rank_coded(columns: Sequence[Coded], *, always: Sequence[Any] = ("",)) -> list[Coded]:
    """Columns of one list of values, which then goes by frequency; equals by text, "" last.

    Values of `always` are in the list even where no row has them, at its end.
    """
    values = columns[0].table
    together = np.concatenate([own.codes for own in columns])
    counts = np.bincount(together, minlength=len(values)).tolist()
    order = sorted(
        range(len(values)), key=lambda at: (-counts[at], values[at] == "", str(values[at]))
    )
    place = np.empty(len(values), dtype=np.int64)
    place[order] = np.arange(len(values))
    ranked = [values[at] for at in order]
    ranked += [value for value in always if value not in ranked]
    return [Coded(place[own.codes], ranked) for own in columns]


def take(codes: Codes, rows: Codes) -> Codes:
    """The codes of rows, where all rows are taken once; quickly where all codes are alike."""
    return codes if not len(codes) or (codes == codes[0]).all() else codes[rows]


def to_numbers(table: gpd.GeoDataFrame, column: str) -> NDArray[np.float64]:
    """A column's numbers; what is missing, no number, or no column is NaN."""
    if column not in table:
        return np.full(len(table), np.nan)
    cells = pd.to_numeric(table[column], errors="coerce")
    numbers: NDArray[np.float64] = cells.to_numpy(float, na_value=np.nan)
    return numbers
