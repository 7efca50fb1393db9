"""Which of many hashes can be among an index's keys at all: one small table instead of the keys.

Each key sets four bits of one 64-bit word that its first bits choose. Of hashes that are no key
one to three in a hundred pass; every key does. A thousand spellings of a name that might have been
meant touch 17 MB then, not the 98 MB that the keys of 12 million places take.
"""

import numpy as np

from gazetteer.rows import Array

# At least so many bits a key, rounded up to a power of two.
_BITS_A_KEY = 8
_WORD_BITS = 64
# Keys have the country in their last byte; those above it choose the bits in the word, six each.
_SHIFTS = tuple(np.uint64(shift) for shift in (8, 14, 20, 26))
_IN_WORD, _ONE = np.uint64(_WORD_BITS - 1), np.uint64(1)


def make_filter(keys: Array) -> Array:
    """Returns the filter of sorted keys, whatever country they have.

    >>> from gazetteer.hashing import hash_forms
    >>> hashes = hash_forms(["idlib", "halab", "homs"])
    >>> find_possible(make_filter(hashes[:2]), hashes).tolist()
    [True, True, False]
    """
    size = max(1, -(-len(keys) * _BITS_A_KEY // _WORD_BITS))
    words = np.zeros(1 << (size - 1).bit_length(), np.uint64)
    np.bitwise_or.at(words, _choose_words(words, keys), _choose_bits(keys))
    return words


def find_possible(words: Array, hashes: Array) -> Array:
    """Returns which hashes may be keys in some country; what is left out is none for certain."""
    bits = _choose_bits(hashes)
    possible: Array = words[_choose_words(words, hashes)] & bits == bits
    return possible


def _choose_words(words: Array, keys: Array) -> Array:
    """The first bits of each key, as many as number the words."""
    used = (len(words) - 1).bit_length()
    # Shifting by all 64 bits leaves a number as it is, so the last bit goes first.
    chosen: Array = (keys >> _ONE) >> np.uint64(_WORD_BITS - 1 - used)
    return chosen.astype(np.int64)


def _choose_bits(keys: Array) -> Array:
    bits = np.zeros(len(keys), np.uint64)
    for shift in _SHIFTS:
        bits |= _ONE << (keys >> shift & _IN_WORD)
    return bits
