"""The words of a name as keys of their own: "Jabar" leads to "East Jabar", and back.

A word is told by its skeleton. Words that say what kind of place it is, or which of two, lead
nowhere; neither do words of so many names that they tell nothing.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.hashing import hash_forms, hash_pieces
from gazetteer.interning import intern_texts, start_interning
from gazetteer.keys import COUNTRY_BITS, add_country, sort_pieces
from gazetteer.normalize import name_keys
from gazetteer.rows import spread
from gazetteer.rules import load_generic_words, load_name_words, load_qualifiers
from gazetteer.spool import Spool

Array = NDArray[Any]

# Shorter words are particles (de, la, bin) and initials.
_FEWEST_LETTERS = 3
# A word of more names of a country than this is a kind of place that no rule lists.
_MOST_NAMES = 300
_SPACE = 32
# So many names are cut into words, and so many groups get keys, at a time.
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
    if told:
        hashes[told] = hash_forms(name_keys([words[at] for at in told]).skeletons)
    return hashes


def make_word_runs(pool: Array, starts: Array, group_fold: Array, countries: Array) -> WordRuns:
    """Returns the words of names of several words, each leading to the groups of these names.

    `pool` holds the folded names as UTF-8 and `starts` where each begins; `group_fold` has the
    number of each group's name, `countries` of its country.
    """
    words = _find_words(pool, starts)
    ends = np.cumsum(words.counts, dtype=np.uint32)

    def list_keys() -> Iterator[tuple[Array, Array]]:
        for first in range(0, len(group_fold), _CHUNK):
            folds = group_fold[first : first + _CHUNK]
            counts = words.counts[folds]
            groups, members = spread(ends[folds] - counts, counts)
            country = countries[first : first + _CHUNK][groups] & COUNTRY_BITS
            yield add_country(words.hashes[members], country), groups + first

    runs = sort_pieces(list_keys())
    return _drop_floods(runs.keys, runs.targets)


class _Words(NamedTuple):
    """The telling words of all names, name by name: how many each has, and their hashes."""

    counts: Array
    hashes: Array


def _find_words(pool: Array, starts: Array) -> _Words:
    """The telling words of names; each distinct word is hashed once."""
    known, told = start_interning(), np.empty(0, np.uint64)
    counts, hashes = Spool(np.dtype(np.uint16)), Spool(np.dtype(np.uint64))
    for first in range(0, len(starts) - 1, _CHUNK):
        own = starts[first : first + _CHUNK + 1].astype(np.int64)
        part = pool[own[0] : own[-1]]
        pieces = _split_part(part, own - own[0])
        met = intern_texts(known, pieces.hashes)
        known = met.known
        ends = zip(pieces.begins[met.fresh].tolist(), pieces.ends[met.fresh].tolist(), strict=True)
        fresh = [part[begin:end].tobytes().decode("utf-8", "replace") for begin, end in ends]
        told = np.concatenate([told, hash_words(fresh)])
        of_piece = told[met.numbers]
        kept = of_piece != 0
        counts.append(np.bincount(pieces.owners[kept], minlength=len(own) - 1).astype(np.uint16))
        hashes.append(of_piece[kept])
    return _Words(counts.finish(), hashes.finish())


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
