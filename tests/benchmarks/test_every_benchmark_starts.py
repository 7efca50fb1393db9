"""Each benchmark can at least be imported and says how it is run."""

import importlib
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", MODULES)
def test_import(name: str) -> None:
    module = importlib.import_module(f"benchmarks.{name}")
    assert module.__doc__
