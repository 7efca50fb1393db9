"""The examples in the docstrings of the reading side hold."""

import doctest
import importlib

import pytest

MODULES = [
    "anchors", "date_absolute", "date_relative", "datelines", "dates", "decode", "formats", "lines",
    "metadata", "numbers", "read", "report", "sentences", "timewords", "tokens", "toll_links",
    "toll_nouns", "toll_verbs", "tolls", "words",
]  # fmt: skip
WITHOUT = {"anchors", "date_absolute", "date_relative", "formats", "lines", "read", "toll_links",
           "toll_nouns", "toll_verbs", "words"}  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(MODULES) - WITHOUT))
def test_examples(name):
    result = doctest.testmod(importlib.import_module(f"reports.{name}"))
    assert result.failed == 0
    assert result.attempted > 0
