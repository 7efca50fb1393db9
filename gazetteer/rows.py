"""Rows of places and of names: how a gazetteer lies in memory and on disk."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.place import Place
from gazetteer.texts import Texts

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
# Where the source of an id puts the place: the row of the place, the id's text, the position.
SPOT_ROW = np.dtype([("place", "<u4"), ("id", "<u4"), ("lon", "<i4"), ("lat", "<i4")])
DEGREES = 1e7


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
    `spots` has, in the order of their places, where each source puts a place that several know.
    """

    places: Array
    names: Array
    same: Array
    texts: Texts
    labels: list[str]
    areas: dict[int, bytes]
    spots: Array = np.empty(0, SPOT_ROW)


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


def list_names(columns: Columns) -> tuple[Array, Array]:
    """Returns the names of all places, place by place: the row of the place, the text."""
    places = columns.places
    return _list_held(places["names_start"], places["names_count"], columns.names["text"])


def list_ids(columns: Columns, first: int = 0, last: int | None = None) -> tuple[Array, Array]:
    """Returns the ids of a range of places, place by place: the row of the place, the text."""
    places = columns.places[first:last]
    owners, others = _list_held(places["same_start"], places["same_count"], columns.same)
    rows = np.concatenate([np.arange(len(places), dtype=np.uint32), owners])
    order = np.argsort(rows, kind="stable")
    return rows[order] + np.uint32(first), np.concatenate([places["place_id"], others])[order]


def _list_held(starts: Array, counts: Array, held: Array) -> tuple[Array, Array]:
    """For the members of many runs the number of the run, and what is held there."""
    owners = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)
    begins = np.cumsum(counts, dtype=np.uint32) - counts
    if np.array_equal(begins, starts):
        return owners, np.ascontiguousarray(held[: len(owners)])
    # Differences below zero wrap round, and back.
    members = np.arange(len(owners), dtype=np.uint32) + (starts - begins)[owners]
    return owners, held[members]


def iterate_labels(columns: Columns, column: str) -> Iterator[str]:
    """Yields a label column of the places (feature, country, source or area) as text."""
    return (columns.labels[number] for number in columns.places[column].tolist())
