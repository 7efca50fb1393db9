"""The order of an index's sections: those that every name needs lie side by side."""

from collections.abc import Mapping

from gazetteer.rows import Array

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


def order_sections(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Returns the sections with those that are kept in memory last."""
    others = {name: array for name, array in arrays.items() if name not in KEPT_SECTIONS}
    return others | {name: arrays[name] for name in KEPT_SECTIONS}
