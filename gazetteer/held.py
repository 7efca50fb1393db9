"""How much of a large index stays in memory: its pages are given back part by part.

Pages of a mapped file count as this process's memory once touched, and the system maps sixteen
where one is asked for. Given back they stay in the system's cache, so that the next touch costs
microseconds.
"""

from collections.abc import Mapping
from typing import NamedTuple

from gazetteer.layout_order import KEPT_SECTIONS
from gazetteer.rows import Array
from gazetteer.spool import count_mapped_bytes, find_offset, release_part

# Of a file larger than this, so much is held beyond what the process held when it was opened: at
# 12 million places 110 MB that every name needs, and 66 MB of the rest, of which one name takes 25
# and 80 at most.
_LARGE_BYTES = 256 * 2**20
_MOST_MAPPED = 176 * 2**20
# So many parts of the file, one after the other, so that no look-up waits long for it.
_PARTS = 16


class Held(NamedTuple):
    """How much was mapped before an index was used, and which part of it is given back next."""

    before: int
    next_part: int = 0


def is_large(raw: Array) -> bool:
    """Whether a mapped file is so large that not all of it may stay in memory."""
    return len(raw) > _LARGE_BYTES


def release_some(raw: Array, arrays: Mapping[str, Array], held: Held) -> Held:
    """Gives pages back where too many are held, but for the sections that every name needs."""
    size = find_offset(raw, arrays[KEPT_SECTIONS[0]]) // _PARTS + 1
    part = held.next_part
    for _ in range(_PARTS):
        if count_mapped_bytes() - held.before <= _MOST_MAPPED:
            break
        release_part(raw, part * size, (part + 1) * size)
        part = (part + 1) % _PARTS
    return Held(held.before, part)
