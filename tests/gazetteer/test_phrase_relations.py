"""Cells of tables that name a relation or what a place lies in, in several languages."""

import pytest

from gazetteer.phrases import parse_phrase

# A cell; relation; names; headings; kilometres.
RELATIONS = [
    ("au nord de Djibo", "sector", ["Djibo"], ("north",), None),
    ("à 12 km au nord-est d'Alep", "offset", ["Alep"], ("northeast",), 12),
    ("près de Ménaka", "near", ["Ménaka"], (), None),
    ("entre Gao et Ansongo", "between", ["Gao", "Ansongo"], (), None),
    ("campagne sud d'Alep", "sector", ["Alep"], ("south",), None),
    ("Halep'in güney kırsalı", "sector", ["Halep"], ("south",), None),
    ("Menbic'in 12 km kuzeyi", "offset", ["Menbic"], ("north",), 12),
    ("Rasulayn yakınları", "near", ["Rasulayn"], (), None),
    ("Azez ile Mare arasında", "between", ["Azez", "Mare"], (), None),
    ("біля Роботиного", "near", ["Роботиного"], (), None),
    ("поблизу села Роботине", "near", ["Роботине"], (), None),
    ("за 12 км на північ від Харкова", "offset", ["Харкова"], ("north",), 12),
    ("к северу от Авдеевки", "sector", ["Авдеевки"], ("north",), None),
    ("між Бахмутом та Соледаром", "between", ["Бахмутом", "Соледаром"], (), None),
    ("ريف إدلب الجنوبي الشرقي", "sector", ["إدلب"], ("southeast",), None),
    ("ريف حمص الشمالي والشرقي", "sector", ["حمص"], ("north", "east"), None),
    ("شمال غرب سوريا", "sector", ["سوريا"], ("northwest",), None),
    ("على بعد 12 كم شمال إدلب", "offset", ["إدلب"], ("north",), 12),
    ("بالقرب من منبج", "near", ["منبج"], (), None),
    ("محيط تل أبيض", "near", ["تل أبيض"], (), None),
    ("بين سراقب ومعرة النعمان", "between", ["سراقب", "معرة النعمان"], (), None),
    ("طريق دمشق - حلب", "direction", ["دمشق", "حلب"], (), None),
    ("north of idlib", "sector", ["idlib"], ("north",), None),
    ("Silos east of Palmyra/Tadmur", "sector", ["Palmyra"], ("east",), None),
    ("Southern Aleppo Governorate", "sector", ["Aleppo"], ("south",), None),
    ("Eastern As Suwayda Governorate", "sector", ["As Suwayda"], ("east",), None),
    ("Road 42 between Ithriya and Ar Raqqah", "between", ["Ithriya", "Ar Raqqah"], (), None),
    ("Al Hasakah/Ar Raqqah border", "between", ["Al Hasakah", "Ar Raqqah"], (), None),
    ("M5 highway near Saraqib", "near", ["Saraqib"], (), None),
    ("Homs - Palmyra road", "direction", ["Homs", "Palmyra"], (), None),
    ("Tal Abyad - Ain Issa axis", "direction", ["Tal Abyad", "Ain Issa"], (), None),
    ("Khan Sheikhoun \u2013 Morek front line", "direction", ["Khan Sheikhoun", "Morek"], (), None),
    ("Pokrovsk direction", "near", ["Pokrovsk"], (), None),
    ("Saraqib frontlines", "near", ["Saraqib"], (), None),
    ("Latakia-Hama-Idlib axis", "direction", ["Latakia", "Hama", "Idlib"], (), None),
    (
        "Abu Bakr al-Baghdadi compund outside Barisha village",
        "near",
        ["Barisha"],
        (),
        None,
    ),
    (
        "Jabal Ash Shawmariyah-Jubb al Jarrah-Shaar gas field triangle",
        "near",
        ["Jabal Ash Shawmariyah", "Jubb al Jarrah", "Shaar"],
        (),
        None,
    ),
    (
        "Area between Albu Kamal and Al Mayadin by the Euphrates river",
        "between",
        ["Albu Kamal", "Al Mayadin"],
        (),
        None,
    ),
]


@pytest.mark.parametrize(("cell", "relation", "names", "headings", "km"), RELATIONS)
def test_relation(cell, relation, names, headings, km):
    phrase = parse_phrase(cell)
    assert phrase.relation == relation
    assert [mention.text for mention in phrase.mentions] == names
    assert phrase.headings == headings
    assert phrase.distance_km == km


HELD = [
    ("Military Research Center (Aleppo)", "Military Research Center", ["Aleppo"]),
    ("Former Brigade 135 Army Base (Qibar)", "Brigade 135", ["Qibar"]),
    ("Taybah farms (Mayadin)", "Taybah", ["Mayadin"]),
    ("Tall Tawil (Tall Tamr area) village", "Tall Tawil", ["Tall Tamr"]),
    ("Samka east of Saraqib", "Samka", ["Saraqib"]),
    ("Hajin, 12 km north of Abu Kamal", "Hajin", ["Abu Kamal"]),
    ("Kafr Nabl, Idlib, Syria", "Kafr Nabl", ["Idlib", "Syria"]),
    ("Jasim, Izra district", "Jasim", ["Izra"]),
    ("Sabri neighbourhood of Benghazi", "Sabri", ["Benghazi"]),
    ("Sabri district of Benghazi", "Sabri", ["Benghazi"]),
    ("Sarja village of Idlib", "Sarja", ["Idlib"]),
    ("Aleppo city - Sheikh Maqsoud", "Sheikh Maqsoud", ["Aleppo"]),
    ("Sheikh Maqsoud neighbourhood - Aleppo", "Sheikh Maqsoud", ["Aleppo"]),
    ("Sarja village - Idlib", "Sarja", ["Idlib"]),
    ("حي الشجاعية - غزة", "الشجاعية", ["غزة"]),
    ("غزة - حي الشجاعية", "الشجاعية", ["غزة"]),
    ("Euphrates river in Eastern Ar Raqqah", "Euphrates", ["Ar Raqqah"]),
    ("Tessit, cercle d'Ansongo", "Tessit", ["Ansongo"]),
    ("İdlib'in Binniş beldesi", "Binniş", ["İdlib"]),
    ("с. Роботине, Запорізька область", "Роботине", ["Запорізька"]),
    ("حي الوعر في مدينة حمص", "الوعر", ["حمص"]),
    ("قرية البارة بريف إدلب الجنوبي", "البارة", ["إدلب"]),
    ("مدينة سراقب شرقي إدلب", "سراقب", ["إدلب"]),
    ("سراقب، إدلب", "سراقب", ["إدلب"]),
]


@pytest.mark.parametrize(("cell", "name", "holders"), HELD)
def test_held(cell, name, holders):
    phrase = parse_phrase(cell)
    assert phrase.relation == "in"
    assert [mention.text for mention in phrase.mentions] == [name]
    assert [holder.text for holder in phrase.containers] == holders


def test_a_facility_in_a_place_is_called_after_it():
    (mention,) = parse_phrase("Scientific Research Center in Jamraya").mentions
    assert (mention.text, mention.feature) == ("Jamraya", "building")
    assert mention.variants == ("Jamraya Scientific Research Center",)


def test_the_countryside_of_damascus_may_be_its_governorate():
    phrase = parse_phrase("ريف دمشق")
    assert (phrase.relation, phrase.countryside) == ("sector", True)
    assert phrase.whole.text == "ريف دمشق"
