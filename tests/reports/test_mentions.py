"""Place phrases: which of them say where something happened."""

import pytest

from gazetteer.phrases import find_phrases
from reports.mentions import (
    Setting,
    find_all_phrases,
    find_anaphor,
    find_places,
    read_setting,
    resolve_anaphor,
)

# sentence, texts of the phrases that locate its event
CASES = [
    ("Shells hit a school in Kharkiv.", ["Kharkiv"]),
    ("Shelling in Kharkiv wounded three.", ["Kharkiv"]),
    ("Rebels captured Saraqib on Friday.", ["Saraqib"]),
    ("Speaking in Beijing, the president condemned the blast in Quetta.", ["Quetta"]),
    ("The minister told reporters in Ankara that a bomb exploded in Diyarbakir.", ["Diyarbakir"]),
    ("Nine soldiers were killed in Mali.", []),
    ("The defence ministry in Moscow said jets struck near Palmyra.", ["near Palmyra"]),
    ("Boko Haram fighters attacked Gwoza.", ["Gwoza"]),
    ("Smoke rose above Khan Younis.", ["Khan Younis"]),
    ("Fighters from Raqqa joined them.", []),
    ("Turkey-backed fighters clashed near Manbij.", ["near Manbij"]),
    ("The shelling of Stepanakert went on.", ["Stepanakert"]),
]


@pytest.mark.parametrize(("text", "places"), CASES)
def test_places_of_an_event(text, places):
    assert [phrase.text for phrase in find_places(text)] == places


def test_spans_hold_although_the_first_word_is_read_in_lower_case():
    text = "Clashes in Marib killed four."
    (phrase,) = find_all_phrases(text)
    assert text[phrase.start : phrase.end] == "Marib"


def test_a_name_the_report_uses_for_a_province_is_one():
    sentences = [
        "Rebels hold most of Idlib province.",
        "Jets struck Hama city.",
        "Bombs fell in Idlib.",
    ]
    setting = read_setting("", sentences, "SY")
    assert setting.provinces == {"idlib"}
    assert "hama" in setting.cities
    (phrase,) = find_places("Bombs fell in Idlib.", setting=setting)
    assert phrase.mentions[0].feature == "province"
    (phrase,) = find_places("Bombs fell in Aleppo.", setting=setting)
    assert phrase.mentions[0].feature == ""


def test_the_topic_is_the_place_named_most():
    sentences = ["Shells hit Bakhmut.", "Troops left Bakhmut.", "A drone fell in Sumy."]
    topic = read_setting("Fighting in Bakhmut", sentences, "UA").topic
    assert topic is not None
    assert topic.mentions[0].text == "Bakhmut"
    assert read_setting("", ["It rained."], "UA").topic is None


ANAPHORA = [
    ("rebel positions in those two provinces", ("province", True)),
    ("bombs fell on the city", ("city", False)),
    ("the city's northern suburbs", ("city", False)),
    ("gunmen opened fire in the village", ("town", False)),
    ("positions in the area", ("", False)),
    ("seven people died there", ("", False)),
    ("the area commander was killed", None),
    ("nine people died", None),
]


@pytest.mark.parametrize(("text", "expected"), ANAPHORA)
def test_words_that_stand_for_a_place(text, expected):
    assert find_anaphor(text) == expected


def _history(*texts):
    return [phrase for text in texts for phrase in find_phrases(text)]


def test_the_city_is_the_city_named_last_and_not_the_province():
    history = _history("in the city of Aleppo", "in Idlib province")
    (found,) = resolve_anaphor("city", history)
    assert [m.text for m in found.mentions] == ["Aleppo"]
    (found,) = resolve_anaphor("province", history)
    assert [m.text for m in found.mentions] == ["Idlib"]
    assert resolve_anaphor("province", _history("in the city of Aleppo")) == []


def test_several_provinces_are_those_named_together():
    history = _history("around the provinces of Kunduz and Takhar", "in the city of Kabul")
    (found,) = resolve_anaphor("province", history, several=True)
    assert [m.text for m in found.mentions] == ["Kunduz", "Takhar"]


def test_an_empty_setting_marks_nothing():
    (phrase,) = find_places("Bombs fell in Idlib.", setting=Setting())
    assert phrase.mentions[0].feature == ""
