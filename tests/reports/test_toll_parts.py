"""Tolls beside each other: parts of a number, a group said before, figures of the whole war."""

import pytest

from reports.tolls import find_tolls, is_background

PARTS = [
    ("At least 25 people, including 10 children, died.", {"children": 10}),
    ("The strike killed nine people, three of them women.", {"women": 3}),
    (
        "Seven people, among them a pregnant woman and two children, were killed.",
        {"pregnant woman": 1, "children": 2},
    ),
    ("Shelling killed 18 civilians, including at least four children.", {"children": 4}),
    ("Twelve people were killed, two of whom were paramedics.", {"paramedics": 2}),
]


@pytest.mark.parametrize(("sentence", "parts"), PARTS, ids=[case[0] for case in PARTS])
def test_parts_stay_within_their_number(sentence, parts):
    tolls = find_tolls(sentence)
    assert [toll.including for toll in tolls] == [parts]


CARRIED = [
    ("Sixteen insurgents were killed.", "Nine were wounded.", "insurgents"),
    ("The strike killed five soldiers.", "It said 12 others were injured.", "soldiers"),
    ("The army advanced.", "Nine were wounded.", ""),
    ("The strike killed five soldiers.", "Shells later killed two.", ""),
    ("The strike killed five soldiers.", "Two civilians were hurt.", "civilians"),
]


@pytest.mark.parametrize(("before", "sentence", "group"), CARRIED)
def test_a_number_alone_takes_the_group_said_before(before, sentence, group):
    (toll,) = find_tolls(sentence, before=before)
    assert toll.group_text == group
    assert toll.is_carried == (bool(group) and group not in sentence)


BACKGROUND = [
    ("The war has killed more than 350,000 people since 2011.", True),
    ("About 900 civilians were killed in that period.", True),
    ("More than 200 fighters have been killed since the truce took effect.", True),
    ("Three soldiers have been killed since Saturday.", False),
    ("Strikes killed ten civilians in Idlib.", False),
]


@pytest.mark.parametrize(("sentence", "expected"), BACKGROUND)
def test_figures_of_the_whole_war_are_marked(sentence, expected):
    assert is_background(sentence) is expected
    tolls = find_tolls(sentence)
    assert [toll.is_background for toll in tolls] == [expected]
