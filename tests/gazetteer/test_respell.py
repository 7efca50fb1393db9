import pytest

from gazetteer.build import build_index
from gazetteer.columns import collect_places
from gazetteer.index import Gazetteer
from gazetteer.place import Context, Mention, Place, PlaceName
from gazetteer.resolve import find_candidates, resolve_mention


def make_town(number, name, others, lat):
    names = (PlaceName(name, "", "main"), *map(PlaceName, others))
    place_id = f"geonames:{number}"
    return Place(place_id, name, 43.3, lat, "PPL", "IQ", "GeoNames", 2.0, names, "", "", 0)


# As GeoNames has them: the town's short name stands among its others, after the long one.
TOWNS = [
    make_town(99003, "Al Qayyārah", ["Al Qayyarah", "Qayyarah", "القيارة", "قيارة"], 35.8),
    make_town(1, "Hasan al Baghdadi", ["Baghdādī"], 31.3),
    make_town(2, "Al Baghdadi", ["Khan Baghdadi", "Baghdadi"], 33.9),
]


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    path = tmp_path_factory.mktemp("respelled") / "few.gazetteer"
    build_index(collect_places(TOWNS), path, {"version": "test", "sources": []})
    with Gazetteer(path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("asked", "matched"),
    [
        ("Qayyarah", "Qayyarah"),
        ("Al Qayyarah", "Al Qayyārah"),  # accents make no difference
        ("Qayarah", "Qayyarah"),
        ("قيارة", "قيارة"),
        ("القيارة", "القيارة"),
    ],
)
def test_the_likest_of_a_place_s_names_is_met(gazetteer, asked, matched):
    found = resolve_mention(gazetteer, Mention(asked), Context(country="IQ"))
    assert (found.place.place_id, found.matched) == ("geonames:99003", matched)


def test_two_towns_that_both_have_the_name_fit_equally_well(gazetteer):
    found = resolve_mention(gazetteer, Mention("Baghdadi"), Context(country="IQ"))
    assert found.place is None
    assert "equally well" in found.unresolved


def test_a_name_written_so_costs_nothing(gazetteer):
    best = find_candidates(gazetteer, Mention("Qayyarah"), Context(country="IQ"))[0]
    assert next(reason.cost for reason in best.reasons if reason.name == "spelling") == 0
