"""What must hold between the cells of one incident, and between the rows of one table."""

import difflib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from geopandas import GeoDataFrame

from geo.incident import COLUMNS, SUB_EVENT_TYPES

if TYPE_CHECKING:
    import pandas as pd


class Finding(NamedTuple):
    """A rule that a row breaks: its number from 0, the column, the message.

    `cleared` are the columns that take `value` (`None`: empty) so that the row can stay.
    """

    row: int
    column: str
    message: str
    cleared: tuple[str, ...]
    value: str | None = None


def check_table(table: GeoDataFrame) -> list[Finding]:
    """What the rows of a table break, rule by rule; empty where all is well."""
    return [finding for rule in RULES for finding in rule(table)]


def check_ids(table: GeoDataFrame) -> Iterator[Finding]:
    """An incident_id names one row; a second one is kept under a number of its own."""
    ids = table["incident_id"]
    taken = set(ids)
    for row in _rows(ids.duplicated() & (ids != "")):
        name = str(ids.iloc[row])
        fresh = next(new for n in range(2, len(ids) + 2) if (new := f"{name}-{n}") not in taken)
        taken.add(fresh)
        message = f"{name!r} names an earlier row too; give each row its own (kept as {fresh!r})"
        yield Finding(row, "incident_id", message, ("incident_id",), fresh)


def check_choices(table: GeoDataFrame) -> Iterator[Finding]:
    """A column of a closed list holds a value of the list, or nothing."""
    for column in COLUMNS:
        if not column.choices:
            continue
        cells = table[column.name]
        for row in _rows(~cells.isin(("", *column.choices))):
            given = str(cells.iloc[row])
            message = f"{given!r} is none of ours; {_suggest(given, column.choices)}"
            yield Finding(row, column.name, message, (column.name,), "")


def check_sub_types(table: GeoDataFrame) -> Iterator[Finding]:
    """A sub-event type belongs to the event type beside it."""
    types, subs = table["event_type"], table["sub_event_type"]
    expected = subs.map(SUB_EVENT_TYPES)
    for row in _rows(expected.notna() & (types != "") & (types != expected)):
        message = (
            f"{subs.iloc[row]!r} belongs to {expected.iloc[row]!r}, not to {types.iloc[row]!r}; "
            "change one of the two"
        )
        yield Finding(row, "sub_event_type", message, ("sub_event_type",), "")


def check_dates(table: GeoDataFrame) -> Iterator[Finding]:
    """An incident does not end before it starts."""
    starts, ends = table["date_start"], table["date_end"]
    for row in _rows(ends < starts):
        message = (
            f"'{ends.iloc[row]:%Y-%m-%d}' is before date_start '{starts.iloc[row]:%Y-%m-%d}'; "
            "swap them, or leave one empty"
        )
        yield Finding(row, "date_end", message, ("date_end",))


def check_tolls(table: GeoDataFrame) -> Iterator[Finding]:
    """Low <= best <= high, for the dead and for the injured.

    Best is what a source stands by: it stays, and the low or high that it excludes goes. Where
    there is no best, low and high both go.
    """
    for kind in ("fatalities", "injured"):
        low, best, high = (f"{kind}_{level}" for level in ("low", "best", "high"))
        is_open = table[best].isna()
        yield from _check_order(table, low, best, (low,))
        yield from _check_order(table, best, high, (high,))
        for finding in _check_order(table, low, high, (low, high)):
            if is_open.iloc[finding.row]:
                yield finding


def _check_order(
    table: GeoDataFrame, lower: str, upper: str, cleared: tuple[str, ...]
) -> Iterator[Finding]:
    for row in _rows((table[lower] > table[upper]).fillna(value=False)):
        message = (
            f"{table[lower].iloc[row]} is more than {upper} {table[upper].iloc[row]}; "
            "give low, best and high in rising order"
        )
        yield Finding(row, lower, message, cleared)


def check_codes(table: GeoDataFrame) -> Iterator[Finding]:
    """ACLED's code is 1 to 3, UCDP's 1 to 7, a score 0 to 1, a radius not negative."""
    ranges = (
        ("geo_precision", 1, 3),
        ("where_prec", 1, 7),
        ("match_score", 0, 1),
        ("radius_km", 0, 20_004),
    )
    for column, low, high in ranges:
        cells = table[column]
        for row in _rows(((cells < low) | (cells > high)).fillna(value=False)):
            message = f"{cells.iloc[row]} is out of range; give {low} to {high}, or leave it empty"
            yield Finding(row, column, message, (column,))


def _rows(mask: "pd.Series[bool]") -> list[int]:
    return [int(row) for row in np.flatnonzero(mask.to_numpy(dtype=bool))]


def _suggest(given: str, choices: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(given, choices, n=1)
    return f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(choices)}"


RULES: tuple[Callable[[GeoDataFrame], Iterator[Any]], ...] = (
    check_ids,
    check_choices,
    check_sub_types,
    check_dates,
    check_tolls,
    check_codes,
)
