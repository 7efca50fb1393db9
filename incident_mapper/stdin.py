"""What standard input holds, which has no name: a table, reports, or the text of one report."""

import csv
import json
import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from geo.cells import EMPTY_WORDS, PARSERS
from geo.decode import decode_text
from geo.errors import InputError
from geo.incident import COLUMNS
from geo.readers.mapping import POSITION_COLUMNS, match_columns
from geo.readers.text import find_separator
from incident_mapper.inputs import SNIFFED_BYTES

# What a file of layers begins with.
_MAGIC = {b"PAR1": ".parquet", b"SQLite format 3": ".gpkg", b"fgb": ".fgb"}
_JSON = re.compile(r"\{|\[\s*[{\]]")
_HTML = re.compile(r"<(!doctype\s+html|html)\b", re.IGNORECASE)
# One heading may be a word that any report begins with ("Place, 12 May"); two are a table's.
_LEAST_KNOWN = 2
# Lines that are looked at behind the heading, and how many look like rows by no accident.
_SAMPLED, _LEAST_ROWS = 20, 2
# A cell that is longer holds more than a date.
_LONGEST_DATE = 30
_LEAST_DATE_DIGITS = 4
_KINDS = {column.name: column.kind for column in COLUMNS} | dict.fromkeys(
    POSITION_COLUMNS, "number"
)
# The column that makes a table one of reports (incident_mapper/inputs.py).
_TEXT = "text"


class Named(NamedTuple):
    """A file name whose ending says what the input holds, and what to tell where it is in doubt."""

    name: str
    note: str = ""


def name_stdin(content: bytes, *, told: Iterable[str] = ()) -> Named:
    r"""The name under which to keep standard input, so that it is read as a file of it would be.

    CSV, of any separator, is taken for a table where one of its headings is `text`, or two are
    known here or `told` by a mapping, and its rows look like rows: a report may hold commas too.

    >>> name_stdin(b"date;place\n2020-01-16;Idlib").name, name_stdin(b"Idlib, Friday").name
    ('stdin.csv', 'stdin.txt')
    """
    for magic, suffix in _MAGIC.items():
        if content.startswith(magic):
            return Named(f"stdin{suffix}")
    head = _cut(content)
    text = (decode_text(head).text or "").removeprefix("\ufeff").strip()
    if _JSON.match(text):
        return Named(f"stdin{_choose_json(text)}")
    if _HTML.match(text):
        return Named("stdin.html")
    return _name_text(text, frozenset(told), is_cut=len(head) < len(content))


def _cut(content: bytes) -> bytes:
    """The first lines, and no letter of UTF-8 cut in two."""
    head = content[:SNIFFED_BYTES]
    if len(head) < len(content) and b"\0" not in head:
        return head[: head.rfind(b"\n") + 1] or head
    return head


def _choose_json(text: str) -> str:
    if '"FeatureCollection"' in text:
        return ".geojson"
    first, _, rest = text.partition("\n")
    try:
        is_whole = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        is_whole = False
    return ".jsonl" if is_whole and rest.lstrip().startswith("{") else ".json"


def _name_text(text: str, told: frozenset[str], *, is_cut: bool) -> Named:
    separator = find_separator(text)
    try:
        rows = _read_rows(text, separator)
    except csv.Error:
        return Named("stdin.txt")
    if is_cut and len(rows) <= _SAMPLED:
        rows = rows[:1] + rows[1:-1]  # the last may be a part of one
    headings = [cell.strip() for cell in rows[0]] if rows else []
    if len(headings) < _LEAST_KNOWN or not _is_even(rows):
        return Named("stdin.txt")
    # Prose has a space behind its commas; so have some tables, which show it by what they hold.
    is_tight = not any(cell.startswith(" ") for cell in rows[0][1:])
    own, _ = match_columns(headings, None, "")
    is_known = _TEXT in map(str.lower, headings) or (
        len((set(own.values()) | told) & set(headings)) >= _LEAST_KNOWN
    )
    if is_known and (is_tight or _holds_values(rows, headings, own)):
        return Named("stdin.csv")
    is_doubtful = is_tight and len(rows) > _LEAST_ROWS
    return Named("stdin.txt", _say_doubt(headings) if is_doubtful else "")


def _read_rows(text: str, separator: str) -> list[list[str]]:
    """The heading and the first rows that are not empty."""
    rows = csv.reader(text.splitlines(), delimiter=separator)
    return list(islice((row for row in rows if row), _SAMPLED + 1))


def _is_even(rows: Sequence[Sequence[str]]) -> bool:
    """Whether most rows have as many cells as the heading; a heading alone has no others."""
    even = sum(len(row) == len(rows[0]) for row in rows[1:])
    return 2 * even >= len(rows) - 1


def _holds_values(
    rows: Sequence[Sequence[str]], headings: Sequence[str], own: dict[str, str]
) -> bool:
    """Whether most cells of a column that has dates or numbers are such."""
    for ours, theirs in own.items():
        kind, at = _KINDS[ours], headings.index(theirs)
        cells = [row[at].strip() for row in rows[1:] if at < len(row)]
        given = [cell for cell in cells if cell.lower() not in EMPTY_WORDS]
        if kind in {"date", "count", "number"} and given:
            good = sum(_is_value(cell, kind) for cell in given)
            if 2 * good > len(given):
                return True
    return False


def _is_value(cell: str, kind: str) -> bool:
    if kind == "date":  # 03/04/2019 is one too, though nobody can tell which
        digits = sum(letter.isdigit() for letter in cell)
        return len(cell) <= _LONGEST_DATE and digits >= _LEAST_DATE_DIGITS
    try:
        PARSERS[kind](cell)
    except InputError:
        return False
    return True


def _say_doubt(headings: Sequence[str]) -> str:
    shown = ", ".join(map(repr, headings[:_SAMPLED]))
    return (
        f"standard input looks like a table, but fewer than two of its headings ({shown}) are "
        "known, so it is read as the text of a report; name its columns with --mapping, or save "
        "it as .csv and give the file"
    )
