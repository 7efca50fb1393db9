"""The words of place phrases in Arabic, and an Arabic cell as tokens."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from gazetteer.normalize import fold
from gazetteer.phrase_cell_words import load_whole
from gazetteer.phrase_words import Lexicon, Token, make_lexicon
from gazetteer.rules import load_rules

# Vowel signs are part of a word, which `\w` does not know.
_TOKEN = re.compile(r"[^\s,\u060c()/\u2013\u2014-]+|[,\u060c()/\u2013\u2014-]")
_ARTICLE = "ال"
# Meanings of opening words that are no heading.
SAID = frozenset({"near", "land", "between", "distance"})


class ArabicWords(NamedTuple):
    """The word lists of `phrase_words_arabic.yaml` and `feature_words.yaml`, folded."""

    features: Lexicon
    headings: Lexicon
    opening: Lexicon
    inside: Lexicon
    joined: Mapping[str, str]
    units: Mapping[str, str]
    describing: frozenset[str]
    military: frozenset[str]
    air: frozenset[str]
    km: frozenset[str]
    whole: frozenset[str]
    inside_joined: frozenset[str]

    def is_joined(self, token: Token) -> bool:
        """Whether a word has "in" written before it: "بريف"."""
        return token.text in self.inside_joined


def find_arabic_tokens(text: str) -> list[Token]:
    """The words and marks of a text with exact spans; `lower` is the folded word.

    >>> [token.text for token in find_arabic_tokens("حمص - الوعر")]
    ['حمص', '-', 'الوعر']
    """
    return [
        Token(m.group(), m.start(), m.end(), fold(m.group()) or m.group(), False, False)  # noqa: FBT003
        for m in _TOKEN.finditer(text)
    ]


def opens(token: Token) -> bool:
    """Whether a word can open a phrase: it has no article."""
    return not token.text.startswith(_ARTICLE)


@cache
def load_arabic_words() -> ArabicWords:
    """The words of place phrases in Arabic."""
    rules = load_rules("phrase_words_arabic")
    headings = [(word, key) for key, words in rules["headings"].items() for word in words]
    opening = [
        (word, key) for key in ("land", "near", "between", "distance") for word in rules[key]
    ]
    inside = [(word, "in") for word in rules["inside"]]
    inside += [(word, "joined") for word in rules["inside_joined"]]
    features = [
        (word, feature)
        for feature, entry in load_rules("feature_words").items()
        for word in entry.get("arabic", ())
    ]
    return ArabicWords(
        features=make_lexicon(features, find_arabic_tokens),
        headings=make_lexicon(headings, find_arabic_tokens),
        opening=make_lexicon([*headings, *opening], find_arabic_tokens),
        inside=make_lexicon(inside, find_arabic_tokens),
        joined=rules["joined"],
        units=rules["units"],
        describing=_fold_all(rules, "describing"),
        military=_fold_all(rules, "military"),
        air=_fold_all(rules, "air"),
        km=_fold_all(rules, "km"),
        whole=load_whole(),
        inside_joined=frozenset(rules["inside_joined"]),
    )


def _fold_all(rules: Mapping[str, Any], key: str) -> frozenset[str]:
    words: Sequence[str] = rules[key]
    return frozenset(fold(word) for word in words)
