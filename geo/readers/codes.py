"""Columns that hold codes of UCDP's or ACLED's, read as our words for them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from geo.cells import is_empty, parse_count
from geo.errors import InputError
from geo.incident import COLUMNS
from geo.problem import Problem
from geo.readers.mapping import to_key


class Coded(NamedTuple):
    """A column of codes: its name in the records, what it is of ours, our word for each code."""

    theirs: str
    ours: str
    words: dict[int, str]


def find_coded(
    headings: Sequence[str], columns: Mapping[str, str], file: str
) -> tuple[list[Coded], list[Problem]]:
    """The columns of codes among a table's headings, and a problem that says which were taken.

    `columns` is ours to theirs, as `match_columns` gives it. A column that was mapped to another of
    ours is left alone.
    """
    by_key = {to_key(name): name for name in reversed(headings)}
    renamed = {theirs: ours for ours, theirs in columns.items()}
    found = []
    for coded, beside in _load_codes():
        name = by_key.get(to_key(coded.theirs))
        if name is None or by_key.keys().isdisjoint(beside):
            continue
        stands_as = renamed.get(name, name)
        if stands_as in (name, coded.ours):
            found.append(coded._replace(theirs=stands_as))
    return found, _say_coded(found, columns, file)


def read_codes(record: dict[str, Any], coded: Sequence[Coded]) -> Iterator[tuple[str, str]]:
    """Put our words for its codes into a record; give the column and message of what is no code.

    What the record says itself in our words stays, and so does the column of codes.
    """
    for theirs, ours, words in coded:
        cell = record.get(theirs)
        if is_empty(cell) or (theirs != ours and not is_empty(record.get(ours))):
            continue
        word = words.get(_parse_code(cell))
        if word is not None:
            record[ours] = word
        elif theirs != ours:  # what stands under our own name is checked with all the others
            known = ", ".join(map(str, words))
            yield ours, f"{cell!r} in {theirs} is none of its codes {known}; write one of them"


def _parse_code(cell: Any) -> int:
    """The code, or -1, which is none."""
    try:
        code = parse_count(cell)
    except InputError:
        return -1
    return -1 if code is None else code


def _say_coded(found: Sequence[Coded], columns: Mapping[str, str], file: str) -> list[Problem]:
    if not found:
        return []
    pairs = ", ".join(f"{ours} from {columns.get(theirs, theirs)!r}" for theirs, ours, _ in found)
    message = f"codes read: {pairs}; rename a column that means something else"
    return [Problem(file, None, "", message)]


@cache
def _load_codes() -> list[tuple[Coded, frozenset[str]]]:
    """Each packaged column of codes, and the headings of which one must stand beside it."""
    text = files("geo").joinpath("readers/codes.yaml").read_text(encoding="utf-8")
    choices = {column.name: column.choices for column in COLUMNS}
    loaded = []
    for entry in yaml.safe_load(text):
        coded = Coded(entry["theirs"], entry["ours"], entry["codes"])
        for word in coded.words.values():
            if word not in choices[coded.ours]:
                raise InputError(f"codes.yaml: {coded.theirs}: {word!r} is no {coded.ours}")
        loaded.append((coded, frozenset(map(to_key, entry["beside"]))))
    return loaded
