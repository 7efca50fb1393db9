"""Names as other hands write them: one small function a way, rules in names_degraded.yaml.

Every function takes a name and returns it changed, or as it was where the way does not apply (no
article to drop). Words for the kind of place stay. What is drawn by lot is drawn from a hash of
the name, so that a name is always degraded alike.
"""

import hashlib
import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_RULES = Path(__file__).with_name("names_degraded.yaml")
_PIECE = re.compile(r"[^\W\d_](?:[^\W\d_]|['`\u2018\u2019])*")
_CONSONANT = "bcdfghjklmnpqrstvwxz"
# A typo in a name of two or three letters makes another name.
_LEAST_LETTERS = 4


@cache
def load_rules() -> dict[str, Any]:
    """The rules of `names_degraded.yaml`."""
    rules: dict[str, Any] = yaml.safe_load(_RULES.read_text(encoding="utf-8"))
    return rules


def _draw(name: str, way: str) -> random.Random:
    seed = hashlib.sha256(f"{way} {name}".encode()).digest()
    return random.Random(seed)  # noqa: S311 - a fixed draw, no secret


def _change_words(name: str, change: Callable[[str], str]) -> str:
    """The name with each of its own words changed, in lower case, and the case put back."""
    kept = set(load_rules()["kept"])

    def change_one(match: re.Match[str]) -> str:
        word = match.group()
        if word.lower() in kept:
            return word
        made = change(word.lower())
        return made[:1].upper() + made[1:] if word[0].isupper() else made

    return _PIECE.sub(change_one, name)


def change_vowels(name: str) -> str:
    """Vowels heard or written as others.

    >>> change_vowels("Saraqib town")
    'Sereqeb town'
    """
    rules, lot = load_rules()["vowels"], _draw(name, "vowels")
    pattern = re.compile("|".join(f"(?P<r{at}>{rule[0]})" for at, rule in enumerate(rules)))

    def change(word: str, *, surely: bool) -> str:
        def one(match: re.Match[str]) -> str:
            put: str = rules[int(str(match.lastgroup)[1:])][1]
            return put if surely or lot.random() < 0.5 else match.group()

        return pattern.sub(one, word, count=1 if surely else 0)

    changed = _change_words(name, lambda word: change(word, surely=False))
    return changed if changed != name else _change_words(name, lambda w: change(w, surely=True))


def drop_article(name: str) -> str:
    """The name without its articles.

    >>> drop_article("Al Kiswah town"), drop_article("Maarat al-Numan")
    ('Kiswah town', 'Maarat Numan')
    """
    articles = "|".join(load_rules()["articles"])
    dropped = re.sub(rf"(?i)(?<!\w)(?:{articles})[ -](?=\w)", "", name)
    return dropped if _PIECE.search(dropped) else name


def change_hyphens(name: str) -> str:
    """Hyphens for the spaces between the name's words, and spaces for its hyphens.

    >>> change_hyphens("Tall Rifat town"), change_hyphens("Maarat al-Numan town")
    ('Tall-Rifat town', 'Maarat-al Numan town')
    """
    kept = "|".join(map(re.escape, load_rules()["kept"]))
    swapped = re.sub(r"(?<=\w)-(?=\w)", "\0", name)
    swapped = re.sub(rf"(?i)(?<=\w)(?<!\b\d) (?=(?!(?:{kept})\b)\w)", "-", swapped)
    swapped = re.sub(rf"(?i)\b({kept})-", r"\1 ", swapped)
    return swapped.replace("\0", " ")


def change_doubled(name: str) -> str:
    """Doubled consonants once; without any, one consonant between vowels twice.

    >>> change_doubled("Tall Tamr town"), change_doubled("Saraqib")
    ('Tal Tamr town', 'Sarraqib')
    """
    single = _change_words(name, lambda word: re.sub(rf"([{_CONSONANT}])\1", r"\1", word))
    if single != name:
        return single
    pattern = re.compile(r"(?<=[aeiouy])([bdfklmnrstz])(?=[aeiouy])")
    return _change_words(name, lambda word: pattern.sub(r"\1\1", word, count=1))


def spell_french(name: str) -> str:
    """The name as French texts spell it.

    >>> spell_french("Jarabulus town"), spell_french("Abu Kamal"), spell_french("Al Hasakah")
    ('Djaraboulous town', 'Abou Kamal', 'El Hassaké')
    """
    return _spell(name, "french")


def spell_turkish(name: str) -> str:
    """The name as Turkish texts spell it.

    >>> spell_turkish("Jarabulus town"), spell_turkish("Shaykh Said"), spell_turkish("Afrin")
    ('Carabulus town', 'Şeyh Said', 'Afrin')
    """
    return _spell(name, "turkish")


def _spell(name: str, language: str) -> str:
    rules = load_rules()[language]

    def spell(word: str) -> str:
        if word in rules["words"]:
            return str(rules["words"][word])
        for pattern, put in rules["letters"]:
            word = re.sub(pattern, put, word)
        return word

    return _change_words(name, spell)


def make_typo(name: str) -> str:
    """One slip in the longest word: letters swapped, one left out, one twice, a neighbouring key.

    The first letter stays: people see a slip there.

    >>> make_typo("Saraqib town")
    'Saraqbi town'
    """
    own = [m for m in _PIECE.finditer(name) if m.group().lower() not in load_rules()["kept"]]
    longest = max(own, key=lambda match: len(match.group()), default=None)
    if longest is None or len(longest.group()) < _LEAST_LETTERS:
        return name
    lot = _draw(name, "typo")
    word = longest.group()
    slips = [_slip(word, lot) for _ in range(20)]
    slip = next((made for made in slips if made != word), word)
    return name[: longest.start()] + slip + name[longest.end() :]


def _slip(word: str, lot: random.Random) -> str:
    at = lot.randrange(1, len(word) - 1)
    kind = lot.choice(("swap", "leave out", "twice", "neighbour"))
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "leave out":
        return word[:at] + word[at + 1 :]
    if kind == "twice":
        return word[: at + 1] + word[at:]
    beside: str = load_rules()["keyboard"].get(word[at], word[at])
    return word[:at] + lot.choice(beside) + word[at + 1 :]


WAYS: dict[str, Callable[[str], str]] = {
    "vowels changed": change_vowels,
    "article dropped": drop_article,
    "hyphens": change_hyphens,
    "doubled letters": change_doubled,
    "French spelling": spell_french,
    "Turkish spelling": spell_turkish,
    "one typo": make_typo,
}
