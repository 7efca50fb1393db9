"""Names as other hands write them still meet the original in its keys."""

import pytest

from benchmarks.names_data import read_syria
from benchmarks.names_degraded import WAYS
from gazetteer.normalize import deletions, skeleton, typed_skeletons
from gazetteer.phrases import parse_phrase

# Shares just under what was measured: skeletons that are equal (one of those looked for), and that
# the index finds: equal, or equal when either loses a letter.
FLOORS = {
    "vowels changed": (0.98, 0.99),
    "article dropped": (0.99, 0.99),
    "hyphens": (0.99, 0.99),
    "doubled letters": (0.98, 0.99),
    "French spelling": (0.97, 0.99),
    "Turkish spelling": (0.95, 0.99),
    "one typo": (0.60, 0.95),
}


def test_every_way_has_a_floor():
    assert set(FLOORS) == set(WAYS)


@pytest.mark.usefixtures("shared_dir")
@pytest.mark.parametrize("way", FLOORS)
def test_degraded_names_meet_the_original(way):
    phrases = [parse_phrase(question.text) for question in read_syria()]
    names = [phrase.mentions[0].text for phrase in phrases if phrase and phrase.mentions]
    changed = [(name, WAYS[way](name)) for name in names if WAYS[way](name) != name]
    pairs = [
        ({skeleton(name)}, {skeleton(other), *typed_skeletons(other)}) for name, other in changed
    ]
    assert len(pairs) > 200
    equal, found = FLOORS[way]
    assert sum(bool(one & other) for one, other in pairs) / len(pairs) >= equal
    near = [bool(add_deletions(one) & add_deletions(other)) for one, other in pairs]
    assert sum(near) / len(pairs) >= found


def add_deletions(keys: set[str]) -> set[str]:
    return keys.union(*(deletions(key) for key in keys))
