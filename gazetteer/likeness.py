"""How much like a name the names are that a search meets, in points: what orders its hits.

Two fifths are what edits leave of the longer name, two letters swapped counting as one edit; two
fifths the letters in common, those that spellings mix being one; a fifth the same as a share of the
shorter name, for which nothing else need be alike. To this come points for how the name was met.

The points were chosen on the first 600 names of each of these: places drawn at random, misspelt
(`benchmarks/gazetteer.py`); Syrian names as other hands write them (`names_degraded.py` there);
UCDP's places of Syria; OCHA's and Who's On First's names looked up in each other.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from gazetteer.candidates import SLIP, VARIANT, WORD, Pairs
from gazetteer.hashing import load_softening
from gazetteer.runs import take_lines

Array = NDArray[Any]

_EDITED, _COMMON, _HELD = 40.0, 0.4, 0.2
# Below so many points two names have no letters in common but by chance: in two scripts, the
# skeleton alone tells, by its edits.
_ANOTHER_SCRIPT = 25.0
_NOT_ASCII = 0x80


class _Points(NamedTuple):
    """What is added: for a skeleton's edits (0 to 2, none met), a variant key, a slip, a word.

    `edits` and `variant` come with the share of the unlikeness that they explain away: the more
    letters differ, the more it tells that a rule foresees them. `places` is for each factor e of
    the number of places of the name. `scripts` stands for the likeness of names in two scripts.
    A name of the same variant key is among its slips as well, and gets points for both.
    """

    edits: tuple[float, ...]
    explained: tuple[float, ...]
    scripts: tuple[float, ...]
    variant: float
    variant_explained: float
    slip: float
    word: float
    places: float


# In one country, names with equal consonants are mostly one name in two spellings.
_IN_A_COUNTRY = _Points(
    edits=(3.0, 0.0, 0.0, 0.0),
    explained=(0.2, 0.03, 0.0, 0.0),
    scripts=(70.0, 35.0, 10.0, 10.0),
    variant=3.0,
    variant_explained=0.55,
    slip=10.7,
    word=26.0,
    places=5.0,
)
# Anywhere in the world they meet by chance, in all languages: letters tell more.
_ANYWHERE = _Points(
    edits=(0.15, 0.0, 0.0, 0.0),
    explained=(0.01, 0.0, 0.0, 0.0),
    scripts=(60.0, 25.0, 5.0, 5.0),
    variant=0.15,
    variant_explained=0.03,
    slip=8.5,
    word=1.3,
    places=0.7,
)


def rate_pairs(
    arrays: Mapping[str, Array], folds: Sequence[str], countries: Array, pairs: Pairs
) -> Array:
    """Returns how like each group's name is to its query, in points; 100 is alike by letters."""
    letters, is_foreign = _compare_letters(arrays, folds, pairs)
    starts = arrays["exact_at"]
    many = np.log(starts[pairs.group + 1].astype(np.int64) - starts[pairs.group])
    points = np.empty(len(letters))
    anywhere = countries[pairs.query] < 0
    for rows, rules in ((anywhere, _ANYWHERE), (~anywhere, _IN_A_COUNTRY)):
        part = Pairs(*(column[rows] for column in pairs))
        points[rows] = _add_points(rules, part, letters[rows], is_foreign[rows])
        points[rows] += rules.places * many[rows]
    return points


def _add_points(rules: _Points, pairs: Pairs, letters: Array, is_foreign: Array) -> Array:
    """The likeness by letters with the points for how the names were met."""
    variant = pairs.marks & VARIANT > 0
    explained = np.where(variant, rules.variant_explained, np.take(rules.explained, pairs.edits))
    likeness = letters + explained * (100 - letters) + np.take(rules.edits, pairs.edits)
    points: Array = np.where(is_foreign, np.take(rules.scripts, pairs.edits), likeness)
    points += rules.variant * variant
    for mark, worth in ((SLIP, rules.slip), (WORD, rules.word)):
        points += worth * (pairs.marks & mark > 0)
    return points


def _compare_letters(
    arrays: Mapping[str, Array], folds: Sequence[str], pairs: Pairs
) -> tuple[Array, Array]:
    """The likeness of each pair by letters, and whether the two are in different scripts."""
    lines, lengths = take_lines(arrays, "fold", arrays["group_fold"][pairs.group])
    query = pairs.query
    ends = np.searchsorted(query, np.arange(len(folds) + 1)).tolist()
    edited = _score(folds, _split(lines), ends, OSA.normalized_similarity)
    common = _score(_soften(folds), _split(lines.translate(load_softening())), ends, fuzz.ratio)
    own = np.array([len(fold.encode("utf-8", "replace")) for fold in folds])[query]
    held = common * (own + lengths) / (2 * np.minimum(own, lengths))
    likeness = _EDITED * edited + _COMMON * common + _HELD * np.minimum(100, held)
    is_ascii = np.array([fold.isascii() for fold in folds], bool)[query]
    apart = (common == 0) | (is_ascii != _find_ascii(lines, lengths))
    return likeness, (common < _ANOTHER_SCRIPT) & apart


def _split(lines: bytes) -> list[str]:
    return lines.decode("utf-8", "replace").split("\n")


def _score(
    names: Sequence[str], others: Sequence[str], ends: Sequence[int], scorer: Callable[..., float]
) -> Array:
    """How each name compares with its own others; those of the first end where `ends` says."""
    # Name by name: a scorer that is made once for all others of a name takes half the time.
    parts = [
        process.cdist([name], others[begin:end], scorer=scorer, dtype=np.float32)[0]
        for name, begin, end in zip(names, ends, ends[1:], strict=False)
        if begin < end
    ]
    return np.concatenate(parts) if parts else np.empty(0, np.float32)


def _find_ascii(lines: bytes, lengths: Array) -> Array:
    """Which lines are ASCII."""
    if not len(lengths):
        return np.zeros(0, bool)
    ends = (lengths + 1).cumsum()
    bits = np.bitwise_or.reduceat(np.frombuffer(lines, np.uint8), ends - lengths - 1)
    return np.asarray(bits < _NOT_ASCII)


def _soften(folds: Sequence[str]) -> list[str]:
    """Folded names, letters that spellings mix written as one."""
    lines = "\n".join(folds).encode("utf-8", "replace")
    return _split(lines.translate(load_softening()))
