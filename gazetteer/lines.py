"""Texts of one name a line, as rules about names take them: passes over a million names at once.

Long texts go through arrays of code points, short ones (a single name) through the same steps of
`str` and `re`, which start faster; both give the same.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Codes = NDArray[Any]

_REPEATED = re.compile(r"(.)(?=\1)")
# What `str.splitlines` breaks a line at, beside the line feed.
_OTHER_BREAKS = re.compile("[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LINE_END = 10
# So few lines are not dealt out: two texts would take longer than one.
_FEW_LINES = 24
# Below this many letters an array costs more than it saves (some 20 microseconds).
_LONG = 2_000


def join_lines(names: Sequence[str]) -> str:
    """Returns one name a line; a line break inside a name becomes a space."""
    text = "\n".join(names)
    if text.count("\n") == len(names) - 1 and not _OTHER_BREAKS.search(text):
        return text
    return "\n".join([" ".join(name.splitlines()) for name in names])


def change_lines(lines: Sequence[str], change: Callable[[str], tuple[str, ...]]) -> list[list[str]]:
    """Returns what lines become: a column for each text that `change` makes of a text of lines.

    ASCII lines go apart from the others, unless there are few: the same steps take a fraction of
    the time on them. What `change` makes of a line must not depend on the other lines.
    """
    is_ascii = list(map(str.isascii, lines))
    if len(lines) < _FEW_LINES or len(set(is_ascii)) < 2:
        return [text.split("\n") if lines else [] for text in change(join_lines(lines))]
    columns: list[list[str]] = []
    for chosen in (is_ascii, [not ascii_only for ascii_only in is_ascii]):
        texts = change(join_lines(list(compress(lines, chosen))))
        columns = columns or [[""] * len(lines) for _ in texts]
        for column, text in zip(columns, texts, strict=True):
            for row, value in zip(
                compress(range(len(lines)), chosen), text.split("\n"), strict=True
            ):
                column[row] = value
    return columns


def compose(text: str) -> str:
    """Returns a text in Unicode's form NFC.

    Line by line: one line with a mark that may be composed would make all others go the long way.
    """
    if text.isascii():
        return text
    return "\n".join([unicodedata.normalize("NFC", line) for line in text.split("\n")])


def translate(text: str, table: Mapping[int, str | None]) -> str:
    """Returns `text.translate(table)`, for a table that knows every letter or keeps it.

    >>> translate("đoß", {273: "d", 223: "ss"})
    'doss'
    """
    if text.isascii() or len(text) < _LONG:
        return text.translate(table)
    codes = _to_codes(text)
    met = np.flatnonzero(np.bincount(codes))
    becomes = [chr(code).translate(table) for code in met.tolist()]
    pool = _to_codes("".join(becomes), wide=True)
    place = np.zeros(int(met[-1]) + 1, np.intp)
    place[met] = np.arange(len(met))
    lengths = np.fromiter(map(len, becomes), np.intp, len(becomes))
    at = place[codes]
    counts = lengths[at]
    ends = np.cumsum(counts)
    shift = (np.cumsum(lengths) - lengths)[at] - (ends - counts)
    return _from_codes(pool[np.arange(int(ends[-1])) + np.repeat(shift, counts)])


def drop_repeated(text: str) -> str:
    r"""Returns a text with doubled letters single; empty lines stay.

    >>> drop_repeated("tall\n\nabbba")
    'tal\n\naba'
    """
    if len(text) < _LONG:
        return _REPEATED.sub("", text)
    codes = _to_codes(text)
    kept = np.ones(len(codes), bool)
    kept[:-1] = (codes[1:] != codes[:-1]) | (codes[:-1] == _LINE_END)
    return _from_codes(codes[kept])


def find_lines(text: str, letters: re.Pattern[str]) -> list[int]:
    r"""Returns which lines have a letter that the pattern, which is of one letter, matches.

    >>> find_lines("a\nb\nab", re.compile("[b]"))
    [1, 2]
    """
    if len(text) < _LONG:
        return [row for row, line in enumerate(text.split("\n")) if letters.search(line)]
    codes = _to_codes(text)
    met = np.bincount(codes)
    matched = np.zeros(len(met), bool)
    matched[[code for code in np.flatnonzero(met).tolist() if letters.match(chr(code))]] = True
    line_of = np.cumsum(codes == _LINE_END)[matched[codes]]
    rows: list[int] = line_of[np.diff(line_of, prepend=-1) > 0].tolist()
    return rows


def _to_codes(text: str, *, wide: bool = False) -> _Codes:
    """The code points of a text: a byte each if all are ASCII, unless `wide`."""
    if text.isascii() and not wide:
        return np.frombuffer(text.encode("ascii"), np.uint8)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _from_codes(codes: _Codes) -> str:
    if codes.itemsize == 1:
        return codes.tobytes().decode("ascii")
    return codes.tobytes().decode("utf-32-le", "surrogatepass")
