"""Names as other hands write them still meet the original in its keys."""

import random
import re
from collections.abc import Callable

import pytest

from benchmarks.names import read_places
from gazetteer.normalize import deletions, skeleton, typed_skeletons
from gazetteer.phrases import parse_phrase


def change_vowels(name: str) -> str:
    return name.translate(str.maketrans("aeiou", "eaeuo")).replace("ey", "ay")


def drop_article(name: str) -> str:
    return re.sub(r"(?i)\b(?:al|el|a[dnrstz]|ash)[ -](?=\w)", "", name)


def change_hyphens(name: str) -> str:
    return name.replace("-", "\0").replace(" ", "-").replace("\0", " ")


def double_letters(name: str) -> str:
    return re.sub(r"(?<=[aeiou])([bdfklmnrst])(?=[aeiou])", r"\1\1", name)


def spell_french(name: str) -> str:
    for old, new in [
        ("sh", "ch"),
        ("j", "dj"),
        ("u", "ou"),
        ("oo", "ou"),
        ("q", "k"),
        ("Sh", "Ch"),
    ]:
        name = name.replace(old, new)
    return name


def spell_turkish(name: str) -> str:
    for old, new in [("sh", "ş"), ("Sh", "Ş"), ("j", "c"), ("J", "C"), ("w", "v"), ("q", "k")]:
        name = name.replace(old, new)
    return name


def make_typo(name: str) -> str:
    """One letter left out, changed, or two of them swapped; the first stays."""
    lot = random.Random(name)  # noqa: S311 - a fixed draw, no secret
    at = lot.randrange(1, max(2, len(name) - 1))
    kind = lot.randrange(3)
    middle = ("", lot.choice("nrtse"), name[at + 1 : at + 2] + name[at])[kind]
    return name[:at] + middle + name[at + 1 + (kind == 2) :]


# Shares just under what was measured: skeletons that are equal (one of those looked for), and that
# the index finds: equal, or equal when either loses a letter.
WAYS: list[tuple[Callable[[str], str], float, float]] = [
    (change_vowels, 0.98, 0.99),
    (drop_article, 0.99, 0.99),
    (change_hyphens, 0.99, 0.99),
    (double_letters, 0.99, 0.99),
    (spell_french, 0.98, 0.99),
    (spell_turkish, 0.98, 0.99),
    (make_typo, 0.45, 0.90),
]


@pytest.mark.usefixtures("shared_dir")
@pytest.mark.parametrize(("degrade", "equal", "found"), WAYS)
def test_degraded_names_meet_the_original(
    degrade: Callable[[str], str], equal: float, found: float
) -> None:
    phrases = [parse_phrase(text) for text in read_places()["where_coordinates"]]
    names = [phrase.mentions[0].text for phrase in phrases if phrase and phrase.mentions]
    changed = [(name, degrade(name)) for name in names if degrade(name) != name]
    pairs = [
        ({skeleton(name)}, {skeleton(other), *typed_skeletons(other)}) for name, other in changed
    ]
    assert len(pairs) > 200
    assert sum(bool(one & other) for one, other in pairs) / len(pairs) >= equal
    near = [bool(add_deletions(one) & add_deletions(other)) for one, other in pairs]
    assert sum(near) / len(pairs) >= found


def add_deletions(keys: set[str]) -> set[str]:
    return keys.union(*(deletions(key) for key in keys))
