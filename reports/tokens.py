"""Words of a sentence with their spans: what the pattern finders walk over."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_JOINS = "'\u2019\u02bc\u2010\u2011-"  # apostrophes and hyphens within a word
TOKEN = re.compile(
    r"\d{1,2}[:.]\d{2}(?=\s?(?:[ap]\.?m\b|hours|GMT|UTC))|\d{1,2}:\d{2}"  # a time of day
    r"|\d{1,3}(?:,\d{3})+(?!\d)"  # 370,000
    r"|\d+(?:\.\d+)?(?:-[^\W\d_]+)+"  # 25-year-old, 4-storey
    r"|\d+(?:st|nd|rd|th|s)\b"  # 4th, 1990s
    r"|\d+\.\d+(?!\.?\d)|\d+(?![^\W\d_])"
    rf"|[^\W_]+(?:[{_JOINS}][^\W_]+)*"
    r"|\S"
)


class Token(NamedTuple):
    """A word, a number or a mark; `low` is its lower case with straight apostrophes."""

    text: str
    low: str
    start: int
    end: int


def find_tokens(text: str) -> list[Token]:
    """The words, numbers and marks of a text, each with its span; white space is left out.

    >>> [token.text for token in find_tokens("Some 450 al-Nusra men, aged 20.")]
    ['Some', '450', 'al-Nusra', 'men', ',', 'aged', '20', '.']
    """
    return [
        Token(m.group(), m.group().lower().replace("\u2019", "'"), m.start(), m.end())
        for m in TOKEN.finditer(text)
    ]


def starts_with(tokens: Sequence[Token], index: int, phrase: str) -> int:
    """How many tokens from `index` on are the words of `phrase`; 0 where they are not.

    >>> starts_with(find_tokens("he lost his life"), 1, "lost his life")
    3
    """
    words = phrase.split()
    found = [token.low for token in tokens[index : index + len(words)]]
    return len(words) if found == words else 0


def ends_with(tokens: Sequence[Token], index: int, phrase: str) -> int:
    """How many tokens before `index` are the words of `phrase`; 0 where they are not.

    >>> ends_with(find_tokens("at least 5"), 2, "at least")
    2
    """
    size = len(phrase.split())
    return size if size <= index and starts_with(tokens, index - size, phrase) else 0
