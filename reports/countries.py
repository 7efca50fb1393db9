"""Countries as reports name them: their names, adjectives, and the one a report is about."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from geo.areas import load_areas
from reports.words import load_words

# A country named as the place ("in Syria", "Syria's north") says more than one that acts.
PLACE_WEIGHT = 3
# A first-level area of a country ("Idlib", "Borno") is a place by itself.
ADMIN_WEIGHT = 2
TITLE_WEIGHT = 2
# An armed group is known from one country, and fights there more often than not.
HOME_WEIGHT = 2
LOCATING = re.compile(
    r"\b(?:in|into|across|(?<!president\s)(?<!government\s)(?<!minister\s)(?<!king\s)of)\s"
    r"(?:the\s|(?:north|south|east|west|central)\w*\s)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Country:
    """A country in words: ISO 3166-1 alpha-2 code, names, adjectives and capital."""

    code: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    capital: str

    @property
    def name(self) -> str:
        """The name it is shown by."""
        return self.names[0]

    @property
    def adjective(self) -> str:
        """Its first adjective, or its name where it has none."""
        return self.adjectives[0] if self.adjectives else self.names[0]


class CountryMention(NamedTuple):
    """A country named in a text; `kind` is `name` or `adjective`."""

    code: str
    kind: str
    start: int
    end: int


@cache
def load_countries() -> dict[str, Country]:
    """All countries by code."""
    return {
        code: Country(code, tuple(row["names"]), tuple(row["adjectives"]), row["capital"])
        for code, row in load_words("countries").items()
    }


@cache
def _words() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for country in load_countries().values():
        for word in country.adjectives:
            found.setdefault(word, (country.code, "adjective"))
            found.setdefault(f"{word}s", (country.code, "adjective"))
        for word in country.names:
            found.setdefault(word, (country.code, "name"))
    return found


@cache
def country_pattern() -> str:
    """A regular expression (no groups) of every country name and adjective, longest first."""
    words = sorted(_words(), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in words) + ")"


@cache
def _compiled() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){country_pattern()}(?!\w)")


def lookup_country(word: str) -> Country | None:
    """The country a name or an adjective stands for, or `None`.

    >>> lookup_country("Malian").code
    'ML'
    """
    entry = _words().get(word.removesuffix("'s").removesuffix("\u2019s").strip())
    return load_countries()[entry[0]] if entry else None


def find_countries(text: str) -> list[CountryMention]:
    """Every country named in the text, by name or adjective.

    >>> [mention.code for mention in find_countries("Sudanese troops crossed into South Sudan.")]
    ['SD', 'SS']
    """
    return [
        CountryMention(*_words()[match.group()], match.start(), match.end())
        for match in _compiled().finditer(text)
    ]


@cache
def _admin_names() -> dict[str, tuple[str, ...]]:
    """Countries of each name of a first-level area; capitals stand for governments too."""
    capitals = {entry.capital for entry in load_countries().values()}
    found: dict[str, set[str]] = {}
    for area in load_areas():
        if area.level == 1:
            for name in (area.name, *area.names):
                found.setdefault(name, set()).add(area.country)
    return {
        name: tuple(sorted(codes))
        for name, codes in found.items()
        if len(name) > 3 and name not in _words() and name not in capitals
    }


def find_report_country(title: str, text: str) -> str:
    """The country a report is about (alpha-2), or an empty text where none stands out.

    Counted: names and adjectives; those that locate ("in Mali", "Mali's") weigh more, and so
    do names of a country's first-level areas. Two that weigh the same leave it open.
    """
    votes: Counter[str] = Counter()
    _vote_countries(votes, title, TITLE_WEIGHT)
    _vote_countries(votes, text, 1)
    _vote_areas(votes, f"{title}\n{text}")
    _vote_homes(votes, f"{title}\n{text}")
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]


def _vote_countries(votes: Counter[str], text: str, weight: int) -> None:
    for mention in find_countries(text):
        before = text[max(0, mention.start - 24) : mention.start]
        after = text[mention.end : mention.end + 2]
        locates = mention.kind == "name" and (LOCATING.search(before) or after in {"'s", "\u2019s"})
        votes[mention.code] += weight * (PLACE_WEIGHT if locates else 1)


def _vote_homes(votes: Counter[str], text: str) -> None:
    """Votes of capitals and of armed groups known from one country."""
    for entry in load_countries().values():
        if len(entry.capital) > 3 and re.search(
            rf"\b{re.escape(entry.capital)}\b", text, re.IGNORECASE
        ):
            votes[entry.code] += 1
    for group in load_words("actors")["groups"]:
        named = any(re.search(rf"\b{re.escape(alias)}\b", text) for alias in group["aliases"])
        if named and group.get("home"):
            votes[group["home"]] += HOME_WEIGHT


def _vote_areas(votes: Counter[str], text: str) -> None:
    names = _admin_names()
    for match in re.finditer(r"\b[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+){0,2}", text):
        words = match.group().split()
        for size in range(len(words), 0, -1):
            codes = names.get(" ".join(words[:size]), ())
            if len(codes) == 1:
                votes[codes[0]] += ADMIN_WEIGHT
                break
