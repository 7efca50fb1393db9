"""The facts of many places as columns: positions, people, class and sources, without a `Place`."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.columns import DEGREES, spread
from gazetteer.place import Place, PlaceName
from gazetteer.sections import take_texts

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


def read_places(arrays: Mapping[str, Array], labels: list[str], rows: Array) -> list[Place]:
    """Returns what `read_place` returns for each row: for hundreds of rows in half the time."""
    found = arrays["places"][rows]
    names = arrays["names"][spread(found["names_start"], found["names_count"])[1]]
    same = arrays["same"][spread(found["same_start"], found["same_count"])[1]]
    numbers = [names["text"], same, *(found[column] for column in _PLACE_TEXTS)]
    texts, same_ids, place_id, name, admin1, admin2 = _take_texts(arrays, numbers)
    label = np.array(labels, object)
    each = map(PlaceName, texts, label[names["lang"]].tolist(), label[names["kind"]].tolist())
    return list(
        map(
            Place,
            place_id,
            name,
            (found["lon"] / DEGREES).tolist(),
            (found["lat"] / DEGREES).tolist(),
            *(label[found[column]].tolist() for column in ("feature", "country", "source")),
            (found["radius_m"] / 1000).tolist(),
            _cut(list(each), found["names_count"]),
            admin1,
            admin2,
            found["population"].tolist(),
            _cut(same_ids, found["same_count"]),
        )
    )


_PLACE_TEXTS = ("place_id", "name", "admin1", "admin2")


def _take_texts(arrays: Mapping[str, Array], numbers: list[Array]) -> list[list[str]]:
    """The texts of many columns of numbers, each distinct one decoded once."""
    distinct, at = np.unique(np.concatenate(numbers), return_inverse=True)
    texts = np.array(take_texts(arrays, "text", distinct), object)[at]
    ends = np.cumsum([len(column) for column in numbers[:-1]])
    return [column.tolist() for column in np.split(texts, ends)]


def _cut(values: list[Any], counts: Array) -> list[tuple[Any, ...]]:
    """The values in pieces of so many."""
    ends = np.cumsum(counts, dtype=np.int64).tolist()
    return [tuple(values[begin:end]) for begin, end in zip([0, *ends], ends, strict=False)]


def read_positions(arrays: Mapping[str, Array], row: int) -> dict[str, tuple[float, float]]:
    """Returns where each source puts the place of a row, if several do: by the source's id."""
    begin, end = np.searchsorted(arrays["spots"]["place"], [row, row + 1])
    found = arrays["spots"][begin:end]
    ids = take_texts(arrays, "text", found["id"])
    lons, lats = (found[axis] / DEGREES for axis in ("lon", "lat"))
    return dict(zip(ids, zip(lons.tolist(), lats.tolist(), strict=True), strict=True))


def read_outline(arrays: Mapping[str, Array], row: int) -> bytes:
    """Returns the polygon of the place of a row as WKB, empty where none is kept."""
    rows, starts = arrays["area_row"], arrays["area_start"]
    at = int(np.searchsorted(rows, np.uint32(row)))
    if at == len(rows) or rows[at] != row:
        return b""
    outline: bytes = arrays["area_bytes"][int(starts[at]) : int(starts[at + 1])].tobytes()
    return outline
