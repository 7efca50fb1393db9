"""Whether an extract of OpenStreetMap, or another file of XML, is whole.

GDAL stops without a word where such a file is cut short or damaged, and what follows would be
missing in silence.
"""

import lzma
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO
from xml.parsers import expat

from geo.errors import InputError

# Limits of the format: wiki.openstreetmap.org/wiki/PBF_Format.
_MOST_HEADER, _MOST_BLOB = 2**16, 2**25
_DATASIZE = 3
_UNPACKERS: dict[int, Callable[[bytes], object]] = {3: zlib.decompress, 4: lzma.decompress}


def check_pbf(path: Path) -> None:
    """Raises `InputError` unless every block of a `.osm.pbf` is there and unpacks."""
    with path.open("rb") as file:
        size = path.stat().st_size
        while file.tell() < size:
            begin = file.tell()
            try:
                blob = _read_blob(file)
                for field, content in read_fields(blob):
                    if field in _UNPACKERS and isinstance(content, bytes):
                        _UNPACKERS[field](content)
            except (ValueError, EOFError, zlib.error, lzma.LZMAError) as error:
                raise InputError(
                    f"{path.name} is cut short or damaged at byte {begin:,}; download it again"
                ) from error


def _read_blob(file: IO[bytes]) -> bytes:
    length = struct.unpack(">I", _read_whole(file, 4, 4))[0]
    header = dict(read_fields(_read_whole(file, length, _MOST_HEADER)))
    return _read_whole(file, int(header.get(_DATASIZE, -1)), _MOST_BLOB)


def _read_whole(file: IO[bytes], length: int, most: int) -> bytes:
    if not 0 <= length <= most:
        raise ValueError("a length that no file has")
    content = file.read(length)
    if len(content) < length:
        raise EOFError("cut short")
    return content


def read_fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yields the numbers and values of a protobuf message's fields; raises `ValueError` for none.

    >>> list(read_fields(bytes([0x18, 0x96, 0x01, 0x0A, 0x02, 0x68, 0x69])))
    [(3, 150), (1, b'hi')]
    """
    at = 0
    while at < len(message):
        key, at = _read_varint(message, at)
        value, at = _read_varint(message, at)
        if key & 7 == 0:
            yield key >> 3, value
        elif key & 7 == 2 and at + value <= len(message):
            yield key >> 3, message[at : at + value]
            at += value
        else:
            raise ValueError("no protobuf message")


def _read_varint(message: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(message):
            break
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise ValueError("no number")


def check_xml(path: Path) -> None:
    """Raises `InputError` unless a file is well-formed XML to its end."""
    parser = expat.ParserCreate()
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except expat.ExpatError as error:
        raise InputError(f"{path.name} is cut short or damaged ({error}); get it again") from error
