"""The facts of many places as columns: positions, people, class and sources, without a `Place`."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.columns import DEGREES
from gazetteer.place import Place, PlaceName
from gazetteer.runs import join_members, take_lines
from gazetteer.sections import take_texts

Array = NDArray[Any]

_SPAN = ("start", "count")
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


def read_places(arrays: Mapping[str, Array], labels: list[str], rows: Sequence[int]) -> list[Place]:
    """Returns the places of these rows, their texts decoded at once."""
    found = arrays["places"][np.asarray(rows, np.int64)]
    own, same = (
        arrays[table][join_members(*(found[f"{table}_{at}"].astype(np.int64) for at in _SPAN))]
        for table in ("names", "same")
    )
    heads = [found[column] for column in ("place_id", "name", "admin1", "admin2")]
    numbers = np.concatenate([*heads, own["text"], same])
    texts = _decode(arrays, numbers)
    count, at = len(found), 4 * len(found)
    langs, kinds = own["lang"].tolist(), own["kind"].tolist()
    names = [
        PlaceName(text, labels[lang], labels[kind])
        for text, lang, kind in zip(texts[at : at + len(own)], langs, kinds, strict=True)
    ]
    others = texts[at + len(own) :]
    places = []
    name_end = same_end = 0
    for row, fields in enumerate(found.tolist()):
        lon, lat, population, radius_m = fields[4:8]
        names_count, same_count, feature, country, source, _ = fields[10:]
        name_start, same_start = name_end, same_end
        name_end, same_end = name_start + names_count, same_start + same_count
        places.append(
            Place(
                texts[row],
                texts[count + row],
                lon / DEGREES,
                lat / DEGREES,
                labels[feature],
                labels[country],
                labels[source],
                radius_m / 1000,
                tuple(names[name_start:name_end]),
                texts[2 * count + row],
                texts[3 * count + row],
                population,
                tuple(others[same_start:same_end]),
            )
        )
    return places


def _decode(arrays: Mapping[str, Array], numbers: Array) -> list[str]:
    texts = take_lines(arrays, "text", numbers)[0].decode("utf-8").split("\n")
    # A source's name may hold a line break: then each text is cut out by itself.
    return texts[:-1] if len(texts) == len(numbers) + 1 else take_texts(arrays, "text", numbers)
