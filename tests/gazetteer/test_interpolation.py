"""Searching by interpolation finds what searching by halves finds, whatever the keys are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import runs
from gazetteer.interpolation import find_spread_runs
from gazetteer.runs import find_runs, make_ranges


@st.composite
def sorted_keys(draw: st.DrawFn) -> np.ndarray:
    pick = np.random.default_rng(draw(st.integers(0, 99)))
    kinds = [
        pick.integers(2**64, size=3000, dtype=np.uint64),
        pick.integers(2**64, size=30, dtype=np.uint64).repeat(100),
        pick.integers(2**20, size=500, dtype=np.uint64),
        np.full(300, 2**64 - 1, np.uint64),
        np.zeros(200, np.uint64),
    ]
    return np.sort(np.concatenate(draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=4))))


@given(keys=sorted_keys(), others=st.lists(st.integers(0, 2**64 - 1), max_size=9))
def test_any_keys_are_found_where_they_are(keys: np.ndarray, others: list[int]) -> None:
    ends = np.array([0, 1, 2**64 - 1, *others], np.uint64)
    low = np.concatenate([keys[::37], ends])
    high = low | np.uint64(0xFF)
    begins, ends = find_spread_runs(keys, low, high)
    assert begins.tolist() == keys.searchsorted(low, "left").tolist()
    assert ends.tolist() == keys.searchsorted(high, "right").tolist()


def test_many_keys_are_searched_by_interpolation(monkeypatch: pytest.MonkeyPatch) -> None:
    pick = np.random.default_rng(1)
    keys = np.sort(pick.integers(2**64, size=10_000, dtype=np.uint64))
    ranges = make_ranges(keys[::100], np.full(100, -1))
    expected = find_runs(keys, ranges)
    called: list[int] = []

    def note(*arguments: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        called.append(len(arguments[1]))
        return find_spread_runs(*arguments)

    monkeypatch.setattr(runs, "find_spread_runs", note)
    monkeypatch.setattr(runs, "_MANY_KEYS", 1000)
    found = find_runs(keys, ranges)
    assert called == [100]
    assert [each.tolist() for each in found] == [each.tolist() for each in expected]
