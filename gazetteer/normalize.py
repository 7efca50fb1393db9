"""A name to its comparison forms and its keys: small pure functions, rules from data.

Four forms, each coarser than the one before: `fold` (case, accents, marks, article),
`variant_key` (spellings of one word known by rule), `skeleton` (consonants only; Latin and
Arabic script meet), and the skeleton's `deletions` (one letter lost or changed). The index and
every query go through the same functions.

Every rule works on text with one name a line, so that a million names cost a few passes over
one string; a single name is a text of one line.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from gazetteer.rules import load_name_words, load_rules

_NOT_WORD = re.compile(r"(?:[^\w\n]|_)+")
_SPACES = re.compile(r" *\n *")
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_REPEATED = re.compile(r"(.)\1+")
_ASCII_DROPPED = str.maketrans("", "", "'`")
# A key of this length or less has no deletions: one letter would meet half a country.
_MIN_DELETION_LENGTH = 2

_Pairs = tuple[tuple[str, str], ...]


class _Tables(NamedTuple):
    """The rules in the shape that is fast to apply."""

    dropped: dict[int, str]
    folded: dict[int, str]
    spelled: dict[int, str]
    sounding: re.Pattern[str]
    articles: re.Pattern[str]
    joined_article: re.Pattern[str]
    breath: re.Pattern[str]
    digraphs: _Pairs
    consonants: dict[int, str]
    initials: tuple[tuple[re.Pattern[str], str], ...]
    vowel_spellings: _Pairs
    variant_letters: dict[int, str]


@cache
def _load_tables() -> _Tables:
    letters = load_rules("letters")
    halves, vowels = letters["half_vowels"], letters["vowels"]
    initials = {letters["initial_vowel"]: vowels} | halves
    return _Tables(
        dropped=str.maketrans(dict.fromkeys(letters["dropped"], "")),
        folded=str.maketrans(letters["folded"]),
        spelled=str.maketrans(letters["spelled"]),
        sounding=_compile_sounding(letters["spelled"]),
        articles=_compile_articles(load_rules("articles")),
        joined_article=re.compile(load_rules("articles")["joined"]),
        breath=re.compile(rf"(?<=\w[aeiou])h\b|(?<=\w\w)[{letters['final_breath']}]\b"),
        digraphs=tuple(map(tuple, letters["digraphs"])),
        consonants=str.maketrans(
            dict.fromkeys(vowels + "".join(halves.values()) + " ", "")
            | {letter: key for key, group in letters["consonants"].items() for letter in group}
        ),
        initials=tuple((re.compile(f"(?m)^[{g}]"), key.upper()) for key, g in initials.items()),
        vowel_spellings=tuple(map(tuple, letters["vowel_spellings"])),
        variant_letters=str.maketrans(letters["variant_letters"]),
    )


def _compile_sounding(spelled: dict[str, str]) -> re.Pattern[str]:
    """A pattern for a letter that is written out, in either case, or a mark that may make one."""
    letters = "".join(c for c in "".join(spelled) + "".join(spelled).upper() if not c.isascii())
    return re.compile(f"[{letters}\u0300-\u036f]")


def _compile_articles(rules: dict[str, object]) -> re.Pattern[str]:
    """One pattern for the articles of both scripts; a word must follow on the same line."""
    plain, assimilated = rules["plain"], rules["assimilated"]
    assert isinstance(plain, list)  # noqa: S101 - tells the type checker what the YAML holds
    assert isinstance(assimilated, dict)  # noqa: S101
    latin = "|".join(plain + [f"{word}(?= {sound})" for word, sound in assimilated.items()])
    arabic = f"(?:{rules['arabic']})+(?=\\w{{{rules['arabic_min_rest']}}})"
    return re.compile(rf"\b(?:(?:{latin}) (?=\w)|{arabic})")


def _plain_text(text: str) -> str:
    """Lower case, no accents and marks, single spaces; one name a line."""
    tables = _load_tables()
    if text.isascii():
        text = text.lower().translate(_ASCII_DROPPED)
    else:
        text = unicodedata.normalize("NFKD", text.translate(tables.dropped)).casefold()
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text).translate(tables.dropped))
        text = unicodedata.normalize("NFKC", text.translate(tables.folded))
    return _SPACES.sub("\n", _NOT_WORD.sub(" ", text)).strip(" ")


def _fold_text(text: str) -> str:
    """Folds a text of one name a line."""
    text, changed = _plain_text(text), 1
    while changed:  # an article taken away may bring another before its sound
        text, changed = _load_tables().articles.subn("", text)
    return text


def _spell_text(text: str, folded: str) -> str:
    """Writes one form of each word and digraph, and out letters of their own sound (ş, ç, ǧ)."""
    tables = _load_tables()
    if tables.sounding.search(text):
        folded = _fold_text(unicodedata.normalize("NFC", text).lower().translate(tables.spelled))
    folded = _keep_forms(tables.joined_article.sub("", folded))
    return _replace_all(tables.breath.sub("", folded), tables.digraphs)


def _keep_forms(text: str) -> str:
    """Writes words that open or join names in one form each."""
    forms = load_name_words()
    words = text.replace("\n", " \n ").split(" ")
    return " ".join([forms.get(word, word) for word in words]).replace(" \n ", "\n")


def _replace_all(text: str, pairs: _Pairs) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def _variant_text(spelled: str) -> str:
    tables = _load_tables()
    text = _replace_all(spelled.replace(" ", ""), tables.vowel_spellings)
    return _REPEATED.sub(r"\1", text.translate(tables.variant_letters))


def _skeleton_text(spelled: str) -> str:
    tables = _load_tables()
    for pattern, mark in tables.initials:
        spelled = pattern.sub(mark, spelled)
    return _REPEATED.sub(r"\1", spelled.translate(tables.consonants)).lower()


class NameKeys(NamedTuple):
    """The comparison forms of names, a list each, in the order of the names."""

    folds: list[str]
    variant_keys: list[str]
    skeletons: list[str]


def name_keys(names: Sequence[str]) -> NameKeys:
    """Returns `fold`, `variant_key` and `skeleton` of each name, a million in ten seconds."""
    keys = NameKeys([""] * len(names), [""] * len(names), [""] * len(names))
    # Apart, because each needs more steps: plain ASCII, other letters, letters written out.
    sounding = _load_tables().sounding.search
    kinds = [0 if name.isascii() else 2 if sounding(name) else 1 for name in names]
    for kind in range(3):
        rows = [row for row, each in enumerate(kinds) if each == kind]
        if rows:
            found = _find_keys([names[row] for row in rows])
            for column, values in zip(keys, found, strict=True):
                for row, value in zip(rows, values, strict=True):
                    column[row] = value
    return keys


def fold_names(names: Sequence[str]) -> list[str]:
    """Returns `fold` of each name, many at once.

    >>> fold_names(["al-Bāb", "Idlib"])
    ['bab', 'idlib']
    """
    folds = [""] * len(names)
    for is_ascii in (True, False):
        rows = [row for row, name in enumerate(names) if name.isascii() is is_ascii]
        if rows:
            text = "\n".join([" ".join(names[row].splitlines()) for row in rows])
            for row, folded in zip(rows, _fold_text(text).split("\n"), strict=True):
                folds[row] = folded
    return folds


def _find_keys(names: list[str]) -> NameKeys:
    text = "\n".join([" ".join(name.splitlines()) for name in names])
    folded = _fold_text(text)
    spelled = _spell_text(text, folded)
    folds = folded.split("\n")
    bare = _skeleton_text(spelled).split("\n")
    whole = [key or fold for key, fold in zip(bare, folds, strict=True)]
    return NameKeys(folds, _variant_text(spelled).split("\n"), whole)


@lru_cache(maxsize=65536)
def _keys(name: str) -> tuple[str, str, str]:
    folds, variants, bare = _find_keys([name])
    return folds[0], variants[0], bare[0]


def fold(name: str) -> str:
    """Returns the form in which names are compared, in their own script.

    Case, accents, ayn and hamza marks, punctuation and the article are gone; words are kept.
    Empty for a name without letters and digits. Folding twice changes nothing.

    >>> fold("Ma`arrat an-Nu`mān"), fold("مَعَرَّة النُّعْمَان")
    ('maarrat numan', 'معره نعمان')
    """
    return _keys(name)[0]


def variant_key(name: str) -> str:
    """Returns a key at which the spellings of a name that rules foresee meet, in its script.

    >>> variant_key("Abou ed-Douhour") == variant_key("Abu al-Duhur")
    True
    """
    return _keys(name)[1]


def skeleton(name: str) -> str:
    """Returns the consonants of a name: Latin and Arabic script of one name meet here.

    Vowels, half vowels, doubling, the article and word breaks are gone; letters that
    romanisations mix (q k g, t th, d dh, s sh, h kh) are one. At the start of the name `a`
    stands for any vowel, ayn or hamza. A name without consonants keeps its folded form.

    >>> skeleton("Tall Tamr"), skeleton("تل تمر")
    ('tltmr', 'tltmr')
    """
    return _keys(name)[2]


def deletions(key: str) -> tuple[str, ...]:
    """Returns the key with one letter left out, for each letter; none for short keys.

    >>> deletions("smkn")
    ('mkn', 'skn', 'smn', 'smk')
    """
    if len(key) <= _MIN_DELETION_LENGTH:
        return ()
    return tuple(dict.fromkeys([key[:at] + key[at + 1 :] for at in range(len(key))]))


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """Returns a name in lower case without accents, marks and spaces, its article kept.

    >>> plain("Ar-Rashīdīyah"), plain("Rashidiyah")
    ('arrashidiyah', 'rashidiyah')
    """
    return _plain_text(" ".join(name.splitlines())).replace(" ", "")


@lru_cache(maxsize=65536)
def spell(name: str) -> str:
    """Returns the words of a name as sounds: one form a word, one letter a digraph.

    Capitals are the sounds that romanisations write with two letters (S sh, H kh, G gh, D dh,
    T th). For comparing two names letter by letter.

    >>> spell("Cheikh Miskîn"), spell("Tall ash-Shihab")
    ('SaiH miskin', 'tal Sihab')
    """
    text = " ".join(name.splitlines())
    return _spell_text(text, _fold_text(text))


def spell_names(names: Sequence[str]) -> list[str]:
    """Returns `spell` of each name, many at once.

    >>> spell_names(["Cheikh Miskîn", "Tall ash-Shihab"])
    ['SaiH miskin', 'tal Sihab']
    """
    text = "\n".join([" ".join(name.splitlines()) for name in names])
    return _spell_text(text, _fold_text(text)).split("\n")


def plain_names(names: Sequence[str]) -> list[str]:
    """Returns `plain` of each name, many at once.

    >>> plain_names(["Ar-Rashīdīyah", "Rashidiyah"])
    ['arrashidiyah', 'rashidiyah']
    """
    text = "\n".join([" ".join(name.splitlines()) for name in names])
    return _plain_text(text).replace(" ", "").split("\n")
