"""What the page needs to write the table out again: its columns, and what they do not say.

The page works most values of a row out from what it draws: the codes of a precision, the end of an
incident that has a start. Where a row's own value is another one, the row carries it.
"""

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.areas import load_areas
from geo.errors import NotFoundError
from geo.geojson import to_values
from geo.incident import COLUMNS
from geo.precision import Precision, to_geo_precision, to_where_prec

_KIND_OF_OTHERS = "any"


def make_export_header(table: gpd.GeoDataFrame, keep: Sequence[str] = ()) -> dict[str, Any]:
    """Names and kinds of the table's columns in order, and how to undo what the page shows.

    `keep` names further columns of the table that the page is to hold. `codes` are ACLED's and
    UCDP's code of each precision, `countries` the code of each country's name, `ends` whether an
    incident of one day has an end.
    """
    for name in keep:
        if name not in table.columns:
            known = ", ".join(map(str, table.columns))
            raise NotFoundError(f"the table has no column {name!r} to keep; it has {known}")
    ours = [[column.name, column.kind] for column in COLUMNS if column.kind != "geometry"]
    given = set(table["country"].tolist())
    return {
        "ends": _writes_ends(table),
        "columns": ours + [[name, _KIND_OF_OTHERS] for name in keep],
        "codes": {
            level.value: [to_geo_precision(level), to_where_prec(level)] for level in Precision
        },
        "countries": {
            area.name: area.area_id
            for area in load_areas()
            if area.level == 0 and area.area_id in given
        },
    }


def find_unheld(table: gpd.GeoDataFrame, keep: Sequence[str] = ()) -> list[dict[str, Any]]:
    """For each row the values that the page cannot work out, by column; {} where there is none."""
    values: list[dict[str, Any]] = [{} for _ in range(len(table))]
    start, end = table["date_start"], table["date_end"]
    # The page knows a first and a last day, and reads an end without a start as both.
    odd = (end < start) | (start.isna() & end.notna())
    other_end = end.isna() & start.notna() if _writes_ends(table) else end == start
    located = ~(table.geometry.isna() | table.geometry.is_empty).to_numpy(dtype=bool)
    named = (table["precision"] != "").to_numpy(dtype=bool)
    names = set(make_export_header(table)["countries"])
    masks = {
        "date_start": odd.to_numpy(dtype=bool),
        "date_end": (odd | other_end).to_numpy(dtype=bool),
        "precision": named & ~located,
        "geo_precision": _differs(table, "geo_precision", to_geo_precision),
        "where_prec": _differs(table, "where_prec", to_where_prec),
        "country": table["country"].isin(names).to_numpy(dtype=bool),
        **{name: table[name].notna().to_numpy(dtype=bool) for name in keep},
    }
    for name, mask in masks.items():
        rows = np.flatnonzero(mask)
        cells = to_values(table[name].iloc[rows]) if len(rows) else []
        for row, cell in zip(rows.tolist(), cells, strict=True):
            values[row][name] = cell
    return values


def _writes_ends(table: gpd.GeoDataFrame) -> bool:
    """Whether of the incidents of one day more have an end than have none."""
    start, end = table["date_start"], table["date_end"]
    return bool((start == end).sum() >= (start.notna() & end.isna()).sum())


def _differs(table: gpd.GeoDataFrame, column: str, code_of: Any) -> Any:
    """Whether a row's code is another than that of its precision."""
    codes = {level.value: code_of(level) for level in Precision}
    implied = pd.to_numeric(table["precision"].map(codes)).fillna(0).to_numpy(float)
    own = pd.to_numeric(table[column]).to_numpy(float, na_value=0)
    return own != implied
