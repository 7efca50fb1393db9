"""The examples in the docstrings of maps hold."""

import doctest
import importlib
import pkgutil

import pytest

import maps

MODULES = [f"maps.{module.name}" for module in pkgutil.iter_modules(maps.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [test for name in MODULES for test in finder.find(importlib.import_module(name))]
    assert sum(bool(test.examples) for test in found) >= 5
