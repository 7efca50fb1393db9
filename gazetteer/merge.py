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

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.columns import DEGREES, Columns, spread
from gazetteer.combine import AREA_GROUPS, combine_places
from gazetteer.keys import TextKeys
from gazetteer.sources.radius import lookup_feature
from geo.measure import distances_km

Array = NDArray[Any]

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
_LAT_DEGREE_KM = 110.5
_AREA_REACH_KM = 150.0
# So many ids are decoded at a time.
_CHUNK = 200_000


class Prefixes(NamedTuple):
    """The sources that ids begin with (the part before `:`), and for each place its own."""

    labels: list[str]
    of_place: Array


def merge_places(columns: Columns, keys: TextKeys) -> Columns:
    """Returns the places with those that are one place merged, in the order of their first row."""
    groups = find_groups(columns, keys)
    if len(np.unique(groups)) == len(groups):
        return columns
    return combine_places(columns, groups, reach_km=NEAR_KM)


def find_groups(columns: Columns, keys: TextKeys) -> Array:
    """Returns for each place the row of the first place that it is the same as."""
    these, those = _list_id_pairs(columns)
    twins = _find_duplicates(columns, keys)
    groups = _connect(
        np.concatenate([these, twins[0]]), np.concatenate([those, twins[1]]), len(columns.places)
    )
    spaces = find_namespaces(columns)
    if len(np.unique(spaces)) == 1:
        return groups
    return _join_pairs(groups, find_pairs(columns, keys, spaces), spaces)


def find_namespaces(columns: Columns) -> Array:
    """Returns for each place a bit that stands for the source of its id."""
    numbers = find_prefixes(columns).of_place.astype(np.uint64)
    masks: Array = np.left_shift(np.uint64(1), numbers % np.uint64(64))
    return masks


def find_prefixes(columns: Columns) -> Prefixes:
    """Returns the source of each place's id."""
    bits: dict[str, int] = {}
    ids = columns.places["place_id"]
    numbers = np.empty(len(ids), np.int64)
    for start in range(0, len(ids), _CHUNK):
        texts = columns.texts.decode(ids[start : start + _CHUNK])
        numbers[start : start + _CHUNK] = [
            bits.setdefault(text.partition(":")[0], len(bits)) for text in texts
        ]
    return Prefixes(list(bits), numbers)


def _list_id_pairs(columns: Columns) -> tuple[Array, Array]:
    """Rows that hold an id, and for each the first row that holds it."""
    places = columns.places
    owners, members = spread(places["same_start"], places["same_count"])
    texts = np.concatenate([places["place_id"], columns.same[members]])
    holders = np.concatenate([np.arange(len(places)), owners])
    first = np.full(len(columns.texts), len(places))
    np.minimum.at(first, texts, holders)
    apart = first[texts] != holders
    return holders[apart], first[texts[apart]]


def _find_duplicates(columns: Columns, keys: TextKeys) -> Array:
    """Pairs of rows of one source that rule 2 takes for one place."""
    owners, members = spread(columns.places["names_start"], columns.places["names_count"])
    texts = columns.names["text"][members]
    classes, is_area = _find_classes(columns)
    prefixes = find_prefixes(columns)
    sources = np.where(_is_surveyed(prefixes), -1, prefixes.of_place)
    found = []
    for numbers, usable, reach_km in (
        (keys.skeleton[texts], _is_telling(keys)[keys.skeleton[texts]], DUPLICATE_KM),
        (keys.fold[texts], _is_telling(keys)[keys.skeleton[texts]], TWIN_KM),
    ):
        repeated = np.bincount(numbers)[numbers] > 1
        kept = repeated & usable & ~is_area[owners]
        pairs = _find_neighbours(columns, owners[kept], numbers[kept], reach_km)
        pairs = pairs[:, classes[pairs[0]] == classes[pairs[1]]]
        pairs = pairs[:, (sources[pairs[0]] == sources[pairs[1]]) & (sources[pairs[0]] >= 0)]
        km, limits_km = _measure_pairs(columns, pairs, reach_km, is_area)
        found.append(pairs[:, km <= limits_km])
    return np.concatenate(found, axis=1)


def _is_telling(keys: TextKeys, shortest: int = _MIN_SKELETON) -> Array:
    """Which skeletons are long enough to be evidence of one place."""
    telling: Array = keys.skeletons.count_letters() >= shortest
    return telling


def _is_surveyed(prefixes: Prefixes) -> Array:
    """Which places come from a source whose ids are one place each."""
    listed = np.array([prefix in _SURVEYED for prefix in prefixes.labels])
    surveyed: Array = listed[prefixes.of_place]
    return surveyed


def _connect(these: Array, those: Array, count: int) -> Array:
    """Labels the rows that pairs connect by the first row among them."""
    labels = np.arange(count)
    while True:
        before = labels.copy()
        lower = np.minimum(labels[these], labels[those])
        np.minimum.at(labels, labels[these], lower)
        np.minimum.at(labels, labels[those], lower)
        labels = labels[labels]
        if np.array_equal(before, labels):
            return labels


def find_pairs(columns: Columns, keys: TextKeys, spaces: Array) -> list[tuple[int, int]]:
    """The pairs of rows of two sources that rule 3 takes for one place, the nearest first."""
    owners, members = spread(columns.places["names_start"], columns.places["names_count"])
    texts = columns.names["text"][members]
    classes, is_area = _find_classes(columns)
    folds = keys.fold[texts], keys.fold_hash[keys.fold[texts]] != 0
    skeletons = keys.skeleton[texts], _is_telling(keys)[keys.skeleton[texts]]
    long = keys.skeleton[texts], _is_telling(keys, _LONG_SKELETON)[keys.skeleton[texts]]
    dwellings = _find_dwellings(columns)
    found, distances = [], []
    for (numbers, usable), reach_km, wanted, kinds in (
        (folds, NEAR_KM, ~is_area, classes),
        (long, CLOSE_KM, ~is_area, classes),
        (skeletons, SHORT_KM, ~is_area, classes),
        (skeletons, QUARTER_KM, dwellings >= 0, dwellings),
        (skeletons, _AREA_REACH_KM, is_area, classes),
    ):
        kept = usable & wanted[owners] & _is_shared(numbers, spaces[owners])
        pairs = _find_neighbours(columns, owners[kept], numbers[kept], reach_km)
        same_class = kinds[pairs[0]] == kinds[pairs[1]]
        pairs = pairs[:, same_class & (spaces[pairs[0]] != spaces[pairs[1]])]
        km, limits_km = _measure_pairs(columns, pairs, reach_km, is_area)
        found.append(pairs[:, km <= limits_km])
        distances.append(km[km <= limits_km])
    these, those = np.concatenate(found, axis=1)[:, np.argsort(np.concatenate(distances))].tolist()
    return list(zip(these, those, strict=True))


def _is_shared(numbers: Array, spaces: Array) -> Array:
    """Which entries have a number that entries of another source have as well."""
    held = np.zeros(int(numbers.max(initial=0)) + 1, np.uint64)
    np.bitwise_or.at(held, numbers, spaces)
    shared: Array = held[numbers] != spaces
    return shared


def _find_classes(columns: Columns) -> tuple[Array, Array]:
    """For each place the number of its class of feature, and whether that is an area."""
    groups = [lookup_feature(label).group for label in columns.labels]
    numbers = np.unique(groups, return_inverse=True)[1]
    area = np.array([group.startswith(AREA_GROUPS) for group in groups])
    feature = columns.places["feature"]
    return numbers[feature], area[feature]


def _find_dwellings(columns: Columns) -> Array:
    """1 for settlements and their neighbourhoods, which sources tell apart differently; else -1."""
    groups = [lookup_feature(label).group for label in columns.labels]
    lived_in = np.isin(groups, ("settlement", "neighbourhood"))
    return np.where(lived_in[columns.places["feature"]], 1, -1)


def _find_neighbours(columns: Columns, owners: Array, numbers: Array, reach_km: float) -> Array:
    """Pairs of rows that share a number and lie within reach in latitude.

    Entries are sorted by number and latitude; each is compared with its next, second next ...
    neighbour, as long as any is left within reach.
    """
    lats = columns.places["lat"][owners]
    order = np.lexsort((lats, numbers))
    owners, numbers, lats = owners[order], numbers[order], lats[order].astype(np.int64)
    reach = reach_km / _LAT_DEGREE_KM * DEGREES
    alive, step, found = np.arange(len(owners)), 1, [np.empty((2, 0), np.int64)]
    while len(alive):
        alive = alive[alive + step < len(owners)]
        others = alive + step
        alive = alive[(numbers[alive] == numbers[others]) & (lats[others] - lats[alive] <= reach)]
        found.append(np.stack([owners[alive], owners[alive + step]]))
        step += 1
    return np.concatenate(found, axis=1)


def _measure_pairs(
    columns: Columns, pairs: Array, reach_km: float, is_area: Array
) -> tuple[Array, Array]:
    """How far apart the rows of each pair are, and how far they may be."""
    places, (these, those) = columns.places, pairs
    lons, lats = places["lon"] / DEGREES, places["lat"] / DEGREES
    km = distances_km(lons[these], lats[these], lons[those], lats[those])
    radius_km = np.maximum(places["radius_m"][these], places["radius_m"][those]) / 1000
    return km, np.where(is_area[these], np.minimum(radius_km / 2, reach_km), reach_km)


def _join_pairs(groups: Array, pairs: list[tuple[int, int]], spaces: Array) -> Array:
    """Joins the groups of each pair, unless both hold a place of the same source."""
    parents: dict[int, int] = {}
    held = np.zeros(len(groups), np.uint64)
    np.bitwise_or.at(held, groups, spaces)

    def find_root(row: int) -> int:
        while row in parents:
            row = parents[row]
        return row

    for this, that in pairs:
        one, other = sorted((find_root(int(groups[this])), find_root(int(groups[that]))))
        if one != other and not held[one] & held[other]:
            parents[other] = one
            held[one] |= held[other]
    roots = np.arange(len(groups))
    for row in parents:
        roots[row] = find_root(row)
    joined: Array = roots[groups]
    return joined
