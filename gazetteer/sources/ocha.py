"""OCHA's table of populated places: communities with English and Arabic names and P-codes."""

import re
from collections.abc import Iterator
from pathlib import Path

from gazetteer.place import Place
from gazetteer.sources.cells import (
    Found,
    make_names,
    parse_degrees,
    parse_name,
    read_table,
)
from gazetteer.sources.radius import make_radius_km
from gazetteer.sources.rows import Row

REQUIRED = frozenset({"LocationName_en", "Location_Pcode", "latitude", "longitude"})
# Camps, farms and the like that OCHA counts as locations; everything else is a settlement.
_CODES = {"camp": "CMPRF", "idp camp": "CMPRF", "neighborhood": "PPLX", "neighbourhood": "PPLX"}
_QUALIFIED = re.compile(r"^(?P<name>[^(]+?)\s*\((?P<rest>[^)]+)\)$")
_TWO_NAMES = re.compile(r"\s+-\s+|\s*/\s*|_")


def read_ocha(path: Path, country: str = "") -> Iterator[Found]:
    """Yields the communities; `country` is used where a row has no P-code of a country."""
    return read_table(path, lambda row: _make_place(row, country))


def _make_place(row: Row, country: str) -> Place:
    name, arabic = parse_name(row, "LocationName_en"), row.get("LocationName_ar", "").strip()
    plain_arabic = _plain_arabic(name, arabic)
    code = _CODES.get(row.get("location_type", "").strip().lower(), "PPL")
    return Place(
        place_id=f"ocha:{row['Location_Pcode'].strip()}",
        name=_plain(name),
        lon=parse_degrees(row, "longitude", 180),
        lat=parse_degrees(row, "latitude", 90),
        feature_code=code,
        country=row.get("admin0Pcode", "").strip()[:2] or country,
        source="OCHA",
        radius_km=make_radius_km(code),
        names=make_names(
            _plain(name),
            ([name, *_halves(_plain(name))], "en"),
            ([plain_arabic, arabic, *_halves(plain_arabic)], "ar"),
        ),
        admin1=row.get("admin1Name_en", ""),
        admin2=row.get("admin2Name_en", ""),
    )


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
