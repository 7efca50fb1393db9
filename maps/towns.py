"""Towns as they are written on a map: usual names, and none for the quarters of another town."""

import csv
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from geo.areas import Town, load_towns

NAMES_FILE = Path(__file__).parent / "data" / "town_names.csv"
# What romanisations of Arabic put on letters (macron, dot or cedilla below, line below); English
# reports leave it out. Accents of French stay.
_ROMAN_MARKS = frozenset("\u0304\u0323\u0327\u0331")


class TownName(NamedTuple):
    """Our name for a town of the packaged list; with neither name, the town is left out."""

    country: str
    name: str
    english: str
    arabic: str
    why: str


@cache
def load_town_names() -> dict[tuple[str, str], TownName]:
    """Our own names by country and the packaged list's name."""
    with NAMES_FILE.open(encoding="utf-8", newline="") as file:
        rows = [TownName(**row) for row in csv.DictReader(file)]
    return {(row.country, row.name): row for row in rows}


@cache
def load_label_towns() -> tuple[Town, ...]:
    """The packaged towns under their usual names, the largest first."""
    own = load_town_names()
    arabic = frozenset(town.country for town in load_towns() if town.name_ar)
    found = []
    for town in load_towns():
        given = own.get((town.country, town.name))
        if given and not given.english and not given.arabic:
            continue
        plain = drop_marks(town.name) if town.country in arabic else town.name
        english = given.english if given else ""
        name_ar = given.arabic if given else ""
        found.append(town._replace(name=english or plain, name_ar=name_ar or town.name_ar))
    return tuple(found)


def drop_marks(name: str) -> str:
    """A romanised name without the marks of its romanisation.

    >>> drop_marks("Ţarţūs"), drop_marks("Sétif")
    ('Tartus', 'Sétif')
    """
    letters = unicodedata.normalize("NFD", name)
    kept = "".join(letter for letter in letters if letter not in _ROMAN_MARKS)
    return unicodedata.normalize("NFC", kept)
