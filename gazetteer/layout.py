"""The sections of an index: places, names, texts, and the sorted keys that lead to them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from gazetteer.filters import make_filter
from gazetteer.hashing import hash_forms, sign_texts
from gazetteer.keys import (
    COUNTRY_BITS,
    MOST_COUNTRIES,
    Runs,
    TextKeys,
    add_country,
    deal_pieces,
    make_skeletons,
    sort_pieces,
)
from gazetteer.layout_order import order_sections
from gazetteer.prefixes import find_prefixes
from gazetteer.rows import Array, Columns, list_ids, list_names
from gazetteer.sections import pack_texts
from gazetteer.spool import Spool, release, spill
from gazetteer.words import make_word_runs
from geo.errors import InputError

# Sources have a bit each in 32; should there be more, the last share one.
_MOST_SOURCES = 32
# The longest name of a source in an id; what follows is cut.
_PREFIX_BYTES = 16
# Ids are hashed so many places at a time, keys made of so many names.
_CHUNK, _TOGETHER = 500_000, 4_000_000
_NUMBER = np.dtype(np.uint32)


def make_arrays(columns: Columns, keys: TextKeys) -> dict[str, Array]:
    """Returns the sections of the index: places, names, texts, and the sorted keys of names."""
    countries = _number_countries(columns)
    names = _sort_names(columns, keys, countries)
    groups = _make_groups(names, keys)
    variants = sort_pieces(_list_keys(names, groups.of_name, keys.variant_hash))
    hashes = keys.skeleton_hash, keys.skeleton
    skeletons = make_skeletons(keys, sort_pieces(_list_keys(names, groups.of_name, *hashes)))
    release([*names, groups.of_name])
    keys.release()
    texts, folds = pack_texts("text", columns.texts), pack_texts("fold", keys.folds)
    words = make_word_runs(folds["fold_bytes"], folds["fold_start"], groups.fold, groups.keys)
    signatures = sign_texts(folds["fold_bytes"], folds["fold_start"])
    signs = spill(signatures[groups.fold[skeletons.groups]])
    keys.release()
    return order_sections(
        {
            "places": columns.places,
            "names": columns.names,
            "same": columns.same,
            **_make_ids(columns),
            **texts,
            **pack_texts("label", columns.labels),
            **pack_texts("country", countries.labels),
            **folds,
            "hit_place": names.owners,
            "hit_text": names.texts,
            "group_fold": groups.fold,
            **_pack_runs("exact", Runs(groups.keys, groups.starts)),
            **_pack_runs("variant", variants),
            "exact_filter": make_filter(groups.keys),
            "variant_filter": make_filter(variants.keys),
            "skeleton_key": skeletons.keys,
            "skeleton_start": skeletons.starts,
            "skeleton_at": skeletons.groups,
            "skeleton_sign": signs,
            **_pack_runs("deletion", skeletons.shortened),
            "word_key": words.keys,
            "word_start": words.starts.astype(np.uint32),
            "word_at": words.groups.astype(np.uint32),
            **_mark_sources(columns),
            **_pack_areas(columns),
        }
    )


class _Countries(NamedTuple):
    """The countries that occur, and for each place the number of its own."""

    labels: list[str]
    of_place: Array


def _number_countries(columns: Columns) -> _Countries:
    country = columns.places["country"]
    used = np.flatnonzero(np.bincount(country))
    if len(used) > MOST_COUNTRIES:
        raise InputError(f"{len(used)} different country codes; give ISO 3166-1 alpha-2 codes")
    numbers = np.zeros(len(columns.labels), np.uint8)
    numbers[used] = np.arange(len(used))
    return _Countries([columns.labels[number] for number in used.tolist()], numbers[country])


class _Names(NamedTuple):
    """Every name of every place, sorted by key: the place, the text, and the key."""

    owners: Array
    texts: Array
    keys: Array


def _sort_names(columns: Columns, keys: TextKeys, countries: _Countries) -> _Names:
    # Larger places first within a key: a reader that stops early has the likelier ones.
    fewest_last = ~columns.places["population"]
    found = Spool(_NUMBER), Spool(_NUMBER), Spool(np.dtype(np.uint64))
    for full, owners, texts in deal_pieces(_list_names(columns, keys, countries)):
        order = np.lexsort((owners, fewest_last[owners], full))
        for spool, column in zip(found, (owners, texts, full), strict=True):
            spool.append(column[order])
    keys.release()
    return _Names(*(spool.finish() for spool in found))


def _list_names(
    columns: Columns, keys: TextKeys, countries: _Countries
) -> Iterator[tuple[Array, Array, Array]]:
    """The key, the place and the text of each name that leaves anything when it is folded."""
    all_owners, all_texts = list_names(columns)
    release([columns.names, columns.places])
    for first in range(0, len(all_owners), _TOGETHER):
        part = slice(first, first + _TOGETHER)
        owners, texts = all_owners[part], all_texts[part]
        hashes = keys.fold_hash[keys.fold[texts]]
        usable = hashes != 0
        full = add_country(hashes, countries.of_place[owners])
        yield full[usable], owners[usable], texts[usable]


def _list_keys(
    names: _Names, groups: Array, hashes: Array, of_text: Array | None = None
) -> Iterator[tuple[Array, Array]]:
    """Another key of each name, with its country, and the group that it leads to."""
    for first in range(0, len(groups), _TOGETHER):
        part = slice(first, first + _TOGETHER)
        texts = names.texts[part]
        of_name = hashes[texts if of_text is None else of_text[texts]]
        yield add_country(of_name, names.keys[part] & COUNTRY_BITS), groups[part]


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
    starts = np.flatnonzero(fresh).astype(np.uint32)
    groups = _Groups(
        spill(names.keys[starts]),
        spill(np.append(starts, np.uint32(len(names.keys)))),
        spill(keys.fold[names.texts[starts]]),
        spill(np.cumsum(fresh, dtype=np.uint32) - np.uint32(1)),
    )
    release([*names, *groups])
    keys.release()
    return groups


def _make_ids(columns: Columns) -> dict[str, Array]:
    """The hashes of all ids, sorted, with their places; other sources' ids lead there too."""

    def list_hashes() -> Iterator[tuple[Array, Array]]:
        for first in range(0, len(columns.places), _CHUNK):
            rows, numbers = list_ids(columns, first, first + _CHUNK)
            yield hash_forms(columns.texts.take(numbers)), rows

    runs = sort_pieces(list_hashes())
    release([columns.places, columns.texts.data, columns.texts.starts])
    return _pack_runs("id", runs)


def _mark_sources(columns: Columns) -> dict[str, Array]:
    """Which sources know each place, a bit each, by what its ids begin with; and their names."""
    rows, numbers = list_ids(columns)
    prefixes = find_prefixes(columns.texts, numbers)
    cut = [label.encode()[:_PREFIX_BYTES] for label in prefixes.labels]
    names = sorted(set(cut))
    bits = np.array([min(names.index(label), _MOST_SOURCES - 1) for label in cut], np.uint32)
    known_by = np.zeros(len(columns.places), np.uint32)
    np.bitwise_or.at(known_by, rows, (np.uint32(1) << bits)[prefixes.of_id])
    release([columns.places, columns.texts.data, columns.texts.starts])
    kept = [name.decode("utf-8", "replace") for name in names[:_MOST_SOURCES]]
    return {"known_by": known_by, **pack_texts("source", kept)}


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
