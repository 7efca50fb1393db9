"""Places to one index on disk: keys of all names, merging, admin areas, sections."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.columns import DEGREES, Columns
from gazetteer.keys import Pending, finish_keys, start_keys
from gazetteer.layout import make_arrays
from gazetteer.merge import merge_places
from gazetteer.sections import vouch_for, write_sections
from gazetteer.spool import copy_rows, release
from geo.holders import find_holders
from geo.whole import write_whole

Array = NDArray[Any]
Report = Callable[[str], None]
# The bundled list has places from so many people on.
_TOWN = 500


def _say_nothing(step: str) -> None:
    """Reports no step."""


def build_index(
    columns: Columns,
    path: Path,
    meta: Mapping[str, Any],
    *,
    pending: Pending | None = None,
    report: Report = _say_nothing,
) -> None:
    """Writes the index of the places; the file appears whole or not at all.

    `meta` is kept in the header; `pending` has the keys of all names if they are being found
    already; `report` is called with the name of each step.
    """
    report("finding admin areas")
    pending = pending or start_keys(columns)
    columns = place_in_areas(columns)
    report("finding the keys of names")
    _release(columns)
    keys = finish_keys(pending)
    report("merging sources")
    columns = merge_places(columns, keys)
    _release(columns)
    report("sorting keys")
    arrays = {"spots": columns.spots} | make_arrays(columns, keys)
    report("writing")
    counts = {
        "places": len(columns.places),
        "names": len(columns.names),
        "covered": count_covered(columns),
    }
    _release(columns)
    with write_whole(path) as file:
        write_sections(file, {**meta, **counts}, arrays)
    vouch_for(path)


def count_covered(columns: Columns) -> dict[str, tuple[int, int]]:
    """Returns for each country how many places there are, and how many of them are towns.

    Towns are those with so many people that the bundled list has all of them: where there is
    little more than towns, the villages are not known.
    """
    countries, people = columns.places["country"], columns.places["population"]
    every = np.bincount(countries, minlength=len(columns.labels))
    towns = np.bincount(countries[people >= _TOWN], minlength=len(columns.labels))
    return {
        label: (int(every[number]), int(towns[number]))
        for number, label in enumerate(columns.labels)
        if every[number]
    }


def _release(columns: Columns) -> None:
    """Lets what is on disk leave memory until it is needed again."""
    release([columns.places, columns.names, columns.same, columns.texts.data])


def place_in_areas(columns: Columns) -> Columns:
    """Returns the places with the id of the first-level area that holds each, and a country."""
    places = copy_rows(columns.places)
    labels = {label: number for number, label in enumerate(columns.labels)}
    lons, lats = places["lon"] / DEGREES, places["lat"] / DEGREES
    homeless = np.flatnonzero(places["country"] == labels[""])
    release([places, columns.places])
    held = find_holders(lons, lats)
    places["area"] = _take_labels(labels, held.area_ids, held.numbers)
    places["country"][homeless] = _take_labels(labels, held.countries, held.numbers[homeless])
    return columns._replace(places=places, labels=list(labels))


def _take_labels(labels: dict[str, int], answers: Sequence[str], numbers: Array) -> Array:
    """The label of each number's answer; new labels are numbered in the order of the rows."""
    used, first = np.unique(numbers, return_index=True)
    found = np.zeros(len(answers), np.uint16)
    for number in used[np.argsort(first)].tolist():
        found[number] = labels.setdefault(answers[number], len(labels))
    return found[numbers]
