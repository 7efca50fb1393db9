"""Columns that follow from another one: written as a table of that one's values."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from maps.payload import Column, Lookup

# A table is worth its place where it is far shorter than the column, and exceptions are few.
_ROWS_A_KEY = 4
_MOST_EXCEPTIONS = 1 / 16
# Exceptions above this share are not looked into closer: the column does not follow.
_FAR_OFF = 1 / 2
# What follows from a key but for some rows may differ from the first row of each key more often.
_TRIED_ROWS, _MAY_DIFFER = 4096, 1 / 4


def is_constant(column: Column) -> bool:
    """Whether the column has one value only."""
    _, values, _ = column
    return len(values) > 0 and bool((values == values[0]).all())


def find_lookup(column: Column, through: Column) -> Lookup | None:
    """The column as a table of `through`; `None` if it does not pay, or a key is negative."""
    (name, values, _), (way, keys, _) = column, through
    length = int(keys.max(initial=-1)) + 1
    is_short = 0 < length * _ROWS_A_KEY <= len(keys)
    if not is_short or keys.min() < 0 or is_constant(column):
        return None
    table = np.zeros(length, dtype=np.int64)
    table[keys[::-1]] = values[::-1]
    wrong = np.flatnonzero(table[keys] != values)
    if len(wrong) > len(keys) * _FAR_OFF:
        return None
    if len(wrong):
        table = _most_frequent(keys, values, length)
        wrong = np.flatnonzero(table[keys] != values)
    if len(wrong) > len(keys) * _MOST_EXCEPTIONS:
        return None
    return Lookup(name, way, len(keys), table, wrong, values[wrong])


def find_best_lookup(column: Column, ways: Sequence[Column]) -> Lookup | None:
    """The column as a table of one of `ways`, the one with the fewest exceptions; `None` if none.

    A few thousand rows from the middle show which ways are worth a look at all rows.
    """
    _, values, _ = column
    start = max(0, (len(values) - _TRIED_ROWS) // 2)
    some = slice(start, start + _TRIED_ROWS)
    tried = [way for way in ways if _may_follow(values[some], way[1][some])]
    found = [lookup for way in tried if (lookup := find_lookup(column, way))]
    return min(found, key=lambda own: len(own.table) + 2 * len(own.rows), default=None)


def _may_follow(values: NDArray[np.int64], keys: NDArray[np.int64]) -> bool:
    codes, _ = pd.factorize(keys)
    table = np.zeros(len(codes), dtype=np.int64)
    table[codes[::-1]] = values[::-1]
    return int((table[codes] != values).sum()) <= len(values) * _MAY_DIFFER


def _most_frequent(
    keys: NDArray[np.int64], values: NDArray[np.int64], length: int
) -> NDArray[np.int64]:
    """Each key's most frequent value; the least of those that are equally frequent."""
    span = int(values.max()) + 1 - (least := int(values.min()))
    pairs, counts = np.unique(keys * span + (values - least), return_counts=True)
    order = np.lexsort((-pairs, counts))
    table = np.zeros(length, dtype=np.int64)
    table[pairs[order] // span] = pairs[order] % span + least
    return table
