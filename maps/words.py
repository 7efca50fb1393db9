"""Texts as numbers of their words: shorter than letters where the same words come again."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# What parts texts; a text that holds it itself cannot be written so.
SEPARATOR = "\x00"
# Stands for the text before where a text holds all of it.
SAME = "\x01"
# So many of the most frequent words take one byte, all others two: 192 + 64 * 256 in all.
ONE_BYTE = 192
_MOST_WORDS = ONE_BYTE + (256 - ONE_BYTE) * 256
# A text shorter than this is as short itself as what stands for it.
_LEAST_SAME = 12


class Numbered(NamedTuple):
    """Words, one space apart, and the bytes that number them."""

    words: str
    numbers: NDArray[np.int64]


def number_words(texts: Sequence[str]) -> Numbered | None:
    """The texts' words and their numbers; `None` where there are too many different words.

    Words are what lies between single spaces, so that joining them gives the texts again.
    """
    apart = f" {SEPARATOR} ".join(texts).split(" ")
    counts = Counter(apart)
    if len(counts) > _MOST_WORDS:
        return None
    frequent = sorted(counts, key=lambda word: (-counts[word], word))
    # By the alphabet words press better; which of them are frequent is all that counts.
    words = sorted(frequent[:ONE_BYTE]) + sorted(frequent[ONE_BYTE:])
    places = {word: place for place, word in enumerate(words)}
    codes = np.fromiter(map(places.__getitem__, apart), dtype=np.int64, count=len(apart))
    rest = codes - ONE_BYTE
    pairs = np.stack([np.where(rest < 0, codes, ONE_BYTE + (rest >> 8)), rest & 255], axis=1)
    is_used = np.stack([np.ones(len(codes), dtype=np.bool_), rest >= 0], axis=1)
    return Numbered(" ".join(words), pairs[is_used])


def shorten_same(text: str, before: str) -> str:
    r"""The text with `SAME` wherever the one before stands in it.

    >>> shorten_same("SOHR: shelling in Duma", "shelling in Duma")
    'SOHR: \x01'
    """
    return text.replace(before, SAME) if len(before) >= _LEAST_SAME else text
