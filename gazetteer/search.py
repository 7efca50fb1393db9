"""From a name to the places it may mean, cheapest first: same form, variant, like skeleton.

The arrays are those of `gazetteer.build`: sorted keys (a form's hash with the country in the last
byte), each leading to groups (one folded name in one country), each group to its places.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from gazetteer.hashing import hash_forms
from gazetteer.normalize import deletions, fold, skeleton, variant_key
from gazetteer.sections import take_texts

Array = NDArray[Any]

METHODS = ("exact", "variant", "fuzzy")
_COUNTRY = np.uint64(0xFF)
# Skeletons of two or three letters meet thousands of names: beyond this many groups only those
# with the fewest edits are compared letter by letter (0.2 ms for so many).
_MOST_COMPARED = 1000
# What one edit of the skeleton costs in points of likeness (0 to 100) of the folded names. Names
# in two scripts have a likeness of 0, so that edits alone order them.
_EDIT_COST = 12.0
# Of one name that is not the one asked for, so many places, the largest first.
_MOST_PLACES_OF_A_NAME = 25


class Hit(NamedTuple):
    """A place's row, the number of the name that was met, and how (an index of `METHODS`)."""

    place: int
    text: int
    method: int


class Query(NamedTuple):
    """A name to look for; `country` is the number of the only country wanted, -1 for all."""

    name: str
    country: int
    limit: int


def find_hits(arrays: Mapping[str, Array], query: Query) -> list[Hit]:
    """Returns the places whose names fit, each once: exact, then variant, then fuzzy.

    Every place with exactly this folded name is returned, even beyond the limit; variants and
    fuzzy matches fill up to it, the likest first.
    """
    folded = fold(query.name)
    if not folded:
        return []
    exact = _find_exact(arrays, folded, query.country)
    hits = {hit.place: hit for hit in reversed(_take_hits(arrays, exact, 0, limit=0))}
    hits = dict(reversed(hits.items()))
    variants = _find_groups(arrays, "variant", hash_forms([variant_key(query.name)]), query.country)
    for groups, method in ((variants, 1), (_find_fuzzy(arrays, query, folded), 2)):
        if len(hits) >= query.limit:
            break
        for hit in _take_hits(arrays, groups, method, limit=_MOST_PLACES_OF_A_NAME):
            hits.setdefault(hit.place, hit)
    return list(hits.values())[: max(query.limit, len(exact))]


def _find_runs(keys: Array, hashes: Array, country: int) -> tuple[Array, Array]:
    """Where the run of each hash begins and ends among sorted keys."""
    if country < 0:
        low, high = hashes & ~_COUNTRY, hashes | _COUNTRY
    else:
        low = high = (hashes & ~_COUNTRY) | np.uint64(country)
    return keys.searchsorted(low, "left"), keys.searchsorted(high, "right")


def _expand(begins: Array, ends: Array) -> Array:
    """The members of all runs."""
    if len(begins) == 1:
        return np.arange(begins[0], ends[0])
    counts = ends - begins
    offsets = np.cumsum(counts) - counts
    return np.repeat(begins - offsets, counts) + np.arange(counts.sum())


def _find_groups(arrays: Mapping[str, Array], what: str, hashes: Array, country: int) -> Array:
    begins, ends = _find_runs(arrays[f"{what}_key"], hashes, country)
    return arrays[f"{what}_at"][_expand(begins, ends)]


def _find_exact(arrays: Mapping[str, Array], folded: str, country: int) -> Array:
    """The groups of exactly this folded name."""
    groups = _expand(*_find_runs(arrays["exact_key"], hash_forms([folded]), country))
    texts = take_texts(arrays, "fold", arrays["group_fold"][groups])
    return groups[[text == folded for text in texts]]


def _find_fuzzy(arrays: Mapping[str, Array], query: Query, folded: str) -> Array:
    """The groups whose skeleton is at most two edits away, the likest first."""
    groups, edits = _find_similar(arrays, skeleton(query.name), query.country)
    if len(groups) > _MOST_COMPARED:
        nearest = np.argsort(edits, kind="stable")[:_MOST_COMPARED]
        groups, edits = groups[nearest], edits[nearest]
    if not len(groups):
        return groups
    texts = take_texts(arrays, "fold", arrays["group_fold"][groups])
    likeness = process.cdist([folded], texts, scorer=fuzz.ratio, dtype=np.float32)[0]
    order = np.argsort(_EDIT_COST * edits - likeness, kind="stable")
    return groups[order[: query.limit]]


def _find_similar(arrays: Mapping[str, Array], key: str, country: int) -> tuple[Array, Array]:
    """Groups with this skeleton, one letter more or less, or one letter changed; and the edits."""
    hashes = hash_forms([key, *deletions(key)])
    keys = arrays["skeleton_key"]
    begins, ends = _find_runs(keys, hashes, country)
    edits = np.ones(len(hashes), np.int64)
    edits[0] = 0
    cut_begins, cut_ends = _find_runs(arrays["deletion_key"], hashes, country)
    longer = arrays["deletion_at"][_expand(cut_begins, cut_ends)]
    longer_edits = np.repeat(edits + 1, cut_ends - cut_begins)
    begins = np.concatenate([begins, longer])
    edits = np.concatenate([edits, longer_edits])
    ends = np.concatenate([ends, keys.searchsorted(keys[longer], "right")])
    order = np.argsort(edits, kind="stable")
    begins, ends, edits = begins[order], ends[order], edits[order]
    groups = arrays["skeleton_at"][_expand(begins, ends)]
    distinct, first = np.unique(groups, return_index=True)
    return distinct, np.repeat(edits, ends - begins)[first]


def _take_hits(arrays: Mapping[str, Array], groups: Array, method: int, *, limit: int) -> list[Hit]:
    """The places of groups, in their order; of each group at most `limit` (0 for all)."""
    starts = arrays["exact_at"]
    begins, ends = starts[groups].astype(np.int64), starts[groups + np.uint32(1)].astype(np.int64)
    if limit:
        ends = np.minimum(ends, begins + limit)
    members = _expand(begins, ends) if len(groups) else begins
    places, texts = arrays["hit_place"][members].tolist(), arrays["hit_text"][members].tolist()
    return [Hit(place, text, method) for place, text in zip(places, texts, strict=True)]


def find_exact_rows(
    arrays: Mapping[str, Array], names: list[str], country: int
) -> tuple[Array, Array]:
    """Returns the places of many names at once: for each match the name's index and the row.

    Only places with exactly the folded name; one search for all names.
    """
    hashes = hash_forms([fold(name) for name in names])
    begins, ends = _find_runs(arrays["exact_key"], hashes, country)
    starts = arrays["exact_at"].astype(np.int64)
    lows, highs = starts[begins], starts[ends]
    owners = np.repeat(np.arange(len(names)), highs - lows)
    return owners, arrays["hit_place"][_expand(lows, highs)]
