"""Tolls: cases in the style of news agencies, one a line."""

import pytest

from reports.tolls import Toll, find_tolls

# sentence, then for each toll: kind, low, best, high, qualifier, group
K, J = "killed", "injured"
CASES = [
    # shares of a toll told before, sides, claimants, details
    (
        "Twenty-seven of the dead were rebels and 16 were soldiers.",
        [(K, 27, 27, 27, "", "rebels"), (K, 16, 16, 16, "", "soldiers")],
    ),
    ("Of the wounded, 12 were civilians.", [(J, 12, 12, 12, "", "civilians")]),
    (
        "The battle killed 51 fighters on the government's side and 45 on the other.",
        [(K, 51, 51, 51, "", "government fighters"), (K, 45, 45, 45, "", "their opponents")],
    ),
    (
        "Raids killed 30 and wounded 56 from January 16 to 20.",
        [(K, 30, 30, 30, "", ""), (J, 56, 56, 56, "", "")],
    ),
    ("The raid killed five, a doctor at the clinic said.", [(K, 5, 5, 5, "", "")]),
    ("Five killed: three soldiers and two civilians.", [(K, 5, 5, 5, "", "")]),
    ("Bombs killed nine people, six men and three women.", [(K, 9, 9, 9, "", "people")]),
    (
        "Bombs killed nine people, six soldiers and two guards.",
        [(K, 9, 9, 9, "", "people"), (K, 6, 6, 6, "", "soldiers"), (K, 2, 2, 2, "", "guards")],
    ),
    # active
    ("Gunmen killed six policemen near Mosul.", [(K, 6, 6, 6, "", "policemen")]),
    ("The raid has killed at least 17 villagers.", [(K, 17, 17, None, "at least", "villagers")]),
    (
        "Rebels have killed more than 30 soldiers in Latakia.",
        [(K, 30, 30, None, "more than", "soldiers")],
    ),
    ("A car bomb killed 11 and wounded 35.", [(K, 11, 11, 11, "", ""), (J, 35, 35, 35, "", "")]),
    ("A drone strike kills three farmers in Kharkiv region", [(K, 3, 3, 3, "", "farmers")]),
    ("Shells wound nine schoolchildren", [(J, 9, 9, 9, "", "schoolchildren")]),
    ("The blast injured around 60 people.", [(J, 60, 60, 60, "about", "people")]),
    (
        "Two air strikes killed a nurse and four patients.",
        [(K, 1, 1, 1, "", "nurse"), (K, 4, 4, 4, "", "patients")],
    ),
    ("Troops eliminated up to 25 militants.", [(K, None, None, 25, "up to", "militants")]),
    ("Artillery eliminated 12 vehicles and two depots.", []),
    ("A gunman shot dead three worshippers outside a mosque.", [(K, 3, 3, 3, "", "worshippers")]),
    ("The group executed eight prisoners on Friday.", [(K, 8, 8, 8, "", "prisoners")]),
    ("The fire claimed the lives of 13 workers.", [(K, 13, 13, 13, "", "workers")]),
    ("The bombing claimed 40 lives.", [(K, 40, 40, 40, "", "")]),
    (
        "The strike killed the group's leader and two of his bodyguards.",
        [(K, 2, 2, 2, "", "his bodyguards")],
    ),
    (
        "Militants killed 14 soldiers and nine tribal fighters.",
        [(K, 14, 14, 14, "", "soldiers"), (K, 9, 9, 9, "", "tribal fighters")],
    ),
    ("The strike killed five people and destroyed 20 houses.", [(K, 5, 5, 5, "", "people")]),
    # participle
    (
        "Jets bombed Saraqib, killing at least nine civilians.",
        [(K, 9, 9, None, "at least", "civilians")],
    ),
    (
        "A mine exploded, killing two shepherds and wounding a child.",
        [(K, 2, 2, 2, "", "shepherds"), (J, 1, 1, 1, "", "child")],
    ),
    (
        "Rockets hit the market, killing seven and injuring 22 others.",
        [(K, 7, 7, 7, "", ""), (J, 22, 22, 22, "", "")],
    ),
    (
        "Barrel bombs fell, leaving 10 civilians dead and 30 wounded.",
        [(K, 10, 10, 10, "", "civilians"), (J, 30, 30, 30, "", "civilians")],
    ),
    # passive
    ("Twenty-three insurgents were killed in the ambush.", [(K, 23, 23, 23, "", "insurgents")]),
    ("Nearly 70 people were injured.", [(J, 70, 70, 70, "nearly", "people")]),
    (
        "At least 12 people, including four children and two women, were killed.",
        [(K, 12, 12, None, "at least", "people")],
    ),
    ("Thirty soldiers have been killed since dawn.", [(K, 30, 30, 30, "", "soldiers")]),
    (
        "Three aid workers, who had arrived from Damascus, were seriously wounded.",
        [(J, 3, 3, 3, "", "aid workers")],
    ),
    (
        "A Ukrainian serviceman was killed and five others were wounded.",
        [(K, 1, 1, 1, "", "Ukrainian serviceman"), (J, 5, 5, 5, "", "Ukrainian serviceman")],
    ),
    (
        "A man and his wife were killed by a landmine.",
        [(K, 1, 1, 1, "", "man"), (K, 1, 1, 1, "", "wife")],
    ),
    (
        "A couple and their three children were killed.",
        [(K, 2, 2, 2, "", "couple"), (K, 3, 3, 3, "", "children")],
    ),
    ("Two of the 30 hostages were killed.", [(K, 2, 2, 2, "", "30 hostages")]),
    (
        "Six members of the security forces were killed.",
        [(K, 6, 6, 6, "", "members of the security forces")],
    ),
    ("Four people were fatally wounded.", [(K, 4, 4, 4, "", "people")]),
    ("Nine people were reported killed.", [(K, 9, 9, 9, "", "people")]),
    # intransitive
    ("Sixteen passengers died when the bus was hit.", [(K, 16, 16, 16, "", "passengers")]),
    ("Some 40 migrants drowned off the coast.", [(K, 40, 40, 40, "about", "migrants")]),
    ("Five officers lost their lives in the crash.", [(K, 5, 5, 5, "", "officers")]),
    ("Eight residents suffered injuries.", [(J, 8, 8, 8, "", "residents")]),
    ("Fewer than 20 people died.", [(K, None, None, 20, "fewer than", "people")]),
    # ellipsis
    (
        "31 troops died and 44 sustained wounds in the shelling.",
        [(K, 31, 31, 31, "", "troops"), (J, 44, 44, 44, "", "troops")],
    ),
    (
        "Ten rebels were killed and six wounded.",
        [(K, 10, 10, 10, "", "rebels"), (J, 6, 6, 6, "", "rebels")],
    ),
    (
        "As for government forces, three were killed and eight injured.",
        [(K, 3, 3, 3, "", "government forces"), (J, 8, 8, 8, "", "government forces")],
    ),
    (
        "The army killed up to 60 gunmen, and up to 80 were wounded.",
        [(K, None, None, 60, "up to", "gunmen"), (J, None, None, 80, "up to", "gunmen")],
    ),
    (
        "Nineteen loyalists had been killed while 27 of their enemies had also lost their lives.",
        [(K, 19, 19, 19, "", "loyalists"), (K, 27, 27, 27, "", "their enemies")],
    ),
    ("Two killed, 15 wounded in Kabul blast", [(K, 2, 2, 2, "", ""), (J, 15, 15, 15, "", "")]),
    ("Five soldiers killed in attack on checkpoint", [(K, 5, 5, 5, "", "soldiers")]),
    ("On the rebel side, 11 were killed.", [(K, 11, 11, 11, "", "rebel")]),
    # nouns
    ("The death toll rose from 14 to 19.", [(K, 19, 19, 19, "", "")]),
    ("The attack brought the death toll to at least 90.", [(K, 90, 90, None, "at least", "")]),
    ("The number of people killed reached 33.", [(K, 33, 33, 33, "", "")]),
    ("The clashes caused the deaths of eight tribesmen.", [(K, 8, 8, 8, "", "tribesmen")]),
    ("Officials confirmed four deaths.", [(K, 4, 4, 4, "", "")]),
    ("Monitors counted seven civilian fatalities.", [(K, 7, 7, 7, "", "civilian")]),
    ("Fighting left nearly 50 dead.", [(K, 50, 50, 50, "nearly", "")]),
    ("The massacre of 108 villagers shocked the region.", [(K, 108, 108, 108, "", "villagers")]),
    # nobody
    ("There were no casualties.", [(J, 0, 0, 0, "", ""), (K, 0, 0, 0, "", "")]),
    ("No soldiers were killed.", [(K, 0, 0, 0, "", "soldiers")]),
    ("Nobody was killed in the explosion.", [(K, 0, 0, 0, "", "")]),
    # vague words: ACLED's figures
    ("Dozens of fighters were killed.", [(K, 12, 12, None, "dozens", "fighters")]),
    ("Several civilians were wounded.", [(J, 3, 3, None, "several", "civilians")]),
    ("Hundreds of people died.", [(K, 100, 100, None, "hundreds", "people")]),
    ("The attack killed a dozen recruits.", [(K, 12, 12, 12, "", "recruits")]),
    ("At least two dozen people were hurt.", [(J, 24, 24, None, "at least", "people")]),
    ("Scores were injured.", [(J, 20, 20, None, "scores", "")]),
    # ranges
    ("Between 20 and 30 militants were killed.", [(K, 20, None, 30, "between", "militants")]),
    ("The strike killed 10 to 12 men.", [(K, 10, None, 12, "between", "men")]),
    # style of agencies and monitors
    (
        "Turkish fire killed one civilian and injured six others, including a four-year-old girl.",
        [(K, 1, 1, 1, "", "civilian"), (J, 6, 6, 6, "", "civilian")],
    ),
    (
        "Four members of one family - a mother, a father and their sons - were killed by a shell.",
        [(K, 4, 4, 4, "", "members of one family")],
    ),
    (
        "The raids killed 21 civilians - including nine children - and wounded over 80 others.",
        [(K, 21, 21, 21, "", "civilians"), (J, 80, 80, None, "more than", "civilians")],
    ),
    (
        "Clashes killed eight fighters from the SDF and five from the SNA.",
        [(K, 8, 8, 8, "", "fighters from the SDF"), (K, 5, 5, 5, "", "SNA")],
    ),
    ("A bomber killed himself and four policemen.", [(K, 4, 4, 4, "", "policemen")]),
    (
        'Ankara said it had "neutralised" 90 regime soldiers.',
        [(K, 90, 90, 90, "", "regime soldiers")],
    ),
    ("The army destroyed two rebel positions and 15 vehicles.", []),
    (
        "More than a hundred militants have been destroyed.",
        [(K, 100, 100, None, "more than", "militants")],
    ),
    ("The number of wounded rose to 150.", [(J, 150, 150, 150, "", "")]),
    ("The bodies of 26 people were found in a grave.", [(K, 26, 26, 26, "", "people")]),
    ("The sides exchanged the bodies of two soldiers.", []),
    ("Up to 12 wounded fighters were evacuated.", []),
    (
        "One person was killed and another injured.",
        [(K, 1, 1, 1, "", "person"), (J, 1, 1, 1, "", "person")],
    ),
    (
        "Strikes killed 12 soldiers, eight of them officers, and three Iranian advisers.",
        [(K, 12, 12, 12, "", "soldiers"), (K, 3, 3, 3, "", "Iranian advisers")],
    ),
    (
        "Gunmen stopped a bus carrying 40 workers, killing 15 of them.",
        [(K, 15, 15, 15, "", "workers")],
    ),
    ("It is unknown how many of its 3,000 men were killed.", []),
    ("Of the 40 passengers, 12 died.", [(K, 12, 12, 12, "", "passengers")]),
    (
        "The dead were among 19 fighters, who were killed near Palmyra.",
        [(K, 19, 19, 19, "", "fighters")],
    ),
    (
        "Two children and an elderly man were among the dead.",
        [(K, 2, 2, 2, "", "children"), (K, 1, 1, 1, "", "elderly man")],
    ),
    ("The attack hurt Mayor Ali Hassan and three others.", [(J, 3, 3, 3, "", "")]),
    (
        "Three dead, seven injured as bomb explodes in Afrin",
        [(K, 3, 3, 3, "", ""), (J, 7, 7, 7, "", "")],
    ),
    (
        "Rebels 'kill 15 government soldiers' in Hama",
        [(K, 15, 15, 15, "", "government soldiers")],
    ),
    ("This brings to 14 the number of people who have died.", [(K, 14, 14, 14, "", "")]),
    ("The number of civilians killed rose to 52.", [(K, 52, 52, 52, "", "")]),
    ("30 soldiers and militiamen were killed.", [(K, 30, 30, 30, "", "soldiers and militiamen")]),
    (
        "A woman dies and two others are wounded in Qamishli.",
        [(K, 1, 1, 1, "", "woman"), (J, 2, 2, 2, "", "woman")],
    ),
    (
        "Seven members from the “Islamic State” were killed.",
        [(K, 7, 7, 7, "", "members from the Islamic State")],
    ),
    # no tolls
    ("Two armed units attacked with the support of 34 pickup trucks.", []),
    ("Some 9,000 fighters remained in the enclave.", []),
    ("The offensive could kill thousands of people.", []),
    ("They threatened to kill 20 hostages.", []),
    ("He was killed three days ago.", []),
    ("The shelling killed and wounded 30 people.", []),
    ("The commander was killed on January 22, 2020.", []),
    ("Civilians were killed.", []),
    ("The army did not kill five civilians, it said.", []),
    ("Four rockets were fired and two drones shot down.", []),
    ("The 45-year-old was killed at 21:00.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[case[0] for case in CASES])
def test_tolls_of_one_sentence(sentence, expected):
    found = [
        (t.kind, t.low, t.best, t.high, t.qualifier, t.group_text) for t in find_tolls(sentence)
    ]
    assert found == expected


def test_spans_are_exact():
    sentence = "On Sunday, 12 people died and “at least five” were hurt."
    for toll in find_tolls(sentence):
        assert sentence[toll.start : toll.end] == toll.text
    assert find_tolls(sentence)[0].text == "12 people died"


def test_a_toll_names_its_fields():
    (toll,) = find_tolls("Eight fighters were killed.")
    assert toll == Toll("killed", 8, 8, 8, "", "fighters", "Eight fighters were killed", 0, 26, {})
