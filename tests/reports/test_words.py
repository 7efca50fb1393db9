"""The packaged words: loadable, without doubles, each with its source."""

from importlib import resources

import pytest

from geo.errors import InputError
from reports.words import _check_entry, load_words

NAMES = ["boilerplate", "dates", "numbers", "people", "tolls"]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_loads_and_names_its_source(name):
    table = load_words(name)
    assert len(table) >= 2
    text = (resources.files("reports") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    assert "Source" in text


@pytest.mark.parametrize("name", ["numbers", "people", "tolls"])
def test_words_that_are_compared_are_in_lower_case(name):
    for value in load_words(name).values():
        for entry in value if isinstance(value, list) else []:
            word = entry if isinstance(entry, str) else entry["words"]
            assert word == word.lower()


BAD = [
    ("empty", [], "'empty' is empty"),
    ("none", None, "'none' is empty"),
    ("twice", ["in", "in"], "twice"),
    ("truth", ["in", True], "quote words"),
    ("blank", ["in", ""], "empty"),
]


@pytest.mark.parametrize(("key", "value", "message"), BAD)
def test_a_bad_entry_stops_with_file_and_key(key, value, message):
    with pytest.raises(InputError, match=r"reports/data/x\.yaml") as error:
        _check_entry("reports/data/x.yaml", key, value)
    assert message in str(error.value)


def test_no_word_is_both_a_person_and_a_thing():
    people = set(load_words("people")["people"])
    assert not people & set(load_words("tolls")["not_people"])
