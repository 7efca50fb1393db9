"""The examples in the docstrings of the modules on names are true."""

import doctest
import importlib

import pytest

MODULES = [
    *("countries", "normalize", "lines", "spelling", "qualifiers"),
    *("phrase_adjectives", "phrase_arabic", "phrase_words", "phrases"),
    *("sources.generated", "sources.radius", "sources.towns"),
]


@pytest.mark.parametrize("module", MODULES)
def test_examples(module):
    results = doctest.testmod(importlib.import_module(f"gazetteer.{module}"))
    assert results.attempted > 0
    assert results.failed == 0
