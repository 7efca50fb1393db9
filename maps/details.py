"""What the page shows of an incident beside its columns, in blocks inflated when it is needed.

The first line is what all blocks share: tables of texts that repeat, and what follows from the
place. Then a line for each block of rows: texts joined to one, codes as columns. Each is a payload
(`maps.payload`), and `js/src/details.js` puts an incident together again.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from geo.precision import Precision, to_geo_precision, to_where_prec
from maps.cells import Coded, code_lists, code_texts, code_values, rank_coded, take, to_numbers
from maps.columns import RADIUS_FACTOR, SCORE_FACTOR, to_stored
from maps.export import find_odd_days, list_own
from maps.lookups import find_best_lookup, is_constant
from maps.payload import Column, Lookup, make_payload, to_json
from maps.words import SAME, SEPARATOR, number_words, shorten_same

# Before the name of a column of the page, from which one of the details follows.
PAGE_MARK = "/"
# The column of a block that holds the numbers of words.
WORDS_NAME = " words"
# Key in the page -> column of the table; the page leaves out what is empty.
_TEXT_KEYS = {
    "id": "incident_id",
    "date_text": "date_text",
    "date_precision": "date_precision",
    "place_text": "place_text",
    "place_id": "place_id",
    "admin2": "admin2",
    "method": "match_method",
    "url": "source_url",
    "report": "report_id",
    "evidence": "evidence",
}
_LIST_KEYS = {
    "reasons": "match_reasons",
    "alternatives": "alternatives",
    "claims": "claims",
    "notes": "notes",
}
_COUNT_KEYS = tuple(
    f"{kind}_{level}" for kind in ("fatalities", "injured") for level in ("low", "best", "high")
)
# Texts that repeat are kept once for all blocks where that halves them; more letters than this
# would be inflated for one incident's sake.
_TABLE_SHARE, _MOST_TABLE_LETTERS = 1 / 2, 1_000_000
# Texts at least so long on average are written incident by incident, so that what two of them
# share lies side by side; shorter ones press better column by column.
_LONG_LETTERS = 16
# Where texts are found in more than one column, the first of these is where they come from.
_FIRST_KEYS = ("evidence",)

Codes = NDArray[np.int64]


class _Parts(NamedTuple):
    """The details by how they are written: in the shared line, as codes or texts of a block."""

    shared: list[Column | Lookup]
    codes: list[Column]
    texts: dict[str, list[str]]
    tables: dict[str, list[Any]]
    parsed: list[str]


def make_details(
    table: gpd.GeoDataFrame,
    block_rows: int,
    *,
    order: Codes | None = None,
    keys: Sequence[Column] = (),
    keep: Sequence[str] | None = None,
) -> str:
    """The details in the page's order of rows: a line that all share, then one a block.

    `keys` are columns of the page, in its order, that others may follow from; `keep` names the
    columns of the table's own that are held, all where not given.
    """
    if not len(table):
        return ""
    rows = np.arange(len(table)) if order is None else order
    extra = {f"x{n}": name for n, name in enumerate(list_own(table, keep))}
    coded = {key: _code(table, key, extra).take(rows) for key in _list_keys(table, extra)}
    coded |= {key: own.take(rows) for key, own in _find_exact(table).items()}
    counts = {
        key: take(own, rows) for key in _COUNT_KEYS if (own := _read_counts(table, key)) is not None
    }
    parts = _part(coded, counts, keys)
    long = _find_long(parts.texts)
    in_blocks = bool(parts.codes or parts.texts)
    starts = range(0, len(table), block_rows) if in_blocks else range(0)
    header = {
        "count": len(table),
        "blocks": len(starts),
        "keys": [*coded, *counts],
        "extra": {key: str(name) for key, name in extra.items()},
        "tables": parts.tables,
        "parsed": parts.parsed,
        "long": long,
    }

    def make_block(start: int, *, number: bool) -> str:
        return _make_block(parts, long, start, start + block_rows, number=number)

    # The block in the middle shows for all whether numbers of words are shorter than letters.
    middle = starts[len(starts) // 2] if starts else 0
    number = bool(long) and len(make_block(middle, number=True)) < len(
        make_block(middle, number=False)
    )
    blocks = (make_block(start, number=number) for start in starts)
    return "\n".join([make_payload(header, parts.shared), *blocks])


def _find_long(texts: Mapping[str, list[str]]) -> list[str]:
    """The keys whose texts are written incident by incident."""
    long = [key for key, own in texts.items() if sum(map(len, own)) >= _LONG_LETTERS * len(own)]
    return sorted(long, key=lambda key: key not in _FIRST_KEYS)


def _list_keys(table: gpd.GeoDataFrame, extra: Mapping[str, Any]) -> list[str]:
    known = {**_TEXT_KEYS, **_LIST_KEYS}
    return [*(key for key, name in known.items() if name in table), *extra]


def _code(table: gpd.GeoDataFrame, key: str, extra: Mapping[str, Any]) -> Coded:
    if key in extra:
        return code_values(table, extra[key])
    if key in _TEXT_KEYS:
        return code_texts(table, _TEXT_KEYS[key])
    return code_lists(table[_LIST_KEYS[key]].tolist())


def _find_exact(table: gpd.GeoDataFrame) -> dict[str, Coded]:
    """What the page's own columns cannot say: figures finer than they are, codes out of step."""
    found = {}
    for name, factor in (("radius_km", RADIUS_FACTOR), ("match_score", SCORE_FACTOR)):
        numbers = to_numbers(table, name)
        rounded = (to_stored(numbers, factor) - 1) / factor
        own = np.where(np.isnan(numbers) | (numbers == rounded), np.nan, numbers)
        found[name] = own
    levels = code_texts(table, "precision")
    for name, code_of in (("geo_precision", to_geo_precision), ("where_prec", to_where_prec)):
        codes = {level.value: float(code_of(level)) for level in Precision}
        implied = np.array([codes.get(level, np.nan) for level in levels.table])[levels.codes]
        numbers = to_numbers(table, name)
        found[name] = np.where(numbers == implied, np.nan, numbers)
    coded = {name: code_values(gpd.GeoDataFrame({name: own}), name) for name, own in found.items()}
    hidden = np.where(table.geometry.isna(), levels.codes, len(levels.table))
    return coded | find_odd_days(table) | {"precision": Coded(hidden, [*levels.table, ""])}


def _read_counts(table: gpd.GeoDataFrame, name: str) -> Codes | None:
    """Counts and one more, 0 where unknown; `None` where no row has one."""
    numbers = to_numbers(table, name)
    if np.isnan(numbers).all():
        return None
    return to_stored(numbers, 1)


def _part(
    coded: Mapping[str, Coded], counts: Mapping[str, Codes], keys: Sequence[Column]
) -> _Parts:
    """Every key to where it is written; what is empty is nowhere."""
    parts = _Parts([], [], {}, {}, [])
    ways = [key._replace(name=f"{PAGE_MARK}{key.name}") for key in keys]
    for key, values in counts.items():
        _place_codes(Column(key, values), parts, ways)
    for key, own in coded.items():
        is_text = all(isinstance(value, str) for value in own.table)
        texts = own.table if is_text else [_write(value) for value in own.table]
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        whole = int(lengths[own.codes].sum())
        if not whole:
            continue
        if lengths.sum() <= min(whole * _TABLE_SHARE, _MOST_TABLE_LETTERS):
            [ranked] = rank_coded([own], always=())
            parts.tables[key] = ranked.table
            _place_codes(Column(key, ranked.codes), parts, ways)
            continue
        if not is_text:
            parts.parsed.append(key)
        parts.texts[key] = np.fromiter(texts, dtype=object, count=len(texts))[own.codes].tolist()
    return parts


def _write(value: Any) -> str:
    """The value's JSON; what is missing stays empty."""
    return "" if value == "" else to_json(value).decode()


def _place_codes(column: Column, parts: _Parts, ways: Sequence[Column]) -> None:
    """Puts a column to the shared ones where it is constant or follows from another one."""
    lookup = find_best_lookup(column, [*ways, *parts.codes])
    if lookup or is_constant(column):
        parts.shared.append(lookup or column)
    else:
        parts.codes.append(column)


def _make_block(parts: _Parts, long: Sequence[str], start: int, stop: int, *, number: bool) -> str:
    cells = {key: own[start:stop] for key, own in parts.texts.items()}
    texts = [cells.pop(key) for key in long]
    same = len(texts) > 1 and not any(SAME in text for own in texts for text in own)
    together = _side_by_side(texts, same=same)
    columns = [Column(name, values[start:stop]) for name, values, _ in parts.codes]
    header: dict[str, Any] = {
        "texts": {key: _join(own) for key, own in cells.items()},
        "same": same,
    }
    numbered = number_words(together) if number and SEPARATOR not in "".join(together) else None
    if numbered:
        header["words"] = numbered.words
        columns.append(Column(WORDS_NAME, numbered.numbers))
    elif long:
        header["long"] = _join(together)
    return make_payload(header, columns)


def _side_by_side(columns: Sequence[list[str]], *, same: bool) -> list[str]:
    """The texts incident by incident; `same`: one that holds the first one says so in its place."""
    if same:
        first = columns[0]
        columns = [first, *([*map(shorten_same, own, first)] for own in columns[1:])]
    return [text for row in zip(*columns, strict=True) for text in row]


def _join(texts: list[str]) -> str | list[str]:
    joined = SEPARATOR.join(texts)
    return joined if joined.count(SEPARATOR) == len(texts) - 1 else texts
