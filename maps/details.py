"""The long text of each incident, in blocks that the page inflates when a popup needs one."""

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from maps.export import find_unheld
from maps.payload import deflate_text, to_json

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
_LIST_KEYS = {"reasons": "match_reasons", "claims": "claims", "notes": "notes"}
_COUNT_KEYS = {"fatalities": "fatalities", "injured": "injured"}
# Of an alternative, what the popup shows and an export writes.
_ALTERNATIVE_KEYS = ("place_id", "name", "admin1", "country", "lon", "lat", "score", "why")


def make_details(table: gpd.GeoDataFrame, block_rows: int, keep: Sequence[str] = ()) -> str:
    """The rows' long text: for each block of rows a line of base64, a zlib stream of JSON.

    `keep` names columns of the caller's own that an export from the page is to hold.
    """
    columns = {key: table[name].tolist() for key, name in (_TEXT_KEYS | _LIST_KEYS).items()}
    columns["alternatives"] = [_trim(cell) for cell in table["alternatives"].tolist()]
    for key, name in _COUNT_KEYS.items():
        columns[key] = _count_triples(table, name)
    columns["more"] = find_unheld(table, keep)
    keys = list(columns)
    rows = [_without_empty(keys, values) for values in zip(*columns.values(), strict=True)]
    blocks = [rows[start : start + block_rows] for start in range(0, len(rows), block_rows)]
    return "\n".join(deflate_text(to_json(block)) for block in blocks)


def _without_empty(keys: list[str], values: tuple[Any, ...]) -> dict[str, Any]:
    return {key: value for key, value in zip(keys, values, strict=True) if _is_filled(value)}


def _is_filled(value: Any) -> bool:
    return isinstance(value, str | list | dict) and len(value) > 0


def _trim(cell: Any) -> list[dict[str, Any]]:
    if not isinstance(cell, list):
        return []
    return [{key: entry[key] for key in _ALTERNATIVE_KEYS if key in entry} for entry in cell]


def _count_triples(table: gpd.GeoDataFrame, name: str) -> list[list[int | None]]:
    """Low, best and high of each row; [] where all are unknown."""
    counts = [
        [None if pd.isna(value) else int(value) for value in table[f"{name}_{level}"].tolist()]
        for level in ("low", "best", "high")
    ]
    return [
        [] if low is None and best is None and high is None else [low, best, high]
        for low, best, high in zip(*counts, strict=True)
    ]
