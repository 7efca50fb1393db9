"""Large arrays kept on disk while an index is built, mapped instead of held in memory.

The files have no name in any folder: a process that is killed leaves none behind.
"""

import mmap
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.texts import Texts
from geo.errors import OutputError
from geo.whole import say_step

Array = NDArray[Any]

# Below this size an array stays in memory: a country's index never touches the disk.
SPILL_BYTES = 16 * 2**20
# So many rows are copied at a time.
_COPIED = 500_000


class SpoolError(OutputError):
    """Temporary files could not be written."""


class Spool:
    """Rows that come piece by piece; `finish` returns them as one array.

    From `limit` bytes on (`SPILL_BYTES` if `None`) they lie in a temporary file in `folder` (the
    system's if `None`).
    """

    def __init__(
        self, dtype: "np.dtype[Any]", folder: Path | None = None, limit: int | None = None
    ) -> None:
        self._dtype = dtype
        self._folder = folder
        self._limit = SPILL_BYTES if limit is None else limit
        self._pieces: list[Array] = []
        self._held_bytes = 0
        self._file: IO[bytes] | None = None

    def append(self, rows: Array) -> None:
        """Takes more rows."""
        self._pieces.append(rows)
        self._held_bytes += rows.nbytes
        if self._held_bytes > self._limit:
            self._write()

    def finish(self) -> Array:
        """Returns all rows, which may be changed, and lets go of them."""
        if self._file is None:
            rows = np.concatenate([np.empty(0, self._dtype), *self._pieces])
            self._pieces.clear()
            return rows
        self._write()
        mapped = np.memmap(self._file, self._dtype, mode="r+").view(np.ndarray)
        self._file.close()
        self._file = None
        return mapped

    def _write(self) -> None:
        folder = self._folder or _find_folder()
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - see finish
            for rows in filter(len, self._pieces):
                self._file.write(np.ascontiguousarray(rows).data.cast("B"))
            self._file.flush()
        except OSError as error:
            words = f"temporary files in {folder}: {say_step(error)}, or set TMPDIR"
            raise SpoolError(words) from error
        self._pieces.clear()
        self._held_bytes = 0


def _find_folder() -> Path:
    """The folder for temporary files that are large: /tmp is held in memory on many systems."""
    given = Path(tempfile.gettempdir())
    large = Path("/var/tmp")  # noqa: S108 - the files in it have no name
    return large if given == Path("/tmp") and os.access(large, os.W_OK) else given  # noqa: S108


class TextSpool:
    """Texts that come piece by piece; `finish` returns them as one row."""

    def __init__(self, folder: Path | None = None) -> None:
        self._bytes = Spool(np.dtype(np.uint8), folder)
        self._lengths = Spool(np.dtype(np.uint32), folder)

    def append(self, texts: Texts) -> None:
        """Takes more texts."""
        self._bytes.append(texts.data)
        self._lengths.append(np.diff(texts.starts).astype(np.uint32))

    def finish(self) -> Texts:
        """Returns all texts, and lets go of them."""
        data, lengths = self._bytes.finish(), self._lengths.finish()
        starts = np.zeros(len(lengths) + 1, np.uint32 if len(data) < 2**32 else np.int64)
        np.cumsum(lengths, out=starts[1:], dtype=starts.dtype)
        return Texts(data, spill(starts))


def copy_rows(rows: Array) -> Array:
    """Returns a copy of rows, on disk if they are many."""
    return join_rows([rows])


def join_rows(parts: Sequence[Array]) -> Array:
    """Returns a copy of the rows of all parts, on disk if they are many."""
    spool = Spool(parts[0].dtype)
    for part in parts:
        for start in range(0, len(part), _COPIED):
            spool.append(part[start : start + _COPIED])
            release([part])
    return spool.finish()


def spill(rows: Array) -> Array:
    """Returns the same rows, on disk if they are many."""
    if rows.nbytes <= SPILL_BYTES:
        return rows
    spool = Spool(rows.dtype)
    spool.append(rows)
    return spool.finish()


def release(arrays: Sequence[Array]) -> None:
    """Lets the pages of mapped arrays leave this process's memory; the next use brings them back.

    All of the file goes that an array is mapped from. Arrays that are not mapped stay as they are.
    """
    for array in arrays:
        mapped = _find_map(array)
        if mapped is not None:
            mapped.madvise(mmap.MADV_DONTNEED)


def release_part(raw: Array, begin: int, end: int) -> None:
    """Lets the pages that lie wholly between two offsets of a mapped file leave memory."""
    mapped = _find_map(raw)
    first, last = -(-begin // mmap.PAGESIZE) * mmap.PAGESIZE, end // mmap.PAGESIZE * mmap.PAGESIZE
    if mapped is not None and first < last:
        mapped.madvise(mmap.MADV_DONTNEED, first, last - first)


def find_offset(raw: Array, part: Array) -> int:
    """Returns where in a mapped file one of its arrays begins."""
    begins = (array.__array_interface__["data"][0] for array in (part, raw))
    return int(next(begins) - next(begins))


def _find_map(array: Array) -> mmap.mmap | None:
    """The file that an array is mapped from, where the system can be told to let it go."""
    base: Any = array
    while base is not None and not isinstance(base, mmap.mmap):
        base = getattr(base, "base", None)
    return base if hasattr(base, "madvise") and hasattr(mmap, "MADV_DONTNEED") else None


def count_mapped_bytes() -> int:
    """Returns how much of the files it has mapped this process holds in memory, 0 if unknown."""
    with suppress(OSError, IndexError, ValueError), open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - three times as fast as a path, and asked at each look-up
        return int(file.read().split()[2]) * mmap.PAGESIZE
    return 0
