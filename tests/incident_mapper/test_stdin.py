"""What is piped in is read as a file of it would be, and the text of a report stays a text."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.files import to_csv, to_geojson
from geo.incident import COLUMN_NAMES
from geo.table import make_table
from incident_mapper.inputs import SNIFFED_BYTES, is_table
from incident_mapper.stdin import name_stdin

EXAMPLES = Path(__file__).parents[2] / "examples"
Run = Callable[..., Any]
TABLE = "incident_id,date,place,killed\n1,2020-01-16,Idlib,4\n2,2020-01-17,Saraqib,\n"
REPORT = "Idlib, Syria, 12 May. Shells hit Saraqib, and three people, all farmers, died.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_is_known_in_any_dress(encoding: str, separator: str, end: str) -> None:
    text = TABLE.replace(",", separator).replace("\n", end)
    assert name_stdin(text.encode(encoding)) == ("stdin.csv", "")
    assert name_stdin(f"{end}{end}{text}".encode(encoding)).name == "stdin.csv"


@pytest.mark.parametrize(
    "text",
    [
        "date,place",
        "place,governorate\nSamka,Idlib\n",
        "date,place\n,Idlib\n",
        "date,place\n\n2020-01-16,Idlib\n",
        "id, date, place\n1, 2020-01-16, Idlib\n",
        "Date, place, killed\n03/04/2019, Idlib, few\n04/04/2019, Hama, 3\n",
        'date,place,"what, in words"\n2020-01-16,"Idlib, Syria",\n',
        'id,evidence,place\n1,"Shells hit.\nThree died.\nOthers fled.",Idlib\n',
        "lat,lon\n35.9,36.6\n",
        "title,text\nShelling,Shells hit Saraqib\n",
        "text,seen\nShells hit Saraqib,yes\n",
        "التاريخ,place,date\n١,إدلب,2020-01-16\n",
        f"id,place,text\n1,Idlib,\"{'Shells hit. ' * 9000}\"\n",
    ],
)  # fmt: skip
def test_tables(text: str) -> None:
    assert name_stdin(text.encode()) == ("stdin.csv", "")


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        f"\ufeff{REPORT}",
        REPORT.replace("\n", "\r\n") * 3,
        "Killed, injured, displaced\nTen were killed, 12 injured, 4,000 displaced, in Idlib.\n",
        "Killed, injured, displaced\n\nTen were killed, 12 were hurt, others fled.\n",
        "Location, Actor\nIn Idlib, clashes broke out.\n",
        "Date, place and source are unknown; what is said, by whom, is not.\n",
        "place\nIdlib\n",
        "Place: Idlib\nDate: 12 May, 2020\nKilled: 3\n",
        "[Reuters] Shells hit Saraqib, killing 3.",
        "Idlib",
        ",",
        ",,,\n,,,\n",
        '"',
        '"Shells hit, and", he said, "three died"\nplace, date\n',
        "<b>Idlib</b>, 3 dead",
        "\ufeff",
        "",
    ],
)
def test_texts(text: str) -> None:
    assert name_stdin(text.encode()) == ("stdin.txt", "")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'{"type": "FeatureCollection", "features": []}', "stdin.geojson"),
        (b'\xef\xbb\xbf\n {"features": [], "type":"FeatureCollection"}', "stdin.geojson"),
        ('{"type": "FeatureCollection"}'.encode("utf-16"), "stdin.geojson"),
        (b'{"text": "Shells hit Saraqib"}', "stdin.json"),
        (b'{\n"text": "Shells hit Saraqib"}\n', "stdin.json"),
        (b'[{"text": "Shells hit Saraqib"}]', "stdin.json"),
        (b" [ ]", "stdin.json"),
        (b'{"text": "a"}\n{"text": "b"}\n', "stdin.jsonl"),
        (b"<!DOCTYPE html>\n<html><p>Shells hit</html>", "stdin.html"),
        (b"\n<html lang=en>", "stdin.html"),
        (b"PAR1\x15\x04", "stdin.parquet"),
        (b"SQLite format 3\0", "stdin.gpkg"),
        (b"fgb\x03fgb\0", "stdin.fgb"),
        (b"\x89PNG\r\n\x1a\n\0\0", "stdin.txt"),
    ],
)
def test_other_kinds(content: bytes, name: str) -> None:
    assert name_stdin(content).name == name


def test_headings_that_a_mapping_names_are_known() -> None:
    text = "wann,wo,wer\n2020-01-16,Idlib,A\n2020-01-17,Hama,B\n"
    doubtful = name_stdin(text.encode())
    assert doubtful.name == "stdin.txt"
    assert "headings ('wann', 'wo', 'wer') are known" in doubtful.note
    assert name_stdin(text.encode(), told=["wo", "wann"]) == ("stdin.csv", "")
    assert name_stdin(text.encode(), told=["wo", "nowhere"]).name == "stdin.txt"


def test_a_long_table_is_cut_without_harm() -> None:
    for shift in range(8):
        row = f"é{'x' * shift},Idlib,2020-01-16\n"
        text = "incident_id,place,date\n" + row * (SNIFFED_BYTES // len(row) + 9)
        assert name_stdin(text.encode()).name == "stdin.csv"


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)


@settings(deadline=None)  # a table of ours takes what the machine has to spare
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6), st.sampled_from(",;\t|"))
def test_what_we_write_is_always_a_table(cells: list[tuple[str, str, str]], separator: str) -> None:
    records = [
        {"incident_id": str(number), "place_text": place, "actor1": actor, "evidence": evidence}
        for number, (place, actor, evidence) in enumerate(cells)
    ]
    table = make_table(records)
    assert name_stdin(to_csv(table).encode()).name == "stdin.csv"
    assert name_stdin(to_geojson(table)).name == "stdin.geojson"
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(records[0] if records else COLUMN_NAMES)
    writer.writerows(record.values() for record in records)
    assert name_stdin(out.getvalue().encode()).name == "stdin.csv"


WORDS = st.sampled_from(
    ["place", "date", "actor", "killed", "Idlib", "on", "source", "three", "he said", "text;", "12"]
)
SENTENCES = st.lists(WORDS, min_size=2, max_size=9).map(lambda words: ", ".join(words) + " fell.")


@given(st.lists(SENTENCES, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_sentences_with_commas_stay_a_text(sentences: list[str], end: str) -> None:
    assert name_stdin(end.join(sentences).encode()).name == "stdin.txt"


@given(st.binary(max_size=200))
def test_nothing_that_is_piped_in_stops_the_program(content: bytes) -> None:
    assert name_stdin(content).name.startswith("stdin.")


def test_tsv_is_a_table_by_its_name(tmp_path: Path) -> None:
    for text, expected in ((TABLE, True), ("title,text\nA,Shells hit\n", False)):
        path = tmp_path / "any.tsv"
        path.write_text(text.replace(",", "\t"), encoding="utf-8")
        assert is_table(path) is expected


@pytest.mark.parametrize("dress", ["{}", "\ufeff{}", "crlf", "semicolons"])
def test_a_table_piped_in_is_the_table_of_its_file(run: Run, tmp_path: Path, dress: str) -> None:
    text = {"crlf": TABLE.replace("\n", "\r\n"), "semicolons": TABLE.replace(",", ";")}.get(
        dress, dress.format(TABLE)
    )
    path = tmp_path / "stdin.csv"
    path.write_text(text, encoding="utf-8", newline="")
    piped = run("read", "-", "--country", "SY", stdin=path.read_bytes())
    named = run("read", path, "--country", "SY")
    assert piped.returncode == 0, piped.stderr.decode()
    assert (piped.stdout, piped.stderr) == (named.stdout, named.stderr)
    rows = list(csv.DictReader(io.StringIO(piped.stdout.decode())))
    assert [row["fatalities_best"] for row in rows] == ["4", ""]


def test_a_mapping_and_a_pipe_make_a_map(run: Run, tmp_path: Path) -> None:
    log, mapping = EXAMPLES / "incidents.csv", EXAMPLES / "mapping.yaml"
    found = tmp_path / "found.geojson"
    options = ("--mapping", mapping, "--country", "SY", "--geojson", found)
    done = run("map", "-", "-o", tmp_path / "map.html", *options, stdin=log.read_bytes())
    assert done.returncode == 0, done.stderr.decode()
    features = json.loads(found.read_bytes())["features"]
    assert len(features) == len(log.read_text(encoding="utf-8").splitlines()) - 1
    assert "injured_best" in yaml.safe_load(mapping.read_text(encoding="utf-8"))


def test_geojson_piped_in_is_located_and_doubt_is_told(run: Run) -> None:
    feature = {"type": "Feature", "properties": {"town": "Idlib"}, "geometry": None}
    table = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    done = run("locate", "-", "--place", "town", "--country", "SY", stdin=table)
    assert done.returncode == 0, done.stderr.decode()
    [row] = csv.DictReader(io.StringIO(done.stdout.decode()))
    assert row["place_name"] == "Idlib"
    rows = "wann,wo,wer\nheute,Idlib,A\ngestern,Hama,B\n"
    done = run("read", "-", stdin=rows.encode())
    assert "warning: standard input looks like a table, but" in done.stderr.decode()
    done = run("locate", "-", "--place", "wo", "--country", "SY", stdin=rows.encode())
    assert "looks like" not in done.stderr.decode()
    assert done.stdout.count(b"\n") == 3
