"""The sections of an index: places, names, texts, and the sorted keys that lead to them."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.columns import Columns, spread
from gazetteer.hashing import hash_forms, sign_texts
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
from gazetteer.words import make_word_runs
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

Array = NDArray[Any]

# Sources have a bit each in 32; should there be more, the last share one.
_MOST_SOURCES = 32
# The longest name of a source in an id; what follows is cut.
_PREFIX_LETTERS = 16
_COLON = 58
_CHUNK = 500_000


def make_arrays(columns: Columns, keys: TextKeys) -> dict[str, Array]:
    """Returns the sections of the index: places, names, texts, and the sorted keys of names."""
    countries = _number_countries(columns)
    names = _sort_names(columns, keys, countries)
    groups = _make_groups(names, keys)
    country = names.keys & COUNTRY_BITS
    variants = sort_runs(add_country(keys.variant_hash[names.texts], country), groups.of_name)
    skeleton_hash = keys.skeleton_hash[keys.skeleton[names.texts]]
    skeletons = make_skeletons(keys, sort_runs(add_country(skeleton_hash, country), groups.of_name))
    texts, folds = pack_texts("text", columns.texts), pack_texts("fold", keys.folds)
    words = make_word_runs(folds["fold_bytes"], folds["fold_start"], groups.fold, groups.keys)
    signatures = sign_texts(folds["fold_bytes"], folds["fold_start"])
    return {
        "places": columns.places,
        "names": columns.names,
        "same": columns.same,
        **_make_ids(columns),
        **texts,
        **pack_texts("label", columns.labels),
        **pack_texts("country", countries.labels),
        **folds,
        "hit_place": names.owners.astype(np.uint32),
        "hit_text": names.texts.astype(np.uint32),
        "group_fold": groups.fold.astype(np.uint32),
        **_pack_runs("exact", Runs(groups.keys, groups.starts.astype(np.uint32))),
        **_pack_runs("variant", variants),
        "skeleton_key": skeletons.keys,
        "skeleton_start": skeletons.starts.astype(np.uint32),
        "skeleton_at": skeletons.groups,
        "skeleton_sign": signatures[groups.fold[skeletons.groups]],
        **_pack_runs("deletion", skeletons.shortened),
        "word_key": words.keys,
        "word_start": words.starts.astype(np.uint32),
        "word_at": words.groups.astype(np.uint32),
        **_mark_sources(columns, texts),
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


def _mark_sources(columns: Columns, texts: dict[str, Array]) -> dict[str, Array]:
    """Which sources know each place, a bit each, by what its ids begin with; and their names."""
    owners, members = spread(columns.places["same_start"], columns.places["same_count"])
    numbers = np.concatenate([columns.places["place_id"], columns.same[members]])
    rows = np.concatenate([np.arange(len(columns.places)), owners])
    prefixes = _cut_prefixes(texts["text_bytes"], texts["text_start"], numbers)
    names, bits = np.unique(prefixes, return_inverse=True)
    known_by = np.zeros(len(columns.places), np.uint32)
    one = np.uint32(1) << np.minimum(bits, _MOST_SOURCES - 1).astype(np.uint32)
    np.bitwise_or.at(known_by, rows, one)
    kept = [name.decode("utf-8", "replace") for name in names[:_MOST_SOURCES].tolist()]
    return {"known_by": known_by, **pack_texts("source", kept)}


def _cut_prefixes(pool: Array, starts: Array, numbers: Array) -> Array:
    """The first letters of texts, up to a colon, as bytes."""
    found = np.zeros(len(numbers), f"S{_PREFIX_LETTERS}")
    for first in range(0, len(numbers), _CHUNK):
        part = numbers[first : first + _CHUNK]
        at = starts[part].astype(np.int64)[:, None] + np.arange(_PREFIX_LETTERS)
        letters = pool[np.minimum(at, len(pool) - 1)]
        ended = (letters == _COLON) | (at >= starts[part + 1].astype(np.int64)[:, None])
        letters[np.logical_or.accumulate(ended, axis=1)] = 0
        found[first : first + _CHUNK] = letters.view(found.dtype)[:, 0]
    return found


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
