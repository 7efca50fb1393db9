"""Texts of many lines: the long way gives what `str`, `re` and `unicodedata` give."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import lines
from gazetteer.letters import load_tables
from gazetteer.lines import change_lines, compose, drop_repeated, find_lines, join_lines, translate
from gazetteer.normalize import name_keys

# Lines of letters that compose, double, vanish or become several in some step.
NAMES = st.lists(
    st.text(st.sampled_from("aabbhkt 'ÄßşéИхاللهحトド한ेo\u0301\u0308\u0327"), max_size=8),
    min_size=1,
    max_size=12,
)


@pytest.fixture
def long_way(monkeypatch):
    monkeypatch.setattr(lines, "_LONG", 0)


def join(names):
    return "\n".join(names)


@given(NAMES)
def test_translate_is_that_of_str(names):
    text, table = join(names), load_tables().plain
    assert translate(text * 400, table) == (text * 400).translate(table)


@given(NAMES)
def test_dropping_repeated_letters_is_that_of_re(names):
    text = join(names) * 400
    assert drop_repeated(text) == re.sub(r"(.)(?=\1)", "", text)


@given(NAMES)
def test_composing_lines_is_composing_the_text(names):
    assert compose(join(names)) == unicodedata.normalize("NFC", join(names))


@given(NAMES)
def test_found_lines_are_those_with_the_letter(names):
    many, letters = [*names, "e" * 2_000], re.compile("[лХхト\u0300-\u036f]")
    assert find_lines(join(many), letters) == [
        row for row, line in enumerate(many) if letters.search(line)
    ]


@pytest.mark.usefixtures("long_way")
def test_the_long_way_takes_short_texts_too():
    assert translate("đoß", {273: "d", 223: "ss"}) == "doss"
    assert drop_repeated("a\n\nbb") == "a\n\nb"
    assert find_lines("я\n\nb", re.compile("[я]")) == [0]


def test_lines_come_back_in_their_order():
    names = ["Idlib", "إدلب", "", "Ḥalab", "Homs"] * 5
    texts = []

    def change(text):
        texts.append(text)
        return text, text.upper()

    assert change_lines(names, change) == [names, [name.upper() for name in names]]
    assert texts == ["\n".join(["Idlib", "", "Homs"] * 5), "\n".join(["إدلب", "Ḥalab"] * 5)]


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\u2028", "\x85"])
def test_a_break_in_a_name_is_a_space(break_):
    assert join_lines([f"Tell{break_}Tamr", "Idlib"]) == "Tell Tamr\nIdlib"


@given(NAMES)
def test_a_name_has_the_same_keys_alone_and_among_thousands(names):
    among = name_keys([*names, *["Ṭal'at Ṣalīb"] * 300, *["Deir ez-Zor"] * 300])
    alone = [name_keys([name]) for name in names]
    for column, single in zip(among, zip(*alone, strict=True), strict=True):
        assert column[: len(names)] == [forms[0] for forms in single]
