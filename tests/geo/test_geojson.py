"""GeoJSON as the standard and its schema have it, written and read."""

import json

import geopandas
import pandas as pd
import pytest
import shapely
from file_samples import CLAIM, RECORDS, SITE, assert_same, there_and_back
from jsonschema import Draft202012Validator

from geo.errors import InputError
from geo.files import read_table, to_geojson, write_table
from geo.incident import COLUMN_NAMES
from geo.measure import Position
from geo.precision import Precision
from geo.regions import Site, locate_direction, locate_in
from geo.schema import make_schema
from geo.table import make_table


def test_geojson_is_by_rfc_7946():
    document = json.loads(to_geojson(make_table(RECORDS)))
    assert set(document) == {"type", "features"}
    text = to_geojson(make_table(RECORDS)).decode()
    for feature in document["features"]:
        shape = feature["geometry"] and shapely.geometry.shape(feature["geometry"])
        assert set(feature) == {"type", "id", "geometry", "properties"}
        if shape is not None:
            assert shape.is_valid
            assert shapely.box(-180, -90, 180, 90).covers(shape)
            for part in shapely.get_parts(shape):
                assert part.geom_type != "Polygon" or part.exterior.is_ccw
            decimals = [repr(float(number)) for number in shapely.get_coordinates(shape).ravel()]
            assert max(len(number.partition(".")[2]) for number in decimals) <= 7
    assert "NaN" not in text
    by_id = {feature["id"]: feature for feature in document["features"]}
    assert by_id["b"]["geometry"] is None
    assert by_id["f"]["geometry"]["type"] == "MultiPolygon"
    properties = by_id["a"]["properties"]
    assert properties["claims"] == [CLAIM]
    assert properties["match_reasons"] == ["the only one", "near the others"]
    assert (properties["date_start"], properties["injured_low"]) == ("2020-01-16", None)
    assert list(properties) == list(COLUMN_NAMES[:-1])


def test_a_line_or_area_that_leaves_the_map_is_cut_when_written():
    table = make_table(
        [
            {"incident_id": "a", "geometry": "LINESTRING (179 10, 181 10)"},
            {"incident_id": "b", "geometry": "POLYGON ((179 0, 179 1, 181 1, 181 0, 179 0))"},
        ]
    )
    features = json.loads(to_geojson(table))["features"]
    assert features[0]["geometry"]["coordinates"] == [
        [[179, 10], [180, 10]],
        [[-180, 10], [-179, 10]],
    ]
    assert features[1]["geometry"]["type"] == "MultiPolygon"


def test_gdal_reads_our_geojson(tmp_path):
    write_table(make_table(RECORDS), tmp_path / "a.geojson")
    layer = geopandas.read_file(tmp_path / "a.geojson")
    assert len(layer) == len(RECORDS)
    assert layer.crs.to_epsg() == 4326
    assert layer["fatalities_low"][0] == 5


def test_the_geojson_fits_its_schema(root):
    schema = json.loads((root / "docs" / "incident.schema.json").read_text(encoding="utf-8"))
    assert schema == make_schema(), "run python -m geo.schema > docs/incident.schema.json"
    validator = Draft202012Validator(schema)
    validator.check_schema(schema)
    document = json.loads(to_geojson(make_table(RECORDS)))
    assert list(validator.iter_errors(document)) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("event_type", "Parade"),
        ("fatalities_low", -1),
        ("date_start", 20200116),
        ("where_prec", 8),
        ("claims", [{"source": "SOHR"}]),
        ("match_reasons", "none"),
    ],
)
def test_the_schema_refuses_what_is_wrong(column, value):
    document = json.loads(to_geojson(make_table(RECORDS)))
    document["features"][0]["properties"][column] = value
    errors = list(Draft202012Validator(make_schema()).iter_errors(document))
    assert {error.absolute_path[3] for error in errors} == {column}


def test_the_schema_knows_every_column():
    feature = make_schema()["properties"]["features"]["items"]
    assert set(feature["properties"]["properties"]["properties"]) == set(COLUMN_NAMES[:-1])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        ('{"type": "FeatureCollection", "features": [{', "is no JSON: .* it may be cut off"),
        ("[1, 2]", "is no GeoJSON FeatureCollection but 'list'"),
        ('{"type": "Topology"}', "is no GeoJSON FeatureCollection but 'Topology'"),
        ('{"type": "FeatureCollection"}', "is no GeoJSON FeatureCollection"),
        (
            '{"type":"FeatureCollection","features":[],"crs":{"properties":{"name":"EPSG:3857"}}}',
            "EPSG:3857, not WGS84; export it in EPSG:4326",
        ),
    ],
)
def test_geojson_that_is_none_is_refused(tmp_path, content, message):
    path = tmp_path / "a.geojson"
    path.write_text(content)
    with pytest.raises(InputError, match=message):
        read_table(path)


def test_features_that_are_wrong_are_reported_and_the_others_go_on(tmp_path):
    features = [
        {"type": "Feature", "id": 7, "geometry": None, "properties": None},
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": ["x"]}, "properties": {}},
        "no feature",
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [35.9, 136.6]},
            "properties": {"incident_id": "x", "killed": "many", "who": {"a": 1}},
        },
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [36.6, 35.9, 500]},
            "properties": {"incident_id": "y", "killed": 3},
        },
    ]
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    table, problems = read_table(path)
    assert table["incident_id"].tolist() == ["7", "", "", "x", "y"]
    assert table.geometry.notna().tolist() == [False, False, False, False, True]
    assert table.geometry[4].equals(shapely.Point(36.6, 35.9))
    assert [(problem.row, problem.column) for problem in problems if problem.row] == [
        (2, "geometry"),
        (3, ""),
        (4, "fatalities_best"),
        (4, "geometry"),
    ]
    assert str(problems[-1]).startswith("a.geojson, row 4: geometry position 35.9, 136.6 is not")


def test_areas_and_lines_of_every_relation_survive_geojson(tmp_path):
    other = Site(Position(36.6332, 35.9306), 4.0, Precision.SETTLEMENT)
    region = Site(SITE.position, 70.0, Precision.REGION)
    shapes = [locate_in(region), locate_direction(SITE, other)]
    table = make_table(
        [{"incident_id": str(n), "geometry": shape.geometry} for n, shape in enumerate(shapes)]
    )
    assert_same(there_and_back(table, tmp_path / "a.geojson"), table)


def test_columns_of_other_kinds_lose_nothing_in_geojson():
    table = make_table([{"incident_id": "a", "seen": pd.Timestamp("2020-01-16 07:30"), "n": 1.5}])
    properties = json.loads(to_geojson(table))["features"][0]["properties"]
    assert (properties["seen"], properties["n"]) == ("2020-01-16T07:30:00", 1.5)
