"""A service that is down, slow, over its quota or answers rubbish never loses a row."""

import sqlite3
from contextlib import closing

import pandas as pd
import pytest
from breaking_server import REPLIES

from benchmarks.nominatim_server import find_free_port
from gazetteer.locate import locate_table
from gazetteer.online import OnlineOptions
from gazetteer.place import Context, Mention
from geo.errors import InputError

pytestmark = pytest.mark.nominatim

SYRIA = Context(country="SY")
SECRET = "k3y-that-nobody-may-see"  # noqa: S105
RUBBISH = "answered with what is no answer"
# What the reader is told; every reply of the breaking server is there.
TOLD = {
    "429": "is over its quota (HTTP 429)",
    "429 wait 7": "is over its quota (HTTP 429)",
    "429 wait an hour": "is over its quota (HTTP 429)",
    "403": "refused us (HTTP 403); check its key, user name or user agent",
    "500": "failed (HTTP 500)",
    "503": "failed (HTTP 503)",
    "html": RUBBISH,
    "truncated": RUBBISH,
    "empty body": RUBBISH,
    "not UTF-8": RUBBISH,
    "another shape": "did not take the question",
    "a number": RUBBISH,
    "nested": RUBBISH,
    "absurd latitude": RUBBISH,
    "not a number": RUBBISH,
    "no coordinates": RUBBISH,
    "huge": "cannot be reached, or broke off",
    "cut": "cannot be reached, or broke off",
    "cut in the middle": RUBBISH,
}


def test_every_reply_is_tried():
    assert set(REPLIES) < set(TOLD)


@pytest.mark.parametrize("mode", TOLD)
def test_a_broken_service_leaves_the_row_with_the_reason(breaking, open_at, gazetteer, mode):
    breaking.modes = [mode]
    table = pd.DataFrame({"place": ["Idlib", "Maar Tamater"], "note": ["a", "b"]})
    online = open_at(breaking.domain)
    located = locate_table(table, gazetteer, place=["place"], country="SY", online=online)
    assert located["note"].tolist() == ["a", "b"]
    assert located["match_method"].tolist() == ["exact", ""]
    why = located["match_reasons"][1][0]
    assert why.startswith("unresolved: no place is called 'Maar Tamater'")
    assert f"nominatim ({breaking.domain}) {TOLD[mode]}" in why
    # A failure is no refusal: it is not kept.
    breaking.modes = ["pass"]
    assert open_at(breaking.domain).resolve(Mention("Maar Tamater"), SYRIA).place is not None


@pytest.mark.parametrize("mode", ["503", "429", "html", "cut", "cut in the middle"])
def test_a_failure_that_passes_is_tried_again_after_a_wait(breaking, open_at, time, mode):
    breaking.modes = [mode, mode, "pass"]
    found = open_at(breaking.domain, wait_s=5).resolve(Mention("Maar Tamater"), SYRIA)
    assert found.place is not None
    assert time.waits == [5, 10]


def test_a_service_that_says_when_to_ask_again_is_asked_then(breaking, open_at, time):
    breaking.modes = ["429 wait 7", "pass"]
    found = open_at(breaking.domain).resolve(Mention("Maar Tamater"), SYRIA)
    assert (found.place is not None, time.waits) == (True, [7])


@pytest.mark.parametrize("mode", ["429 wait an hour", "403"])
def test_a_service_that_refuses_for_long_is_not_asked_again(breaking, open_at, time, mode):
    breaking.modes = [mode]
    online = open_at(breaking.domain)
    online.resolve(Mention("Maar Tamater"), SYRIA)
    second = online.resolve(Mention("Shorlin"), SYRIA)
    assert "was not asked again" in second.unresolved
    assert (len(breaking.requests), time.waits) == (1, [])


def test_after_some_failures_in_a_row_nothing_more_is_asked(breaking, open_at, gazetteer):
    breaking.modes = ["500"]
    table = pd.DataFrame({"place": [f"Maar Tamater {number}" for number in range(20)]})
    online = open_at(breaking.domain, retries=0, most_failures=3)
    located = locate_table(table, gazetteer, place=["place"], country="SY", online=online)
    assert len(breaking.requests) == 3
    assert len(located) == 20
    assert "was not asked again: it failed 3 times in a row" in located["match_reasons"][19][0]


def test_failures_that_are_not_in_a_row_do_not_count(breaking, open_at):
    breaking.modes = ["500", "500", "pass", "500", "500", "pass"]
    online = open_at(breaking.domain, retries=0, most_failures=3)
    for number in range(5):
        online.resolve(Mention(f"Wadi Nowhere {number}"), SYRIA)
    assert online.resolve(Mention("Maar Tamater"), SYRIA).place is not None


def test_a_slow_service_is_waited_for_within_the_time_given(breaking, open_at):
    breaking.delay_s = 0.3
    found = open_at(breaking.domain, timeout_s=30).resolve(Mention("Maar Tamater"), SYRIA)
    assert found.place is not None


@pytest.mark.parametrize("mode", ["pass", "drip"])
def test_a_service_that_is_too_slow_is_not_waited_for(breaking, open_at, mode):
    breaking.modes = [mode]
    breaking.delay_s = 1.5 if mode == "pass" else 0
    online = open_at(breaking.domain, timeout_s=0.5, retries=0)
    told = online.resolve(Mention("Maar Tamater"), SYRIA).unresolved
    assert "did not answer within 0.5 s" in told or "broke off" in told


def test_a_server_that_is_not_there_is_told(open_at):
    told = open_at(f"127.0.0.1:{find_free_port()}").resolve(Mention("Maar Tamater"), SYRIA)
    assert "cannot be reached" in told.unresolved


@pytest.mark.parametrize("mode", ["403", "500", "html", "cut", "pass"])
def test_a_key_is_never_shown_nor_kept(breaking, open_at, cache, mode):
    breaking.modes = [mode]
    settings = {"api_key": SECRET}
    online = open_at(breaking.domain, geocoder="pickpoint", settings=settings)
    found = online.resolve(Mention("Maar Tamater"), SYRIA)
    assert breaking.requests[0]["key"] == SECRET  # it was sent
    shown = f"{found!r} {online.problems!r} {online.options!r}"
    assert SECRET not in shown
    assert SECRET.encode() not in b"".join(p.read_bytes() for p in cache.parent.glob("*sqlite*"))


def test_a_key_is_not_in_an_error_about_settings(open_at):
    with pytest.raises(InputError) as caught:
        open_at("127.0.0.1:1", geocoder="pickpoint", settings={"api_key": SECRET, "scheme": SECRET})
    assert SECRET not in f"{caught.value!r} {caught.value.__cause__!r}"
    assert SECRET not in repr(OnlineOptions("google", {"api_key": SECRET}))


def test_a_cache_that_breaks_loses_no_answer(nominatim, open_at, cache):
    online = open_at(nominatim.domain)
    with closing(sqlite3.connect(cache)) as other:
        other.execute("DROP TABLE answers")
    found = online.resolve(Mention("Maar Tamater"), SYRIA)
    assert found.place is not None
    assert any("cannot be written" in line for line in online.problems)
