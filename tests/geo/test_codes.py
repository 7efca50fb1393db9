"""Codes of UCDP's and ACLED's are read as the words of our table, or left alone."""

from pathlib import Path

import geopandas as gpd
import pytest
from csv_tables import read
from shapely import Point

from geo.files import read_table, write_table
from geo.incident import EVENT_TYPES, VIOLENCE_TYPES

UCDP = (
    "id,type_of_violence,side_a,side_b,where_prec,date_prec,date_start,date_end,low,best,high\n"
    "1,1,Government of Syria,IS,1,1,2016-01-01,2016-01-01,2,4,6\n"
    "2,2,YPG,IS,2,2,2016-01-01,2016-01-03,0,1,1\n"
    "3,3,IS,Civilians,4,3,2016-01-01,2016-01-07,3,3,3\n"
    "4,,IS,YPG,6,5,2016-01-01,2016-12-31,3,3,3\n"
    "5,1,IS,YPG,6,4,2016-01-01,2016-01-31,3,3,3\n"
)


def test_ucdp_s_own_types_are_given_and_none_of_acled_s(tmp_path: Path) -> None:
    table, problems = read(tmp_path, UCDP)
    state, non_state, one_sided = VIOLENCE_TYPES
    assert table["event_type"].tolist() == [state, non_state, one_sided, "", state]
    assert not set(VIOLENCE_TYPES) & set(EVENT_TYPES)
    assert table["sub_event_type"].tolist() == [""] * 5
    assert table["date_precision"].tolist() == ["day", "week", "week", "year", "month"]
    assert (table["actor1"][0], table["actor2"][0]) == ("Government of Syria", "IS")
    tolls = [f"fatalities_{level}" for level in ("low", "best", "high")]
    assert table.loc[0, tolls].tolist() == [2, 4, 6]
    assert [problem.row for problem in problems] == [None, None]
    assert "event_type from 'type_of_violence', date_precision from 'date_prec'" in str(problems[1])


def test_the_columns_of_codes_stay(tmp_path: Path) -> None:
    table = read(tmp_path, UCDP).table
    assert table["type_of_violence"].tolist() == ["1", "2", "3", "", "1"]
    assert table["date_prec"].tolist() == ["1", "2", "3", "5", "4"]


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".parquet", ".gpkg"])
def test_what_was_read_is_the_same_when_it_is_read_again(tmp_path: Path, suffix: str) -> None:
    table = read(tmp_path, UCDP).table
    write_table(table, tmp_path / f"again{suffix}")
    again = read_table(tmp_path / f"again{suffix}").table
    for name in ("event_type", "date_precision", "actor1", "fatalities_best"):
        assert again[name].tolist() == table[name].tolist()


def test_numbers_of_any_type_are_codes(tmp_path: Path) -> None:
    layer = gpd.GeoDataFrame(
        {"type_of_violence": [3.0, None], "Side A": ["IS", "YPG"]},
        geometry=[Point(36, 35), Point(37, 35)],
        crs=4326,
    )
    layer.to_file(tmp_path / "ged.gpkg")
    assert read_table(tmp_path / "ged.gpkg").table["event_type"].tolist() == [VIOLENCE_TYPES[2], ""]


def test_acled_s_time_precision_is_read(tmp_path: Path) -> None:
    text = (
        "event_id_cnty,event_date,time_precision,event_type,sub_event_type\n"
        "SYR1,16 January 2020,1,Battles,Armed clash\n"
        "SYR2,16 January 2020,3,Protests,Peaceful protest\n"
    )
    table, _ = read(tmp_path, text)
    assert table["date_precision"].tolist() == ["day", "month"]
    assert table["event_type"].tolist() == ["Battles", "Protests"]


@pytest.mark.parametrize("cell", ["4", "0", "-1", "1.5", "state-based"])
def test_what_is_no_code_is_reported_with_its_row(tmp_path: Path, cell: str) -> None:
    table, problems = read(tmp_path, f"type_of_violence,side_a\n1,x\n{cell},y\n")
    assert table["event_type"].tolist() == [VIOLENCE_TYPES[0], ""]
    [problem] = [problem for problem in problems if problem.row]
    assert str(problem) == (
        f"incidents.csv, row 3: event_type '{cell}' in type_of_violence is none of its codes "
        "1, 2, 3; write one of them"
    )
    assert table["type_of_violence"][1] == cell


def test_somebody_else_s_kinds_of_violence_are_left_alone(tmp_path: Path) -> None:
    table, problems = read(tmp_path, "date,place,type_of_violence\n2020-01-16,Idlib,1\n")
    assert table["event_type"].tolist() == [""]
    assert table["type_of_violence"].tolist() == ["1"]
    assert not any("codes read" in str(problem) for problem in problems)


def test_an_event_type_that_is_there_stays(tmp_path: Path) -> None:
    text = "event_type,type_of_violence,side_a\nBattles,1,x\n,1,x\n"
    table, _ = read(tmp_path, text)
    assert table["event_type"].tolist() == ["Battles", VIOLENCE_TYPES[0]]


@pytest.mark.parametrize(
    ("mapping", "event_type", "evidence"),
    [
        ({"event_type": "type_of_violence"}, VIOLENCE_TYPES[0], ""),
        ({"event_type": "kind"}, "Riots", ""),
        ({"evidence": "type_of_violence"}, "", "1"),
    ],
)
def test_a_mapping_has_the_last_word(
    tmp_path: Path, mapping: dict[str, str], event_type: str, evidence: str
) -> None:
    text = "kind,type_of_violence,side_a\nRiots,1,x\n"
    row = read(tmp_path, text, mapping=mapping).table.iloc[0]
    assert (row["event_type"], row["evidence"]) == (event_type, evidence)
