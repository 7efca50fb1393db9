"""How far apart two spellings of a name are: an edit distance that knows romanisation."""

import re
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from rapidfuzz.distance import Levenshtein

from gazetteer.normalize import fold, skeleton, spell, variant_key
from gazetteer.rules import load_generic_words, load_qualifiers, load_rules

_REPEATED = re.compile(r"(.)\1+")
_ARABIC = re.compile("[\u0600-\u06ff]")
_VOWELS = frozenset("aeiou")
_HALF_VOWELS = frozenset("wy")
_OTHERS = "bcdfghjklmnpqrstvxzSHGDT"


class _Costs(NamedTuple):
    """What letters cost: lost or added, and changed into another."""

    rules: dict[str, float]
    lost: dict[str, float]
    changed: dict[str, dict[str, float]]


@cache
def _load_costs() -> _Costs:
    weights: dict[str, Any] = load_rules("weights")
    rules = weights["spelling"]
    letters = sorted(_VOWELS | _HALF_VOWELS | set("".join(weights["kin"])) | set(_OTHERS))
    lost = dict.fromkeys(letters, rules["letter"]) | dict.fromkeys(_VOWELS, rules["vowel_lost"])
    lost |= dict.fromkeys(_HALF_VOWELS, rules["half_vowel_lost"]) | {"h": rules["breath_lost"]}
    kin = {(a, b) for group in weights["kin"] for a in group for b in group}
    soft = _VOWELS | _HALF_VOWELS
    changed: dict[str, dict[str, float]] = {}
    for one in letters:
        for other in letters:
            if one == other:
                cost = 0.0
            elif one in soft and other in soft:
                cost = rules["vowel"]
            else:
                cost = rules["kin"] if (one, other) in kin else max(lost[one], lost[other])
            changed.setdefault(one, {})[other] = cost
    return _Costs(rules, lost, changed)


@lru_cache(maxsize=200_000)
def _distance(one: str, other: str) -> float:
    """The cheapest way from one string of sounds to another."""
    costs = _load_costs()
    letter = costs.rules["letter"]
    lost = [costs.lost.get(theirs, letter) for theirs in other]
    above = [0.0, *accumulate(lost)]
    for mine in one:
        mine_lost = costs.lost.get(mine, letter)
        changes = costs.changed.get(mine, {})
        last = above[0] + mine_lost
        row = [last]
        for at, theirs in enumerate(other):
            change = changes.get(theirs)
            if change is None:
                change = 0.0 if mine == theirs else letter
            best = above[at] + change
            dropped = above[at + 1] + mine_lost
            if dropped < best:  # noqa: PLR1730 - this loop is the cost of a comparison
                best = dropped
            last += lost[at]
            if best < last:  # noqa: PLR1730
                last = best
            row.append(last)
        above = row
    return above[-1]


def _share(distance: float, one: str, other: str) -> float:
    """A distance as a share of the consonants of the longer name."""
    if one.endswith("i") != other.endswith("i") and _is_derived(one, other):
        distance += _load_costs().rules["ending"]
    least = _load_costs().rules["least_letters"]
    letters = max(sum(letter not in _VOWELS for letter in text) for text in (one, other))
    return distance / max(least, letters)


def _is_derived(one: str, other: str) -> bool:
    """Whether one name is the other with -i: "Baghdadi" is somebody or a place of Baghdad."""
    shorter, longer = sorted((one, other), key=len)
    return longer[:-1] == shorter and shorter[-1:] not in _VOWELS


def _join(words: list[str]) -> str:
    return _REPEATED.sub(r"\1", "".join(words))


def is_arabic(text: str) -> bool:
    """Whether a name holds letters of Arabic script."""
    return _ARABIC.search(text) is not None


@lru_cache(maxsize=200_000)
def compare_names(one: str, other: str) -> float:
    """Returns how far apart two spellings are: 0 the same, 1 nothing in common (or more).

    A letter that romanisations mix or leave out counts for less than another; words that only
    say what kind of place it is count for less than a name's core. Latin and Arabic script are
    compared by their consonants.

    >>> compare_names("Karratin", "Karatin"), round(compare_names("Hama", "Homs"), 2)
    (0.0, 0.37)
    """
    folded = fold(one), fold(other)
    if folded[0] == folded[1]:
        return 0.0
    if is_arabic(folded[0]) != is_arabic(folded[1]):
        return _compare_scripts(one, other)
    if variant_key(one) == variant_key(other):
        return 0.0
    return _compare_words(_order_words(one), _order_words(other))


def _order_words(name: str) -> list[str]:
    """The words of a name as sounds, its qualifiers (eastern, upper) last."""
    return sorted(spell(name).split(), key=lambda word: word in _load_spelled_qualifiers())


@cache
def _load_spelled_qualifiers() -> frozenset[str]:
    return frozenset(spell(word) for word in load_qualifiers())


@cache
def _load_spelled_generic() -> dict[str, float]:
    return {spell(word): weight for word, weight in load_generic_words().items()}


def _compare_scripts(one: str, other: str) -> float:
    bare = skeleton(one), skeleton(other)
    letters = max(2, len(bare[0]), len(bare[1]))
    return (_load_costs().rules["scripts"] + Levenshtein.distance(*bare)) / letters


def _compare_words(mine: list[str], theirs: list[str]) -> float:
    """The cheaper of comparing all letters, and the cores with what differs of generic words."""
    whole = _share(_distance(_join(mine), _join(theirs)), _join(mine), _join(theirs))
    generic = _load_spelled_generic()
    cores = [[word for word in words if word not in generic] for words in (mine, theirs)]
    kinds = [{word for word in words if word in generic} for words in (mine, theirs)]
    if not cores[0] or not cores[1] or kinds[0] == kinds[1]:
        return whole
    rules = _load_costs().rules
    extra = rules["word_changed"] if kinds[0] and kinds[1] else rules["word_lost"]
    extra *= max(generic[word] for word in kinds[0] ^ kinds[1]) / max(generic.values())
    core = _share(_distance(_join(cores[0]), _join(cores[1])), _join(cores[0]), _join(cores[1]))
    return min(whole, core + extra)
