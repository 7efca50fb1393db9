"""Every format gives back the table that was written."""

import csv
import datetime as dt
import io
import json
import subprocess
import tempfile
from pathlib import Path

import geopandas
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from geo.errors import InputError, OutputError
from geo.files import WRITE_SUFFIXES, read_table, to_csv, to_geojson, write_table
from geo.incident import COLUMN_NAMES, DATE_PRECISIONS, MATCH_METHODS, SUB_EVENT_TYPES
from geo.measure import Position, circle
from geo.precision import Precision
from geo.regions import Site, locate_direction, locate_in, locate_sector
from geo.schema import make_schema
from geo.table import make_table, validate_table

SITE = Site(Position(37.1343, 36.2021), 8.0, Precision.SETTLEMENT)
CLAIM = {
    "source": "SOHR",
    "fatalities": [
        {"group": "Civilians", "low": 5, "best": None, "high": None, "qualifier": "at least"}
    ],
    "injured": [],
    "evidence": "«حلب» — at least five",
    "start": 0,
    "end": 20,
    "contested": False,
}
RECORDS = [
    {
        "incident_id": "a",
        "date_start": "2020-01-16",
        "date_end": "2020-01-22",
        "sub_event_type": "Grenade",
        "actor1": 'a "quoted", name; and\nnew line',
        "fatalities_low": 5,
        "place_text": "حلب",
        "precision": "settlement",
        "match_score": 0.25,
        "match_reasons": ["the only one", "near the others"],
        "claims": [CLAIM],
        "geometry": shapely.Point(37.1343, 36.2021),
    },
    {"incident_id": "b", "notes": ["=1+1", "</script>"], "place_text": "nan"},
    {"incident_id": "c", "geometry": locate_sector(SITE, ["south"], countryside=True).geometry},
    {"incident_id": "d", "geometry": shapely.LineString([(36.9, 35.7), (36.8, 35.6)])},
    {"incident_id": "e", "geometry": shapely.MultiPoint([(36.9, 35.7), (36.8, 35.6)])},
    {"incident_id": "f", "geometry": circle(Position(179.9, -16), 50), "date_start": "0001-01-01"},
    {"incident_id": "g", "geometry": circle(Position(10, 89), 400), "date_start": "9999-12-31"},
]

texts = st.text(st.characters(codec="utf-8"), max_size=12)
counts = st.none() | st.integers(0, 10**6)
days = st.none() | st.dates()
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=5,
)
objects = st.lists(st.dictionaries(st.just("name") | texts, json_values, max_size=2), max_size=2)
coordinates = st.tuples(
    st.floats(-180, 180).map(lambda x: round(x, 7)), st.floats(-90, 90).map(lambda x: round(x, 7))
)
geometries = st.none() | st.one_of(
    coordinates.filter(any).map(shapely.Point),
    st.lists(coordinates, min_size=2, max_size=3, unique=True).map(shapely.MultiPoint),
    st.tuples(st.floats(-170, 170), st.floats(-80, 80), st.floats(0.5, 80)).map(
        lambda disc: circle(Position(disc[0], disc[1]), disc[2])
    ),
    st.tuples(st.floats(-90, 80), st.floats(-80, 80)).map(
        lambda start: shapely.LineString([start, (start[0] + 1.5, start[1] - 2)])
    ),
)


@st.composite
def records(draw):
    record = {name: draw(texts) for name in ("date_text", "actor1", "place_text", "evidence")}
    low, best, high = sorted(draw(st.tuples(*[st.integers(0, 900)] * 3)))
    start = draw(days)
    return {
        **record,
        "date_start": start,
        "date_end": start,
        "date_precision": draw(st.sampled_from(("", *DATE_PRECISIONS))),
        "sub_event_type": draw(st.sampled_from(("", *SUB_EVENT_TYPES))),
        "fatalities_low": low,
        "fatalities_best": best,
        "fatalities_high": high,
        "injured_low": draw(counts),
        "precision": draw(st.sampled_from(list(Precision))),
        "radius_km": draw(st.none() | st.floats(0, 1000)),
        "match_method": draw(st.sampled_from(MATCH_METHODS)),
        "match_score": draw(st.none() | st.floats(0, 1)),
        "match_reasons": draw(st.lists(texts, max_size=2)),
        "alternatives": draw(objects),
        "claims": draw(objects),
        "geometry": draw(geometries),
    }


tables = st.lists(records(), max_size=4).map(
    lambda rows: make_table([{**row, "incident_id": f"i{n}"} for n, row in enumerate(rows)])
)


def assert_same(read, written):
    assert list(read.columns) == list(written.columns)
    for name in COLUMN_NAMES[:-1]:
        assert read[name].dtype == written[name].dtype, name
        assert to_cells(read[name]) == to_cells(written[name]), name
    for one, other in zip(read.geometry, written.geometry, strict=True):
        assert (one is None) == (other is None)
        if one is not None:
            assert one.geom_type == other.geom_type
            assert one.normalize().equals_exact(other.normalize(), 2e-7) or (
                shapely.hausdorff_distance(one, other) < 1e-6
            )


def to_cells(column):
    return [None if not isinstance(cell, list) and pd.isna(cell) else cell for cell in column]


def there_and_back(table, path):
    write_table(table, path)
    result = read_table(path)
    validate_table(result.table)
    assert [problem for problem in result.problems if problem.row is not None] == []
    return result.table


@pytest.mark.parametrize("suffix", WRITE_SUFFIXES)
def test_a_table_comes_back_as_it_was(tmp_path, suffix):
    table = make_table(RECORDS)
    assert_same(there_and_back(table, tmp_path / f"incidents{suffix}"), table)


@pytest.mark.parametrize("suffix", [".geojson", ".csv", ".parquet", ".gpkg", ".fgb"])
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    # A failing table of four rows is small enough to read; making it smaller takes minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(table=tables)
def test_any_table_comes_back_as_it_was(suffix, table):
    with tempfile.TemporaryDirectory() as folder:
        assert_same(there_and_back(table, Path(folder) / f"incidents{suffix}"), table)


@pytest.mark.parametrize("suffix", WRITE_SUFFIXES)
@pytest.mark.parametrize("count", [0, 1])
def test_an_empty_table_and_one_without_places_come_back(tmp_path, suffix, count):
    table = make_table([{"incident_id": "a"}] * count)
    assert_same(there_and_back(table, tmp_path / f"incidents{suffix}"), table)


@pytest.mark.parametrize("suffix", WRITE_SUFFIXES)
def test_the_same_table_gives_the_same_bytes(tmp_path, suffix):
    first, second = (tmp_path / f"{name}{suffix}" for name in "ab")
    write_table(make_table(RECORDS), first)
    # A GeoPackage keeps the moment of its last change, by the millisecond.
    subprocess.run(["sleep", "0.02"], check=True)
    write_table(make_table(RECORDS), second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("suffix", WRITE_SUFFIXES)
def test_columns_that_are_not_ours_are_written_and_read(tmp_path, suffix):
    table = make_table([{"incident_id": "a", "office": "Gaziantep", "tags": ["x", "y"]}])
    read = there_and_back(table, tmp_path / f"incidents{suffix}")
    assert read["office"].tolist() == ["Gaziantep"]
    assert read["tags"][0] in (["x", "y"], '["x","y"]')


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


def test_csv_has_a_point_on_each_place_and_wkt_where_that_is_not_all():
    rows = list(csv.DictReader(io.StringIO(to_csv(make_table(RECORDS)))))
    assert (rows[0]["longitude"], rows[0]["latitude"], rows[0]["wkt"]) == ("37.1343", "36.2021", "")
    assert (rows[1]["longitude"], rows[1]["wkt"]) == ("", "")
    area = shapely.from_wkt(rows[2]["wkt"])
    point = shapely.Point(float(rows[2]["longitude"]), float(rows[2]["latitude"]))
    assert area.covers(point)
    assert json.loads(rows[0]["claims"]) == [CLAIM]
    assert rows[0]["date_end"] == "2020-01-22"


def test_geopackage_has_dates_and_one_layer(tmp_path):
    write_table(make_table(RECORDS), tmp_path / "a.gpkg")
    info = pyogrio.read_info(tmp_path / "a.gpkg")
    kinds = dict(zip(info["fields"].tolist(), info["ogr_types"], strict=True))
    assert kinds["date_start"] == "OFTDate"
    assert kinds["fatalities_low"] == "OFTInteger64"
    assert pyogrio.list_layers(tmp_path / "a.gpkg")[:, 0].tolist() == ["incidents"]
    assert not (tmp_path / "a.gpkg-journal").exists()


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


@pytest.mark.parametrize("suffix", [".parquet", ".gpkg", ".fgb"])
def test_a_damaged_layer_is_refused(tmp_path, suffix):
    path = tmp_path / f"incidents{suffix}"
    for content in (b"", b"not a layer at all"):
        path.write_bytes(content)
        with pytest.raises(InputError, match=f"is no {suffix[1:]} file that can be read"):
            read_table(path)
    write_table(make_table(RECORDS), path)
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(InputError, match="that can be read"):
        read_table(path)


def test_layers_of_others_are_read_in_wgs84(tmp_path):
    frame = geopandas.GeoDataFrame(
        {"event_date": [pd.Timestamp("2020-01-16")], "deaths": [4]},
        geometry=geopandas.points_from_xy([37.1343], [36.2021], crs=4326),
    ).to_crs(32637)
    for name in ("a.gpkg", "a.fgb"):
        frame.to_file(tmp_path / name)
    frame.to_parquet(tmp_path / "a.parquet")
    for name in ("a.gpkg", "a.fgb", "a.parquet"):
        table, problems = read_table(tmp_path / name)
        assert table.geometry.x[0] == pytest.approx(37.1343, abs=1e-7)
        assert table["date_start"][0] == pd.Timestamp("2020-01-16")
        assert table["fatalities_best"][0] == 4
        assert "date_start from 'event_date'" in str(problems[0])


def test_the_first_of_several_layers_is_read_and_the_others_named(tmp_path):
    path = tmp_path / "a.gpkg"
    write_table(make_table([{"incident_id": "a"}]), path)
    other = geopandas.GeoDataFrame({"x": [1]}, geometry=[shapely.Point(1, 2)], crs=4326)
    other.to_file(path, layer="posts")
    table, problems = read_table(path)
    assert table["incident_id"].tolist() == ["a"]
    assert "layer 'incidents' is read, and not 'posts'" in str(problems[0])


def test_an_unknown_suffix_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(OutputError, match=r"end the name in one of \.csv, \.geojson"):
        write_table(make_table([]), tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_areas_and_lines_of_every_relation_survive_geojson(tmp_path):
    other = Site(Position(36.6332, 35.9306), 4.0, Precision.SETTLEMENT)
    region = Site(SITE.position, 70.0, Precision.REGION)
    shapes = [locate_in(region), locate_direction(SITE, other)]
    table = make_table(
        [{"incident_id": str(n), "geometry": shape.geometry} for n, shape in enumerate(shapes)]
    )
    assert_same(there_and_back(table, tmp_path / "a.geojson"), table)


def test_dates_before_our_era_of_pandas_nanoseconds_are_kept(tmp_path):
    table = make_table([{"incident_id": "a", "date_start": dt.date(1492, 8, 3)}])
    for suffix in WRITE_SUFFIXES:
        read = there_and_back(table, tmp_path / f"a{suffix}")
        assert f"{read['date_start'][0]:%Y-%m-%d}" == "1492-08-03"


def test_columns_of_other_kinds_lose_nothing_in_geojson():
    table = make_table([{"incident_id": "a", "seen": pd.Timestamp("2020-01-16 07:30"), "n": 1.5}])
    properties = json.loads(to_geojson(table))["features"][0]["properties"]
    assert (properties["seen"], properties["n"]) == ("2020-01-16T07:30:00", 1.5)
