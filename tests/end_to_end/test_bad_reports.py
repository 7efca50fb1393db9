"""Reports that cannot be read: each is named with its mend, and the good ones go on."""

import os
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.end_to_end.conftest import without_rights
from tests.end_to_end.samples import PUBLISHED, REPORT, read_csv

# Name, content, and what is said of it.
UNREADABLE = [
    ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is a PNG picture, no text"),
    ("noise.txt", bytes((7 * n * n + n) % 256 for n in range(4000)), "no text"),
    ("nothing.txt", b"", "is empty; remove it, or save the report's text in it"),
    ("blank.txt", b" \n\n\t", "is empty; remove it"),
    ("cut.json", b'{"text": "Two were', "is no JSON"),
    ("list.json", b'["Two were hurt."]', "expected an object with a key 'text'; got str"),
    ("other.json", b'{"words": "Two were hurt."}', "no text in it; expected 'text'"),
    ("office.docx", b"PK\x03\x04", "is in no format read here; convert it to one of .csv"),
    ("lines.jsonl", b'{"text": 5}\n', "row 1: text expected a text; got int"),
]
ENCODINGS = [
    ("utf-8-sig", ""),
    ("utf-16", "read as utf-16"),
    ("utf-16-le", "read as utf-16-le"),
    ("utf-16-be", "read as utf-16-be"),
    ("cp1252", "read as cp1252"),
]


@pytest.fixture(scope="module")
def said(run: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[str]]:
    """The report ids found in a folder of good and bad files, and what was said."""
    folder = tmp_path_factory.mktemp("reports")
    for name, content, _ in UNREADABLE:
        (folder / name).write_bytes(content)
    (folder / "folder.txt").mkdir()
    (folder / "gone.txt").symlink_to("nowhere")
    for encoding, _ in ENCODINGS:
        text = f"“{REPORT.strip()}” — that was read in {encoding}.\n"
        (folder / f"good-{encoding}.txt").write_bytes(text.encode(encoding))
    done = run("read", folder, "--published", PUBLISHED, "--country", "SY")
    assert done.returncode == 0, done.stderr.decode()
    ids = [row["report_id"] for row in read_csv(done.stdout)]
    return ids, done.stderr.decode().splitlines()


@pytest.mark.parametrize(
    ("name", "reason"),
    [(name, reason) for name, _, reason in UNREADABLE]
    + [
        ("folder.txt", "is a folder in a folder; name it as an input too"),
        ("gone.txt", "cannot be read (No such file or directory); check it"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_reason(
    said: tuple[list[str], list[str]], name: str, reason: str
) -> None:
    (line,) = [line for line in said[1] if f"/{name}" in line]
    assert line.startswith("warning: ")
    assert reason in line


@pytest.mark.parametrize(("encoding", "told"), ENCODINGS)
def test_any_encoding_is_read_and_a_guess_is_told(
    said: tuple[list[str], list[str]], encoding: str, told: str
) -> None:
    assert f"good-{encoding}" in said[0]
    lines = [line for line in said[1] if f"/good-{encoding}.txt" in line]
    assert len(lines) == bool(told)
    assert all(told in line and "save it as UTF-8" in line for line in lines)


def test_the_good_reports_are_all_read_and_nothing_else(said: tuple[list[str], list[str]]) -> None:
    assert sorted(said[0]) == sorted(f"good-{encoding}" for encoding, _ in ENCODINGS)
    assert said[1][-1] == "5 incidents, 0 of them could not be located"


def test_a_report_without_rights_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "b.txt").write_text(REPORT)
    (tmp_path / "b.txt").chmod(0)
    done = run("read", tmp_path, "--published", PUBLISHED, prefix=without_rights())
    assert done.returncode == 0, done.stderr.decode()
    assert "b.txt: cannot be read (Permission denied); check it and its rights" in (
        done.stderr.decode()
    )
    assert len(read_csv(done.stdout)) == 1


def test_what_reports_csv_gets_wrong_is_named_by_row(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "b.txt").write_text("Two were hurt in Idlib.\n")
    (tmp_path / "reports.csv").write_text(
        "file,published,title\na.txt,2019-13-24,Shells\ngone.txt,2019-12-24,Gone\n"
    )
    done = run("read", tmp_path, "--country", "SY")
    lines = done.stderr.decode().splitlines()
    for expected in (
        "row 2: published '2019-13-24' is no date; write YYYY-MM-DD, or leave it empty",
        "row 3: file 'gone.txt' is not in the folder; add the text or remove the row",
        "names no file 'b.txt'",
    ):
        assert any("reports.csv" in line and expected in line for line in lines), expected
    row = read_csv(done.stdout)[0]
    assert row["date_start"] == ""
    assert row["fatalities_best"] == "3"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.mkdir(), "holds no reports; put files in it (.csv, "),
        (lambda path: path.write_bytes(b""), "is in no format read here"),
        (lambda path: path.with_suffix(".txt").write_bytes(b""), "is empty"),
    ],
    ids=["folder", "strange file", "empty file"],
)
def test_where_nothing_can_be_read_nothing_is_written(run: Run, tmp_path, make, reason) -> None:
    path = tmp_path / "input.strange"
    make(path)
    if not path.exists():
        path = path.with_suffix(".txt")
    output = tmp_path / "map.html"
    output.write_text("yesterday's map")
    done = run("map", path, "-o", output)
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith(f"error: no report could be read: {path}: ")
    assert reason in line
    assert output.read_text() == "yesterday's map"


def test_a_date_option_that_is_none_stops_at_once(run: Run, tmp_path: Path) -> None:
    done = run("map", tmp_path, "-o", tmp_path / "m.html", "--published", "2020-02-30")
    assert done.returncode == 2
    assert b"'2020-02-30' is no ISO 8601 date; write YYYY-MM-DD" in done.stderr
    assert os.listdir(tmp_path) == []  # noqa: PTH208


def test_a_country_that_is_none_stops_at_once(run: Run, tmp_path: Path) -> None:
    done = run("map", tmp_path, "-o", tmp_path / "m.html", "--country", "Suria")
    assert done.returncode == 2
    assert b"'Suria' is no country known here; write its code" in done.stderr
