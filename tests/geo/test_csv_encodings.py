"""A CSV in any encoding is read, and what it was in is said."""

import pytest
from csv_tables import write

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
