"""Where a few hashes stand among millions of sorted ones, with as little of them touched as can be.

Hashes are spread evenly: how large one is tells where it stands, up to the square root of their
number, and the hash found there tells it nearly to the place. A search by halves touches ten
scattered pages of a mapped array of 500 MB for each hash, this touches two.
"""

import numpy as np

from gazetteer.rows import Array

# Keys around the place foretold that are compared: its error is mostly a tenth of these.
_WINDOW = 64
_ALL_KEYS = 2.0**64
# Where it is larger, so many keys to each side are searched by halves, then all.
_REACHES = (2**11, 2**14, 2**17)
# Where it is foretold twice: the error is the square root of the error before.
_TIMES = 2


def find_spread_runs(keys: Array, low: Array, high: Array) -> tuple[Array, Array]:
    """Returns where keys from `low` to `high` begin and end, as two calls of `searchsorted` would.

    `keys` has at least 64 sorted hashes; whatever they are, the answer is right.

    >>> keys = np.arange(0, 2**64, 2**54, dtype=np.uint64)
    >>> begins, ends = find_spread_runs(keys, keys[[7, 900]], keys[[7, 901]])
    >>> begins.tolist(), ends.tolist()
    ([7, 900], [8, 902])
    """
    scale = len(keys) / _ALL_KEYS
    wanted = low.astype(np.float64)
    at = np.clip(wanted * scale, 0, len(keys) - 1).astype(np.int64)
    for _ in range(_TIMES):
        away = (wanted - keys[at].astype(np.float64)) * scale
        at = np.clip(at + away, 0, len(keys) - 1).astype(np.int64)
    first = np.clip(at - _WINDOW // 2, 0, len(keys) - _WINDOW)
    near = keys[first[:, None] + np.arange(_WINDOW)]
    begins = first + np.count_nonzero(near < low[:, None], axis=1)
    ends = first + np.count_nonzero(near <= high[:, None], axis=1)
    outside = ((first > 0) & (near[:, 0] >= low)) | (
        (first < len(keys) - _WINDOW) & (near[:, -1] <= high)
    )
    for row in np.flatnonzero(outside).tolist():
        begins[row], ends[row] = _find_around(keys, int(at[row]), low[row], high[row])
    return begins, ends


def _find_around(keys: Array, at: int, low: np.uint64, high: np.uint64) -> tuple[int, int]:
    """Where a range of keys begins and ends; keys that come often make the place foretold wrong."""
    for reach in _REACHES:
        first, last = max(0, at - reach), min(len(keys), at + reach)
        if (first == 0 or keys[first] < low) and (last == len(keys) or keys[last - 1] > high):
            break
    else:
        first, last = 0, len(keys)
    near = keys[first:last]
    return first + int(near.searchsorted(low)), first + int(near.searchsorted(high, "right"))
