"""Places that share a name and lie near each other: pairs, found a part of the names at a time.

Two places are compared only where they share the number of a form, so that the forms can be gone
through range by range: what is held grows with the range, not with the gazetteer.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from gazetteer.keys import TextKeys
from gazetteer.rows import DEGREES, Array, Columns, list_names
from gazetteer.spool import release
from geo.measure import distances_km

# So many names are compared together: some 150 MB.
_TOGETHER = 2_000_000
_LAT_DEGREE_KM = 110.5
# A degree of longitude at the equator, less a fifth: so much the parallel shrinks up to the
# latitude of the farther place and the straight way is shorter, up to `_POLAR_DEG`.
_LON_DEGREE_KM = 89.0
_POLAR_DEG = 80.0
_HALF_TURN_DEG = 180.0
_MOST_LETTERS = 255

# Called with the rows of pairs; returns which of them are worth measuring.
Fits = Callable[[Array, Array], Array]


class Entries(NamedTuple):
    """Names of places that share their form's number with others, sorted by number and latitude.

    For each the row of the place, the number, its position in 1e-7 degrees, and how many letters
    the skeleton of the name has.
    """

    owners: Array
    numbers: Array
    lons: Array
    lats: Array
    letters: Array

    def take(self, kept: Array) -> "Entries":
        """Returns some of the entries, in their order."""
        return Entries(*(column[kept] for column in self))


def list_entries(columns: Columns, keys: TextKeys, of_text: Array) -> Iterator[Entries]:
    """Yields the entries of all forms that several names have, range by range of their numbers.

    `of_text` has the number of each text's form; the empty form, 0, is left out.
    """
    owners, texts = list_names(columns)
    letters = count_letters(keys)[keys.skeleton[texts]]
    numbers = of_text[texts]
    lons, lats = (np.ascontiguousarray(columns.places[axis]) for axis in ("lon", "lat"))
    del texts
    release([columns.places, columns.names])
    keys.release()
    total = int(numbers.max(initial=0)) + 1
    step = -(-total // (len(numbers) // _TOGETHER + 1))
    for low in range(0, total, step):
        at = np.flatnonzero((numbers >= max(low, 1)) & (numbers < low + step))
        shared = np.bincount(numbers[at] - np.uint32(low), minlength=step) > 1
        at = at[shared[numbers[at] - np.uint32(low)]]
        at = at[np.lexsort((lats[owners[at]], numbers[at]))]
        rows = owners[at]
        yield Entries(rows, numbers[at], lons[rows], lats[rows], letters[at])


def count_letters(keys: TextKeys) -> Array:
    """Returns how many letters each skeleton has, 255 for more."""
    return np.minimum(keys.skeletons.count_letters(), _MOST_LETTERS).astype(np.uint8)


def find_shared(entries: Entries, spaces: Array) -> Array:
    """Returns which entries have a number that places of two spaces have."""
    begins = np.flatnonzero(np.diff(entries.numbers, prepend=np.uint32(0)))
    if not len(begins):
        return np.zeros(0, bool)
    held = spaces[entries.owners]
    mixed = np.minimum.reduceat(held, begins) != np.maximum.reduceat(held, begins)
    return np.repeat(mixed, np.diff(begins, append=len(held)))


def find_near(entries: Entries, reach_km: float, fits: Fits) -> Array:
    """Returns pairs of rows that share a number, each once: all within reach, and some more.

    The lower row is first. Each entry is compared with its next, second next ... neighbour, as
    long as any is left within reach in latitude.
    """
    reach = reach_km / _LAT_DEGREE_KM * DEGREES
    numbers, lats = entries.numbers, entries.lats.astype(np.int64)
    lons = entries.lons / DEGREES
    widths = np.cos(np.radians(lats / DEGREES))
    widths[np.abs(lats) > _POLAR_DEG * DEGREES] = 0
    alive, step, found = np.arange(len(lats)), 1, [np.empty(0, np.uint64)]
    while len(alive):
        alive = alive[alive + step < len(lats)]
        others = alive + step
        alive = alive[(numbers[alive] == numbers[others]) & (lats[others] - lats[alive] <= reach)]
        apart = np.abs(lons[alive] - lons[alive + step])
        apart = np.minimum(apart, 2 * _HALF_TURN_DEG - apart) * widths[alive]
        near = alive[apart * _LON_DEGREE_KM <= reach_km]
        these, those = entries.owners[near], entries.owners[near + step]
        fit = fits(these, those)
        found.append(pack_pairs(np.stack([these[fit], those[fit]])))
        step += 1
    return unpack_pairs(np.unique(np.concatenate(found)))


def pack_pairs(pairs: Array) -> Array:
    """Returns each pair of rows as one number, the lower row in its upper half."""
    lower, upper = np.sort(pairs, axis=0).astype(np.uint64)
    packed: Array = lower << np.uint64(32) | upper
    return packed


def unpack_pairs(packed: Array) -> Array:
    """Returns the pairs of rows that `pack_pairs` packed."""
    return np.stack([packed >> np.uint64(32), packed & np.uint64(2**32 - 1)]).astype(np.uint32)


def measure_pairs(columns: Columns, pairs: Array) -> Array:
    """Returns how many kilometres the places of each pair are apart."""
    these, those = columns.places[pairs[0]], columns.places[pairs[1]]
    ends = (each[axis] / DEGREES for each in (these, those) for axis in ("lon", "lat"))
    return distances_km(*ends)
