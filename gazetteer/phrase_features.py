"""The words for a kind of place round one name in a cell: before it, after it, or in it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gazetteer.phrase_cell_words import (
    load_cell_words,
    load_romanised,
    load_whole,
    match_last,
)
from gazetteer.phrase_units import find_unit, skip_base
from gazetteer.phrase_words import Token, match_words

# "village II", "Sector 4": numbers of a place, as written in either way.
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7"}
_NUMBERED = {number: roman for roman, number in _ROMAN.items()}
_PARTS = frozenset({"region", "neighbourhood", "suburb"})
_SETTLED = frozenset({"village", "town", "city", "suburb"})
# "Markaz Daraa district" is the one round its centre, and called Daraa.
_CENTRE = "markaz"
_AREAS = frozenset({"district", "subdistrict"})
_POSSESSIVES = frozenset({"", "'s", "\u2019s", "'", "\u2019"})
_MARKS = frozenset(",;/-.\u2013\u2014()[]\"'")


class Part(NamedTuple):
    """One name between slashes."""

    name: tuple[Token, ...]
    feature: str
    words: tuple[Token, ...]
    variants: tuple[str, ...]
    number: str = ""


def is_word(token: Token) -> bool:
    """Whether a token is a word or a number, and no mark."""
    return token.text not in _MARKS and any(letter.isalnum() for letter in token.text)


def slice_text(text: str, tokens: Sequence[Token]) -> str:
    """The text of tokens, as written where they stand together."""
    if not tokens:
        return ""
    if is_together(text, tokens):
        return text[tokens[0].start : tokens[-1].end]
    return " ".join(token.text for token in tokens)


def is_together(text: str, tokens: Sequence[Token]) -> bool:
    """Whether nothing but spaces and possessive endings stands between tokens."""
    pairs = pairwise(tokens)
    return all(text[one.end : two.start].strip() in _POSSESSIVES for one, two in pairs)


def _strip(tokens: Sequence[Token]) -> list[Token]:
    """Tokens without marks and articles at their ends."""
    found = list(tokens)
    while found and not is_word(found[-1]) and found[-1].lower != ".":
        found.pop()
    while len(found) > 1 and (not is_word(found[0]) or found[0].lower == "the"):
        found.pop(0)
    return found


def read_part(text: str, tokens: Sequence[Token]) -> Part:
    """One name with its feature words before or after it."""
    tokens = _strip(tokens) or list(tokens)
    unit = _read_unit(text, tokens)
    if unit is not None:
        return unit
    tokens, number = _take_number(tokens)
    last = _read_last(tokens)
    if last is None or last[0] == "region":
        first = _read_first(tokens if last is None else tokens[: last[1]])
        if first is not None:
            return _make_first(text, tokens, first, number, last)
    if last is None:
        return _make_part(text, tokens, _read_own_feature(tokens), number=number)
    feature, after, end = last
    name = _strip_repeated(_strip_describing(tokens[:after], feature), feature)
    whole = slice_text(text, tokens[:end]) if feature in load_whole() and not number else ""
    part = _make_part(text, name, feature, variants=(whole,), number=number)
    return part._replace(words=tuple(tokens[len(name) : end]))


def _read_own_feature(tokens: Sequence[Token]) -> str:
    """The feature that a name says itself: "Jabal Antar", "Sugar factory"."""
    kept = match_words(load_cell_words().kept, tokens, 0)
    if kept is not None and kept[1] < len(tokens):
        return kept[0]
    found = match_last(load_cell_words().features, tokens, len(tokens))
    return found[0] if found and found[0] in load_whole() else ""


def _make_part(
    text: str,
    name: Sequence[Token],
    feature: str,
    *,
    variants: Sequence[str] = (),
    number: str = "",
) -> Part:
    written = slice_text(text, name)
    own = name[-1].text if name else ""
    spellings = [variant for variant in variants if variant and variant != written]
    other = _ROMAN.get(number) or _NUMBERED.get(number, "")
    if number and other:
        spellings.append(f"{written} {other}")
    elif len(name) > 1 and (own in _ROMAN or own in _NUMBERED):
        bare = slice_text(text, name[:-1])
        spellings.append(f"{bare} {_ROMAN.get(own) or _NUMBERED[own]}")
        spellings += [bare] if feature in _PARTS else []
    return Part(tuple(name), feature, (), tuple(spellings), number)


def _read_unit(text: str, tokens: Sequence[Token]) -> Part | None:
    """A base called after a unit; words beside the unit name the place it lies at."""
    unit = find_unit(tokens)
    if unit is None:
        return None
    first, after = skip_base(tokens, unit)
    if first > 0 or any(is_word(token) for token in tokens[after:]):
        return None
    name = tokens[unit.first : unit.after]
    spellings = (slice_text(text, tokens), *unit.names)
    return _make_part(text, name, "base", variants=spellings)


def _take_number(tokens: Sequence[Token]) -> tuple[list[Token], str]:
    """Takes the number off "X village II"; the number of a name stays with it."""
    last = tokens[-1].text if tokens else ""
    if len(tokens) > 2 and (last in _ROMAN or last in _NUMBERED):
        found = match_last(load_cell_words().features, tokens, len(tokens) - 1)
        if found is not None and found[1] > 0:
            return list(tokens[:-1]), last
    return list(tokens), ""


def _has_name(tokens: Sequence[Token]) -> bool:
    """Whether tokens hold a word that is no mark and says nothing of a kind of place."""
    words = load_cell_words()
    said = words.describing | words.links
    return any(t.lower not in said and any(map(str.isalpha, t.text)) for t in tokens)


def _read_last(tokens: Sequence[Token]) -> tuple[str, int, int] | None:
    """The feature of the words at the end, and their span; a vague word gives way."""
    words = load_cell_words()
    found = match_last(words.features, tokens, len(tokens))
    if found is None or not _has_name(tokens[: found[1]]):
        return None
    if tokens[-1].lower in words.vague and found[1] == len(tokens) - 1:
        inner = match_last(words.features, tokens, len(tokens) - 1)
        if inner is not None and inner[0] in load_whole() and _has_name(tokens[: inner[1]]):
            return (*inner, len(tokens) - 1)
    return (*found, len(tokens))


def _strip_describing(tokens: Sequence[Token], feature: str) -> list[Token]:
    """Takes "Thermal", "Military", "town" off the end of a name before a facility's word."""
    words, found = load_cell_words(), list(tokens)
    while feature in load_whole() and len(found) > 1 and _has_name(found[:-1]):
        settled = match_words(words.features, found, len(found) - 1)
        is_settled = settled is not None and settled[0] in _SETTLED and not found[-1].capital
        if found[-1].lower not in words.describing and not is_settled:
            break
        found.pop()
    return found


def _strip_repeated(tokens: list[Token], feature: str) -> list[Token]:
    """Takes "former" and the same feature's word off the beginning: "Mintaqat X district"."""
    while len(tokens) > 1 and tokens[0].lower in load_cell_words().former:
        tokens = tokens[1:]
    found = match_words(load_cell_words().first, tokens, 0)
    if found is not None and found[0] == feature and _has_name(tokens[found[1] :]):
        tokens = tokens[found[1] :]
    if feature in _AREAS and len(tokens) > 1 and tokens[0].lower == _CENTRE:
        return tokens[1:]
    return tokens


def _read_first(tokens: Sequence[Token]) -> tuple[str, int] | None:
    """The feature of the words at the beginning, and where the name after them begins."""
    words = load_cell_words()
    at = 0
    skipped = words.describing | words.former | words.links
    while at < len(tokens) and tokens[at].lower in skipped:
        at += 1
    found = match_words(words.first, tokens, at) or match_words(words.first, tokens, 0)
    if found is None:
        return None
    feature, after = found
    while after < len(tokens) and (
        tokens[after].lower in words.links or tokens[after].lower == "."
    ):
        after += 1
    return (feature, after) if _has_name(tokens[after:]) else None


def _make_first(
    text: str,
    tokens: Sequence[Token],
    first: tuple[str, int],
    number: str,
    last: tuple[str, int, int] | None,
) -> Part:
    feature, after = first
    end = last[1] if last is not None else len(tokens)
    name = tokens[after:end]
    keeps = feature in load_whole() or tokens[0].lower in load_romanised()
    whole = slice_text(text, tokens[:end]) if keeps else ""
    return _make_part(text, name, feature, variants=(whole,), number=number)
