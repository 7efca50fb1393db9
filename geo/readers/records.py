"""Rows of any source to a table of ours: columns matched, positions read, doubts reported."""

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from shapely import Point

from geo.cells import is_empty
from geo.fill import GIVEN
from geo.incident import COLUMNS
from geo.measure import Position
from geo.problem import Problem
from geo.readers.codes import find_coded, read_codes
from geo.readers.mapping import POSITION_COLUMNS, match_columns
from geo.readers.position import read_position
from geo.readers.stated_country import find_outside, find_swapped
from geo.table import ReadResult, read_records

_PART_OF_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?")


def read_rows(  # noqa: PLR0913 - keyword-only options
    rows: Sequence[Mapping[str, Any]],
    headings: Sequence[str],
    *,
    file: str,
    first_row: int,
    mapping: Mapping[str, str] | None = None,
    found: Sequence[Problem] = (),
) -> ReadResult:
    """A table of incidents from rows under their own headings; every row and column is kept.

    Coordinates become the geometry, with `match_method` given. Rows without an id get the file's
    name and their number. A row's problems, also those a reader `found` before, stand in its
    `notes`.
    """
    columns, matched = match_columns(headings, mapping, file)
    records = [_rename(row, columns) for row in rows]
    found = list(found)
    coded, told = find_coded(headings, columns, file)
    for number, record in enumerate(records, first_row):
        found += [Problem(file, number, *finding) for finding in read_codes(record, coded)]
        found += [Problem(file, number, *finding) for finding in _locate(record)]
        _tidy(record)
    countries = [str(record.get("country") or "") for record in records]
    for row, message in find_swapped(_find_positions(records), countries):
        records[row]["geometry"] = None
        found.append(Problem(file, first_row + row, "latitude", message))
    for row, message in find_outside(_find_positions(records), countries):
        found.append(Problem(file, first_row + row, "latitude", message))
    if "incident_id" not in columns:
        _name_records(records, PurePath(file).stem, first_row)
    table, problems = read_records(records, file=file, first_row=first_row, found=found)
    return ReadResult(table, [*matched, *told, *problems])


def _rename(row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    record = {ours: row.get(theirs) for ours, theirs in columns.items()}
    used = set(columns.values())
    return record | {name: cell for name, cell in row.items() if name not in used}


def _locate(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Make the record's geometry of its coordinates; give the column and message of a defect."""
    longitude, latitude = (record.pop(name, None) for name in POSITION_COLUMNS)
    if is_empty(record.get("geometry")):
        position, column, message = read_position(longitude, latitude)
        record["geometry"] = None if position is None else Point(position)
        if message:  # neither cell may be lost: the row keeps this in its notes
            yield column, f"{message} (given: latitude {latitude!s}, longitude {longitude!s})"
    if not is_empty(record["geometry"]):
        # Of a table of ours, the rows that say nothing meant nothing.
        record.setdefault("match_method", GIVEN)


def _find_positions(records: Sequence[Mapping[str, Any]]) -> list[Position | None]:
    return [_to_position(record.get("geometry")) for record in records]


def _to_position(shape: Any) -> Position | None:
    is_point = isinstance(shape, Point) and not shape.is_empty
    return Position(shape.x, shape.y) if is_point else None


def _name_records(records: Sequence[dict[str, Any]], stem: str, first_row: int) -> None:
    for number, record in enumerate(records, first_row):
        record["incident_id"] = f"{stem}-{number}"


def _tidy(record: dict[str, Any]) -> None:
    """Write closed lists as we do, whatever their case, and widen a month or year to its days."""
    for name, words in _CHOICES.items():
        cell = record.get(name)
        if isinstance(cell, str):
            record[name] = words.get(cell.strip().casefold(), cell)
    match = _PART_OF_DATE.fullmatch(str(record.get("date_start") or "").strip())
    if match and is_empty(record.get("date_end")) and int(match[1]) > 0:
        record |= _widen_date(int(match[1]), int(match[2] or 0), str(record["date_start"]))


def _widen_date(year: int, month: int, text: str) -> dict[str, Any]:
    if month > 12 or (month == 0 and len(text.strip()) > 4):
        return {}
    last = calendar.monthrange(year, month)[1] if month else 31
    return {
        "date_start": f"{year:04}-{month or 1:02}-01",
        "date_end": f"{year:04}-{month or 12:02}-{last:02}",
        "date_precision": "month" if month else "year",
        "date_text": text,
    }


_CHOICES = {
    column.name: {choice.casefold(): choice for choice in column.choices}
    for column in COLUMNS
    if column.choices
}
