"""A table of one's own: `name`, `lat`, `lon`, and any of a place's other columns."""

from collections.abc import Iterator
from pathlib import Path

import xxhash

from gazetteer.place import Place
from gazetteer.sources.bundled import find_same
from gazetteer.sources.cells import (
    MOST_LETTERS,
    BadCellError,
    Found,
    is_arabic,
    make_names,
    parse_count,
    parse_degrees,
    parse_name,
    read_table,
    split_names,
)
from gazetteer.sources.radius import make_radius_km
from gazetteer.sources.rows import Row

# Our column and the headings under which people keep it, in lower case.
COLUMNS = {
    "name": ("name", "place", "place_name", "toponym"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "place_id": ("place_id", "id"),
    "name_ar": ("name_ar", "arabic", "name_arabic"),
    "other_names": ("other_names", "names", "alternatenames", "alternate_names", "aliases"),
    "feature_code": ("feature_code", "feature", "type"),
    "radius_km": ("radius_km",),
    "country": ("country", "country_code", "iso2"),
    "admin1": ("admin1", "province", "governorate"),
    "admin2": ("admin2", "district"),
    "population": ("population", "pop"),
    "source": ("source",),
}


_MOST_SOURCE_LETTERS = 60


def find_columns(headings: list[str]) -> dict[str, str]:
    """Returns our column names and the headings that stand for them.

    >>> find_columns(["Name", "Latitude", "Lon", "note"])
    {'name': 'Name', 'lat': 'Latitude', 'lon': 'Lon'}
    """
    known = {heading.strip().lower(): heading for heading in headings}
    found = {}
    for column, spellings in COLUMNS.items():
        for spelling in spellings:
            if spelling in known:
                found[column] = known[spelling]
                break
    return found


def read_plain(path: Path, country: str = "") -> Iterator[Found]:
    """Yields the places of the table; `country` is used where a row has none."""
    columns: dict[str, str] = {}

    def make_place(row: Row) -> Place:
        if not columns:
            columns.update(find_columns(list(row)))
        return _make_place({ours: row[theirs] for ours, theirs in columns.items()}, country)

    return read_table(path, make_place)


def _make_place(row: Row, country: str) -> Place:
    name, population = parse_name(row, "name"), parse_count(row, "population")
    lon, lat = parse_degrees(row, "lon", 180), parse_degrees(row, "lat", 90)
    code = row.get("feature_code", "").strip().upper() or "PPL"
    given = row.get("place_id", "").strip()
    if len(given) > MOST_LETTERS:
        raise BadCellError("place_id", f"{given[:60]!r}... is too long for an id")
    arabic = row.get("name_ar", "").strip()
    return Place(
        place_id=given if ":" in given else f"own:{given or _make_id(name, lon, lat)}",
        name=name,
        lon=lon,
        lat=lat,
        feature_code=code,
        country=row.get("country", "").strip().upper() or country,
        source=_find_source(row),
        radius_km=_parse_radius(row) or make_radius_km(code, population),
        names=make_names(
            name,
            ([arabic], "ar" if is_arabic(arabic) else ""),
            (split_names(row.get("other_names", "")), ""),
        ),
        admin1=row.get("admin1", "").strip(),
        admin2=row.get("admin2", "").strip(),
        population=population,
        same_as=find_same(row.get("source", "")),
    )


def _find_source(row: Row) -> str:
    """Who says so, where a few words do; a web address for each place is no source's name."""
    source = row.get("source", "").strip()
    return source if 0 < len(source) <= _MOST_SOURCE_LETTERS and "://" not in source else "own list"


def _make_id(name: str, lon: float, lat: float) -> str:
    """An id that stays the same when rows are added or sorted."""
    return f"{xxhash.xxh3_64_intdigest(f'{name} {lon:.5f} {lat:.5f}'.encode()):016x}"[:12]


def _parse_radius(row: Row) -> float:
    text = row.get("radius_km", "").strip()
    try:
        radius_km = float(text) if text else 0.0
    except ValueError as error:
        raise BadCellError("radius_km", f"{text!r} is no number of kilometres") from error
    if not 0 <= radius_km < 20_000:
        raise BadCellError("radius_km", f"{text!r} is no radius on Earth")
    return radius_km
