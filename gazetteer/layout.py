"""The sections of an index: places, names, texts, and the sorted keys that lead to them."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.columns import Columns, spread
from gazetteer.hashing import hash_forms
from gazetteer.keys import (
    COUNTRY_BITS,
    MOST_COUNTRIES,
    Runs,
    TextKeys,
    add_country,
    make_skeletons,
    sort_runs,
)
from gazetteer.sections import pack_texts
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

Array = NDArray[Any]


def make_arrays(columns: Columns, keys: TextKeys) -> dict[str, Array]:
    """Returns the sections of the index: places, names, texts, and the sorted keys of names."""
    countries = _number_countries(columns)
    names = _sort_names(columns, keys, countries)
    groups = _make_groups(names, keys)
    country = names.keys & COUNTRY_BITS
    variants = sort_runs(add_country(keys.variant_hash[names.texts], country), groups.of_name)
    skeleton_hash = keys.skeleton_hash[keys.skeleton[names.texts]]
    skeletons = make_skeletons(keys, sort_runs(add_country(skeleton_hash, country), groups.of_name))
    return {
        "places": columns.places,
        "names": columns.names,
        "same": columns.same,
        **_make_ids(columns),
        **pack_texts("text", columns.texts),
        **pack_texts("label", columns.labels),
        **pack_texts("country", countries.labels),
        **pack_texts("fold", keys.folds),
        "hit_place": names.owners.astype(np.uint32),
        "hit_text": names.texts.astype(np.uint32),
        "group_fold": groups.fold.astype(np.uint32),
        **_pack_runs("exact", Runs(groups.keys, groups.starts.astype(np.uint32))),
        **_pack_runs("variant", variants),
        "skeleton_key": skeletons.keys,
        "skeleton_start": skeletons.starts.astype(np.uint32),
        "skeleton_at": skeletons.groups,
        **_pack_runs("deletion", skeletons.shortened),
        **_pack_areas(columns),
    }


class _Countries(NamedTuple):
    """The countries that occur, and for each place the number of its own."""

    labels: list[str]
    of_place: Array


def _number_countries(columns: Columns) -> _Countries:
    used, of_place = np.unique(columns.places["country"], return_inverse=True)
    if len(used) > MOST_COUNTRIES:
        raise InputError(f"{len(used)} different country codes; give ISO 3166-1 alpha-2 codes")
    return _Countries([columns.labels[number] for number in used.tolist()], of_place)


class _Names(NamedTuple):
    """Every name of every place, sorted by key: the place, the text, and the key."""

    owners: Array
    texts: Array
    keys: Array


def _sort_names(columns: Columns, keys: TextKeys, countries: _Countries) -> _Names:
    owners, members = spread(columns.places["names_start"], columns.places["names_count"])
    texts = columns.names["text"][members].astype(np.int64)
    folds = keys.fold[texts]
    usable = keys.fold_hash[folds] != 0
    owners, texts, folds = owners[usable], texts[usable], folds[usable]
    full = add_country(keys.fold_hash[folds], countries.of_place[owners])
    # Larger places first within a key: a reader that stops early has the likelier ones.
    people = columns.places["population"][owners].astype(np.int64)
    order = np.lexsort((owners, -people, full))
    return _Names(owners[order], texts[order], full[order])


class _Groups(NamedTuple):
    """The distinct folded names of each country, in the order of their keys.

    `starts` is where the group's names begin among all names, with the end added; `of_name` the
    number of each name's group.
    """

    keys: Array
    starts: Array
    fold: Array
    of_name: Array


def _make_groups(names: _Names, keys: TextKeys) -> _Groups:
    fresh = np.ones(len(names.keys), bool)
    fresh[1:] = names.keys[1:] != names.keys[:-1]
    starts = np.flatnonzero(fresh)
    fold = keys.fold[names.texts[starts]]
    ends = np.append(starts, len(names.keys))
    return _Groups(names.keys[starts], ends, fold, np.cumsum(fresh) - 1)


def _make_ids(columns: Columns) -> dict[str, Array]:
    """The hashes of all ids, sorted, with their places; other sources' ids lead there too."""
    owners, members = spread(columns.places["same_start"], columns.places["same_count"])
    numbers = np.concatenate([columns.places["place_id"], columns.same[members]])
    rows = np.concatenate([np.arange(len(columns.places)), owners])
    order = np.argsort(rows, kind="stable")
    hashes = hash_forms(columns.texts.take(numbers[order]))
    return _pack_runs("id", sort_runs(hashes, rows[order]))


def _pack_runs(name: str, runs: Runs) -> dict[str, Array]:
    return {f"{name}_key": runs.keys, f"{name}_at": runs.targets}


def _pack_areas(columns: Columns) -> dict[str, Array]:
    rows = sorted(columns.areas)
    shapes: Sequence[bytes] = [columns.areas[row] for row in rows]
    ends = np.cumsum([len(shape) for shape in shapes], dtype=np.uint64)
    return {
        "area_row": np.array(rows, np.uint32),
        "area_start": np.concatenate([np.zeros(1, np.uint64), ends]),
        "area_bytes": np.frombuffer(b"".join(shapes), np.uint8),
    }
