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
from file_samples import CLAIM, RECORDS, assert_same, there_and_back
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from geo.errors import InputError, OutputError
from geo.files import WRITE_SUFFIXES, read_table, to_csv, write_table
from geo.incident import DATE_PRECISIONS, MATCH_METHODS, SUB_EVENT_TYPES
from geo.measure import Position, circle
from geo.precision import Precision
from geo.table import make_table

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


def test_dates_before_our_era_of_pandas_nanoseconds_are_kept(tmp_path):
    table = make_table([{"incident_id": "a", "date_start": dt.date(1492, 8, 3)}])
    for suffix in WRITE_SUFFIXES:
        read = there_and_back(table, tmp_path / f"a{suffix}")
        assert f"{read['date_start'][0]:%Y-%m-%d}" == "1492-08-03"
