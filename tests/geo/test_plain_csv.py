import io
import re
import zipfile

import pandas as pd
import pytest

from geo.errors import InputError, NotFoundError
from geo.files import read_table
from geo.readers.mapping import read_mapping
from geo.readers.plain import read_csv

ARABIC = (
    "incident_id,date_start,place_text,latitude,longitude\n"
    "1,2020-01-16,معرة النعمان,35.648,36.677\n"
    "2,2020-01-17,أبو الظهور,35.73,37.1\n"
)
FRENCH = (
    "incident_id,date_start,place_text,latitude,longitude\n"
    "1,2020-01-16,Forêt près de Béchir,5.2,18.1\n"
    "2,2020-01-17,Marché détruit à Bangui,4.36,18.55\n"
)
PORTUGUESE = (
    "incident_id,date_start,place_text,latitude,longitude\n"
    "1,2020-04-07,Mocímboa da Praia,-11.35,40.35\n"
    "2,2020-04-08,Muidumbe e Quissanga à noite,-11.8,39.8\n"
)
CURLY = (
    "incident_id,date_start,place_text,latitude,longitude,remark\n"
    "1,2020-01-16,Ma\u2019arrat al-Nu\u2018man,35.648,36.677,\u201cnot confirmed\u201d\n"
    "2,2020-01-17,Idlib \u2013 Saraqib road,35.73,37.1,\n"
)
# Nearly all of it is English, and only the names are not.
WIDE = "incident_id,date_start,place_text,latitude,longitude,event_type,sub_event_type,remark\n" + (
    "".join(
        f"{number},2020-01-16,{name},35.6,36.6,Explosions/Remote violence,"
        "Shelling/artillery/missile attack,Shells hit a market on Saturday and five people died\n"
        for number, name in enumerate(["سراقب", "معرة النعمان", "عين عيسى", "كفر نبل"])
    )
)


def write(folder, text, name="incidents.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def read(folder, text, **options):
    return read_csv(write(folder, text), **options)


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


@pytest.mark.parametrize(
    ("lat", "lon", "message"),
    [
        (
            "136.6",
            "35.9",
            "latitude '136.6' is beyond 90 degrees; longitude and latitude look swapped",
        ),
        ("95", "190", "latitude '95' is beyond 90 degrees; give degrees of latitude"),
        ("35.9", "366", "longitude '366' is beyond 180 degrees"),
        ("35.9", "", "longitude is empty; give both coordinates, or neither"),
        ("", "36.6", "latitude is empty"),
        ("35,9306", "36.6", "latitude '35,9306' is no number; write decimal degrees such as"),
        ("N 35°55'", "36.6", "is no number; write decimal degrees"),
        ("0", "0.0", "longitude 0, 0 lies in the Gulf of Guinea"),
    ],
)
def test_a_wrong_position_leaves_the_row_without_one(tmp_path, lat, lon, message):
    text = f'incident_id,actor1,latitude,longitude\na,x,"{lat}","{lon}"\nb,y,35.9,36.6\n'
    table, problems = read(tmp_path, text)
    assert [problem.row for problem in problems] == [2]
    assert str(problems[0]).startswith("incidents.csv, row 2: ")
    assert message in str(problems[0])
    assert table.geometry.isna().tolist() == [True, False]
    row = table.iloc[0]
    assert row["actor1"] == "x"
    assert row["match_reasons"][0].startswith("unresolved: ")
    assert message in row["match_reasons"][0]
    assert row["match_method"] == ""


@pytest.mark.parametrize("country", ["SY", "sy", "Syria"])
def test_coordinates_swapped_within_range_are_known_by_the_country(tmp_path, country):
    text = f"latitude,longitude,country\n36.63,35.93,{country}\n35.93,36.63,{country}\n"
    table, problems = read(tmp_path, text)
    assert table.geometry.isna().tolist() == [True, False]
    assert [problem.row for problem in problems] == [2]
    assert f"36.63 with longitude 35.93 lies outside {country}" in str(problems[0])
    assert "look swapped, exchange the two columns" in table["match_reasons"][0][0]


def test_a_position_just_across_the_border_is_no_swap(tmp_path):
    # Reyhanli in Türkiye, 5 km from Syria; the other way round it would lie in Syria.
    table, problems = read(tmp_path, "latitude,longitude,country\n36.269,36.567,SY\n")
    assert table.geometry.notna().all()
    assert problems == []


def test_a_position_outside_its_country_that_no_swap_mends_stays(tmp_path):
    table, problems = read(tmp_path, "latitude,longitude,country\n33.3,44.4,SY\n48,2,Nowhere\n")
    assert table.geometry.notna().all()
    assert problems == []


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        (ARABIC, "utf-8", ""),
        (ARABIC, "utf-8-sig", ""),
        (ARABIC, "cp1256", "cp1256"),
        (ARABIC, "utf-16", "utf-16"),
        (ARABIC, "utf-16-le", "utf-16-le"),
        (ARABIC, "utf-16-be", "utf-16-be"),
        (FRENCH, "cp1252", "cp1252"),
        (PORTUGUESE, "cp1252", "cp1252"),
        (CURLY, "cp1252", "cp1252"),
        (WIDE, "cp1256", "cp1256"),
        (FRENCH, "utf-16", "utf-16"),
    ],
)
def test_any_encoding_is_read_and_said(tmp_path, text, encoding, said):
    expected = [line.split(",")[2] for line in text.splitlines()[1:]]
    table, problems = read_csv(write(tmp_path, text, encoding=encoding))
    assert table["place_text"].tolist() == expected
    assert table.geometry.notna().all()
    found = [str(problem) for problem in problems]
    if said:
        mend = "check the names, and save it as UTF-8"
        assert found == [f"incidents.csv: not in UTF-8, read as {said}; {mend}"]
    else:
        assert found == []


def test_a_broken_byte_does_not_turn_utf_8_into_something_else(tmp_path):
    path = tmp_path / "incidents.csv"
    path.write_bytes(ARABIC.encode() + "3,2020-01-18,إدل".encode() + b"\xd8,35.9,36.6\n")
    table, problems = read_csv(path)
    assert table["place_text"][0] == "معرة النعمان"
    assert "utf-8 with broken characters" in str(problems[0])


def test_a_broken_byte_behind_a_mark_leaves_the_first_heading_its_name(tmp_path):
    path = tmp_path / "incidents.csv"
    path.write_bytes(ARABIC.encode("utf-8-sig") + "3,2020-01-18,إدل".encode() + b"\xd8,35.9,36.6\n")
    table, problems = read_csv(path)
    assert table["incident_id"].tolist() == ["1", "2", "3"]
    assert table["place_text"][2] == "إدل\ufffd"
    assert "utf-8 with broken characters" in str(problems[0])


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
