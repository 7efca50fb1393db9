"""What the page needs to write the table out again: its columns, and what they do not say.

The page works most values of a row out from what it draws: the codes of a precision, the end of an
incident that has a start. Where a row's own value is another one, its details carry it.
"""

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.errors import NotFoundError
from geo.incident import COLUMN_NAMES, COLUMNS
from geo.precision import Precision, to_geo_precision, to_where_prec
from maps.cells import Coded

_KIND_OF_OTHERS = "any"
# What stands for "no day" where the page would work one out.
NO_DAY = "none"


def make_export_header(
    table: gpd.GeoDataFrame, keep: Sequence[str] | None = None
) -> dict[str, Any]:
    """Names and kinds of the table's columns in order, and how to undo what the page shows.

    `keep` names further columns of the table that the page is to hold, all where not given. `codes`
    are ACLED's and UCDP's code of each precision, `ends` whether an incident of one day has an end.
    """
    ours = [[column.name, column.kind] for column in COLUMNS if column.kind != "geometry"]
    return {
        "ends": _writes_ends(*_read_days(table)),
        "columns": ours + [[str(name), _KIND_OF_OTHERS] for name in list_own(table, keep)],
        "codes": {
            level.value: [to_geo_precision(level), to_where_prec(level)] for level in Precision
        },
    }


def list_own(table: gpd.GeoDataFrame, keep: Sequence[str] | None = None) -> list[Any]:
    """The columns of the table's own that the page holds: those to be kept, else all."""
    geometry = table.geometry.name
    own = [name for name in table.columns if name not in COLUMN_NAMES and name != geometry]
    if keep is None:
        return own
    for name in keep:
        if name not in table.columns:
            known = ", ".join(map(str, table.columns))
            raise NotFoundError(f"the table has no column {name!r} to keep; it has {known}")
    return [name for name in own if name in keep]


def find_odd_days(table: gpd.GeoDataFrame) -> dict[str, Coded]:
    """The first and last days that the page's days do not say, as ISO texts; "" where they do.

    The page knows a first and a last day, takes an end before its start for the same span the
    other way, and an end without a start for both.
    """
    start, end = _read_days(table)
    odd = (end < start) | (start.isna() & end.notna())
    other_end = end.isna() & start.notna() if _writes_ends(start, end) else end == start
    return {"date_start": _code_days(start, odd), "date_end": _code_days(end, odd | other_end)}


def _read_days(table: gpd.GeoDataFrame) -> tuple[pd.Series, pd.Series]:
    empty = pd.Series(pd.NaT, index=table.index, dtype="datetime64[s]")
    start, end = (table.get(name, empty) for name in ("date_start", "date_end"))
    return start, end


def _writes_ends(start: pd.Series, end: pd.Series) -> bool:
    """Whether of the incidents of one day more have an end than have none."""
    return bool((start == end).sum() >= (start.notna() & end.isna()).sum())


def _code_days(days: pd.Series, wanted: pd.Series) -> Coded:
    rows = np.flatnonzero(wanted.to_numpy(dtype=bool))
    codes = np.zeros(len(days), dtype=np.int64)
    texts = days.iloc[rows].astype("datetime64[s]").dt.strftime("%Y-%m-%d").fillna(NO_DAY)
    found, table = pd.factorize(texts.to_numpy(dtype=object))
    codes[rows] = found + 1
    return Coded(codes, ["", *table.tolist()])
