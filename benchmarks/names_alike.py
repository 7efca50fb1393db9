"""Whether two names are alike: a measure of the benchmark's own, not that of what it measures.

Folds, ceilings, causes of misses and "the other source has it" must mean the same before and after
a change to the gazetteer's comparison of names, so this one stays as it is.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz

# From here on (rapidfuzz's ratio of the two cores) two spellings are taken for one name: about as
# many places have a name so alike near them as have one at compare_names <= 0.3 (docs/names.md).
ALIKE = 80.0
_RULES = Path(__file__).with_name("names_alike.yaml")
_ARTICLE = "\u0627\u0644"
_ARABIC_LETTER = re.compile("[\u0600-\u06ff]")
_WORD = re.compile(r"\w+")


def is_arabic(text: str) -> bool:
    """Whether a name holds Arabic letters."""
    return _ARABIC_LETTER.search(text) is not None


@cache
def _load_rules() -> dict[str, Any]:
    rules: dict[str, Any] = yaml.safe_load(_RULES.read_text(encoding="utf-8"))
    return rules


@lru_cache(maxsize=500_000)
def to_core(name: str) -> str:
    """A name without accents, articles and words for what kind of place it is, roughly as spoken.

    >>> to_core("Shaykh Maskin town"), to_core("Sheikh Miskin"), to_core("قرية الشيخ")
    ('sih maskin', 'sih miskin', 'شيخ')
    """
    flat = unicodedata.normalize("NFKD", name.casefold())
    rules = _load_rules()
    flat = "".join(c for c in flat if not unicodedata.combining(c) and c not in rules["marks"])
    words = [word for word in _WORD.findall(flat) if word not in rules["features"]]
    kept = [word for word in words if word not in rules["articles"]] or words
    return " ".join(_sound(word) for word in kept)


def _sound(word: str) -> str:
    arabic = is_arabic(word)
    for pattern, letter in _load_rules()["arabic" if arabic else "latin"]:
        word = re.sub(pattern, letter, word)
    if arabic:
        return word[2:] if word.startswith(_ARTICLE) and len(word) > 4 else word
    return re.sub(r"(.)\1+", r"\1", word)


def is_alike(one: str, other: str) -> bool:
    """Whether two names in one script are spellings of one; never true across scripts."""
    cores = to_core(one), to_core(other)
    if not all(cores) or is_arabic(cores[0]) != is_arabic(cores[1]):
        return False
    joined = [core.replace(" ", "") for core in cores]
    return joined[0] == joined[1] or fuzz.ratio(*joined) >= ALIKE


def is_equal(one: str, other: str) -> bool:
    """Whether two names are the same but for accents, article, kind of place and sound."""
    return to_core(one).replace(" ", "") == to_core(other).replace(" ", "") != ""


def split_names(text: str) -> list[str]:
    """The names of a string that gives several: "Kafaldin/Kafr Lusin village".

    >>> split_names("Abu Naytal (Farraj) village")
    ['Abu Naytal village', 'Farraj']
    """
    inner = re.findall(r"\(([^)]+)\)", text)
    outer = re.sub(r"\s*\([^)]*\)", "", text)
    return [part.strip() for part in (*outer.split("/"), *inner) if part.strip()]
