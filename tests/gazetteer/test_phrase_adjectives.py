import pytest

from gazetteer.phrase_adjectives import list_towns
from gazetteer.phrases import parse_phrase


@pytest.mark.parametrize(
    ("cell", "towns"),
    [
        ("Бахмутський район", {"Бахмут"}),
        ("Бахмутский район", {"Бахмут"}),
        ("Краматорського району", {"Краматорськ"}),
        ("Покровський р-н", {"Покровськ"}),
        ("Донецкая область", {"Донецк"}),
        ("Донецька область", {"Донецьк"}),
        ("Луганська область", {"Луганськ"}),
        ("Харківської області", {"Харків"}),
    ],
)
def test_towns_behind_areas(cell, towns):
    (mention,) = parse_phrase(cell).mentions
    assert towns <= set(mention.variants)


@pytest.mark.parametrize("name", ["Бахмут", "Роботине", "Bakhmutskyi", "ська", ""])
def test_no_adjective(name):
    assert list_towns(name, "district") == ()


def test_a_town_with_such_a_name_is_left_as_it_is():
    assert list_towns("Слов'янськ", "city") == ()
