"""Sentences, their spans, and what each line of a page is."""

import pytest

from reports.datelines import parse_dateline
from reports.sentences import MAX_LETTERS, find_sentences

SPLITS = [
    ("Shells hit Hama. Two died.", ["Shells hit Hama.", "Two died."]),
    ("Mr. Lavrentyev spoke. Gen. Hassan left.", ["Mr. Lavrentyev spoke.", "Gen. Hassan left."]),
    ("They shelled Maaret al-Numan. It burned.", ["They shelled Maaret al-Numan.", "It burned."]),
    (
        "On Jan. 5 the U.S. army struck. None died.",
        ["On Jan. 5 the U.S. army struck.", "None died."],
    ),
    ("It is 4.5 km away. They fled.", ["It is 4.5 km away.", "They fled."]),
    ("Rami A. Rahman said so. He left.", ["Rami A. Rahman said so.", "He left."]),
    (
        'He said: "We won. They lost." Then he left.',
        ['He said: "We won.', 'They lost."', "Then he left."],
    ),
    ("“The attack failed. Two died,” it said.", ["“The attack failed.", "Two died,” it said."]),
    ('He left. "I go," she said.', ["He left.", '"I go," she said.']),
    ("Why? he asked. No one knew.", ["Why? he asked.", "No one knew."]),
    ("Fighting ended. al-Qaeda withdrew.", ["Fighting ended.", "al-Qaeda withdrew."]),
    ("“Stop!” he shouted. They ran.", ["“Stop!” he shouted.", "They ran."]),
    ("Some died.[2] Others fled.", ["Some died.[2]", "Others fled."]),
    ("The attack came at 4 p.m. Two died.", ["The attack came at 4 p.m.", "Two died."]),
    ("Col. Ali and Lt. Omar died.", ["Col. Ali and Lt. Omar died."]),
    (
        "Shells hit\nthe old market\nof Hama. Two died.",
        ["Shells hit\nthe old market\nof Hama.", "Two died."],
    ),
    ("Shells hit Hama, No. 3 in the list.", ["Shells hit Hama, No. 3 in the list."]),
]


@pytest.mark.parametrize(("text", "expected"), SPLITS)
def test_splits(text, expected):
    assert [s.text for s in find_sentences(text)] == expected


PAGE = """Skip to main content

Shelling kills five in Hama, monitor says

Attack comes as talks open in Geneva
Men dig through the rubble in Hama (AFP)

BEIRUT, March 3 (Reuters) - Shells hit a market in Hama on Tuesday. Five civilians died.

Civilian concerns

Image:
People walk past a damaged school. Pic: Reuters

"We are afraid," said a man. He would not give his name.

Rebels lose ground in the north
Read More »

Sign up to get the latest alerts

0:59

Smoke rises over Hama

The army advanced on three sides while rebels held on to the western edge of the town

Articles You May Like

Ten things to know about tea
Who will win the cup?
"""

KINDS = [
    ("Skip to main content", "boilerplate"),
    ("Shelling kills five in Hama, monitor says", "title"),
    ("Attack comes as talks open in Geneva", "title"),
    ("Men dig through the rubble in Hama (AFP)", "caption"),
    ("BEIRUT, March 3 (Reuters) -", "dateline"),
    ("Shells hit a market in Hama on Tuesday.", "body"),
    ("Five civilians died.", "body"),
    ("Civilian concerns", "heading"),
    ("Image:", "caption"),
    ("People walk past a damaged school. Pic: Reuters", "caption"),
    ('"We are afraid," said a man.', "body"),
    ("He would not give his name.", "body"),
    ("Rebels lose ground in the north", "boilerplate"),
    ("Read More »", "boilerplate"),
    ("Sign up to get the latest alerts", "boilerplate"),
    ("0:59", "boilerplate"),
    ("Smoke rises over Hama", "caption"),
    (
        "The army advanced on three sides while rebels held on to the western edge of the town",
        "body",
    ),
    ("Articles You May Like", "boilerplate"),
    ("Ten things to know about tea", "boilerplate"),
    ("Who will win the cup?", "boilerplate"),
]


def test_every_line_of_a_page_is_told_apart():
    assert [(s.text, s.kind) for s in find_sentences(PAGE)] == KINDS
    assert [s.is_boilerplate for s in find_sentences(PAGE)] == [
        kind in ("boilerplate", "caption", "dateline") for _, kind in KINDS
    ]


FURNITURE = [
    ("Please use Chrome browser for a more accessible video player", "boilerplate"),
    ("This website uses cookies to improve your experience. You can opt out.", "boilerplate"),
    ("© 2020 Daily Monitor. All rights reserved.", "boilerplate"),
    ("Follow us on Twitter", "boilerplate"),
    ("More of our coverage: https://example.org/war", "boilerplate"),
    ("___", "boilerplate"),
    ("Source: Daily Monitor", "boilerplate"),
    ("Reporting by Ali Hassan; Editing by Sara Omar", "boilerplate"),
    ("Insurgents wait at a checkpoint (Image: GETTY)", "caption"),
    ("Insurgents wait at a checkpoint [File: Khalil Ashawi/Reuters]", "caption"),
    ("File photo: insurgents wait at a checkpoint", "caption"),
    ("A report (in Arabic) was issued.", "body"),
    ("The army shared its plans with Moscow.", "body"),
    ("Residents of Idlib said the strike (on Sunday) hit a school.", "body"),
]


@pytest.mark.parametrize(("line", "kind"), FURNITURE)
def test_furniture_and_prose(line, kind):
    text = f"Two men died in Hama.\n\n{line}\n\nThree men fled."
    found = {s.text: s.kind for s in find_sentences(text) if s.start > 21}
    assert set(found.values()) - {"body"} == ({kind} - {"body"})


def test_the_known_title_is_found_with_other_quotation_marks():
    text = "Militants ‘kill 15’ in Hama.\n\nTwo men died in Hama. Militants kill."
    kinds = [s.kind for s in find_sentences(text, title="Militants 'kill 15' in Hama")]
    assert kinds == ["title", "body", "body"]


def test_a_bare_message_without_full_stops_is_all_body():
    found = find_sentences("Shelling on Hama killed 5\nDrones over Idlib")
    assert [s.kind for s in found] == ["body", "body"]


def test_a_text_without_full_stops_is_cut_and_nothing_lost():
    text = "shells fell on Marib, " * 5000
    sentences = find_sentences(text)
    assert max(len(sentence.text) for sentence in sentences) <= MAX_LETTERS
    assert all(text[s.start : s.end] == s.text for s in sentences)
    assert sum(s.text.count("shells fell on Marib") for s in sentences) == 5000


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u200b", "...", '"', "\n\n."])
def test_texts_with_hardly_anything(text):
    for sentence in find_sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text.strip()


DATELINES = [
    ("MOSCOW, January 23. /TASS/. Some", ("MOSCOW", "January 23")),
    ("BEIRUT (AP) — Shells", ("BEIRUT", "")),
    ("DAMASCUS, Syria (AP) — A", ("DAMASCUS", "")),
    ("Beirut, Nov. 3 (Xinhua) -- The", ("Beirut", "Nov. 3")),
    ("KYIV, Ukraine, Jan. 5 (UPI) -- The", ("KYIV", "Jan. 5")),
    ("(Beirut, March 3, 2020) – Strikes", ("Beirut", "March 3, 2020")),
    ("GENEVA — The", ("GENEVA", "")),
    ("KABUL: The", ("KABUL", "")),
    ("KYIV (Example Wire) – The", ("KYIV", "")),
    ("UPDATE: The", None),
    ("Idlib - the last bastion - was hit.", None),
    ("Aleppo (AFP) was hit.", None),
    ("In January, he left.", None),
    ("Syria. It was hit.", None),
]


@pytest.mark.parametrize(("line", "expected"), DATELINES)
def test_datelines(line, expected):
    found = parse_dateline(line)
    assert (found and (found.place, found.date_text)) == expected
