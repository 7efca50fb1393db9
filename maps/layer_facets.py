"""The layers that a caller names, as groups of the layer control."""

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import InputError
from maps.cells import Coded, code_texts, code_values
from maps.legend import (
    Facet,
    load_layer_words,
    lookup_words,
    make_actor_facet,
    make_precision_facet,
    make_text_facet,
    make_type_facet,
    make_value_facet,
)

# The page keeps a bit a layer of each row, beside those of time and search, in 16 bits
# (js/src/filters.js).
MOST_LAYERS = 13
# Every page has these: marks take their look from the one, and trust from the other.
_ALWAYS = ("event_type", "precision")
# Layers whose codes are a text column of the page as it is.
_TEXT_LAYERS = {
    "source": "source",
    "sub_event_type": "sub_type",
    "country": "country",
    "admin1": "admin1",
    "place_name": "name",
}
# Both columns of actors together.
_ACTOR = "actor"
_OLDEST_YEAR, _DAYS_A_YEAR = 1970, "datetime64[Y]"


def check_layers(table: gpd.GeoDataFrame, layers: Sequence[str] | None) -> list[str]:
    """The layers in the page's order: event type first, precision always; refuses unknown ones."""
    named = load_layer_words().default if layers is None else layers
    if isinstance(named, str):
        raise InputError(f"layers is {named!r}; name columns in a list, such as [{named!r}]")
    known = [_ACTOR, *(str(name) for name in table.columns if name != table.geometry.name)]
    if layers is None:
        named = [name for name in named if name in known]
    for name in named:
        if name not in {*known, *_ALWAYS}:
            raise InputError(f"there is no column {name!r} to make a layer of; there are {known}")
    wanted = list(dict.fromkeys([_ALWAYS[0], *named, *_ALWAYS]))
    if len(wanted) > MOST_LAYERS:
        raise InputError(f"{len(wanted)} layers are too many; a map has {MOST_LAYERS} at most")
    return wanted


def make_facets(
    table: gpd.GeoDataFrame,
    layers: Sequence[str],
    texts: Mapping[str, Coded],
    levels: Coded,
    located: NDArray[np.bool_],
) -> tuple[list[Facet], list[str]]:
    """A group a layer, in their order, and why layers were left out: those of one entry only.

    `texts` are the text columns that the page has anyway. Event type and precision stay even
    where all rows are alike.
    """
    made: list[Facet] = []
    reasons: list[str] = []
    for name in layers:
        if name == _ALWAYS[0]:
            made.append(make_type_facet(code_texts(table, name)))
        elif name == _ALWAYS[1]:
            made.append(make_precision_facet(levels, located))
        else:
            facet = _make_facet(table, name, texts)
            if len(facet.entries) > 1:
                made.append(facet)
            else:
                reasons.append(_say_left_out(name, facet))
    return made, reasons


def _say_left_out(name: str, facet: Facet) -> str:
    labels = [entry["label"] for entry in facet.entries]
    if not labels:
        why = "there are no incidents"
    elif labels == [lookup_words(name).missing]:
        why = "no incident has anything there"
    else:
        why = f"all incidents have {labels[0]!r} there"
    return f"layer {name!r} is left out: {why}; name a column whose values differ"


def _make_facet(table: gpd.GeoDataFrame, name: str, texts: Mapping[str, Coded]) -> Facet:
    if name == _ACTOR and name not in table:
        return make_actor_facet(texts["actor1"], texts["actor2"])
    if name in _TEXT_LAYERS:
        return make_text_facet(_TEXT_LAYERS[name], name, texts[_TEXT_LAYERS[name]])
    values = _code_years(table[name]) if _is_date(table[name]) else code_values(table, name)
    return make_value_facet(f"layer_{name}", name, values)


def _is_date(series: "pd.Series[Any]") -> bool:
    return bool(pd.api.types.is_datetime64_any_dtype(series.dtype))


def _code_years(series: "pd.Series[Any]") -> Coded:
    days = series.dt.tz_localize(None) if getattr(series.dtype, "tz", None) else series
    years = days.to_numpy().astype(_DAYS_A_YEAR)
    numbers = np.where(np.isnat(years), 0, years.astype(np.int64) + _OLDEST_YEAR)
    codes, found = pd.factorize(np.where(np.isnat(years), np.iinfo(np.int64).min, numbers))
    least = np.iinfo(np.int64).min
    return Coded(codes.astype(np.int64), ["" if year == least else int(year) for year in found])
