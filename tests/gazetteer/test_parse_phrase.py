"""What parse_phrase reads in the cell of a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.phrases import parse_phrase

CELLS = [
    ("Mhajjah village", "in", "Mhajjah", "village", ()),
    ("Atareb", "in", "Atareb", "", ()),
    ("atareb", "in", "atareb", "", ()),
    ("Shaer gas field", "in", "Shaer", "field", ("Shaer gas field",)),
    ("Tiyas Military Airbase", "in", "Tiyas", "airbase", ("Tiyas Military Airbase",)),
    ("Rukban IDP camp", "in", "Rukban", "camp", ("Rukban IDP camp",)),
    ("Sayqal/Sein airbase", "in", "Sayqal", "airbase", ("Sein", "Sein airbase", "Sayqal airbase")),
    ("Division 17", "in", "Division 17", "base", ("17th Division",)),
    ("Kobane/Ayn al Arab town", "in", "Kobane", "town", ("Ayn al Arab",)),
    ("محافظة حمص", "in", "حمص", "province", ()),
    ("مطار النيرب العسكري", "in", "النيرب", "airbase", ("مطار النيرب العسكري",)),
    ("شمال الرقة", "sector", "الرقة", "", ()),
]


@pytest.mark.parametrize(("cell", "relation", "name", "feature", "variants"), CELLS)
def test_cell(cell, relation, name, feature, variants):
    phrase = parse_phrase(cell)
    mention = phrase.mentions[0]
    assert (phrase.relation, mention.text, mention.feature) == (relation, name, feature)
    assert mention.variants == variants


PARTS = [
    ("Homs \u2013 Al-Waer", "Al-Waer", "Homs"),
    ("Damascus - Jobar", "Jobar", "Damascus"),
    ("Jasim, Daraa", "Jasim", "Daraa"),
    ("Houla (Homs)", "Houla", "Homs"),
    ("حمص - الوعر", "الوعر", "حمص"),
]


@pytest.mark.parametrize(("cell", "name", "holder"), PARTS)
def test_cell_with_a_part_of_a_city(cell, name, holder):
    phrase = parse_phrase(cell)
    assert phrase.mentions[0].text == name
    assert phrase.containers[0].text == holder


def test_sector_in_arabic():
    phrase = parse_phrase("ريف حماة الشرقي")
    assert (phrase.relation, phrase.headings, phrase.countryside) == ("sector", ("east",), True)
    assert phrase.mentions[0].text == "حماة"


@pytest.mark.parametrize("cell", ["", "  ", "-", "??"])
def test_cell_without_a_name(cell):
    assert parse_phrase(cell) is None


@given(st.text())
def test_any_cell_is_read_or_refused(text):
    phrase = parse_phrase(text)
    assert phrase is None or phrase.mentions
