import pytest

from gazetteer.normalize import fold, skeleton, spell, variant_key
from gazetteer.penalties_places import load_feature_classes
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


# "on" and "no" without quotes are truth values in YAML.
@pytest.mark.parametrize("name", ["articles", "letters", "scripts", "name_words", "generic_words"])
def test_rules_are_text(name):
    def find_others(entry):
        if isinstance(entry, dict):
            return find_others([*entry.values(), *(key for key in entry if key not in WEIGHTS)])
        if isinstance(entry, list):
            return [other for each in entry for other in find_others(each)]
        return [] if isinstance(entry, str | None) else [entry]

    assert [other for other in find_others(load_rules(name)) if other != MIN_REST] == []


WEIGHTS, MIN_REST = {0.0, 0.2, 0.4, 0.6}, 2


def test_every_word_has_keys():
    for word in [*load_name_words(), *load_generic_words(), *load_qualifiers()]:
        assert fold(word)
        assert spell(word)
        assert variant_key(word)
        assert skeleton(word)


def test_no_spelling_stands_under_two_words():
    spellings = [
        spelling
        for entry in load_rules("name_words")
        for script in ("latin", "arabic")
        for spelling in entry.get(script, [])
    ]
    assert sorted({each for each in spellings if spellings.count(each) > 1}) == []


def test_generic_words_stand_in_the_form_they_are_kept_in():
    forms = load_name_words()
    assert [word for word in load_generic_words() if forms.get(word, word) != word] == []


def test_generic_words_that_sound_alike_weigh_alike():
    weights = {}
    for word, weight in load_generic_words().items():
        assert weights.setdefault(spell(word), weight) == weight, word


def test_forms_of_one_word_have_one_skeleton_in_both_scripts():
    """Or nearly: the form of a script is the one that its names use most."""
    for entry in load_rules("name_words"):
        if "arabic" in entry:
            latin, arabic = skeleton(entry["latin"][0]), skeleton(entry["arabic"][0])
            assert latin == arabic, entry


def test_a_qualifier_stands_after_the_name_in_the_keys():
    for one, other in [
        ("Eastern Ghariyah", "Ghariyah ash-Sharqiyah"),
        ("Big Rasm Elharmal", "رسم الحرمل الكبير"),
        ("Middle Majra", "مجرى وسطاني"),
    ]:
        assert skeleton(one) == skeleton(other)
    assert variant_key("Upper Mawa") == variant_key("Mawa Fawqani")
    assert skeleton("Eastern") == skeleton("Sharqi")
