"""The names that one slip of the pen makes of a name: a letter lost, put in, changed, two swapped.

Skeletons meet in spite of most slips, but not those of one or two consonants, which have no
deletions, nor where a letter takes its neighbours along: "Longgag" for Longgang, "Rophca" for
Ropcha. So all slips of a name are hashed and looked up, about a thousand; of 4,000 names with a
letter lost (benchmarks/gazetteer.py) 0.3 % are missed instead of 4.3 %, for 80 microseconds each.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from gazetteer.candidates import NO_EDITS, SLIP, Pairs
from gazetteer.filters import find_possible
from gazetteer.hashing import hash_slips
from gazetteer.rules import load_rules
from gazetteer.runs import find_floods, find_runs, join_members, make_ranges

Array = NDArray[Any]
Form = Literal["exact", "variant"]

_COUNTRY = np.uint64(0xFF)
# Shorter forms are one slip from names that have nothing in common with them; in longer ones
# (names of many words) most slips leave the skeleton one edit away, and a thousand are too few.
_FEWEST_LETTERS: dict[Form, int] = {"exact": 2, "variant": 4}
_MOST_LETTERS = 30
# Groups of one query that come by each form, those of the rarest slips: names of three letters
# have 200 in the bundled world.
_MOST_GROUPS = 400


def find_slips(
    arrays: Mapping[str, Array], what: Form, forms: Sequence[str], countries: Array
) -> Pairs:
    """Returns the groups that one slip in each form leads to, of 256 forms at most.

    `what` is "exact" where the forms are folded names, or "variant".
    """
    marked = [
        (slips.hashes & ~_COUNTRY) | np.array(rows, np.uint64)[slips.owners]
        for rows, alphabet in _sort_by_script(what, forms)
        for slips in [hash_slips([forms[row] for row in rows], alphabet)]
    ]
    if not marked:
        return Pairs(*(np.empty(0, np.int64) for _ in Pairs._fields))
    all_marked = np.concatenate(marked)
    possible = all_marked[find_possible(arrays[f"{what}_filter"], all_marked)]
    # Sorted, they are found in a seventh of the time; the owner goes along in the last byte.
    return _take_found(arrays, what, np.sort(possible), countries)


def _sort_by_script(what: Form, forms: Sequence[str]) -> list[tuple[list[int], Array]]:
    """The rows of the forms that are looked up, in Latin letters or not, with their alphabet."""
    fits = [_FEWEST_LETTERS[what] <= len(form) <= _MOST_LETTERS for form in forms]
    found = []
    for latin, letters in zip((True, False), _load_alphabets(what), strict=True):
        rows = [at for at, form in enumerate(forms) if fits[at] and form.isascii() == latin]
        if rows:
            found.append((rows, letters))
    return found


def _take_found(arrays: Mapping[str, Array], what: Form, marked: Array, countries: Array) -> Pairs:
    query, hashes = (marked & _COUNTRY).astype(np.int64), marked & ~_COUNTRY
    begins, ends = find_runs(arrays[f"{what}_key"], make_ranges(hashes, countries[query]))
    met = np.flatnonzero(ends > begins)
    query, begins, counts = query[met], begins[met], (ends - begins)[met]
    if np.bincount(query, counts).max(initial=0) > _MOST_GROUPS:
        counts[find_floods(query, counts, _MOST_GROUPS)] = 0
    members = join_members(begins, counts)
    groups = members if what == "exact" else arrays["variant_at"][members].astype(np.int64)
    none = np.full(len(groups), NO_EDITS)
    return Pairs(query.repeat(counts), groups, none, np.full_like(none, SLIP))


@cache
def _load_alphabets(what: Form) -> tuple[Array, Array]:
    """The letters that may have been lost, as code points: Latin ones, and Arabic ones."""
    rules = load_rules("letters")
    letters = set("".join([*rules["consonants"].values(), *rules["half_vowels"].values()]))
    letters = (letters | set(rules["vowels"])) - set(rules["folded"])
    if what == "exact":
        letters = {letter for letter in letters if not letter.isupper()} | {" "}
    else:
        letters -= set(rules["variant_letters"])
    codes = sorted(ord(letter) for letter in letters)
    latin = [code for code in codes if chr(code).isascii()]
    return np.array(latin, np.uint64), np.array([c for c in codes if c not in latin], np.uint64)
