"""Who's On First places as a table: one row a place, names by language."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from gazetteer.place import Place
from gazetteer.sources.cells import (
    Found,
    make_names,
    parse_count,
    parse_degrees,
    parse_name,
    read_table,
    split_names,
)
from gazetteer.sources.generated import drop_codes, drop_generated
from gazetteer.sources.radius import make_radius_km
from gazetteer.sources.rows import Row
from geo.errors import InputError

REQUIRED = frozenset({"wof_id", "placetype", "name", "latitude", "longitude"})
# Placetypes to feature codes, where the row has none of GeoNames'. Others are left out.
_CODES = {
    "campus": "AIRP",  # all but a few of the campuses in the table are airports
    "country": "PCLI",
    "region": "ADM1",
    "county": "ADM2",
    "localadmin": "ADM3",
    "locality": "PPL",
    "neighbourhood": "PPLX",
    "macrohood": "PPLX",
    "microhood": "PPLX",
    "borough": "PPLX",
}
# `cessation` and `deprecated` hold a date where the place is gone; these mean that it is not.
_STILL_THERE = frozenset({"", "uuuu", "u", ".."})


def read_whosonfirst(path: Path, country: str = "") -> Iterator[Found]:
    """Yields the places that still are; `country` is used where a row has none."""

    def make(row: Row) -> Place | None:
        if not row.keys() >= REQUIRED:
            raise InputError(f"{path.name}: the heading cannot be read; close the quotes in it")
        return _make_place(row, country)

    return read_table(path, make)


def _is_gone(row: Row) -> bool:
    return (
        bool(row.get("superseded_by", "").strip())
        or row.get("is_current", "").strip() == "0"
        or row.get("cessation", "").strip() not in _STILL_THERE
        or row.get("deprecated", "").strip() not in _STILL_THERE
    )


def _drop_codes(names: Sequence[str], feature_code: str) -> Sequence[str]:
    """English names without the codes that stand among them: of countries (SYR), of airports."""
    return drop_codes(names, most_letters=4 if feature_code == "AIRP" else 3)


def _make_place(row: Row, country: str) -> Place | None:
    code = row.get("feature_code", "") or _CODES.get(row["placetype"], "")
    if not code or _is_gone(row):
        return None
    name, population = parse_name(row, "name"), parse_count(row, "population")
    number = row.get("geonameid", "").strip()
    return Place(
        place_id=f"wof:{row['wof_id']}",
        name=name,
        lon=parse_degrees(row, "longitude", 180),
        lat=parse_degrees(row, "latitude", 90),
        feature_code=code,
        country=row.get("country", "").strip() or country,
        source="Who's On First",
        radius_km=make_radius_km(code, population),
        names=make_names(
            name,
            ([row.get("gn_name", ""), row.get("gn_asciiname", "")], ""),
            (_drop_codes(split_names(row.get("names_eng", "")), code), "en"),
            (drop_generated(split_names(row.get("names_ara", ""))), "ar"),
            (split_names(row.get("names_other", "")), ""),
        ),
        admin1=row.get("region", ""),
        admin2=row.get("county", ""),
        population=population,
        same_as=(f"geonames:{int(number)}",) if number.isdigit() else (),
    )
