"""The facts of many places as columns: positions, people, class and sources, without a `Place`."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.columns import DEGREES
from gazetteer.place import Place, PlaceName

Array = NDArray[Any]

_NUMBERS = ("feature", "country", "source", "area", "name", "place_id", "admin1", "admin2")


class PlaceColumns(NamedTuple):
    """Facts of places, a column each, in the order of the rows asked for.

    `lon`, `lat` in WGS84 degrees, `radius_km`, `population`. `feature`, `country`, `source` and
    `area` (the first-level area that holds the place) are numbers of `Gazetteer.labels`; `name`,
    `place_id`, `admin1` and `admin2` numbers for `Gazetteer.texts`. `known_by` has a bit for each
    of `Gazetteer.id_sources` that has an id for the place.
    """

    lon: Array
    lat: Array
    radius_km: Array
    population: Array
    feature: Array
    country: Array
    source: Array
    area: Array
    name: Array
    place_id: Array
    admin1: Array
    admin2: Array
    known_by: Array


def read_columns(arrays: Mapping[str, Array], rows: Array) -> PlaceColumns:
    """Returns the facts of the places in these rows."""
    found = arrays["places"][rows]
    feature, country, source, area, name, place_id, admin1, admin2 = (
        found[column].astype(np.int64) for column in _NUMBERS
    )
    return PlaceColumns(
        lon=found["lon"] / DEGREES,
        lat=found["lat"] / DEGREES,
        radius_km=found["radius_m"] / 1000,
        population=found["population"].astype(np.int64),
        feature=feature,
        country=country,
        source=source,
        area=area,
        name=name,
        place_id=place_id,
        admin1=admin1,
        admin2=admin2,
        known_by=arrays["known_by"][rows],
    )


def read_place(arrays: Mapping[str, Array], labels: list[str], row: int) -> Place:
    """Returns the place of a row, its texts decoded."""
    fields = arrays["places"][row].item()
    place_id, name, admin1, admin2, lon, lat, population, radius_m = fields[:8]
    names_start, same_start, names_count, same_count, feature, country, source, _ = fields[8:]
    names = arrays["names"][names_start : names_start + names_count].tolist()
    starts, pool = arrays["text_start"].data, arrays["text_bytes"].data

    def take(number: int) -> str:
        return str(pool[starts[number] : starts[number + 1]], "utf-8")

    same: tuple[str, ...] = ()
    if same_count:
        same = tuple(map(take, arrays["same"][same_start : same_start + same_count].tolist()))
    return Place(
        take(place_id),
        take(name),
        lon / DEGREES,
        lat / DEGREES,
        labels[feature],
        labels[country],
        labels[source],
        radius_m / 1000,
        tuple([PlaceName(take(text), labels[lang], labels[kind]) for text, lang, kind in names]),
        take(admin1) if admin1 else "",
        take(admin2) if admin2 else "",
        population,
        same,
    )
