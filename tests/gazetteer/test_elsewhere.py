import pytest
from listed import build_listed

from gazetteer.elsewhere import find_beyond
from gazetteer.place import Context, Mention, Place
from gazetteer.resolve import is_unknown, resolve_each, resolve_mention, resolve_mentions

IRAQ, SYRIA = Context(country="IQ"), Context(country="SY")


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    with build_listed(tmp_path_factory.mktemp("listed") / "listed.gazetteer") as opened:
        yield opened


def test_a_like_name_is_not_chosen_where_the_name_itself_lies_across_the_border(gazetteer):
    found = resolve_mention(gazetteer, Mention("Bou Kamal"), IRAQ)
    assert found.place is None
    assert is_unknown(found)
    assert "across the border there is" in found.unresolved
    assert "SY; 34.4" in found.unresolved


def test_the_same_alone_in_a_batch_and_in_a_report(gazetteer):
    alone = resolve_mention(gazetteer, Mention("Bou Kamal"), IRAQ)
    assert resolve_mentions(gazetteer, [Mention("Bou Kamal")], IRAQ) == [alone]
    others = [Mention("Al Qaim"), Mention("Bou Kamal"), Mention("Bou Kamal")]
    batch = resolve_each(gazetteer, others, [IRAQ, IRAQ, SYRIA])
    assert batch[1] == alone
    assert batch[0].place.country == "IQ"
    assert batch[2].place.country == "SY"


def test_what_was_like_the_name_stays_among_the_alternatives(gazetteer):
    found = resolve_mention(gazetteer, Mention("Bou Kamal"), IRAQ)
    scores = [candidate.score for candidate in found.alternatives]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("country", ["", "SY"])
def test_a_name_that_is_known_is_let_be(gazetteer, country):
    found = resolve_mention(gazetteer, Mention("Bou Kamal"), Context(country=country))
    assert found.place.country == "SY"


def make_town(**fields):
    given = {"place_id": "x:1", "name": "X", "lon": 38.99, "lat": 36.01, "feature_code": "PPL"}
    given |= {"country": "SY", "source": "x", "radius_km": 2.0, "population": 5000}
    return Place(**(given | fields))


@pytest.mark.parametrize(
    ("fields", "country", "is_found"),
    [
        ({}, "IQ", True),
        ({}, "SY", False),
        ({"lon": 10.0}, "IQ", False),
        ({}, "", False),
        ({}, "XX", False),
    ],
)
def test_towns_near_the_border_count(fields, country, is_found):
    town = make_town(**fields)
    assert find_beyond([town], country) == (town if is_found else None)
