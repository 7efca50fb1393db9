"""What is wrong with records and tables: refused or reported, by row and column."""

import pandas as pd
import pytest
from shapely import Point
from table_samples import RECORD

from geo.cells import is_empty
from geo.errors import InputError
from geo.table import Problem, find_problems, make_table, read_records, validate_table

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
