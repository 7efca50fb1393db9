"""Names taken apart, to be compared: their forms, their sounds, what words say of a place's kind.

All names at once, one a line of one text: a name by itself costs ten times as much.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.letters import load_tables
from gazetteer.normalize import (
    change_lines,
    find_bases,
    plain_text,
    spell_names,
    spell_text,
    variant_text,
)
from gazetteer.rules import load_generic_words, load_qualifiers

Array = NDArray[Any]

_REPEATED = re.compile(r"(.)\1+")
_ARABIC = re.compile("[\u0600-\u06ff]")


class Apart(NamedTuple):
    """Names taken apart, a column each.

    `plains` are the names as `normalize.plain` writes them; `fold` and `variant` number their
    forms. `sounds` are those of all words, `cores` those without generic words; `kinds` has the
    number of the generic words of each weight (0 for none), a row a weight, the weightiest first.
    """

    names: Sequence[str]
    plains: list[str]
    fold: Array
    variant: Array
    is_arabic: Array
    sounds: list[str]
    cores: list[str]
    kinds: Array


class _Forms(NamedTuple):
    plains: list[str]
    folds: list[str]
    variants: list[str]
    spelled: list[str]


def is_arabic(text: str) -> bool:
    """Whether a name holds letters of Arabic script."""
    return not text.isascii() and _ARABIC.search(text) is not None


def take_apart(names: Sequence[str]) -> Apart:
    """Returns the forms and sounds of names."""
    forms = _find_forms(names)
    sounds, cores, kinds = _split_sounds(forms.spelled)
    return Apart(
        names,
        forms.plains,
        number_texts(forms.folds),
        number_texts(forms.variants),
        np.array([is_arabic(fold) for fold in forms.folds], bool),
        sounds,
        cores,
        kinds,
    )


def number_texts(texts: Sequence[str]) -> Array:
    """Returns numbers that are the same for the same texts.

    >>> number_texts(["b", "a", "b"]).tolist()
    [0, 1, 0]
    """
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.int64)


def _find_forms(names: Sequence[str]) -> _Forms:
    """What `plain`, `fold`, `variant_key` and `spell` make of each name, each step done once."""
    plains, folds = change_lines(names, _fold_plain)
    spelled, variants = change_lines(find_bases(names, folds), _vary_spelled)
    variants = [key or fold for key, fold in zip(variants, folds, strict=True)]
    return _Forms(plains, folds, variants, spelled)


def _fold_plain(text: str) -> tuple[str, str]:
    text = plain_text(text)
    return text.replace(" ", ""), load_tables().articles.sub("", text)


def _vary_spelled(base: str) -> tuple[str, str]:
    spelled = spell_text(base)
    return spelled, variant_text(spelled)


def _split_sounds(spelled: Sequence[str]) -> tuple[list[str], list[str], Array]:
    """All sounds of names, their qualifiers (eastern, upper) last; their cores; generic words."""
    lines = "\n".join(spelled).replace(" ", "")
    sounds = _REPEATED.sub(r"\1", lines).split("\n")
    cores = sounds.copy()
    kinds = np.zeros((len(_load_generic_weights()), len(spelled)), np.int64)
    telling = _load_telling()
    numbers: dict[tuple[str, ...], int] = {(): 0}
    for row, text in enumerate(spelled):
        if not telling.isdisjoint(text.split(" ")):
            sounds[row], cores[row], held = _split_words(text)
            kinds[:, row] = [numbers.setdefault(words, len(numbers)) for words in held]
    return sounds, cores, kinds


def _split_words(spelled: str) -> tuple[str, str, list[tuple[str, ...]]]:
    """The sounds of one name, its core, and its generic words of each weight."""
    generic = _load_generic()
    words = sorted(spelled.split(), key=_load_qualifiers().__contains__)
    core = [word for word in words if word not in generic]
    kinds = sorted({word for word in words if word in generic})
    held = [
        tuple([word for word in kinds if generic[word] == weight])
        for weight in _load_generic_weights()
    ]
    return _join(words), _join(core), held


def _join(words: list[str]) -> str:
    return _REPEATED.sub(r"\1", "".join(words))


def weigh_kinds(kinds: Array) -> Array:
    """Returns the weight of the first row that holds for each column, as a share of the most."""
    weights = np.array(_load_generic_weights())
    return np.asarray(weights[kinds.argmax(axis=0)] / weights.max())


@cache
def _load_qualifiers() -> frozenset[str]:
    return frozenset(spell_names(sorted(load_qualifiers())))


@cache
def _load_generic() -> dict[str, float]:
    words = load_generic_words()
    return dict(zip(spell_names(list(words)), words.values(), strict=True))


@cache
def _load_telling() -> frozenset[str]:
    """The words that make a name more than its sounds in a row."""
    return _load_qualifiers() | frozenset(_load_generic())


@cache
def _load_generic_weights() -> tuple[float, ...]:
    return tuple(sorted(set(load_generic_words().values()), reverse=True))
