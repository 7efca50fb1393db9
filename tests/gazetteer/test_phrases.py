import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.phrases import find_phrases
from geo.measure import HEADINGS
from geo.regions import RELATIONS

# A sentence; the text of its phrase; relation; names with their features; headings; in whom.
SECTORS = [
    (
        "Shells fell on the eastern and northeastern countryside of Daraa province at dawn.",
        "eastern and northeastern countryside of Daraa province",
        [("Daraa", "province")],
        ("east", "northeast"),
        True,
    ),
    (
        "Fighting went on in northern Homs countryside.",
        "northern Homs countryside",
        [("Homs", "")],
        ("north",),
        True,
    ),
    (
        "Raids hit Latakia's northern countryside.",
        "Latakia's northern countryside",
        [("Latakia", "")],
        ("north",),
        True,
    ),
    (
        "Jets bombed southern Raqqa province.",
        "southern Raqqa province",
        [("Raqqa", "province")],
        ("south",),
        False,
    ),
    (
        "A mine went off SE of Salamiyah.",
        "SE of Salamiyah",
        [("Salamiyah", "")],
        ("southeast",),
        False,
    ),
    ("Clashes in the countryside of Tabqa.", "countryside of Tabqa", [("Tabqa", "")], (), True),
    (
        "Mortars struck the western and central parts of Kharkiv.",
        "western and central parts of Kharkiv",
        [("Kharkiv", "")],
        ("west", "central"),
        False,
    ),
]


def _names(phrase):
    return [(mention.text, mention.feature) for mention in phrase.mentions]


def _find(text, wanted):
    return next(phrase for phrase in find_phrases(text) if phrase.text == wanted)


@pytest.mark.parametrize(("text", "wanted", "names", "headings", "countryside"), SECTORS)
def test_sector(text, wanted, names, headings, countryside):
    phrase = _find(text, wanted)
    assert phrase.relation == "sector"
    assert _names(phrase) == names
    assert phrase.headings == headings
    assert phrase.countryside is countryside


RELATED = [
    (
        "A drone fell near the Hmeimim air base.",
        "near the Hmeimim air base",
        "near",
        [("Hmeimim", "airbase")],
    ),
    (
        "They met in the vicinity of Afrin and Azaz.",
        "in the vicinity of Afrin and Azaz",
        "near",
        [("Afrin", ""), ("Azaz", "")],
    ),
    (
        "Troops dug in between Kobani and Tal Abyad.",
        "between Kobani and Tal Abyad",
        "between",
        [("Kobani", ""), ("Tal Abyad", "")],
    ),
    (
        "A convoy burned on the Homs-Palmyra road.",
        "on the Homs-Palmyra road",
        "direction",
        [("Homs", ""), ("Palmyra", "")],
    ),
    (
        "They advanced in the direction of al-Bab-Tadef.",
        "in the direction of al-Bab-Tadef",
        "direction",
        [("al-Bab", ""), ("Tadef", "")],
    ),
    (
        "An attack in the direction of Kafr-Nabl-Hass.",
        "in the direction of Kafr-Nabl-Hass",
        "direction",
        [("Kafr-Nabl", ""), ("Hass", "")],
    ),
    (
        "Cars were hit on the Manbij\u2013Jarabulus axis.",
        "on the Manbij\u2013Jarabulus axis",
        "direction",
        [("Manbij", ""), ("Jarabulus", "")],
    ),
    (
        "It hit the towns of Nubl, Zahra and Mayer.",
        "towns of Nubl, Zahra and Mayer",
        "in",
        [("Nubl", "town"), ("Zahra", "town"), ("Mayer", "town")],
    ),
    (
        "Rain fell in Homs and Tartus provinces.",
        "Homs and Tartus provinces",
        "in",
        [("Homs", "province"), ("Tartus", "province")],
    ),
    ("A blast at Tabqa Dam killed two.", "Tabqa Dam", "at", [("Tabqa", "dam")]),
    (
        "Crowds gathered in the province of Kunduz.",
        "province of Kunduz",
        "in",
        [("Kunduz", "province")],
    ),
    (
        "A bomb exploded in the southern port city of Aden.",
        "southern port city of Aden",
        "in",
        [("Aden", "city")],
    ),
    (
        "Guards fired at the Semalka border crossing.",
        "Semalka border crossing",
        "at",
        [("Semalka", "crossing")],
    ),
]


@pytest.mark.parametrize(("text", "wanted", "relation", "names"), RELATED)
def test_relation(text, wanted, relation, names):
    phrase = _find(text, wanted)
    assert phrase.relation == relation
    assert _names(phrase) == names


OFFSETS = [
    ("A truck was hit 12 km north of Hajin.", "12 km north of Hajin", 12.0, ("north",)),
    ("The camp lies about 20 miles from Tanf.", "about 20 miles from Tanf", 32.187, ()),
    (
        "It fell three kilometres to the southwest of Inkhil.",
        "three kilometres to the southwest of Inkhil",
        3.0,
        ("southwest",),
    ),
    ("A farm 500 metres east of Rasm was burned.", "500 metres east of Rasm", 0.5, ("east",)),
]


@pytest.mark.parametrize(("text", "wanted", "distance_km", "headings"), OFFSETS)
def test_offset(text, wanted, distance_km, headings):
    phrase = _find(text, wanted)
    assert phrase.relation == "offset"
    assert phrase.distance_km == pytest.approx(distance_km, abs=0.001)
    assert phrase.headings == headings


HELD = [
    ("A shell fell in Armanaz in the countryside of Idlib.", "Armanaz", ["Idlib"]),
    ("Two died in Jasim, in Daraa province.", "Jasim", ["Daraa"]),
    ("Two died in Sinjar, Nineveh province.", "Sinjar", ["Nineveh"]),
    ("Police in Syria's southern Sweida province opened fire.", "Sweida", ["Syria"]),
    ("A mine killed a shepherd in Sukhna, east of Palmyra.", "Sukhna", ["Palmyra"]),
]


@pytest.mark.parametrize(("text", "name", "holders"), HELD)
def test_a_place_inside_another(text, name, holders):
    phrase = next(p for p in find_phrases(text) if name in {m.text for m in p.mentions})
    assert [holder.text for holder in phrase.containers] == holders
    assert [mention.text for mention in phrase.mentions] == [name]


def test_attack_from_directions_joins_its_target():
    text = "Rebels attacked Jisr al-Shughur from the directions of Kansaba and Sermaniyah."
    phrase = _find(text, text[text.index("Jisr") : -1])
    assert phrase.relation == "from"
    assert phrase.target.text == "Jisr al-Shughur"
    assert [mention.text for mention in phrase.mentions] == ["Kansaba", "Sermaniyah"]


def test_parts_of_a_place_named_before():
    phrase = _find(
        "Rockets hit the town's northern and eastern districts.",
        "town's northern and eastern districts",
    )
    assert (phrase.anaphor, phrase.mentions) == ("town", ())
    assert phrase.headings == ("north", "east")
    assert _find("Rockets hit eastern areas of the city.", "eastern areas of the city").anaphor


NOT_PLACES = [
    "President Rami Haddad spoke on Monday.",
    "The Syrian Observatory for Human Rights said so.",
    "Residents fled.",
    "SDF and HTS fighters clashed.",
    "On Friday, December 6, they left.",
    "",
    "12,000",
]


@pytest.mark.parametrize("text", NOT_PLACES)
def test_no_place(text):
    assert find_phrases(text) == []


SCRAPS = (
    "the in near between and of from Aleppo Idlib's al-Bab Kafr-Nabl-Hass province city north "
    "northern countryside , ( ) / \u2013 12 km axis directions Syria's his Monday airport of at"
)
WORDS = st.lists(st.sampled_from(SCRAPS.split()), max_size=14).map(" ".join)


@given(st.one_of(WORDS, st.text()))
def test_spans_are_exact_and_do_not_overlap(text):
    end = 0
    for phrase in find_phrases(text):
        assert text[phrase.start : phrase.end] == phrase.text != ""
        assert phrase.start >= end
        end = phrase.end
        assert phrase.relation in RELATIONS
        assert set(phrase.headings) <= {*HEADINGS, "central"}
        for mention in (*phrase.mentions, *phrase.containers):
            assert text[mention.start : mention.end] == mention.text
        assert phrase.mentions or phrase.anaphor
