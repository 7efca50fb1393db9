"""OCHA's tables of places (CSV, XLSX): names in English and Arabic, P-codes, positions.

Populated places (`LocationName_en`, `Location_Pcode`) and tables of admin areas with a position,
in either style of columns: `admin3Name_en`, `admin3Pcode` or `ADM3_EN`, `ADM3_PCODE`.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from gazetteer.place import Place
from gazetteer.sources.cells import (
    Found,
    make_names,
    parse_degrees,
    parse_name,
    read_table,
)
from gazetteer.sources.radius import make_radius_km
from gazetteer.sources.rows import Row, read_heading

# Camps, farms and the like that OCHA counts as locations; everything else is a settlement.
_CODES = {"camp": "CMPRF", "idp camp": "CMPRF", "neighborhood": "PPLX", "neighbourhood": "PPLX"}
_LEVELS = ("PCLI", "ADM1", "ADM2", "ADM3", "ADM4")
_QUALIFIED = re.compile(r"^(?P<name>[^(]+?)\s*\((?P<rest>[^)]+)\)$")
_TWO_NAMES = re.compile(r"\s+-\s+|\s*/\s*|_")
_LATITUDE = r"latitude|lat|lat_?dd|y|y_coord|point_?y|center_lat"
_LONGITUDE = r"longitude|lon|long|lon_?dd|x|x_coord|point_?x|center_lon"
_ENGLISH, _ARABIC = r"_?(?:name)?(?:_?en)?", r"_?(?:name)?_?(?:ar|1)"


class Columns(NamedTuple):
    """The columns of a table of OCHA's; `level` is that of its rows, -1 for populated places."""

    name: str
    arabic: str
    pcode: str
    lat: str
    lon: str
    level: int
    admin1: str
    admin2: str
    kind: str
    country: str


def find_columns(headings: Sequence[str]) -> Columns | None:
    """Returns which columns hold what, or `None` for a table that is not OCHA's.

    >>> find_columns(["ADM3_EN", "ADM3_PCODE", "ADM1_EN", "POINT_X", "POINT_Y"]).level
    3
    """

    def pick(pattern: str) -> str:
        whole = re.compile(pattern, re.IGNORECASE)
        return next((heading for heading in headings if whole.fullmatch(heading)), "")

    stems = ["location"] + [rf"adm(?:in)?{level}" for level in range(4, -1, -1)]
    found = [stem for stem in stems if pick(stem + _ENGLISH) and pick(rf"{stem}_?pcode")]
    lat, lon = pick(_LATITUDE), pick(_LONGITUDE)
    if not found or not lat or not lon or pick("name"):  # `name`: someone's own list
        return None
    stem, level = found[0], -1 if found[0] == stems[0] else int(found[0][-1])
    return Columns(
        name := pick(stem + _ENGLISH),
        pick(stem + _ARABIC),
        pick(rf"{stem}_?pcode"),
        lat,
        lon,
        level,
        pick(r"adm(?:in)?1" + _ENGLISH) if level != 1 else name,
        pick(r"adm(?:in)?2" + _ENGLISH) if level not in {1, 2} else "",
        pick(r"location_?type"),
        pick(r"adm(?:in)?0_?pcode"),
    )


def read_ocha(path: Path, country: str = "") -> Iterator[Found]:
    """Yields the places; `country` is used where a row has no P-code of a country."""
    columns = find_columns(read_heading(path))
    if columns is not None:
        yield from read_table(path, lambda row: _make_place(row, columns, country))


def _make_place(row: Row, columns: Columns, country: str) -> Place:
    name, arabic = parse_name(row, columns.name), row.get(columns.arabic, "").strip()
    plain_arabic = _plain_arabic(name, arabic)
    pcode = row[columns.pcode].strip()[:60]
    code = _find_code(row.get(columns.kind, ""), pcode, columns.level)
    home = row.get(columns.country, "").strip()[:2].upper()
    lon, lat = parse_degrees(row, columns.lon, 180), parse_degrees(row, columns.lat, 90)
    return Place(
        place_id=f"ocha:{pcode or f'{name}-{lon:.3f}-{lat:.3f}'}",
        name=_plain(name),
        lon=lon,
        lat=lat,
        feature_code=code,
        country=home if home.isascii() and home.isalpha() else country,
        source="OCHA",
        radius_km=make_radius_km(code),
        names=make_names(
            _plain(name),
            ([name, *_halves(_plain(name))], "en"),
            ([plain_arabic, arabic, *_halves(plain_arabic)], "ar"),
        ),
        admin1=row.get(columns.admin1, "").strip(),
        admin2=row.get(columns.admin2, "").strip(),
    )


def _find_code(kind: str, pcode: str, level: int) -> str:
    """The feature code of a row.

    The fourth level is wards in most countries and communities in Syria; P-codes of areas begin
    with the country's two letters, those of Syria's communities with one letter: `C1001`.
    """
    if level < 0 or (level == len(_LEVELS) - 1 and not pcode[:2].isalpha()):
        return _CODES.get(kind.strip().lower(), "PPL")
    return _LEVELS[level]


def _plain(name: str) -> str:
    """The name without the town that tells it from its namesakes: `Samra (Lattakia)`."""
    match = _QUALIFIED.match(name)
    return match["name"] if match else name


def _plain_arabic(name: str, arabic: str) -> str:
    """The Arabic name without the same qualifier, written there after a dash."""
    return arabic.split(" - ", maxsplit=1)[0].strip() if _QUALIFIED.match(name) else arabic


def _halves(name: str) -> list[str]:
    """Both names of a place that has two: `Hamshu - Hamashtlak`, `Ashrafia/Madlousah`."""
    parts = _TWO_NAMES.split(name)
    return parts if len(parts) == 2 and min(map(len, parts)) > 2 else []
