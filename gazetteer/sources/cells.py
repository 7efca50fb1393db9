"""Cells of outside tables to values: numbers, positions, lists of names; bad rows to problems."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from gazetteer.columns import Listed, Shaped
from gazetteer.place import Place, PlaceName
from geo.errors import InputError
from geo.problem import Problem
from geo.readers.text import decode_table

Row = Mapping[str, str]
Found = Place | Shaped | Listed | Problem
_Given = TypeVar("_Given")

# GeoNames' alternate names and Who's On First's lists can be longer than csv's own limit of 128 KB.
csv.field_size_limit(2**24)


class BadCellError(InputError):
    """A cell that cannot be used: its column, and what was expected there."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


def read_delimited(
    path: Path, make: Callable[[Row], Place | Shaped | Listed | None]
) -> Iterator[Found]:
    """Yields what `make` makes of each row of a delimited file with a heading, in any encoding."""
    text, problems = decode_table(path.read_bytes(), path.name)
    yield from problems
    heading = text[: text.find("\n") + 1] or text
    delimiter = max(",;\t", key=heading.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="")
    yield from read_each(path.name, ((reader.line_num, row) for row in reader), make)


def read_each(
    file: str,
    rows: Iterable[tuple[int, _Given]],
    make: Callable[[_Given], Place | Shaped | Listed | None],
) -> Iterator[Found]:
    """Yields what `make` makes of each row; a row that it refuses becomes a problem."""
    for number, row in rows:
        try:
            made = make(row)
        except BadCellError as error:
            yield Problem(file, number, error.column, str(error))
            continue
        if made is not None:
            yield made


def parse_degrees(row: Row, column: str, limit: float) -> float:
    """Returns a longitude (limit 180) or latitude (limit 90) of a row."""
    text = row.get(column, "").strip()
    try:
        degrees = float(text.replace(",", "."))
    except ValueError as error:
        hint = "" if text else " (it is empty)"
        raise BadCellError(column, f"{text!r} is no number of degrees{hint}") from error
    if not -limit <= degrees <= limit:
        raise BadCellError(column, f"{text!r} is outside -{limit:g} to {limit:g} degrees")
    return degrees


def parse_count(row: Row, column: str) -> int:
    """Returns a count such as a population; 0 where the cell is empty."""
    text = row.get(column, "").strip().replace(",", "")
    try:
        return max(0, int(float(text))) if text else 0
    except (ValueError, OverflowError) as error:
        raise BadCellError(column, f"{row[column]!r} is no whole number") from error


def parse_name(row: Row, column: str) -> str:
    """Returns the name of a row, which must have a letter or digit."""
    text = " ".join(row.get(column, "").split())
    if not any(letter.isalnum() for letter in text):
        raise BadCellError(column, f"{text!r} is no name; give at least one letter")
    return text


def make_names(
    main: str, *groups: tuple[Iterable[str], str], alternate: str = "alternate"
) -> tuple[PlaceName, ...]:
    """Returns a place's names, the main one first, each text once.

    >>> [n.text for n in make_names("Aleppo", (["Halab", "Aleppo"], ""), (["حلب"], "ar"))]
    ['Aleppo', 'Halab', 'حلب']
    """
    names = {main: PlaceName(main, "", "main")}
    for texts, lang in groups:
        for text in texts:
            if text and text not in names:
                names[text] = PlaceName(text, lang, alternate)
    return tuple(names.values())


def split_names(cell: str, separator: str = "|") -> list[str]:
    """Returns the names of a cell that lists them.

    >>> split_names("Derik| |Malikiya")
    ['Derik', 'Malikiya']
    """
    return [name.strip() for name in cell.split(separator) if name.strip()]


def is_arabic(text: str) -> bool:
    """Whether a name is written in Arabic script.

    >>> is_arabic("حلب"), is_arabic("Halab")
    (True, False)
    """
    return any("\u0600" <= letter <= "\u06ff" for letter in text)
