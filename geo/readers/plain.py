"""A plain CSV of incidents, whatever its headings, encoding and separator."""

import csv
import io
import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from geo.errors import InputError
from geo.problem import Problem
from geo.readers.records import read_rows
from geo.readers.text import decode_table, find_separator
from geo.table import ReadResult

# The heading is row 1, as a spreadsheet counts.
_FIRST_ROW = 2

# A cell may hold a whole report; csv's own limit is 128 KiB.
_MAX_CELL = 10_000_000


def read_csv(
    path: str | os.PathLike[str], *, mapping: Mapping[str, str] | None = None
) -> ReadResult:
    """A table of incidents from a CSV file, and what was wrong with it, row by row.

    `mapping` says which of their columns is which of ours (ours to theirs; also longitude and
    latitude); common headings are matched without it, and a problem says which. Columns that are
    none of ours are kept. Comma, semicolon, tab and bar separate. Raises `InputError` for a file
    that is empty or no text, `NotFoundError` for a mapped column that is not there.
    """
    file = Path(path)
    text, problems = decode_table(file.read_bytes(), file.name)
    headings, lines = _split(text, file.name)
    names, heading_problems = _name_headings(headings, lines, file.name)
    problems += heading_problems
    rows = []
    widths: list[Problem] = []
    for number, line in enumerate(lines, _FIRST_ROW):
        widths += _check_width(line, names, file.name, number)
        rows.append(dict(zip(names, line, strict=False)))
    table, found = read_rows(
        rows, names, file=file.name, first_row=_FIRST_ROW, mapping=mapping, found=widths
    )
    return ReadResult(table, sorted([*problems, *found], key=lambda problem: problem.row or 0))


def _split(text: str, file: str) -> tuple[list[str], list[list[str]]]:
    """The heading and the rows; lines without any cell are left out at the end, kept between."""
    before = csv.field_size_limit(_MAX_CELL)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=find_separator(text)))
    except csv.Error as error:
        raise InputError(f"{file!r} is no CSV: {error}; export it as CSV in UTF-8") from error
    finally:
        csv.field_size_limit(before)
    while lines and not any(cell.strip() for cell in lines[-1]):
        lines.pop()
    return [heading.strip() for heading in lines[0]], lines[1:]


def _name_headings(
    headings: list[str], lines: list[list[str]], file: str
) -> tuple[list[str], list[Problem]]:
    """A name for each column: empty and repeated headings get their number."""
    counts: Counter[str] = Counter()
    names, problems = [], []
    for number, heading in enumerate(headings, 1):
        counts[heading] += 1
        if heading and counts[heading] == 1:
            names.append(heading)
            continue
        name = f"{heading or 'column'}_{number}"
        names.append(name)
        if heading or any(len(line) >= number and line[number - 1].strip() for line in lines):
            what = f"{heading!r} twice" if heading else "an empty heading"
            message = f"has {what}; column {number} is kept as {name!r}, give it a name of its own"
            problems.append(Problem(file, 1, "", message))
    return names, problems


def _check_width(line: list[str], names: list[str], file: str, row: int) -> list[Problem]:
    surplus = [cell for cell in line[len(names) :] if cell.strip()]
    if surplus:
        left_out = ", ".join(map(repr, surplus))
        message = (
            f"has {len(line)} cells under {len(names)} headings, {left_out} is left out; "
            "quote a cell that holds the separator"
        )
        return [Problem(file, row, "", message)]
    if line and len(line) < len(names):
        message = f"has {len(line)} cells under {len(names)} headings; the rest is read as empty"
        return [Problem(file, row, "", message)]
    return []
