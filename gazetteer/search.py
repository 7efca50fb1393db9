"""From a name to the places it may mean, cheapest first: same form, variant, like skeleton.

The arrays are those of `gazetteer.build`: sorted keys (a form's hash with the country in the last
byte), each leading to groups (one folded name in one country), each group to its places.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from gazetteer.hashing import hash_forms
from gazetteer.normalize import deletions, fold, fold_names, skeleton, variant_key
from gazetteer.sections import take_texts

Array = NDArray[Any]

METHODS = ("exact", "variant", "fuzzy")
_COUNTRY = np.uint64(0xFF)
# Short skeletons meet tens of thousands of names. So many groups are compared letter by letter
# (about 1 ms), those with the fewest edits and among them the rarest skeletons; all groups with
# the very same skeleton are.
_MOST_COMPARED = 3000
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


class Hits(NamedTuple):
    """The hits of many names, name by name in the order of `find_hits`, a column each.

    `query` is the index of the name, `place`, `text` and `method` are those of `Hit`.
    """

    query: Array
    place: Array
    text: Array
    method: Array


def find_many_hits(
    arrays: Mapping[str, Array], names: Sequence[str], countries: Sequence[int], limit: int
) -> Hits:
    """Returns what `find_hits` returns for each name and the number of its country."""
    rows = [
        (at, *hit)
        for at, (name, country) in enumerate(zip(names, countries, strict=True))
        for hit in find_hits(arrays, Query(name, country, limit))
    ]
    table = np.array(rows, np.int64).reshape(-1, 4)
    return Hits(*table.T)


def find_hits(arrays: Mapping[str, Array], query: Query) -> list[Hit]:
    """Returns the places whose names fit, each once: exact, then variant, then fuzzy.

    Every place with exactly this folded name is returned, even beyond the limit; variants and
    fuzzy matches fill up to it, the likest first.
    """
    folded = fold(query.name)
    if not folded:
        return []
    hits: dict[int, Hit] = {}
    for hit in _find_exact_hits(arrays, folded, query.country):
        hits.setdefault(hit.place, hit)
    wanted = max(query.limit, len(hits))
    variants = _find_groups(arrays, "variant", hash_forms([variant_key(query.name)]), query.country)
    for groups, method in ((variants, 1), (_find_fuzzy(arrays, query, folded), 2)):
        if len(hits) >= wanted:
            break
        for hit in _take_hits(arrays, groups, method, limit=_MOST_PLACES_OF_A_NAME):
            hits.setdefault(hit.place, hit)
    return list(hits.values())[:wanted]


def _find_exact_hits(arrays: Mapping[str, Array], folded: str, country: int) -> list[Hit]:
    """All places with exactly this folded name, the largest first."""
    hits = _take_hits(arrays, _find_exact(arrays, folded, country), 0, limit=0)
    people = arrays["places"]["population"][[hit.place for hit in hits]].tolist()
    order = sorted(range(len(hits)), key=lambda at: (-people[at], hits[at].place))
    return [hits[at] for at in order]


def _find_runs(keys: Array, hashes: Array, country: int) -> tuple[Array, Array]:
    """Where the run of each hash begins and ends among sorted keys."""
    if country < 0:
        low, high = hashes & ~_COUNTRY, hashes | _COUNTRY
    else:
        low = high = (hashes & ~_COUNTRY) | np.uint64(country)
    return keys.searchsorted(low, "left"), keys.searchsorted(high, "right")


def _expand(begins: Array, ends: Array) -> Array:
    """The members of all runs."""
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
    if not len(groups):
        return groups
    texts = take_texts(arrays, "fold", arrays["group_fold"][groups])
    likeness = process.cdist([folded], texts, scorer=fuzz.ratio, dtype=np.float32)[0]
    order = np.argsort(_EDIT_COST * edits - likeness, kind="stable")
    return groups[order[: query.limit]]


def _find_similar(arrays: Mapping[str, Array], key: str, country: int) -> tuple[Array, Array]:
    """Groups with this skeleton, one letter more or less, or one letter changed; and the edits."""
    hashes = hash_forms([key, *deletions(key)])
    edits = np.minimum(np.arange(len(hashes)), 1)
    found, found_edits = [], []
    for what, more in (("skeleton", 0), ("deletion", 1)):
        begins, ends = _find_runs(arrays[f"{what}_key"], hashes, country)
        members = _expand(begins, ends)
        found.append(arrays["deletion_at"][members] if more else members)
        found_edits.append(np.repeat(edits + more, ends - begins))
    return _take_groups(arrays, np.concatenate(found), np.concatenate(found_edits))


def _take_groups(arrays: Mapping[str, Array], keys: Array, edits: Array) -> tuple[Array, Array]:
    """The groups of distinct skeletons, each with its fewest edits; the rarest of a flood."""
    starts = arrays["skeleton_start"]
    begins, ends = starts[keys].astype(np.int64), starts[keys + 1].astype(np.int64)
    order = np.lexsort((ends - begins, edits))
    before = np.cumsum((ends - begins)[order])
    kept = order[(before <= _MOST_COMPARED) | (edits[order] == 0)]
    groups = arrays["skeleton_at"][_expand(begins[kept], ends[kept])]
    distinct, first = np.unique(groups, return_index=True)
    return distinct, np.repeat(edits[kept], (ends - begins)[kept])[first]


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
    hashes = hash_forms(fold_names(names))
    begins, ends = _find_runs(arrays["exact_key"], hashes, country)
    starts = arrays["exact_at"].astype(np.int64)
    lows, highs = starts[begins], starts[ends]
    owners = np.repeat(np.arange(len(names)), highs - lows)
    return owners, arrays["hit_place"][_expand(lows, highs)]
