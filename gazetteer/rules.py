"""The rules about names, loaded from the YAML files beside the code and checked."""

from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

import yaml


@cache
def load_rules(name: str) -> Any:
    """Returns the content of `gazetteer/data/NAME.yaml`."""
    text = (files("gazetteer") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe


def make_error(name: str, entry: object, message: str) -> ValueError:
    """Returns the error for a bad entry: which file, which entry, and why."""
    return ValueError(f"gazetteer/data/{name}.yaml, entry {entry!r}: {message}")


@cache
def load_name_words() -> dict[str, str]:
    """Every spelling of a word that opens or joins names, and the form it is kept in."""
    forms: dict[str, str] = {}
    for entry in load_rules("name_words"):
        for script in ("latin", "arabic"):
            spellings = entry.get(script, [])
            for spelling in spellings:
                if forms.get(spelling, spellings[0]) != spellings[0]:
                    raise make_error("name_words", spelling, "stands under two words")
                forms[spelling] = spellings[0]
    return forms


@cache
def load_generic_words() -> dict[str, float]:
    """Words that say what kind of place it is, and how much of their weight they keep."""
    weights: dict[str, float] = {}
    for weight, lists in load_rules("generic_words").items():
        for word in chain.from_iterable(lists):
            if word in weights:
                raise make_error("generic_words", word, "stands twice")
            weights[word] = float(weight)
    return weights


@cache
def load_qualifiers() -> frozenset[str]:
    """Words that tell namesakes apart and stand before or after a name: eastern, upper, old."""
    return frozenset(load_rules("qualifiers"))
