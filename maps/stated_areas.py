"""The areas that rows name, and what counts in them although the position lies across a border.

A position is good to its radius and an outline to some kilometres; a row that names its country or
its first-level area knows better than either on which side of a border it is.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.areas import Area, load_areas
from geo.measure import distances_km
from maps.area_holders import COUNTRY_ONLY, FIRST_AREA, SEVERAL, Areas, Numbers, Sites
from maps.cells import code_texts
from maps.columns import PageData

# How far the packaged borders may be off (geo.areas.find_areas takes as much at coasts).
BORDER_KM = 5.0
_KM_A_DEGREE = 111.2
_BRACKETS = re.compile(r"\([^)]*\)")
# What follows or precedes the name of a first-level area and is no part of it.
_KINDS = {"governorate", "muhafazah", "province", "region", "state", "district", "oblast"}
_KINDS |= {"prefecture", "department", "county", "of", "the", "city"}


class Stated(NamedTuple):
    """For each place from 1 on the country and the first-level area its rows name, "" for none.

    A country is its alpha-2 code, an area its id. Where rows of one place differ there is none.
    """

    country: NDArray[np.object_]
    admin1: NDArray[np.object_]


def find_stated(table: gpd.GeoDataFrame, page: PageData) -> Stated:
    """The areas that a table's rows name at each place of its page."""
    countries, areas = (code_texts(table, name) for name in ("country", "admin1"))
    pairs, distinct = pd.factorize(
        (countries.codes * len(areas.table) + areas.codes)[page.order].astype(np.int64)
    )
    named = [divmod(number, len(areas.table)) for number in distinct.tolist()]
    codes = [lookup_country(countries.table[country]) for country, _ in named]
    ids = [
        lookup_admin1(code, areas.table[own]) for code, (_, own) in zip(codes, named, strict=True)
    ]
    count = len(page.places.lon)
    return Stated(
        _agreed(codes, pairs, page.places.number, count),
        _agreed(ids, pairs, page.places.number, count),
    )


def _agreed(
    answers: Sequence[str], pairs: Numbers, places: Numbers, count: int
) -> NDArray[np.object_]:
    """The answer that all rows of a place give which give any; "" where they differ."""
    names = sorted({*answers} - {""})
    number = {name: at for at, name in enumerate(names)}
    own = np.array([number.get(answer, -1) for answer in answers], dtype=np.int64)[pairs]
    known = (own >= 0) & (places > 0)
    least = np.full(count + 1, len(names))
    most = np.full(count + 1, -1)
    np.minimum.at(least, places[known], own[known])
    np.maximum.at(most, places[known], own[known])
    agreed = np.where(least == most, most, -1)[1:]
    return np.array([*names, ""], dtype=object)[agreed]


def lookup_country(text: str) -> str:
    """The alpha-2 code of a country's code or name, "" where it is none of the packaged.

    >>> lookup_country("SY"), lookup_country("Syrian Arab Republic"), lookup_country("Narnia")
    ('SY', 'SY', '')
    """
    # UCDP names a state by an older name in brackets: "DR Congo (Zaire)".
    found = _countries().get(_fold(text)) or _countries().get(_fold(_BRACKETS.sub("", text)), ())
    return found[0] if len(found) == 1 else ""


def lookup_admin1(country: str, text: str) -> str:
    """The id of the first-level area of a country that has this name, "" where no one has.

    >>> lookup_admin1("SY", "Aleppo Governorate"), lookup_admin1("SY", "Texas")
    ('SY-HL', '')
    """
    found = _areas_of(country).get(_bare(text), ())
    return found[0] if len(found) == 1 else ""


@cache
def _countries() -> dict[str, tuple[str, ...]]:
    listed = [area for area in load_areas() if area.level == 0]
    return _by_name(listed, _fold) | {_fold(area.area_id): (area.area_id,) for area in listed}


@cache
def _areas_of(country: str) -> dict[str, tuple[str, ...]]:
    listed = [area for area in load_areas() if area.level == 1 and area.country == country]
    return _by_name(listed, _bare)


def _by_name(areas: list[Area], fold: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for area in areas:
        for name in {*map(fold, area.names)} - {""}:
            found[name] = (*found.get(name, ()), area.area_id)
    return found


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign if sign.isalnum() else " " for sign in plain if not _is_mark(sign))
    return " ".join(kept.split())


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) == "Mn" or sign in "'\u2019\u02bc`"


def _bare(text: str) -> str:
    """A folded name without the words for what kind of area it is."""
    return " ".join(word for word in _fold(text).split() if word not in _KINDS)


class Named(NamedTuple):
    """What the rows of each place name, against the numbers of the areas to be counted in.

    `wanted` is the number of the area named, -1 for none; `country` the country named, "" for none;
    `owners` the country of each area.
    """

    wanted: Numbers
    country: NDArray[np.object_]
    owners: NDArray[np.object_]


def follow_stated(codes: Numbers, sites: Sites, areas: Areas, named: Named) -> Numbers:
    """The codes of places, with those in the area that their rows name which their circle reaches.

    A place that lies in another country than its rows name goes to the one area of that country
    within its circle. What lies farther off keeps the code of its position.
    """
    held = codes - FIRST_AREA
    rows = np.flatnonzero(
        shapely.is_missing(sites.shapes)
        & (codes != COUNTRY_ONLY)
        & (((named.wanted >= 0) & (held != named.wanted)) | is_abroad(codes, named))
    )
    at, numbers = _within_reach(rows, sites, areas)
    answer = codes.copy()
    as_named = numbers == named.wanted[at]
    answer[at[as_named]] = numbers[as_named] + FIRST_AREA
    own = (named.wanted[at] < 0) & (named.owners[numbers] == named.country[at])
    places, first, count = np.unique(at[own], return_index=True, return_counts=True)
    answer[places] = np.where(count == 1, numbers[own][first] + FIRST_AREA, SEVERAL)
    return answer


def is_abroad(codes: Numbers, named: Named) -> NDArray[np.bool_]:
    """Whether each place is counted in an area of another country than its rows name."""
    inside = codes >= FIRST_AREA
    owners = np.append(named.owners, "")[np.where(inside, codes - FIRST_AREA, -1)]
    answer: NDArray[np.bool_] = inside & (named.country != "") & (owners != named.country)
    return answer


def _within_reach(rows: Numbers, sites: Sites, areas: Areas) -> tuple[Numbers, Numbers]:
    """Pairs of a place and the number of an area that its circle touches, each once."""
    lon, lat = sites.lon[rows], sites.lat[rows]
    reach = sites.radius_km[rows] + BORDER_KM
    tall = reach / _KM_A_DEGREE
    wide = tall / np.maximum(np.cos(np.radians(lat)), 0.01)
    boxes = shapely.box(lon - wide, lat - tall, lon + wide, lat + tall)
    near, shapes = shapely.STRtree(areas.shapes).query(boxes, predicate="intersects")
    points = np.asarray(shapely.points(lon[near], lat[near]), dtype=object)
    ends = shapely.get_coordinates(shapely.shortest_line(points, areas.shapes[shapes]))
    touched = distances_km(*ends.reshape(-1, 4).T) <= reach[near]
    pairs = np.column_stack([rows[near[touched]], areas.of_shape[shapes[touched]]])
    distinct = np.unique(pairs.astype(np.int64), axis=0).reshape(-1, 2)
    return distinct[:, 0], distinct[:, 1]
