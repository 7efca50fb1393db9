"""A table with place columns, located: distinct rows once, joined back."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd

from gazetteer.index import Gazetteer
from gazetteer.located import locate_phrase
from gazetteer.online import OnlineGeocoder
from gazetteer.phrases import parse_phrase
from gazetteer.place import Context
from gazetteer.records import Located, location_record
from geo.errors import NotFoundError

_CLASH = "_located"
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


def locate_rows(  # noqa: PLR0913  # options, keyword-only
    table: pd.DataFrame,
    gazetteer: Gazetteer,
    *,
    place: Sequence[str],
    admin1: str = "",
    country: str = "",
    online: OnlineGeocoder | None = None,
) -> gpd.GeoDataFrame:
    """Returns the table located; see `gazetteer.locate.locate_table`."""
    by_column = country in table.columns
    keys = [*place, *([admin1] if admin1 else []), *([country] if by_column else [])]
    _check_columns(table, keys)
    texts = table[keys].astype("object").where(table[keys].notna(), "").astype(str)
    numbers = texts.groupby(keys, sort=False, dropna=False).ngroup().to_numpy()
    distinct = texts.iloc[pd.Series(numbers).drop_duplicates().index]
    records = []
    for cells in distinct.itertuples(index=False, name=None):
        names = cells[: len(place)]
        area = cells[len(place)] if admin1 else ""
        context = Context(country=cells[-1] if by_column else country, admin1=area)
        records.append(_locate_cells(gazetteer, names, context, online=online))
    return _join(table, pd.DataFrame(records, columns=[*_KEPT, "geometry"]), numbers)


def _check_columns(table: pd.DataFrame, columns: Sequence[str]) -> None:
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise NotFoundError(
            f"the table has no column {missing[0]!r}; its columns are "
            f"{', '.join(map(str, table.columns))}"
        )


def _locate_cells(
    gazetteer: Gazetteer,
    names: Sequence[str],
    context: Context,
    *,
    online: OnlineGeocoder | None = None,
) -> dict[Hashable, Any]:
    """The record of one distinct row: the first cell is the phrase, the others its variants."""
    phrases = [phrase for phrase in map(parse_phrase, names) if phrase is not None]
    if not phrases or not any(phrase.mentions for phrase in phrases):
        return _make_empty_row("the cell names no place")
    first = next(phrase for phrase in phrases if phrase.mentions)
    others = tuple(
        phrase.mentions[0].text for phrase in phrases if phrase is not first and phrase.mentions
    )
    main = replace(first.mentions[0], variants=(*first.mentions[0].variants, *others))
    phrase = replace(first, mentions=(main, *first.mentions[1:]))
    return _make_row(locate_phrase(gazetteer, phrase, context, online=online))


def _make_empty_row(why: str) -> dict[Hashable, Any]:
    """The record of a row that names no place."""
    row: dict[Hashable, Any] = dict.fromkeys([*_KEPT, "geometry"])
    texts = dict.fromkeys(
        ("precision", "place_name", "place_id", "country", "admin1", "match_method"), ""
    )
    return row | texts | {"match_reasons": [f"unresolved: {why}"], "alternatives": []}


def _make_row(located: Located) -> dict[Hashable, Any]:
    record = location_record(located)
    point = None if record["geometry"] is None else record["geometry"].representative_point()
    record["longitude"] = None if point is None else point.x
    record["latitude"] = None if point is None else point.y
    return {column: record[column] for column in (*_KEPT, "geometry")}


def _join(table: pd.DataFrame, records: pd.DataFrame, numbers: Any) -> gpd.GeoDataFrame:
    found = records.iloc[numbers]
    found.index = table.index
    for column in ("longitude", "latitude", "radius_km", "match_score"):
        found = found.assign(**{column: found[column].astype("float64")})
    for column in ("geo_precision", "where_prec"):
        found = found.assign(**{column: found[column].astype("Int64")})
    names = {c: f"{c}{_CLASH}" for c in found.columns if c in table.columns}
    joined = pd.concat([pd.DataFrame(table), found.rename(columns=names)], axis=1)
    geometry = names.get("geometry", "geometry")
    return gpd.GeoDataFrame(joined, geometry=geometry, crs="EPSG:4326")
