import datetime as dt

import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import Point

from geo.cells import is_empty
from geo.errors import InputError
from geo.incident import COLUMN_NAMES, COLUMNS, EVENT_TYPES, SUB_EVENT_TYPES, names_of
from geo.table import Problem, find_problems, make_table, read_records, validate_table

RECORD = {
    "incident_id": "000-b",
    "date_start": dt.date(2019, 4, 27),
    "date_end": "2019-04-27",
    "date_precision": "day",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Air/drone strike",
    "actor1": "Military Forces of Russia",
    "fatalities_low": 5,
    "fatalities_best": 5,
    "fatalities_high": 5,
    "place_text": "Hama province",
    "place_id": "area:SY-HM",
    "precision": "region",
    "match_method": "exact",
    "match_score": 0.97,
    "match_reasons": ["the words say province"],
    "geometry": shapely.box(36, 34.7, 37.9, 35.6),
}


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


WRONG = [
    ("date_start", "2020-13-01", "'2020-13-01' is no ISO 8601 date; write YYYY-MM-DD"),
    ("date_start", "yesterday", "'yesterday' is no ISO 8601 date"),
    ("date_end", "16/01/2020", "'16/01/2020' is no ISO 8601 date"),
    ("fatalities_low", "several", "'several' is no number"),
    ("fatalities_low", -3, "-3 is no count; write a whole number, 0 or more"),
    ("fatalities_low", "2.5", "'2.5' is no count"),
    ("fatalities_low", True, "True is no number"),
    ("fatalities_low", "1e400", "'1e400' is no number"),
    ("injured_high", 10**12, "is no count"),
    ("match_score", 1.5, "1.5 is out of range; give 0 to 1"),
    ("where_prec", 9, "9 is out of range; give 1 to 7"),
    ("geo_precision", 0, "0 is out of range; give 1 to 3"),
    ("event_type", "Battle", "'Battle' is none of ours; did you mean 'Battles'?"),
    ("event_type", "Parade", "'Parade' is none of ours; write one of Battles, Protests"),
    ("precision", "town", "'town' is none of ours; write one of exact, settlement"),
    ("match_method", "guess", "'guess' is none of ours"),
    ("date_precision", "hour", "'hour' is none of ours"),
    ("claims", '[{"source": "SOHR"', "is no JSON list"),
    ("claims", [{1: 2}], "holds no plain JSON values"),
    ("claims", ["SOHR: 5 killed"], "is no list of JSON objects"),
    ("claims", [{"source": "SOHR", "fatalities": 5}], "is no list of JSON objects"),
    ("claims", [{"source": "SOHR", "injured": ["5"]}], "is no list of JSON objects"),
    ("alternatives", "Samka", "is no list of JSON objects"),
    ("geometry", "POINT 37 36", "is no geometry; give WKT or GeoJSON"),
    ("geometry", {"type": "Point", "coordinates": ["a", 2]}, "is no geometry"),
    ("geometry", Point(36.2, 97.1), "position 36.2, 97.1 is not on the Earth"),
    ("geometry", "GEOMETRYCOLLECTION (POINT (1 2))", "a GeometryCollection cannot be drawn"),
]


@pytest.mark.parametrize(("column", "value", "message"), WRONG)
def test_a_wrong_value_is_refused_by_row_and_column(column, value, message):
    with pytest.raises(InputError) as refusal:
        make_table([RECORD, {"incident_id": "2", column: value}])
    assert str(refusal.value).startswith(f"row 2: {column} ")
    assert message in str(refusal.value)


@pytest.mark.parametrize(("column", "value", "message"), WRONG)
def test_a_wrong_value_is_reported_emptied_and_noted_and_its_row_kept(column, value, message):
    table, problems = read_records(
        [RECORD, {"incident_id": "2", "actor1": "x", column: value}], file="a.csv", first_row=2
    )
    assert len(table) == 2
    assert [(problem.file, problem.row, problem.column) for problem in problems] == [
        ("a.csv", 3, column)
    ]
    assert message in problems[0].message
    row = table.iloc[1]
    assert row["actor1"] == "x"
    assert is_empty(row[column])
    assert row["notes"] == [f"{column} {problems[0].message}"]
    assert table.iloc[0]["notes"] == []
    validate_table(table)


BROKEN_RULES = [
    (
        {"fatalities_low": 9, "fatalities_high": 3},
        "fatalities_low",
        "9 is more than fatalities_high 3",
        ("fatalities_low", "fatalities_high"),
    ),
    (
        # What a source stands by stays.
        {"fatalities_low": 7, "fatalities_best": 6, "fatalities_high": 6},
        "fatalities_low",
        "7 is more than fatalities_best 6",
        ("fatalities_low",),
    ),
    (
        {"injured_best": 9, "injured_high": 3},
        "injured_best",
        "9 is more than injured_high 3",
        ("injured_high",),
    ),
    (
        {"date_start": "2020-01-16", "date_end": "2020-01-15"},
        "date_end",
        "'2020-01-15' is before date_start '2020-01-16'",
        ("date_end",),
    ),
    (
        {"event_type": "Battles", "sub_event_type": "Grenade"},
        "sub_event_type",
        "'Grenade' belongs to 'Explosions/Remote violence', not to 'Battles'",
        ("sub_event_type",),
    ),
]


@pytest.mark.parametrize(("record", "column", "message", "cleared"), BROKEN_RULES)
def test_cells_that_exclude_each_other_are_reported_and_emptied(record, column, message, cleared):
    with pytest.raises(InputError, match="row 1"):
        make_table([record])
    table, problems = read_records([record], file="a.csv", first_row=2)
    assert str(problems[0]).startswith(f"a.csv, row 2: {column} {message}")
    assert len(problems) == 1
    row = table.iloc[0]
    for name in record:
        assert is_empty(row[name]) == (name in cleared)


def test_an_id_used_twice_keeps_both_rows_apart():
    records = [{"incident_id": name} for name in ("a", "a-2", "a", "a", "", "")]
    with pytest.raises(InputError, match="'a' names an earlier row too"):
        make_table(records)
    table, problems = read_records(records, file="a.csv", first_row=2)
    assert table["incident_id"].tolist() == ["a", "a-2", "a-3", "a-4", "", ""]
    assert [problem.row for problem in problems] == [4, 5]


def test_an_error_names_five_problems_and_counts_the_rest():
    with pytest.raises(InputError, match="; and 4 more"):
        make_table([{"fatalities_low": "many"}] * 9)


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (
            Problem("incidents.csv", 17, "date_start", "'2020-13-01' is no ISO 8601 date"),
            "incidents.csv, row 17: date_start '2020-13-01' is no ISO 8601 date",
        ),
        (Problem("a.csv", None, "", "not in UTF-8"), "a.csv: not in UTF-8"),
        (Problem("", 3, "lat", "x"), "row 3: lat x"),
    ],
)
def test_a_problem_is_one_line(problem, text):
    assert str(problem) == text


def test_a_table_changed_by_hand_is_checked():
    table = make_table([RECORD, {"incident_id": "2"}])
    assert find_problems(table) == []
    table.loc[1, "event_type"] = "Battel"
    assert [problem.row for problem in find_problems(table)] == [2]
    table.index = ["x", "y"]
    assert [problem.row for problem in find_problems(table)] == [2]
    with pytest.raises(InputError, match="'Battel'"):
        validate_table(table)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.drop(columns="source"), "column 'source' is missing"),
        (lambda table: table.assign(claims="x"), "claims"),
        (lambda table: table.assign(fatalities_low=1.5), "fatalities_low"),
        (lambda table: table.assign(country=None), "country"),
        (lambda table: table.to_crs(3857), "WGS84"),
        (pd.DataFrame, "no GeoDataFrame"),
    ],
)
def test_a_table_of_another_shape_is_refused(change, message):
    with pytest.raises(InputError, match=message):
        validate_table(change(make_table([RECORD])))


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
