"""Shortened texts hash as `normalize.deletions` has them: index and query meet."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.hashing import (
    hash_deletions,
    hash_forms,
    hash_slips,
    hash_with_deletions,
    sign_texts,
)
from gazetteer.normalize import deletions, skeleton
from gazetteer.runs import encode_texts

NAMES = ["Idlib", "Maaret al-Numan", "معرة النعمان", "Abu al-Duhur", "Deir ez-Zor", "حلب", "Ш", ""]


def shortened(forms: list[str]) -> list[set[int]]:
    hashes, counts = hash_deletions(forms)
    ends = np.cumsum(counts).tolist()
    starts = [0, *ends[:-1]]
    return [set(hashes[a:b].tolist()) for a, b in zip(starts, ends, strict=True)]


def test_deletions_of_real_names_hash_alike() -> None:
    forms = [skeleton(name) for name in NAMES]
    expected = [set(hash_forms(list(deletions(form))).tolist()) for form in forms]
    assert shortened(forms) == expected
    assert any(expected)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_deletions_of_any_text_hash_alike(forms: list[str]) -> None:
    expected = [set(hash_forms(list(deletions(form))).tolist()) for form in forms]
    assert shortened(forms) == expected


@given(st.lists(st.text(max_size=30), max_size=30, unique=True))
def test_different_texts_have_different_hashes(forms: list[str]) -> None:
    assert len(set(hash_forms(forms).tolist())) == len(forms)


def test_a_hash_does_not_depend_on_the_texts_beside_it() -> None:
    alone = [hash_forms([name])[0] for name in NAMES]
    assert hash_forms(NAMES).tolist() == alone


def test_a_thousand_similar_names_stay_apart() -> None:
    forms = [f"Tell {number}" for number in range(1000)] + [
        f"{number} Tell" for number in range(1000)
    ]
    assert len(np.unique(hash_forms(forms))) == 2000


@given(st.lists(st.text(max_size=30), max_size=10))
def test_hashes_and_deletions_in_one_go_are_the_same(forms: list[str]) -> None:
    hashes, shorter = hash_with_deletions(forms)
    apart = hash_deletions(forms)
    assert hashes.tolist() == hash_forms(forms).tolist()
    assert shorter.hashes.tolist() == apart.hashes.tolist()
    assert shorter.counts.tolist() == apart.counts.tolist()


def slip(text: str, alphabet: str) -> set[str]:
    cuts = [(text[:at], text[at:]) for at in range(len(text) + 1)]
    lost = {head + tail[1:] for head, tail in cuts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    put_in = {head + letter + tail for head, tail in cuts for letter in alphabet}
    changed = {head + letter + tail[1:] for head, tail in cuts if tail for letter in alphabet}
    return lost | swapped | put_in | changed


@given(st.lists(st.text(max_size=12), max_size=6), st.text(min_size=1, max_size=4))
def test_slips_of_any_text_hash_alike(texts: list[str], alphabet: str) -> None:
    codes = np.array([ord(letter) for letter in alphabet], np.uint64)
    slips = hash_slips(texts, codes)
    for at, text in enumerate(texts):
        found = set(slips.hashes[slips.owners == at].tolist())
        assert found == set(hash_forms(sorted(slip(text, alphabet))).tolist())


def sign(texts: list[str]) -> list[int]:
    signatures: list[int] = sign_texts(*encode_texts(texts)).tolist()
    return signatures


@given(st.lists(st.text(max_size=12), max_size=10))
def test_a_signature_does_not_depend_on_the_texts_beside_it(texts: list[str]) -> None:
    assert sign(texts) == [sign([text])[0] for text in texts]


def test_signatures_of_like_names_are_alike() -> None:
    name, like, other, empty = sign(["qusayr", "kusair", "damascus", ""])
    assert empty == 0
    assert name == like  # q as k, y as i
    assert (name ^ other).bit_count() > 8
    assert sign(["dummar"])[0] & ~sign(["dumar"])[0] == 0  # doubling says nothing
