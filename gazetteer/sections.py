"""A file of named arrays behind a checked header: what the index and kept sources are stored in.

Layout: 8 bytes of magic and format version; the length of the header (8 bytes); xxh3_64 of
everything after it (8 bytes); the header, JSON; then the arrays, each at a multiple of 64 bytes,
little-endian. The header holds the file's size and, for each array, its name, type, length and
offset. The file is mapped, not read; several processes may have it open.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
import xxhash
from numpy.typing import NDArray

from gazetteer.spool import release
from gazetteer.texts import Texts
from geo.errors import InputError

Array = NDArray[Any]

# Raised by one whenever the layout of a section changes: files of another version are rebuilt.
FORMAT_VERSION = 4
_MAGIC = b"IMGAZ\0" + FORMAT_VERSION.to_bytes(2, "little")
_PREFIX = 24
_ALIGN = 64
# Up to this size the checksum of the whole file is taken at each open (about 15 ms for 100 MB).
# A larger file is checked once in full; a stamp beside it then vouches for the same size and
# time of change, and opening checks the header and the size only.
VERIFY_BYTES = 256 * 2**20
# So many elements are taken from an array, and so many bytes checked, at a time.
_TAKEN = 2**24
# Bytes are written by such pieces of the file: Linux keeps what is written at once in one page of
# that size, maps 64 KB where a byte is asked for, and two megabytes where the page is so large.
_WRITTEN = 2**16


class DamagedFileError(InputError):
    """A file that is no file of ours, of another version, cut short or changed."""


class Sections(NamedTuple):
    """An open file: what its header says, its arrays by name, and the mapped bytes."""

    meta: dict[str, Any]
    arrays: dict[str, Array]
    raw: Array


def write_sections(file: IO[bytes], meta: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
    """Writes a whole file; its checksum is taken on the way and filled in at the end.

    Each array is gone through once, and leaves memory when it has been written if it is mapped.
    """
    checksum = xxhash.xxh3_64()
    header = _pack_header(meta, arrays)
    file.write(bytes(_PREFIX))
    at = _PREFIX
    for piece in _list_pieces(header, arrays):
        checksum.update(piece)
        # Up to the next multiple, then whole ones.
        for begin, end in pairwise([0, *range(-at % _WRITTEN, len(piece), _WRITTEN), len(piece)]):
            file.write(piece[begin:end])
            file.flush()
        at += len(piece)
    file.seek(0)
    file.write(_MAGIC + len(header).to_bytes(8, "little") + checksum.digest()[::-1])


def _list_pieces(header: bytes, arrays: Mapping[str, Array]) -> Iterator[bytes | memoryview]:
    yield header
    for array in arrays.values():
        for start in range(0, len(array), _TAKEN):
            yield np.ascontiguousarray(array[start : start + _TAKEN]).view(np.uint8).data
            release([array])
        yield bytes(-array.nbytes % _ALIGN)


def _pack_header(meta: Mapping[str, Any], arrays: Mapping[str, Array]) -> bytes:
    """The header, padded so that the first array is aligned whatever the numbers in it."""
    room = 4096 + 160 * len(arrays) + len(json.dumps(dict(meta)).encode())
    at = start = -(-(_PREFIX + room) // _ALIGN) * _ALIGN
    table = []
    for name, array in arrays.items():
        kind = array.dtype.descr if array.dtype.names else array.dtype.str
        table.append([name, kind, len(array), at])
        at += array.nbytes + -array.nbytes % _ALIGN
    header = json.dumps({"meta": dict(meta), "size": at, "arrays": table}, sort_keys=True).encode()
    return header.ljust(start - _PREFIX)


def open_sections(path: Path) -> Sections:
    """Returns the file's arrays, mapped; raises `DamagedFileError` for anything but a whole one."""
    try:
        raw = _map_file(path)
    except ValueError as error:
        raise DamagedFileError(f"{path} is empty") from error
    if raw[:8].tobytes() != _MAGIC:
        raise DamagedFileError(f"{path} is no gazetteer file of format {FORMAT_VERSION}")
    _verify(path, raw)
    header = _read_header(path, raw)
    arrays = {
        name: _view(raw, kind, count, offset) for name, kind, count, offset in header["arrays"]
    }
    return Sections(header["meta"], arrays, raw)


def _read_header(path: Path, raw: Array) -> dict[str, Any]:
    length = int.from_bytes(raw[8:16].tobytes(), "little")
    try:
        header: dict[str, Any] = json.loads(raw[_PREFIX : _PREFIX + length].tobytes())
        size = header["size"]
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedFileError(f"{path} has no readable header") from error
    if size != len(raw):
        raise DamagedFileError(f"{path} has {len(raw)} bytes where its header says {size}")
    return header


def _verify(path: Path, raw: Array) -> None:
    """Takes the checksum, or for a large file trusts the stamp of an earlier full check."""
    stamp, mark = _make_stamp(path, raw)
    if len(raw) > VERIFY_BYTES and stamp.is_file() and stamp.read_text("ascii") == mark:
        return
    checksum = xxhash.xxh3_64()
    for start in range(_PREFIX, len(raw), _TAKEN):
        checksum.update(raw[start : start + _TAKEN].data)
        release([raw])
    if checksum.intdigest() != int.from_bytes(raw[16:_PREFIX].tobytes(), "little"):
        raise DamagedFileError(f"{path} does not match its checksum")
    if len(raw) > VERIFY_BYTES:
        with suppress(OSError):  # a folder that may only be read is checked at each open
            stamp.write_text(mark, "ascii")


def vouch_for(path: Path) -> None:
    """Notes that a large file is whole, because it has just been written here."""
    raw = _map_file(path)
    if len(raw) > VERIFY_BYTES:
        stamp, mark = _make_stamp(path, raw)
        stamp.write_text(mark, "ascii")


def _make_stamp(path: Path, raw: Array) -> tuple[Path, str]:
    """Where the note that a file was checked lies, and what it says of this very file."""
    stat = path.stat()
    mark = f"{stat.st_size} {stat.st_mtime_ns} {raw[16:_PREFIX].tobytes().hex()}"
    return path.with_name(path.name + ".checked"), mark


def _map_file(path: Path) -> Array:
    return np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)


def _view(raw: Array, kind: Any, count: int, offset: int) -> Array:
    dtype = np.dtype([(n, t) for n, t in kind] if isinstance(kind, list) else kind)
    return raw[offset : offset + count * dtype.itemsize].view(dtype)


def pack_texts(name: str, texts: Sequence[str]) -> dict[str, Array]:
    """Returns texts as two arrays: their UTF-8 bytes in a row, and where each begins."""
    packed = Texts.pack(texts)
    starts = packed.starts
    return {
        f"{name}_bytes": packed.data,
        f"{name}_start": starts.astype(np.uint64 if starts[-1] >= 2**32 else np.uint32, copy=False),
    }


def map_texts(arrays: Mapping[str, Array], name: str) -> Texts:
    """Returns the texts that `pack_texts` put under a name, not decoded."""
    return Texts(arrays[f"{name}_bytes"], arrays[f"{name}_start"])


def read_texts(arrays: Mapping[str, Array], name: str) -> list[str]:
    """Returns all texts that `pack_texts` put under a name."""
    starts = arrays[f"{name}_start"]
    return take_texts(arrays, name, np.arange(len(starts) - 1))


def take_texts(arrays: Mapping[str, Array], name: str, numbers: Array) -> list[str]:
    """Returns the texts with these numbers."""
    starts, pool = arrays[f"{name}_start"], arrays[f"{name}_bytes"].data
    begins, ends = starts[numbers].tolist(), starts[numbers + 1].tolist()
    return [str(pool[begin:end], "utf-8") for begin, end in zip(begins, ends, strict=True)]
