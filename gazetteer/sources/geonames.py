"""GeoNames dumps: a country's `.txt` or `.zip`, `allCountries`, the `cities` files."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from gazetteer.columns import Listed
from gazetteer.place import Place
from gazetteer.sources.bundled import load_provinces
from gazetteer.sources.cells import (
    BadCellError,
    Found,
    Row,
    parse_count,
    parse_degrees,
    parse_name,
    read_each,
    split_names,
)
from gazetteer.sources.generated import drop_generated
from gazetteer.sources.radius import make_radius_km
from geo.errors import InputError

# The 19 columns of the main table, in the words of GeoNames' readme.
COLUMNS = (
    "geonameid",
    "name",
    "asciiname",
    "alternatenames",
    "latitude",
    "longitude",
    "feature class",
    "feature code",
    "country code",
    "cc2",
    "admin1 code",
    "admin2 code",
    "admin3 code",
    "admin4 code",
    "population",
    "elevation",
    "dem",
    "timezone",
    "modification date",
)
# Divisions that are no more: reports do not mean them. (Undersea features go as well.)
_LEFT_OUT = frozenset({"PPLCH", "PPLH", "ADM1H", "ADM2H", "ADM3H", "ADM4H", "PCLH", "ADMDH"})


def read_geonames(path: Path, country: str = "") -> Iterator[Found]:
    """Yields the places of a GeoNames dump; `country` is used where a row has none."""
    with _open_table(path) as lines:
        rows = ((number, _split_line(line)) for number, line in enumerate(lines, 1) if line.strip())
        yield from read_each(path.name, rows, lambda row: _make_place(row, country))


@contextmanager
def _open_table(path: Path) -> Iterator[TextIO]:
    """Opens the table of a `.txt`, or the one in a `.zip` (not its readme)."""
    if path.suffix.lower() != ".zip":
        with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as lines:
            yield lines
        return
    try:
        with zipfile.ZipFile(path) as packed:
            tables = [
                name
                for name in packed.namelist()
                if name.endswith(".txt") and "readme" not in name.lower()
            ]
            if not tables:
                raise InputError(f"{path.name} holds no .txt table; give a GeoNames country dump")
            with packed.open(tables[0]) as raw:
                yield io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="\n")
    except (zipfile.BadZipFile, EOFError) as error:
        raise InputError(f"{path.name} is a damaged zip ({error}); download it again") from error


def _split_line(line: str) -> Row:
    return dict(zip(COLUMNS, line.rstrip("\r\n").split("\t"), strict=False))


def _make_place(row: Row, country: str) -> Listed | None:
    number = row["geonameid"]
    if not number.isdigit():
        raise BadCellError("geonameid", f"{number!r} is no GeoNames id")
    if len(row) < 15:
        raise BadCellError("", f"{len(row)} columns where a GeoNames dump has 19")
    code, name = row["feature code"], parse_name(row, "name")
    if code in _LEFT_OUT or row["feature class"] == "U":
        return None
    population = parse_count(row, "population")
    others = drop_generated(split_names(row["alternatenames"], ","))
    home = row["country code"].strip() or country
    place = Place(
        place_id=f"geonames:{int(number)}",
        name=name,
        lon=parse_degrees(row, "longitude", 180),
        lat=parse_degrees(row, "latitude", 90),
        feature_code=code or "PPL",
        country=home,
        source="GeoNames",
        radius_km=make_radius_km(code or "PPL", population),
        admin1=load_provinces().get((home, row["admin1 code"]), ""),
        population=population,
    )
    return Listed(place, [row["asciiname"], *others])
