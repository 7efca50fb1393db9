"""The words of place phrases, and a text as tokens that know what they can be."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from gazetteer.rules import load_rules

# Straight and curly apostrophes, and the marks written for ayn and hamza.
_QUOTES = "'\u2019\u2018\u02bc`\u00b4"
_TOKEN = re.compile(
    rf"\d+(?:[.,]\d+)*(?![^\W_])|[^\W_]+(?:[-.{_QUOTES}][^\W_]+)*(?:['\u2019](?!\w))?|[^\w\s]|_"
)
_POSSESSIVE = re.compile("['\u2019]s$|(?<=s)['\u2019]$")
_PARTS = re.compile(f"[-{_QUOTES}]")

# Words of several tokens to what they mean, keyed by their first token, longest first.
Lexicon = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]


class Token(NamedTuple):
    """A word or mark of a text and its span; `lower` without a possessive ending."""

    text: str
    start: int
    end: int
    lower: str
    possessive: bool
    capital: bool


def find_tokens(text: str) -> list[Token]:
    """The words and marks of a text, in order, with exact spans.

    >>> [token.lower for token in find_tokens("Aleppo's western side, 12.5 km")]
    ['aleppo', 'western', 'side', ',', '12.5', 'km']
    """
    return [_make_token(match) for match in _TOKEN.finditer(text)]


def _make_token(match: re.Match[str]) -> Token:
    text = match.group()
    bare = _POSSESSIVE.sub("", text)
    capital = any(part[:1].isupper() for part in _PARTS.split(bare))
    return Token(
        text, match.start(), match.start() + len(bare), bare.lower(), bare != text, capital
    )


def make_lexicon(
    entries: Iterable[tuple[str, str]], find: Callable[[str], list[Token]] = find_tokens
) -> Lexicon:
    """Entries of one or more words and their meaning, ready for `match_words`.

    `find` makes tokens of an entry, as it does of the text that is read.
    """
    lexicon: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, meaning in entries:
        parts = tuple(token.lower for token in find(words))
        lexicon.setdefault(parts[0], []).append((parts, meaning))
    for found in lexicon.values():
        found.sort(key=lambda entry: -len(entry[0]))
    return lexicon


def match_words(lexicon: Lexicon, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """The meaning of the longest entry that begins at a token, and the token after it."""
    if at >= len(tokens):
        return None
    for parts, meaning in lexicon.get(tokens[at].lower, ()):
        if tuple(token.lower for token in tokens[at : at + len(parts)]) == parts:
            return meaning, at + len(parts)
    return None


class Words(NamedTuple):
    """The word lists of `phrase_words.yaml` and `feature_words.yaml`, ready to use."""

    headings: Lexicon
    parts: Lexicon
    cues: Lexicon
    froms: Lexicon
    directions: Lexicon
    axes: Lexicon
    units: Lexicon
    about: Lexicon
    features: Lexicon
    conjunctions: Lexicon
    numbers: Mapping[str, float]
    joiners: frozenset[str]
    stop: frozenset[str]
    titles: frozenset[str]
    function_words: frozenset[str]
    not_places: frozenset[str]
    opens_name: frozenset[str]
    of_name: frozenset[str]
    openers: frozenset[str]
    half_names: frozenset[str]
    common: frozenset[str]


@cache
def load_words() -> Words:
    """The words of place phrases."""
    rules = load_rules("phrase_words")
    kinds = {"near": "near", "in": "in"}
    return Words(
        headings=make_lexicon(_invert(rules["headings"])),
        parts=make_lexicon(_label(rules, {"land": "land", "part": "part", "edge": "edge"})),
        cues=make_lexicon(_label(rules, kinds)),
        froms=make_lexicon(_label(rules, {"from": "from"})),
        directions=make_lexicon(_label(rules, {"direction": "direction"})),
        axes=make_lexicon(_label(rules, {"axis": "axis"})),
        units=make_lexicon(_invert(rules["units"])),
        about=make_lexicon(_label(rules, {"about": "about"})),
        features=make_lexicon(
            (word, feature)
            for feature, entry in load_rules("feature_words").items()
            for word in entry["words"]
        ),
        conjunctions=make_lexicon(_label(rules, {"and": "and"})),
        numbers=rules["numbers"],
        **{
            name: frozenset(rules[name])
            for name in (
                "joiners",
                "stop",
                "titles",
                "function_words",
                "not_places",
                "opens_name",
                "of_name",
                "openers",
                "half_names",
                "common",
            )
        },
    )


def _invert(groups: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    return ((word, meaning) for meaning, words in groups.items() for word in words)


def _label(
    rules: Mapping[str, Sequence[str]], labels: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    return ((word, label) for key, label in labels.items() for word in rules[key])
