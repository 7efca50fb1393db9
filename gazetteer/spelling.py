"""How far apart two spellings of a name are: an edit distance that knows romanisation."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from gazetteer.alignment import VOWELS, Letters, align, encode_letters, ends_in
from gazetteer.normalize import name_keys
from gazetteer.rules import load_rules
from gazetteer.sounds import Apart, is_arabic, take_apart, weigh_kinds

__all__ = [
    "compare_apart",
    "compare_looks",
    "compare_names",
    "compare_pairs",
    "compare_with",
    "is_arabic",
]

Array = NDArray[Any]


@lru_cache(maxsize=65_536)
def compare_names(one: str, other: str) -> float:
    """Returns how far apart two spellings are: 0 the same, 1 nothing in common (or more).

    A letter that romanisations mix or leave out counts for less than another; words that only
    say what kind of place it is count for less than a name's core. Latin and Arabic script are
    compared by their consonants.

    >>> compare_names("Karratin", "Karatin"), round(compare_names("Hama", "Homs"), 2)
    (0.0, 0.37)
    """
    return float(compare_pairs([one, other], np.array([0]), np.array([1]))[0])


def compare_with(name: str, others: Sequence[str]) -> list[float]:
    """Returns how far apart a name and each of others are."""
    these = np.zeros(len(others), np.int64)
    those = 1 + np.arange(len(others))
    shares: list[float] = compare_pairs([name, *others], these, those).tolist()
    return shares


def compare_pairs(names: Sequence[str], these: Array, those: Array) -> Array:
    """Returns how far apart the spellings of each pair are; pairs are indexes into the names."""
    return compare_apart(take_apart(names), these, those) if len(these) else np.zeros(0)


def compare_apart(apart: Apart, these: Array, those: Array) -> Array:
    """Returns how far apart the spellings of each pair of names taken apart are."""
    shares = np.zeros(len(these))
    across = apart.is_arabic[these] != apart.is_arabic[those]
    same = apart.fold[these] == apart.fold[those]
    same |= ~across & (apart.variant[these] == apart.variant[those])
    for pairs, compare in ((~same & across, _compare_scripts), (~same & ~across, _compare_words)):
        if pairs.any():
            shares[pairs] = compare(apart, these[pairs], those[pairs])
    return shares


def compare_looks(apart: Apart, these: Array, those: Array) -> Array:
    """Returns how unlike the spellings of each pair look, letter by letter, 0 to 1."""
    ones, others = apart.plain[these].tolist(), apart.plain[those].tolist()
    similar = cpdist(ones, others, scorer=Levenshtein.normalized_similarity)
    return np.asarray(1 - similar.astype(np.float64))


def _compare_scripts(apart: Apart, these: Array, those: Array) -> Array:
    used, at = np.unique(np.concatenate([these, those]), return_inverse=True)
    skeletons = np.array(name_keys(apart.name[used].tolist()).skeletons, object)
    ones, others = np.split(skeletons[at], 2)
    lengths = np.fromiter(map(len, skeletons), np.int64, len(skeletons))[at].reshape(2, -1)
    edits = cpdist(ones, others, scorer=Levenshtein.distance)
    unknown = np.where(edits > 0, _letter_rule("scripts"), _letter_rule("scripts_alike"))
    return np.asarray((unknown + edits) / np.maximum(2, lengths.max(axis=0)))


def _compare_words(apart: Apart, these: Array, those: Array) -> Array:
    """The cheaper of comparing all letters, and the cores with what differs of generic words."""
    letters = encode_letters(apart.sounds.tolist())
    ending = np.zeros(len(these))
    ending[_find_derived(apart.sounds, letters, these, those)] = _letter_rule("ending")
    counted = _count_consonants(letters, these, those)
    shares: Array = (align(letters, these, those) + ending) / counted
    mine, theirs = apart.kinds[these], apart.kinds[those]
    has_core = apart.core != ""
    split = np.flatnonzero((mine != theirs).any(axis=1) & has_core[these] & has_core[those])
    if len(split):
        extra = _weigh_generic(mine[split], theirs[split])
        pairs = these[split], those[split]
        letters = encode_letters(apart.core.tolist())
        cores = align(letters, *pairs) / _count_consonants(letters, *pairs)
        shares[split] = np.minimum(shares[split], cores + extra)
    return shares


def _weigh_generic(mine: Array, theirs: Array) -> Array:
    """What generic words cost that only one name has, or that differ."""
    both = mine.any(axis=1) & theirs.any(axis=1)
    costs = np.where(both, _letter_rule("word_changed"), _letter_rule("word_lost"))
    return np.asarray(costs * weigh_kinds(mine != theirs))


def _count_consonants(letters: Letters, these: Array, those: Array) -> Array:
    """The consonants of the longer text of each pair, and no fewer than a difference counts for."""
    counts = letters.lengths - letters.vowels
    longer = np.maximum(counts[these], counts[those])
    return np.asarray(np.maximum(_letter_rule("least_letters"), longer))


def _find_derived(sounds: Array, letters: Letters, these: Array, those: Array) -> list[int]:
    """Which pairs are a name and the same with -i: "Baghdadi" is of Baghdad, not Baghdad."""
    lengths, is_derived = letters.lengths, ends_in(letters, "i")
    longer = np.where(lengths[these] > lengths[those], these, those)
    shorter = these + those - longer
    may_be = is_derived[longer] & (lengths[longer] == lengths[shorter] + 1)
    return [
        pair
        for pair in np.flatnonzero(may_be).tolist()
        if _has_ending(sounds[longer[pair]], sounds[shorter[pair]])
    ]


def _has_ending(longer: str, shorter: str) -> bool:
    return longer[:-1] == shorter and shorter[-1:] not in VOWELS


@cache
def _letter_rule(name: str) -> float:
    """One of the numbers about letters in `weights.yaml`."""
    return float(load_rules("weights")["letters"][name])
