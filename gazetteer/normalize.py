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
from functools import lru_cache
from typing import NamedTuple

from gazetteer.letters import Pairs, load_tables
from gazetteer.rules import load_name_words

_REPEATED = re.compile(r"(.)(?=\1)")
# What `str.splitlines` breaks a line at, beside the line feed.
_OTHER_BREAKS = re.compile("[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# A key of this length or less has no deletions: one letter would meet half a country.
_MIN_DELETION_LENGTH = 2


def _plain_text(text: str) -> str:
    """Lower case, no accents and marks, single spaces; one name a line."""
    tables = load_tables()
    if text.isascii():
        text = text.translate(tables.plain_ascii)
    else:
        text = unicodedata.normalize("NFC", text).translate(tables.plain)
        text = unicodedata.normalize("NFC", text)
    while "  " in text:
        text = text.replace("  ", " ")
    return text.replace(" \n", "\n").replace("\n ", "\n").strip(" ")


def _fold_text(text: str) -> str:
    """Folds a text of one name a line."""
    text, changed = _plain_text(text), 1
    while changed:  # an article taken away may bring another before its sound
        text, changed = load_tables().articles.subn("", text)
    return text


def _spell_text(text: str, folded: str) -> str:
    """Writes one form of each word and digraph, and out letters of their own sound (ş, ч, ǧ)."""
    tables = load_tables()
    if tables.sounding.search(text):
        folded = _fold_text(_write_out(unicodedata.normalize("NFC", text).lower()))
    folded = _keep_forms(tables.joined_article.sub("", folded))
    return _replace_all(tables.unheard.sub("", folded), tables.digraphs)


def _write_out(text: str) -> str:
    """Writes other scripts, and Latin letters of their own sound, in plain Latin letters."""
    tables = load_tables()
    for language in tables.languages:
        if language.when.search(text):
            lines = text.split("\n")
            text = "\n".join(
                _replace_all(line, language.replace) if language.when.search(line) else line
                for line in lines
            )
    text = _replace_all(text, tables.sequences)
    for pattern, new in tables.edges:
        text = pattern.sub(new, text)
    return text.translate(tables.written)


def _keep_forms(text: str) -> str:
    """Writes words that open or join names in one form each."""
    forms = load_name_words()
    words = text.replace("\n", " \n ").split(" ")
    return " ".join([forms.get(word, word) for word in words]).replace(" \n ", "\n")


def _replace_all(text: str, pairs: Pairs) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def _variant_text(spelled: str) -> str:
    tables = load_tables()
    text = _replace_all(spelled.replace(" ", ""), tables.vowel_spellings)
    return _REPEATED.sub("", text.translate(tables.variant_letters))


def _skeleton_text(spelled: str) -> str:
    tables = load_tables()
    text = _replace_all("\n" + spelled, tables.initials)[1:]
    return _REPEATED.sub("", text.translate(tables.consonants)).lower()


class NameKeys(NamedTuple):
    """The comparison forms of names, a list each, in the order of the names."""

    folds: list[str]
    variant_keys: list[str]
    skeletons: list[str]


def name_keys(names: Sequence[str]) -> NameKeys:
    """Returns `fold`, `variant_key` and `skeleton` of each name, a million in five seconds."""
    keys = NameKeys([""] * len(names), [""] * len(names), [""] * len(names))
    # Apart, because each needs more steps: plain ASCII, other letters, letters written out.
    sounding = load_tables().sounding.search
    rows: tuple[list[int], list[int], list[int]] = ([], [], [])
    for row, name in enumerate(names):
        rows[0 if name.isascii() else 2 if sounding(name) else 1].append(row)
    for kind in rows:
        if kind:
            found = _find_keys([names[row] for row in kind])
            for column, values in zip(keys, found, strict=True):
                for row, value in zip(kind, values, strict=True):
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
            text = _join_lines([names[row] for row in rows])
            for row, folded in zip(rows, _fold_text(text).split("\n"), strict=True):
                folds[row] = folded
    return folds


def _join_lines(names: Sequence[str]) -> str:
    """One name a line; a line break inside a name becomes a space."""
    text = "\n".join(names)
    if text.count("\n") == len(names) - 1 and not _OTHER_BREAKS.search(text):
        return text
    return "\n".join([" ".join(name.splitlines()) for name in names])


def _find_keys(names: list[str]) -> NameKeys:
    text = _join_lines(names)
    folded = _fold_text(text)
    spelled = _spell_text(text, folded)
    folds = folded.split("\n")
    keys = (_variant_text(spelled).split("\n"), _skeleton_text(spelled).split("\n"))
    # A name that leaves nothing (without consonants, say) keeps its folded form.
    variants, bare = ([k or fold for k, fold in zip(key, folds, strict=True)] for key in keys)
    return NameKeys(folds, variants, bare)


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
    return _plain_text(_join_lines([name])).replace(" ", "")


@lru_cache(maxsize=65536)
def spell(name: str) -> str:
    """Returns the words of a name as sounds: one form a word, one letter a digraph.

    Capitals are the sounds that romanisations write with two letters (S sh, H kh, G gh, D dh,
    T th). For comparing two names letter by letter.

    >>> spell("Cheikh Miskîn"), spell("Tall ash-Shihab")
    ('SaiH miskin', 'tal Sihab')
    """
    text = _join_lines([name])
    return _spell_text(text, _fold_text(text))


def spell_names(names: Sequence[str]) -> list[str]:
    """Returns `spell` of each name, many at once.

    >>> spell_names(["Cheikh Miskîn", "Tall ash-Shihab"])
    ['SaiH miskin', 'tal Sihab']
    """
    text = _join_lines(names)
    return _spell_text(text, _fold_text(text)).split("\n")


def plain_names(names: Sequence[str]) -> list[str]:
    """Returns `plain` of each name, many at once.

    >>> plain_names(["Ar-Rashīdīyah", "Rashidiyah"])
    ['arrashidiyah', 'rashidiyah']
    """
    text = _join_lines(names)
    return _plain_text(text).replace(" ", "").split("\n")
