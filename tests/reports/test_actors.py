"""Actors: canonical names, codes and sides, cases in the style of news agencies."""

import pytest

from reports.actors import find_actors, military_forces
from reports.countries import find_countries, find_report_country, load_countries, lookup_country
from reports.events import find_events
from reports.losses import OTHERS, name_group, read_losses
from reports.sides import find_sides, kinds_of
from reports.tolls import find_tolls
from reports.words import load_words

# text, country of the report, names in order
ACTORS = [
    (
        "Malian soldiers and UN peacekeepers",
        "",
        ["Military Forces of Mali", "United Nations peacekeepers"],
    ),
    ("government forces shelled the town", "YE", ["Military Forces of Yemen"]),
    ("troops", "", []),
    ("troops", "NG", ["Military Forces of Nigeria"]),
    ("Turkish warplanes", "SY", ["Military Forces of Turkey"]),
    ("warplanes", "SY", []),
    ("Nigerian police arrested him", "", ["Police Forces of Nigeria"]),
    ("Fighters of al-Shabab", "SO", ["armed opposition", "Al Shabaab"]),
    ("the Islamic State group", "", ["Islamic State"]),
    ("ISIS", "", ["Islamic State"]),
    ("suspected gunmen", "", ["Unidentified Armed Group"]),
    ("an Iran-backed militia", "", ["Militia (pro-Iran)"]),
    ("Sudanese militiamen", "", ["Militia (Sudan)"]),
    ("Kurdish fighters", "", ["Kurdish forces"]),
    ("women and children", "", ["Civilians", "Civilians"]),
    ("demonstrators", "", ["Protesters"]),
    ("Syrian and Russian aircraft", "", ["Military Forces of Syria", "Military Forces of Russia"]),
    ("pro-government fighters", "SY", ["Military Forces of Syria"]),
    ("rebel-held areas", "", ["armed opposition"]),
    ("the US-led coalition", "", ["Global Coalition Against Daesh"]),
]


@pytest.mark.parametrize(("text", "country", "names"), ACTORS)
def test_actors_are_named(text, country, names):
    actors = find_actors(text, country)
    assert [actor.name for actor in actors] == names
    assert all(text[actor.start : actor.end].strip() for actor in actors)


def test_spans_are_of_the_text_and_do_not_overlap():
    text = "Congolese troops, backed by Burundian soldiers, fought M23 rebels near Sake."
    actors = find_actors(text, "CD")
    assert [text[a.start : a.end] for a in actors] == [
        "Congolese troops",
        "Burundian soldiers",
        "M23 rebels",
    ]
    assert [a.role_hint for a in actors] == ["", "backer", ""]
    assert [a.code for a in actors] == [1, 1, 2]


# clause, country, attackers, victims
SIDES = [
    ("Rebels attacked Malian troops.", "ML", ["armed opposition"], ["Military Forces of Mali"]),
    ("Five villagers were killed by Boko Haram.", "NG", ["Boko Haram"], ["Civilians"]),
    (
        "Saudi air strikes on Houthi positions",
        "YE",
        ["Military Forces of Saudi Arabia"],
        ["Houthi movement"],
    ),
    (
        "Israel carried out air strikes on Hezbollah positions",
        "LB",
        ["Military Forces of Israel"],
        ["Hezbollah"],
    ),
    (
        "an attack by al-Shabab on Somali troops",
        "SO",
        ["Al Shabaab"],
        ["Military Forces of Somalia"],
    ),
    ("Ukrainian troops repelled an assault", "UA", ["Military Forces of Ukraine"], []),
    (
        "militants ambushed soldiers and policemen",
        "PK",
        ["armed opposition"],
        ["Military Forces of Pakistan", "Police Forces of Pakistan"],
    ),
]


@pytest.mark.parametrize(("text", "country", "attackers", "victims"), SIDES)
def test_sides_by_grammar(text, country, attackers, victims):
    sides = find_sides(text, find_events(text)[0], country=country)
    assert list(sides.attackers) == attackers
    assert list(sides.victims) == victims


def test_clashes_between_two_name_both_and_say_that_nobody_began():
    text = "Clashes between the army and Oromo Liberation Army fighters"
    sides = find_sides(text, find_events(text)[0], country="ET")
    assert sides.mutual
    assert sides.attackers == ("Military Forces of Ethiopia",)
    assert "Oromo Liberation Army" in sides.victims


def test_who_only_backs_a_side_is_no_attacker():
    text = "Somali soldiers backed by Turkish drones attacked al-Shabab."
    event = next(e for e in find_events(text) if e.trigger == "attacked")
    sides = find_sides(text, event, country="SO")
    assert sides.attackers == ("Military Forces of Somalia",)
    assert sides.others == ("Military Forces of Turkey",)
    assert sides.victims == ("Al Shabaab",)


GROUPS = [
    ("Syrian troops", "", "Military Forces of Syria"),
    ("soldiers", "BF", "Military Forces of Burkina Faso"),
    ("people", "", "Civilians"),
    ("children", "", "Civilians"),
    ("fighters from al-Shabaab", "", "Al Shabaab"),
    ("horses", "", "horses"),
    ("", "", ""),
]


@pytest.mark.parametrize(("words", "country", "name"), GROUPS)
def test_groups_of_tolls_are_named(words, country, name):
    assert name_group(words, country=country) == name


def test_the_other_side_others_and_own_fighters():
    tolls = find_tolls("Nine soldiers were killed, while 20 of their opponents died.")
    assert [loss.group for loss in read_losses(tolls, country="ET")] == [
        "Military Forces of Ethiopia",
        "armed opposition",
    ]
    tolls = find_tolls("At least 12 others were injured.")
    assert [loss.group for loss in read_losses(tolls)] == [OTHERS]
    tolls = find_tolls("Three of its own fighters died.")
    assert [loss.group for loss in read_losses(tolls, speaker="Fano")] == ["Fano"]


def test_kinds():
    names = ["Police Forces of Haiti", "Gulf Clan", "Protesters"]
    assert kinds_of(names) == {"state", "armed", "civilians"}


REPORTS = [
    ("Sudanese troops crossed into South Sudan.", ["SD", "SS"]),
    ("Nigeria and Niger", ["NG", "NE"]),
    ("He let us go.", []),
    ("U.S. officials in the UK", ["US", "GB"]),
]


@pytest.mark.parametrize(("text", "codes"), REPORTS)
def test_countries_are_found(text, codes):
    assert [mention.code for mention in find_countries(text)] == codes


COUNTRIES = [
    ("Gunmen killed nine in Borno state. The Nigerian army blamed Boko Haram.", "NG"),
    ("Russian jets struck Idlib in Syria's northwest, Moscow said.", "SY"),
    ("M23 rebels advanced on Sake, residents of Goma said. Kigali denies backing the M23.", "CD"),
    ("It rained all day.", ""),
]


@pytest.mark.parametrize(("text", "code"), COUNTRIES)
def test_the_country_of_a_report(text, code):
    assert find_report_country("", text) == code


def test_countries_are_unambiguous_and_complete():
    countries = load_countries()
    assert len(countries) > 180
    names = [name for country in countries.values() for name in country.names]
    assert len(set(names)) == len(names)
    assert all(lookup_country(country.name) is country for country in countries.values())
    assert military_forces("ZZ") == ""


def test_no_alias_stands_for_two_groups_and_every_home_is_a_country():
    seen: dict[str, str] = {}
    for group in load_words("actors")["groups"]:
        assert group["code"] in range(1, 9)
        assert group.get("home", "SY") in load_countries()
        for alias in group["aliases"]:
            key = alias.lower()
            assert seen.setdefault(key, group["name"]) == group["name"], alias
