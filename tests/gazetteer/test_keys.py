"""Keys sorted piece by piece are those that sorting all at once gives; on disk as in memory."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import spool
from gazetteer.columns import collect_places
from gazetteer.hashing import hash_forms
from gazetteer.keys import (
    COUNTRY_BITS,
    add_country,
    finish_keys,
    make_skeletons,
    sort_pieces,
    sort_runs,
    start_keys,
)
from gazetteer.normalize import deletions
from gazetteer.place import Place
from gazetteer.spool import (
    Spool,
    count_mapped_bytes,
    find_offset,
    join_rows,
    release,
    release_part,
    spill,
)

KEYS = st.lists(st.integers(0, 2**64 - 1) | st.sampled_from([0, 5, 2**63]), max_size=40)


@given(keys=KEYS, size=st.integers(1, 9))
def test_pieces_are_sorted_as_a_whole(keys: list[int], size: int) -> None:
    targets = sorted(range(len(keys)), key=lambda at: at // 2)
    pairs = np.array(keys, np.uint64), np.array([at // 2 for at in targets], np.int64)
    pieces = [
        (pairs[0][at : at + size], pairs[1][at : at + size]) for at in range(0, len(keys), size)
    ]
    runs = sort_pieces(pieces)
    expected = sorted(set(zip(keys, pairs[1].tolist(), strict=True)))
    assert list(zip(runs.keys.tolist(), runs.targets.tolist(), strict=True)) == expected
    whole = sort_runs(*pairs)
    assert whole.keys.tolist() == runs.keys.tolist()


def test_shortened_skeletons_lead_to_their_whole() -> None:
    names = ["Idlib", "Halab", "Kafr Nabl", "Tall Tamr", "Tell"]
    places = [
        Place(f"own:{at}", name, 36.6, 35.9, "PPL", "SY", "own", 1.0)
        for at, name in enumerate(names)
    ]
    keys = finish_keys(start_keys(collect_places(places)))
    hashes = add_country(keys.skeleton_hash[1:], np.full(len(keys.skeletons) - 1, 7))
    found = make_skeletons(keys, sort_runs(hashes, np.arange(len(hashes))))
    at = {int(key): number for number, key in enumerate(found.keys)}
    expected = set()
    for skeleton, key in zip(list(keys.skeletons)[1:], hashes.tolist(), strict=True):
        for shorter in deletions(skeleton):
            short = int(add_country(hash_forms([shorter]), np.array([7]))[0])
            expected.add((short, at[key]))
    pairs = zip(found.shortened.keys.tolist(), found.shortened.targets.tolist(), strict=True)
    assert set(pairs) == expected
    assert all(key & int(COUNTRY_BITS) == 7 for key in found.keys.tolist())


def test_many_rows_lie_on_disk_and_may_be_changed() -> None:
    kept = Spool(np.dtype(np.uint32), limit=1000)
    for start in range(0, 10_000, 100):
        kept.append(np.arange(start, start + 100, dtype=np.uint32))
    rows = kept.finish()
    rows[5] = 77
    release([rows])
    assert rows[5] == 77
    rows[5] = 5
    assert rows.tolist() == list(range(10_000))


def test_few_rows_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.arange(10)
    assert spill(rows) is rows
    monkeypatch.setattr(spool, "SPILL_BYTES", 8)
    moved = spill(rows)
    assert moved is not rows
    assert moved.tolist() == rows.tolist()


def test_rows_of_several_arrays_are_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "_COPIED", 3)
    first, second = np.arange(10), np.arange(4)
    joined = join_rows([first, second])
    joined[0] = 99
    assert joined.tolist() == [99, *range(1, 10), *range(4)]
    assert first[0] == 0


@pytest.mark.skipif(not Path("/proc/self/statm").is_file(), reason="asks Linux what it holds")
def test_a_mapped_file_leaves_memory_part_by_part(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    path.write_bytes(bytes(range(256)) * 2**17)
    raw = np.memmap(path, np.uint8, mode="r").view(np.ndarray)
    before = count_mapped_bytes()
    total = int(raw.sum())
    assert count_mapped_bytes() - before > 30 * 2**20
    # The system may let two megabytes more go on either side.
    release_part(raw, 0, 8 * 2**20 + 1)
    assert 20 * 2**20 < count_mapped_bytes() - before < 26 * 2**20
    release_part(raw, 5, 6)
    release_part(raw, 0, len(raw))
    assert count_mapped_bytes() - before < 2**20
    assert find_offset(raw, raw[77:99]) == 77
    assert int(raw.sum()) == total
