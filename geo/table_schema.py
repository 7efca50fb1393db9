"""The table's columns and types as a pandera schema, made from the column specs."""

from typing import Any

import pandas as pd
import pandera.pandas as pa
from geopandas import GeoDataFrame
from geopandas.array import GeometryDtype
from pandera.errors import SchemaErrors

from geo.incident import COLUMNS, Column

_DTYPES: dict[str, Any] = {
    "text": "str",
    "date": "datetime64[s]",
    "count": pd.Int64Dtype(),
    "number": "float64",
    "list": "object",
    "geometry": GeometryDtype(),
}


def find_schema_errors(table: GeoDataFrame) -> list[str]:
    """What is wrong with a table's columns and types, one line each; empty where all is well."""
    if not isinstance(table, GeoDataFrame) or table.crs is None or table.crs.to_epsg() != 4326:
        return ["the table is no GeoDataFrame in WGS84; make it with make_table, or to_crs(4326)"]
    try:
        _make_schema().validate(table, lazy=True)
    except SchemaErrors as errors:
        cases: list[dict[str, Any]] = errors.failure_cases.to_dict("records")
        return [_describe(case) for case in cases]
    return []


def _make_schema() -> pa.DataFrameSchema:
    return pa.DataFrameSchema({column.name: _make_column(column) for column in COLUMNS})


def _make_column(column: Column) -> pa.Column:
    nullable = column.kind not in {"text", "list"}
    checks = [pa.Check(_are_lists, name="a list")] if column.kind == "list" else []
    return pa.Column(_DTYPES[column.kind], checks, nullable=nullable, required=True)


def _are_lists(cells: "pd.Series[Any]") -> "pd.Series[bool]":
    return cells.map(lambda cell: isinstance(cell, list)).astype(bool)


def _describe(case: dict[str, Any]) -> str:
    if case["check"] == "column_in_dataframe":
        return f"column {case['failure_case']!r} is missing; make the table with make_table"
    row = "" if pd.isna(case["index"]) else f"row {case['index']}: "
    return f"{row}{case['column']}: {case['failure_case']!r} fails {case['check']}"
