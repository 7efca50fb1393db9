"""Dates as days since 1970-01-01, and the order by date in which the page holds the incidents."""

from typing import NamedTuple

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray


class Days(NamedTuple):
    """Days of the incidents in order of their first day, those without a date last.

    `order` holds row numbers of the table. `start` of a row without a date repeats the last known
    one, so that the column never falls; rows from `dated` on have no date.
    """

    order: NDArray[np.int64]
    start: NDArray[np.int64]
    length: NDArray[np.int64]
    dated: int


def make_days(table: gpd.GeoDataFrame) -> Days:
    """The days of a table; an end before its start is read as the same span the other way."""
    first = table["date_start"].to_numpy().astype("datetime64[D]")
    last = table["date_end"].to_numpy().astype("datetime64[D]")
    first = np.where(np.isnat(first), last, first)
    last = np.where(np.isnat(last), first, last)
    known = ~np.isnat(first)
    start = np.minimum(first, last)[known].astype(np.int64)
    end = np.maximum(first, last)[known].astype(np.int64)
    by_day = np.argsort(start, kind="stable")
    undated = np.flatnonzero(~known)
    fill = start[by_day[-1]] if len(start) else 0
    return Days(
        np.concatenate([np.flatnonzero(known)[by_day], undated]).astype(np.int64),
        np.concatenate([start[by_day], np.full(len(undated), fill)]).astype(np.int64),
        np.concatenate([(end - start)[by_day], np.zeros(len(undated))]).astype(np.int64),
        len(start),
    )
