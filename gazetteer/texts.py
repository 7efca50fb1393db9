"""Many texts in a row of UTF-8 bytes: a million names in 20 MB instead of 80 MB of strings."""

from collections.abc import Iterator, Sequence
from typing import Any, overload

import numpy as np
import xxhash
from numpy.typing import NDArray

Array = NDArray[Any]

# So many texts are decoded at a time when all are gone through.
_CHUNK = 100_000
# The first two bits of a byte that continues a letter in UTF-8.
_CONTINUES, _FIRST_BITS = 0x80, 0xC0


class Texts(Sequence[str]):
    """A sequence of texts; `data` holds their UTF-8 bytes, `starts` where each begins (and ends).

    >>> Texts.pack(["Idlib", "", "إدلب"])[2]
    'إدلب'
    """

    def __init__(self, data: Array, starts: Array) -> None:
        self.data = data
        self.starts = starts

    @classmethod
    def pack(cls, texts: Sequence[str]) -> "Texts":
        """Returns the texts in one row; half a surrogate pair becomes a question mark."""
        if isinstance(texts, cls):
            return texts
        data = np.frombuffer("\0".join(texts).encode("utf-8", "replace"), np.uint8)
        ends = np.flatnonzero(data == 0)
        if len(ends) != len(texts) - 1:  # a text has a zero byte of its own, or there is none
            return pack_encoded([text.encode("utf-8", "replace") for text in texts])
        starts = np.concatenate([np.zeros(1, np.int64), ends + 1, np.full(1, len(data) + 1)])
        return cls(data[data != 0], starts - np.arange(len(starts)))

    def __len__(self) -> int:
        """Returns how many texts there are."""
        return len(self.starts) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        """Returns one text, or those of a slice as a list."""
        if isinstance(at, slice):
            return self.decode(np.arange(*at.indices(len(self))))
        if not -len(self) <= at < len(self):
            raise IndexError(f"text {at} of {len(self)}")
        begin, end = self.starts[at % len(self)], self.starts[at % len(self) + 1]
        return str(self.data[int(begin) : int(end)].tobytes(), "utf-8")

    def __iter__(self) -> Iterator[str]:
        """Yields every text."""
        for start in range(0, len(self), _CHUNK):
            yield from self[start : start + _CHUNK]

    def __eq__(self, other: object) -> bool:
        """Whether the other sequence has the same texts."""
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def decode(self, numbers: Array) -> list[str]:
        """Returns the texts with these numbers."""
        pool = self.data.data
        begins, ends = self.starts[numbers].tolist(), self.starts[numbers + 1].tolist()
        return [str(pool[begin:end], "utf-8") for begin, end in zip(begins, ends, strict=True)]

    def encode(self, numbers: Array) -> list[bytes]:
        """Returns the bytes of the texts with these numbers."""
        pool = self.data.data
        begins, ends = self.starts[numbers].tolist(), self.starts[numbers + 1].tolist()
        return [bytes(pool[begin:end]) for begin, end in zip(begins, ends, strict=True)]

    def take(self, numbers: Array) -> "Texts":
        """Returns the texts with these numbers, in a row of their own."""
        begins = self.starts[numbers].astype(np.int64)
        lengths = self.starts[numbers + 1].astype(np.int64) - begins
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
        data = np.empty(int(starts[-1]), np.uint8)
        for first in range(0, len(lengths), _CHUNK):
            last = min(first + _CHUNK, len(lengths))
            low, high = int(starts[first]), int(starts[last])
            shift = np.repeat(begins[first:last] - starts[first:last], lengths[first:last])
            data[low:high] = self.data[np.arange(low, high) + shift]
        return Texts(data, starts)

    def hash(self) -> Array:
        """Returns the xxh3_64 hash of each text's bytes."""
        hashes = np.empty(len(self), np.uint64)
        for start in range(0, len(self), _CHUNK):
            part = self.encode(np.arange(start, min(start + _CHUNK, len(self))))
            hashes[start : start + len(part)] = hash_encoded(part)
        return hashes

    def count_letters(self) -> Array:
        """Returns how many letters (code points) each text has."""
        counts = np.empty(len(self), np.int64)
        for start in range(0, len(self), _CHUNK):
            starts = self.starts[start : start + _CHUNK + 1].astype(np.int64)
            part = self.data[int(starts[0]) : int(starts[-1])] & _FIRST_BITS
            letters = np.concatenate([np.zeros(1, np.int64), np.cumsum(part != _CONTINUES)])
            counts[start : start + len(starts) - 1] = np.diff(letters[starts - starts[0]])
        return counts


def pack_encoded(encoded: Sequence[bytes]) -> Texts:
    """Returns texts that are UTF-8 already."""
    ends = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)))
    data = np.frombuffer(b"".join(encoded), np.uint8)
    return Texts(data, np.concatenate([np.zeros(1, np.int64), ends]))


def hash_encoded(encoded: Sequence[bytes]) -> Array:
    """Returns the xxh3_64 hash of each."""
    return np.fromiter(map(xxhash.xxh3_64_intdigest, encoded), np.uint64, len(encoded))
