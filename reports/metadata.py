"""What is told about a report beside its text: publication dates, and a folder's reports.csv."""

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from io import StringIO
from typing import Any, NamedTuple

from geo.readers.text import find_separator
from reports.date_absolute import FORMS
from reports.timewords import Now

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T\s])")
COMPACT_DAY = re.compile(r"\d{8}")
FIGURES = re.compile(r"\d{1,4}[/.]\d{1,2}[/.]\d{1,4}")
# One cell may hold a long report.
MAX_CELL = 10_000_000
KEYS = {
    "text": ("text", "body", "content"),
    "title": ("title", "headline"),
    "published": ("published", "date", "publication_date", "published_at"),
    "publisher": ("publisher", "source", "outlet"),
    "url": ("url", "link"),
    "report_id": ("report_id", "id"),
}


class Row(NamedTuple):
    """A row of a table or an entry of a list; `number` as a spreadsheet counts, or its place."""

    number: int
    cells: dict[str, Any]
    problem: str = ""


def parse_published(text: str) -> date | None:
    """The day of a publication date: ISO 8601, RFC 2822, or with the month in words.

    Figures such as 03/04/2019 are refused: they mean two days. The day is as written there,
    whatever the time zone.

    >>> parse_published("Sat, 27 Apr 2019 10:00:00 GMT")
    datetime.date(2019, 4, 27)
    >>> parse_published("03/04/2019") is None
    True
    """
    text = " ".join(text.split())
    if ISO_DAY.match(text) or COMPACT_DAY.fullmatch(text):
        return _parse_iso(text)
    if FIGURES.search(text):
        return None
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return _parse_words(text)


def _parse_iso(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    try:
        return date.fromisoformat(text[:10]) if ISO_DAY.match(text) else None
    except ValueError:
        return None


def _parse_words(text: str) -> date | None:
    """Such as "27 April 2019", "April 27, 2019"."""
    for pattern, resolver in FORMS[4:6]:
        match = pattern.search(text)
        if match and match["year"]:
            span = resolver(match, Now(None, None))
            return span.start if span else None
    return None


def pick(cells: Mapping[str, Any], key: str) -> Any:
    """The first cell that is filled under any of the names a key goes by, else `None`.

    >>> pick({"Body": "Two were hurt."}, "text")
    'Two were hurt.'
    """
    lower = {str(name).strip().lower(): value for name, value in cells.items()}
    for name in KEYS[key]:
        if lower.get(name) not in (None, ""):
            return lower[name]
    return None


def read_rows(text: str) -> Iterator[Row]:
    """The rows of a CSV text; a row that is not as long as the header is told, not guessed."""
    old = csv.field_size_limit(MAX_CELL)
    try:
        yield from _read_rows(text)
    finally:
        csv.field_size_limit(old)


def _read_rows(text: str) -> Iterator[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=find_separator(text))
    try:
        header = next(reader, [])
        for number, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                yield _make_row(number, header, cells)
    except csv.Error as error:
        message = (
            f"line {reader.line_num} cannot be read ({error}); mend it: rows after it are lost"
        )
        yield Row(reader.line_num, {}, message)


def _make_row(number: int, header: list[str], cells: list[str]) -> Row:
    problem = ""
    if len(cells) > len(header):
        problem = (
            f"{len(cells)} cells under {len(header)} columns; put quotation marks round a cell "
            "that holds the separator"
        )
    return Row(number, dict(zip(header, cells, strict=False)), problem)
