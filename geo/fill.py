"""What follows from other cells of a row: level from codes, codes and radius from the level."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.incident import SUB_EVENT_TYPES
from geo.plane import covering_circle
from geo.precision import (
    IMPLIED_RADIUS_KM,
    Precision,
    from_geo_precision,
    from_radius_km,
    from_where_prec,
    to_geo_precision,
    to_where_prec,
)

if TYPE_CHECKING:
    import pandas as pd

UNRESOLVED = "unresolved: "

# The match_method of coordinates that came with the row.
GIVEN = "given"

ASSUMED_NOTE = "precision not given with the coordinates; settlement assumed"


def fill_table(table: GeoDataFrame) -> GeoDataFrame:
    """The table with empty cells filled that follow from others; nothing given is changed.

    The level comes from UCDP's code, ACLED's code or the radius; where a row has coordinates and
    none of these it is a settlement, and a note says so. A row without geometry says first among
    its `match_reasons` why.
    """
    is_located = table.geometry.notna()
    _fill_event_types(table)
    _fill_levels(table, is_located)
    _fill_codes(table)
    _fill_radius(table, is_located)
    _fill_reasons(table, is_located)
    is_left = (table["match_method"] == GIVEN) & ~is_located
    table["match_method"] = table["match_method"].where(~is_left, "")
    return table


def to_objects(lists: Sequence[list[Any]]) -> NDArray[np.object_]:
    """Lists as one column of objects, also where there is none or all are equally long."""
    return np.fromiter(lists, dtype=object, count=len(lists))


def _fill_event_types(table: GeoDataFrame) -> None:
    is_open = table["event_type"] == ""
    known = table["sub_event_type"].map(SUB_EVENT_TYPES).fillna("")
    table["event_type"] = table["event_type"].where(~is_open, known)


def _fill_levels(table: GeoDataFrame, is_located: "pd.Series[bool]") -> None:
    is_open = is_located & (table["precision"] == "")
    if not is_open.any():
        return
    radii = table["radius_km"].map(from_radius_km, na_action="ignore")
    levels = table["where_prec"].map(from_where_prec, na_action="ignore").astype("object")
    levels = levels.fillna(table["geo_precision"].map(from_geo_precision, na_action="ignore"))
    levels = levels.fillna(radii)
    is_assumed = (is_open & levels.isna()).tolist()
    known = levels.fillna(Precision.SETTLEMENT).map(str)
    table["precision"] = table["precision"].where(~is_open, known)
    table["notes"] = to_objects(
        [
            [*notes, ASSUMED_NOTE] if assumed else notes
            for notes, assumed in zip(table["notes"].tolist(), is_assumed, strict=True)
        ]
    )


def _fill_codes(table: GeoDataFrame) -> None:
    """The codes of the level, where the level is one of ours."""
    for column, code_of in (("geo_precision", to_geo_precision), ("where_prec", to_where_prec)):
        codes = {level.value: code_of(level) for level in Precision}
        implied = table["precision"].map(codes).astype("Int64")
        table[column] = table[column].fillna(implied)


def _fill_radius(table: GeoDataFrame, is_located: "pd.Series[bool]") -> None:
    is_open = is_located & table["radius_km"].isna()
    implied = {level.value: radius for level, radius in IMPLIED_RADIUS_KM.items()}
    radii = table["precision"].map(implied).astype("float64")
    table["radius_km"] = table["radius_km"].where(~is_open, radii)
    is_shape = is_open & (table.geometry.geom_type != "Point")
    for row in table.index[is_shape]:
        table.loc[row, "radius_km"] = covering_circle(table.geometry[row])[1]


def _fill_reasons(table: GeoDataFrame, is_located: "pd.Series[bool]") -> None:
    is_named = (table["place_text"] != "") | (table["place_name"] != "")
    cells = table["match_reasons"].tolist(), is_located.tolist(), is_named.tolist()
    table["match_reasons"] = to_objects(
        [
            reasons if located else _say_why(reasons, is_named=named)
            for reasons, located, named in zip(*cells, strict=True)
        ]
    )


def _say_why(reasons: list[str], *, is_named: bool) -> list[str]:
    if reasons and str(reasons[0]).startswith(UNRESOLVED):
        return reasons
    why = "the place has not been looked up" if is_named else "the row names no place"
    return [UNRESOLVED + why, *reasons]
