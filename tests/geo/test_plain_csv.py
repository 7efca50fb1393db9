import io
import re
import zipfile

import pandas as pd
import pytest
from csv_tables import read, write

from geo.errors import InputError, NotFoundError
from geo.files import read_table
from geo.readers.mapping import read_mapping
from geo.readers.plain import read_csv


def test_coordinates_become_points_that_were_given(tmp_path):
    table, problems = read(
        tmp_path, "incident_id,latitude,longitude,precision\na,35.9306,36.6332,exact\n"
    )
    row = table.iloc[0]
    assert (row.geometry.x, row.geometry.y) == (36.6332, 35.9306)
    assert (row["match_method"], row["precision"], row["radius_km"]) == ("given", "exact", 1.0)
    assert problems == []


@pytest.mark.parametrize(
    ("column", "cell", "level"),
    [
        ("precision", "district", "district"),
        ("precision", "District", "district"),
        ("where_prec", "4", "region"),
        ("geo_precision", "2", "subdistrict"),
        ("precision", "", "settlement"),
    ],
)
def test_the_level_is_the_row_s_own(tmp_path, column, cell, level):
    row = read(tmp_path, f"lat,lon,{column}\n35.9,36.6,{cell}\n").table.iloc[0]
    assert row["precision"] == level
    assert any("settlement assumed" in note for note in row["notes"]) == (not cell)


def test_rows_with_names_only_wait_for_the_locator(tmp_path):
    row = read(tmp_path, "place,governorate\nSamka,Idlib\n").table.iloc[0]
    assert row.geometry is None
    assert (row["place_text"], row["admin1"], row["match_method"]) == ("Samka", "Idlib", "")
    assert row["match_reasons"] == ["unresolved: the place has not been looked up"]


def test_common_headings_are_matched_and_said(tmp_path):
    table, problems = read(
        tmp_path,
        "ID,Event Date,Lat,LNG,Fatalities,Notes,Location\n"
        "7,2020-01-16,35.9,36.6,4,a remark,Idlib\n",
    )
    row = table.iloc[0]
    assert (row["incident_id"], row["fatalities_best"], row["notes"][0]) == ("7", 4, "a remark")
    assert row["date_start"] == pd.Timestamp("2020-01-16")
    assert len(problems) == 1
    assert "date_start from 'Event Date'" in str(problems[0])
    assert "latitude from 'Lat'" in str(problems[0])


@pytest.mark.parametrize(
    "heading", ["lat,lon", "latitude,lng", "Y,X", "LAT,Long", "lat_dd,lon_dd", "point_y,point_x"]
)
def test_many_words_for_coordinates(tmp_path, heading):
    table, _ = read(tmp_path, f"{heading}\n35.9,36.6\n")
    assert (table.geometry.x[0], table.geometry.y[0]) == (36.6, 35.9)


def test_a_mapping_comes_before_headings(tmp_path):
    text = "wann,wo,lat,date\n2020-01-16,Idlib,35.9,not a date\n"
    table, _ = read(tmp_path, text, mapping={"date_start": "wann", "place_text": "wo"})
    assert table["date_start"][0] == pd.Timestamp("2020-01-16")
    assert table["date"][0] == "not a date"


def test_a_mapping_is_read_from_yaml_and_json(tmp_path):
    yaml_file = write(tmp_path, "date_start: Date of incident\nactor1: Täter\n", "m.yaml")
    json_file = write(tmp_path, '{"date_start": "Date of incident", "actor1": "Täter"}', "m.json")
    expected = {"date_start": "Date of incident", "actor1": "Täter"}
    assert read_mapping(yaml_file) == read_mapping(json_file) == expected


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        ("- a\n- b\n", InputError, "is no mapping; write one line for each column"),
        ("a: [1, 2]\n", InputError, "is no mapping"),
        ("a: {\n", InputError, "is no YAML or JSON"),
        (None, NotFoundError, "does not exist"),
    ],
)
def test_a_mapping_that_is_none_is_refused(tmp_path, content, error, message):
    path = tmp_path / "m.yaml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(error, match=message):
        read_mapping(path)


@pytest.mark.parametrize(
    ("mapping", "error", "message"),
    [
        (
            {"fatalitys_low": "Dead"},
            InputError,
            "'fatalitys_low' is no column of ours; did you mean 'fatalities_low'",
        ),
        (
            {"date_start": "When"},
            NotFoundError,
            "'incidents.csv' has no column 'When' (mapped to date_start); it has: Date, Dead",
        ),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_by_name(tmp_path, mapping, error, message):
    with pytest.raises(error, match=re.escape(message)):
        read(tmp_path, "Date,Dead\n2020-01-16,3\n", mapping=mapping)


def make_workbook():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>")
    return content.getvalue()


PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


@pytest.mark.parametrize("name", ["incidents.csv", "incidents.geojson"])
@pytest.mark.parametrize(
    ("content", "what"),
    [
        (make_workbook(), "a ZIP archive or an office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
        (PDF, "a PDF"),
        (b"\xff\xfe" + b"\x00\xdc" * 9, "damaged utf-16"),
    ],
)
def test_a_table_that_is_really_another_file_is_named(tmp_path, name, content, what):
    path = tmp_path / name
    path.write_bytes(content)
    message = f"'{name}' is no text but a binary file ({what}); export it as CSV in UTF-8"
    with pytest.raises(InputError, match=f"^{re.escape(message)}$"):
        read_table(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "'incidents.csv' is empty; give a table with a heading"),
        (b" \r\n\n", "is empty"),
        (b"\xff\xfe", "is empty"),
        (b"\xef\xbb\xbf\r\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "is no text but a binary file"),
        (bytes(range(256)) * 8, "is no text but a binary file"),
        (b"PK\x03\x04\x14\x00\x08\x00\x00\x00!\x00\xb5\x9c", "is no text but a binary file"),
    ],
)
def test_a_file_that_holds_no_table_is_refused(tmp_path, content, message):
    path = tmp_path / "incidents.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_csv(path)


def test_a_heading_alone_is_an_empty_table(tmp_path):
    table, problems = read(tmp_path, "incident_id,date_start\n")
    assert len(table) == 0
    assert problems == []


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_other_separators_are_seen(tmp_path, separator):
    lines = ["incident_id,actor1,latitude,longitude", 'a,"x; y, z",35.9,36.6']
    text = "\r\n".join(
        line if "x; y" not in line else line.replace("x; y, z", "XX") for line in lines
    )
    text = text.replace(",", separator).replace("XX", "x; y, z")
    table, _ = read(tmp_path, text)
    assert table["actor1"].tolist() == ["x; y, z"]
    assert table.geometry.x[0] == 36.6


def test_odd_rows_are_reported_and_the_others_go_on(tmp_path):
    table, problems = read(
        tmp_path,
        "incident_id,actor1,\n"
        "a,x\n"
        "b,y,extra column,surplus\n"
        "\n"
        'c,"first line\nsecond line",\n'
        "d,z,\n"
        "\n\n",
    )
    assert table["incident_id"].tolist() == ["a", "b", "", "c", "d"]
    assert table["actor1"].tolist()[3] == "first line\nsecond line"
    assert table["column_3"].tolist()[1] == "extra column"
    found = [(problem.row, problem.message.split(";")[0]) for problem in problems]
    assert found == [
        (1, "has an empty heading"),
        (2, "has 2 cells under 3 headings"),
        (3, "has 4 cells under 3 headings, 'surplus' is left out"),
    ]


def test_the_same_heading_twice_loses_nothing(tmp_path):
    table, problems = read(tmp_path, "actor1,actor1\nx,y\n")
    assert (table["actor1"][0], table["actor1_2"][0]) == ("x", "y")
    assert "has 'actor1' twice" in str(problems[0])


def test_every_bad_cell_is_reported_with_its_row(tmp_path):
    table, problems = read(
        tmp_path,
        "incident_id,date_start,event_type,fatalities_low,fatalities_high,latitude,longitude\n"
        "a,2020-01-16,battles,2,3,35.9,36.6\n"
        "b,2020-13-01,Battle,few,3,35.9,36.6\n"
        "a,2020-01-17,Riots,9,-3,35.9,36.6\n"
        "c,2020-01-17,Riots,9,3,35.9,236.6\n",
    )
    assert [(problem.row, problem.column) for problem in problems] == [
        (3, "date_start"),
        (3, "event_type"),
        (3, "fatalities_low"),
        (4, "incident_id"),
        (4, "fatalities_high"),
        (5, "fatalities_low"),
        (5, "longitude"),
    ]
    assert str(problems[0]) == (
        "incidents.csv, row 3: date_start '2020-13-01' is no ISO 8601 date; "
        "write YYYY-MM-DD, or leave it empty"
    )
    assert table["event_type"].tolist() == ["Battles", "", "Riots", "Riots"]
    assert table["incident_id"].tolist() == ["a", "b", "a-2", "c"]
    assert table["fatalities_low"].tolist()[2] == 9
    assert len(table["notes"][1]) == 4


@pytest.mark.parametrize(
    ("cell", "start", "end", "precision"),
    [
        ("2020-02", "2020-02-01", "2020-02-29", "month"),
        ("2019", "2019-01-01", "2019-12-31", "year"),
    ],
)
def test_a_month_or_a_year_is_all_its_days(tmp_path, cell, start, end, precision):
    row = read(tmp_path, f"date\n{cell}\n").table.iloc[0]
    assert (row["date_start"], row["date_end"]) == (pd.Timestamp(start), pd.Timestamp(end))
    assert (row["date_precision"], row["date_text"]) == (precision, cell)


@pytest.mark.parametrize("cell", ["2020-13", "0000", "2020-00"])
def test_a_month_that_is_none_is_reported(tmp_path, cell):
    table, problems = read(tmp_path, f"date_start\n{cell}\n")
    assert len(table) == 1
    assert f"date_start '{cell}' is no ISO 8601 date" in str(problems[0])


def test_rows_without_ids_are_named_by_their_file_and_row(tmp_path):
    table, _ = read(tmp_path, "actor1\nx\ny\n")
    assert table["incident_id"].tolist() == ["incidents-2", "incidents-3"]


def test_a_cell_as_long_as_a_report_is_read(tmp_path):
    text = "a sentence. " * 30_000
    table, _ = read(tmp_path, f'evidence\n"{text}"\n')
    assert table["evidence"][0] == text.strip()


def test_read_table_says_what_it_cannot_read(tmp_path):
    with pytest.raises(NotFoundError, match="does not exist"):
        read_table(tmp_path / "no.csv")
    with pytest.raises(InputError, match="give one of"):
        read_table(write(tmp_path, "a", "a.xlsx"))
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    with pytest.raises(InputError, match="Is a directory"):
        read_table(folder)
