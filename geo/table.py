"""Records to a table of incidents, strict or forgiving: types set, codes filled, rules held.

`make_table` refuses what is wrong; `read_records` reports it by file, row and column, empties the
cell and goes on. Both give the columns of `geo.incident` in order, then any others, then the
geometry.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame, GeoSeries

from geo.cells import PARSERS
from geo.errors import InputError
from geo.fill import UNRESOLVED, fill_table, to_objects
from geo.incident import COLUMN_NAMES, COLUMNS, OBJECT_COLUMNS, Column
from geo.problem import Problem
from geo.rules import Finding, check_table

__all__ = [
    "CRS",
    "Problem",
    "ReadResult",
    "find_problems",
    "make_table",
    "read_records",
    "validate_table",
]

CRS = "EPSG:4326"

_POSITION_COLUMNS = ("longitude", "latitude", "geometry")

# How many problems an error names before it only counts.
_SHOWN = 5


class ReadResult(NamedTuple):
    """A table and what was wrong with its input."""

    table: GeoDataFrame
    problems: list[Problem]


def make_table(records: Iterable[Mapping[str, Any]]) -> GeoDataFrame:
    """A table of incidents, one row a record, in WGS84.

    Columns that no record has are there and empty; keys that are no column of ours are kept
    before the geometry. Codes and radius are filled from the precision. Raises `InputError`
    naming the first problems where a value is not of its column's type or breaks a rule.

    >>> table = make_table([{"incident_id": "1", "fatalities_low": 3}])
    >>> int(table.fatalities_low[0]), table.match_reasons[0]
    (3, ['unresolved: the row names no place'])
    """
    table, problems = _build(list(records), "", 1)
    problems += [_to_problem(finding, "", 1) for finding in check_table(table)]
    if problems:
        shown = "; ".join(str(problem) for problem in problems[:_SHOWN])
        more = f"; and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        raise InputError(shown + more)
    return fill_table(table)


def read_records(
    records: Iterable[Mapping[str, Any]],
    *,
    file: str = "",
    first_row: int = 1,
    found: Sequence[Problem] = (),
) -> ReadResult:
    """A table of incidents and a problem for each cell that had to be emptied.

    Every record keeps its row. What was wrong with it, also what a reader `found` before, stands
    in its `notes` too. `first_row` is the number of the first record in its file.
    """
    table, problems = _build(list(records), file, first_row)
    problems += found
    for finding in check_table(table):
        problems.append(_to_problem(finding, file, first_row))
        _mend(table, finding)
    problems.sort(key=_order)
    _note_problems(table, problems, first_row)
    return ReadResult(fill_table(table), problems)


def find_problems(table: GeoDataFrame, *, file: str = "", first_row: int = 1) -> list[Problem]:
    """The rules that rows of a table break, by row; empty where all is well."""
    return [_to_problem(finding, file, first_row) for finding in check_table(table)]


def validate_table(table: GeoDataFrame) -> None:
    """Raise `InputError` where a table lacks a column, has one of a wrong type, or breaks a rule.

    For tables that people changed by hand in a notebook; what `make_table` gave always passes.
    """
    # pandera takes a second to import, and only this function needs it.
    from geo.table_schema import find_schema_errors  # noqa: PLC0415

    errors = find_schema_errors(table) or [str(problem) for problem in find_problems(table)]
    if errors:
        more = f"; and {len(errors) - _SHOWN} more" if len(errors) > _SHOWN else ""
        raise InputError("; ".join(errors[:_SHOWN]) + more)


def _build(
    records: Sequence[Mapping[str, Any]], file: str, first_row: int
) -> tuple[GeoDataFrame, list[Problem]]:
    given = dict.fromkeys(name for record in records for name in record)
    problems: list[Problem] = []
    data: dict[str, Any] = {}
    for column in COLUMNS:
        cells: list[Any] = [None] * len(records)
        if column.name in given:
            cells, errors = _parse_cells(column, [record.get(column.name) for record in records])
            problems += [
                Problem(file, first_row + row, column.name, message) for row, message in errors
            ]
        data[column.name] = _to_series(column.kind, cells)
    geometry = data.pop("geometry")
    for name in given:
        if name not in COLUMN_NAMES:
            data[str(name)] = pd.Series([record.get(name) for record in records])
    return GeoDataFrame(data, geometry=geometry, crs=CRS), problems


def _parse_cells(column: Column, cells: list[Any]) -> tuple[list[Any], list[tuple[int, str]]]:
    parse = PARSERS["objects" if column.name in OBJECT_COLUMNS else column.kind]
    values: list[Any] = []
    errors: list[tuple[int, str]] = []
    # Columns repeat themselves; lists are left out, for each row must have its own.
    known: dict[str, Any] = {"": None}
    is_kept = column.kind not in {"list", "geometry"}
    for row, cell in enumerate(cells):
        is_text = type(cell) is str
        if is_text and cell in known:
            values.append(known[cell])
            continue
        try:
            values.append(parse(cell))
        except InputError as error:
            values.append(None)
            errors.append((row, str(error)))
            continue
        if is_text and is_kept:
            known[cell] = values[-1]
    return values, errors


def _to_series(kind: str, cells: list[Any]) -> "pd.Series[Any] | GeoSeries":
    if kind == "geometry":
        return GeoSeries(cells, crs=CRS)
    if kind == "text":
        return pd.Series([cell or "" for cell in cells], dtype="str")
    if kind == "list":
        return pd.Series(to_objects([cell or [] for cell in cells]), dtype="object")
    if kind == "date":
        return pd.Series(np.array(cells, dtype="datetime64[s]"))
    return pd.Series(pd.array(cells, dtype="Int64")) if kind == "count" else _numbers(cells)


def _numbers(cells: list[Any]) -> "pd.Series[Any]":
    return pd.Series([np.nan if cell is None else cell for cell in cells], dtype="float64")


def _mend(table: GeoDataFrame, finding: Finding) -> None:
    for name in finding.cleared:
        table.loc[table.index[finding.row], name] = finding.value


def _to_problem(finding: Finding, file: str, first_row: int) -> Problem:
    return Problem(file, first_row + finding.row, finding.column, finding.message)


def _note_problems(table: GeoDataFrame, problems: Sequence[Problem], first_row: int) -> None:
    """Write each row's problems into its notes; one about its position says why it has none."""
    notes, reasons = table["notes"].tolist(), table["match_reasons"].tolist()
    is_located = table.geometry.notna().tolist()
    for problem in problems:
        if problem.row is None:
            continue
        row, note = problem.row - first_row, f"{problem.column} {problem.message}".strip()
        notes[row] = [*notes[row], note]
        if problem.column in _POSITION_COLUMNS and not is_located[row]:
            reasons[row] = [UNRESOLVED + note]
    table["notes"], table["match_reasons"] = to_objects(notes), to_objects(reasons)


def _order(problem: Problem) -> tuple[int, int]:
    known = problem.column in COLUMN_NAMES
    return problem.row or 0, COLUMN_NAMES.index(problem.column) if known else len(COLUMN_NAMES)
