"""The words of a name as keys of their own: "Jabar" leads to "East Jabar", and back.

A word is told by its skeleton. Words that say what kind of place it is, or which of two, lead
nowhere; neither do words of so many names that they tell nothing.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.columns import spread
from gazetteer.hashing import hash_forms, hash_pieces
from gazetteer.keys import COUNTRY_BITS, add_country, sort_runs
from gazetteer.normalize import name_keys
from gazetteer.rules import load_generic_words, load_name_words, load_qualifiers

Array = NDArray[Any]

# Shorter words are particles (de, la, bin) and initials.
_FEWEST_LETTERS = 3
# A word of more names of a country than this is a kind of place that no rule lists.
_MOST_NAMES = 300
_SPACE = 32
# So many names are cut into words, and so many words get keys, at a time.
_CHUNK = 500_000


class WordRuns(NamedTuple):
    """Distinct keys of words, where the groups of each begin (and the last ends), the groups."""

    keys: Array
    starts: Array
    groups: Array


def is_telling(word: str) -> bool:
    """Whether a folded word tells places apart: no particle, no kind of place, no quarter.

    >>> is_telling("jabar"), is_telling("tall"), is_telling("eastern")
    (True, False, False)
    """
    kept = load_name_words().get(word, word)
    generic = kept in load_generic_words() or kept in load_qualifiers()
    return len(word) >= _FEWEST_LETTERS and not generic


def hash_words(words: Sequence[str]) -> Array:
    """Returns the hash of each folded word's skeleton, 0 for a word that tells nothing."""
    hashes = np.zeros(len(words), np.uint64)
    told = [at for at, word in enumerate(words) if is_telling(word)]
    for start in range(0, len(told), _CHUNK):
        part = told[start : start + _CHUNK]
        hashes[part] = hash_forms(name_keys([words[at] for at in part]).skeletons)
    return hashes


def make_word_runs(pool: Array, starts: Array, group_fold: Array, countries: Array) -> WordRuns:
    """Returns the words of names of several words, each leading to the groups of these names.

    `pool` holds the folded names as UTF-8 and `starts` where each begins; `group_fold` has the
    number of each group's name, `countries` of its country.
    """
    pieces = _split_names(pool, starts)
    distinct, first, word = np.unique(pieces.hashes, return_index=True, return_inverse=True)
    texts = [
        pool[begin:end].tobytes().decode("utf-8", "replace")
        for begin, end in zip(
            pieces.begins[first].tolist(), pieces.ends[first].tolist(), strict=True
        )
    ]
    hashes = hash_words(texts)[word] if len(distinct) else pieces.hashes
    told = hashes != 0
    hashes, owners = hashes[told], pieces.owners[told]
    counts = np.bincount(owners, minlength=len(starts) - 1)
    groups, members = spread((np.cumsum(counts) - counts)[group_fold], counts[group_fold])
    runs = sort_runs(add_country(hashes[members], countries[groups] & COUNTRY_BITS), groups)
    return _drop_floods(runs.keys, runs.targets)


def _drop_floods(keys: Array, groups: Array) -> WordRuns:
    begins = np.flatnonzero(np.diff(keys, prepend=~keys[:1]))
    counts = np.diff(begins, append=len(keys))
    few = counts <= _MOST_NAMES
    return WordRuns(
        keys[begins[few]],
        np.append(0, np.cumsum(counts[few])),
        groups[np.repeat(few, counts)],
    )


class _Pieces(NamedTuple):
    """The words of names of several words: the name's number, where the word is, its hash."""

    owners: Array
    begins: Array
    ends: Array
    hashes: Array


def _split_names(pool: Array, starts: Array) -> _Pieces:
    parts = []
    for first in range(0, max(1, len(starts) - 1), _CHUNK):
        own = starts[first : first + _CHUNK + 1].astype(np.int64)
        part = _split_part(pool[own[0] : own[-1]], own - own[0])
        parts.append(
            part._replace(
                owners=part.owners + first, begins=part.begins + own[0], ends=part.ends + own[0]
            )
        )
    return _Pieces(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _split_part(pool: Array, starts: Array) -> _Pieces:
    is_space = pool == _SPACE
    opens = np.zeros(len(pool) + 1, bool)
    opens[1:] = is_space
    opens[starts[:-1]] = True
    begins = np.flatnonzero(opens[:-1])
    nexts = np.append(begins, len(pool))[1:]
    ends = nexts - is_space[nexts - 1]
    owners = np.searchsorted(starts, begins, "right") - 1
    hashes = hash_pieces(pool[~is_space], ends - begins)
    several = np.bincount(owners, minlength=len(starts))[owners] > 1
    kept = several & (ends - begins >= _FEWEST_LETTERS)
    return _Pieces(owners[kept], begins[kept], ends[kept], hashes[kept])
