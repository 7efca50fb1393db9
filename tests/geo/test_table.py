import datetime as dt

import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import Point
from table_samples import RECORD

from geo.incident import COLUMN_NAMES, COLUMNS, EVENT_TYPES, SUB_EVENT_TYPES, names_of
from geo.table import make_table, validate_table


def test_columns_come_in_order_with_their_types_whatever_is_given():
    for records in ([], [{}], [RECORD], [RECORD, {"incident_id": "x"}]):
        table = make_table(records)
        assert tuple(table.columns) == COLUMN_NAMES
        assert len(table) == len(records)
        assert table.crs.to_epsg() == 4326
        assert {str(table[name].dtype) for name in names_of("date")} == {"datetime64[s]"}
        assert {str(table[name].dtype) for name in names_of("count")} == {"Int64"}
        assert {str(table[name].dtype) for name in names_of("number")} == {"float64"}
        assert all(isinstance(cell, str) for name in names_of("text") for cell in table[name])
        assert all(isinstance(cell, list) for name in names_of("list") for cell in table[name])
        validate_table(table)


def test_a_record_comes_back_as_it_was():
    row = make_table([RECORD]).iloc[0]
    assert row["date_start"] == pd.Timestamp("2019-04-27")
    assert row["fatalities_high"] == 5
    assert row["match_reasons"] == ["the words say province"]
    assert row["geometry"].equals(RECORD["geometry"])
    assert row["notes"] == []
    assert pd.isna(row["injured_low"])


def test_codes_and_radius_follow_from_the_level():
    row = make_table([RECORD]).iloc[0]
    assert (row["geo_precision"], row["where_prec"]) == (3, 4)
    # Half the diagonal of the box: 1.9 degrees by 0.9 at 35° north.
    assert row["radius_km"] == pytest.approx(100, abs=2)
    point = make_table([{"precision": "settlement", "geometry": Point(37, 36)}]).iloc[0]
    assert (point["geo_precision"], point["where_prec"], point["radius_km"]) == (1, 1, 5.0)


def test_codes_that_are_given_stay():
    row = make_table([{"precision": "settlement", "where_prec": 2, "geo_precision": 2}]).iloc[0]
    assert (row["geo_precision"], row["where_prec"]) == (2, 2)


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ({"where_prec": 4}, "region"),
        ({"geo_precision": 2}, "subdistrict"),
        ({"radius_km": 28.0}, "district"),
        ({"where_prec": 1, "geo_precision": 3}, "settlement"),
        ({}, "settlement"),
    ],
)
def test_never_a_bare_point(given, level):
    row = make_table([{"geometry": Point(37, 36), **given}]).iloc[0]
    assert row["precision"] == level
    assert row["radius_km"] > 0
    assumed = ["precision not given with the coordinates; settlement assumed"]
    assert row["notes"] == ([] if given else assumed)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({}, "unresolved: the row names no place"),
        ({"place_text": "Samka"}, "unresolved: the place has not been looked up"),
        ({"match_reasons": ["unresolved: two fit"]}, "unresolved: two fit"),
    ],
)
def test_a_row_without_place_says_why(record, reason):
    row = make_table([record]).iloc[0]
    assert row["geometry"] is None
    assert row["match_reasons"][0] == reason
    assert row["precision"] == ""


def test_an_empty_geometry_is_none():
    assert make_table([{"geometry": shapely.from_wkt("POINT EMPTY")}]).geometry[0] is None


def test_the_sub_type_gives_the_event_type():
    assert make_table([{"sub_event_type": "Grenade"}]).event_type[0] == "Explosions/Remote violence"


def test_columns_that_are_not_ours_stay_before_the_geometry():
    table = make_table([{"incident_id": "1", "casualty_note": "x"}, {"incident_id": "2", 7: 1.5}])
    assert tuple(table.columns) == (*COLUMN_NAMES[:-1], "casualty_note", "7", "geometry")
    assert table["casualty_note"].tolist()[0] == "x"


def test_the_same_records_give_the_same_table_and_stay_as_they_were():
    records = [{**RECORD, "match_reasons": []}, {"geometry": Point(1, 2)}]
    before = [dict(record) for record in records]
    first, second = make_table(records), make_table(records)
    pd.testing.assert_frame_equal(first.drop(columns="geometry"), second.drop(columns="geometry"))
    assert records == before


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020-01-16", "2020-01-16"),
        ("2020-01-16T23:59:00+03:00", "2020-01-16"),
        (dt.datetime(2020, 1, 16, 12, tzinfo=dt.UTC), "2020-01-16"),
        (pd.Timestamp("2020-01-16 12:00"), "2020-01-16"),
        (np.datetime64("2020-01-16"), "2020-01-16"),
        ("16 January 2020", "2020-01-16"),
        ("16-Jan-2020", "2020-01-16"),
        ("January 16, 2020", "2020-01-16"),
        (pd.NaT, None),
        (np.datetime64("NaT"), None),
        ("", None),
    ],
)
def test_days_are_read_from_what_programs_and_people_write(value, expected):
    day = make_table([{"date_start": value}]).date_start[0]
    assert (None if pd.isna(day) else f"{day:%Y-%m-%d}") == expected


def test_event_types_are_acled_s_six_with_twenty_five_sub_types():
    assert len(EVENT_TYPES) == 6
    assert len(SUB_EVENT_TYPES) == 25
    assert next(iter(EVENT_TYPES)) == "Battles"


def test_every_column_has_a_meaning():
    assert len(set(COLUMN_NAMES)) == len(COLUMNS)
    assert all(column.meaning for column in COLUMNS)
