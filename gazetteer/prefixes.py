"""What ids begin with, the part before `:`, which names the source that gave them."""

from typing import NamedTuple

import numpy as np

from gazetteer.rows import Array
from gazetteer.spool import release
from gazetteer.texts import Texts

# So many ids are looked at together.
_CHUNK = 200_000
# Beyond so many different beginnings among them, the rest is told one by one.
_MOST_TRIED = 40


class Prefixes(NamedTuple):
    """The sources that ids begin with, and for each id the number of its own."""

    labels: list[str]
    of_id: Array


def find_prefixes(texts: Texts, numbers: Array) -> Prefixes:
    """Returns the sources of the ids with these numbers among texts, as they come first.

    >>> ids = Texts.pack(["wof:1", "ocha:C1", "wof:2", "bare"])
    >>> find_prefixes(ids, np.array([0, 2, 1, 3]))
    Prefixes(labels=['wof', 'ocha', 'bare'], of_id=array([0, 0, 1, 2], dtype=uint32))
    """
    labels: dict[str, int] = {}
    found = np.empty(len(numbers), np.uint32)
    for start in range(0, len(numbers), _CHUNK):
        part = numbers[start : start + _CHUNK]
        found[start : start + len(part)] = _number_part(texts, part, labels)
        release([texts.data, texts.starts])
    return Prefixes(list(labels), found)


def _number_part(texts: Texts, numbers: Array, labels: dict[str, int]) -> Array:
    """The number of each id's source: that of the first id is read, and all alike are marked."""
    found = np.empty(len(numbers), np.uint32)
    rest = np.arange(len(numbers))
    for _ in range(_MOST_TRIED):
        if not len(rest):
            return found
        label = texts[int(numbers[rest[0]])].partition(":")[0]
        alike = _begin_with(texts, numbers[rest], f"{label}:".encode())
        alike[0] = True
        found[rest[alike]] = labels.setdefault(label, len(labels))
        rest = rest[~alike]
    others = (text.partition(":")[0] for text in texts.decode(numbers[rest]))
    found[rest] = [labels.setdefault(label, len(labels)) for label in others]
    return found


def _begin_with(texts: Texts, numbers: Array, beginning: bytes) -> Array:
    begins = texts.starts[numbers].astype(np.int64)
    fits: Array = texts.starts[numbers + 1] >= begins + len(beginning)
    for at, letter in enumerate(beginning):
        fits[fits] = texts.data[begins[fits] + at] == letter
    return fits
