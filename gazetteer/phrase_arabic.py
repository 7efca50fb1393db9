"""Place phrases in Arabic cells: "ريف حلب الجنوبي", "مطار أبو الظهور العسكري", "شمال إدلب"."""

import re
from functools import cache
from typing import NamedTuple

from gazetteer.normalize import fold
from gazetteer.phrase_parts import PlacePhrase, is_facility
from gazetteer.place import Mention
from gazetteer.rules import load_rules

_ARABIC = re.compile("[\u0600-\u06ff]")
_WORD = re.compile(r"\S+")
_DASH = re.compile(r"\s+[-\u2013\u2014/]\s+")


class _Words(NamedTuple):
    features: dict[str, str]
    headings: dict[str, str]
    land: frozenset[str]
    near: frozenset[str]
    between: frozenset[str]
    military: frozenset[str]


@cache
def _load_words() -> _Words:
    rules = load_rules("phrase_words_arabic")
    features = {
        fold(word): feature
        for feature, entry in load_rules("feature_words").items()
        for word in entry.get("arabic", ())
    }
    headings = {fold(word): key for key, words in rules["headings"].items() for word in words}
    sets = [
        frozenset(fold(word) for word in rules[key])
        for key in ("land", "near", "between", "military")
    ]
    return _Words(features, headings, *sets)


def parse_arabic(text: str) -> PlacePhrase | None:
    """Reads a cell in Arabic script as one place phrase; `None` for other scripts.

    >>> parse_arabic("ريف حلب الجنوبي").headings
    ('south',)
    """
    if not _ARABIC.search(text):
        return None
    dash = _DASH.search(text)
    if dash:
        return _parse_parts(text, text[: dash.start()], text[dash.end() :])
    words = [match.group() for match in _WORD.finditer(text)]
    return _read_words(text, words)


def _parse_parts(text: str, first: str, second: str) -> PlacePhrase:
    """City and neighbourhood, or the other way round: the gazetteer knows."""
    city, part = _read_words(first, first.split()), _read_words(second, second.split())
    inner, outer = part.mentions[0], city.mentions[0]
    inner = Mention(inner.text, inner.feature or "neighbourhood", inner.variants, 0, len(second))
    return PlacePhrase(text, 0, len(text), "in", (inner,), containers=(outer,))


def _read_words(text: str, words: list[str]) -> PlacePhrase:
    rules = _load_words()
    headings: list[str] = []
    relation, countryside, whole = "in", False, " ".join(words)
    while len(words) > 1:
        first, last = fold(words[0]), fold(words[-1])
        if first in rules.near:
            relation, words = "near", words[1:]
        elif first in rules.land:
            countryside, words = True, words[1:]
        elif first in rules.headings:
            headings, words = [*headings, rules.headings[first]], words[1:]
        elif last in rules.headings and countryside:
            headings, words = [*headings, rules.headings[last]], words[:-1]
        else:
            break
    if headings or countryside:
        relation = "sector"
    mention = _read_feature(words, whole)
    return PlacePhrase(
        text, 0, len(text), relation, (mention,), tuple(headings), countryside=countryside
    )


def _read_feature(words: list[str], whole: str) -> Mention:
    rules = _load_words()
    feature, name = "", words
    if len(words) > 1 and fold(words[0]) in rules.features:
        feature, name = rules.features[fold(words[0])], words[1:]
    if feature == "airport" and len(name) > 1 and fold(name[-1]) in rules.military:
        feature, name = "airbase", name[:-1]
    text = " ".join(name)
    variants = (whole,) if is_facility(feature) or feature in {"mountain", "water"} else ()
    return Mention(text, feature, variants, 0, len(text))
