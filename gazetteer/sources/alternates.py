"""GeoNames' alternate names joined to its places, with little memory: 18 million rows and more.

The table is in the order of its own ids, the places are in that of the dump. Its names are put
into files by range of place id, each file is sorted and appended to one text, and the text is
mapped: what stays in memory is ten bytes a name.
"""

import csv
import mmap
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, NamedTuple

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.csv  # type: ignore[import-untyped]
from numpy.typing import NDArray

from gazetteer.place import PlaceName
from gazetteer.sources.cells import MOST_LETTERS
from gazetteer.sources.packed import open_packed
from geo.errors import InputError
from geo.problem import Problem

COLUMNS = (
    "alternateNameId",
    "geonameid",
    "isolanguage",
    "alternate name",
    "isPreferredName",
    "isShortName",
    "isColloquial",
    "isHistoric",
    "from",
    "to",
)
FEWEST_COLUMNS = 4
_BLOCK = 2**24
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]\w{1,8})?")
# GeoNames' ids end near 13 million: 16 files of one range each, the last one open.
_RANGE_BITS, _RANGES = 20, 16
# Languages times kinds; GeoNames has 1,100.
_MOST_FORMS = 8_000
_FLAGS = (("historic", "isHistoric"), ("colloquial", "isColloquial"), ("short", "isShortName"))

Numbers = NDArray[Any]


class Alternates(NamedTuple):
    """Names by place: those of `ids[i]` are the rows from `first[i]` to `first[i + 1]`.

    Row `r` is the text from `ends[r - 1]` to `ends[r]` and has the language and kind `form[r]`.
    """

    ids: "array[int]"
    first: "array[int]"
    ends: "array[int]"
    form: "array[int]"
    forms: list[tuple[str, str]]
    text: "mmap.mmap | bytes"

    def find_names(self, number: int) -> list[PlaceName]:
        """Returns the names of the place with this GeoNames id, in the table's order."""
        at = bisect_left(self.ids, number)
        if at == len(self.ids) or self.ids[at] != number:
            return []
        begin_row, end_row = self.first[at], self.first[at + 1]
        begin = self.ends[begin_row - 1] if begin_row else 0
        names = []
        for end, form in zip(
            self.ends[begin_row:end_row], self.form[begin_row:end_row], strict=True
        ):
            text = self.text[begin:end].decode("utf-8", errors="replace")
            names.append(PlaceName(text, *self.forms[form]))
            begin = end
        return names


class _Filter(NamedTuple):
    """Which rows are kept: places wanted (`None`: all), names deleted, forms seen so far."""

    wanted: Numbers | None
    deleted: Numbers
    forms: dict[tuple[str, str], int]
    tell: Callable[[str], None]


@cache
def load_codes() -> dict[str, tuple[str, str]]:
    """The pseudo-languages of `gazetteer/data/name_codes.csv`: language and kind of each."""
    text = files("gazetteer").joinpath("data", "name_codes.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {row["code"]: (row["lang"], row["kind"]) for row in csv.DictReader(lines)}


@contextmanager
def open_alternates(
    path: Path,
    problems: list[Problem],
    *,
    wanted: Numbers | None = None,
    deleted: Numbers | None = None,
) -> Iterator[Alternates]:
    """Opens the names of a table of alternate names; its rows lie in a temporary folder meanwhile.

    `wanted` are the ids of the places to keep names of, sorted (`None`: of all); `deleted` the ids
    of names that GeoNames took back. What cannot be read is added to `problems`.
    """
    bad = {"rows": 0}

    def tell(row: str) -> None:
        bad["rows"] += 1
        if bad["rows"] == 1:
            problems.append(Problem(path.name, None, "", f"{row[:60]!r} is no alternate name"))

    nothing = np.empty(0, np.uint32)
    kept = _Filter(wanted, nothing if deleted is None else deleted, {}, tell)
    with TemporaryDirectory(prefix="alternate-names-") as folder, ExitStack() as stack:
        _spread(path, Path(folder), kept)
        yield _collect(Path(folder), list(kept.forms), stack)
    if bad["rows"] > 1:
        message = f"{bad['rows']:,} rows are no alternate names and were left out"
        problems.append(Problem(path.name, None, "", message))


def _spread(path: Path, folder: Path, kept: _Filter) -> None:
    """Writes the rows that are kept into one file for each range of place ids."""
    with ExitStack() as stack:
        writers: dict[int, Any] = {}
        raw = stack.enter_context(open_packed(path))
        for block in read_blocks(path.name, raw):
            table = _select(_parse_block(block, kept), kept)
            ranges = np.minimum(table["id"].to_numpy() >> _RANGE_BITS, _RANGES - 1)
            for number in np.unique(ranges).tolist():
                if number not in writers:
                    file = pa.OSFile(str(folder / f"{number:02}"), "wb")
                    writer = pa.ipc.new_stream(stack.enter_context(file), table.schema)
                    writers[number] = stack.enter_context(writer)
                writers[number].write_table(table.filter(pa.array(ranges == number)))


def read_blocks(file: str, raw: IO[bytes]) -> Iterator[bytes]:
    """Yields a table in blocks of about 16 MB that end at the end of a line."""
    rest = b""
    while piece := raw.read(_BLOCK):
        end = piece.rfind(b"\n") + 1
        if not end and len(rest) + len(piece) > 2 * _BLOCK:
            raise InputError(f"{file} has a line of more than {len(rest):,} bytes; it is no table")
        if end:
            yield rest + piece[:end]
        rest = piece[end:] if end else rest + piece
    if rest.strip():
        yield rest


def _parse_block(block: bytes, kept: _Filter) -> Any:
    """The columns of a block as they stand, all of them bytes; rows of another width are told."""
    line = block[: block.find(b"\n") + 1] or block
    count = max(FEWEST_COLUMNS, min(line.count(b"\t") + 1, len(COLUMNS)))
    try:
        return _read_columns(block, count)
    except pa.ArrowInvalid:
        lines = [line.removesuffix(b"\r") for line in block.split(b"\n")]
        good = [line for line in lines if line.count(b"\t") == count - 1 and b"\r" not in line]
        for line in lines:
            if line.strip() and (line.count(b"\t") != count - 1 or b"\r" in line):
                kept.tell(line[:200].decode("utf-8", "replace"))
        return _read_columns(b"\n".join(good), count)


def _read_columns(block: bytes, count: int) -> Any:
    columns = COLUMNS[:count]
    types = dict.fromkeys(columns, pa.binary())
    if not block.strip():
        return pa.table({name: pa.array([], pa.binary()) for name in columns})
    return pa.csv.read_csv(
        pa.BufferReader(block),
        pa.csv.ReadOptions(column_names=columns, use_threads=False, block_size=len(block) + 1),
        pa.csv.ParseOptions(delimiter="\t", quote_char=False, newlines_in_values=False),
        pa.csv.ConvertOptions(column_types=types, strings_can_be_null=False),
    )


def _select(table: Any, kept: _Filter) -> Any:
    """The rows that are names of places wanted: id of the place, form and text."""
    lengths = pc.binary_length(table["alternate name"])
    good = pc.and_(pc.greater(lengths, 0), pc.less_equal(lengths, 4 * MOST_LETTERS))
    ids = _to_numbers(table["geonameid"])
    if (ids == 0).any():
        row = table.slice(int(np.argmax(ids == 0)), 1).to_pylist()[0]
        kept.tell(b" ".join(row.values()).decode(errors="replace"))
    good = good.to_numpy() & (ids > 0)
    if kept.wanted is not None:
        good &= np.isin(ids, kept.wanted, assume_unique=False)
    if len(kept.deleted):
        good &= ~np.isin(_to_numbers(table["alternateNameId"]), kept.deleted)
    forms = _find_forms(table, kept.forms)
    good &= forms >= 0
    return pa.table(
        {
            "id": pa.array(ids[good], pa.uint32()),
            "form": pa.array(forms[good], pa.uint16()),
            "text": table["alternate name"].filter(pa.array(good)),
        }
    )


def _to_numbers(column: Any) -> Numbers:
    """Ids as numbers, 0 where there is none."""
    whole = pc.match_substring_regex(column, r"^[0-9]{1,9}$")
    texts = pc.if_else(whole, column, pa.scalar(b"0", pa.binary()))
    return np.asarray(texts.cast(pa.string()).cast(pa.uint32()))


def _find_forms(table: Any, forms: dict[tuple[str, str], int]) -> Numbers:
    """The number of each row's language and kind; -1 for what is no name."""
    kinds = np.zeros(len(table), np.int64)
    given = [name for _, name in _FLAGS if name in table.column_names]
    names = ["alternate", *(kind for kind, name in _FLAGS if name in given), "preferred"]
    if "isPreferredName" in table.column_names:
        kinds[_is_one(table["isPreferredName"])] = len(names) - 1
    for number, name in reversed(list(enumerate(given, 1))):
        kinds[_is_one(table[name])] = number
    if "to" in table.column_names:  # a period that has ended
        kinds[pc.greater(pc.binary_length(table["to"]), 0).to_numpy()] = names.index("historic")
    languages = table["isolanguage"].combine_chunks().dictionary_encode()
    codes = [code.decode("utf-8", errors="replace") for code in languages.dictionary.to_pylist()]
    numbers = [[_number(forms, code, kind) for kind in names] for code in codes]
    lookup = np.array(numbers or [[]], np.int64)
    return lookup[languages.indices.to_numpy(), kinds] if len(table) else kinds


def _is_one(column: Any) -> Numbers:
    return np.asarray(pc.equal(column, pa.scalar(b"1", pa.binary())))


def _number(forms: dict[tuple[str, str], int], code: str, kind: str) -> int:
    """The number of a language and kind, a new one where they come for the first time."""
    lang, known = load_codes().get(code, (code, kind))
    if not known:
        return -1
    match = _LANGUAGE.fullmatch(lang)
    form = (match[1] if match else "", known)
    if form not in forms and len(forms) >= _MOST_FORMS:
        form = ("", "alternate")
    return forms.setdefault(form, len(forms))


def _collect(folder: Path, forms: list[tuple[str, str]], stack: ExitStack) -> Alternates:
    """The rows of all ranges in the order of place ids, the text mapped."""
    ids, lengths, form = [], [], []
    with (folder / "text").open("wb") as out:
        for path in sorted(folder.glob("[0-9][0-9]")):
            with pa.memory_map(str(path)) as source, pa.ipc.open_stream(source) as reader:
                table = reader.read_all()
            order = np.argsort(table["id"].to_numpy(), kind="stable")
            table = table.take(order).combine_chunks()
            ids.append(table["id"].to_numpy())
            form.append(table["form"].to_numpy())
            lengths.append(np.asarray(pc.binary_length(table["text"])))
            out.write(b"".join(table["text"].to_pylist()))
            path.unlink()
    places = _concatenate(ids, np.uint32)
    unique, first = np.unique(places, return_index=True)
    with (folder / "text").open("rb") as text:
        empty = text.seek(0, 2) == 0
        mapped = b"" if empty else mmap.mmap(text.fileno(), 0, access=mmap.ACCESS_READ)
    if isinstance(mapped, mmap.mmap):
        stack.enter_context(mapped)
    return Alternates(
        _to_array("I", unique, np.uint32),
        _to_array("I", np.append(first, len(places)), np.uint32),
        _to_array("Q", np.cumsum(_concatenate(lengths, np.uint64)), np.uint64),
        _to_array("H", _concatenate(form, np.uint16), np.uint16),
        forms,
        mapped,
    )


def _concatenate(parts: list[Numbers], dtype: Any) -> Numbers:
    return np.concatenate([part.astype(dtype) for part in parts]) if parts else np.empty(0, dtype)


def _to_array(typecode: str, numbers: Numbers, dtype: Any) -> "array[int]":
    """Numbers as Python's own array, from which single ones are read five times as fast."""
    made = array(typecode)
    made.frombytes(numbers.astype(dtype).tobytes())
    return made
