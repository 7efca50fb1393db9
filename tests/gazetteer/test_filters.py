"""No key is ever filtered out, and few hashes pass that are none."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.filters import find_possible, make_filter
from gazetteer.hashing import hash_forms
from gazetteer.keys import add_country

HASHES = st.lists(st.integers(0, 2**64 - 1) | st.sampled_from([0, 2**64 - 1, 2**63]), max_size=90)


@given(hashes=HASHES, country=st.integers(0, 255))
def test_every_key_passes_whatever_its_country(hashes: list[int], country: int) -> None:
    found = np.array(sorted(hashes), np.uint64)
    words = make_filter(add_country(found, np.full(len(found), country)))
    assert find_possible(words, found).all()


def test_few_hashes_pass_that_are_no_keys() -> None:
    hashes = hash_forms([f"name {number}" for number in range(60_000)])
    words = make_filter(np.sort(hashes[:30_000]))
    assert words.nbytes < 2 * 30_000 * 2
    assert 0 < find_possible(words, hashes[30_000:]).mean() < 0.05


def test_no_keys_let_nothing_pass() -> None:
    words = make_filter(np.empty(0, np.uint64))
    assert not find_possible(words, hash_forms(["idlib", "halab"])).any()
