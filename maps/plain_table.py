"""The first incidents as a plain HTML table, for where a page's frame is not shown."""

from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import pandas as pd

from maps.html import escape_text

# Enough to see what the table holds; a notebook is read by scrolling.
MOST_ROWS = 20
# Heading -> column of the table.
_COLUMNS = {
    "Date": "date_start",
    "Type": "sub_event_type",
    "Actors": "actor1",
    "Place": "place_name",
    "Precision": "precision",
    "Source": "source",
}
# Events that two sides take part in and neither is attacked.
_TOGETHER = ("Agreement", "Non-violent transfer of territory")
# What stands in for an empty cell of a column.
_INSTEAD = {"sub_event_type": "event_type", "place_name": "place_text"}


def make_plain_table(shown: gpd.GeoDataFrame, count: int, located: int) -> str:
    """The first rows as HTML without scripts and styles, folded behind a line that counts all.

    Every text in it is escaped; what is missing is said in words.
    """
    said = f"{count} incident{'' if count == 1 else 's'}, {located} with a location"
    if count > len(shown):
        said += f"; the first {len(shown)} as a table"
    head = _row("th", _COLUMNS)
    rows = "\n".join(_row("td", _texts_of(record)) for record in shown.to_dict("records"))
    return (
        f"<details><summary>{said}</summary>\n"
        "<p>The map is in a frame above, which is shown once the notebook is trusted.</p>\n"
        f"<table>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</details>"
    )


def _texts_of(record: Mapping[Any, Any]) -> list[str]:
    texts = {
        column: _text(record.get(column)) or _text(record.get(_INSTEAD.get(column, "")))
        for column in _COLUMNS.values()
    }
    return [text or "unknown" for text in (texts | {"actor1": _actors(record)}).values()]


def _actors(record: Mapping[Any, Any]) -> str:
    """Who did it and whom it was against, as the page's cards say it (js/src/actors.js)."""
    first, second = _text(record.get("actor1")), _text(record.get("actor2"))
    between = "with" if record.get("sub_event_type") in _TOGETHER else "against"
    return f"{first or 'unknown actor'}, {between} {second}" if second else first


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return value.strftime("%Y-%m-%d") if isinstance(value, pd.Timestamp) else ""


def _row(tag: str, texts: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape_text(text)}</{tag}>' for text in texts)}</tr>"
