"""Tables of any make are read row by row: encodings, quotes, spreadsheets, tags below headings."""

from pathlib import Path

import openpyxl
import pytest

from gazetteer.sources.rows import read_heading, read_rows
from geo.errors import InputError
from geo.problem import Problem


def read(path: Path) -> tuple[list[dict[str, str]], list[str]]:
    found = list(read_rows(path))
    rows = [dict(one[1]) for one in found if not isinstance(one, Problem)]
    return rows, [str(one) for one in found if isinstance(one, Problem)]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_quotes_line_ends_and_missing_cells(tmp_path: Path) -> None:
    text = 'name,note,lat\r\n"Tal, the ""old""","two\nlines",1\r\n\r\nHama\r\nHoms,x,2,more'
    rows, problems = read(write(tmp_path / "a.csv", text))
    assert rows == [
        {"name": 'Tal, the "old"', "note": "two\nlines", "lat": "1"},
        {"name": "Hama", "note": "", "lat": ""},
        {"name": "Homs", "note": "x", "lat": "2"},
    ]
    assert problems == []


def test_a_quote_never_closed_costs_its_own_row_only(tmp_path: Path) -> None:
    many = "".join(f"place {number},{number}\n" for number in range(500))
    rows, problems = read(write(tmp_path / "a.csv", f'name,lat\n"Tal Abyad,1\n{many}'))
    assert [row["name"] for row in rows] == [f"place {number}" for number in range(500)]
    assert problems == [
        "a.csv, row 2: '\"Tal Abyad,1\\n' has a quote that is never closed; close or remove it"
    ]
    rows, problems = read(write(tmp_path / "b.csv", 'name,lat\nHama,1\n"Homs,2\nIdlib,3\n'))
    assert [row["name"] for row in rows] == ["Hama", "Idlib"]
    assert len(problems) == 1


def test_tags_below_the_heading_are_no_row(tmp_path: Path) -> None:
    text = "ADM1_EN,lat,lon\n#adm1+name,#geo+lat,#geo+lon\nIdlib,35.9,36.6\n"
    assert read(write(tmp_path / "a.csv", text))[0] == [
        {"ADM1_EN": "Idlib", "lat": "35.9", "lon": "36.6"}
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "name,lat\n" + "إدلب,1\nحلب,2\nمعرة النعمان,3\nسراقب,4\n" * 3
    rows, problems = read(write(tmp_path / "a.csv", text, encoding))
    assert [row["name"] for row in rows[:2]] == ["إدلب", "حلب"]
    assert len(problems) == (encoding != "utf-8-sig")


def test_an_encoding_that_shows_late_is_found(tmp_path: Path) -> None:
    plain = "".join(f"place {number},{number}\n" for number in range(80_000))  # 1.3 MB of ASCII
    foreign = "معرة النعمان,1\nسراقب,2\nخان شيخون,3\n" * 20
    rows, problems = read(write(tmp_path / "a.csv", f"name,lat\n{plain}{foreign}", "cp1256"))
    assert rows[-1]["name"] == "خان شيخون"
    assert "read as cp1256" in problems[0]


def test_a_line_without_end_is_cut_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"name,lat\nHama,1\n" + b"x" * 3_000_000 + b"\nHoms,2\n")
    rows, _ = read(path)
    assert [row["name"][:4] for row in rows] == ["Hama", "xxxx", "Homs"]
    assert len(rows[1]["name"]) < 2_000_000


def test_a_spreadsheet_is_read_from_its_heading(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["Read me"])
    sheet = book.create_sheet("Places")
    for row in [
        ["Gazetteer of 2024"],
        [],
        ["name", "lat", "lon", "people"],
        ["#loc+name", "#geo+lat", "#geo+lon", "#population"],
        ["إدلب", 35.93, 36.63, 128840.0],
        ["Hama", 35.13, 36, None],
    ]:
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    assert read_heading(tmp_path / "a.xlsx") == ["name", "lat", "lon", "people"]
    rows, problems = read(tmp_path / "a.xlsx")
    assert rows == [
        {"name": "إدلب", "lat": "35.93", "lon": "36.63", "people": "128840"},
        {"name": "Hama", "lat": "35.13", "lon": "36", "people": ""},
    ]
    assert problems == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"name,lat\n", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_spreadsheet_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(InputError, match="cannot be read as a spreadsheet"):
        list(read_rows(tmp_path / "a.xlsx"))
