"""The gold the extraction is measured by is data: it must quote its texts and use our words."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geo.incident import EVENT_TYPES
from geo.regions import RELATIONS

HERE = Path(__file__).parent / "gold"
EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
GOLDS = [(HERE / "examples.json", EXAMPLES)] + [
    (path, path.parent) for path in sorted((HERE / "held_out").glob("*.json"))
]


def _load(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


INCIDENTS = [
    pytest.param(incident, folder / file, id=incident["id"])
    for path, folder in GOLDS
    for file, found in _load(path)["gold"].items()
    for incident in found["incidents"]
]


def test_there_are_five_samples_and_three_held_out():
    assert [len(_load(path)["gold"]) for path, _ in GOLDS] == [5, 1, 1, 1]


@pytest.mark.parametrize(("path", "folder"), GOLDS, ids=lambda path: path.stem)
def test_every_text_has_its_publication_date_and_is_quoted_rightly(path: Path, folder: Path):
    gold = _load(path)
    assert [report["file"] for report in gold["reports"]] == list(gold["gold"])
    for report in gold["reports"]:
        text = (folder / report["file"]).read_text(encoding="utf-8")
        assert date.fromisoformat(report["published"])
        assert [n for n in gold["gold"][report["file"]]["not_incidents"] if n not in text] == []


def test_sample_reports_are_those_of_the_table_beside_them():
    with (EXAMPLES / "reports.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["file"]: row for row in csv.DictReader(lines)}
    assert set(rows) == {path.name for path in EXAMPLES.glob("*.txt")}
    for report in _load(HERE / "examples.json")["reports"]:
        assert rows[report["file"]]["published"] == report["published"]
        assert rows[report["file"]]["title"] in (EXAMPLES / report["file"]).read_text("utf-8")


@pytest.mark.parametrize(("incident", "path"), INCIDENTS)
def test_incident_quotes_its_text_and_uses_our_words(incident: dict[str, Any], path: Path):
    text = path.read_text(encoding="utf-8")
    assert incident["evidence"] in text
    assert incident["sub_event_type"] in EVENT_TYPES[incident["event_type"]]
    assert date.fromisoformat(incident["start"]) <= date.fromisoformat(
        incident["end"] or incident["start"]
    )
    for place in incident["places"]:
        assert place["mention"].startswith("(") or place["mention"] in text
        assert place["relation"] in RELATIONS
        assert place["tolerance_km"] > 0
    for toll in (*incident["fatalities"], *incident["injured"]):
        assert {"low", "high"} & toll.keys()


SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
SHARED_WORDS = 8  # a name with its title and a date is shorter; a sentence taken over is longer


def _shingles(path: Path) -> set[tuple[str, ...]]:
    words = path.read_text(encoding="utf-8").casefold().split()
    return {tuple(words[at : at + SHARED_WORDS]) for at in range(len(words) - SHARED_WORDS + 1)}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_no_sample_takes_over_a_sentence_of_a_seed(path: Path):
    if not SEEDS.is_dir():
        pytest.skip("../shared/seeds is absent: the samples are not compared with the seeds")
    taken = [_shingles(path) & _shingles(seed) for seed in SEEDS.glob("*.txt")]
    assert not set().union(*taken)
