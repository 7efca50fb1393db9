"""GeoNames dumps: a country's `.txt` or `.zip`, `allCountries`, the `cities` files.

Beside a dump, as on GeoNames' download site, may lie its alternate names (languages, kinds), the
names of admin divisions and lists of what was deleted since; they are used where they are there.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.columns import Listed
from gazetteer.place import Place, PlaceName
from gazetteer.sources.alternates import open_alternates, read_blocks
from gazetteer.sources.bundled import load_provinces
from gazetteer.sources.cells import (
    MOST_LETTERS,
    BadCellError,
    Found,
    parse_count,
    parse_degrees,
    parse_name,
    read_each,
    split_names,
)
from gazetteer.sources.companions import Companions, find_companions
from gazetteer.sources.generated import drop_codes, drop_generated
from gazetteer.sources.packed import open_lines, open_packed
from gazetteer.sources.radius import make_radius_km
from gazetteer.sources.rows import read_lines
from geo.problem import Problem
from geo.town_positions import find_town_position

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
# The last columns, which are not read, may be missing.
FEWEST_COLUMNS = 15
_MOST_DIGITS = 18  # of an id
# Divisions and places that GeoNames keeps as history: superseded, so reports do not mean them.
# Destroyed (PPLW) and abandoned (PPLQ) villages, airfields (AIRQ) and the like stay: fighting goes
# on in them, and reports name them. Undersea features (class U) go.
_LEFT_OUT = frozenset(
    {"PPLCH", "PPLH", "ADM1H", "ADM2H", "ADM3H", "ADM4H", "ADM5H", "PCLH", "ADMDH"}
)
# With fewer names of places than this beside a dump it is not worth reading the dump's ids first.
_SMALL_BYTES = 2**26

_FindNames = Callable[[int], list[PlaceName]]


class _Beside(NamedTuple):
    """What the tables beside a dump say: names by place, admin names by code, ids deleted."""

    find_names: _FindNames
    admin1: dict[str, str]
    admin2: dict[str, str]
    deleted: frozenset[int]


def read_geonames(path: Path, country: str = "") -> Iterator[Found]:
    """Yields the places of a GeoNames dump; `country` is used where a row has none."""
    problems: list[Problem] = []
    with ExitStack() as stack:
        beside = _open_beside(path, problems, stack)
        lines = read_lines(stack.enter_context(open_lines(path)))
        rows = ((n, line.rstrip("\r\n").split("\t")) for n, line in enumerate(lines, 1))
        filled = (row for row in rows if len(row[1]) > 1 or row[1][0].strip())
        yield from read_each(path.name, filled, lambda row: _make_place(row, country, beside))
    yield from problems


def _open_beside(path: Path, problems: list[Problem], stack: ExitStack) -> _Beside:
    companions = find_companions(path)
    find_names: _FindNames = lambda _: []  # noqa: E731
    if companions.alternates:
        opened = open_alternates(
            companions.alternates,
            problems,
            wanted=_find_wanted(path, companions),
            deleted=_read_ids(companions.name_deletes),
        )
        find_names = stack.enter_context(opened).find_names
    deleted = frozenset(_read_ids(companions.deletes).tolist())
    return _Beside(
        find_names, _read_admin(companions.admin1), _read_admin(companions.admin2), deleted
    )


def _find_wanted(path: Path, companions: Companions) -> NDArray[np.uint32] | None:
    """The ids of a dump's places where the names beside it are many more than it needs."""
    alternates = companions.alternates
    if not alternates or alternates.stat().st_size < max(path.stat().st_size, _SMALL_BYTES):
        return None
    return np.unique(_read_ids((path,)))


def _read_ids(paths: tuple[Path, ...]) -> NDArray[np.uint32]:
    """The numbers that the lines of these tables begin with."""
    found = [np.empty(0, np.uint32)]
    for path in paths:
        with open_packed(path) as raw:
            for block in read_blocks(path.name, raw):
                cells = (line.partition(b"\t")[0] for line in block.splitlines())
                numbers = [int(cell) for cell in cells if cell.isdigit() and len(cell) < 10]
                found.append(np.array(numbers, np.uint32))
    return np.concatenate(found)


def _read_admin(path: Path | None) -> dict[str, str]:
    """Names of admin divisions by GeoNames' code, such as `SY.12` or `SY.12.64`."""
    if path is None:
        return {}
    with open_lines(path) as text:
        rows = (line.split("\t") for line in read_lines(text))
        return {row[0]: row[1].strip() for row in rows if len(row) >= 3}


def _make_place(cells: list[str], country: str, beside: _Beside) -> Place | Listed | None:
    if len(cells) < FEWEST_COLUMNS:
        raise BadCellError("", f"{len(cells)} columns where a GeoNames dump has 19")
    if not (cells[0].isdecimal() and len(cells[0]) <= _MOST_DIGITS):
        raise BadCellError("geonameid", f"{cells[0][:60]!r} is no GeoNames id")
    number, code = int(cells[0]), cells[7]
    if code in _LEFT_OUT or cells[6] == "U" or number in beside.deleted:
        return None
    name, lon, lat, population = _parse_cells(cells)
    if mended := find_town_position(number, lon, lat):
        if mended.lon is None or mended.lat is None:
            return None
        lon, lat, cells[10] = mended.lon, mended.lat, mended.admin1_code
    home = cells[8].strip() or country
    given = beside.find_names(number)
    place = Place(
        place_id=f"geonames:{number}",
        name=name,
        lon=lon,
        lat=lat,
        feature_code=code or "PPL",
        country=home,
        source="GeoNames",
        radius_km=make_radius_km(code or "PPL", population),
        names=_gather_names(name, cells[2], given) if given else (),
        admin1=_find_admin1(cells, home, beside),
        admin2=beside.admin2.get(f"{home}.{cells[10]}.{cells[11]}", "") if beside.admin2 else "",
        population=population,
    )
    if given:
        return place
    others = drop_generated(split_names(cells[3], ","))
    if code.startswith("AIR"):
        others = drop_codes(others, most_letters=4)
    return Listed(place, [cells[2], *others])


def _parse_cells(cells: list[str]) -> tuple[str, float, float, int]:
    """Name, longitude, latitude and population; the quick way, since there are 13 million rows."""
    name = cells[1]
    try:
        lon, lat, population = float(cells[5]), float(cells[4]), int(cells[14] or 0)
        if -180 <= lon <= 180 and -90 <= lat <= 90 and population >= 0 and _is_plain(name):
            return name, lon, lat, population
    except ValueError:
        pass
    row = dict(zip(COLUMNS, cells, strict=False))
    lon, lat = parse_degrees(row, "longitude", 180), parse_degrees(row, "latitude", 90)
    return parse_name(row, "name"), lon, lat, parse_count(row, "population")


def _is_plain(name: str) -> bool:
    """Whether a name needs no more looking at."""
    return name[:1].isalnum() and name[-1:] != " " and "  " not in name and len(name) < MOST_LETTERS


def _find_admin1(cells: list[str], home: str, beside: _Beside) -> str:
    named = beside.admin1.get(f"{home}.{cells[10]}", "") if beside.admin1 else ""
    return named or load_provinces().get((home, cells[10]), "")


def _gather_names(name: str, plain: str, given: list[PlaceName]) -> tuple[PlaceName, ...]:
    """The names of the table of alternate names.

    The dump's own list is then left aside: it has the same names without their languages, and the
    spellings that GeoNames made itself.
    """
    names = {name: PlaceName(name, "", "main")}
    if plain and plain != name:
        names[plain] = PlaceName(plain)
    for one in given:
        known = names.get(one.text)
        if known is None:
            names[one.text] = one
        elif not known.lang:
            kind = "main" if known.kind == "main" else one.kind
            names[one.text] = PlaceName(one.text, one.lang, kind)
    return tuple(names.values())
