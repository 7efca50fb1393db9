"""A table with place columns, located: distinct rows once, joined back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from geopandas.array import from_shapely
from numpy.typing import NDArray

from gazetteer.correcting import Corrections, choose_report, find_reports
from gazetteer.countries import lookup_country
from gazetteer.distinct import number_rows
from gazetteer.index import Gazetteer
from gazetteer.located import locate_each
from gazetteer.online import OnlineGeocoder
from gazetteer.paused import paused_collector
from gazetteer.phrases import PlacePhrase, parse_phrase
from gazetteer.records import Located, location_record
from gazetteer.row_context import RowContext, read_context
from geo.errors import NotFoundError

_CLASH = "_located"
_NUMBERS = {
    "longitude": "float64",
    "latitude": "float64",
    "radius_km": "float64",
    "match_score": "float64",
    "geo_precision": "Int64",
    "where_prec": "Int64",
}
_LISTS = ("match_reasons", "alternatives")
_KEPT = (
    "longitude",
    "latitude",
    "precision",
    "radius_km",
    "geo_precision",
    "where_prec",
    "place_name",
    "place_id",
    "country",
    "admin1",
    "match_method",
    "match_score",
    "match_reasons",
    "alternatives",
)
# The roles of the place columns: place 0, place 1.
_PLACE = "place "
# The column that says which report a row comes from, for corrections of one report.
_REPORT = "report_id"


def locate_rows(  # noqa: PLR0913 - keyword-only options
    table: pd.DataFrame,
    gazetteer: Gazetteer,
    *,
    place: Sequence[str],
    admin1: str = "",
    admin2: str = "",
    admin3: str = "",
    country: str = "",
    near: Sequence[str] = (),
    corrections: Corrections | None = None,
    online: OnlineGeocoder | None = None,
) -> gpd.GeoDataFrame:
    """Returns the table located; see `gazetteer.locate.locate_table`."""
    is_column = country != "" and country in table.columns
    fixed = {} if is_column else {"country": _check_country(country)}
    columns = {
        **{f"{_PLACE}{at}": column for at, column in enumerate(place)},
        "admin1": admin1,
        "admin2": admin2,
        "admin3": admin3,
        "country": "" if fixed else country,
        **dict(zip(("lon", "lat"), near, strict=bool(near))),
        _REPORT: _REPORT if find_reports(corrections) and _REPORT in table.columns else "",
    }
    used = {role: column for role, column in columns.items() if column}
    distinct = number_rows(table, list(used.values()))
    cells = [fixed | dict(zip(used, row, strict=True)) for row in distinct.cells]
    # Answers grow by the thousand and hold no cycles: the collector would take a fifth of the time.
    with paused_collector():
        records = _locate_cells(gazetteer, cells, corrections, online)
    return _join(table, records, distinct.numbers)


def _check_country(country: str) -> str:
    code = lookup_country(country) if country else ""
    if code is None:
        raise NotFoundError(
            f"{country!r} is neither a column of the table nor a country known here; write its "
            "code, ISO 3166-1 alpha-2, such as SY"
        )
    return code


def _locate_cells(
    gazetteer: Gazetteer,
    rows: Sequence[Mapping[str, str]],
    corrections: Corrections | None,
    online: OnlineGeocoder | None,
) -> list[dict[str, Any]]:
    """The record of each distinct row."""
    parsed: dict[str, PlacePhrase | None] = {}
    phrases = [_read_phrase(row, parsed) for row in rows]
    contexts = [read_context(gazetteer, row) for row in rows]
    reports = find_reports(corrections)
    wanted: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        if phrases[at] is not None and not contexts[at].refused:
            report = row.get(_REPORT, "")
            wanted.setdefault(report if report in reports else "", []).append(at)
    located: dict[int, Located] = {}
    for report, numbers in wanted.items():
        asked = [phrase for at in numbers if (phrase := phrases[at]) is not None]
        where = [contexts[at].context for at in numbers]
        held = choose_report(corrections, report)
        found = locate_each(gazetteer, asked, where, corrections=held, online=online)
        located.update(zip(numbers, found, strict=True))
    return [_make_record(located.get(at), contexts[at]) for at in range(len(rows))]


def _read_phrase(
    row: Mapping[str, str], parsed: dict[str, PlacePhrase | None]
) -> PlacePhrase | None:
    """The place phrase of a row: its first cell that names a place, the others its variants.

    `parsed` keeps the phrases of the texts read so far.
    """
    names = [text for role, text in row.items() if role.startswith(_PLACE)]
    parsed.update({text: parse_phrase(text) for text in names if text not in parsed})
    phrases = [p for text in names if (p := parsed[text]) is not None and p.mentions]
    if len(phrases) < 2:
        return phrases[0] if phrases else None
    first, *others = phrases
    texts = tuple(phrase.mentions[0].text for phrase in others)
    main = replace(first.mentions[0], variants=(*first.mentions[0].variants, *texts))
    return replace(first, mentions=(main, *first.mentions[1:]))


def _make_record(located: Located | None, known: RowContext) -> dict[str, Any]:
    """The record of a distinct row, `located` where it was asked for."""
    if located is None:
        why = known.refused or "the cell names no place"
        return {"match_reasons": [f"unresolved: {why}", *known.notes]}
    record = location_record(located)
    if record["geometry"] is not None:
        point = record["geometry"].representative_point()
        record |= {"longitude": point.x, "latitude": point.y}
    return record | {"match_reasons": [*record["match_reasons"], *known.notes]}


def _join(
    table: pd.DataFrame, records: Sequence[Mapping[str, Any]], numbers: NDArray[np.int64]
) -> gpd.GeoDataFrame:
    """The table with each row's record beside it; rows of one record share its lists and shape."""
    found = {_find_free(c, table): _make_column(c, records).take(numbers) for c in _KEPT}
    geometry = _find_free("geometry", table)
    shapes = from_shapely([record.get("geometry") for record in records], crs="EPSG:4326")
    found[geometry] = shapes.take(numbers)
    # One frame of the arrays as they are: a column put in by itself would be copied each time.
    beside = pd.DataFrame(found, index=table.index, copy=False)
    joined = pd.concat([pd.DataFrame(table), beside], axis=1)
    return gpd.GeoDataFrame(joined, geometry=geometry, copy=False)


def _make_column(name: str, records: Sequence[Mapping[str, Any]]) -> Any:
    """A column's values, one a record, as an array."""
    if name in _LISTS:
        lists = np.empty(len(records), object)
        lists[:] = [record.get(name, []) for record in records]
        return lists
    if name in _NUMBERS:
        values = [record.get(name) for record in records]
        return pd.Series(values, dtype=_NUMBERS[name]).array
    return pd.Series([record.get(name, "") for record in records], dtype=str).array


def _find_free(name: str, table: pd.DataFrame) -> str:
    """What a new column is called: the table may have one of that name already."""
    while name in table.columns:
        name += _CLASH
    return name
