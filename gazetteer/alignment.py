"""The cheapest way from one string of sounds to another, for many pairs at once.

An edit distance (Wagner and Fischer 1974) with a cost for each letter and each pair of letters
(`weights.yaml`): what romanisations mix or leave out counts for less. The table of each pair is
filled diagonal by diagonal, all pairs of a chunk together.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.rules import load_rules

Array = NDArray[Any]

VOWELS = frozenset("aeiou")
_HALF_VOWELS = frozenset("wy")
_OTHERS = "bcdfghjklmnpqrstvxzSHGDT"
# Letters without a cost of their own share so many codes: two that meet in one count as the same.
_OTHER_CODES = 128
# So many pairs are compared at a time: their tables fit in a processor's cache.
_CHUNK = 1024
# Pairs are apart from shorter ones where these would fill so many cells more than they need, a
# column each: about what numpy's calls take for a table of their own.
_MOST_IDLE = 3000


class Letters(NamedTuple):
    """Texts as codes of their letters, in one row with a 0 after each text.

    A text begins at its start; `vowels` says how many of its letters are vowels.
    """

    codes: Array
    starts: Array
    lengths: Array
    vowels: Array


class _Costs(NamedTuple):
    """The code of each letter, and what codes cost: lost or added, and changed into another.

    Code 0 is no letter and costs nothing, so that short strings can be padded with it.
    """

    codes: Array
    is_vowel: Array
    lost: Array
    changed: Array


@cache
def _load_costs() -> _Costs:
    weights: dict[str, Any] = load_rules("weights")
    rules, soft = weights["letters"], VOWELS | _HALF_VOWELS
    letters = sorted(soft | set("".join(weights["kin"])) | set(_OTHERS))
    codes = (len(letters) + 1 + np.arange(0x110000) % _OTHER_CODES).astype(np.uint8)
    codes[0] = 0
    codes[[ord(letter) for letter in letters]] = np.arange(1, len(letters) + 1)
    lost = np.full(len(letters) + 1 + _OTHER_CODES, rules["letter"], np.float32)
    lost[0] = 0
    for letter, cost in [
        *((vowel, rules["vowel_lost"]) for vowel in VOWELS),
        *((half, rules["half_vowel_lost"]) for half in _HALF_VOWELS),
        ("h", rules["breath_lost"]),
    ]:
        lost[codes[ord(letter)]] = cost
    changed = np.maximum(lost[:, None], lost[None, :])
    pairs = [(a, b, rules["kin"]) for group in weights["kin"] for a in group for b in group]
    pairs += [(a, b, rules["vowel"]) for a in soft for b in soft]
    for one, other, cost in pairs:
        changed[codes[ord(one)], codes[ord(other)]] = cost
    np.fill_diagonal(changed, 0)
    is_vowel = np.zeros(len(lost), np.int64)
    is_vowel[codes[[ord(vowel) for vowel in VOWELS]]] = 1
    return _Costs(codes, is_vowel, lost, changed)


def encode_letters(texts: Sequence[str]) -> Letters:
    """Returns the codes of the texts' letters."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    joined = "\0".join([*texts, ""])
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4")
    codes = _load_costs().codes[points]
    ends = np.cumsum(lengths + 1)
    starts = ends - lengths - 1
    upto = np.concatenate([[0], np.cumsum(_load_costs().is_vowel[codes])])
    return Letters(codes, starts, lengths, upto[ends] - upto[starts])


def ends_in(letters: Letters, letter: str) -> Array:
    """Returns which texts end in a letter that has a code of its own."""
    last = letters.codes[letters.starts + letters.lengths - 1]
    found: Array = (letters.lengths > 0) & (last == _load_costs().codes[ord(letter)])
    return found


def align(letters: Letters, these: Array, those: Array) -> Array:
    """Returns the distance of each pair of texts: 0 for the same, 1 for a letter more.

    Pairs are indexes into the texts.

    >>> letters = encode_letters(["raka", "raqa", "hama", "homs"])
    >>> align(letters, np.array([0, 2]), np.array([1, 3])).round(2)
    array([0.25, 1.12])
    """
    lengths = letters.lengths
    is_longer = lengths[these] > lengths[those]
    ones, others = np.where(is_longer, those, these), np.where(is_longer, these, those)
    distances = np.zeros(len(these))
    order = np.lexsort((lengths[ones], lengths[others]))
    for start, end in _list_chunks(lengths[others[order]]):
        rows = order[start:end]
        distances[rows] = _fill(_take(letters, ones[rows]), _take(letters, others[rows]))
    return distances


def _take(letters: Letters, texts: Array) -> Array:
    """The codes of texts, a column a text, as long as the longest and padded with 0."""
    begins, lengths = letters.starts[texts], letters.lengths[texts]
    at = np.arange(lengths.max(initial=0))[:, None]
    found: Array = letters.codes[begins + np.minimum(at, lengths)]
    return found


def _list_chunks(lengths: Array) -> Iterator[tuple[int, int]]:
    """Where pairs that are compared together begin and end, by their lengths in order.

    >>> list(_list_chunks(np.array([3, 3, 4, 90])))
    [(0, 4)]
    >>> list(_list_chunks(np.repeat([3, 4, 90], [500, 500, 9])))
    [(0, 1000), (1000, 1009)]
    """
    ends = np.flatnonzero(np.diff(lengths, append=-1)) + 1
    start, end, longest = 0, 0, 0
    for upto, length in zip(ends.tolist(), lengths[ends - 1].tolist(), strict=True):
        if (end - start) * (length - longest) > _MOST_IDLE:
            yield start, end
            start = end
        while upto - start > _CHUNK:
            yield start, start + _CHUNK
            start += _CHUNK
        end, longest = upto, length
    if end > start:
        yield start, end


def _fill(ones: Array, others: Array) -> Array:
    """The last cell of every pair's table.

    Row `i` of a diagonal is the cell of `i` letters of the one and `diagonal - i` of the other.
    """
    costs = _load_costs()
    height, width = len(ones), len(others)
    backwards = others[::-1].astype(np.intp)
    lost, added = costs.lost[ones], costs.lost[backwards]
    table, row_of = costs.changed.ravel(), ones.astype(np.intp) * len(costs.lost)
    before, last, cells = (np.zeros((height + 1, ones.shape[1]), np.float32) for _ in range(3))
    for diagonal in range(1, height + width + 1):
        low, high = max(0, diagonal - width), min(height, diagonal)
        # Letters of the other string beside rows `first` to `end`, which have one left to add.
        first, end = low, min(high, diagonal - 1)
        shift = width - diagonal
        beside = slice(first + shift, end + shift + 1)
        np.add(last[first : end + 1], added[beside], out=cells[first : end + 1])
        cells[end + 1 : high + 1] = np.inf
        first = max(low, 1)
        dropped = last[first - 1 : high] + lost[first - 1 : high]
        np.minimum(cells[first : high + 1], dropped, out=cells[first : high + 1])
        if first <= end:
            pair = row_of[first - 1 : end] + backwards[first + shift : end + shift + 1]
            change = table.take(pair)
            change += before[first - 1 : end]
            np.minimum(cells[first : end + 1], change, out=cells[first : end + 1])
        before, last, cells = last, cells, before
    found: Array = last[height].astype(np.float64)
    return found
