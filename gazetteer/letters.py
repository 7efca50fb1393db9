"""The rules about letters in the shape that is fast to apply: translation tables and patterns."""

import re
import unicodedata
from functools import cache
from typing import Any, NamedTuple

from anyascii import anyascii

from gazetteer.rules import load_qualifiers, load_rules

Pairs = tuple[tuple[str, str], ...]
Patterns = tuple[tuple[re.Pattern[str], str], ...]
Translation = dict[int, str | None]

_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
# Letters of neither Latin nor Arabic script: they are written out.
_OTHER_SCRIPTS = (
    "\u0250-\u02af\u0370-\u05ff\u0700-\u074f\u0780-\u086f\u0900-\u1dbf\u1f00-\u1fff"
    "\u2c00-\ufaff\ufb1d-\ufb4f\U00010000-\U0010ffff"
)
_IS_OTHER = re.compile(f"[{_OTHER_SCRIPTS}]")


class PlainLetters(dict[int, str]):
    """What a character becomes in a comparison form, worked out when it is first met.

    Lower case without accents and marks, letters of one sound in one form; what is no letter,
    digit or vowel sign becomes a space.
    """

    def __init__(self, dropped: str, folded: dict[str, str]) -> None:
        super().__init__({ord("\n"): "\n"})
        self._dropped = str.maketrans("", "", dropped)
        self._folded = str.maketrans(folded)

    def __missing__(self, code: int) -> str:
        """Works out one character."""
        text = unicodedata.normalize("NFKD", chr(code).translate(self._dropped)).casefold()
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text).translate(self._dropped))
        text = unicodedata.normalize("NFKC", text.translate(self._folded))
        self[code] = found = "".join([c if _is_of_word(c) else " " for c in text])
        return found


def _is_of_word(character: str) -> bool:
    """Whether it is a letter, a digit, or a vowel sign (as in Devanagari)."""
    return character.isalnum() or unicodedata.category(character).startswith("M")


class WrittenLetters(dict[int, str]):
    """What a letter of another script is written out as in Latin letters; others are kept.

    A letter with marks is its base letter, if that is listed; not if it has only been met before,
    or the same name would have other keys in another text.
    """

    def __init__(self, letters: dict[str, str]) -> None:
        super().__init__({ord(letter): written for letter, written in letters.items()})
        self._listed = frozenset(letters)

    def __missing__(self, code: int) -> str:
        """Works out one letter."""
        letter = chr(code)
        base = unicodedata.normalize("NFKD", letter)[0]
        if not _IS_OTHER.match(letter) or not _is_of_word(letter) or _MARKS.match(letter):
            found = letter
        elif base != letter and base in self._listed:
            found = self[ord(base)]
        else:
            found = anyascii(letter).lower()
        self[code] = found
        return found


class Language(NamedTuple):
    """Letters that sound another way in one language, and the pattern that tells it."""

    when: re.Pattern[str]
    replace: Pairs


class Tables(NamedTuple):
    """All rules about letters."""

    plain_ascii: Translation
    plain: PlainLetters
    sounding: re.Pattern[str]
    languages: tuple[Language, ...]
    sequences: Pairs
    edges: Patterns
    written: WrittenLetters
    articles: re.Pattern[str]
    joined_articles: Patterns
    leading_qualifier: re.Pattern[str]
    unheard: Patterns
    digraphs: Pairs
    consonants: Translation
    initials: Pairs
    vowel_spellings: Pairs
    variant_letters: Translation
    typed: tuple[Patterns, ...]


@cache
def load_tables() -> Tables:
    """Returns the rules of letters.yaml, scripts.yaml and articles.yaml."""
    letters, scripts, articles = (load_rules(f) for f in ("letters", "scripts", "articles"))
    plain = PlainLetters(letters["dropped"], letters["folded"])
    return Tables(
        plain_ascii=_make_translation({chr(code): plain[code] for code in range(128)}),
        plain=plain,
        sounding=_compile_sounding(letters["spelled"], [old for old, _ in scripts["edges"]]),
        languages=tuple(_make_language(entry) for entry in scripts["languages"]),
        sequences=_pairs(scripts["sequences"]),
        edges=_patterns(scripts["edges"]),
        written=WrittenLetters(letters["spelled"] | scripts["letters"]),
        articles=_compile_articles(articles),
        joined_articles=_patterns([[old, ""] for old in articles["joined"]]),
        leading_qualifier=re.compile(f"\n({'|'.join(sorted(load_qualifiers()))}) ([^\n]+)"),
        unheard=_patterns([[old, ""] for old in letters["unheard"]]),
        digraphs=_pairs(letters["digraphs"]),
        consonants=_make_consonants(letters),
        initials=_make_initials(letters),
        vowel_spellings=_pairs(letters["vowel_spellings"]),
        variant_letters=_make_translation(letters["variant_letters"]),
        typed=tuple(_patterns(entry["replace"]) for entry in letters["typed"]),
    )


def _pairs(entries: list[list[str]]) -> Pairs:
    return tuple((old, new) for old, new in entries)


def _patterns(entries: list[list[str]]) -> Patterns:
    return tuple((re.compile(old), new) for old, new in entries)


def _make_language(entry: dict[str, Any]) -> Language:
    return Language(re.compile(entry["when"]), _pairs(entry["replace"]))


def _make_translation(letters: dict[str, str]) -> Translation:
    """A table for `str.translate`, which is ten times quicker on ASCII if it drops by None."""
    return {ord(letter): becomes or None for letter, becomes in letters.items()}


def _make_consonants(letters: dict[str, Any]) -> Translation:
    """The consonant of each letter; vowels, half vowels and spaces leave nothing."""
    silent = letters["vowels"] + "".join(letters["half_vowels"].values()) + " "
    groups = letters["consonants"].items()
    return _make_translation(
        dict.fromkeys(silent, "") | {letter: key for key, group in groups for letter in group}
    )


def _make_initials(letters: dict[str, Any]) -> Pairs:
    """What the first letter of a line becomes, in capitals, which are no letters of a word."""
    initials = {letters["initial_vowel"]: letters["vowels"]} | letters["half_vowels"]
    return tuple(
        ("\n" + letter, "\n" + key.upper()) for key, group in initials.items() for letter in group
    )


def _compile_sounding(spelled: dict[str, str], edges: list[str]) -> re.Pattern[str]:
    """A pattern for a letter that is written out, in either case, or a mark that may make one."""
    listed = "".join([*spelled, *edges])
    letters = "".join(sorted({c for c in listed + listed.upper() if not c.isascii()}))
    return re.compile(f"[{letters}\u0300-\u036f{_OTHER_SCRIPTS}]")


def _compile_articles(rules: dict[str, Any]) -> re.Pattern[str]:
    """One pattern for the articles of both scripts; a word must follow on the same line.

    An assimilated article may have other articles between itself and its sound.
    """
    plain, assimilated = rules["plain"], rules["assimilated"]
    words = list(plain)
    for sound in sorted(set(assimilated.values())):
        same = [word for word in assimilated if assimilated[word] == sound]
        between = "|".join([*plain, *same])
        words += [f"{word}(?= (?:(?:{between}) )*{sound})" for word in same]
    # By first letter, because the search is quick for patterns that begin with one of a few.
    latin = "|".join(
        f"{first}(?<=\\b{first})(?:{'|'.join(w[1:] for w in words if w[0] == first)})"
        for first in sorted({word[0] for word in words})
    )
    arabic = f"(?:{rules['arabic']})+(?=\\w{{{rules['arabic_min_rest']}}})"
    first = rules["arabic"][0]
    return re.compile(rf"(?:{latin}) (?=\w)|(?={first})(?<!\w){arabic}")
