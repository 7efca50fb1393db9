"""What a merged place keeps of each source that knows it: id, position, names, class, size."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.columns import DEGREES, NAME_ROW, Columns, spread
from gazetteer.rows import SPOT_ROW
from gazetteer.sources.radius import lookup_feature
from gazetteer.spool import Spool, join_rows, release
from geo.measure import distances_km

Array = NDArray[Any]

# Sources from the first word to the last; `own` stands for every file of the user's.
ID_ORDER = ("geonames", "area", "im", "wof", "ocha", "own")
POSITION_ORDER = ("own", "ocha", "geonames", "wof", "im", "area")
NAME_ORDER = ("im", "geonames", "area", "wof", "ocha", "own")
# Sources whose radius is measured, not worked out from class and population.
_RADIUS_ORDER = ("im",)
# Feature codes that say less than any other about the same place.
_VAGUE_FEATURES = {"": 4, "PPLQ": 3, "PPLL": 2, "PPL": 1}
# Classes of feature that are areas begin with one of these.
AREA_GROUPS = ("area", "country", "region")
# Added to the rank of a row that has nothing to give, such as no Latin name.
_LATE = 100
# So many places are copied at a time.
_CHUNK = 500_000


class _Groups(NamedTuple):
    """The rows of all groups, group by group: row, number of its group, and its source."""

    rows: Array
    numbers: Array
    sources: list[str]
    total: int


def combine_places(columns: Columns, groups: Array, *, reach_km: float) -> Columns:
    """Returns the columns with one row a group; `groups` has each row's group's first row.

    The radius of a place covers the positions that its sources give within `reach_km`; what lies
    farther is a mistake of one of them.
    """
    is_first = groups == np.arange(len(groups), dtype=np.uint32)
    firsts, sizes = np.flatnonzero(is_first).astype(np.uint32), np.bincount(groups)
    merged = firsts[sizes[firsts] > 1]
    held = _list_groups(columns, groups, np.flatnonzero(sizes[groups] > 1), merged)
    del is_first, sizes
    kept = columns.places[merged]
    shown = _pick_rows(columns, kept, held)
    _widen(columns, kept, held, reach_km)
    names = _gather_names(columns, held, shown)
    same = _gather_ids(columns, held, shown[0])
    _attach(kept, names[0], len(columns.names), "names")
    _attach(kept, same[0], len(columns.same), "same")
    spots = _list_spots(columns, held, np.searchsorted(firsts, merged))
    places = _take_places(columns.places, firsts, merged, kept)
    return Columns(
        places,
        join_rows([columns.names, names[1]]),
        join_rows([columns.same, same[1]]),
        columns.texts,
        columns.labels,
        _move_areas(columns, groups, firsts),
        spots,
    )


def _take_places(places: Array, firsts: Array, merged: Array, kept: Array) -> Array:
    """The first place of each group, and for merged ones what they became."""
    spool = Spool(places.dtype)
    for start in range(0, len(firsts), _CHUNK):
        part = firsts[start : start + _CHUNK]
        rows = places[part]
        low, high = np.searchsorted(merged, [part[0], part[-1] + 1])
        rows[np.searchsorted(part, merged[low:high])] = kept[low:high]
        spool.append(rows)
        release([places])
    return spool.finish()


def _list_groups(columns: Columns, groups: Array, rows: Array, merged: Array) -> _Groups:
    rows = rows[np.argsort(groups[rows], kind="stable")]
    ids = columns.texts.decode(columns.places["place_id"][rows])
    sources = [text.partition(":")[0] for text in ids]
    return _Groups(rows, np.searchsorted(merged, groups[rows]), sources, len(merged))


def _rank(held: _Groups, order: Sequence[str]) -> Array:
    """The rank of each row's source; sources that are not listed come last."""
    ranks = {source: rank for rank, source in enumerate(order)}
    return np.array([ranks.get(source, len(order)) for source in held.sources])


def _pick(held: _Groups, ranks: Array) -> Array:
    """The row of lowest rank in each group."""
    order = np.lexsort((held.rows, ranks, held.numbers))
    best: Array = held.rows[order][np.searchsorted(held.numbers[order], np.arange(held.total))]
    return best


def _pick_rows(columns: Columns, kept: Array, held: _Groups) -> tuple[Array, Array]:
    """Fills the merged rows; returns the rows whose id, and whose name, the places now have."""
    given = columns.places
    by_id, by_place = _rank(held, ID_ORDER), _rank(held, POSITION_ORDER)
    latin = np.array([_is_latin(text) for text in columns.texts.decode(given["name"][held.rows])])
    vague = np.array([_VAGUE_FEATURES.get(label, 0) for label in columns.labels])
    is_listed = np.array([source == "im" for source in held.sources])
    features = np.where(is_listed, -1, vague[given["feature"][held.rows]]) * _LATE + by_id
    ids, names = _pick(held, by_id), _pick(held, _rank(held, NAME_ORDER) + _LATE * ~latin)
    for fields, rows in (
        (("place_id", "source"), ids),
        (("name",), names),
        (("lon", "lat"), _pick(held, by_place)),
        (("area",), _pick(held, by_place)),
        (("country",), _pick(held, by_id + _LATE * (given["country"][held.rows] == 0))),
        (("admin1",), _pick(held, by_id + _LATE * (given["admin1"][held.rows] == 0))),
        (("admin2",), _pick(held, by_place + _LATE * (given["admin2"][held.rows] == 0))),
        (("feature",), _pick(held, features)),
        (("population",), _pick(held, -given["population"][held.rows].astype(np.int64))),
        (("radius_m",), _pick(held, _rank_radius(columns, held))),
    ):
        for field in fields:
            kept[field] = given[field][rows]
    return ids, names


def _widen(columns: Columns, kept: Array, held: _Groups, reach_km: float) -> None:
    """Makes the radius of each merged place, unless it is an area, reach its sources' positions."""
    ends = columns.places[held.rows], kept[held.numbers]
    km = distances_km(*(each[axis] / DEGREES for each in ends for axis in ("lon", "lat")))
    area = np.array(
        [lookup_feature(label).group.startswith(AREA_GROUPS) for label in columns.labels]
    )
    near = (km <= reach_km) & ~area[ends[1]["feature"]]
    reached_m = np.ceil(km[near] * 1000).astype(np.uint32)
    np.maximum.at(kept["radius_m"], held.numbers[near], reached_m)


def _list_spots(columns: Columns, held: _Groups, numbers: Array) -> Array:
    """Where each source puts each merged place; `numbers` are the new rows of the groups."""
    spots = np.empty(len(held.rows), SPOT_ROW)
    spots["place"] = numbers[held.numbers]
    given = columns.places[held.rows]
    for column, field in (("id", "place_id"), ("lon", "lon"), ("lat", "lat")):
        spots[column] = given[field]
    return spots


def _rank_radius(columns: Columns, held: _Groups) -> Array:
    """Measured radii first, then polygons, then the largest."""
    measured = _rank(held, _RADIUS_ORDER)
    drawn = np.array([row not in columns.areas for row in held.rows.tolist()])
    size = columns.places["radius_m"][held.rows].astype(np.int64)
    largest = 2**32
    return np.asarray((measured * 2 + drawn) * largest - size)


def _is_latin(text: str) -> bool:
    return any("a" <= letter <= "z" for letter in text.lower())


def _gather_names(columns: Columns, held: _Groups, shown: tuple[Array, Array]) -> tuple[Any, Array]:
    """The names of each group, each once: that of the source with the first word first."""
    order = np.lexsort((_rank(held, NAME_ORDER), held.numbers))
    rows, numbers = held.rows[order], held.numbers[order]
    owners, members = spread(
        columns.places["names_start"][rows], columns.places["names_count"][rows]
    )
    names = columns.names[members].copy()
    kept = _first_of_each(numbers[owners], names["text"])
    names, owners = names[kept], numbers[owners][kept]
    main, other = columns.labels.index("main"), columns.labels.index("alternate")
    is_main = names["text"] == columns.places["name"][shown[1]][owners]
    names["kind"][is_main] = main
    names["kind"][~is_main & (names["kind"] == main)] = other
    return owners, names.astype(NAME_ROW)


def _first_of_each(owners: Array, texts: Array) -> Array:
    """Where each pair of owner and text stands for the first time, in their order."""
    pairs = owners.astype(np.uint64) << np.uint64(32) | texts.astype(np.uint64)
    return np.sort(np.unique(pairs, return_index=True)[1])


def _gather_ids(columns: Columns, held: _Groups, ids: Array) -> tuple[Any, Array]:
    """The other ids of each group, each once."""
    owners, members = spread(
        columns.places["same_start"][held.rows], columns.places["same_count"][held.rows]
    )
    texts = np.concatenate([columns.places["place_id"][held.rows], columns.same[members]])
    groups = np.concatenate([held.numbers, held.numbers[owners]])
    other = texts != columns.places["place_id"][ids][groups]
    texts, groups = texts[other], groups[other]
    kept = _first_of_each(groups, texts)
    order = kept[np.argsort(groups[kept], kind="stable")]
    return groups[order], texts[order]


def _attach(kept: Array, owners: Array, start: int, what: str) -> None:
    """Points the merged places at their new rows, which follow the old ones."""
    counts = np.bincount(owners, minlength=len(kept))
    kept[f"{what}_start"] = start + np.cumsum(counts) - counts
    kept[f"{what}_count"] = counts


def _move_areas(columns: Columns, groups: Array, firsts: Array) -> dict[int, bytes]:
    """The polygons under the new row numbers; of several, that of the source listed last."""
    return {int(np.searchsorted(firsts, groups[row])): area for row, area in columns.areas.items()}
