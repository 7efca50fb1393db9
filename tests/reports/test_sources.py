"""Sources: who claims it, cases in the style of news agencies."""

import pytest

from reports.sources import find_source
from reports.words import load_words

# sentence, country of the report, name
CASES = [
    ("Nine died, the Syrian Observatory said.", "SY", "Syrian Observatory for Human Rights"),
    ("According to the White Helmets, four were hurt.", "SY", "White Helmets"),
    ("Six were killed, the Russian defence ministry said.", "SY", "Russian Ministry of Defence"),
    ("The army said it had lost two men.", "ML", "Military Forces of Mali"),
    ("Turkey's military said it hit 20 targets.", "IQ", "Military Forces of Turkey"),
    ("The interior ministry reported three arrests.", "FR", "French Ministry of Interior"),
    ("Police said the bomber was a teenager.", "PK", "Police Forces of Pakistan"),
    ("The Kremlin said talks would follow.", "SY", "Government of Russia"),
    (
        "Both Chad and its French allies say the rebels fled.",
        "TD",
        "Government of Chad; Government of France",
    ),
    ("A hospital official told Reuters that nine had died.", "SD", "hospital official"),
    ("Local officials told AFP that nine had died.", "SD", "Local officials"),
    ("Nine had died, Reuters reported.", "SD", "Reuters"),
    ('"We heard a blast," said Amina Yusuf.', "NG", "Amina Yusuf"),
    ("Residents said shells fell all night.", "UA", "Residents"),
    ("The town lies on the river.", "UA", None),
    ("The Darfur Rights Network, a monitoring group, said 12 died.", "SD", "Darfur Rights Network"),
    ("A war monitor, the Lake Chad Observatory, said nine died.", "NG", "Lake Chad Observatory"),
    ("The Lake Chad Observatory said nine died.", "NG", "Lake Chad Observatory"),
]


@pytest.mark.parametrize(("text", "country", "name"), CASES)
def test_the_claimant_is_named(text, country, name):
    found = find_source(text, country=country)
    assert (found.name if found else None) == name
    if found:
        assert text[found.start : found.end].strip()


CARRIED = [
    "It said that 30 were wounded.",
    "Two more died, he added.",
    "The monitor said nothing else.",
]


@pytest.mark.parametrize("text", CARRIED)
def test_a_pronoun_is_the_source_named_last(text):
    found = find_source(text, last="White Helmets")
    assert found.name == "White Helmets"
    assert found.is_pronoun


def test_a_pronoun_without_anyone_before_it_is_nobody():
    assert find_source("It said that 30 were wounded.") is None


def test_no_alias_stands_for_two_claimants():
    seen: dict[str, str] = {}
    for row in load_words("sources")["claimants"]:
        for alias in row["aliases"]:
            assert seen.setdefault(alias, row["name"]) == row["name"], alias
