"""Pairs of near namesakes are those that comparing each with each finds, however they are cut."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer import neighbours, prefixes
from gazetteer.columns import collect_places
from gazetteer.keys import finish_keys, start_keys
from gazetteer.neighbours import Entries, find_near, find_shared, list_entries, measure_pairs
from gazetteer.place import Place
from gazetteer.prefixes import find_prefixes
from gazetteer.texts import Texts

REACHES_KM = (1.0, 6.0, 150.0)
# Close together, on both sides of the date line, at the poles and where parallels are short.
HOMES = [
    *((36.6, 35.9), (179.999, -17.0), (-179.999, -17.0)),
    *((20.0, 79.99), (0.0, 89.99), (90.0, 89.5)),
]
Spots = list[tuple[int, int, float, float]]


def place_spots() -> st.SearchStrategy[Spots]:
    shift = st.floats(-1.0, 1.0) | st.floats(-0.05, 0.05)
    return st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, len(HOMES) - 1), shift, shift), max_size=25
    )


def make_places(spots: Spots) -> list[Place]:
    names = ("Idlib", "Halab", "Homs")
    found = []
    for at, (name, home, east, north) in enumerate(spots):
        lon, lat = HOMES[home][0] + east, HOMES[home][1] + north
        lon = (lon + 180) % 360 - 180
        found.append(
            Place(f"own:{at}", names[name], lon, max(-90.0, min(90.0, lat)), "PPL", "", "own", 1.0)
        )
    return found


@given(spots=place_spots(), together=st.integers(1, 30))
@example(spots=[(0, 1, 0.0, 0.0), (0, 2, 0.0, 0.0)], together=30)
@example(spots=[(1, 4, 0.0, 0.0), (1, 5, 0.0, 0.4)], together=30)
def test_no_pair_within_reach_is_missed(spots: Spots, together: int) -> None:
    columns = collect_places(make_places(spots))
    keys = finish_keys(start_keys(columns))
    rows = [(a, b) for b in range(len(spots)) for a in range(b) if spots[a][0] == spots[b][0]]
    pairs = np.array(rows, np.uint32).reshape(-1, 2).T
    km = measure_pairs(columns, pairs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neighbours, "_TOGETHER", together)
        parts = list(list_entries(columns, keys, keys.fold))
    assert together == 30 or len(spots) < together or len(parts) > 1
    for reach_km in REACHES_KM:
        found = [find_near(part, reach_km, lambda these, those: these != those) for part in parts]
        near = np.concatenate([np.empty((2, 0), np.uint32), *found], axis=1)
        near = near[:, measure_pairs(columns, near) <= reach_km]
        assert sorted(near.T.tolist()) == sorted(pairs[:, km <= reach_km].T.tolist())


def test_entries_of_one_source_are_told_from_shared_ones() -> None:
    numbers = np.array([1, 1, 2, 2, 2], np.uint32)
    owners = np.array([0, 1, 2, 3, 0], np.uint32)
    entries = Entries(owners, numbers, *(np.zeros(5, np.int32) for _ in range(2)), numbers)
    spaces = np.array([0, 0, 1, 1], np.uint8)
    assert find_shared(entries, spaces).tolist() == [False, False, True, True, True]
    assert find_shared(entries.take(np.zeros(5, bool)), spaces).tolist() == []


@given(ids=st.lists(st.sampled_from(["wof:1", "wof:", "ocha:C1", "ocha", "", "a:b:c", "ab:c"])))
def test_sources_are_what_ids_begin_with(ids: list[str]) -> None:
    expected = [text.partition(":")[0] for text in ids]
    texts = Texts.pack(ids)
    for tried in (0, 2, 40):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(prefixes, "_MOST_TRIED", tried)
            patch.setattr(prefixes, "_CHUNK", 3)
            found = find_prefixes(texts, np.arange(len(ids)))
        assert found.labels == list(dict.fromkeys(expected))
        assert [found.labels[number] for number in found.of_id] == expected
