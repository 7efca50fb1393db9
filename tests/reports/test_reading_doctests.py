"""The examples in the docstrings of the steps from sentence to incident hold."""

import doctest
import importlib
from importlib import resources

import pytest

from reports.words import load_words

MODULES = ["actors", "clauses", "countries", "event_sides", "events", "losses", "mentions", "merge"]
MODULES += ["sides", "sources"]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    result = doctest.testmod(importlib.import_module(f"reports.{name}"))
    assert result.failed == 0
    assert result.attempted > 0


@pytest.mark.parametrize(
    "name", ["actors", "background", "countries", "events", "mentions", "sources"]
)
def test_every_table_loads_and_names_its_source(name):
    assert load_words(name)
    text = (resources.files("reports") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    head = text.split("\n\n", 1)[0].lower()
    assert "source" in head or "collected by us" in head or "words:" in head
