"""The keys of names: 64-bit hashes of their forms, with the country in the last byte.

A key is the hash of a form with its lowest byte replaced by the number of the country, so that one
sorted array answers both "in this country" (one value) and "anywhere" (256 neighbouring values).
The 56 bits left meet by chance once in 10^9 lookups at 30 million keys; exact answers compare the
form itself as well.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.columns import Columns
from gazetteer.hashing import hash_deletions
from gazetteer.parallel import FormFinder
from gazetteer.spool import SPILL_BYTES, Spool, TextSpool, release, spill
from gazetteer.texts import Texts

Array = NDArray[Any]

COUNTRY_BITS = np.uint64(0xFF)
MOST_COUNTRIES = 256
# Pairs are dealt into 16 buckets; a bucket of 12 million places' shortened skeletons has 55 MB.
_BUCKET_BITS = 4
_BUCKETS = 1 << _BUCKET_BITS
_KEY, _TARGET = np.dtype(np.uint64), np.dtype(np.uint32)
# So many pairs are dealt at a time, so many skeletons shortened.
_SORTED, _SHORTENED = 4_000_000, 300_000
# So many forms are copied at a time.
_TAKEN = 1_000_000
_NO_HASH = np.uint64(0)


class TextKeys(NamedTuple):
    """The forms of many texts: `fold` and `skeleton` number the distinct forms of each text.

    The hashes are those of the distinct forms, sorted; an empty form has the hash 0, no keys.
    """

    folds: Texts
    skeletons: Texts
    fold: Array
    fold_hash: Array
    variant_hash: Array
    skeleton: Array
    skeleton_hash: Array

    def release(self) -> None:
        """Lets what is on disk leave memory until it is needed again."""
        texts = self.folds, self.skeletons
        release([*(each for text in texts for each in (text.data, text.starts)), *self[2:]])


def add_country(hashes: Array, countries: Array) -> Array:
    """Returns keys: the hashes with the country's number in the last byte."""
    mixed: Array = (hashes & ~COUNTRY_BITS) | countries.astype(np.uint64)
    return mixed


class Pending(NamedTuple):
    """Names whose forms are being found, the number that each has among all texts, how many those.

    Where `total` is not known yet, the texts end with the last name.
    """

    finder: FormFinder
    numbers: list[Array]
    total: int = 0

    def put(self, numbers: Array, names: Texts) -> None:
        """Takes more names."""
        self.numbers.append(numbers)
        self.finder.put(names)


def start_keys(columns: Columns) -> Pending:
    """Begins to find the forms of all names, on other cores, while this one does something else."""
    used = np.unique(columns.names["text"])
    pending = Pending(FormFinder(), [], len(columns.texts))
    pending.put(used, columns.texts.take(used))
    return pending


def finish_keys(pending: Pending) -> TextKeys:
    """Returns the forms and hashes of the texts that are names; none of the rest."""
    with pending.finder as finder:
        found = finder.finish()
    used = np.concatenate([np.empty(0, np.uint32), *pending.numbers])
    pending.numbers.clear()
    total = max(pending.total, int(used.max(initial=0)) + 1)
    folds = _number(found.fold_hash, found.folds)
    skeletons = _number(found.skeleton_hash, found.skeletons)
    keys = TextKeys(
        folds.forms,
        skeletons.forms,
        _scatter(folds.of_name, used, total),
        folds.hashes,
        _scatter(found.variant_hash, used, total),
        _scatter(skeletons.of_name, used, total),
        skeletons.hashes,
    )
    keys.release()
    return keys


def _scatter(values: Array, used: Array, total: int) -> Array:
    """Values of names as values of all texts, 0 for those that are no names."""
    scattered = np.zeros(total, values.dtype)
    scattered[used] = values
    release([values])
    return spill(scattered)


class _Numbered(NamedTuple):
    """The distinct forms, their hashes, and for each name its form; the first form is empty."""

    forms: Texts
    hashes: Array
    of_name: Array


def _number(hashes: Array, texts: Texts) -> _Numbered:
    order = np.argsort(hashes, kind="stable").astype(np.uint32)
    ordered = hashes[order]
    release([hashes])
    fresh = np.empty(len(hashes), bool)
    fresh[:1], fresh[1:] = ordered[:1] != _NO_HASH, ordered[1:] != ordered[:-1]
    of_name = np.empty(len(hashes), np.uint32)
    of_name[order] = np.cumsum(fresh, dtype=np.uint32)
    distinct = np.append(_NO_HASH, ordered[fresh])
    first = order[fresh]
    del order, ordered
    forms = TextSpool()
    forms.append(Texts.pack([""]))
    for start in range(0, len(first), _TAKEN):
        forms.append(texts.take(first[start : start + _TAKEN]))
    release([texts.data, texts.starts])
    return _Numbered(forms.finish(), spill(distinct), of_name)


class Runs(NamedTuple):
    """Sorted keys, and beside each the number it leads to."""

    keys: Array
    targets: Array


def sort_runs(keys: Array, targets: Array) -> Runs:
    """Returns distinct pairs of key and target, sorted by both; the targets given must ascend."""
    starts = range(0, len(keys), _SORTED)
    return sort_pieces((keys[at : at + _SORTED], targets[at : at + _SORTED]) for at in starts)


def sort_pieces(pieces: Iterable[tuple[Array, Array]]) -> Runs:
    """Returns what `sort_runs` does of pairs that come piece by piece.

    They are dealt into buckets by their first bits, and each bucket is sorted by itself, so that
    a hundred million pairs need no more memory than one bucket does.
    """
    sorted_keys, sorted_targets = Spool(_KEY), Spool(_TARGET)
    for keys, targets in deal_pieces(pieces):
        runs = _sort_bucket(keys, targets)
        sorted_keys.append(runs.keys)
        sorted_targets.append(runs.targets)
    return Runs(sorted_keys.finish(), sorted_targets.finish())


def _sort_bucket(keys: Array, targets: Array) -> Runs:
    order = np.argsort(keys, kind="stable")
    keys, targets = keys[order], targets[order]
    fresh = np.ones(len(keys), bool)
    fresh[1:] = (keys[1:] != keys[:-1]) | (targets[1:] != targets[:-1])
    return Runs(keys[fresh], targets[fresh])


def deal_pieces(pieces: Iterable[tuple[Array, ...]]) -> Iterator[list[Array]]:
    """Yields rows that come piece by piece, bucket by bucket of the first bits of their keys.

    A piece is a column of keys and columns of what goes with them, 32 bits each; the rows of a
    bucket are in the order in which they came.
    """
    limit = SPILL_BYTES >> _BUCKET_BITS
    buckets: list[list[Spool]] = []
    for keys, *others in pieces:
        if not buckets:
            buckets = [
                [Spool(_KEY, limit=limit), *(Spool(_TARGET, limit=limit) for _ in others)]
                for _ in range(_BUCKETS)
            ]
        bucket = (keys >> np.uint64(64 - _BUCKET_BITS)).astype(np.uint8)
        order = np.argsort(bucket, kind="stable")
        ends = np.cumsum(np.bincount(bucket, minlength=_BUCKETS))[:-1]
        for at, column in enumerate((keys, *others)):
            ordered = column[order].astype(_TARGET if at else _KEY, copy=False)
            for spools, part in zip(buckets, np.split(ordered, ends), strict=True):
                spools[at].append(part)
    for spools in buckets:
        columns = [spool.finish() for spool in spools]
        yield columns
        release(columns)


class Skeletons(NamedTuple):
    """Distinct keys of skeletons, where the groups of each begin (and the last ends), the groups.

    `shortened` holds the keys of skeletons with one letter left out, each leading to the index of
    a distinct key.
    """

    keys: Array
    starts: Array
    groups: Array
    shortened: Runs


def make_skeletons(keys: TextKeys, runs: Runs) -> Skeletons:
    """Returns the skeletons of `runs`, which lead from their keys to groups of names."""
    starts = np.flatnonzero(np.diff(runs.keys, prepend=~runs.keys[:1])).astype(np.uint32)
    distinct = spill(runs.keys[starts])
    starts = spill(np.append(starts, np.uint32(len(runs.keys))))
    release([*runs, distinct, starts])
    shortened = sort_pieces(
        _shorten(keys, distinct[first : first + _SHORTENED], first)
        for first in range(0, len(distinct), _SHORTENED)
    )
    return Skeletons(distinct, starts, runs.targets, shortened)


def _shorten(keys: TextKeys, distinct: Array, first: int) -> tuple[Array, Array]:
    """The keys of some skeletons with one letter left out; each leads to its skeleton's index."""
    # The hashes of the distinct skeletons are sorted: a key differs in its last byte only.
    numbers = np.searchsorted(keys.skeleton_hash | COUNTRY_BITS, distinct | COUNTRY_BITS)
    hashes, counts = hash_deletions(keys.skeletons.take(numbers))
    owners = np.repeat(np.arange(len(distinct)), counts)
    return add_country(hashes, distinct[owners] & COUNTRY_BITS), owners + first
