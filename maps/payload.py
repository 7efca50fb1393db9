"""Columns of whole numbers to one text for the page: byte planes, deflated, base64.

The layout is read by `js/src/decode.js`: four bytes header length (little endian), the header as
JSON, then each column's byte planes, lowest byte first. Deflate sees a plane of high bytes as a
long run, so small numbers cost little however wide the column is. The zlib frame's Adler-32 is
what lets the page notice damage.
"""

import base64
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from maps.html import clean_value

FORMAT_VERSION = 1
Encoding = Literal["plane", "delta", "zigzag"]


class Column(NamedTuple):
    """A column of whole numbers under a name, and how it is to be written.

    `plane` writes the values less their least one (kept as they are where none is negative and
    the least is small), `delta` the differences of a column that never falls, `zigzag` the
    differences of any column.
    """

    name: str
    values: NDArray[np.int64]
    encoding: Encoding = "plane"


def make_payload(header: Mapping[str, Any], columns: Sequence[Column]) -> str:
    """The header and columns as base64 text of one zlib stream."""
    specs = []
    planes = []
    for column in columns:
        base, stored = _to_stored(column)
        width = _count_bytes(stored)
        specs.append(
            {
                "name": column.name,
                "length": len(stored),
                "bytes": width,
                "encoding": column.encoding,
                "base": base,
            }
        )
        planes.append(_to_planes(stored, width))
    head = to_json({"version": FORMAT_VERSION, **header, "columns": specs})
    return deflate_text(b"".join([len(head).to_bytes(4, "little"), head, *planes]))


def deflate_text(data: bytes) -> str:
    """The bytes as base64 text of a zlib stream, at its smallest."""
    return base64.b64encode(zlib.compress(data, 9)).decode("ascii")


def to_json(value: Any) -> bytes:
    """The value as compact JSON; text that cannot be written is cleaned first."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY)
    except TypeError:  # a half of a surrogate pair somewhere
        return orjson.dumps(clean_value(value), option=orjson.OPT_SERIALIZE_NUMPY)


def _to_stored(column: Column) -> tuple[int, NDArray[np.uint32]]:
    """What is added to every value when read, and the numbers written."""
    values = np.asarray(column.values, dtype=np.int64)
    if len(values) == 0:
        return 0, values.astype(np.uint32)
    if column.encoding == "plane":
        least = int(values.min())
        base = least if least < 0 or least > int(values.max()) // 2 else 0
        return base, _to_unsigned(values - base, column.name)
    base = int(values[0])
    steps = np.diff(values, prepend=base)
    if column.encoding == "zigzag":
        steps = (steps << 1) ^ (steps >> 63)
    return base, _to_unsigned(steps, column.name)


def _to_unsigned(values: NDArray[np.int64], name: str) -> NDArray[np.uint32]:
    if values.min() < 0 or values.max() > np.iinfo(np.uint32).max:
        raise OverflowError(f"column {name!r} does not fit into four bytes a value")
    return values.astype(np.uint32)


def _count_bytes(values: NDArray[np.uint32]) -> int:
    most = int(values.max()) if len(values) else 0
    return max(1, (most.bit_length() + 7) // 8)


def _to_planes(values: NDArray[np.uint32], width: int) -> bytes:
    rows = np.ascontiguousarray(values.astype("<u4")).view(np.uint8).reshape(-1, 4)
    return np.ascontiguousarray(rows[:, :width].T).tobytes()
