"""Runs among sorted arrays: where keys are found, their members, texts in bulk.

Everything works on many queries at once. Pairs of a query and what it leads to are kept in order
by sorting one 64-bit number each, which costs a fifteenth of a stable argsort.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.interpolation import find_spread_runs

Array = NDArray[Any]

_COUNTRY = np.uint64(0xFF)
_LINE_END = 10
# Of so many keys few pages are to be touched, for so few ranges that time does not count.
_MANY_KEYS, _FEW_RANGES = 4_000_000, 2_000


class Ranges(NamedTuple):
    """The first and the last key to look for, hash by hash."""

    low: Array
    high: Array


def make_ranges(hashes: Array, countries: Array) -> Ranges:
    """Returns the keys of hashes in their countries; a country below 0 stands for all."""
    low = hashes & ~_COUNTRY
    number = countries.astype(np.uint64) & _COUNTRY
    high = low | number
    number[countries < 0] = 0
    low |= number
    return Ranges(low, high)


def find_runs(keys: Array, ranges: Ranges, part: slice = slice(None)) -> tuple[Array, Array]:
    """Returns where the keys of each range begin and end among sorted keys."""
    low, high = ranges.low[part], ranges.high[part]
    if len(keys) > _MANY_KEYS and len(low) < _FEW_RANGES:
        return find_spread_runs(keys, low, high)
    begins: Array = keys.searchsorted(low, "left")
    return begins, keys.searchsorted(high, "right")


def join_members(begins: Array, counts: Array) -> Array:
    """Returns the members of all runs, one run after the other.

    >>> join_members(np.array([5, 9]), np.array([2, 1])).tolist()
    [5, 6, 9]
    """
    ends = counts.cumsum()
    members = np.repeat(begins - ends + counts, counts)
    members += np.arange(len(members))
    return members


def rank_within(owners: Array) -> Array:
    """Returns for each of ascending owners its place among those of the same owner, from 0.

    >>> rank_within(np.array([4, 4, 7])).tolist()
    [0, 1, 0]
    """
    at = np.arange(len(owners))
    ranks: Array = at - np.maximum.accumulate(at * first_of_each(owners))
    return ranks


def first_of_each(numbers: Array) -> Array:
    """Returns a mask of sorted numbers: the first of each."""
    fresh = np.ones(len(numbers), bool)
    np.not_equal(numbers[1:], numbers[:-1], out=fresh[1:])
    return fresh


def find_floods(owners: Array, counts: Array, most: int) -> Array:
    """Returns which runs are too many: of each owner the largest, beyond so many members.

    >>> find_floods(np.array([0, 0, 1]), np.array([9, 2, 3]), 10).tolist()
    [0]
    """
    order = np.lexsort((counts, owners))
    owners, upto = owners[order], counts[order].cumsum()
    fresh = np.flatnonzero(first_of_each(owners))
    upto -= np.repeat((upto - counts[order])[fresh], np.diff(fresh, append=len(owners)))
    floods: Array = np.sort(order[upto > most])
    return floods


class Encoded(NamedTuple):
    """Texts as UTF-8 laid end to end, and where each begins, with the end of the last added."""

    pool: Array
    starts: Array


def encode_texts(texts: Sequence[str]) -> Encoded:
    """Returns texts as the index keeps them; what UTF-8 cannot hold becomes a question mark."""
    encoded = [text.encode("utf-8", "replace") for text in texts]
    starts = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)), out=starts[1:])
    return Encoded(np.frombuffer(b"".join(encoded), np.uint8), starts)


def take_lines(arrays: Mapping[str, Array], name: str, numbers: Array) -> tuple[bytes, Array]:
    """Returns texts as UTF-8, a line each, the last ended too, and the length of each in bytes."""
    starts, pool = arrays[f"{name}_start"], arrays[f"{name}_bytes"]
    begins = starts[numbers].astype(np.int64)
    lengths = starts[numbers + 1].astype(np.int64) - begins
    at = join_members(begins, lengths + 1)
    np.minimum(at, len(pool) - 1, out=at)
    lines = pool[at]
    lines[(lengths + 1).cumsum() - 1] = _LINE_END
    return lines.tobytes(), lengths
