"""Numbers as reports write them: figures, words, ranges, vague words, and their qualifiers."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from text_to_num import text2num

from reports.tokens import Token, ends_with, starts_with
from reports.words import load_set, load_words

YEARS = range(1900, 2100)
FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")


class Quantity(NamedTuple):
    """A number in a sentence, over the tokens `first` to `last` (not included).

    `low`, `best`, `high` are what the words allow: "at least 22" has no high, "up to 50" has
    neither low nor best (a ceiling is no estimate), a range has no best. `bare` is where the
    number itself begins, behind its qualifier.
    """

    first: int
    last: int
    low: int | None
    best: int | None
    high: int | None
    qualifier: str
    bare: int


class _Qualifier(NamedTuple):
    """Where the words before or behind a number end, their name, what they make of it."""

    edge: int
    name: str = ""
    makes: str = "exact"


class _Number(NamedTuple):
    value: int
    last: int
    word: str = ""  # the vague word, where it is one


def find_quantities(tokens: Sequence[Token]) -> list[Quantity]:
    """All numbers that may count people, left to right, none overlapping.

    Years, dates, times, ages, sums of money and percentages are left out.

    >>> from reports.tokens import find_tokens
    >>> [q.low for q in find_quantities(find_tokens("Fifty-one died in 2011, 2,000 fled."))]
    [51, 2000]
    """
    found: list[Quantity] = []
    index = 0
    while index < len(tokens):
        quantity = _read_quantity(tokens, index)
        if quantity and not (found and found[-1].last > quantity.first):
            found.append(quantity)
        index = quantity.last if quantity else index + 1
    return found


def _read_quantity(tokens: Sequence[Token], index: int) -> Quantity | None:
    """The quantity whose number begins at this token."""
    number = _read_number(tokens, index)
    if number is None or _is_other(tokens, index, number):
        return None
    before = _read_qualifier(tokens, index)
    ranged = _read_range(tokens, before.edge, index, number)
    if ranged:
        return ranged
    after = _read_after(tokens, number.last)
    edges = before.edge, after.edge, index
    return _make_quantity(edges, number, before if before.name else after)


def _make_quantity(edges: tuple[int, int, int], number: _Number, qualifier: _Qualifier) -> Quantity:
    """The quantity over its tokens, with what its qualifier makes of the number."""
    first, last, bare = edges
    value, name = number.value, qualifier.name or number.word
    if qualifier.makes == "ceiling":
        return Quantity(first, last, None, None, value, name, bare)
    high = None if qualifier.makes == "floor" or number.word else value
    return Quantity(first, last, value, value, high, name, bare)


def _read_number(tokens: Sequence[Token], index: int) -> _Number | None:
    """A number in figures or words at this token: its value and the token behind it."""
    token = tokens[index]
    if starts_with(tokens, index, "half a dozen"):
        return _Number(6, _skip_of(tokens, index + 3))
    if token.low in load_words("numbers")["vague"]:
        if index and tokens[index - 1].low in ("as", "so", "how", "too"):
            return None
        return _read_vague(tokens, index)
    if FIGURE.fullmatch(token.low):
        return _read_figure(tokens, index)
    last = index
    while last < len(tokens) and _is_cardinal(tokens, last, index):
        last += 1
    run = " ".join(token.low for token in tokens[index:last])
    if run:
        value = parse_cardinal(run)
        return None if value is None else _scaled(tokens, value, last)
    counting = load_words("numbers")["counting"].get(token.low)
    return _Number(counting, _skip_of(tokens, index + 1)) if counting else None


def _read_figure(tokens: Sequence[Token], index: int) -> _Number | None:
    value = float(tokens[index].low.replace(",", ""))
    scaled = _scaled(tokens, value, index + 1)
    return scaled if scaled.value == value or scaled.last > index + 1 else None


def _scaled(tokens: Sequence[Token], value: float, last: int) -> _Number:
    """The number, times the scale behind it: "1.5 million", "two dozen"."""
    scale = load_words("numbers")["scales"].get(tokens[last].low) if last < len(tokens) else None
    if scale is None:
        return _Number(int(value), last)
    return _Number(round(value * scale), _skip_of(tokens, last + 1))


def _read_vague(tokens: Sequence[Token], index: int) -> _Number:
    """A vague word at its lowest: "dozens" 12, "several hundred" 300."""
    words = load_words("numbers")
    value, last = int(words["vague"][tokens[index].low]), index + 1
    word = tokens[index].low
    if last < len(tokens) and tokens[last].low in words["scales"]:
        value, last = value * int(words["scales"][tokens[last].low]), last + 1
    elif starts_with(tokens, last, "of") and last + 1 < len(tokens):
        multiple = tokens[last + 1].low
        if multiple in ("hundreds", "thousands", "millions"):
            value *= {"hundreds": 100, "thousands": 1000, "millions": 1000000}[multiple]
            last += 2
    return _Number(value, _skip_of(tokens, last), word)


def _skip_of(tokens: Sequence[Token], index: int) -> int:
    """Behind the "of" of "dozens of fighters", unless it is a part of a known whole."""
    whole = index + 1 < len(tokens) and tokens[index + 1].low in ("the", "their", "its", "his")
    return index + 1 if starts_with(tokens, index, "of") and not whole else index


def _is_cardinal(tokens: Sequence[Token], index: int, first: int) -> bool:
    """Whether the token goes on a run of number words ("two hundred and five")."""
    words = load_set("numbers", "cardinals")
    low = tokens[index].low
    if low == "and":
        back = index > first and tokens[index - 1].low in ("hundred", "thousand")
        return back and index + 1 < len(tokens) and tokens[index + 1].low in words
    return all(part in words for part in low.split("-"))


@cache
def parse_cardinal(run: str) -> int | None:
    """The value of a run of number words, or `None` where they make no number.

    >>> parse_cardinal("fifty-one")
    51
    """
    try:
        return int(text2num(run, "en"))
    except ValueError:
        return None


def _read_qualifier(tokens: Sequence[Token], index: int) -> _Qualifier:
    """The words before the number that belong to it."""
    found = _Qualifier(index)
    while True:
        size, entry = _find_qualifier(tokens, found.edge)
        if not size:
            return found
        edge = found.edge - size
        named = bool(entry["name"])
        found = (
            _Qualifier(edge, entry["name"], entry["makes"]) if named else found._replace(edge=edge)
        )


def _find_qualifier(tokens: Sequence[Token], index: int) -> tuple[int, dict[str, str]]:
    """The longest qualifier that ends before this token: its number of words, its entry."""
    if index and tokens[index - 1].low in ("a", "an", "the"):
        longer = _find_qualifier_phrase(tokens, index)
        return longer if longer[0] else (1, {"name": "", "makes": "exact"})
    return _find_qualifier_phrase(tokens, index)


def _find_qualifier_phrase(tokens: Sequence[Token], index: int) -> tuple[int, dict[str, str]]:
    """The longest qualifier that ends before this token, by its last word."""
    entries = _qualifiers_by_end().get(tokens[index - 1].low, ()) if index else ()
    for phrase, entry in entries:
        size = ends_with(tokens, index, phrase)
        if size:
            return size, entry
    return 0, {}


@cache
def _qualifiers_by_end() -> dict[str, list[tuple[str, dict[str, str]]]]:
    """The qualifiers by their last word, the longest first."""
    table: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for phrase, entry in load_words("numbers")["qualifiers"].items():
        table.setdefault(phrase.split()[-1], []).append((phrase, entry))
    for entries in table.values():
        entries.sort(key=lambda pair: -len(pair[0].split()))
    return table


def _read_after(tokens: Sequence[Token], last: int) -> _Qualifier:
    """A qualifier behind the number: "20 or more"."""
    for phrase, entry in load_words("numbers")["after"].items():
        size = starts_with(tokens, last, phrase)
        if size:
            return _Qualifier(last + size, entry["name"], entry["makes"])
    return _Qualifier(last)


def _read_range(
    tokens: Sequence[Token], first: int, index: int, number: _Number
) -> Quantity | None:
    """A range: "between 20 and 30", "20 to 30", "20-30"; no best, the report gives none."""
    last = number.last
    if last + 1 >= len(tokens):
        return None
    between = index > 0 and tokens[index - 1].low == "between"
    joins = ("and",) if between else ("to", "or", "-", "\u2013", "\u2014")
    rises = first > 0 and tokens[first - 1].low == "from"
    if tokens[last].low not in joins or rises:
        return None
    upper = _read_number(tokens, last + 1)
    if upper is None or upper.word or upper.value <= number.value:
        return None
    start = index - 1 if between else first
    return Quantity(start, upper.last, number.value, None, upper.value, "between", index)


def _is_other(tokens: Sequence[Token], index: int, number: _Number) -> bool:
    """Whether the number is a date, a year, money, an age or a percentage."""
    words = load_words("numbers")
    before = tokens[index - 1].low if index else ""
    after = tokens[number.last].low if number.last < len(tokens) else ""
    figure = tokens[index].low.isdigit()
    if figure and (before.rstrip(".") in words["months"] or after in words["months"]):
        return True
    if before in ("$", "\u20ac", "\u00a3", "aged", "age", "#", "/", "no") or after in ("%", "/"):
        return not (before == "no" and not figure)
    is_year = figure and number.value in YEARS and number.last == index + 1
    return is_year and (before in words["year_leads"] or index + 1 == len(tokens))
