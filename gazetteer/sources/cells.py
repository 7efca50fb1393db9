"""Cells of outside tables to values: numbers, positions, lists of names; bad rows to problems."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from gazetteer.columns import Listed, Shaped
from gazetteer.place import Place, PlaceName
from gazetteer.sources.rows import Row, read_rows
from geo.errors import InputError
from geo.problem import Problem

Found = Place | Shaped | Listed | Problem
_Given = TypeVar("_Given")

# GeoNames' own limit is 400 letters; what is longer is a table whose quotes or tabs are broken.
MOST_LETTERS = 400
# So many problems of a file are told one by one: a broken table of millions of rows has millions.
MOST_PROBLEMS = 1000
# GeoNames has 690 feature codes and 250 countries; a column with more values holds something else.
_MOST_CODES = 2000
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_COUNTRY = re.compile(r"[A-Z]{2}|")


class BadCellError(InputError):
    """A cell that cannot be used: its column, and what was expected there."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


def read_table(
    path: Path, make: Callable[[Row], Place | Shaped | Listed | None]
) -> Iterator[Found]:
    """Yields what `make` makes of each row of a table with a heading: CSV, TSV, spreadsheet."""
    yield from read_each(path.name, read_rows(path), make)


def read_each(
    file: str,
    rows: Iterable[tuple[int, _Given] | Problem],
    make: Callable[[_Given], Place | Shaped | Listed | None],
) -> Iterator[Found]:
    """Yields what `make` makes of each row; a row that it refuses becomes a problem.

    Beyond the first thousand problems only their number is told.
    """
    problems = 0
    codes: set[str] = set()
    for entry in rows:
        found = entry if isinstance(entry, Problem) else _make(file, entry, make)
        if found is not None and not isinstance(found, Problem):
            wrong = _check_codes(found if isinstance(found, Place) else found.place, codes)
            found = Problem(file, _number(entry), *wrong) if wrong else found
        if isinstance(found, Problem):
            problems += 1
            if problems > MOST_PROBLEMS:
                continue
        if found is not None:
            yield found
    if problems > MOST_PROBLEMS:
        message = f"{problems - MOST_PROBLEMS:,} more rows could not be used"
        yield Problem(file, None, "", message)


def _check_codes(place: Place, known: set[str]) -> tuple[str, str] | None:
    """What is wrong with a place's codes: column and message; those seen before are `known`."""
    if place.feature_code not in known:
        if not _CODE.fullmatch(place.feature_code) or len(known) > _MOST_CODES:
            message = f"{place.feature_code[:60]!r} is no GeoNames feature code such as PPL"
            return "feature_code", message
        known.add(place.feature_code)
    if place.country not in known:
        if not _COUNTRY.fullmatch(place.country):
            return "country", f"{place.country[:60]!r} is no ISO 3166-1 alpha-2 code such as SY"
        known.add(place.country)
    return None


def _number(entry: object) -> int | None:
    return entry[0] if isinstance(entry, tuple) and isinstance(entry[0], int) else None


def _make(
    file: str,
    entry: tuple[int, _Given],
    make: Callable[[_Given], Place | Shaped | Listed | None],
) -> Found | None:
    number, row = entry
    try:
        return make(row)
    except BadCellError as error:
        return Problem(file, number, error.column, str(error))


def parse_degrees(row: Row, column: str, limit: float) -> float:
    """Returns a longitude (limit 180) or latitude (limit 90) of a row."""
    text = row.get(column, "").strip()
    try:
        degrees = float(text.replace(",", "."))
    except ValueError as error:
        hint = "" if text else " (it is empty)"
        raise BadCellError(column, f"{text[:60]!r} is no number of degrees{hint}") from error
    if not -limit <= degrees <= limit:
        raise BadCellError(column, f"{text[:60]!r} is outside -{limit:g} to {limit:g} degrees")
    return degrees


def parse_count(row: Row, column: str) -> int:
    """Returns a count such as a population; 0 where the cell is empty."""
    text = row.get(column, "").strip().replace(",", "")
    try:
        return max(0, int(float(text))) if text else 0
    except (ValueError, OverflowError) as error:
        raise BadCellError(column, f"{text[:60]!r} is no whole number") from error


def parse_name(row: Row, column: str) -> str:
    """Returns the name of a row, which must have a letter or digit."""
    text = " ".join(row.get(column, "").split())
    if not any(letter.isalnum() for letter in text):
        raise BadCellError(column, f"{text[:60]!r} is no name; give at least one letter")
    if len(text) > MOST_LETTERS:
        message = f"{text[:60]!r}... has {len(text):,} letters, too many for a name"
        raise BadCellError(column, message)
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
            if text and text not in names and len(text) <= MOST_LETTERS:
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
