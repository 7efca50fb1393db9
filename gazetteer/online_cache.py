"""What geocoders answered before, in SQLite: answers and refusals, each with its date.

No key, name of a user or password is ever written: of a geocoder's settings only those that change
its answers (`online_service.Question`) are part of the key.
"""

import sqlite3
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from gazetteer.online_answers import Answer
from geo.errors import InputError, OutputError

# Raised when what is asked or kept changes its meaning: older answers are then asked for anew.
_VERSION = 1
# Another process may be writing; it takes milliseconds.
_WAIT_S = 30.0
_TABLE = """
CREATE TABLE IF NOT EXISTS answers (
    question TEXT PRIMARY KEY, asked_at TEXT NOT NULL, answers TEXT NOT NULL
) WITHOUT ROWID
"""
_TURNS = "CREATE TABLE IF NOT EXISTS turns (service TEXT PRIMARY KEY, at REAL) WITHOUT ROWID"


class Kept(NamedTuple):
    """An answer kept: the places (none: the service knew nothing), and when it was given."""

    answers: list[Answer]
    asked_at: datetime


def open_cache(path: Path | None) -> sqlite3.Connection:
    """Returns the cache, open; one in memory, for this call, without a path.

    Raises `OutputError` where it cannot be written, `InputError` where it is no such file.
    """
    try:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # it tells what was looked for
        cache = sqlite3.connect(path or ":memory:", timeout=_WAIT_S, isolation_level=None)
    except (OSError, sqlite3.OperationalError) as error:
        raise OutputError(f"{path}: the cache cannot be written; give another folder") from error
    try:
        cache.execute(_TABLE)
        cache.execute(_TURNS)
    except sqlite3.OperationalError as error:
        cache.close()
        raise OutputError(f"{path}: {error}; give the cache another folder") from error
    except sqlite3.DatabaseError as error:
        cache.close()
        raise InputError(f"{path} is no cache of geocoders' answers; delete it") from error
    return cache


def make_key(*parts: Any) -> str:
    """The key of a question: all that its answer depends on, readable.

    >>> make_key("nominatim", "Samka", None)
    '[1,"nominatim","Samka",null]'
    """
    return orjson.dumps([_VERSION, *parts]).decode()


def lookup_answers(
    cache: sqlite3.Connection, key: str, *, now: datetime, max_age_days: float
) -> Kept | None:
    """Returns what was answered, if that was not too long ago; `None` if nothing is kept."""
    query = "SELECT asked_at, answers FROM answers WHERE question = ?"
    with closing(cache.execute(query, (key,))) as found:
        row = found.fetchone()
    if row is None:
        return None
    asked_at = datetime.fromisoformat(row[0])
    if not timedelta(0) <= now - asked_at <= timedelta(days=max_age_days):
        return None
    return Kept([_to_answer(entry) for entry in orjson.loads(row[1])], asked_at)


def keep_answers(cache: sqlite3.Connection, key: str, kept: Kept) -> None:
    """Keeps an answer, or that there was none, in place of an older one."""
    text = orjson.dumps([asdict(answer) for answer in kept.answers]).decode()
    row = (key, kept.asked_at.astimezone(UTC).isoformat(timespec="seconds"), text)
    cache.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", row)


def take_turn(cache: sqlite3.Connection, service: str, *, pace_s: float, now: datetime) -> float:
    """Takes the next free moment to ask a service; returns how many seconds off it is.

    Several processes that share a cache so keep one pace between them.
    """
    here = now.timestamp()
    cache.execute("BEGIN IMMEDIATE")
    try:
        row = cache.execute("SELECT at FROM turns WHERE service = ?", (service,)).fetchone()
        at = here if row is None else max(here, row[0] + pace_s)
        cache.execute("INSERT OR REPLACE INTO turns VALUES (?, ?)", (service, at))
    finally:
        cache.execute("COMMIT")
    return at - here


def _to_answer(entry: dict[str, Any]) -> Answer:
    box = entry["box"]
    whole = entry | {"names": tuple(entry["names"]), "box": None if box is None else tuple(box)}
    return Answer(**whole)
