"""A name to its comparison forms and its keys: small pure functions, rules from data.

Four forms, each coarser than the one before: `fold` (case, accents, marks, article),
`variant_key` (spellings of one word known by rule), `skeleton` (consonants only; all scripts
meet), and the skeleton's `deletions` (one letter lost or changed). The index and every query go
through the same functions. A query may have `typed_skeletons` besides.

Arabic script keeps its letters in the first two; for all other scripts the keys are made of
Latin letters (`gazetteer.letters`).

Every rule works on text with one name a line, so that a million names cost a few passes over
one string; a single name is a text of one line.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from gazetteer.letters import load_tables
from gazetteer.lines import (
    change_lines,
    compose,
    drop_repeated,
    find_lines,
    join_lines,
    translate,
)
from gazetteer.rules import load_name_words
from gazetteer.writing import replace_all, substitute_all, write_out

# A key of this length or less has no deletions: one letter would meet half a country.
_MIN_DELETION_LENGTH = 2


def _plain_text(text: str) -> str:
    """Lower case, no accents and marks, single spaces; one name a line."""
    tables = load_tables()
    if text.isascii():
        text = text.translate(tables.plain_ascii)
    else:
        text = compose(translate(compose(text), tables.plain))
    while "  " in text:
        text = text.replace("  ", " ")
    return text.replace(" \n", "\n").replace("\n ", "\n").strip(" ")


def _fold_text(text: str) -> str:
    """Folds a text of one name a line."""
    return load_tables().articles.sub("", _plain_text(text))


def _spell_text(base: str) -> str:
    """Writes words in one form each, drops what is not heard, and makes digraphs one letter."""
    tables = load_tables()
    words = _keep_forms(substitute_all(base, tables.joined_articles))
    return replace_all(substitute_all(words, tables.unheard), tables.digraphs)


def _keep_forms(text: str) -> str:
    """Writes words that open or join names in one form each, and qualifiers after the name."""
    forms = load_name_words()
    words = text.replace("\n", " \n ").split(" ")
    kept = " ".join(map(forms.get, words, words)).replace(" \n ", "\n")
    return load_tables().leading_qualifier.sub(r"\n\2 \1", "\n" + kept)[1:]


def _variant_text(spelled: str) -> str:
    tables = load_tables()
    text = replace_all(spelled, tables.vowel_spellings)
    return drop_repeated(translate(text, tables.variant_letters))


def _skeleton_text(spelled: str) -> str:
    tables = load_tables()
    text = replace_all("\n" + spelled, tables.initials)[1:]
    return drop_repeated(translate(text, tables.consonants)).lower()


class NameKeys(NamedTuple):
    """The comparison forms of names, a list each, in the order of the names."""

    folds: list[str]
    variant_keys: list[str]
    skeletons: list[str]


def name_keys(names: Sequence[str]) -> NameKeys:
    """Returns `fold`, `variant_key` and `skeleton` of each name, a million in five seconds."""
    return NameKeys(*change_lines(names, _make_forms))


def _make_forms(text: str) -> tuple[str, str, str]:
    """The three forms of each line of a text."""
    folds = _fold_text(text)
    if text.isascii():
        variants, skeletons = _make_keys(folds)
    else:
        bases = _find_bases(text, folds)
        variants, skeletons = map("\n".join, change_lines(bases.split("\n"), _make_keys))
    return folds, _fill_lines(variants, folds), _fill_lines(skeletons, folds)


def _fill_lines(keys: str, folds: str) -> str:
    """The keys; a name that leaves nothing (without consonants, say) keeps its folded form."""
    if "\n\n" not in f"\n{keys}\n":
        return keys
    pairs = zip(keys.split("\n"), folds.split("\n"), strict=True)
    return "\n".join([key or fold for key, fold in pairs])


def fold_names(names: Sequence[str]) -> list[str]:
    """Returns `fold` of each name, many at once.

    >>> fold_names(["al-Bāb", "Idlib"])
    ['bab', 'idlib']
    """
    return change_lines(names, lambda text: (_fold_text(text),))[0]


def spell_names(names: Sequence[str]) -> list[str]:
    """Returns `spell` of each name, many at once.

    >>> spell_names(["Cheikh Miskîn", "Харків"])
    ['SaiH miskin', 'Harkiv']
    """
    return change_lines(names, lambda text: (_spell_text(_find_bases(text, _fold_text(text))),))[0]


def _find_bases(text: str, folds: str) -> str:
    """What the keys are made of: the folded names, with other scripts written out."""
    if text.isascii():
        return folds
    sounding = find_lines(text, load_tables().sounding)
    if not sounding:
        return folds
    bases, lines = folds.split("\n"), text.split("\n")
    written = write_out("\n".join([lines[row] for row in sounding])).split("\n")
    for row, base in zip(sounding, fold_names(written), strict=True):
        bases[row] = base
    return "\n".join(bases)


def _make_keys(base: str) -> tuple[str, str]:
    spelled = _spell_text(base)
    return _variant_text(spelled), _skeleton_text(spelled)


@lru_cache(maxsize=65536)
def _keys(name: str) -> tuple[str, str, str]:
    folds, variants, bare = name_keys([name])
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
    """Returns a key at which the spellings of a name that rules foresee meet.

    >>> variant_key("Abou ed-Douhour") == variant_key("Abu al-Duhur")
    True
    """
    return _keys(name)[1]


def skeleton(name: str) -> str:
    """Returns the consonants of a name: the scripts that one name is written in meet here.

    Vowels, half vowels, doubling, the article and word breaks are gone; letters that
    romanisations mix (q k g gh, t th, d dh, s sh, h kh) are one. At the start of the name `a`
    stands for any vowel, ayn or hamza. A name without consonants keeps its folded form.

    >>> skeleton("Tall Tamr"), skeleton("تل تمر"), skeleton("Харків"), skeleton("Kharkov")
    ('tltmr', 'tltmr', 'hrkf', 'hrkf')
    """
    return _keys(name)[2]


@lru_cache(maxsize=65536)
def typed_spellings(name: str) -> tuple[str, ...]:
    """Returns a name folded as if its letters were those of another language.

    Turkish and Kurdish c is j, v is w. Empty for most names.

    >>> typed_spellings("Carablus"), typed_spellings("Idlib")
    (('jarablus',), ())
    """
    line = join_lines([name])
    base = _find_bases(line, _fold_text(line))
    typed = dict.fromkeys(substitute_all(base, language) for language in load_tables().typed)
    return tuple(text for text in typed if text and text != base)


def typed_skeletons(name: str) -> tuple[str, ...]:
    """Returns the skeletons of a name's `typed_spellings`, without its own.

    >>> skeleton("Carablus"), typed_skeletons("Carablus")
    ('krbls', ('jrbls',))
    """
    keys = dict.fromkeys(_skeleton_text(_spell_text(text)) for text in typed_spellings(name))
    return tuple(key for key in keys if key and key != skeleton(name))


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
    return _plain_text(join_lines([name])).replace(" ", "")


class SoundForms(NamedTuple):
    """What names are compared by, letter by letter: a list each, in the order of the names."""

    plains: list[str]
    folds: list[str]
    variant_keys: list[str]
    spelled: list[str]


def sound_forms(names: Sequence[str]) -> SoundForms:
    """Returns `plain`, `fold`, `variant_key` and `spell` of each name, each step done once."""
    return SoundForms(*change_lines(names, _make_sounds))


def _make_sounds(text: str) -> tuple[str, str, str, str]:
    """The four forms of each line of a text that is all ASCII, or has no such line."""
    plains = _plain_text(text)
    folds = load_tables().articles.sub("", plains)
    if text.isascii():
        variants, spelled = _vary_spelled(folds)
    else:
        bases = _find_bases(text, folds)
        variants, spelled = map("\n".join, change_lines(bases.split("\n"), _vary_spelled))
    return plains.replace(" ", ""), folds, _fill_lines(variants, folds), spelled


def _vary_spelled(base: str) -> tuple[str, str]:
    spelled = _spell_text(base)
    return _variant_text(spelled), spelled


@lru_cache(maxsize=65536)
def spell(name: str) -> str:
    """Returns the words of a name as sounds: one form a word, one letter a digraph.

    Capitals are the sounds that romanisations write with two letters (S sh, H kh, G gh, D dh,
    T th). For comparing two names letter by letter.

    >>> spell("Cheikh Miskîn"), spell("Tall ash-Shihab")
    ('SaiH miskin', 'tal Sihab')
    """
    return spell_names([name])[0]


def plain_names(names: Sequence[str]) -> list[str]:
    """Returns `plain` of each name, many at once.

    >>> plain_names(["Ar-Rashīdīyah", "Rashidiyah"])
    ['arrashidiyah', 'rashidiyah']
    """
    text = join_lines(names)
    return _plain_text(text).replace(" ", "").split("\n")
