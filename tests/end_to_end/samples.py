"""Input for the tests of the whole chain: reports, a long table, text that means harm."""

import csv
import io
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

REPORT = (
    "Shelling killed three civilians in the village of Talmenes on Monday, "
    "the White Helmets said.\n"
)
PUBLISHED = "2019-12-24"

# What a browser, a template, a terminal or a spreadsheet might take for more than text.
HOSTILE = (
    "<img src=x onerror=window.pwned=1>",
    "${alert(1)}${window.pwned=1}",
    "`${window.pwned=1}`",
    "\\x3cscript\\x3ewindow.pwned=1\\x3c/script\\x3e",
    "</script><script>window.pwned=1</script>",
    "<!--<script>window.pwned=1",
    "--><svg onload=window.pwned=1>",
    "javascript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    "\u202egnp.tluser\u2066 turned",
    "first\u2028second\u2029third",
    "x" * 5_000,
    "=1+cmd|'/c calc'",
    "'\"><b onmouseover=window.pwned=1>bold</b>&lt;",
)
# Only JSON can spell these.
UNWRITABLE = ("tail \ud800 half", "a\x00b nul")


def write_csv(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def read_csv(content: bytes) -> list[dict[str, str]]:
    csv.field_size_limit(20_000_000)
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def read_features(path: Path) -> list[dict[str, object]]:
    features: list[dict[str, object]] = json.loads(path.read_bytes())["features"]
    return features


def write_many(path: Path, count: int = 20_000) -> Path:
    """A table of incidents all over Syria, some without coordinates, from a fixed seed."""
    chance = random.Random(7)  # noqa: S311 - a sample, no secret
    kinds = [
        ("Battles", "Armed clash"),
        ("Explosions/Remote violence", "Air/drone strike"),
        ("Protests", "Peaceful protest"),
    ]
    names = ["Saraqib", "Idlib", "Kafr Nabl", "Ain Issa", "Amuda", "Nowhereville"]
    rows = []
    for number in range(count):
        kind, sub_kind = chance.choice(kinds)
        is_placed = number % 10 != 0
        rows.append(
            {
                "incident_id": f"i{number}",
                "date_start": f"{chance.randint(2015, 2022)}-{chance.randint(1, 12):02}-01",
                "event_type": kind,
                "sub_event_type": sub_kind,
                "actor1": f"Group {number % 40}",
                "fatalities_best": number % 7,
                "place_text": chance.choice(names),
                "country": "SY",
                "latitude": round(chance.uniform(33, 35), 4) if is_placed else "",
                "longitude": round(chance.uniform(37, 40), 4) if is_placed else "",
                "precision": "settlement" if is_placed else "",
                "evidence": f"Sentence number {number} says what happened.",
            }
        )
    return write_csv(path, rows)


def write_hostile_reports(folder: Path) -> Path:
    """A folder of texts with a reports.csv, and of JSON reports, hostile in every field."""
    folder.mkdir()
    about = []
    for number, text in enumerate(HOSTILE):
        line = text.replace("\u2028", " ").replace("\u2029", " ")
        (folder / f"t{number}.txt").write_text(_report(text), encoding="utf-8")
        about.append(
            {"file": f"t{number}.txt", "published": PUBLISHED}
            | dict.fromkeys(("publisher", "url", "title"), line)
        )
    write_csv(folder / "reports.csv", about)
    for number, text in enumerate((*HOSTILE, *UNWRITABLE)):
        fields = dict.fromkeys(("title", "publisher", "url"), text)
        report = {"text": _report(text), "published": PUBLISHED, **fields}
        (folder / f"j{number}.json").write_text(json.dumps(report), encoding="utf-8")
        about.append({"file": f"j{number}.json"} | dict.fromkeys(list(about[0])[1:], ""))
    write_csv(folder / "reports.csv", about)
    return folder


def _report(text: str) -> str:
    return f"Shelling killed three civilians in the village of Talmenes on Monday, {text} said.\n"


TEXT_COLUMNS = (
    "date_text", "event_type", "sub_event_type", "actor1", "actor2", "place_text", "place_name",
    "place_id", "country", "admin1", "admin2", "precision", "match_method", "match_reasons",
    "alternatives", "source", "source_url", "report_id", "evidence", "claims", "notes", "extra",
)  # fmt: skip


def write_hostile_table(path: Path, texts: Iterable[str] = HOSTILE) -> Path:
    """Every hostile text in every text column, once with coordinates and once without.

    Claims and runners-up are given once as bare text and once as the objects they should be.
    """
    rows = []
    for number, text in enumerate(texts):
        base = dict.fromkeys(TEXT_COLUMNS, text)
        figure = {"group": text, "low": 1, "best": 1, "high": 1, "qualifier": text}
        objects = {
            "claims": json.dumps([{"source": text, "fatalities": [figure], "injured": []}]),
            "alternatives": json.dumps([{"name": text, "admin1": text, "why": text}]),
            "match_reasons": json.dumps([text]),
            "notes": json.dumps([text]),
        }
        place = {"longitude": 36 + number / 4, "latitude": 35}
        rows.append({"incident_id": f"p{number}", **base, **objects, **place})
        rows.append({"incident_id": f"n{number}", **base, "longitude": "", "latitude": ""})
    return write_csv(path, rows)
