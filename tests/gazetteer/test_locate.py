import geopandas as gpd
import pandas as pd
import pytest
from listed import build_listed

from gazetteer.locate import (
    Located,
    locate_phrase,
    locate_phrases,
    locate_table,
    location_record,
)
from gazetteer.phrases import find_phrases, parse_phrase
from gazetteer.place import Candidate, Context, Place, Resolution
from gazetteer.sites import make_location
from geo.errors import NotFoundError
from geo.measure import Position, distance_km


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    with build_listed(tmp_path_factory.mktemp("listed") / "listed.gazetteer") as opened:
        yield opened


SYRIA = Context(country="SY")


def _locate(gazetteer, cell, context=SYRIA):
    return locate_phrase(gazetteer, parse_phrase(cell), context)


SHAPES = [
    ("Idlib", "Point", "settlement", "in"),
    ("Idlib province", "Polygon", "region", "in"),
    ("southern countryside of Aleppo province", "Polygon", "region", "sector"),
    ("countryside of Hama", "Polygon", "region", "sector"),
    ("12 km north of Saraqib", "Point", "subdistrict", "offset"),
    ("near Tal Tamr", "Polygon", "subdistrict", "near"),
    ("between Saraqib and Idlib", "Polygon", "subdistrict", "between"),
    ("in the direction of Abu-Djreif-Samka", "LineString", "settlement", "direction"),
    ("Tabqa Dam", "Point", "exact", "in"),
    ("Maaret al-Numan region", "Polygon", "subdistrict", "in"),
]


@pytest.mark.parametrize(("cell", "shape", "precision", "relation"), SHAPES)
def test_shape(gazetteer, cell, shape, precision, relation):
    located = _locate(gazetteer, cell)
    assert located.location is not None, located.unresolved
    assert located.location.relation == relation
    assert located.location.radius_km > 0
    assert located.location.geometry.geom_type.removeprefix("Multi") == shape
    assert located.location.precision == precision


def test_direction_takes_the_namesake_near_by(gazetteer):
    located = _locate(gazetteer, "in the direction of Abu-Djreif-Samka")
    ids = [resolution.place.place_id for resolution in located.resolutions]
    assert ids == ["im:abu-jurayf", "im:samka-idlib"]


def test_container_decides(gazetteer):
    assert _locate(gazetteer, "Samka, Tartus").resolutions[0].place.place_id == "im:samka-tartus"
    assert _locate(gazetteer, "Samka (Idlib)").resolutions[0].place.place_id == "im:samka-idlib"
    part = _locate(gazetteer, "Aleppo \u2013 Al-Rashidin")
    assert part.resolutions[0].place.place_id == "im:al-rashidin"


HELD = [
    ("Nampala in central Mali", Context(), "Nampala", "area:ML", "country"),
    ("Nampala, Mali", Context(), "Nampala", "area:ML", "country"),
    ("Nampala (Mali)", Context(), "Nampala", "area:ML", "country"),
    ("Foqqara in Idlib province", SYRIA, "Foqqara", "area:SY-ID", "region"),
]


@pytest.mark.parametrize(("cell", "context", "name", "place_id", "precision"), HELD)
def test_container_stands_in_for_an_unknown_name(
    gazetteer, cell, context, name, place_id, precision
):
    record = location_record(_locate(gazetteer, cell, context))
    assert record["match_reasons"][0].startswith(f"'{name}' is not in the gazetteer")
    assert (record["place_id"], record["precision"]) == (place_id, precision)
    assert record["match_method"] == ""
    assert record["match_score"] < 0.2
    assert record["geometry"].geom_type in {"Polygon", "MultiPolygon"}


def test_namesakes_in_a_container_are_not_unknown(gazetteer):
    located = _locate(gazetteer, "Samka, Syria")
    assert located.location is None
    assert "fit equally well" in located.unresolved


def test_attack_from_directions_ends_at_its_target(gazetteer):
    (phrase,) = find_phrases("They stormed Aleppo from the directions of Rashidin and Layramoun")
    located = locate_phrase(gazetteer, phrase, SYRIA)
    assert located.target.place.name == "Aleppo"
    assert located.location.relation == "from"
    assert located.location.geometry.geom_type == "MultiLineString"


def test_phrases_of_one_report_together(gazetteer):
    found = [parse_phrase(cell) for cell in ("Samka", "Abu-Djreif", "Maar Shamarin")]
    together = locate_phrases(gazetteer, found, SYRIA)
    assert together[0].resolutions[0].place.place_id == "im:samka-idlib"
    backwards = locate_phrases(gazetteer, found[::-1], SYRIA)
    assert [r.location for r in backwards[::-1]] == [r.location for r in together]


def test_unknown_airport_is_a_disc_round_its_town(gazetteer):
    located = _locate(gazetteer, "Amuda airport")
    assert located.location.relation == "near"
    assert located.location.radius_km > 10
    reasons = location_record(located)["match_reasons"]
    assert any("the airport is called after" in reason for reason in reasons)


def test_district_that_is_not_known_is_wider_than_its_town(gazetteer):
    town, district = _locate(gazetteer, "Amuda town"), _locate(gazetteer, "Amuda district")
    assert district.resolutions[0].place == town.resolutions[0].place
    assert town.location.radius_km < 5
    assert district.location.radius_km > 10
    reasons = location_record(district)["match_reasons"]
    assert any("the district is called after" in reason for reason in reasons)


def test_quarter_nobody_knows_is_in_the_city_not_in_its_province(gazetteer):
    record = location_record(_locate(gazetteer, "Homs \u2013 Qarabis", SYRIA))
    assert record["place_id"] == "geonames:169577"
    assert record["radius_km"] < 30


def test_record(gazetteer):
    record = location_record(_locate(gazetteer, "Abu Dhuhour airport"))
    assert record["place_text"] == "Abu Dhuhour airport"
    assert record["admin1"] == "Idlib"
    assert record["country"] == "SY"
    assert record["match_method"] == "exact"
    assert record["where_prec"] == record["geo_precision"] == 1
    assert 0.5 < record["match_score"] <= 1
    assert {"place_id", "name", "admin1", "country", "lon", "lat", "score", "why"} == set(
        record["alternatives"][0]
    )


def _candidate(place_id, north_km, score, code="PPL"):
    lat = 35.0 + north_km / 110.94
    place = Place(place_id, "Murk", 36.0, lat, code, "SY", "test", 1.0)
    return Candidate(place, "Murk", "exact", score)


SPREADS = [
    ([(3.0, 0.4, "PPL")], 3.0),
    ([(3.0, 0.4, "PPL"), (4.5, 0.5, "PPL"), (4.8, 0.2, "PPL")], 4.5),  # the last is too unlikely
    ([(0.5, 0.6, "PPL")], 1.0),  # inside the place itself
    ([(12.0, 0.6, "PPL")], 1.0),  # another place
    ([(3.0, 0.6, "ADM3")], 1.0),  # an area has a shape of its own
    ([], 1.0),
]


@pytest.mark.parametrize(("rivals", "radius_km"), SPREADS)
def test_radius_covers_what_may_as_well_be_meant(gazetteer, rivals, radius_km):
    best = _candidate("t:0", 0.0, 0.6).place
    others = tuple(_candidate(f"t:{km}", km, score, code) for km, score, code in rivals)
    phrase = parse_phrase("Murk")
    found = Resolution(phrase.mentions[0], best, 0.6, "exact", "Murk", (), others)
    location = make_location(gazetteer, phrase, [found], None)
    assert location.radius_km == pytest.approx(radius_km, rel=0.01)
    assert location.geometry.geom_type == "Point"
    reasons = location_record(Located(phrase, (found,), location))["match_reasons"]
    assert reasons == (
        [f"its radius reaches Murk (t:{radius_km}), {radius_km} km off, which may as well be meant"]
        if radius_km > 1
        else []
    )


def test_record_of_what_is_not_resolved(gazetteer):
    record = location_record(_locate(gazetteer, "Samka"))
    assert record["geometry"] is None
    assert record["match_reasons"][0].startswith("unresolved: two places fit equally well")
    assert {entry["place_id"] for entry in record["alternatives"][:2]} == {
        "im:samka-idlib",
        "im:samka-tartus",
    }
    assert record["precision"] == record["place_id"] == ""


TABLE = pd.DataFrame(
    {
        "where": ["Samka", "Samka", "Samka", "12 km north of Saraqib", None, "Nowhereabad"],
        "area": ["Idlib", "Tartus", "Idlib", "Idlib", "Idlib", None],
        "precision": ["a", "b", "c", "d", "e", "f"],
    },
    index=[5, 3, 8, 1, 9, 7],
)


def test_table_keeps_rows_columns_and_order(gazetteer):
    located = locate_table(TABLE, gazetteer, place=["where"], admin1="area", country="SY")
    assert isinstance(located, gpd.GeoDataFrame)
    assert located.index.tolist() == TABLE.index.tolist()
    pd.testing.assert_frame_equal(pd.DataFrame(located)[list(TABLE.columns)], TABLE)
    assert located["place_id"].tolist()[:3] == [
        "im:samka-idlib", "im:samka-tartus", "im:samka-idlib"
    ]  # fmt: skip
    assert located["precision_located"].tolist()[3:] == ["subdistrict", "", ""]
    assert located.geometry.isna().tolist() == [False, False, False, False, True, True]
    reasons = located["match_reasons"].tolist()
    assert reasons[4] == ["unresolved: the cell names no place"]
    assert reasons[5][0].startswith("unresolved: no place is called 'Nowhereabad'")
    here = Position(located["longitude"].iloc[3], located["latitude"].iloc[3])
    assert distance_km(here, Position(36.806, 35.864)) == pytest.approx(12, abs=0.5)


def test_table_with_a_second_script_and_countries(gazetteer):
    table = pd.DataFrame({"name": ["", "Paris"], "arabic": ["تل تمر", ""], "iso": ["SY", "US"]})
    located = locate_table(table, gazetteer, place=["name", "arabic"], country="iso")
    assert located["country"].tolist() == ["SY", "US"]
    assert located["place_name"].tolist() == ["Tal Tamr", "Paris"]


def test_table_without_rows(gazetteer):
    located = locate_table(TABLE.iloc[:0], gazetteer, place=["where"])
    assert len(located) == 0
    assert "longitude" in located.columns


def test_table_without_the_column(gazetteer):
    with pytest.raises(NotFoundError, match="no column 'place'; its columns are where, area"):
        locate_table(TABLE, gazetteer, place=["place"])
