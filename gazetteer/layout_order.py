"""How an index's sections lie: what is read together side by side, what every name needs last."""

from collections.abc import Mapping

import numpy as np

from gazetteer.rows import Array
from gazetteer.spool import Spool, release

# Small beside the rest and read at hundreds of places for every name; they stay in memory when the
# pages of a large index are given back: 110 MB at 12 million places.
KEPT_SECTIONS = (
    "exact_filter",
    "variant_filter",
    "skeleton_start",
    "word_key",
    "word_start",
    "fold_start",
)
# Columns that are read for the same rows: one page is touched then, not two. The last row of a
# group only says where the row before ends.
_SIDE_BY_SIDE = {"group": ("group_fold", "exact_at"), "hit": ("hit_place", "hit_text")}
# So many rows are put side by side at a time.
_CHUNK = 1_000_000


def order_sections(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Returns the sections as they are written."""
    joined = {name: _join_columns(arrays, columns) for name, columns in _SIDE_BY_SIDE.items()}
    placed = {*KEPT_SECTIONS, *(column for columns in _SIDE_BY_SIDE.values() for column in columns)}
    others = {name: array for name, array in arrays.items() if name not in placed}
    return others | joined | {name: arrays[name] for name in KEPT_SECTIONS}


def open_columns(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Returns the sections of an index with the columns that lie side by side by name as well."""
    columns = {
        column: arrays[name][column]
        for name, columns in _SIDE_BY_SIDE.items()
        if name in arrays
        for column in columns
    }
    return {**arrays, **columns}


def _join_columns(arrays: Mapping[str, Array], columns: tuple[str, ...]) -> Array:
    kind = np.dtype([(column, arrays[column].dtype) for column in columns])
    spool = Spool(kind)
    for first in range(0, max(len(arrays[column]) for column in columns), _CHUNK):
        parts = {column: arrays[column][first : first + _CHUNK] for column in columns}
        rows = np.zeros(max(map(len, parts.values())), kind)
        for column, part in parts.items():
            rows[column][: len(part)] = part
        spool.append(rows)
    release([arrays[column] for column in columns])
    return spool.finish()
