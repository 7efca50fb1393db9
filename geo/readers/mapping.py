"""Which of their columns is which of ours: told by a mapping, or known by its heading."""

import difflib
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml

from geo.errors import InputError, NotFoundError
from geo.incident import COLUMN_NAMES
from geo.problem import Problem

# Columns a table may have beside ours; they become the geometry.
POSITION_COLUMNS = ("longitude", "latitude")

OUR_COLUMNS = (*COLUMN_NAMES, *POSITION_COLUMNS)


def read_mapping(path: str | os.PathLike[str]) -> dict[str, str]:
    """A mapping from a YAML or JSON file: our column to theirs, an entry a line.

    Raises `NotFoundError` or `InputError` where there is none.
    """
    file = Path(path)
    if not file.is_file():
        raise NotFoundError(f"{str(path)!r} does not exist; check the path of the mapping")
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{str(path)!r} is no YAML or JSON in UTF-8: {reason}") from error
    if not isinstance(entries, dict) or not all(isinstance(name, str) for name in entries.values()):
        raise InputError(
            f"{str(path)!r} is no mapping; write one line for each column, ours: theirs, such as "
            "'date_start: Date of incident'"
        )
    return {str(ours): theirs for ours, theirs in entries.items()}


def match_columns(
    headings: Sequence[str], mapping: Mapping[str, str] | None, file: str
) -> tuple[dict[str, str], list[Problem]]:
    """Ours to theirs for a table's headings, and a problem that says what was matched unasked.

    The mapping comes first, then headings that are ours, then headings known to mean ours.
    Raises `InputError` for a column in the mapping that is not ours, `NotFoundError` for one that
    the table does not have.
    """
    told = dict(mapping or {})
    for ours, theirs in told.items():
        _check_entry(ours, theirs, headings, file)
    taken = set(told.values())
    same = {
        name: name for name in headings if name in OUR_COLUMNS and name not in taken | told.keys()
    }
    known = _match_known(
        [name for name in headings if name not in taken], told.keys() | same.keys()
    )
    return {**told, **same, **known}, _say_matched(known, file)


def _check_entry(ours: str, theirs: str, headings: Sequence[str], file: str) -> None:
    if ours not in OUR_COLUMNS:
        raise InputError(f"mapping: {ours!r} is no column of ours; {_suggest(ours, OUR_COLUMNS)}")
    if theirs not in headings:
        raise NotFoundError(
            f"{file!r} has no column {theirs!r} (mapped to {ours}); it has: {', '.join(headings)}"
        )


def _match_known(headings: Sequence[str], taken: set[str]) -> dict[str, str]:
    by_key = {to_key(name): name for name in reversed(headings) if name not in OUR_COLUMNS}
    known: dict[str, str] = {}
    for ours, words in _load_headings().items():
        match = next((by_key[word] for word in (to_key(ours), *words) if word in by_key), None)
        if match is not None and ours not in taken:
            known[ours] = match
            by_key = {key: name for key, name in by_key.items() if name != match}
    return known


def _say_matched(known: Mapping[str, str], file: str) -> list[Problem]:
    if not known:
        return []
    pairs = ", ".join(f"{ours} from {theirs!r}" for ours, theirs in known.items())
    return [
        Problem(
            file,
            None,
            "",
            f"columns matched by their headings: {pairs}; give a mapping where that is wrong",
        )
    ]


def _suggest(given: str, choices: Sequence[str]) -> str:
    near = difflib.get_close_matches(given, choices, n=1)
    return f"did you mean {near[0]!r}?" if near else f"ours are: {', '.join(choices)}"


def to_key(heading: str) -> str:
    """A heading without case, spaces and punctuation, as headings are compared.

    >>> to_key("Event Date")
    'eventdate'
    """
    return re.sub(r"\W|_", "", heading).casefold()


@cache
def _load_headings() -> dict[str, tuple[str, ...]]:
    text = files("geo").joinpath("readers/headings.yaml").read_text(encoding="utf-8")
    table: dict[str, list[str]] = yaml.safe_load(text)
    return {ours: tuple(to_key(str(word)) for word in words) for ours, words in table.items()}
