"""From names to the places they may mean: same form, then variant, like skeleton, one slip.

The arrays are those of `gazetteer.layout`: sorted keys (a form's hash with the country in the
last byte), each leading to groups (one folded name in one country), each group to its places.
Many names are looked up at once, a few hundred at a time so that the work stays in the cache.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.candidates import VARIANT, Pairs, Queries, find_similar, merge_pairs
from gazetteer.hashing import hash_forms
from gazetteer.likeness import rate_pairs
from gazetteer.normalize import NameKeys, fold_names, name_keys
from gazetteer.runs import (
    encode_texts,
    find_runs,
    first_of_each,
    join_members,
    make_ranges,
    rank_within,
)
from gazetteer.slips import find_slips

Array = NDArray[Any]

METHODS = ("exact", "variant", "fuzzy")
# So many names are looked up together: more leave the processor's cache, fewer pay numpy's calls;
# `find_slips` takes no more than 256.
_CHUNK = 256
# Folding is the larger part of an exact look-up: this is where it is fastest.
_EXACT_CHUNK = 2000
# Of one name that is not the one asked for, so many places, the largest first.
_MOST_PLACES_OF_A_NAME = 25
# Points of likeness beyond this are all alike; more than 170 come of names of hundreds of places.
_MOST_POINTS, _SCALE = 250, 128
_PLACE_BITS, _AT_BITS = np.uint64(28), np.uint64(27)


class Hits(NamedTuple):
    """The places that many names may mean, name by name in order, a column each.

    `query` is the index of the name, `place` the row of the place, `text` the number of the name
    of the place that was met, `method` how (an index of `METHODS`).
    """

    query: Array
    place: Array
    text: Array
    method: Array


class _Met(NamedTuple):
    """Groups that queries meet, query by query, and how."""

    query: Array
    group: Array
    method: Array


def find_hits(
    arrays: Mapping[str, Array], names: Sequence[str], countries: Array, limit: int
) -> Hits:
    """Returns the places whose names fit, each once a name: exact ones first, then the likest.

    `countries` has for each name the number of the only country wanted, -1 for all. Every place
    with exactly the folded name is returned, even beyond the limit; variants and fuzzy matches
    fill up to it, a variant as one likeness more.
    """
    parts = [
        _find_part(arrays, names[at : at + _CHUNK], countries[at : at + _CHUNK], limit)
        for at in range(0, len(names), _CHUNK)
    ]
    return _concatenate(
        [part._replace(query=part.query + at * _CHUNK) for at, part in enumerate(parts)]
    )


def _find_part(
    arrays: Mapping[str, Array], names: Sequence[str], countries: Array, limit: int
) -> Hits:
    keys = name_keys(names)
    exact = _find_exact(arrays, keys.folds, countries)
    counts = np.bincount(exact.query, minlength=len(names))
    rows = [row for row, found in enumerate(counts.tolist()) if found < limit and keys.folds[row]]
    if not rows:
        return exact
    more = _find_others(arrays, keys, np.array(rows), countries, limit)
    return _join(exact, more, np.maximum(counts, limit))


def _find_others(
    arrays: Mapping[str, Array], keys: NameKeys, rows: Array, countries: Array, limit: int
) -> Hits:
    """Variants and fuzzy matches of some of the names, the likest first."""
    folds = [keys.folds[row] for row in rows.tolist()]
    queries = Queries(folds, [keys.skeletons[row] for row in rows.tolist()], countries[rows], limit)
    variant_keys = [keys.variant_keys[row] for row in rows.tolist()]
    found = [
        _find_groups(arrays, "variant", hash_forms(variant_keys), queries.countries),
        find_similar(arrays, queries),
        find_slips(arrays, "exact", folds, queries.countries),
        find_slips(arrays, "variant", variant_keys, queries.countries),
    ]
    pairs = merge_pairs(found)
    met = _order(pairs, rate_pairs(arrays, folds, queries.countries, pairs), limit)
    hits = _take_hits(arrays, met, most=_MOST_PLACES_OF_A_NAME)
    return hits._replace(query=rows[hits.query])


def _find_groups(arrays: Mapping[str, Array], what: str, hashes: Array, countries: Array) -> Pairs:
    begins, ends = find_runs(arrays[f"{what}_key"], make_ranges(hashes, countries))
    members = join_members(begins, ends - begins)
    if what == "variant":
        members = arrays["variant_at"][members].astype(np.int64)
    query = np.arange(len(hashes)).repeat(ends - begins)
    none = np.zeros(len(members), np.int64)
    return Pairs(query, members, none, np.full_like(none, VARIANT))


def _order(pairs: Pairs, points: Array, limit: int) -> _Met:
    """The groups of each query, the likest first."""
    costs = (np.clip(_MOST_POINTS - points, 0, _MOST_POINTS) * _SCALE).astype(np.int64)
    is_fuzzy = pairs.marks & VARIANT == 0
    packed = (pairs.query << 48) | (costs << 32) | (pairs.group << 1) | is_fuzzy
    packed.sort()
    query = packed >> 48
    kept = rank_within(query) < 2 * limit
    packed = packed[kept]
    return _Met(query[kept], (packed & 0xFFFFFFFF) >> 1, 1 + packed % 2)


def find_exact(arrays: Mapping[str, Array], names: Sequence[str], countries: Array) -> Hits:
    """Returns all places with exactly the folded name, the largest first; nothing else."""
    parts = []
    for at in range(0, len(names), _EXACT_CHUNK):
        folds = fold_names(names[at : at + _EXACT_CHUNK])
        hits = _find_exact(arrays, folds, countries[at : at + _EXACT_CHUNK])
        parts.append(hits._replace(query=hits.query + at))
    return _concatenate(parts)


def _concatenate(parts: Sequence[Hits]) -> Hits:
    if not parts:
        return Hits(*(np.empty(0, np.int64) for _ in Hits._fields))
    return Hits(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _find_exact(arrays: Mapping[str, Array], folds: Sequence[str], countries: Array) -> Hits:
    """All places with exactly the folded name, the largest first."""
    pairs = _find_groups(arrays, "exact", hash_forms(folds), countries)
    same = np.flatnonzero(_is_same(arrays, folds, pairs))
    met = _Met(pairs.query[same], pairs.group[same], np.zeros_like(same))
    hits = _take_hits(arrays, met, most=0)
    # Names of one place that fold alike stand side by side.
    fresh = first_of_each(hits.place) | first_of_each(hits.query)
    hits = Hits(*(column[fresh] for column in hits))
    # A group has its largest places first; a query of several groups is sorted anew.
    several = np.bincount(met.query, minlength=len(folds)) > 1
    mixed = np.flatnonzero(several[hits.query])
    if not len(mixed):
        return hits
    people = arrays["places"]["population"][hits.place[mixed]].astype(np.int64)
    order = np.arange(len(hits.query))
    order[mixed] = mixed[np.lexsort((hits.place[mixed], -people, hits.query[mixed]))]
    return Hits(*(column[order] for column in hits))


def _is_same(arrays: Mapping[str, Array], folds: Sequence[str], pairs: Pairs) -> Array:
    """Whether each group's name is the query's, byte by byte: hashes may meet by chance."""
    mine = encode_texts(folds)
    starts, numbers = arrays["fold_start"], arrays["group_fold"][pairs.group]
    begins = starts[numbers].astype(np.int64)
    lengths = starts[numbers + 1] - begins
    own = mine.starts[pairs.query]
    same: Array = lengths == mine.starts[pairs.query + 1] - own
    lengths *= same
    theirs = arrays["fold_bytes"][join_members(begins, lengths)]
    differs = np.flatnonzero(theirs != mine.pool[join_members(own, lengths)])
    same[np.searchsorted(lengths.cumsum(), differs, "right")] = False
    return same


def _take_hits(arrays: Mapping[str, Array], met: _Met, *, most: int) -> Hits:
    """The places of groups, in their order; of each group at most so many (0 for all)."""
    starts = arrays["exact_at"]
    begins, ends = starts[met.group].astype(np.int64), starts[met.group + 1].astype(np.int64)
    if most:
        ends = np.minimum(ends, begins + most)
    counts = ends - begins
    members = join_members(begins, counts)
    places, texts = arrays["hit_place"][members], arrays["hit_text"][members]
    return Hits(
        met.query.repeat(counts),
        places.astype(np.int64),
        texts.astype(np.int64),
        met.method.repeat(counts),
    )


def _join(first: Hits, second: Hits, wanted: Array) -> Hits:
    """Two lists of hits as one, each place once a query, cut to the number wanted."""
    query, place, text, method = (
        np.concatenate(column) for column in zip(first, second, strict=True)
    )
    # A query's own hits in their order, the exact ones first.
    packed = (query.astype(np.uint64) << (_PLACE_BITS + _AT_BITS)) | (
        place.astype(np.uint64) << _AT_BITS
    )
    packed |= np.arange(len(query)).astype(np.uint64)
    packed.sort()
    packed = packed[first_of_each(packed >> _AT_BITS)]
    at = (packed & ((np.uint64(1) << _AT_BITS) - np.uint64(1))).astype(np.int64)
    owner = (packed >> (_PLACE_BITS + _AT_BITS)) << _AT_BITS
    order = np.sort(owner | at.astype(np.uint64))
    at = (order & ((np.uint64(1) << _AT_BITS) - np.uint64(1))).astype(np.int64)
    at = at[rank_within(query[at]) < wanted[query[at]]]
    return Hits(query[at], place[at], text[at], method[at])
