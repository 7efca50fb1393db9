"""What an input is, told from its name and its first bytes, in any encoding."""

from pathlib import Path

import pytest

from geo.errors import NotFoundError
from incident_mapper.inputs import SNIFFED_BYTES, is_table, read_heading, sort_inputs

REPORTS = 'Text;"Publié, le";Källa\n"Une frappe; à Idlib";2020-01-16;AFP\n'


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_a_heading_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "reports.csv"
    path.write_bytes(REPORTS.encode(encoding))
    assert read_heading(path) == ["text", "publié, le", "källa"]
    assert not is_table(path)


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("النص,المصدر\n", ["النص", "المصدر"]),
        ("a\ttext\n", ["a", "text"]),
        ("a|text\r\n", ["a", "text"]),
        ("\n\na,text", ["a", "text"]),
        ("a,text\rb,c\r", ["a", "text"]),
        ('"a,b",text\n', ["a,b", "text"]),
        ("", []),
        (" \n", []),
    ],
)
def test_separators_quotes_and_empty_lines(tmp_path: Path, heading: str, names: list[str]) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(heading.encode())
    assert read_heading(path) == names


def test_a_letter_cut_in_two_where_the_head_ends_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    row = "é,1\n".encode()
    for shift in range(len(row)):
        heading = b"text," + b"x" * shift + b"\n"
        path.write_bytes(heading + row * SNIFFED_BYTES)
        assert read_heading(path)[0] == "text"


def test_a_file_that_is_no_text_is_left_to_the_reader_of_tables(tmp_path: Path) -> None:
    path = tmp_path / "really.csv"
    path.write_bytes(b"PK\3\4" + bytes(range(256)))
    assert read_heading(path) == []
    assert is_table(path)


def test_inputs_are_sorted_by_what_they_hold(tmp_path: Path) -> None:
    names = ["a.csv", "b.csv", "c.geojson", "d.json", "e.json", "f.txt"]
    contents = [REPORTS, "date,place\n", "{}", '{"type": "FeatureCollection"}', "[]", "text"]
    for name, content in zip(names, contents, strict=True):
        (tmp_path / name).write_text(content, "utf-8")
    found = sort_inputs([tmp_path, *(tmp_path / name for name in names)])
    assert [path.name for path in found.tables] == ["b.csv", "c.geojson", "d.json"]
    assert [path.name for path in found.reports] == [tmp_path.name, "a.csv", "e.json", "f.txt"]
    with pytest.raises(NotFoundError, match="no such file or folder"):
        sort_inputs([tmp_path / "none.csv"])
