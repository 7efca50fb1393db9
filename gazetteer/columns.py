"""Places as columns: the form in which they are merged, indexed and kept on disk."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from gazetteer.interning import intern_texts, start_interning
from gazetteer.place import Place, PlaceName
from gazetteer.rows import (
    DEGREES,
    NAME_ROW,
    PLACE_ROW,
    Array,
    Columns,
    Listed,
    Shaped,
    iterate_labels,
    spread,
)
from gazetteer.spool import Spool, TextSpool
from gazetteer.texts import Texts, hash_encoded, pack_encoded
from geo.errors import InputError

__all__ = [
    "DEGREES",
    "NAME_ROW",
    "PLACE_ROW",
    "Array",
    "Collector",
    "Columns",
    "Listed",
    "Shaped",
    "collect_places",
    "iterate_labels",
    "join_columns",
    "spread",
]

# Every table of labels begins with these: merging turns main names into alternate ones.
_FIRST_LABELS = {"": 0, "main": 1, "alternate": 2}
_MOST_LABELS = 2**16
_MOST_NAMES = 30_000
_MOST_PEOPLE = 2**32 - 1
# So many places are taken from Python objects to arrays at a time: enough that numpy's overhead
# vanishes, few enough that the first names reach other cores while the rest is being read.
_CHUNK = 50_000

# Called with the texts that have become names for the first time, and their numbers.
OnNames = Callable[[Array, Texts], None]


class _Numbers(dict[str, int]):
    """The number of each text, in the order in which they came."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


class Collector:
    """Places as they come in, chunk by chunk; `finish` returns them as columns.

    `on_names` gets the texts of names as soon as they are known, so that their keys can be found
    while more places are read.
    """

    def __init__(self, on_names: OnNames | None = None, folder: Path | None = None) -> None:
        self._on_names = on_names
        self._labels = _Numbers(_FIRST_LABELS)
        self._known = start_interning()
        self._named = np.zeros(0, bool)
        self._rows = tuple(Spool(each, folder) for each in (PLACE_ROW, NAME_ROW, _NUMBER))
        self._texts = TextSpool(folder)
        self._sources = np.zeros(0, np.int64)
        self._areas: dict[int, bytes] = {}
        self._counts = [0, 0, 0]
        self._intern(pack_encoded([b""]), hash_encoded([b""]), np.zeros(1, np.int64))

    def add_places(self, found: Iterable[Place | Shaped | Listed]) -> None:
        """Takes places one by one; every place has its name among its names."""
        rest = iter(found)
        while entries := list(islice(rest, _CHUNK)):
            self._add_chunk(entries)

    def add_columns(self, part: Columns) -> None:
        """Takes all places of a part."""
        text_at = self._intern(part.texts, part.texts.hash(), np.arange(len(part.texts)))
        label_at = _narrow([self._labels[label] for label in part.labels])
        self._tell_names(part.names["text"], part.texts, text_at)
        self._append(
            _renumber(part.places, text_at, label_at),
            _renumber_names(part.names, text_at, label_at),
            text_at[part.same],
            part.areas,
        )

    @property
    def place_count(self) -> int:
        """How many places were taken."""
        return self._counts[0]

    def count_sources(self) -> dict[str, int]:
        """Returns how many places were taken of each source."""
        counts = dict.fromkeys(self._labels, 0)
        return counts | dict(zip(self._labels, self._sources.tolist(), strict=False))

    def finish(self) -> Columns:
        """Returns all places that were taken."""
        if len(self._labels) > _MOST_LABELS:
            raise InputError(
                f"{len(self._labels)} different feature codes, countries, sources and languages; "
                f"a gazetteer holds {_MOST_LABELS}: check that the columns are the right ones"
            )
        self._known = start_interning()
        places, names, same = (spool.finish() for spool in self._rows)
        return Columns(places, names, same, self._texts.finish(), list(self._labels), self._areas)

    def _add_chunk(self, entries: Sequence[Place | Shaped | Listed]) -> None:
        places = [entry if isinstance(entry, Place) else entry.place for entry in entries]
        names = _list_names(entries)
        same = [place.same_as[:_MOST_NAMES] for place in places]
        groups = [
            names.texts,
            list(chain.from_iterable(same)),
            *([getattr(place, field) for place in places] for field in _TEXT_FIELDS),
        ]
        encoded = [text.encode("utf-8", "replace") for text in chain(*groups)]
        texts = pack_encoded(encoded)
        numbers = self._intern(texts, hash_encoded(encoded), _order_by_place(names.counts, same))
        at = np.split(numbers, np.cumsum([len(group) for group in groups[:-1]]))
        self._tell_names(np.arange(len(names.texts)), texts, at[0])
        name_rows = np.empty(len(names.texts), NAME_ROW)
        name_rows["text"] = at[0]
        name_rows["lang"] = _narrow([self._labels[lang] for lang in names.langs])
        name_rows["kind"] = _narrow([self._labels[kind] for kind in names.kinds])
        rows = _make_rows(places, at[2:], self._labels)
        _set_spans(rows, "names", names.counts)
        _set_spans(rows, "same", [len(ids) for ids in same])
        areas = {row: entry.area for row, entry in enumerate(entries) if isinstance(entry, Shaped)}
        self._append(rows, name_rows, at[1], areas)

    def _intern(self, texts: Texts, hashes: Array, order: Array) -> Array:
        """The numbers of the texts; new ones are kept in this order."""
        met = intern_texts(self._known, hashes[order])
        self._known = met.known
        self._texts.append(texts.take(order[met.fresh]))
        self._named = np.concatenate([self._named, np.zeros(len(met.fresh), bool)])
        numbers = np.empty(len(hashes), np.uint32)
        numbers[order] = met.numbers
        return numbers

    def _tell_names(self, local: Array, texts: Texts, numbers: Array) -> None:
        """Tells which texts are names for the first time; `numbers` are those of all texts."""
        if self._on_names is None:
            return
        local = np.unique(local)
        found, first = np.unique(numbers[local], return_index=True)
        fresh = ~self._named[found]
        self._named[found] = True
        self._on_names(found[fresh], texts.take(local[first[fresh]]))

    def _append(self, places: Array, names: Array, same: Array, areas: dict[int, bytes]) -> None:
        places["names_start"] += np.uint32(self._counts[1])
        places["same_start"] += np.uint32(self._counts[2])
        self._areas |= {self._counts[0] + row: area for row, area in areas.items()}
        for at, rows in enumerate((places, names, same)):
            self._rows[at].append(rows)
            self._counts[at] += len(rows)
        sources = np.bincount(places["source"], minlength=len(self._sources))
        sources[: len(self._sources)] += self._sources
        self._sources = sources


_TEXT_FIELDS = ("place_id", "name", "admin1", "admin2")
_LABEL_FIELDS = {"feature": "feature_code", "country": "country", "source": "source"}
_NUMBER = np.dtype(np.uint32)


def collect_places(found: Iterable[Place | Shaped | Listed]) -> Columns:
    """Returns the places as columns, in their order; every place has its name among its names."""
    collector = Collector()
    collector.add_places(found)
    return collector.finish()


def join_columns(parts: Sequence[Columns]) -> Columns:
    """Returns the places of all parts, one part after the other, with texts kept once."""
    collector = Collector()
    for part in parts:
        collector.add_columns(part)
    return collector.finish()


class _Names(NamedTuple):
    """The names of a chunk of places, place by place, and how many each place has."""

    texts: list[str]
    langs: list[str]
    kinds: list[str]
    counts: list[int]


def _list_names(entries: Sequence[Place | Shaped | Listed]) -> _Names:
    names = _Names([], [], [], [])
    for entry in entries:
        before = len(names.texts)
        if isinstance(entry, Listed):
            _add_given(entry.place, names)
            if entry.others:
                _add_others(entry, names)
        else:
            _add_given(entry if isinstance(entry, Place) else entry.place, names)
        names.counts.append(len(names.texts) - before)
    return names


def _order_by_place(name_counts: Sequence[int], same: Sequence[Sequence[str]]) -> Array:
    """The texts of a chunk place by place: who reads a place finds its texts side by side."""
    rows = np.arange(len(same))
    owners = [rows.repeat(name_counts), rows.repeat([len(ids) for ids in same])]
    return np.argsort(np.concatenate([*owners, *(rows for _ in _TEXT_FIELDS)]), kind="stable")


def _add_given(place: Place, names: _Names) -> None:
    given: Sequence[PlaceName] = place.names
    if not given or not any(name.text == place.name for name in given):
        names.texts.append(place.name)
        names.langs.append("")
        names.kinds.append("main")
    if given:
        given = given[:_MOST_NAMES]
        names.texts.extend([name.text for name in given])
        names.langs.extend([name.lang for name in given])
        names.kinds.extend([name.kind for name in given])


def _add_others(entry: Listed, names: _Names) -> None:
    others = dict.fromkeys(entry.others[:_MOST_NAMES])
    others.pop(entry.place.name, None)
    others.pop("", None)
    names.texts.extend(others)
    names.langs.extend([""] * len(others))
    names.kinds.extend(["alternate"] * len(others))


def _make_rows(places: Sequence[Place], texts: Sequence[Array], labels: _Numbers) -> Array:
    rows = np.zeros(len(places), PLACE_ROW)
    for column, numbers in zip(_TEXT_FIELDS, texts, strict=True):
        rows[column] = numbers
    for column, field in _LABEL_FIELDS.items():
        rows[column] = _narrow([labels[getattr(place, field)] for place in places])
    rows["lon"] = np.rint(np.array([place.lon for place in places]) * DEGREES)
    rows["lat"] = np.rint(np.array([place.lat for place in places]) * DEGREES)
    rows["radius_m"] = np.rint(np.array([place.radius_km for place in places]) * 1000)
    rows["population"] = [min(place.population, _MOST_PEOPLE) for place in places]
    return rows


def _narrow(numbers: list[int]) -> Array:
    """Numbers of labels; those beyond the most there may be are refused when all is collected."""
    return np.array(numbers, np.int64) % _MOST_LABELS


def _set_spans(rows: Array, what: str, counts: list[int]) -> None:
    ends = np.cumsum(counts)
    rows[f"{what}_count"] = counts
    rows[f"{what}_start"] = ends - counts


def _renumber(rows: Array, text_at: Array, label_at: Array) -> Array:
    moved = rows.copy()
    for column in _TEXT_FIELDS:
        moved[column] = text_at[rows[column]]
    for column in (*_LABEL_FIELDS, "area"):
        moved[column] = label_at[rows[column]]
    return moved


def _renumber_names(rows: Array, text_at: Array, label_at: Array) -> Array:
    moved = rows.copy()
    moved["text"] = text_at[rows["text"]]
    moved["lang"] = label_at[rows["lang"]]
    moved["kind"] = label_at[rows["kind"]]
    return moved
