import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from gazetteer.normalize import deletions, fold, name_keys, skeleton, variant_key
from gazetteer.rules import load_generic_words, load_name_words

FOLDED = [
    ("Ma‘arrat an-Nu‘mān", "maarrat numan"),
    ("مَعَرَّة النُّعْمَان", "معره نعمان"),
    ("DEIR EZ-ZOR", "deir zor"),
    ("As-Suwaydā’", "suwayda"),
    ("Şanlıurfa", "sanliurfa"),
    ("İstanbul", "istanbul"),
    ("إدلب", "ادلب"),
    ("تــدمــر", "تدمر"),
    ("قامیشلی", "قاميشلي"),
    ("Al", "al"),
    ("El Al", "al"),
    ("St. John's", "st johns"),
    ("Division 17", "division 17"),
    ("الفرقة ١٧", "فرقه 17"),
    ("", ""),
    ("—", ""),
]


@pytest.mark.parametrize(("name", "expected"), FOLDED)
def test_fold(name, expected):
    assert fold(name) == expected


# Spellings of one place that the rules alone bring together.
VARIANTS = [
    ("Abu Dhuhour", "Abou ed-Douhour", "Abu al-Duhur"),
    ("Bou Kamal", "Abu Kamal", "Al-Bukamal"),
    ("Maaret al-Numan", "Ma'arrat an Nu'man", "Maarat al-Nu'maan"),
    ("Tall Tamr", "Tell Tamr", "Tal Tamr"),
    ("Deir ez-Zor", "Dayr az-Zur", "Der ez Zour"),
    ("Ayn Isa", "Ain Issa", "Ein Isa"),
    ("Douma", "Duma"),
    ("Raqqa", "Ar-Raqqah", "Rakka"),
    ("Kafr Nabl", "Kfar Nabl", "Kefr Nebl"),
    ("Shaykh Miskin", "Sheikh Miskin", "Cheikh Miskin"),
    ("Al-Hasakah", "Hasaka", "Heseke"),
]


@pytest.mark.parametrize("names", VARIANTS)
def test_spellings_meet_in_the_variant_key(names):
    assert len({variant_key(name) for name in names}) == 1


# Names in Latin and Arabic script, from OCHA's and GeoNames' tables of Syria.
SCRIPTS = [
    ("Idlib", "إدلب"),
    ("Maarrat An Numan", "معرة النعمان"),
    ("Maaret al-Numan", "معرة النعمان"),
    ("Abu Dhuhour", "أبو الظهور"),
    ("Bou Kamal", "البوكمال"),
    ("Abu Kamal", "أبو كمال"),
    ("Amuda", "عامودا"),
    ("Tal Tamr", "تل تمر"),
    ("Ain Issa", "عين عيسى"),
    ("Abu-Djreif", "أبو جريف"),
    ("Samka", "السمكة"),
    ("Maar Shamarin", "معرشمارين"),
    ("Rashidin", "الراشدين"),
    ("Qamishli", "القامشلي"),
    ("Jarabulus", "جرابلس"),
    ("Cerablus", "جرابلس"),
    ("As-Suwayda", "السويداء"),
    ("Deir ez-Zor", "دير الزور"),
    ("Al-Hasakah", "الحسكة"),
    ("Heseke", "الحسكة"),
    ("Ash Shaykh Maskin", "الشيخ مسكين"),
    ("Kafr Nabl", "كفرنبل"),
    ("Douma", "دوما"),
    ("Wadi Barada", "وادي بردى"),
    ("Yabroud", "يبرود"),
    ("Khan Shaykhun", "خان شيخون"),
]


@pytest.mark.parametrize(("latin", "arabic"), SCRIPTS)
def test_scripts_meet_in_the_skeleton(latin, arabic):
    assert skeleton(latin) == skeleton(arabic)


# Names whose spelling hides or adds a sound: one letter of the skeleton apart.
ONE_APART = [
    ("Al-Layramoun", "Baliramoun"),
    ("Latakia", "اللاذقية"),
    ("Albukamal", "البوكمال"),
    ("Binnish", "بنش"),
    ("Hagar", "هجر"),
]


@pytest.mark.parametrize(("one", "other"), ONE_APART)
def test_skeletons_are_one_letter_apart(one, other):
    assert Levenshtein.distance(skeleton(one), skeleton(other)) <= 1


DIFFERENT = [("Hama", "Homs"), ("Idlib", "Ariha"), ("Tall Rifat", "Tall Tamr"), ("حلب", "حمص")]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_stay_apart(one, other):
    assert skeleton(one) != skeleton(other)
    assert variant_key(one) != variant_key(other)


NAMES = st.one_of(
    st.text(),
    st.text(alphabet="al -'enrsdzthkاللشمةهيىأإءعَ‘ṣḥū", min_size=1),
)


@given(NAMES)
def test_folding_twice_changes_nothing(name):
    assert fold(fold(name)) == fold(name)


@given(NAMES)
def test_case_and_unicode_form_do_not_matter(name):
    assert fold(name) == fold(unicodedata.normalize("NFC", name))
    if name.isascii():
        assert skeleton(name.upper()) == skeleton(name)


@given(st.lists(NAMES))
def test_many_names_at_once_give_the_same_keys(names):
    folds, variants, bare = name_keys(names)
    assert folds == [fold(name) for name in names]
    assert variants == [variant_key(name) for name in names]
    assert bare == [skeleton(name) for name in names]


@given(NAMES)
def test_a_name_that_folds_to_something_has_keys(name):
    assert bool(fold(name)) == bool(skeleton(name))


@given(st.text(alphabet="bdrsmnk", min_size=4, max_size=12))
def test_a_lost_or_changed_letter_is_met_by_deletions(key):
    assert {len(shorter) for shorter in deletions(key)} == {len(key) - 1}
    changed = "x" + key[1:]
    assert set(deletions(changed)) & {key, *deletions(key)}


def test_every_word_of_the_rules_is_in_folded_form():
    for spelling, form in load_name_words().items():
        assert fold(spelling) == spelling
        assert load_name_words()[form] == form
    assert [word for word in load_generic_words() if fold(word) != word] == []
