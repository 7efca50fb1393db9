"""Names that nobody writes: transliterated by machine (`alkramt` for الكرامة), codes (DAM)."""

import re
from collections.abc import Sequence

_LATIN = re.compile("[a-z]")
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2e80-\uffff]")


def drop_generated(names: Sequence[str]) -> Sequence[str]:
    """Returns the names of a GeoNames place without codes and transliterations by machine.

    >>> drop_generated(["Damascus", "DAM", "dmshq", "دمشق"])
    ['Damascus', 'دمشق']
    """
    return _drop_transliterated(drop_codes(names))


def drop_codes(names: Sequence[str], *, most_letters: int = 3) -> Sequence[str]:
    """Returns the names without three capitals: the code of an airport, or of a country.

    With `most_letters=4`, for airports alone, also without ICAO's codes of four letters.

    Compared without capitals it is another place's name: the bundled towns had 7,800 of them, 949
    also the name of another town, 56 of one in the same country ("Dam" in Syria was Damascus).
    Abbreviations (NYC) cannot be told from them and go too.

    >>> drop_codes(["Mosul", "OSM", "Ur", "UAE"])
    ['Mosul', 'Ur']
    """
    short = [name for name in names if 3 <= len(name) <= most_letters]
    codes = {name for name in short if name.isascii() and name.isalpha() and name.isupper()}
    return [name for name in names if name not in codes] if codes else names


def _drop_transliterated(names: Sequence[str]) -> Sequence[str]:
    """Returns the names without those GeoNames made letter by letter from another script.

    They are all lower case, as no name is that people write: bare consonants for Arabic and
    Hebrew, syllables for Chinese and Japanese (`feng tai nai` for Fontaine). Of 1.18 million
    names of towns 102,000 go; they would meet real names by their skeletons.

    >>> _drop_transliterated(["Al Karamah", "alkramt", "الكرامة"])
    ['Al Karamah', 'الكرامة']
    """
    lower = list(filter(str.islower, names))
    if not lower or not _OTHER_SCRIPT.search("\n".join(names)):
        return names
    generated = {name for name in lower if _LATIN.search(name)}
    return [name for name in names if name not in generated]
