import pytest

from gazetteer.normalize import fold
from gazetteer.penalties import load_feature_classes
from gazetteer.phrase_words import load_words
from gazetteer.rules import load_generic_words, load_name_words, load_qualifiers, load_rules
from gazetteer.sources.radius import load_features
from gazetteer.weights import load_costs
from geo.measure import HEADINGS

FEATURES = load_rules("feature_words")
GROUPS = {feature.group for feature in load_features().values()} | {"other"}


@pytest.mark.parametrize("feature", FEATURES)
def test_every_feature_is_answered_by_classes_that_exist(feature):
    classes = load_feature_classes(feature)
    assert classes
    assert set(classes) <= GROUPS
    assert len(set(classes)) == len(classes)


def test_no_word_asks_for_two_features():
    words = [word for entry in FEATURES.values() for word in entry["words"] + entry["arabic"]]
    assert sorted(word for word in set(words) if words.count(word) > 1) == []


def test_arabic_feature_words_are_folded():
    arabic = [word for entry in FEATURES.values() for word in entry["arabic"]]
    assert [word for word in arabic if fold(word) != word] == []


def test_headings_are_those_of_geometry():
    assert {m for entries in load_words().headings.values() for _, m in entries} == {
        *HEADINGS,
        "central",
    }


def test_qualifiers_are_kept_forms_and_generic():
    forms = set(load_name_words().values())
    assert load_qualifiers() <= forms
    assert load_qualifiers() <= set(load_generic_words())


def test_weights_name_classes_that_exist():
    weights = load_costs()
    assert set(weights["bare"]) <= GROUPS
    assert set(weights["population"]["people"]) <= GROUPS | {"listed"}
    assert all(cost >= 0 for cost in weights["bare"].values())
