"""Cells of tables, in several languages: strings of UCDP GED, OCHA, ACLED and CENTCOM, or of
their form."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.phrase_units import to_ordinal
from gazetteer.phrases import find_phrases, parse_phrase
from gazetteer.rules import load_rules

# A cell; its name; its feature; its other spellings.
FACILITIES = [
    ("Aleppo Thermal Power Plant", "Aleppo", "works", ("Aleppo Thermal Power Plant",)),
    ("Az Zarah Thermal Power Plant", "Az Zarah", "works", ("Az Zarah Thermal Power Plant",)),
    ("Sugar factory", "Sugar factory", "works", ()),
    ("Deir ez Zor airport", "Deir ez Zor", "airport", ("Deir ez Zor airport",)),
    ("Tiyas Military Airbase", "Tiyas", "airbase", ("Tiyas Military Airbase",)),
    ("Hmeimim air base", "Hmeimim", "airbase", ("Hmeimim air base",)),
    ("Bab al-Hawa border crossing", "Bab al-Hawa", "crossing", ("Bab al-Hawa border crossing",)),
    ("Uwayrid Dam", "Uwayrid", "dam", ("Uwayrid Dam",)),
    ("Tishreen Dam area", "Tishreen", "dam", ("Tishreen Dam",)),
    ("Shair gas field", "Shair", "field", ("Shair gas field",)),
    ("Jihar oil/gas field", "Jihar", "field", ("Jihar oil/gas field",)),
    ("Former Al Mayadin Airport", "Al Mayadin", "airport", ("Former Al Mayadin Airport",)),
    ("Jabisah Oil Fields", "Jabisah", "field", ("Jabisah Oil Fields",)),
    ("Al Qatari checkpoint", "Al Qatari", "checkpoint", ("Al Qatari checkpoint",)),
    ("Sado checkpoint area", "Sado", "checkpoint", ("Sado checkpoint",)),
    ("Adra Prison Complex", "Adra", "prison", ("Adra Prison Complex",)),
    ("Central Prison of Aleppo", "Aleppo", "prison", ("Central Prison of Aleppo",)),
    ("National Hospital Daraa", "Daraa", "hospital", ("National Hospital Daraa",)),
    ("Der Ballout IDP camp", "Der Ballout", "camp", ("Der Ballout IDP camp",)),
    ("Camp Bucca", "Bucca", "camp", ("Camp Bucca",)),
    ("Al Mallah farms", "Al Mallah", "farm", ("Al Mallah farms",)),
    ("Tall Kharouf Radar Base", "Tall Kharouf", "base", ("Tall Kharouf Radar Base",)),
    ("Rahbat Ishara Military Base", "Rahbat Ishara", "base", ("Rahbat Ishara Military Base",)),
    (
        "Army Armored Vehicle Base Harasta",
        "Harasta",
        "base",
        ("Army Armored Vehicle Base Harasta",),
    ),
    ("T2 Pumping Station", "T2", "works", ("T2 Pumping Station",)),
    ("Zarqa crossroad", "Zarqa", "junction", ("Zarqa crossroad",)),
    ("Aleppo University", "Aleppo", "building", ("Aleppo University",)),
    ("Burj al-Sebi tower", "Burj al-Sebi", "building", ("Burj al-Sebi tower",)),
    ("Tall Bazzam hill", "Tall Bazzam", "mountain", ("Tall Bazzam hill",)),
    ("Qalamoun mountain range", "Qalamoun", "mountain", ("Qalamoun mountain range",)),
    ("Jabal Antar", "Jabal Antar", "mountain", ()),
    ("Mount Hermon", "Mount Hermon", "mountain", ()),
    ("Hawijat Kati island", "Hawijat Kati", "island", ("Hawijat Kati island",)),
    ("Sahl al Ghab plain", "Sahl al Ghab", "plain", ("Sahl al Ghab plain",)),
    ("Syrian Desert", "Syrian Desert", "plain", ()),
    ("Red Hills", "Red Hills", "mountain", ()),
    ("St. Mary's church", "St. Mary", "building", ("St. Mary's church",)),
    (
        "Water treatment/pumping station Jazirah area",
        "Jazirah",
        "works",
        ("pumping station Jazirah",),
    ),
]
SETTLEMENTS = [
    ("Kafr Basin town", "Kafr Basin", "town", ()),
    ("Hamra village", "Hamra", "village", ()),
    ("As Salihiyah village", "As Salihiyah", "village", ()),
    ("At Tayyibah town", "At Tayyibah", "town", ()),
    ("Al Qamishli  town", "Al Qamishli", "town", ()),
    ("Eastern Ghariyah town", "Eastern Ghariyah", "town", ()),
    ("East Farahaniah village", "East Farahaniah", "village", ()),
    ("Kabsh Sharqi village", "Kabsh Sharqi", "village", ()),
    ("Sawwanah ash Sharqiyah village", "Sawwanah ash Sharqiyah", "village", ()),
    ("Jabar Eastern area", "Jabar Eastern", "region", ()),
    ("Upper Rmeilan village", "Upper Rmeilan", "village", ()),
    ("Bab al Khayr village II", "Bab al Khayr II", "village", ("Bab al Khayr 2",)),
    ("Rif al-Muhandisin 2", "Rif al-Muhandisin 2", "", ("Rif al-Muhandisin II",)),
    ("Al Rashidin 4 Sector", "Al Rashidin 4", "region", ("Al Rashidin IV", "Al Rashidin")),
    ("Sector 4", "Sector 4", "", ("Sector IV",)),
    ("Ard az Zurzur village", "Ard az Zurzur", "village", ()),
    ("Tall Rifat", "Tall Rifat", "", ()),
    ("Hezzeh suburb", "Hezzeh", "suburb", ()),
    ("Mintaqat Markaz Hamah district", "Hamah", "district", ()),
    ("Bunia territory", "Bunia", "district", ()),
    ("Gwoza LGA", "Gwoza", "district", ()),
    ("Djibo cercle", "Djibo", "district", ()),
    ("Green Village", "Green Village", "", ()),
    ("atareb city", "atareb", "city", ()),
    ("Port Sudan", "Port Sudan", "", ()),
]
UNITS = [
    ("Division 17", "Division 17", ("17th Division",)),
    ("17th Division", "17th Division", ("Division 17",)),
    ("17th Reserve Division", "17th Reserve Division", ("Division 17", "17th Division")),
    ("113th Air Defense Brigade", "113th Air Defense Brigade", ("Brigade 113", "113th Brigade")),
    ("Brigade 47", "Brigade 47", ("47th Brigade",)),
    ("137th Brigade Army Base", "137th Brigade", ("137th Brigade Army Base", "Brigade 137")),
    ("Division 17 Army Base", "Division 17", ("Division 17 Army Base", "17th Division")),
    (
        "Military base Regiment 111",
        "Regiment 111",
        ("Military base Regiment 111", "111th Regiment"),
    ),
    ("Army Artillery Base (Brigade 47)", "Army Artillery Base", ("Brigade 47", "47th Brigade")),
    (
        "Ein Issa military base (93rd Brigade)",
        "Ein Issa",
        ("Ein Issa military base", "93rd Brigade", "Brigade 93"),
    ),
    ("الفرقة 17", "الفرقة 17", ("Division 17",)),
    ("الفوج ٤٦", "الفوج ٤٦", ("Regiment 46", "الفوج 46")),
]
# Two names of one place.
ALIASES = [
    ("Kakhre/Yakhur village", "Kakhre", "village", ("Yakhur",)),
    ("As Suwar town/Sur town", "As Suwar", "town", ("Sur",)),
    ("Umranlı / Talyaq village", "Umranlı", "village", ("Talyaq",)),
    ("Darmashkanli village/Tormmisha", "Darmashkanli", "village", ("Tormmisha",)),
    ("Yani Yaban (Al-Judaydah) village", "Yani Yaban", "village", ("Al-Judaydah",)),
    ("Kobani (also Ayn al-Arab)", "Kobani", "", ("Ayn al-Arab",)),
    (
        "Euphrates Dam/Al-Tabaqa Dam",
        "Euphrates",
        "dam",
        ("Euphrates Dam", "Al-Tabaqa", "Al-Tabaqa Dam"),
    ),
    (
        "Sayqal/Sein Military Airbase",
        "Sayqal",
        "airbase",
        ("Sein", "Sein Military Airbase", "Sayqal Military Airbase"),
    ),
    (
        "Jalbara village/ Anabka Poultry farm",
        "Jalbara",
        "village",
        ("Anabka", "Anabka Poultry farm"),
    ),
    ("Syrian Badia/Syrian Desert", "Syrian Badia", "plain", ("Syrian Desert",)),
    ("عين العرب / كوباني", "عين العرب", "", ("كوباني",)),
]
ARABIC = [
    ("بلدة كفرنبل", "كفرنبل", "town", ()),
    ("قرية أبو جريف", "أبو جريف", "village", ()),
    ("مخيم اليرموك للاجئين", "اليرموك", "camp", ("مخيم اليرموك للاجئين",)),
    ("مطار دمشق الدولي", "دمشق", "airport", ("مطار دمشق الدولي",)),
    ("مطار النيرب العسكري", "النيرب", "airbase", ("مطار النيرب العسكري",)),
    ("قاعدة حميميم الجوية", "حميميم", "airbase", ("قاعدة حميميم الجوية",)),
    ("حاجز الملعب", "الملعب", "checkpoint", ("حاجز الملعب",)),
    ("معبر باب الهوى الحدودي", "باب الهوى", "crossing", ("معبر باب الهوى الحدودي",)),
    ("سد تشرين", "تشرين", "dam", ("سد تشرين",)),
    ("حقل العمر النفطي", "العمر", "field", ("حقل العمر النفطي",)),
    ("سجن عدرا المركزي", "عدرا", "prison", ("سجن عدرا المركزي",)),
    ("معمل السكر", "معمل السكر", "works", ()),
    ("جبل الزاوية", "جبل الزاوية", "mountain", ()),
    ("سهل الغاب", "سهل الغاب", "plain", ()),
    ("تل رفعت", "تل رفعت", "", ()),
    ("البادية السورية", "البادية السورية", "", ()),
    ("منطقة عفرين", "عفرين", "district", ()),
    ("ناحية جنديرس", "جنديرس", "subdistrict", ()),
]
FOREIGN = [
    ("village de Boulkessi", "Boulkessi", "village", ()),
    ("la ville de Djibo", "Djibo", "city", ()),
    ("camp de réfugiés de Mberra", "Mberra", "camp", ("camp de réfugiés de Mberra",)),
    ("région de Mopti", "Mopti", "region", ()),
    ("Abdal köyü", "Abdal", "village", ()),
    ("Şeyh Maksud mahallesi", "Şeyh Maksud", "neighbourhood", ()),
    ("Cerablus İlçesi", "Cerablus", "district", ()),
    ("Menbic barajı", "Menbic", "dam", ("Menbic barajı",)),
    ("село Роботине", "Роботине", "village", ()),
    ("м. Харків", "Харків", "city", ()),
    ("м.Харків", "Харків", "city", ()),
    ("г. Мариуполь", "Мариуполь", "city", ()),
    ("посёлок Зайцево", "Зайцево", "town", ()),
    ("Покровський район", "Покровський", "district", ("Покровськ", "Покров")),
    ("аэропорт Донецка", "Донецка", "airport", ("аэропорт Донецка",)),
]


@pytest.mark.parametrize(
    ("cell", "name", "feature", "variants"),
    [*FACILITIES, *SETTLEMENTS, *ALIASES, *ARABIC, *FOREIGN],
)
def test_name(cell, name, feature, variants):
    phrase = parse_phrase(cell)
    assert phrase.relation == "in"
    assert phrase.containers == ()
    assert [(m.text, m.feature, m.variants) for m in phrase.mentions] == [(name, feature, variants)]


@pytest.mark.parametrize(("cell", "name", "variants"), UNITS)
def test_unit(cell, name, variants):
    (mention,) = parse_phrase(cell).mentions
    assert (mention.text, mention.feature, mention.variants) == (name, "base", variants)


@pytest.mark.parametrize(
    ("number", "written"), [(2, "2nd"), (11, "11th"), (23, "23rd"), (101, "101st"), (112, "112th")]
)
def test_ordinal(number, written):
    assert to_ordinal(number) == written


LATIN = ("words", "cells", "turkish", "french", "cyrillic", "romanised", "kept")


@pytest.mark.parametrize("keys", [LATIN, ("arabic",)])
def test_a_word_asks_for_one_feature(keys):
    asked = {}
    for feature, entry in load_rules("feature_words").items():
        for word in (word for key in keys for word in entry.get(key, ())):
            assert asked.setdefault(word, feature) == feature, word


SCRAPS = (
    "the of in near and between north Eastern Aleppo Idlib's al-Bab As 17th 17 II km 12 Division "
    "Brigade Army Base (X) ( ) / , - \u2013 village town area airport oil field border axis "
    "triangle Former camp de d'Alep près au nord Halep'in kırsalı köyü м. с. біля село ريف شمال "
    "الشمالي حلب في بريف و بين مطار العسكري الفرقة كم ،"
)
CELLS = st.lists(st.sampled_from(SCRAPS.split()), max_size=12).map(" ".join)


@given(st.one_of(CELLS, st.text()))
@example(" \t(Aleppo) 17th Division/Idlib\u2019s camp ")
def test_spans_are_exact_or_left_out(cell):
    phrase = parse_phrase(cell)
    if phrase is None:
        assert not any(letter.isalnum() for letter in cell)
        return
    assert cell[phrase.start : phrase.end] == phrase.text
    for mention in (*phrase.mentions, *phrase.containers):
        assert mention.text
        if mention.end:
            assert cell[mention.start : mention.end] == mention.text


LONG = [
    *("north", "north,", "X (Y)", "(X)", "(", "'", "-", "Aleppo", "Aleppo-Idlib-", "Aleppo/"),
    *("near X and", "12 km north of X,", "X in", "city of", "Division 17", "military"),
    *("d'Alep", "Halep'in", "м.", "ريف", "شمال حلب و", "في"),
]


@pytest.mark.parametrize("read", [parse_phrase, find_phrases])
@pytest.mark.parametrize("scrap", LONG)
def test_ten_thousand_letters_take_less_than_a_second(scrap, read):
    for text in (scrap * 10_000, f"{scrap} " * 10_000):
        start = time.process_time()
        read(text[:10_000])
        assert time.process_time() - start < 1
