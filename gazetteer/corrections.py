"""People's decisions on what a name means, as a file: read, and checked row by row.

One row a decision: a name, the context in which it holds, and the place meant (an id of the
gazetteer's, or a position), or `none` where the name is no place or is to stay unresolved; and
who decided so, when and why. `gazetteer.correcting` applies them.
"""

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from gazetteer.countries import lookup_country
from gazetteer.sources.cells import BadCellError, parse_degrees, parse_name
from geo.errors import InputError, NotFoundError
from geo.measure import Position
from geo.precision import Precision
from geo.problem import Problem
from geo.readers.text import decode_table

NO_PLACE = "none"
"""What `place_id` says where a name is no place, or is to stay unresolved."""

COLUMNS = (
    "name",
    "country",
    "admin1",
    "report_id",
    "place_id",
    "lon",
    "lat",
    "radius_km",
    "precision",
    "who",
    "when",
    "why",
)
_REQUIRED = ("name", "who", "when", "why")
# Half the Earth's girth: no place is larger.
_MOST_KM = 20_000.0

_Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a name means, in a person's judgement; empty context fits every context.

    `country` is ISO 3166-1 alpha-2, `admin1` a name in any spelling, `report_id` the one report
    it is about. Exactly one of these is given: `place_id` (`NO_PLACE` for no place), or
    `position` in WGS84 with its `radius_km` and `precision`, each 0 or `None` where unknown.
    """

    name: str
    who: str
    when: date
    why: str
    country: str = ""
    admin1: str = ""
    report_id: str = ""
    place_id: str = ""
    position: Position | None = None
    radius_km: float = 0.0
    precision: Precision | None = None


class NumberedRow(NamedTuple):
    """A correction and the row of its file, the heading being row 1."""

    row: int
    correction: Correction


class CorrectionFile(NamedTuple):
    """What a file of corrections holds, and the rows that cannot be used."""

    file: str
    rows: tuple[NumberedRow, ...]
    problems: tuple[Problem, ...]


def read_corrections(path: str | PathLike[str]) -> CorrectionFile:
    """Returns the corrections of a CSV file with a heading, and what is wrong with its rows.

    Ids and names of areas are not looked up here (`correcting.make_corrections` does). Raises
    `NotFoundError` where there is no such file, `InputError` for one that holds no corrections.
    """
    file = Path(path)
    if not file.is_file():
        raise NotFoundError(f"{file}: no such file of corrections; check the path")
    text, problems = decode_table(file.read_bytes(), file.name)
    return parse_corrections(text, file.name, problems)


def parse_corrections(text: str, file: str, problems: Sequence[Problem] = ()) -> CorrectionFile:
    """Returns the corrections of a CSV text; `problems` are those known already."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text), strict=True)
    found = list(problems)
    rows: list[NumberedRow] = []
    headings = read_headings(reader, file)
    found += check_headings(headings, file)
    for number, cells in _read_lines(reader, file, found):
        try:
            rows.append(NumberedRow(number, _make_correction(_pair(headings, cells))))
        except BadCellError as error:
            found.append(Problem(file, number, error.column, str(error)))
    return CorrectionFile(file, tuple(rows), tuple(found))


def find_delimiter(text: str) -> str:
    """The character that parts the cells of a heading: comma, semicolon or tab."""
    heading = text.partition("\n")[0]
    return max(",;\t", key=heading.count)


def read_headings(reader: Iterator[list[str]], file: str) -> list[str]:
    """The headings of a table in lower case; raises `InputError` where they cannot be read."""
    try:
        return [heading.strip().lower() for heading in next(reader, [])]
    except csv.Error as error:
        raise InputError(f"{file}, row 1: cannot be read ({error}); close the quotes") from error


def check_headings(headings: Sequence[str], file: str) -> list[Problem]:
    """The columns that are none of ours; a file without ours holds no corrections."""
    missing = [column for column in _REQUIRED if column not in headings]
    if missing:
        raise InputError(
            f"{file}: no column {missing[0]!r}; a file of corrections has the heading "
            f"{','.join(COLUMNS)}"
        )
    doubled = [heading for heading in COLUMNS if headings.count(heading) > 1]
    if doubled:
        raise InputError(f"{file}: two columns are called {doubled[0]!r}; take one out")
    known = ", ".join(COLUMNS)
    return [
        Problem(file, 1, heading, f"is no column of corrections and is not read; they are {known}")
        for heading in headings
        if heading and heading not in COLUMNS
    ]


def _read_lines(
    reader: Iterator[list[str]], file: str, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """The filled rows with their numbers, as a spreadsheet counts."""
    number = 1
    try:
        for number, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        what = f"and what follows cannot be read ({error}); close the quotes in or before it"
        problems.append(Problem(file, number + 1, "", what))


def _pair(headings: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    if len(cells) > len(headings):
        count = f"{len(cells)} cells under {len(headings)} headings"
        raise BadCellError("", f"has {count}; put a cell with a comma in quotes")
    filled = (*cells, *[""] * (len(headings) - len(cells)))
    return {
        name: " ".join(cell.split()) for name, cell in zip(headings, filled, strict=True) if name
    }


def _make_correction(row: _Row) -> Correction:
    place_id, position = _parse_target(row)
    return Correction(
        name=parse_name(row, "name"),
        who=_parse_filled(row, "who", "name who decided it"),
        when=_parse_day(row),
        why=_parse_filled(row, "why", "say why, for those who read the map"),
        country=_parse_country(row),
        admin1=row.get("admin1", ""),
        report_id=row.get("report_id", ""),
        place_id=place_id,
        position=position,
        radius_km=_parse_km(row),
        precision=_parse_level(row),
    )


def _parse_target(row: _Row) -> tuple[str, Position | None]:
    """The place id, or the position; one of them must be there, and not both."""
    place_id = row.get("place_id", "")
    is_position = bool(row.get("lon") or row.get("lat"))
    if place_id and is_position:
        raise BadCellError("place_id", f"{place_id!r} stands beside a position; keep one of them")
    if is_position:
        lon, lat = parse_degrees(row, "lon", 180), parse_degrees(row, "lat", 90)
        return "", Position(lon + 0.0, lat + 0.0)
    if not place_id:
        raise BadCellError("place_id", f"is empty; give an id, lon and lat, or {NO_PLACE!r}")
    for column in ("radius_km", "precision"):
        if row.get(column):
            message = f"{row[column]!r} says how exact a position is; leave it empty beside an id"
            raise BadCellError(column, message)
    return (NO_PLACE if place_id.lower() == NO_PLACE else place_id), None


def _parse_filled(row: _Row, column: str, mend: str) -> str:
    if not row.get(column):
        raise BadCellError(column, f"is empty; {mend}")
    return row[column]


def _parse_day(row: _Row) -> date:
    text = _parse_filled(row, "when", "write the day as YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadCellError("when", f"{text!r} is no ISO 8601 date; write YYYY-MM-DD") from error


def _parse_country(row: _Row) -> str:
    text = row.get("country", "")
    code = lookup_country(text) if text else ""
    if code is None:
        mend = "write its code, ISO 3166-1 alpha-2, such as SY"
        raise BadCellError("country", f"{text!r} is no country known here; {mend}")
    return code


def _parse_km(row: _Row) -> float:
    text = row.get("radius_km", "")
    try:
        radius_km = float(text) if text else 0.0
    except ValueError:
        radius_km = math.nan
    if not 0 <= radius_km < _MOST_KM:
        raise BadCellError(
            "radius_km", f"{text!r} is no radius in kilometres; mend it, or empty it"
        )
    return radius_km + 0.0


def _parse_level(row: _Row) -> Precision | None:
    text = row.get("precision", "").lower()
    if text and text not in list(Precision):
        message = f"{text!r} is no level; write one of {', '.join(Precision)}, or leave it empty"
        raise BadCellError("precision", message)
    return Precision(text) if text else None
