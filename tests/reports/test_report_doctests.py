"""The examples in the docstrings of the reading side hold."""

import doctest
import importlib

import pytest

MODULES = [
    "datelines",
    "dates",
    "decode",
    "metadata",
    "numbers",
    "report",
    "sentences",
    "timewords",
    "tokens",
    "tolls",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    result = doctest.testmod(importlib.import_module(f"reports.{name}"))
    assert result.failed == 0
    assert result.attempted > 0
