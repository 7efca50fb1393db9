"""How far apart two spellings of a name are: an edit distance that knows romanisation."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from gazetteer.alignment import VOWELS, align
from gazetteer.normalize import name_keys, spell_names
from gazetteer.rules import load_generic_words, load_qualifiers, load_rules

Array = NDArray[Any]

_REPEATED = re.compile(r"(.)\1+")
_ARABIC = re.compile("[\u0600-\u06ff]")
_VOWEL = re.compile("[aeiou]")


class Apart(NamedTuple):
    """Names taken apart, a column each.

    `fold` and `variant` number the forms of the names, `whole` and `stem` the sounds with and
    without the last, which is `last`; `cores` are the sounds without generic words, and `kinds`
    the number of the generic words of each weight (0 for none), a row a weight, the weightiest
    first.
    """

    fold: Array
    variant: Array
    is_arabic: Array
    skeletons: list[str]
    sounds: list[str]
    cores: list[str]
    whole: Array
    stem: Array
    last: Array
    kinds: Array


def is_arabic(text: str) -> bool:
    """Whether a name holds letters of Arabic script."""
    return _ARABIC.search(text) is not None


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
    return [float(share) for share in compare_pairs([name, *others], these, those)]


def compare_pairs(names: Sequence[str], these: Array, those: Array) -> Array:
    """Returns how far apart the spellings of each pair are; pairs are indexes into the names."""
    if not len(these):
        return np.zeros(0)
    apart = _take_apart(names)
    shares = np.zeros(len(these))
    across = apart.is_arabic[these] != apart.is_arabic[those]
    same = apart.fold[these] == apart.fold[those]
    same |= ~across & (apart.variant[these] == apart.variant[those])
    for pairs, compare in ((~same & across, _compare_scripts), (~same & ~across, _compare_words)):
        shares[pairs] = compare(apart, these[pairs], those[pairs])
    return shares


def _take_apart(names: Sequence[str]) -> Apart:
    folds, variants, skeletons, arabic, sounds, cores, words = map(
        list, zip(*_take_names(names), strict=True)
    )
    numbers: dict[str, int] = {}
    sets: dict[tuple[str, ...], int] = {(): 0}
    kinds = [[sets.setdefault(held, len(sets)) for held in each] for each in words]
    return Apart(
        _number(folds, {}),
        _number(variants, {}),
        np.array(arabic, bool),
        skeletons,
        sounds,
        cores,
        _number(sounds, numbers),
        _number([text[:-1] for text in sounds], numbers),
        np.array([text[-1:] for text in sounds]),
        np.array(kinds, np.int64).reshape(len(kinds), -1).T,
    )


_Sets = tuple[tuple[str, ...], ...]
_Name = tuple[str, str, str, bool, str, str, _Sets]
# The forms of the names compared lately: the same places come back for every name of a country.
_KEPT: dict[str, _Name] = {}
_MOST_KEPT = 50_000


def _take_names(names: Sequence[str]) -> list[_Name]:
    """Each name's folded form, variant key, skeleton, script, sounds, core, generic words."""
    distinct = dict.fromkeys(names)
    missing = [name for name in distinct if name not in _KEPT]
    if len(_KEPT) + len(missing) > _MOST_KEPT:
        _KEPT.clear()
        missing = list(distinct)
    if missing:
        forms, parts = name_keys(missing), map(_split_sounds, spell_names(missing))
        scripts = map(is_arabic, forms.folds)
        for name, *keys, script, part in zip(missing, *forms, scripts, parts, strict=True):
            _KEPT[name] = (keys[0], keys[1], keys[2], script, *part)
    return [_KEPT[name] for name in names]


def _number(texts: Sequence[str], numbers: dict[str, int]) -> Array:
    return np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.int64)


def _split_sounds(spelled: str) -> tuple[str, str, _Sets]:
    """All sounds of a name, its qualifiers (eastern, upper) last; its core; its generic words."""
    generic, weights = _load_spelled_generic(), _load_generic_weights()
    words = sorted(spelled.split(), key=_load_spelled_qualifiers().__contains__)
    core = [word for word in words if word not in generic]
    kinds = {word for word in words if word in generic}
    held = (tuple(sorted(w for w in kinds if generic[w] == weight)) for weight in weights)
    return _join(words), _join(core), tuple(held)


def _join(words: list[str]) -> str:
    return _REPEATED.sub(r"\1", "".join(words))


@cache
def _load_spelled_qualifiers() -> frozenset[str]:
    return frozenset(spell_names(sorted(load_qualifiers())))


@cache
def _load_spelled_generic() -> dict[str, float]:
    words = load_generic_words()
    return dict(zip(spell_names(list(words)), words.values(), strict=True))


@cache
def _load_generic_weights() -> tuple[float, ...]:
    return tuple(sorted(set(load_generic_words().values()), reverse=True))


def _compare_scripts(apart: Apart, these: Array, those: Array) -> Array:
    bare = [[apart.skeletons[row] for row in rows.tolist()] for rows in (these, those)]
    letters = [max(2, len(a), len(b)) for a, b in zip(*bare, strict=True)]
    edits = cpdist(*bare, scorer=Levenshtein.distance) if letters else np.zeros(0)
    unknown = np.where(edits > 0, _letter_rule("scripts"), _letter_rule("scripts_alike"))
    return np.asarray((unknown + edits) / np.array(letters))


def _compare_words(apart: Apart, these: Array, those: Array) -> Array:
    """The cheaper of comparing all letters, and the cores with what differs of generic words."""
    counted = _count_consonants(apart.sounds, these, those)
    ending = np.where(_is_derived(apart, these, those), _letter_rule("ending"), 0.0)
    shares: Array = (align(apart.sounds, these, those) + ending) / counted
    mine, theirs = apart.kinds[:, these], apart.kinds[:, those]
    has_core = np.array([bool(core) for core in apart.cores], bool)
    split = np.flatnonzero((mine != theirs).any(axis=0) & has_core[these] & has_core[those])
    if len(split):
        extra = _weigh_generic(mine[:, split], theirs[:, split])
        pairs = these[split], those[split]
        cores = align(apart.cores, *pairs) / _count_consonants(apart.cores, *pairs)
        shares[split] = np.minimum(shares[split], cores + extra)
    return shares


def _weigh_generic(mine: Array, theirs: Array) -> Array:
    """What generic words cost that only one name has, or that differ."""
    weights = np.array(_load_generic_weights())
    heaviest = weights[(mine != theirs).argmax(axis=0)] / weights.max()
    both = mine.any(axis=0) & theirs.any(axis=0)
    costs = np.where(both, _letter_rule("word_changed"), _letter_rule("word_lost"))
    return np.asarray(costs * heaviest)


def _count_consonants(texts: Sequence[str], these: Array, those: Array) -> Array:
    """The consonants of the longer text of each pair, and no fewer than a difference counts for."""
    counts = np.array([len(_VOWEL.sub("", text)) for text in texts], np.int64)
    return np.maximum(_letter_rule("least_letters"), np.maximum(counts[these], counts[those]))


def _is_derived(apart: Apart, these: Array, those: Array) -> Array:
    """Whether one name is the other with -i: "Baghdadi" is somebody or a place of Baghdad."""
    is_bare = ~np.isin(apart.last, list(VOWELS))
    derived = np.zeros(len(these), bool)
    for longer, shorter in ((these, those), (those, these)):
        is_stem = (apart.stem[longer] == apart.whole[shorter]) & (apart.last[longer] == "i")
        derived |= is_stem & is_bare[shorter]
    return derived


@cache
def _letter_rule(name: str) -> float:
    """One of the numbers about letters in `weights.yaml`."""
    return float(load_rules("weights")["letters"][name])
