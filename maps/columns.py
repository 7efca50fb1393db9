"""An incident table to the columns, string tables and header that the page draws from."""

import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from geo.areas import load_areas
from geo.errors import InputError, MapperWarning
from geo.precision import Precision
from maps.about import load_credits
from maps.cells import Coded, code_texts, join_coded, rank_coded, take, to_numbers
from maps.export import make_export_header
from maps.layer_facets import check_layers, make_facets
from maps.legend import Facet
from maps.lookups import find_lookup
from maps.payload import Column, Lookup, make_payload
from maps.places import (
    VAGUE_AREA,
    VAGUE_COUNTRY,
    Places,
    find_bounds,
    make_places,
    order_places,
    to_place_columns,
)
from maps.shapes import SHAPE_SCALE, Shapes, make_shapes
from maps.timeline import Days, make_days

# 1/100,000 degree is 1 m: finer than any place is known.
POSITION_SCALE = 100_000
# Rows whose long text is inflated together: small enough to open at once, large enough to press.
BLOCK_ROWS = 1024
# A point known no better than to its district is drawn as the circle it may lie in.
_VAGUE_LEVELS = (Precision.SUBDISTRICT, Precision.DISTRICT, Precision.REGION, Precision.COUNTRY)
# A point whose radius is larger than a town's is no point either, whatever its level says.
_VAGUE_RADIUS_KM = 15.0
# Number columns of the page: what they hold, times a factor and one more, so that 0 is unknown.
DEATHS_FACTOR, RADIUS_FACTOR, SCORE_FACTOR = 1, 10, 100
_MOST_STORED = (1 << 32) - 2
# Who called what calls `make_page_data`: make_map, or our layer for a folium map.
_CALLER_LEVEL = 4
# Ways of drawing the incidents, as the page's "View" switch has them (js/src/views.js).
VIEWS = ("marks", "areas", "density", "bubbles")
# Text columns of the page and of the table.
_TEXT_COLUMNS = {
    "sub_type": "sub_event_type",
    "source": "source",
    "admin1": "admin1",
    "country": "country",
    "name": "place_name",
}

Codes = NDArray[np.int64]


class PageData(NamedTuple):
    """What the page draws: the payload's text, the table's rows in the page's order, and where.

    `keys` are columns of the page that others may follow from; `located` is how many rows have
    a place, and `places` holds the distinct ones. `bounds` are west, south, east, north in degrees,
    east beyond 180 where the incidents lie on both sides of the antimeridian; `None` where nothing
    is located.
    """

    payload: str
    order: Codes
    keys: list[Column]
    bounds: tuple[float, float, float, float] | None
    located: int
    places: Places


def make_page_data(  # noqa: PLR0913  (one table, and options by name)
    table: gpd.GeoDataFrame,
    *,
    title: str,
    about: Mapping[str, str],
    attribution: str,
    layers: Sequence[str] | None = None,
    view: str = "marks",
    keep: Sequence[str] | None = None,
) -> PageData:
    """The page's data for a table as `geo.table.make_table` makes it.

    `layers` names the columns by which the page can be filtered, beside event type and precision;
    `keep` those of the table's own that it holds for cards and exports, all where not given. A
    layer that is named and left out, for all rows are alike in it, is a `MapperWarning`.
    """
    if view not in VIEWS:
        raise InputError(f"view {view!r} is none of {', '.join(map(repr, VIEWS))}")
    wanted = check_layers(table, layers)
    levels = code_texts(table, "precision")
    shapes = make_shapes(table.geometry.to_numpy())
    placed = _place_rows(table, shapes, levels)
    texts = {name: rank_coded([code_texts(table, own)])[0] for name, own in _TEXT_COLUMNS.items()}
    actors = rank_coded(join_coded([code_texts(table, "actor1"), code_texts(table, "actor2")]))
    texts |= {"actor1": actors[0], "actor2": actors[1]}
    texts["written"] = _code_written(table, placed.number == 0)
    facets, left_out = make_facets(table, wanted, texts, levels, placed.number > 0)
    if layers is not None:  # of the usual ones nobody expects all
        _warn(left_out)
    days = make_days(table, (placed.number,))
    places = order_places(placed, days.order)
    rows = _make_row_columns(table, texts, facets, days.order)
    names = texts["name"].codes[days.order]
    place_columns = to_place_columns(places, names, scale=POSITION_SCALE)
    keys = [place_columns[-1], *rows]
    bounds = find_bounds(places, shapes)
    header = {
        "title": title,
        "about": [[str(term), str(text)] for term, text in about.items()],
        "attribution": attribution,
        "view": view,
        "credits": load_credits(),
        "export": make_export_header(table, keep),
        "count": len(table),
        "dated": days.dated,
        "scale": POSITION_SCALE,
        "shape_scale": SHAPE_SCALE,
        "block_rows": BLOCK_ROWS,
        "bounds": bounds,
        "facets": [facet.to_header() for facet in facets],
        "tables": _make_tables(texts, facets),
    }
    ranges = _range_columns(table, days.order)
    columns = [*_day_columns(days), *place_columns, *shapes.columns, *ranges, *_share(rows, keys)]
    payload = make_payload(header, columns)
    located = int((places.number > 0).sum())
    return PageData(payload, days.order, keys, bounds, located, places)


def _warn(messages: Sequence[str]) -> None:
    for message in messages:
        warnings.warn(message, MapperWarning, stacklevel=_CALLER_LEVEL)


def _day_columns(days: Days) -> list[Column]:
    return [Column("start", days.start, "delta"), Column("days", days.length, "auto")]


def _place_rows(table: gpd.GeoDataFrame, shapes: Shapes, levels: Coded) -> Places:
    radius_km = to_numbers(table, "radius_km")
    is_vague = np.isin(levels.table, [level.value for level in _VAGUE_LEVELS])[levels.codes]
    is_country = np.isin(levels.table, [Precision.COUNTRY.value])[levels.codes]
    wide = np.nan_to_num(radius_km) > _VAGUE_RADIUS_KM
    is_point = shapes.number == 0
    vague = (shapes.is_area | (is_point & (is_vague | wide))).astype(np.int64)
    vague[is_country & (vague == VAGUE_AREA)] = VAGUE_COUNTRY
    return make_places(shapes, radius_km, vague, scale=POSITION_SCALE)


def _make_row_columns(
    table: gpd.GeoDataFrame, texts: Mapping[str, Coded], facets: Sequence[Facet], order: Codes
) -> list[Column]:
    """The columns by row in the page's order; a facet may use one of the texts' columns."""
    numbers = {
        "deaths": to_stored(_count_deaths(table), DEATHS_FACTOR),
        "radius": to_stored(to_numbers(table, "radius_km"), RADIUS_FACTOR) - 1,
        "score": to_stored(to_numbers(table, "match_score"), SCORE_FACTOR),
    }
    codes = {facet.column: facet.codes for facet in facets}
    codes |= {name: text.codes for name, text in texts.items()} | numbers
    return [Column(name, take(values, order), "auto") for name, values in codes.items()]


def _code_written(table: gpd.GeoDataFrame, is_unlocated: NDArray[np.bool_]) -> Coded:
    """How a source wrote the place, of the rows that have no name of a place or lie nowhere."""
    names, written = code_texts(table, "place_name"), code_texts(table, "place_text")
    has_name = np.array([bool(name) for name in names.table], dtype=bool)[names.codes]
    has_text = np.array([bool(text) for text in written.table], dtype=bool)[written.codes]
    wanted = (is_unlocated | ~has_name) & has_text
    codes = np.where(wanted, written.codes + 1, 0)
    used, codes = np.unique(codes, return_inverse=True)
    [ranked] = rank_coded([Coded(codes, [["", *written.table][at] for at in used.tolist()])])
    return ranked


def _count_deaths(table: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Of each row the deaths that lists and sums go by: the best figure, else the lowest."""
    best, low = to_numbers(table, "fatalities_best"), to_numbers(table, "fatalities_low")
    return np.where(np.isnan(best), low, best)


def _range_columns(table: gpd.GeoDataFrame, order: Codes) -> list[Column]:
    """The rows that have figures of deaths and no best one, and the highest of each, if known."""
    best, low, high = (
        to_numbers(table, f"fatalities_{level}")[order] for level in ("best", "low", "high")
    )
    rows = np.flatnonzero(np.isnan(best) & ~(np.isnan(low) & np.isnan(high)))
    return [
        Column("range_row", rows, "delta"),
        Column("range_high", to_stored(high[rows], DEATHS_FACTOR), "auto"),
    ]


def _share(columns: Sequence[Column], keys: Sequence[Column]) -> list[Column | Lookup]:
    """The columns, those that follow from another as lookups: most follow from the place."""
    through = {key.name: key for key in keys}
    ways = {"type": ("sub_type",), "actor1": ("actors", "place"), "actor2": ("actors", "place")}
    shared: list[Column | Lookup] = []
    for column in columns:
        keys_of = (through[way] for way in ways.get(column.name, ("place",)) if way in through)
        found = (find_lookup(column, key) for key in keys_of)
        shared.append(next((lookup for lookup in found if lookup), column))
    return shared


def _make_tables(texts: Mapping[str, Coded], facets: Sequence[Facet]) -> dict[str, list[str]]:
    """The texts that codes stand for; of types and precisions as they are shown."""
    tables = {name: texts[name].table for name in (*_TEXT_COLUMNS, "written")}
    tables["actor"] = texts["actor1"].table
    tables["country_code"] = tables["country"]
    tables["country"] = [_country_names().get(code, code) for code in tables["country"]]
    return tables | {
        name: [entry["label"] for entry in facet.entries]
        for facet in facets
        if (name := facet.column) in ("type", "precision")
    }


@cache
def _country_names() -> dict[str, str]:
    return {area.area_id: area.name for area in load_areas() if area.level == 0}


def to_stored(values: NDArray[np.float64], factor: int) -> Codes:
    """Numbers times a factor and one more, so that 0 can stand for "unknown"."""
    times = np.nan_to_num(values, nan=-1 / factor, posinf=np.inf, neginf=-np.inf) * factor
    stored: Codes = np.clip(np.round(times + 1), 0, _MOST_STORED).astype(np.int64)
    return stored
