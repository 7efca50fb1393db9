"""The packaged words of this package, each file loaded once and checked as it is loaded."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

from geo.errors import InputError


@cache
def load_words(name: str) -> Mapping[str, Any]:
    """The packaged table `reports/data/NAME.yaml`, as read; every list holds text or mappings.

    A file that is no mapping, or an empty entry in a list, stops the program with file and key.
    """
    file = f"reports/data/{name}.yaml"
    source = resources.files("reports") / "data" / f"{name}.yaml"
    table = yaml.safe_load(source.read_text(encoding="utf-8"))
    if not isinstance(table, dict):
        raise InputError(f"{file}: expected a mapping of keys to words; got {type(table).__name__}")
    for key, value in table.items():
        _check_entry(file, key, value)
    return MappingProxyType(table)


def _check_entry(file: str, key: str, value: object) -> None:
    if value is None or value in ("", [], {}):
        raise InputError(f"{file}: key {key!r} is empty; give it an entry or remove it")
    if isinstance(value, list):
        bad = [item for item in value if not isinstance(item, str | dict) or not item]
        if bad or len({str(item) for item in value}) < len(value):
            raise InputError(
                f"{file}: key {key!r} has an entry that is empty, twice, or no text: "
                f"{bad[:1] or 'twice'}; quote words such as 'no' and 'on'"
            )


@cache
def load_set(name: str, key: str) -> frozenset[str]:
    """The words under one key of a packaged table, as a set."""
    entries = load_words(name)[key]
    return frozenset(entries)
