"""Events: triggers, precedence, what is real and what is plan, metaphor or background."""

import pytest

from geo.incident import SUB_EVENT_TYPES
from reports.clauses import find_clauses, find_tellings, is_background, is_contested
from reports.events import decide_event, find_event, find_events, find_separators, is_counter
from reports.words import load_words

# sentence, sub-event type of the trigger that wins ("?attack": the actors decide)
TYPES = [
    ("A drone was shot down over Kyiv and debris injured three people.", "Air/drone strike"),
    ("Air defences shot down a drone whose debris wounded two in Odesa.", "Air/drone strike"),
    ("Air defences shot down a drone, police said.", "Disrupted weapons use"),
    ("Warplanes bombed a market in the town.", "Air/drone strike"),
    ("A drone operated by the rebels struck a fuel depot.", "Air/drone strike"),
    ("Helicopters dropped barrel bombs on the camp.", "Air/drone strike"),
    ("Two people were killed by jets near the dam.", "Air/drone strike"),
    ("Residents fled the air raid.", "Air/drone strike"),
    ("Rockets landed in the northern district.", "Shelling/artillery/missile attack"),
    ("The army shelled three villages.", "Shelling/artillery/missile attack"),
    ("A ballistic missile slammed into a hospital.", "Shelling/artillery/missile attack"),
    ("Shells filled with chlorine gas fell on the suburb.", "Chemical weapon"),
    ("A suicide car bomb exploded at the gate.", "Suicide bomb"),
    ("He blew himself up in a mosque.", "Suicide bomb"),
    ("A bus hit a landmine.", "Remote explosive/landmine/IED"),
    ("A roadside bomb went off.", "Remote explosive/landmine/IED"),
    ("Assailants threw a hand grenade into a bar.", "Grenade"),
    ("Clashes erupted after a car bomb exploded.", "Armed clash"),
    ("Soldiers and militants exchanged fire.", "Armed clash"),
    ("The rebels launched a two-pronged offensive.", "Armed clash"),
    ("Rebels seized control of the airport.", "?territory"),
    ("Troops recaptured the village.", "?territory"),
    ("Gunmen abducted 40 schoolgirls.", "Abduction/forced disappearance"),
    ("Militiamen beheaded five farmers.", "Attack"),
    ("Women were gang-raped by soldiers.", "Sexual violence"),
    ("Police fired tear gas to disperse the crowd of protesters.", "Protest with intervention"),
    ("Thousands of students marched through the capital.", "Peaceful protest"),
    ("Police opened fire on protesters.", "Excessive force against protesters"),
    ("The two sides signed a ceasefire agreement.", "Agreement"),
    ("Security forces detained twelve men.", "Arrests"),
    ("Air defences shot down two drones.", "Disrupted weapons use"),
    ("Fighters looted shops.", "Looting/property destruction"),
    ("The army withdrew from the town.", "Non-violent transfer of territory"),
    ("Militants crossed into the country at night.", "Other"),
    ("Gunmen attacked a convoy.", "?attack"),
    ("Nine people were killed.", "?attack"),
]


@pytest.mark.parametrize(("text", "sub_type"), TYPES)
def test_the_trigger_gives_the_type(text, sub_type):
    event = find_event(text)
    assert event is not None
    assert event.sub_event_type == sub_type
    assert text[event.start : event.end] == event.trigger


NO_TRIGGER = [
    "Two infantry fighting vehicles stood by the road.",
    "The front lines have not moved.",
    "A firefighter died",
    "Anti-aircraft guns were delivered.",
    "The minister visited the town.",
    "A grenade launcher was displayed at the rocket-propelled grenade museum.",
]


@pytest.mark.parametrize("text", [NO_TRIGGER[0], NO_TRIGGER[1], NO_TRIGGER[3], NO_TRIGGER[4]])
def test_words_that_look_like_events(text):
    assert find_event(text) is None


REAL = [
    # what did not happen, or is not the news, leaves nothing
    ("The general would not exclude a large assault.", []),
    ("Analysts warned of an attack on the port.", []),
    ("The rebels threatened to attack the dam.", []),
    ("The army was preparing to storm the city.", []),
    ("They called for an end to the fighting.", []),
    ("He was asked about a ground offensive.", []),
    ("Workers vote on a strike at the plant.", []),
    ("Talks failed to prevent clashes.", []),
    ("It would launch an offensive within days.", []),
    ("Rebels hold villages they had captured in spring.", []),
    # the real trigger of a sentence with both stays
    (
        "The rebels launched an offensive in a bid to capture the airport.",
        ["launched an offensive"],
    ),
    ("The army said it had captured the hill.", ["captured"]),
    ("Gunmen killed six as the president vowed to retaliate.", ["killed"]),
]


@pytest.mark.parametrize(("text", "triggers"), REAL)
def test_only_what_happened_is_told(text, triggers):
    told = [event.trigger for telling in find_tellings(text) for event in telling.events]
    assert told == triggers


def test_a_denial_is_kept_and_marked():
    (telling,) = find_tellings("The rebels deny carrying out a chemical attack.")
    assert telling.denied
    assert is_contested("The rebels deny carrying out a chemical attack.")
    assert is_contested("an alleged chemical attack on the suburb")
    assert not is_contested("a chemical attack on the suburb")


def test_an_event_after_another_is_told_apart():
    tellings = find_tellings("Jets struck the camp after rebels stormed a base.")
    assert [telling.events[0].trigger for telling in tellings] == ["Jets struck", "stormed"]


CLAUSES = [
    ("Clashes began after a bomb went off.", ["", "after"]),
    ("Shells fell shortly after midnight.", [""]),
    ("It is part of a wave, as well as a warning.", [""]),
    ("Three died as part of the raid.", [""]),
    ("Jets bombed the road while troops advanced.", ["", "while"]),
]


@pytest.mark.parametrize(("text", "openers"), CLAUSES)
def test_clauses(text, openers):
    clauses = find_clauses(text)
    assert [clause.opener for clause in clauses] == openers
    assert "".join(text[clause.start : clause.end] for clause in clauses) == text


BACKGROUND = [
    ("More than 300,000 people have died since the war began.", True),
    ("The insurgency, now in its tenth year, has killed thousands.", True),
    ("Between January and June the town was bombed daily.", True),
    ("The group controls much of the country.", True),
    ("Since late Monday, nine people have been killed.", False),
    ("The army took control of the town.", False),
    ("Six people died in the blast on Friday.", False),
]


@pytest.mark.parametrize(("text", "expected"), BACKGROUND)
def test_background(text, expected):
    assert is_background(text) is expected


DECIDED = [
    ({"armed"}, {"civilians"}, ("Violence against civilians", "Attack")),
    ({"armed"}, {"state"}, ("Battles", "Armed clash")),
    (set(), {"armed"}, ("Battles", "Armed clash")),
    (set(), {"civilians"}, ("Violence against civilians", "Attack")),
    (set(), set(), ("Violence against civilians", "Attack")),
]


@pytest.mark.parametrize(("attackers", "victims", "expected"), DECIDED)
def test_the_actors_decide_a_generic_attack(attackers, victims, expected):
    event = find_event("An attack took place.")
    assert decide_event(event, attackers=attackers, victims=victims) == expected


def test_the_actors_decide_who_gained_ground():
    event = find_event("The town was captured.")
    state = decide_event(event, attackers={"state"}, victims={"armed"})
    rebels = decide_event(event, attackers={"armed"}, victims={"state"})
    assert state == ("Battles", "Government regains territory")
    assert rebels == ("Battles", "Non-state actor overtakes territory")


def test_words_that_point_back():
    (attack, *_) = find_events("The attack also involved mortars.")
    assert attack.joins == ("*",)
    (attack, *_) = find_events("An attack on a base was reported.")
    assert attack.joins == ()
    blast = next(e for e in find_events("Nobody claimed the blast.") if e.trigger == "blast")
    assert "Remote explosive/landmine/IED" in blast.joins


def test_separators_and_answers():
    assert find_separators("Separately, gunmen killed two herders.")
    assert find_separators("Another attack hit the road.")
    assert not find_separators("Gunmen killed two herders.")
    assert is_counter("The army launched a counter-offensive.")
    assert not is_counter("The army launched an offensive.")


def test_every_trigger_has_a_known_type_and_form():
    rows = load_words("events")["triggers"]
    kinds = {row["sub"] for row in rows}
    assert set(SUB_EVENT_TYPES) <= kinds | {
        "Government regains territory",
        "Non-state actor overtakes territory",
    }
    assert {row["form"] for row in rows} == {"noun", "verb", "casualty"}
