"""The samples a newcomer starts from: the log reads whole, and says that it is fiction."""

import csv
from pathlib import Path

import pytest
from pandas import isna

from geo.files import read_table
from geo.readers.mapping import read_mapping
from geo.table import ReadResult

EXAMPLES = Path(__file__).parents[1] / "examples"
MAPPING = EXAMPLES / "mapping.yaml"


@pytest.fixture(scope="module")
def log() -> ReadResult:
    return read_table(EXAMPLES / "incidents.csv", mapping=read_mapping(MAPPING))


def test_every_row_and_cell_of_the_log_is_read(log: ReadResult):
    assert len(log.table) == 40
    assert [str(problem) for problem in log.problems if problem.row is not None] == []
    assert (log.table["event_type"] != "").all()
    assert (log.table["sub_event_type"] != "").all()
    with (EXAMPLES / "incidents.csv").open(encoding="utf-8", newline="") as lines:
        hurt = [row["hurt"] for row in csv.DictReader(lines)]
    assert ["" if isna(n) else str(n) for n in log.table["injured_best"]] == hurt
    assert (log.table["evidence"] != "").all()


def test_the_log_cannot_be_taken_for_a_record(log: ReadResult):
    assert set(log.table["date_start"].dt.year) == {2035}
    assert log.table["source"].str.startswith("Example").all()
    assert log.table["source_url"].str.startswith("https://example.org/").all()
    assert "fictional" in (EXAMPLES / "README.md").read_text(encoding="utf-8")


def test_the_log_holds_what_cannot_be_located_and_what_is_ambiguous(log: ReadResult):
    unplaced = log.table[log.table["admin1"] == ""]
    assert unplaced["place_text"].tolist() == ["Samka", "Nowhereville"]


def test_without_the_mapping_its_own_headings_are_not_understood(log: ReadResult):
    bare = read_table(EXAMPLES / "incidents.csv").table
    assert (bare["event_type"] == "").all()
    assert len(bare) == len(log.table)
