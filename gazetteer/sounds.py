"""Names taken apart, to be compared: their forms, their sounds, what words say of a place's kind.

All names at once, one a line of one text: a name by itself costs ten times as much.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.normalize import sound_forms, spell_names
from gazetteer.rules import load_generic_words, load_qualifiers

Array = NDArray[Any]

_REPEATED = re.compile(r"(.)\1+")
_ARABIC = re.compile("[\u0600-\u06ff]")


class Apart(NamedTuple):
    """Names taken apart, a column each.

    `plain`, `fold` and `variant` are what `normalize` makes of them. `sounds` are those of all
    words, `core` those without generic words; `kinds` has for each name a row with the number of
    its generic words of each weight (0 for none), the weightiest first.
    """

    name: Array
    plain: Array
    fold: Array
    variant: Array
    is_arabic: Array
    sounds: Array
    core: Array
    kinds: Array


class _Kept(NamedTuple):
    """Names taken apart lately, the row of each, and the numbers of generic words.

    The same places come back for every name of a country.
    """

    apart: Apart
    rows: dict[str, int]
    words: dict[tuple[str, ...], int]


_MOST_KEPT = 50_000
_TEXTS = ("name", "plain", "fold", "variant", "sounds", "core")
_KEPT: list[_Kept] = []


def is_arabic(text: str) -> bool:
    """Whether a name holds letters of Arabic script."""
    return not text.isascii() and _ARABIC.search(text) is not None


def take_apart(names: Sequence[str]) -> Apart:
    """Returns the forms and sounds of names."""
    kept = _hold(names)
    rows = np.fromiter(map(kept.rows.__getitem__, names), np.int64, len(names))
    return Apart(*(column[rows] for column in kept.apart))


def _hold(names: Sequence[str]) -> _Kept:
    """What is kept, these names with it."""
    distinct = dict.fromkeys(names)
    kept = _KEPT[0] if _KEPT else _make_kept(_MOST_KEPT)
    missing = [name for name in distinct if name not in kept.rows]
    if len(kept.rows) + len(missing) > len(kept.apart.name):
        missing = list(distinct)
        kept = _make_kept(max(_MOST_KEPT, len(missing)))
    _KEPT[:] = [kept]
    if missing:
        _add(kept, missing)
    return kept


def _make_kept(most: int) -> _Kept:
    columns = {name: np.empty(most, object) for name in _TEXTS}
    kinds = np.zeros((most, len(_load_generic_weights())), np.int64)
    return _Kept(Apart(**columns, is_arabic=np.zeros(most, bool), kinds=kinds), {}, {(): 0})


def _add(kept: _Kept, names: list[str]) -> None:
    """Takes names apart that are not kept yet."""
    start, end = len(kept.rows), len(kept.rows) + len(names)
    apart = Apart(*(column[start:end] for column in kept.apart))
    forms = sound_forms(names)
    bare = "\n".join(forms.spelled).replace(" ", "")
    sounds = _REPEATED.sub(r"\1", bare).split("\n")
    apart.name[:], apart.plain[:], apart.fold[:] = names, forms.plains, forms.folds
    apart.variant[:], apart.sounds[:], apart.core[:] = forms.variant_keys, sounds, sounds
    apart.is_arabic[:] = [is_arabic(fold) for fold in forms.folds]
    apart.kinds[:] = 0
    telling = _load_telling()
    for row, text in enumerate(forms.spelled):
        if not telling.isdisjoint(text.split(" ")):
            apart.sounds[row], apart.core[row], held = _split_words(text)
            apart.kinds[row] = [kept.words.setdefault(each, len(kept.words)) for each in held]
    kept.rows.update(zip(names, range(start, end), strict=True))


def _split_words(spelled: str) -> tuple[str, str, list[tuple[str, ...]]]:
    """All sounds of a name, its qualifiers (eastern, upper) last; its core; its generic words."""
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
    """Returns the weight of the first column that holds for each row, as a share of the most."""
    weights = np.array(_load_generic_weights())
    return np.asarray(weights[kinds.argmax(axis=1)] / weights.max())


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
