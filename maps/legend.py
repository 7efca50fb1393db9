"""What the layer control lists: groups of entries, each a value of a column with its look."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.precision import Precision
from maps.style import UNKNOWN_TYPE, make_marks

NOT_LOCATED = "not located"
UNKNOWN_PRECISION = "precision unknown"


class Facet(NamedTuple):
    """A group of the layer control: its column in the page, its title, entries, and codes by row.

    An entry holds a label and, for event types, a colour and a symbol.
    """

    column: str
    title: str
    entries: list[dict[str, str]]
    codes: NDArray[np.int64]

    def to_header(self) -> dict[str, Any]:
        """What the page needs to know of the group beside the codes."""
        return {"column": self.column, "title": self.title, "entries": self.entries}


def make_type_facet(event_types: Sequence[str]) -> Facet:
    """The group of event types; a type keeps its colour and symbol on every map."""
    marks = make_marks(sorted(set(event_types)))
    entries = [
        {"label": name or UNKNOWN_TYPE, "colour": mark.colour, "symbol": mark.symbol}
        for name, mark in marks.items()
    ]
    return Facet("type", "Event type", entries, _code(event_types, list(marks)))


def make_precision_facet(precisions: Sequence[str], located: NDArray[np.bool_]) -> Facet:
    """The group of precision levels, finest first; rows without a location are one entry."""
    given = np.asarray(precisions, dtype=object)
    known = np.where(given == "", UNKNOWN_PRECISION, given)
    labels = np.where(located, known, NOT_LOCATED)
    present = set(labels)
    order = [*(level.value for level in Precision), UNKNOWN_PRECISION, NOT_LOCATED]
    wanted = [label for label in order if label in present]
    entries = [{"label": label} for label in wanted]
    return Facet("precision", "Precision", entries, _code(list(labels), wanted))


def _code(values: Sequence[str], labels: list[str]) -> NDArray[np.int64]:
    positions = {label: position for position, label in enumerate(labels)}
    return np.array([positions[value] for value in values], dtype=np.int64)
