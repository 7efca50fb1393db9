"""Each distinct text once, with a number: known by its 64-bit hash, not by a string in memory.

Thirty million texts meet by chance with a probability of 2 in 100,000 (n^2 / 2^65).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

# New hashes are kept apart until they are so large a part of all; then the two are joined.
_RECENT_SHARE = 4


class _Run(NamedTuple):
    """Sorted hashes, and the number of each."""

    hashes: Array
    numbers: Array


class Interned(NamedTuple):
    """The texts known so far: how many, and by which hash each is known."""

    total: int
    old: _Run
    recent: _Run


class Met(NamedTuple):
    """What `intern_texts` found: all that is known now, each text's number, which were new."""

    known: Interned
    numbers: Array
    fresh: Array


def start_interning() -> Interned:
    """Returns a state that knows no text."""
    return Interned(0, _make_empty(), _make_empty())


def intern_texts(known: Interned, hashes: Array) -> Met:
    """Returns the number of each text; new ones are numbered in the order in which they come.

    `fresh` has the index of each new text, where it comes first.
    """
    distinct, first, inverse = np.unique(hashes, return_index=True, return_inverse=True)
    numbers = np.full(len(distinct), -1, np.int64)
    for run in (known.old, known.recent):
        at = np.minimum(run.hashes.searchsorted(distinct), max(len(run.hashes) - 1, 0))
        if len(run.hashes):
            found = run.hashes[at] == distinct
            numbers[found] = run.numbers[at[found]]
    new = np.flatnonzero(numbers < 0)
    order = np.argsort(first[new], kind="stable")
    numbers[new[order]] = known.total + np.arange(len(new))
    added = _Run(distinct[new], numbers[new].astype(np.uint32))
    return Met(_remember(known, added), numbers[inverse], first[new[order]])


def _make_empty() -> _Run:
    return _Run(np.empty(0, np.uint64), np.empty(0, np.uint32))


def _remember(known: Interned, added: _Run) -> Interned:
    old, recent = known.old, _merge(known.recent, added)
    if len(recent.hashes) * _RECENT_SHARE > len(old.hashes):
        old, recent = _merge(old, recent), _make_empty()
    return Interned(known.total + len(added.hashes), old, recent)


def _merge(left: _Run, right: _Run) -> _Run:
    at = left.hashes.searchsorted(right.hashes)
    return _Run(
        np.insert(left.hashes, at, right.hashes), np.insert(left.numbers, at, right.numbers)
    )
