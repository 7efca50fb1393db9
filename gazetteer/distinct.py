"""Rows of a table that hold the same texts, numbered: the work is done once for each number.

Columns become codes, and codes are combined column by column, so that ten million rows cost a few
passes over arrays and no text of theirs is touched twice.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import InputError, NotFoundError

_Codes = NDArray[np.int64]


class DistinctRows(NamedTuple):
    """The distinct rows of some columns as texts ("" for a missing cell), and each row's number."""

    cells: list[tuple[str, ...]]
    numbers: _Codes


def number_rows(table: pd.DataFrame, columns: Sequence[str]) -> DistinctRows:
    """Returns the distinct rows of the columns, in any order, without space around their texts.

    Numbers are of a table's rows from top to bottom, whatever its index. Raises `NotFoundError`
    for a column the table lacks, `InputError` for one it has twice.
    """
    numbers = np.zeros(len(table), np.int64)
    parts = np.zeros((1, 0), np.int64)
    texts: list[list[str]] = []
    for column in columns:
        codes, words = number_texts(_take_column(table, column))
        texts.append(words)
        numbers, pairs = _factorize(numbers * len(words) + codes)
        parts = np.column_stack([parts[pairs // len(words)], pairs % len(words)])
    kept = parts if len(table) else parts[:0]
    cells = [[words[code] for code in kept[:, at]] for at, words in enumerate(texts)]
    return DistinctRows(list(zip(*cells, strict=True)), numbers)


def _take_column(table: pd.DataFrame, column: str) -> pd.Series:
    count = sum(name == column for name in table.columns)
    if not count:
        names = ", ".join(map(str, table.columns))
        raise NotFoundError(f"the table has no column {column!r}; its columns are {names}")
    if count > 1:
        raise InputError(f"the table has {count} columns called {column!r}; rename all but one")
    return table[column]


def number_texts(column: pd.Series) -> tuple[_Codes, list[str]]:
    """Returns a code for each cell and the text of each code; the first text is "", for none."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, values = column.cat.codes.to_numpy(), column.cat.categories
    else:
        codes, values = pd.factorize(_as_texts(column) if column.dtype == object else column)
    known = {"": 0}
    places = [known.setdefault(str(value).strip(), len(known)) for value in values]
    # The last is for the missing, whose code is -1.
    return np.array([*places, 0], np.int64)[codes], list(known)


def _as_texts(column: pd.Series) -> pd.Series:
    """Cells of any type as texts; 1, 1.0 and True would count as one value otherwise."""
    if pd.api.types.infer_dtype(column, skipna=True) in {"string", "empty"}:
        return column
    return column.map(str, na_action="ignore")


def _factorize(codes: _Codes) -> tuple[_Codes, _Codes]:
    numbers, distinct = pd.factorize(codes)
    return numbers, np.asarray(distinct, np.int64)
