"""The areas that a context names, in the bundled list of areas."""

import pytest
from listed import build_listed

from gazetteer.known import lookup_area_named, tells_apart
from gazetteer.place import Context, Mention
from gazetteer.resolve import resolve_mention


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    with build_listed(tmp_path_factory.mktemp("listed") / "listed.gazetteer") as opened:
        yield opened


@pytest.mark.parametrize(
    ("written", "country", "name"),
    [
        ("North Kivu", "CD", "Nord-Kivu"),
        ("South Kivu", "CD", "Sud-Kivu"),
        ("Kasai Occidental", "CD", "Kasaï-Occidental"),
        ("Gharb Darfur", "SD", "West Darfur"),
        ("Northern Darfur", "SD", "North Darfur"),
        ("شمال كردفان", "SD", "North Kordofan"),
        ("Lower Shabelle", "SO", "Shabeellaha Hoose"),
        ("Middle Juba", "SO", "Jubbada Dhexe"),
        ("Far North", "CM", "Extrême-Nord"),
        ("North", "CM", "Nord"),
        ("Rural Damascus", "SY", "Rif Dimashq"),
        ("Hamah Governorate", "SY", "Hama"),
        ("northern Aleppo", "SY", "Aleppo"),
        ("Bago East", "MM", "Bago"),
        ("Shan (South)", "MM", "Shan"),
        ("Донецька область", "UA", "Donetsk"),
        ("Ninewa", "IQ", "Nineveh"),
    ],
)
def test_area_in_any_spelling(gazetteer, written, country, name):
    found = lookup_area_named(gazetteer, written, country)
    assert found is not None
    assert (found.name, found.country) == (name, country)


# Half of a name is no area: neither Kivu is "Kivu", and East Kivu is neither.
@pytest.mark.parametrize(
    ("written", "country"),
    [("Kivu", "CD"), ("East Kivu", "CD"), ("Darfur", "SD"), ("Upper Shabelle", "SO")],
)
def test_an_area_that_only_a_quarter_of_the_sky_tells_apart_is_not_guessed(
    gazetteer, written, country
):
    assert lookup_area_named(gazetteer, written, country) is None


def test_the_area_across_the_lake_costs_nothing_where_it_is_not_meant(gazetteer):
    found = resolve_mention(
        gazetteer, Mention("Nord-Kivu"), Context(country="CD", admin1="North Kivu")
    )
    assert found.place is not None
    assert [reason.cost for reason in found.reasons if reason.name == "admin1"] == [0]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("North Kivu", "Sud-Kivu", True),
        ("North Kivu", "Kivu du Nord", False),
        ("Eastern Ghariyah", "Ghariyah ash-Sharqiyah", False),
        ("شرقي", "Western", False),  # two scripts are not compared
    ],
)
def test_tells_apart(one, other, apart):
    assert tells_apart(one, other) is apart
