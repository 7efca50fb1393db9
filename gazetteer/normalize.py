"""A name to its comparison forms and its keys: small pure functions, rules from data.

Four forms, each coarser than the one before: `fold` (case, accents, marks, article),
`variant_key` (spellings of one word known by rule), `skeleton` (consonants only; Latin and
Arabic script meet), and the skeleton's `deletions` (one letter lost or changed). The index and
every query go through the same functions.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from gazetteer.rules import load_name_words, load_rules

_NOT_WORD = re.compile(r"[\W_]+")
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_REPEATED = re.compile(r"(.)\1+")
# Skeletons shorter than this have no deletions: two letters would meet half a country.
_MIN_DELETION_LENGTH = 3


class _Tables(NamedTuple):
    """The rules in the shape that is fast to apply."""

    dropped: dict[int, str]
    folded: dict[int, str]
    spelled: dict[int, str]
    digraphs: tuple[tuple[str, str], ...]
    consonants: dict[int, str]
    initials: dict[str, str]
    breath: str
    vowel_spellings: tuple[tuple[str, str], ...]
    variant_letters: dict[int, str]
    articles: dict[str, str]
    arabic_article: str
    arabic_min: int


@cache
def _load_tables() -> _Tables:
    letters, articles = load_rules("letters"), load_rules("articles")
    halves, consonants = letters["half_vowels"], letters["consonants"]
    vowels = letters["vowels"] + "".join(halves.values())
    initials = {letter: key for key, group in halves.items() for letter in group}
    initials |= dict.fromkeys(letters["vowels"], letters["initial_vowel"])
    return _Tables(
        dropped=str.maketrans(dict.fromkeys(letters["dropped"], "")),
        folded=str.maketrans(letters["folded"]),
        spelled=str.maketrans(letters["spelled"]),
        digraphs=tuple(map(tuple, letters["digraphs"])),
        consonants=str.maketrans(
            dict.fromkeys(vowels + " ", "")
            | {letter: key for key, group in consonants.items() for letter in group}
        ),
        initials=initials,
        breath=letters["final_breath"],
        vowel_spellings=tuple(map(tuple, letters["vowel_spellings"])),
        variant_letters=str.maketrans(letters["variant_letters"]),
        articles=dict.fromkeys(articles["plain"], "") | articles["assimilated"],
        arabic_article=articles["arabic"],
        arabic_min=articles["arabic_min_rest"],
    )


def _fold_letters(text: str) -> str:
    """Lower case, no accents, no marks; anything that is no letter or digit a space."""
    if text.isascii():
        text = text.lower().replace("'", "").replace("`", "")
    else:
        tables = _load_tables()
        text = unicodedata.normalize("NFKD", text.translate(tables.dropped)).casefold()
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text).translate(tables.dropped))
        text = unicodedata.normalize("NFKC", text.translate(tables.folded))
    return _NOT_WORD.sub(" ", text)


def _drop_articles(words: list[str]) -> list[str]:
    tables = _load_tables()
    articles, arabic, shortest = tables.articles, tables.arabic_article, tables.arabic_min
    kept = []
    last = len(words) - 1
    for at, word in enumerate(words):
        begins = articles.get(word)
        if begins is not None and at < last and words[at + 1].startswith(begins):
            continue
        while word.startswith(arabic) and len(word) >= shortest + len(arabic):
            word = word[len(arabic) :]  # noqa: PLW2901 - the same word without its article
        kept.append(word)
    return kept


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Returns the form in which names are compared, in their own script.

    Case, accents, ayn and hamza marks, punctuation and the article are gone; words are kept.
    Empty for a name without letters and digits. Folding twice changes nothing.

    >>> fold("Ma‘arrat an-Nu‘mān"), fold("مَعَرَّة النُّعْمَان")
    ('maarrat numan', 'معره نعمان')
    """
    words = _fold_letters(name).split()
    if len(words) > 1 or not name.isascii():
        words = _drop_articles(words)
    return " ".join(words)


def _keep_forms(folded: str) -> list[str]:
    """The words of a folded name, those that open or join names in one form each."""
    forms = load_name_words()
    return [forms.get(word, word) for word in folded.split()]


def _replace_all(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        if old in text:
            text = text.replace(old, new)
    return text


@lru_cache(maxsize=65536)
def variant_key(name: str) -> str:
    """Returns a key at which the spellings of a name that rules foresee meet, in its script.

    >>> variant_key("Abou ed-Douhour") == variant_key("Abu al-Duhur")
    True
    """
    tables = _load_tables()
    words = _keep_forms(_fold_spelled(name))
    text = _replace_all("".join(_drop_breath(w, tables.breath) for w in words), tables.digraphs)
    text = _replace_all(text, tables.vowel_spellings).translate(tables.variant_letters)
    return _REPEATED.sub(r"\1", text)


def _fold_spelled(name: str) -> str:
    """Folds a name after writing out letters that carry a sound of their own (ş, ç, ǧ)."""
    if name.isascii():
        return fold(name)
    return fold(unicodedata.normalize("NFC", name).lower().translate(_load_tables().spelled))


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """Returns the consonants of a name: Latin and Arabic script of one name meet here.

    Vowels, half vowels, doubling, the article and word breaks are gone; letters that
    romanisations mix (q k g, t th, d dh, s sh, h kh) are one. At the start of the name `a`
    stands for any vowel, ayn or hamza. A name without consonants keeps its folded form.

    >>> skeleton("Tall Tamr"), skeleton("تل تمر")
    ('tltmr', 'tltmr')
    """
    tables = _load_tables()
    folded = _fold_spelled(name)
    text = " ".join(_drop_breath(word, tables.breath) for word in _keep_forms(folded))
    if not text:
        return folded
    first = tables.initials.get(text[0], "")
    text = first + _replace_all(text, tables.digraphs).translate(tables.consonants)
    return _REPEATED.sub(r"\1", text).lower() or folded


def _drop_breath(word: str, breath: str) -> str:
    """Drops a final h that may be ta marbuta, unless a consonant stands before a Latin one."""
    if len(word) > 2 and word[-1] in breath and (word[-1] != "h" or word[-2] in "aeiou"):
        return word[:-1]
    return word


def deletions(key: str) -> tuple[str, ...]:
    """Returns the key with one letter left out, for each letter; none for short keys.

    >>> deletions("smkn")
    ('mkn', 'skn', 'smn', 'smk')
    """
    if len(key) <= _MIN_DELETION_LENGTH:
        return ()
    return tuple(dict.fromkeys(key[:at] + key[at + 1 :] for at in range(len(key))))
