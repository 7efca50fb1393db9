"""Columns of whole numbers to one text for the page: byte planes, deflated, base64.

The layout is read by `js/src/decode.js`: four bytes header length (little endian), the header as
JSON, then each column's byte planes, lowest byte first. Deflate sees a plane of high bytes as a
long run, so small numbers cost little however wide the column is. Columns of one value take no
bytes, and columns that follow from another one only their table. The zlib frame's Adler-32 is
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
from maps.press import press_parts

FORMAT_VERSION = 2
Encoding = Literal["auto", "plane", "delta", "zigzag"]
# So many values from the middle of a column show which encoding is the smaller one.
_TRIED_VALUES = 32_768
# Where typed arrays may begin in the page: wide columns come first and need no copy there.
_ALIGNED_BYTES = 4
_EMPTY = np.zeros(0, dtype=np.int64)


class Column(NamedTuple):
    """A column of whole numbers under a name, and how it is to be written.

    `plane` writes the values less their least one (kept as they are where none is negative and
    the least is small), `delta` the differences of a column that never falls, `zigzag` the
    differences of any column, `auto` planes or differences, whatever is smaller.
    """

    name: str
    values: NDArray[np.int64]
    encoding: Encoding = "plane"


class Lookup(NamedTuple):
    """A column that follows from the column `through`: the value of a row is `table[through]`.

    `rows` are those that it does not hold for, in order, and `values` what they have.
    """

    name: str
    through: str
    length: int
    table: NDArray[np.int64]
    rows: NDArray[np.int64] = _EMPTY
    values: NDArray[np.int64] = _EMPTY


class _Stored(NamedTuple):
    """How a column is written: the entry of the header, and the planes."""

    spec: dict[str, Any]
    planes: list[bytes]


def make_payload(header: Mapping[str, Any], columns: Sequence[Column | Lookup]) -> str:
    """The header and columns as base64 text of one zlib stream."""
    lookups = [column for column in columns if isinstance(column, Lookup)]
    plain = [column for column in columns if isinstance(column, Column)]
    stored = [_store(column) for column in [*plain, *_to_columns(lookups)]]
    stored.sort(key=lambda own: own.spec["bytes"] % _ALIGNED_BYTES != 0)
    stored.sort(key=lambda own: own.spec["bytes"] % 2 != 0)
    specs = [own.spec for own in stored] + [_lookup_spec(lookup) for lookup in lookups]
    head = to_json({"version": FORMAT_VERSION, **header, "columns": specs})
    head += b" " * (-len(head) % _ALIGNED_BYTES)
    start = len(head).to_bytes(4, "little") + head
    pressed = press_parts(start, [plane for own in stored for plane in own.planes])
    return base64.b64encode(pressed).decode("ascii")


def deflate_text(data: bytes) -> str:
    """The bytes as base64 text of a zlib stream, at its smallest."""
    return base64.b64encode(zlib.compress(data, 9)).decode("ascii")


def to_json(value: Any) -> bytes:
    """The value as compact JSON; text that cannot be written is cleaned first."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY)
    except TypeError:  # a half of a surrogate pair somewhere
        return orjson.dumps(clean_value(value), option=orjson.OPT_SERIALIZE_NUMPY)


def _to_columns(lookups: Sequence[Lookup]) -> list[Column]:
    """What is written of lookups: tables, with the values of the exceptions behind them."""
    values = [
        Column(f"{own.name}@values", np.concatenate([own.table, own.values]), "auto")
        for own in lookups
    ]
    return values + [Column(f"{own.name}@rows", own.rows, "delta") for own in lookups]


def _lookup_spec(lookup: Lookup) -> dict[str, Any]:
    own = {"through": lookup.through, "length": lookup.length}
    return {"name": lookup.name, "bytes": 0, "encoding": "lookup", **own}


def _store(column: Column) -> _Stored:
    values = np.asarray(column.values, dtype=np.int64)
    spec: dict[str, Any] = {"name": column.name, "length": len(values)}
    if len(values) and (values == values[0]).all():
        spec |= {"bytes": 0, "encoding": "constant", "base": int(values[0])}
        _to_unsigned(values[:1] - min(0, int(values[0])), column.name)
        return _Stored(spec, [])
    encoding = column.encoding
    if encoding == "auto":
        encoding = _choose_encoding(values)
    base, numbers = _to_numbers(column.name, values, encoding)
    width = _count_bytes(numbers)
    spec |= {"bytes": width, "encoding": encoding, "base": base}
    return _Stored(spec, _to_planes(numbers, width))


def _choose_encoding(values: NDArray[np.int64]) -> Encoding:
    """Planes or differences: whatever makes the middle of the column smaller."""
    start = max(0, (len(values) - _TRIED_VALUES) // 2)
    some = values[start : start + _TRIED_VALUES]
    if some.max(initial=0) - some.min(initial=0) >= 1 << 31:
        return "plane"
    sizes: dict[Encoding, int] = {}
    for encoding in ("plane", "zigzag"):
        _, numbers = _to_numbers("", some, encoding)
        planes = _to_planes(numbers, _count_bytes(numbers))
        sizes[encoding] = sum(len(zlib.compress(plane, 6)) for plane in planes)
    return "zigzag" if sizes["zigzag"] < sizes["plane"] else "plane"


def _to_numbers(
    name: str, values: NDArray[np.int64], encoding: Encoding
) -> tuple[int, NDArray[np.uint32]]:
    """What is added to every value when read, and the numbers written."""
    if len(values) == 0:
        return 0, values.astype(np.uint32)
    if encoding == "plane":
        least = int(values.min())
        base = least if least < 0 or least > int(values.max()) // 2 else 0
        return base, _to_unsigned(values - base, name)
    base = int(values[0])
    steps = np.diff(values, prepend=base)
    if encoding == "zigzag":
        steps = (steps << 1) ^ (steps >> 63)
    return base, _to_unsigned(steps, name)


def _to_unsigned(values: NDArray[np.int64], name: str) -> NDArray[np.uint32]:
    if values.min() < 0 or values.max() > np.iinfo(np.uint32).max:
        raise OverflowError(f"column {name!r} does not fit into four bytes a value")
    return values.astype(np.uint32)


def _count_bytes(values: NDArray[np.uint32]) -> int:
    most = int(values.max()) if len(values) else 0
    return max(1, (most.bit_length() + 7) // 8)


def _to_planes(values: NDArray[np.uint32], width: int) -> list[bytes]:
    rows = np.ascontiguousarray(values.astype("<u4")).view(np.uint8).reshape(-1, 4)
    return [rows[:, place].tobytes() for place in range(width)]
