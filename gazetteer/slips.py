"""The names that one slip of the pen makes of a name: a letter lost, put in, changed, swapped.

Skeletons meet in spite of most of this, but not those of one or two consonants, which have no
deletions, nor where the slip takes a consonant with its neighbours along: "Longgag" for Longgang,
"Rophca" for Ropcha. So all slips of a short name are hashed and looked up: a thousand a name.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.candidates import NO_EDITS, SLIP, Pairs
from gazetteer.hashing import hash_slips
from gazetteer.rules import load_rules
from gazetteer.runs import find_floods, join_members

Array = NDArray[Any]

_COUNTRY = np.uint64(0xFF)
# Longer forms are looked up without: their skeletons are long as well, and slips many.
_MOST_LETTERS = 30
# A slip in a variant key of fewer letters meets thousands of names that are not like it.
_FEWEST_OF_A_VARIANT = 4
# The groups of one query that are compared: more come of names of three letters only.
_MOST_GROUPS = 400


def find_slips(
    arrays: Mapping[str, Array], what: str, forms: Sequence[str], countries: Array
) -> Pairs:
    """Returns the groups that one slip in each form leads to, of 256 forms at most.

    `what` is "exact" where the forms are folded names, or "variant".
    """
    least = _FEWEST_OF_A_VARIANT if what == "variant" else 2
    parts = []
    for is_latin in (True, False):
        rows = [
            row
            for row, form in enumerate(forms)
            if form.isascii() == is_latin and least <= len(form) <= _MOST_LETTERS
        ]
        if rows:
            slips = hash_slips([forms[row] for row in rows], _load_alphabet(what, is_latin))
            parts.append((slips.hashes & ~_COUNTRY) | np.array(rows, np.uint64)[slips.owners])
    if not parts:
        return Pairs(*(np.empty(0, np.int64) for _ in Pairs._fields))
    marked = np.concatenate(parts)
    # Sorted, they are found in a seventh of the time; the owner goes along in the last byte.
    marked.sort()
    return _take_found(arrays, what, marked, countries)


def _take_found(arrays: Mapping[str, Array], what: str, marked: Array, countries: Array) -> Pairs:
    keys = arrays[f"{what}_key"]
    query, hashes = (marked & _COUNTRY).astype(np.uint8), marked & ~_COUNTRY
    number = countries.astype(np.uint64) & _COUNTRY
    begins = keys.searchsorted(hashes | np.where(countries < 0, 0, number)[query])
    met = np.flatnonzero(keys.take(begins, mode="clip") & ~_COUNTRY == hashes)
    query, hashes, begins = query[met].astype(np.int64), hashes[met], begins[met]
    # The country's own number, or the last of all: a country below 0 has all bits set.
    high = hashes | number[query]
    counts = keys.searchsorted(high, "right") - begins
    if np.bincount(query, counts).max(initial=0) > _MOST_GROUPS:
        counts[find_floods(query, np.zeros_like(query), counts, _MOST_GROUPS)] = 0
    members = join_members(begins, counts)
    if what == "variant":
        members = arrays["variant_at"][members]
    none = np.full(len(members), NO_EDITS)
    return Pairs(query.repeat(counts), members.astype(np.int64), none, np.full_like(none, SLIP))


@cache
def _load_alphabet(what: str, is_latin: bool) -> Array:  # noqa: FBT001 - keys of a cache
    rules = load_rules("letters")
    letters = set("".join([*rules["consonants"].values(), *rules["half_vowels"].values()]))
    letters |= set(rules["vowels"])
    if what == "exact":
        letters = {letter for letter in letters if not letter.isupper()} | {" "}
    else:
        letters -= set(rules["variant_letters"])
    return np.array(sorted(ord(each) for each in letters if each.isascii() == is_latin), np.uint64)
