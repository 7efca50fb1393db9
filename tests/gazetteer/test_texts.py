"""Texts in a row of bytes are the texts that were put there; interning numbers each once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.interning import intern_texts, start_interning
from gazetteer.spool import TextSpool
from gazetteer.texts import Texts

LISTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=20)


@given(texts=LISTS)
def test_texts_are_read_back(texts: list[str]) -> None:
    packed = Texts.pack(texts)
    assert list(packed) == texts == packed[:]
    assert [packed[at] for at in range(len(texts))] == texts
    assert packed.count_letters().tolist() == list(map(len, texts))


@given(texts=LISTS, data=st.data())
def test_any_of_them_can_be_taken(texts: list[str], data: st.DataObject) -> None:
    at = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=30)) if texts else []
    taken = Texts.pack(texts).take(np.array(at, np.int64))
    assert taken == [texts[number] for number in at]
    assert taken.hash().tolist() == [Texts.pack(texts).hash()[number] for number in at]


@given(parts=st.lists(LISTS, max_size=4))
def test_parts_are_joined(parts: list[list[str]]) -> None:
    spool = TextSpool()
    for part in parts:
        spool.append(Texts.pack(part))
    assert list(spool.finish()) == [text for part in parts for text in part]


def test_half_a_surrogate_pair_becomes_a_question_mark() -> None:
    assert list(Texts.pack(["a\ud800b"])) == ["a?b"]


def test_there_is_no_text_beyond_the_last() -> None:
    with pytest.raises(IndexError, match="text 2 of 2"):
        Texts.pack(["a", "b"])[2]
    assert Texts.pack(["a", "b"])[-1] == "b"


@given(chunks=st.lists(st.lists(st.integers(0, 40), max_size=30), max_size=12))
def test_interning_numbers_texts_as_a_dictionary_would(chunks: list[list[int]]) -> None:
    known, numbers = start_interning(), dict[int, int]()
    for chunk in chunks:
        met = intern_texts(known, np.array(chunk, np.uint64))
        before = len(numbers)
        expected = [numbers.setdefault(value, len(numbers)) for value in chunk]
        assert met.numbers.tolist() == expected
        assert [expected[at] for at in met.fresh] == list(range(before, len(numbers)))
        known = met.known
