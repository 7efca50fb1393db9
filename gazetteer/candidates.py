"""The names that a name may be another spelling of: by skeleton, by edits of it, by word.

Everything is found for many queries at once, as pairs of a query and a group (one folded name in
one country). A signature of each name's pairs of letters thins out the floods that short
skeletons meet before a single text is decoded.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.hashing import hash_with_deletions, sign_texts
from gazetteer.runs import (
    Ranges,
    encode_texts,
    find_floods,
    find_runs,
    first_of_each,
    join_members,
    make_ranges,
    rank_within,
)
from gazetteer.words import hash_words

Array = NDArray[Any]

# Edits that stand for skeletons that were not met.
NO_EDITS = 3
# How else a name was met, a bit each: by its variant key, one slip away, by a word in common.
VARIANT, SLIP, WORD = 1, 2, 4
# Skeletons are at most so many edits apart: one letter left out of each.
_EDITS = 3
# Signatures are unlike in so many steps (all bits alike to none); an edit counts for so many.
_STEPS = 64
_EDIT_STEPS = 3
_SCORES = _STEPS + _EDIT_STEPS * (_EDITS - 1) + 1
# Skeletons of one query that are looked at, and groups whose signatures are compared (60 and 30 ns
# each): the bundled world has 5,000 and 18,000 for names of three consonants, millions of places
# more. Kept are the fewest edits, then the rarest. (With 15,000 signed, as many right names came
# among ten, and an eighth fewer names a second were found: benchmarks/gazetteer.py.)
_MOST_SKELETONS = 15_000
_MOST_SIGNED = 5_000
# Groups of like skeletons whose texts are compared: for each hit wanted, and at least. (With twice
# as many, no more right names came among ten or at all.)
_COMPARED = 1.5
_FEWEST_COMPARED = 75
# A word of more names than this (of the country asked for, or of the world) tells too little.
_MOST_OF_A_WORD = 300
# Names of one query that share a word with it, those of the rarest words: a name of five common
# words has fewer, one of three hundred words 60,000.
_MOST_BY_WORD = 1_500
# A query, the number of a skeleton and the edits are sorted as one number.
_OWNER_SHIFT, _EDIT_SHIFT = 48, 2
_KEY_MASK, _EDIT_MASK = 2**_OWNER_SHIFT - 1, 2**_EDIT_SHIFT - 1
# A query, a group, the edits and the marks are one number as well.
_MARK_BITS, _GROUP_SHIFT = 3, 5
_MARK_MASK = 2**_MARK_BITS - 1


class Queries(NamedTuple):
    """Names to look for: folded, their skeletons, their countries' numbers (-1 for all).

    `limit` is the number of hits wanted for each.
    """

    folds: Sequence[str]
    skeletons: Sequence[str]
    countries: Array
    limit: int


class Pairs(NamedTuple):
    """What queries lead to: the number of the query, of the group, and the edits between.

    The edits are those of the skeleton; `marks` says how else the group was met.
    """

    query: Array
    group: Array
    edits: Array
    marks: Array


class _Looked(NamedTuple):
    """The skeletons looked for: the whole ones, shortened ones, those of words, and whose."""

    query: Array
    ranges: Ranges
    whole: slice
    shorter: slice
    words: slice


def find_similar(arrays: Mapping[str, Array], queries: Queries) -> Pairs:
    """Returns the groups whose skeleton is at most two edits away, or that share a word."""
    looked = _list_skeletons(queries)
    skeletons = find_runs(arrays["skeleton_key"], looked.ranges)
    near = _find_near(arrays, queries, looked, skeletons)
    words = _find_by_word(arrays, looked, skeletons)
    return Pairs(*(np.concatenate(column) for column in zip(near, *words, strict=True)))


def _list_skeletons(queries: Queries) -> _Looked:
    whole, shorter = hash_with_deletions(queries.skeletons)
    owners, words = _list_words(queries.folds)
    everyone = np.arange(len(whole))
    query = np.concatenate([everyone, everyone.repeat(shorter.counts), owners])
    hashes = np.concatenate([whole, shorter.hashes, words])
    ends = len(whole), len(whole) + len(shorter.hashes), len(hashes)
    return _Looked(
        query,
        make_ranges(hashes, queries.countries[query]),
        slice(0, ends[0]),
        slice(ends[0], ends[1]),
        slice(ends[1], ends[2]),
    )


def _list_words(folds: Sequence[str]) -> tuple[Array, Array]:
    """The telling words of folds of several words: the fold's number and the word's hash."""
    if not any(" " in fold for fold in folds):
        return np.empty(0, np.int64), np.empty(0, np.uint64)
    several = [(at, fold.split(" ")) for at, fold in enumerate(folds) if " " in fold]
    texts = [word for _, words in several for word in words]
    numbers = {word: at for at, word in enumerate(dict.fromkeys(texts))}
    owners = np.array([at for at, words in several for _ in words], np.int64)
    hashes = hash_words(list(numbers))[np.array([numbers[word] for word in texts], np.int64)]
    told = hashes != 0
    return owners[told], hashes[told]


def _find_near(
    arrays: Mapping[str, Array],
    queries: Queries,
    looked: _Looked,
    skeletons: tuple[Array, Array],
) -> Pairs:
    """The groups whose skeleton is the same, one letter longer or shorter, or one changed."""
    near = slice(0, looked.shorter.stop)
    longer = find_runs(arrays["deletion_key"], looked.ranges, near)
    begins = np.concatenate([skeletons[0][near], longer[0]])
    counts = np.concatenate([skeletons[1][near], longer[1]]) - begins
    whose = looked.query[near] * _EDITS
    whose[looked.shorter] += 1
    whose = np.concatenate([whose, whose + 1])
    if np.bincount(whose // _EDITS, counts).max(initial=0) > _MOST_SKELETONS:
        counts[_find_floods(whose, counts, _MOST_SKELETONS)] = 0
    keys = join_members(begins, counts)
    own = int(counts[: near.stop].sum())
    keys[own:] = arrays["deletion_at"][keys[own:]]
    heads = ((whose // _EDITS) << _OWNER_SHIFT) | whose % _EDITS
    packed = heads.repeat(counts) | (keys << _EDIT_SHIFT)
    packed.sort()
    return _take_groups(arrays, queries, packed[first_of_each(packed >> _EDIT_SHIFT)])


def _find_floods(whose: Array, counts: Array, most: int) -> Array:
    """Which runs are too many of one query: the larger ones of those with most edits.

    Runs of all edits that there is room for are kept, then those no larger than the room left
    for each of the next. Those without edits are all kept.
    """
    kinds = int(whose.max(initial=0)) // _EDITS + 1, _EDITS
    runs = np.bincount(whose, minlength=kinds[0] * _EDITS).reshape(kinds)
    members = np.bincount(whose, counts, kinds[0] * _EDITS).reshape(kinds)
    upto = members.cumsum(1)
    share = np.maximum(most - upto + members, 0) / np.maximum(runs, 1)
    share[upto <= most] = np.inf
    share[:, 0] = np.inf
    floods: Array = counts > share.ravel()[whose]
    return floods


def _take_groups(arrays: Mapping[str, Array], queries: Queries, packed: Array) -> Pairs:
    """The groups of skeletons, those with the likest signatures where there are many."""
    starts = arrays["skeleton_start"]
    keys = (packed & _KEY_MASK) >> _EDIT_SHIFT
    # Query and edits in one number, in their order.
    whose = (packed >> _OWNER_SHIFT) * _EDITS + (packed & _EDIT_MASK)
    begins = starts[keys].astype(np.int64)
    counts = starts[keys + 1] - begins
    total = np.bincount(whose // _EDITS, counts, len(queries.folds))
    if total.max(initial=0) > _MOST_SIGNED:
        counts[_find_floods(whose, counts, _MOST_SIGNED)] = 0
    members = join_members(begins, counts)
    most = max(_FEWEST_COMPARED, int(_COMPARED * queries.limit))
    if total.max(initial=0) > most:
        unlike = _score_signatures(arrays, queries, (whose, counts), members)
        kept = _find_likest(unlike, len(queries.folds), most)
        members, whose = members[kept], unlike[kept] // _SCORES
    else:
        whose = whose.repeat(counts)
    groups = arrays["skeleton_at"][members].astype(np.int64)
    return Pairs(whose // _EDITS, groups, whose % _EDITS, np.zeros(len(groups), np.int64))


def _score_signatures(
    arrays: Mapping[str, Array], queries: Queries, runs: tuple[Array, Array], members: Array
) -> Array:
    """For each member its query and edits, and how unlike its signature is, in one number."""
    whose, counts = runs
    own, signs = sign_texts(*encode_texts(queries.folds)), arrays["skeleton_sign"][members]
    query = whose // _EDITS
    bits = np.bitwise_count(own)[query].repeat(counts) + np.bitwise_count(signs)
    signs ^= own[query].repeat(counts)
    unlike = np.bitwise_count(signs) * np.float32(_STEPS)
    unlike /= np.maximum(bits, np.uint8(1), out=bits)
    scores: Array = (whose * _SCORES + whose % _EDITS * _EDIT_STEPS).repeat(counts)
    scores += unlike.astype(np.uint8)
    return scores


def _find_likest(scores: Array, queries: int, most: int) -> Array:
    """Which members to compare letter by letter: of each query the likest, so many at most."""
    counts = np.bincount(scores, minlength=queries * _EDITS * _SCORES)
    counts = counts.reshape(queries, _EDITS, _SCORES).sum(1)
    upto = counts.cumsum(1)
    # 2: all of this score are taken; 1: as many as there is room for.
    taken = (upto <= most).astype(np.uint8) + (upto - counts < most)
    room = most - np.where(upto <= most, upto, 0).max(1)
    states = taken.repeat(_EDITS, axis=0).ravel()[scores]
    kept = np.flatnonzero(states)
    last = np.flatnonzero(states[kept] == 1)
    query = scores[kept[last]] // (_EDITS * _SCORES)
    over = last[rank_within(query) >= room[query]]
    return np.delete(kept, over)


def _find_by_word(
    arrays: Mapping[str, Array], looked: _Looked, skeletons: tuple[Array, Array]
) -> list[Pairs]:
    """The groups that share a word with a query, or are the query's word or it theirs."""
    kinds = [(looked.whole, "word")]
    if looked.words.stop > looked.words.start:
        kinds += [(looked.words, "word"), (looked.words, "skeleton")]
    found = []
    for kind, what in kinds:
        runs = skeletons[0][kind], skeletons[1][kind]
        if what == "word":
            runs = find_runs(arrays["word_key"], looked.ranges, kind)
        found.append(_take_runs(arrays, what, runs, looked.query[kind]))
    return found


def _take_runs(
    arrays: Mapping[str, Array], what: str, runs: tuple[Array, ...], query: Array
) -> Pairs:
    """The groups of these runs of keys, but for words of so many names that they tell nothing."""
    begins, ends = (arrays[f"{what}_start"][each].astype(np.int64) for each in runs)
    counts = np.where(ends - begins <= _MOST_OF_A_WORD, ends - begins, 0)
    if np.bincount(query, counts).max(initial=0) > _MOST_BY_WORD:
        counts[find_floods(query, counts, _MOST_BY_WORD)] = 0
    groups = arrays[f"{what}_at"][join_members(begins, counts)].astype(np.int64)
    whole = np.full(len(groups), NO_EDITS)
    return Pairs(query.repeat(counts), groups, whole, np.full(len(groups), WORD))


def merge_pairs(parts: Sequence[Pairs]) -> Pairs:
    """Returns the pairs of all parts, each once: with the fewest edits and all marks."""
    query, group, edits, marks = (np.concatenate(column) for column in zip(*parts, strict=True))
    packed = (query << _OWNER_SHIFT) | (group << _GROUP_SHIFT) | (edits << _MARK_BITS) | marks
    packed.sort()
    fresh = np.flatnonzero(first_of_each(packed >> _GROUP_SHIFT))
    marks = np.bitwise_or.reduceat(packed, fresh) if len(fresh) else packed
    packed = packed[fresh]
    return Pairs(
        packed >> _OWNER_SHIFT,
        (packed & _KEY_MASK) >> _GROUP_SHIFT,
        (packed >> _MARK_BITS) & _EDIT_MASK,
        marks & _MARK_MASK,
    )
