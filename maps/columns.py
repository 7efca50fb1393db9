"""An incident table to the columns, string tables and header that the page draws from."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.areas import load_areas
from geo.precision import Precision
from maps.about import load_credits
from maps.export import make_export_header
from maps.legend import Facet, make_precision_facet, make_type_facet
from maps.payload import Column, make_payload
from maps.places import VAGUE_AREA, VAGUE_COUNTRY, Places, find_bounds, make_places
from maps.shapes import SHAPE_SCALE, Shapes, make_shapes
from maps.timeline import Days, make_days

# 1/100,000 degree is 1 m: finer than any place is known.
POSITION_SCALE = 100_000
# Rows whose long text is inflated together: small enough to open at once, large enough to press.
BLOCK_ROWS = 256
# A point known no better than to its district is drawn as the circle it may lie in.
_VAGUE_LEVELS = (Precision.SUBDISTRICT, Precision.DISTRICT, Precision.REGION, Precision.COUNTRY)
# A point whose radius is larger than a town's is no point either, whatever its level says.
_VAGUE_RADIUS_KM = 15.0


class Texts(NamedTuple):
    """A table of distinct strings, "" first, and a code a row for each column that uses it."""

    table: list[str]
    codes: list[NDArray[np.int64]]


class PageData(NamedTuple):
    """What the page draws: the payload's text, the table in the page's order, and where it lies.

    `bounds` are west, south, east, north in degrees, east beyond 180 where the incidents lie on
    both sides of the antimeridian; `None` where nothing is located.
    """

    payload: str
    ordered: gpd.GeoDataFrame
    bounds: tuple[float, float, float, float] | None
    located: int
    places: Places


def make_page_data(
    table: gpd.GeoDataFrame,
    *,
    title: str,
    about: Mapping[str, str],
    attribution: str,
    view: str = "marks",
    keep: Sequence[str] = (),
) -> PageData:
    """The page's data for a table as `geo.table.make_table` makes it."""
    days = make_days(table)
    ordered = table.iloc[days.order]
    shapes = make_shapes(ordered.geometry.to_numpy())
    names = _make_texts(ordered, ["place_name"])
    places = _place_rows(ordered, shapes, names.codes[0])
    facets = _make_facets(ordered, places.number > 0)
    columns, tables = _make_row_columns(ordered, names)
    bounds = find_bounds(places, shapes)
    header = {
        "title": title,
        "about": [[str(term), str(text)] for term, text in about.items()],
        "attribution": attribution,
        "view": view,
        "credits": load_credits(),
        "export": make_export_header(ordered, keep),
        "count": len(ordered),
        "dated": days.dated,
        "scale": POSITION_SCALE,
        "shape_scale": SHAPE_SCALE,
        "block_rows": BLOCK_ROWS,
        "bounds": bounds,
        "facets": [facet.to_header() for facet in facets],
        "tables": tables | {facet.column: _labels_of(facet) for facet in facets},
    }
    columns += [Column(facet.column, facet.codes) for facet in facets]
    columns += [*_day_columns(days), *places.columns, *shapes.columns]
    located = int((places.number > 0).sum())
    return PageData(make_payload(header, columns), ordered, bounds, located, places)


def _labels_of(facet: Facet) -> list[str]:
    return [entry["label"] for entry in facet.entries]


def _make_facets(table: gpd.GeoDataFrame, located: NDArray[np.bool_]) -> list[Facet]:
    return [
        make_type_facet(to_texts(table, "event_type")),
        make_precision_facet(to_texts(table, "precision"), located),
    ]


def _day_columns(days: Days) -> list[Column]:
    return [Column("start", days.start, "delta"), Column("days", days.length)]


def _place_rows(table: gpd.GeoDataFrame, shapes: Shapes, names: NDArray[np.int64]) -> Places:
    radius_km = to_numbers(table, "radius_km")
    levels = np.isin(to_texts(table, "precision"), [level.value for level in _VAGUE_LEVELS])
    wide = np.nan_to_num(radius_km) > _VAGUE_RADIUS_KM
    is_point = shapes.number == 0
    vague = (shapes.is_area | (is_point & (levels | wide))).astype(np.int64)
    country = np.asarray(to_texts(table, "precision"), dtype=object) == Precision.COUNTRY.value
    vague[country & (vague == VAGUE_AREA)] = VAGUE_COUNTRY
    return make_places(shapes, radius_km, vague, names, scale=POSITION_SCALE)


def _make_row_columns(
    table: gpd.GeoDataFrame, names: Texts
) -> tuple[list[Column], dict[str, list[str]]]:
    actors = _make_texts(table, ["actor1", "actor2"])
    texts = {
        "sub_type": _make_texts(table, ["sub_event_type"]),
        "source": _make_texts(table, ["source"]),
        "admin1": _make_texts(table, ["admin1"]),
        "country": _make_texts(table, ["country"]),
        "name": names,
    }
    columns = [Column(name, text.codes[0]) for name, text in texts.items()]
    columns += [Column("actor1", actors.codes[0]), Column("actor2", actors.codes[1])]
    columns.append(Column("deaths", _to_stored(to_numbers(table, "fatalities_best"), 1)))
    columns.append(Column("radius", _to_stored(to_numbers(table, "radius_km"), 10) - 1))
    columns.append(Column("score", _to_stored(to_numbers(table, "match_score"), 100)))
    tables = {name: text.table for name, text in texts.items()} | {"actor": actors.table}
    tables["country"] = [_country_names().get(code, code) for code in tables["country"]]
    return columns, tables


@cache
def _country_names() -> dict[str, str]:
    return {area.area_id: area.name for area in load_areas() if area.level == 0}


def _to_stored(values: NDArray[np.float64], factor: int) -> NDArray[np.int64]:
    """Numbers times a factor and one more, so that 0 can stand for "unknown"."""
    stored: NDArray[np.int64] = np.round(np.nan_to_num(values, nan=-1 / factor) * factor + 1)
    return np.maximum(stored, 0).astype(np.int64)


def to_texts(table: gpd.GeoDataFrame, column: str) -> list[str]:
    """A column's texts; what is missing is ""."""
    return [value if isinstance(value, str) else "" for value in table[column].tolist()]


def to_numbers(table: gpd.GeoDataFrame, column: str) -> NDArray[np.float64]:
    """A column's numbers; what is missing is NaN."""
    numbers: NDArray[np.float64] = pd.to_numeric(table[column]).to_numpy(float, na_value=np.nan)
    return numbers


def _make_texts(table: gpd.GeoDataFrame, columns: list[str]) -> Texts:
    values = [np.array(to_texts(table, column), dtype=object) for column in columns]
    together: Any = np.concatenate([np.array([""], dtype=object), *values])
    found, distinct = pd.factorize(together)
    rank = np.argsort(np.argsort(distinct, kind="stable"), kind="stable")
    codes = np.split(rank[found[1:]].astype(np.int64), len(values)) if len(found) > 1 else []
    empty = np.zeros(0, dtype=np.int64)
    return Texts(sorted(distinct.tolist()), list(codes) or [empty] * len(values))
