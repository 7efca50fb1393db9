"""Words of names as keys: which tell places apart, and where they lead."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.runs import encode_texts
from gazetteer.words import hash_words, is_telling, make_word_runs

FOLDS = ["", "jabar", "sharqi jabar", "sharqi", "muraijib jumlan", "مخيم ركبان", "de la mora"]


def lead(word: str, folds: list[str] = FOLDS) -> list[str]:
    runs = make_word_runs(*encode_texts(folds), np.arange(len(folds)), np.zeros(len(folds), "u8"))
    at = np.flatnonzero(runs.keys == (hash_words([word])[0] & ~np.uint64(0xFF)))
    return [folds[g] for a in at for g in runs.groups[runs.starts[a] : runs.starts[a + 1]]]


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("jabar", ["sharqi jabar"]),  # not the name that is the word alone: its skeleton is
        ("jaber", ["sharqi jabar"]),
        ("mrayjeb", ["muraijib jumlan"]),
        ("ركبان", ["مخيم ركبان"]),
        ("rukban", ["مخيم ركبان"]),
        ("mora", ["de la mora"]),
        ("homs", []),
    ],
)
def test_a_word_leads_to_the_names_it_is_part_of(word: str, names: list[str]) -> None:
    assert lead(word) == names


@pytest.mark.parametrize("word", ["sharqi", "tall", "de", "village", "مخيم", ""])
def test_words_of_many_places_tell_nothing(word: str) -> None:
    assert not is_telling(word)
    assert hash_words([word]).tolist() == [0]


def test_a_word_of_too_many_names_leads_nowhere() -> None:
    folds = ["", *(f"zagora {number:05}" for number in range(400))]
    assert lead("zagora", folds) == []
    assert len(lead("zagora", folds[:200])) == 199


@given(st.lists(st.text("ab \u0639\u0631", max_size=12).map(lambda t: " ".join(t.split()))))
def test_any_names_have_word_runs(folds: list[str]) -> None:
    groups = np.arange(len(folds))
    runs = make_word_runs(*encode_texts(folds), groups, np.zeros(len(folds), np.uint64))
    assert len(runs.starts) == len(runs.keys) + 1
    assert all(" " in folds[group] for group in runs.groups.tolist())
