"""The examples in the docstrings of the modules on names are true."""

import doctest
import importlib

import pytest

MODULES = [
    "countries",
    "normalize",
    "phrase_adjectives",
    "phrase_arabic",
    "phrase_words",
    "phrases",
    "qualifiers",
    "spelling",
]


@pytest.mark.parametrize("module", MODULES)
def test_examples(module):
    results = doctest.testmod(importlib.import_module(f"gazetteer.{module}"))
    assert results.attempted > 0
    assert results.failed == 0
