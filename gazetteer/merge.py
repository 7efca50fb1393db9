"""One place known to several sources becomes one place with all its names.

Two rows are one place if

1. they share an id: the same GeoNames, Who's On First or OCHA id, in `place_id` or `same_as`; or
2. they are of one source and one class of feature, share a name's skeleton and lie within
   `DUPLICATE_KM`, or share a folded name and lie within `TWIN_KM`: GeoNames lists many villages
   twice, from two maps (163 pairs of one skeleton within a kilometre among 10,537 places in
   Syria, 92 of one folded name from there to 1.5 km where OCHA's density of namesakes foretells
   15). Two ids of OCHA, which surveyed its communities one by one, stay two; or
3. they come from different sources, have no source in common, are of one class of feature
   (`data/features.csv`), share a name's skeleton or Arabic form, and lie near each other: up to
   `NEAR_KM` with the same folded name, `CLOSE_KM` with the same long skeleton, `SHORT_KM` with
   a short one, half the larger radius for areas; up to `QUARTER_KM` a neighbourhood of one
   source is a settlement of another. The nearest pairs join first; a group never takes two ids
   of one source.

What the merged place keeps: the id of the first source (GeoNames, areas, our list, Who's On
First, OCHA, own files), so that adding a file renames no place; the position, the polygon and the
admin names of the best located source (own files, OCHA, GeoNames, Who's On First, our list); the
name in Latin script of our list, then GeoNames, areas, Who's On First, OCHA; the largest
population; the most telling feature code; the radius our list or a polygon states, else the
largest, and no smaller than reaches the positions of all sources within `NEAR_KM`. All names and
ids stay, and the position that each source gives (`Columns.spots`). The mistakes of rules 2 and 3
are counted by `benchmarks/merging.py`.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from gazetteer.combine import AREA_GROUPS, combine_places
from gazetteer.keys import TextKeys
from gazetteer.neighbours import (
    Entries,
    Fits,
    find_near,
    find_shared,
    list_entries,
    measure_pairs,
    pack_pairs,
    unpack_pairs,
)
from gazetteer.prefixes import find_prefixes
from gazetteer.rows import Array, Columns, list_ids
from gazetteer.sources.radius import lookup_feature

DUPLICATE_KM = 1.0
TWIN_KM = 1.5
# How near is near, by the number of pairs of OCHA with GeoNames and Who's On First in rings round
# OCHA's places: pairs of one folded name are 7 times as dense between 5 and 6 km as the chance
# pairs beyond 8 km, those of one skeleton 8 times at 2.5 to 3 km and 5 times at 3 to 4; a quarter
# and a settlement of one name are 10 to 25 times as dense within 1 km as beyond.
NEAR_KM = 6.0
CLOSE_KM = 4.0
SHORT_KM = 2.5
QUARTER_KM = 1.0
# A skeleton shorter than this is no evidence of being one place; one shorter than that, little.
_MIN_SKELETON = 2
_LONG_SKELETON = 4
# Sources that went from place to place: two of their ids are two places.
_SURVEYED = ("ocha",)
_AREA_REACH_KM = 150.0
# Sources have a bit each in 64; should there be more, some share one.
_MOST_SPACES = 64


def merge_places(columns: Columns, keys: TextKeys) -> Columns:
    """Returns the places with those that are one place merged, in the order of their first row."""
    groups = find_groups(columns, keys)
    keys.release()
    if np.array_equal(groups, np.arange(len(groups))):
        return columns
    return combine_places(columns, groups, reach_km=NEAR_KM)


def find_groups(columns: Columns, keys: TextKeys) -> Array:
    """Returns for each place the row of the first place that it is the same as."""
    facts = _find_facts(columns)
    several = len(np.unique(facts.spaces)) > 1
    by_id = _list_id_pairs(columns)
    twins, pairs = _find_pairs(columns, keys, facts, across=several)
    groups = _connect(np.concatenate([by_id, twins], axis=1), len(columns.places))
    return _join_pairs(groups, pairs, facts.spaces) if several else groups


class _Facts(NamedTuple):
    """What decides whether places may be one: the source of the id, the class of feature.

    `spaces` numbers the sources; `twins` does too, with -1 where no two ids can be one place.
    `dwellings` is 1 for settlements and their neighbourhoods, which sources tell apart
    differently, else 0.
    """

    spaces: Array
    twins: Array
    classes: Array
    is_area: Array
    dwellings: Array


def _find_facts(columns: Columns) -> _Facts:
    prefixes = find_prefixes(columns.texts, columns.places["place_id"])
    surveyed = np.array([prefix in _SURVEYED for prefix in prefixes.labels], bool)
    groups = [lookup_feature(label).group for label in columns.labels]
    classes = np.unique(groups, return_inverse=True)[1].astype(np.uint16)
    area = np.array([group.startswith(AREA_GROUPS) for group in groups])
    lived_in = np.isin(groups, ("settlement", "neighbourhood"))
    feature = columns.places["feature"]
    return _Facts(
        (prefixes.of_id % _MOST_SPACES).astype(np.uint8),
        np.where(surveyed[prefixes.of_id], -1, prefixes.of_id.astype(np.int32)),
        classes[feature],
        area[feature],
        lived_in[feature],
    )


def _list_id_pairs(columns: Columns) -> Array:
    """Rows that hold an id, and for each the first row that holds it."""
    holders, texts = list_ids(columns)
    first = np.full(len(columns.texts), len(columns.places), np.uint32)
    np.minimum.at(first, texts, holders)
    apart = first[texts] != holders
    return np.stack([holders[apart], first[texts[apart]]])


class _Rule(NamedTuple):
    """Which places that share the number of a form may be one, and how near they must lie."""

    reach_km: float
    wants: Callable[[Entries], Array]
    fits: Fits


def _list_twin_rules(facts: _Facts) -> tuple[list[_Rule], list[_Rule]]:
    """Rule 2: by the folded name, and by the skeleton."""

    def want(entries: Entries) -> Array:
        return np.asarray((entries.letters >= _MIN_SKELETON) & ~facts.is_area[entries.owners])

    def fit(these: Array, those: Array) -> Array:
        same = facts.classes[these] == facts.classes[those]
        twins = facts.twins[these]
        return np.asarray(same & (twins == facts.twins[those]) & (twins >= 0))

    return [_Rule(TWIN_KM, want, fit)], [_Rule(DUPLICATE_KM, want, fit)]


def _list_source_rules(facts: _Facts) -> tuple[list[_Rule], list[_Rule]]:
    """Rule 3: by the folded name, and by the skeleton."""
    is_area, dwellings = facts.is_area, facts.dwellings

    def want(least: int, wanted: Array) -> Callable[[Entries], Array]:
        def wants(entries: Entries) -> Array:
            kept = (entries.letters >= least) & wanted[entries.owners]
            return np.asarray(kept & find_shared(entries, facts.spaces))

        return wants

    def fit(kinds: Array) -> Fits:
        def fits(these: Array, those: Array) -> Array:
            apart = facts.spaces[these] != facts.spaces[those]
            return np.asarray(apart & (kinds[these] == kinds[those]))

        return fits

    alike, lived_in = fit(facts.classes), fit(dwellings)
    return [_Rule(NEAR_KM, want(0, ~is_area), alike)], [
        _Rule(CLOSE_KM, want(_LONG_SKELETON, ~is_area), alike),
        _Rule(SHORT_KM, want(_MIN_SKELETON, ~is_area), alike),
        _Rule(QUARTER_KM, want(_MIN_SKELETON, dwellings), lived_in),
        _Rule(_AREA_REACH_KM, want(_MIN_SKELETON, is_area), alike),
    ]


def _find_pairs(
    columns: Columns, keys: TextKeys, facts: _Facts, *, across: bool
) -> tuple[Array, Array]:
    """The pairs of rows that rule 2 takes for one place, and those of rule 3, the nearest first.

    `across` says whether there are several sources.
    """
    twin_rules = _list_twin_rules(facts)
    source_rules = _list_source_rules(facts) if across else ([], [])
    twins, pairs = [_NO_PAIRS], [(_NO_PAIRS, np.empty(0))]
    for at, of_text in enumerate((keys.fold, keys.skeleton)):
        for entries in list_entries(columns, keys, of_text):
            twins += [_apply(rule, columns, entries, facts)[0] for rule in twin_rules[at]]
            pairs += [_apply(rule, columns, entries, facts) for rule in source_rules[at]]
    found, km = (np.concatenate(column, axis=-1) for column in zip(*pairs, strict=True))
    distinct, first = np.unique(pack_pairs(found), return_index=True)
    nearest = distinct[np.argsort(km[first], kind="stable")]
    return np.concatenate(twins, axis=1), unpack_pairs(nearest)


_NO_PAIRS = np.empty((2, 0), np.uint32)


def _apply(rule: _Rule, columns: Columns, entries: Entries, facts: _Facts) -> tuple[Array, Array]:
    """The pairs of entries that a rule takes for one place, and the kilometres between."""
    pairs = find_near(entries.take(rule.wants(entries)), rule.reach_km, rule.fits)
    km = measure_pairs(columns, pairs)
    radii_m = columns.places["radius_m"]
    half_km = np.maximum(radii_m[pairs[0]], radii_m[pairs[1]]) / 1000 / 2
    area_km = np.minimum(half_km, rule.reach_km)
    near = km <= np.where(facts.is_area[pairs[0]], area_km, rule.reach_km)
    return pairs[:, near], km[near]


def _connect(pairs: Array, count: int) -> Array:
    """Labels the rows that pairs connect by the first row among them."""
    (these, those), labels = pairs, np.arange(count, dtype=np.uint32)
    while True:
        before = labels.copy()
        lower = np.minimum(labels[these], labels[those])
        np.minimum.at(labels, labels[these], lower)
        np.minimum.at(labels, labels[those], lower)
        labels = labels[labels]
        if np.array_equal(before, labels):
            return labels


def _join_pairs(groups: Array, pairs: Array, spaces: Array) -> Array:
    """Joins the groups of each pair, unless both hold a place of the same source."""
    parents: dict[int, int] = {}
    held = np.zeros(len(groups), np.uint64)
    np.bitwise_or.at(held, groups, np.left_shift(np.uint64(1), spaces.astype(np.uint64)))

    def find_root(row: int) -> int:
        while row in parents:
            row = parents[row]
        return row

    for this, that in zip(*groups[pairs].tolist(), strict=True):
        one, other = sorted((find_root(this), find_root(that)))
        if one != other and not held[one] & held[other]:
            parents[other] = one
            held[one] |= held[other]
    roots = np.arange(len(groups), dtype=np.uint32)
    for row in parents:
        roots[row] = find_root(row)
    joined: Array = roots[groups]
    return joined
