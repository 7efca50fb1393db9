"""Bases called after a unit: "17th Reserve Division", "Former Brigade 135 Army Base"."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from gazetteer.phrase_cell_words import load_cell_words, match_last
from gazetteer.phrase_words import Token

_ORDINAL = re.compile(r"(\d{1,4})(?:st|nd|rd|th)$")
_NUMBER = re.compile(r"\d{1,4}$")
# "137th Special Missions Air Defense Forces Brigade": no unit has more words before its noun.
_MOST_KINDS = 5


class Unit(NamedTuple):
    """A unit of an army in a cell: its tokens, and the ways its name is written."""

    first: int
    after: int
    number: str
    noun: str

    @property
    def names(self) -> tuple[str, str]:
        """The name in the usual ways: "Division 17", "17th Division"."""
        noun = self.noun.capitalize()
        return f"{noun} {self.number}", f"{to_ordinal(int(self.number))} {noun}"


def to_ordinal(number: int) -> str:
    """A number as an English ordinal.

    >>> [to_ordinal(number) for number in (1, 12, 93, 121)]
    ['1st', '12th', '93rd', '121st']
    """
    last = number % 10 if number % 100 // 10 != 1 else 0
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def find_unit(tokens: Sequence[Token]) -> Unit | None:
    """The first unit with a number in the tokens of a cell; `None` where there is none."""
    units = load_cell_words().units
    for at, token in enumerate(tokens):
        if token.lower in units:
            found = _read_after(tokens, at) or _read_before(tokens, at)
            if found is not None:
                return found
    return None


def _read_after(tokens: Sequence[Token], at: int) -> Unit | None:
    """Reads "Division 17"."""
    if at + 1 < len(tokens) and _NUMBER.match(tokens[at + 1].lower):
        first = at
        while first > 0 and tokens[first - 1].lower in load_cell_words().unit_kinds:
            first -= 1
        return Unit(first, at + 2, tokens[at + 1].lower, tokens[at].lower)
    return None


def _read_before(tokens: Sequence[Token], at: int) -> Unit | None:
    """Reads "17th (Reserve) Division"."""
    kinds = load_cell_words().unit_kinds
    for first in range(at - 1, max(-1, at - 2 - _MOST_KINDS), -1):
        match = _ORDINAL.match(tokens[first].lower) or _NUMBER.match(tokens[first].lower)
        if match:
            number = re.sub(r"\D", "", match.group())
            return Unit(first, at + 1, number, tokens[at].lower)
        if tokens[first].lower not in kinds:
            return None
    return None


def skip_base(tokens: Sequence[Token], unit: Unit) -> tuple[int, int]:
    """The tokens of a unit with the words for its base beside it: "Former ... Army Base"."""
    words = load_cell_words()
    first, after = unit.first, unit.after
    while after < len(tokens) and (
        tokens[after].lower in words.describing or tokens[after].lower in words.vague
    ):
        after += 1
    for end in range(len(tokens), after, -1):
        found = match_last(words.features, tokens, end)
        if found is not None and found[0] == "base" and found[1] <= after:
            after = end
            break
    else:
        after = unit.after
    while first > 0 and tokens[first - 1].lower in words.former:
        first -= 1
    found = match_last(words.first, tokens, first)
    if found is not None and found[0] == "base":
        first = found[1]
    return first, after
