"""Tables of others to rows, one at a time: delimited text in any encoding, and spreadsheets."""

import codecs
import csv
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from python_calamine import CalamineError, CalamineWorkbook

from geo.decode import decode_text
from geo.errors import InputError
from geo.problem import Problem
from geo.readers.text import decode_table

Row = Mapping[str, str]

SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
# Text is decoded in pieces of this size; the encoding is told from one of them.
_PIECE = 2**20
# A line longer than this is no row: GeoNames' longest is 15 KB, Who's On First's 40 KB.
MOST_LINE_LETTERS = 2**20
# Notes in a cell run over a few lines; beyond this a quote was never closed.
_MOST_LINES = 100
# Titles above the heading of a spreadsheet.
_MOST_TITLES = 10
csv.field_size_limit(2 * MOST_LINE_LETTERS)


class Encoding(NamedTuple):
    """The encoding that a file is read in, and a word about it where it is not UTF-8."""

    name: str
    problems: list[Problem]


def read_rows(path: Path) -> Iterator[tuple[int, Row] | Problem]:
    """Yields the rows of a table with a heading, each with its number; memory does not grow.

    A row of HXL tags (`#loc+name`) below the heading is passed over. Raises `InputError` for a
    file that is no table.
    """
    if path.suffix.lower() in SPREADSHEETS:
        yield from _name_cells(path, _read_sheet(path))
        return
    encoding = find_encoding(path)
    yield from encoding.problems
    # Bytes that do not fit the encoding were told of above, and become U+FFFD.
    with path.open(encoding=encoding.name, errors="replace", newline="") as text:
        yield from _name_cells(path, _read_records(path, read_lines(text)))


def read_heading(path: Path) -> list[str]:
    """Returns the column names of a table; raises `InputError` for what is no table."""
    if path.suffix.lower() in SPREADSHEETS:
        return _clean(next(_read_sheet(path))[1])
    with path.open("rb") as file:
        head = file.read(_PIECE)
    if len(head) == _PIECE:  # no letter cut in two
        head = head[: head.rfind(b"\n") + 1] or head
    text = decode_table(head, path.name)[0].lstrip("\r\n")
    line = text[:MOST_LINE_LETTERS].splitlines()[0]
    return _clean(next(csv.reader([line], delimiter=_find_delimiter(line)), []))


def find_encoding(path: Path) -> Encoding:
    """Returns what encoding a whole file is in; raises `InputError` for one that is no text."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        head = file.read(_PIECE)
        _, problems = decode_table(_cut_at_line(head), path.name)
        if problems:
            return Encoding(_codec(decode_text(_cut_at_line(head)).encoding), problems)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return Encoding("utf-16", [])
        piece = head
        while piece:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                return _guess_encoding(path.name, piece)
            piece = file.read(_PIECE)
    return Encoding("utf-8-sig", [])


def _cut_at_line(head: bytes) -> bytes:
    """The bytes up to the last end of a line, so that no letter is cut in two."""
    return (head[: head.rfind(b"\n") + 1] or head) if len(head) == _PIECE else head


def _guess_encoding(file: str, piece: bytes) -> Encoding:
    """The encoding told from a later piece of a file whose beginning is ASCII or UTF-8."""
    begin, end = piece.find(b"\n") + 1, piece.rfind(b"\n") + 1
    found = decode_text(piece[begin : end or None])
    name = _codec(found.encoding) if found.text is not None else "utf-8-sig"
    message = f"not wholly in UTF-8, read as {found.encoding or 'UTF-8'}; check the names"
    return Encoding(name, [Problem(file, None, "", message)])


def _codec(encoding: str) -> str:
    name = encoding.removesuffix(" with broken characters")
    return "utf-8-sig" if name == "utf-8" else name


def read_lines(text: TextIO) -> Iterator[str]:
    """Yields the lines of a text; of one that is far too long only the first piece."""
    inside = False
    while piece := text.readline(MOST_LINE_LETTERS):
        if not inside:
            yield piece
        inside = len(piece) == MOST_LINE_LETTERS and not piece.endswith("\n")


def _find_delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def _read_records(path: Path, lines: Iterator[str]) -> Iterator[tuple[int, list[str]] | Problem]:
    """Yields the cells of each record and the line it begins in.

    A quote that is never closed costs its own line; the lines after it are read again.
    """
    again: deque[str] = deque()
    number, delimiter = 1, ""
    while True:
        line = again.popleft() if again else next(lines, None)
        if line is None:
            return
        delimiter = delimiter or (_find_delimiter(line) if line.strip() else "")
        if '"' not in line:
            yield number, line.rstrip("\r\n").split(delimiter or ",")
            number += 1
            continue
        taken, cells, message = _take_record(line, again, lines, delimiter)
        if message:
            yield Problem(path.name, number, "", message)
            again.extendleft(reversed(taken[1:]))
            number += 1
            continue
        yield number, cells
        number += len(taken)


def _take_record(
    line: str, again: deque[str], lines: Iterator[str], delimiter: str
) -> tuple[list[str], list[str], str]:
    """The lines of a record with quotes, its cells, and what is wrong with it."""
    taken = [line]

    def take() -> Iterator[str]:
        yield line
        while len(taken) < _MOST_LINES:
            following = again.popleft() if again else next(lines, None)
            if following is None:
                return
            taken.append(following)
            yield following

    try:
        cells = next(csv.reader(take(), delimiter=delimiter), [])
    except csv.Error as error:
        return taken, [], f"{line[:40]!r} is no row ({error}); check its quotes"
    # A record of several lines has every quote closed, so their number is even.
    if len(taken) > 1 and sum(one.count('"') for one in taken) % 2:
        return taken, [], f"{line[:40]!r} has a quote that is never closed; close or remove it"
    return taken, cells, ""


def _read_sheet(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yields the rows of the first sheet that has a heading, from the heading on."""
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        for name in workbook.sheet_names:
            rows = enumerate(workbook.get_sheet_by_name(name).iter_rows(), 1)
            for number, cells in islice(rows, _MOST_TITLES):
                if sum(bool(_to_text(cell)) for cell in cells) >= 3:
                    yield number, [_to_text(cell) for cell in cells]
                    yield from ((n, [_to_text(cell) for cell in more]) for n, more in rows)
                    return
    except (CalamineError, OSError) as error:
        raise InputError(
            f"{path.name} cannot be read as a spreadsheet ({error}); save it again, or as CSV"
        ) from error
    raise InputError(f"{path.name} has no sheet with a heading; give name, lat, lon")


def _to_text(cell: Any) -> str:
    """A cell as CSV would write it: whole numbers without a point, days as ISO 8601."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _clean(cells: list[str]) -> list[str]:
    return [cell.strip().removeprefix("\ufeff") for cell in cells]


def _name_cells(
    path: Path, records: Iterable[tuple[int, list[str]] | Problem]
) -> Iterator[tuple[int, Row] | Problem]:
    """Yields the rows below the heading; cells that are missing at the end are empty."""
    headings: list[str] = []
    for record in records:
        if isinstance(record, Problem):
            yield record
            continue
        number, cells = record
        if not any(cells):
            continue
        if not headings:
            headings = _clean(cells)
            continue
        if _is_tags(cells):
            continue
        missing = len(headings) - len(cells)
        yield number, dict(zip(headings, cells + [""] * missing, strict=False))
    if not headings:
        raise InputError(f"{path.name!r} is empty; give a table with a heading and a row")


def _is_tags(cells: list[str]) -> bool:
    """Whether a row holds HXL tags: `#adm1+name`, `#geo+lat`."""
    return all(cell.startswith("#") for cell in cells if cell.strip())
