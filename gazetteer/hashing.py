"""64-bit hashes of many short texts at once, and of each text with one letter left out.

A polynomial over the letters' code points modulo 2^64, mixed as in MurmurHash3's last step: the
hash without one letter follows from prefix sums, so that three million deletions take a fraction
of a second. `tests/gazetteer/test_hashing.py` holds it against `normalize.deletions`.

Signatures are no hashes of a whole text but of its pairs of letters, a bit each: how many bits
two texts share says, before any is decoded, how alike they can be.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.normalize import deletions
from gazetteer.rules import load_rules
from gazetteer.runs import join_members

Array = NDArray[Any]

# An odd factor has an inverse modulo 2^64; this one is 2^64 divided by the golden ratio.
_FACTOR = 0x9E3779B97F4A7C15
_ODD = np.uint64(_FACTOR)
_INVERSE = np.uint64(pow(_FACTOR, -1, 2**64))
# Texts of different length never meet by leading or trailing zeros.
_LENGTH = np.uint64(0xC2B2AE3D27D4EB4F)
_MIXERS = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53)
_SHIFT = np.uint64(33)
# So many texts are hashed at a time: about 150 MB of work space.
_CHUNK = 500_000
_LINE_END = 10
_SIGNATURE_BITS = np.uint64(64)


class Deleted(NamedTuple):
    """The hashes of all shortened texts, text by text, and how many each text has."""

    hashes: Array
    counts: Array


class Slips(NamedTuple):
    """The hashes of texts with a slip, and the number of the text that each is of."""

    hashes: Array
    owners: Array


def hash_forms(forms: Sequence[str]) -> Array:
    """Returns the 64-bit hash of each text, 0 for an empty one.

    >>> hash_forms(["", "halab"]).tolist() == [0, hash_forms(["halab"]).tolist()[0]]
    True
    """
    parts = [_mix(_sum_whole(_sum_terms(chunk))) for chunk in _chunks(forms)]
    return np.concatenate(parts) if parts else np.empty(0, np.uint64)


def hash_pieces(codes: Array, lengths: Array) -> Array:
    """Returns the hash of each piece of a row of codes, as of a text with these code points."""
    return _mix(_sum_whole(_sum_codes(codes, lengths)))


def hash_deletions(forms: Sequence[str]) -> Deleted:
    """Returns the hashes of `normalize.deletions` of each text; a repeated letter counts twice."""
    parts = [_sum_without_each(_sum_terms(chunk)) for chunk in _chunks(forms)]
    if not parts:
        return Deleted(np.empty(0, np.uint64), np.empty(0, np.int64))
    hashes, counts = zip(*parts, strict=True)
    return Deleted(np.concatenate(hashes), np.concatenate(counts))


def hash_with_deletions(forms: Sequence[str]) -> tuple[Array, Deleted]:
    """Returns `hash_forms` and `hash_deletions` of a few texts in one go."""
    part = _sum_terms(forms)
    return _mix(_sum_whole(part)), _sum_without_each(part)


def hash_slips(forms: Sequence[str], alphabet: Array) -> Slips:
    """Returns the hashes of each text with one letter lost, put in or changed, or two swapped.

    `alphabet` has the code points that may stand in a text; the text itself is among its slips.
    """
    part = _sum_terms(forms)
    parts = [
        _sum_lost(part),
        _sum_swapped(part),
        _sum_put_in(part, alphabet),
        _sum_changed(part, alphabet),
    ]
    sums, owners = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Slips(_mix(sums), owners)


@cache
def _shortest() -> int:
    """The length from which `deletions` shortens a text."""
    return next(length for length in range(1, 10) if deletions("bcdfghklm"[:length]))


def _chunks(forms: Sequence[str]) -> Iterator[Sequence[str]]:
    return (forms[start : start + _CHUNK] for start in range(0, len(forms), _CHUNK))


@cache
def load_softening() -> bytes:
    """Returns a table for `bytes.translate`: half vowels as vowels, q as k.

    Not e as a and o as u, as the variant key has them: too many names would be equally alike.
    """
    rules = load_rules("letters")
    soft = {
        old: new
        for old, new in rules["variant_letters"].items()
        if len(new) == 1 and old.islower() and old not in rules["vowels"]
    }
    return bytes.maketrans("".join(soft).encode("ascii"), "".join(soft.values()).encode("ascii"))


@cache
def _pair_bits() -> Array:
    """The bit of each pair of bytes, softened; none for a letter that is doubled."""
    soft = np.frombuffer(load_softening(), np.uint8).astype(np.uint64)
    pairs = soft[:, None] * np.uint64(256) + soft[None, :]
    bits = np.uint64(1) << (_mix(pairs + np.uint64(1)) % _SIGNATURE_BITS)
    bits[soft[:, None] == soft[None, :]] = 0
    return bits.ravel()


def sign_texts(pool: Array, starts: Array) -> Array:
    """Returns the signature of each text of UTF-8 bytes laid end to end: 64 bits of its pairs.

    `starts` is where each text begins, with the end of the last added. The first letter makes a
    pair with the beginning; an empty text has no bit.
    """
    parts = [
        _sign(pool[int(starts[at]) : int(starts[min(at + _CHUNK, len(starts) - 1)])],
              starts[at : at + _CHUNK + 1].astype(np.int64) - int(starts[at]))
        for at in range(0, len(starts) - 1, _CHUNK)
    ]  # fmt: skip
    return np.concatenate(parts) if parts else np.empty(0, np.uint64)


def _sign(pool: Array, starts: Array) -> Array:
    signatures = np.zeros(len(starts) - 1, np.uint64)
    filled = np.flatnonzero(starts[1:] > starts[:-1])
    if len(filled):
        before = np.empty(len(pool), np.uint16)
        before[1:] = pool[:-1]
        before[starts[filled]] = _LINE_END
        bits = _pair_bits()[(before << np.uint16(8)) | pool]
        signatures[filled] = np.bitwise_or.reduceat(bits, starts[filled])
    return signatures


def _mix(values: Array) -> Array:
    """Spreads every bit over all others; 0 stays 0."""
    for mixer in _MIXERS:
        values = (values ^ (values >> _SHIFT)) * mixer
    mixed: Array = values ^ (values >> _SHIFT)
    return mixed


@cache
def _powers(size: int) -> Array:
    factors = np.full(size, _FACTOR, np.uint64)
    factors[:1] = 1
    return np.multiply.accumulate(factors)


class _Sums(NamedTuple):
    """Prefix sums of the polynomial's terms over texts laid end to end."""

    sums: Array
    starts: Array
    ends: Array


def _sum_terms(forms: Sequence[str]) -> _Sums:
    lengths = np.fromiter(map(len, forms), np.int64, len(forms))
    codes = np.frombuffer("".join(forms).encode("utf-32-le", "surrogatepass"), "<u4")
    return _sum_codes(codes, lengths)


def _sum_codes(codes: Array, lengths: Array) -> _Sums:
    ends = np.cumsum(lengths)
    starts = ends - lengths
    at = np.arange(len(codes))
    at -= starts.repeat(lengths)
    longest = 1 << int(lengths.max(initial=1)).bit_length()
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.multiply(codes, _powers(longest)[at], out=sums[1:], dtype=np.uint64, casting="unsafe")
    np.cumsum(sums, out=sums)
    return _Sums(sums, starts, ends)


def _sum_whole(part: _Sums) -> Array:
    total: Array = part.sums[part.ends] - part.sums[part.starts]
    total += _weigh_lengths(part)
    return total


class _Spots(NamedTuple):
    """Every letter of texts laid end to end: whose it is, where, and what the sums are there."""

    owner: Array
    at: Array
    power: Array


def _list_spots(part: _Sums, more: int) -> _Spots:
    """The letters of each text and, with `more` 1, its end; with -1, all letters but the last."""
    counts = np.maximum(part.ends - part.starts + more, 0)
    owner = np.arange(len(counts)).repeat(counts)
    at = join_members(part.starts, counts)
    longest = 1 << int(counts.max(initial=1)).bit_length()
    return _Spots(owner, at, _powers(longest)[at - part.starts[owner]])


def _sum_lost(part: _Sums) -> tuple[Array, Array]:
    owner, at, _ = _list_spots(part, 0)
    before = part.sums[at] - part.sums[part.starts[owner]]
    after = (part.sums[part.ends[owner]] - part.sums[at + 1]) * _INVERSE
    return before + after + (_weigh_lengths(part) - _LENGTH)[owner], owner


def _sum_put_in(part: _Sums, alphabet: Array) -> tuple[Array, Array]:
    owner, at, power = _list_spots(part, 1)
    before = part.sums[at] - part.sums[part.starts[owner]]
    after = (part.sums[part.ends[owner]] - part.sums[at]) * _ODD
    sums = before + after + (_weigh_lengths(part) + _LENGTH)[owner]
    return _add_letters(sums, power, alphabet), owner.repeat(len(alphabet))


def _sum_changed(part: _Sums, alphabet: Array) -> tuple[Array, Array]:
    owner, at, power = _list_spots(part, 0)
    sums = _sum_whole(part)[owner] - (part.sums[at + 1] - part.sums[at])
    return _add_letters(sums, power, alphabet), owner.repeat(len(alphabet))


def _sum_swapped(part: _Sums) -> tuple[Array, Array]:
    owner, at, _ = _list_spots(part, -1)
    first, second = part.sums[at + 1] - part.sums[at], part.sums[at + 2] - part.sums[at + 1]
    sums = _sum_whole(part)[owner] - first - second + first * _ODD + second * _INVERSE
    return sums, owner


def _add_letters(sums: Array, power: Array, alphabet: Array) -> Array:
    added: Array = np.multiply.outer(power, alphabet)
    added += sums[:, None]
    return added.ravel()


def _weigh_lengths(part: _Sums) -> Array:
    return (part.ends - part.starts).astype(np.uint64) * _LENGTH


def _sum_without_each(part: _Sums) -> Deleted:
    lengths = part.ends - part.starts
    counts = lengths * (lengths >= _shortest())
    owners = np.arange(len(counts)).repeat(counts)
    at = np.flatnonzero((counts > 0).repeat(lengths))
    before = part.sums[at] - part.sums[part.starts[owners]]
    after = (part.sums[part.ends[owners]] - part.sums[at + 1]) * _INVERSE
    shorter = (lengths[owners] - 1).astype(np.uint64) * _LENGTH
    return Deleted(_mix(before + after + shorter), counts)
