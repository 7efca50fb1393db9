"""The words of place phrases in a cell, in several languages, and a cell as tokens."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from gazetteer.phrase_words import Lexicon, Token, find_tokens, make_lexicon, match_words
from gazetteer.rules import load_rules

# "d'Alep", "м.Харків": a word that joins, or an abbreviation, written together with the name.
_GLUED = re.compile(r"([dl]['\u2019]|(?:[мсг]|смт|пос)(?=\.))\.?(?=\w)", re.IGNORECASE)
# "İlçesi" in lower case: the dot that Python keeps beside the i.
_DOTTED = "i\u0307"
# "border crossing point": no entry of a list has more words.
_MOST_WORDS = 5


class CellWords(NamedTuple):
    """The word lists of `phrase_words_cells.yaml` and `feature_words.yaml`, ready to use."""

    features: Lexicon
    first: Lexicon
    kept: Lexicon
    before: Lexicon
    after: Lexicon
    compass: Lexicon
    conjunctions: Lexicon
    between: Lexicon
    describing: frozenset[str]
    vague: frozenset[str]
    nameless: frozenset[str]
    former: frozenset[str]
    links: frozenset[str]
    also: frozenset[str]
    km: frozenset[str]
    units: frozenset[str]
    unit_kinds: frozenset[str]
    case_endings: frozenset[str]
    genitives: frozenset[str]


_SETS = (
    "describing",
    "vague",
    "nameless",
    "former",
    "links",
    "also",
    "km",
    "units",
    "unit_kinds",
    "case_endings",
    "genitives",
)


def _list_features(*keys: str) -> Iterator[tuple[str, str]]:
    for feature, entry in load_rules("feature_words").items():
        for key in keys:
            for word in entry.get(key, ()):
                yield word, feature


@cache
def load_cell_words() -> CellWords:
    """The words of place phrases in cells."""
    rules = load_rules("phrase_words_cells")
    languages = ("words", "cells", "turkish", "french", "cyrillic")
    last = list(_list_features(*languages))
    never = frozenset(rules["never_first"])
    first = [entry for entry in last if entry[0] not in never]
    return CellWords(
        features=_make_lexicon(last),
        first=_make_lexicon([*first, *_list_features("romanised")]),
        kept=_make_lexicon(_list_features("kept")),
        before=_make_lexicon(_invert(rules["before"])),
        after=_make_lexicon(_invert(rules["after"])),
        compass=_make_lexicon(_invert(rules["compass"])),
        conjunctions=_make_lexicon((word, "and") for word in rules["and"]),
        between=_make_lexicon((word, "between") for word in rules["between"]),
        **{name: frozenset(rules[name]) for name in _SETS},
    )


def _invert(groups: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    return ((word, meaning) for meaning, words in groups.items() for word in words)


def _make_lexicon(entries: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> Lexicon:
    return make_lexicon(entries, find_cell_tokens)


@cache
def load_whole() -> frozenset[str]:
    """The features whose word is part of the name in a gazetteer ("Shaer gas field")."""
    return frozenset(f for f, entry in load_rules("feature_words").items() if entry.get("whole"))


@cache
def load_romanised() -> frozenset[str]:
    """Arabic words for a kind of place, in Latin letters."""
    return frozenset(word for word, _ in _list_features("romanised"))


def find_cell_tokens(text: str) -> list[Token]:
    """The words and marks of a cell, in order, joined words apart, with exact spans.

    >>> [token.lower for token in find_cell_tokens("au nord d'Alep")]
    ['au', 'nord', "d'", 'alep']
    """
    return [part for token in find_tokens(text) for part in _split_token(token)]


def _split_token(token: Token) -> list[Token]:
    lower = token.lower.replace(_DOTTED, "i").replace("\u2019", "'")
    match = _GLUED.match(token.text)
    if match is None or match.end() >= len(token.text):
        return [token._replace(lower=lower)]
    opening, cut = match[1], match.end()
    parts = [Token(opening, token.start, token.start + len(opening), lower[: len(opening)], *_NO)]
    if cut > len(opening):
        parts.append(Token(".", token.start + cut - 1, token.start + cut, ".", *_NO))
    rest = token._replace(
        text=token.text[cut:], start=token.start + cut, lower=lower[cut:], capital=True
    )
    return [*parts, rest]


# Neither possessive nor capital.
_NO = (False, False)


def match_last(lexicon: Lexicon, tokens: Sequence[Token], after: int) -> tuple[str, int] | None:
    """The meaning of the longest entry that ends before a token, and where it begins."""
    for at in range(max(0, after - _MOST_WORDS), after):
        found = match_words(lexicon, tokens[:after], at)
        if found is not None and found[1] == after:
            return found[0], at
    return None
