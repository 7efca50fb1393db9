"""The command line asks a geocoder when told to, and only then."""

import csv
import json

import pytest

pytestmark = pytest.mark.nominatim

TABLE = "place,governorate\nIdlib,Idlib\nMaar Tamater,Idlib\nZanzaf,Idlib\n"
REPORT = "Shelling killed two civilians in the village of Maar Tamater on Monday, residents said."


def online(server):
    domain = f"domain={server.domain}"
    settings = ("--online-option", domain, "--online-option", "scheme=http")
    return ("--online", "nominatim", "--online-pace", 0, *settings)


def locate(run, tmp_path, *options):
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    columns = ("--place", "place", "--admin1", "governorate", "--country", "SY")
    done = run("locate", tmp_path / "table.csv", *columns, *options)
    assert done.returncode == 0, done.stderr.decode()
    return done, list(csv.DictReader(done.stdout.decode().splitlines()))


def test_locate_asks_for_what_it_does_not_know_and_says_so(run, breaking, tmp_path):
    done, rows = locate(run, tmp_path, *online(breaking))
    assert [row["match_method"] for row in rows] == ["exact", "geocoder", ""]
    assert f"nominatim ({breaking.domain}): 2 names asked" in done.stderr.decode()
    again, rows = locate(run, tmp_path, *online(breaking))
    assert [row["match_method"] for row in rows] == ["exact", "geocoder", ""]
    assert "0 names asked, 2 answered from the cache" in again.stderr.decode()
    assert len(breaking.requests) == 2


def test_locate_asks_nothing_unless_told_to(run, breaking, tmp_path):
    _, rows = locate(run, tmp_path)
    assert [row["match_method"] for row in rows] == ["exact", "", ""]
    assert breaking.requests == []


def test_a_service_that_fails_loses_no_row(run, breaking, tmp_path):
    breaking.modes = ["403"]
    done, rows = locate(run, tmp_path, *online(breaking))
    assert [row["match_method"] for row in rows] == ["exact", "", ""]
    assert "refused us (HTTP 403)" in rows[1]["match_reasons"]
    assert "warning: nominatim" in done.stderr.decode()


def test_find_shows_what_the_service_knows(run, breaking):
    asked = ("find", "Maar Tamater", "--country", "SY", "--json")
    (first, *_) = json.loads(run(*asked, *online(breaking)).stdout)
    assert (first["method"], first["place"]["lat"]) == ("geocoder", 35.5688)
    assert all(found["method"] != "geocoder" for found in json.loads(run(*asked).stdout))
    done = run("find", "Zanzaf", "--country", "SY", *online(breaking))
    assert "no place that a report means (shop=supermarket)" in done.stderr.decode()


def test_a_report_is_read_with_places_the_service_knows(run, breaking):
    words = ("read", "-", "--published", "2026-11-18", "--country", "SY", "--json")
    done = run(*words, *online(breaking), stdin=REPORT.encode())
    assert done.returncode == 0, done.stderr.decode()
    (incident,) = json.loads(done.stdout)["features"]
    assert incident["properties"]["match_method"] == "geocoder"
    assert incident["geometry"]["coordinates"] == pytest.approx([36.5528, 35.5688])


def test_a_map_is_drawn_with_places_the_service_knows(run, breaking, tmp_path):
    done = run(
        *("map", "-", "-o", tmp_path / "map.html", "--geojson", tmp_path / "map.geojson"),
        *("--published", "2026-11-18", "--country", "SY", *online(breaking)),
        stdin=REPORT.encode(),
    )
    assert done.returncode == 0, done.stderr.decode()
    (incident,) = json.loads((tmp_path / "map.geojson").read_text())["features"]
    assert incident["properties"]["place_name"] == "Maar Tamater"


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--online", "nominatim"), 1, "give a user agent"),
        (("--online", "nominatin", "--user-agent", "x@example.org"), 1, "no geocoder"),
        (("--online-option", "domain=x"), 2, "need --online NAME"),
        (("--online", "google", "--online-option", "k3y"), 2, "KEY=VALUE"),
        (("--online", "google", "--online-option", "api_key=env:NOT_THERE"), 2, "has no 'NOT_T"),
        (("--online", "photon", "--online-pace", "-1"), 2, "-1"),
    ],
)
def test_wrong_options_are_told(run, options, code, words):
    done = run("find", "Idlib", *options)
    assert (done.returncode, done.stdout) == (code, b"")
    assert words in done.stderr.decode()
    assert "k3y" not in done.stderr.decode()


def test_a_key_is_read_from_the_environment_and_never_printed(run, breaking):
    breaking.modes = ["403"]
    options = (
        *("--online", "pickpoint", "--online-option", f"domain={breaking.domain}"),
        *("--online-option", "scheme=http", "--online-option", "api_key=env:DESK_KEY"),
    )
    done = run(
        "find", "Zanzaf", "--country", "SY", *options, "--online-pace", 0, env={"DESK_KEY": "k3y"}
    )
    assert breaking.requests[0]["key"] == "k3y"
    assert b"k3y" not in done.stdout + done.stderr
