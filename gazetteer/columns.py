"""Places as columns: the form in which they are merged, indexed and kept on disk."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.place import Place

Array = NDArray[Any]

# Longitude and latitude are kept in 1e-7 degrees (about 1 cm), radii in metres; `names_start`
# and `same_start` point into the name and id rows; text columns hold numbers of texts or labels.
PLACE_ROW = np.dtype(
    [
        ("place_id", "<u4"),
        ("name", "<u4"),
        ("admin1", "<u4"),
        ("admin2", "<u4"),
        ("lon", "<i4"),
        ("lat", "<i4"),
        ("population", "<u4"),
        ("radius_m", "<u4"),
        ("names_start", "<u4"),
        ("same_start", "<u4"),
        ("names_count", "<u2"),
        ("same_count", "<u2"),
        ("feature", "<u2"),
        ("country", "<u2"),
        ("source", "<u2"),
        ("area", "<u2"),
    ]
)
NAME_ROW = np.dtype([("text", "<u4"), ("lang", "<u2"), ("kind", "<u2")])
DEGREES = 1e7
# Every table of labels begins with these: merging turns main names into alternate ones.
_FIRST_LABELS = {"": 0, "main": 1, "alternate": 2}
_MOST_NAMES = 30_000
_MOST_PEOPLE = 2**32 - 1


class Shaped(NamedTuple):
    """A place whose area is known, as WKB in WGS84 degrees."""

    place: Place
    area: bytes


class Listed(NamedTuple):
    """A place whose other names come as bare texts: a fifth of the cost for a million names."""

    place: Place
    others: Sequence[str]


class Columns(NamedTuple):
    """Places in rows, with their texts apart.

    `texts` holds each distinct name, id and admin name once; `labels` the few values of feature
    code, country, source, language and kind. `areas` maps a row to its polygon as WKB.
    """

    places: Array
    names: Array
    same: Array
    texts: list[str]
    labels: list[str]
    areas: dict[int, bytes]


class _Numbers(dict[str, int]):
    """The number of each text, in the order in which they came."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


def collect_places(found: Iterable[Place | Shaped | Listed]) -> Columns:
    """Returns the places as columns, in their order; every place has its name among its names."""
    texts, labels = _Numbers({"": 0}), _Numbers(_FIRST_LABELS)
    rows: list[tuple[int, ...]] = []
    names = _Names([], [], [])
    same: list[int] = []
    areas: dict[int, bytes] = {}
    for entry in found:
        place = entry if isinstance(entry, Place) else entry.place
        if isinstance(entry, Shaped):
            areas[len(rows)] = entry.area
        starts = len(names.text), len(same)
        _add_names(place, texts, labels, names)
        if isinstance(entry, Listed):
            _add_others(entry, texts, labels, names)
        same += [texts[other] for other in place.same_as]
        counts = len(names.text) - starts[0], len(same) - starts[1]
        rows.append(_place_row(place, texts, labels, (*starts, *counts)))
    return Columns(
        np.array(rows, PLACE_ROW),
        _make_name_rows(names),
        np.array(same, np.uint32),
        list(texts),
        list(labels),
        areas,
    )


class _Names(NamedTuple):
    """The columns of the name rows while they are collected."""

    text: list[int]
    lang: list[int]
    kind: list[int]


def _make_name_rows(names: _Names) -> Array:
    rows = np.empty(len(names.text), NAME_ROW)
    for column, numbers in names._asdict().items():
        rows[column] = numbers
    return rows


def _add_names(place: Place, texts: _Numbers, labels: _Numbers, names: _Names) -> None:
    if not place.names or not any(name.text == place.name for name in place.names):
        names.text.append(texts[place.name])
        names.lang.append(0)
        names.kind.append(labels["main"])
    given = place.names[:_MOST_NAMES]
    names.text.extend([texts[name.text] for name in given])
    names.lang.extend([labels[name.lang] for name in given])
    names.kind.extend([labels[name.kind] for name in given])


def _add_others(entry: Listed, texts: _Numbers, labels: _Numbers, names: _Names) -> None:
    others = dict.fromkeys(entry.others[:_MOST_NAMES])
    others.pop(entry.place.name, None)
    others.pop("", None)
    names.text.extend([texts[other] for other in others])
    names.lang.extend([0] * len(others))
    names.kind.extend([labels["alternate"]] * len(others))


def _place_row(
    place: Place, texts: _Numbers, labels: _Numbers, spans: tuple[int, int, int, int]
) -> tuple[int, ...]:
    names_start, same_start, names_count, same_count = spans
    return (
        texts[place.place_id],
        texts[place.name],
        texts[place.admin1],
        texts[place.admin2],
        round(place.lon * DEGREES),
        round(place.lat * DEGREES),
        min(place.population, _MOST_PEOPLE),
        round(place.radius_km * 1000),
        names_start,
        same_start,
        names_count,
        same_count,
        labels[place.feature_code],
        labels[place.country],
        labels[place.source],
        0,
    )


def join_columns(parts: Sequence[Columns]) -> Columns:
    """Returns the places of all parts, one part after the other, with texts kept once."""
    texts, labels = _Numbers({"": 0}), _Numbers(_FIRST_LABELS)
    places: list[Array] = []
    names: list[Array] = []
    same: list[Array] = []
    areas: dict[int, bytes] = {}
    for part in parts:
        text_at = np.array([texts[text] for text in part.texts], np.uint32)
        label_at = np.array([labels[label] for label in part.labels], np.uint16)
        first = sum(len(rows) for rows in places)
        areas |= {first + row: area for row, area in part.areas.items()}
        starts = sum(len(rows) for rows in names), sum(len(rows) for rows in same)
        places.append(_renumber(part.places, text_at, label_at, starts))
        names.append(_renumber_names(part.names, text_at, label_at))
        same.append(text_at[part.same])
    return Columns(
        np.concatenate(places),
        np.concatenate(names),
        np.concatenate(same),
        list(texts),
        list(labels),
        areas,
    )


def _renumber(rows: Array, text_at: Array, label_at: Array, starts: tuple[int, int]) -> Array:
    moved = rows.copy()
    for column in ("place_id", "name", "admin1", "admin2"):
        moved[column] = text_at[rows[column]]
    for column in ("feature", "country", "source", "area"):
        moved[column] = label_at[rows[column]]
    moved["names_start"] += np.uint32(starts[0])
    moved["same_start"] += np.uint32(starts[1])
    return moved


def _renumber_names(rows: Array, text_at: Array, label_at: Array) -> Array:
    moved = rows.copy()
    moved["text"] = text_at[rows["text"]]
    moved["lang"] = label_at[rows["lang"]]
    moved["kind"] = label_at[rows["kind"]]
    return moved


def spread(starts: Array, counts: Array) -> tuple[Array, Array]:
    """Returns the members of many runs: for each, the number of its run and its own index.

    >>> owners, members = spread(np.array([5, 9]), np.array([2, 1]))
    >>> owners.tolist(), members.tolist()
    ([0, 0, 1], [5, 6, 9])
    """
    counts = counts.astype(np.int64)
    owners = np.repeat(np.arange(len(counts)), counts)
    begins = np.cumsum(counts) - counts
    members = starts.astype(np.int64)[owners] + np.arange(len(owners)) - begins[owners]
    return owners, members


def iterate_labels(columns: Columns, column: str) -> Iterator[str]:
    """Yields a label column of the places (feature, country, source or area) as text."""
    return (columns.labels[number] for number in columns.places[column].tolist())
