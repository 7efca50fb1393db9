"""A misspelt name finds the name meant, among the first, and in bounded time whatever is asked."""

from collections.abc import Iterator

import numpy as np
import pytest

from gazetteer.build import build_index
from gazetteer.columns import collect_places
from gazetteer.index import Gazetteer
from gazetteer.normalize import fold, variant_key
from gazetteer.place import Place, PlaceName
from gazetteer.runs import find_floods
from gazetteer.sections import open_sections
from gazetteer.slips import Form, find_slips

NAMES = {
    "CO": ["Toro", "Tora", "El Coyul", "San Cristóbal"],
    "CN": ["Longgang", "Longkou", "Huayuan", "Weiyuan", "Wuyuan"],
    "DE": ["Bopfingen", "Bempflingen", "Leutenbach"],
    "EE": ["Sillamäe", "Silma"],
    "JP": ["Ropcha", "Rophka"],
    "SY": ["Luwaybidah", "Moultafa", "حلب", "Ḩalabīyah", "Tall Tamr", "Kafr Nabl", "Kafrnubl"],
    "UA": ["Kochubeivka", "Kochubiivka", "Kashubivka"],
}  # fmt: skip


def make_places() -> Iterator[Place]:
    for country, names in NAMES.items():
        for at, name in enumerate(names):
            own = (PlaceName(name, "", "main"),)
            yield Place(f"own:{country}{at}", name, at, at, "PPL", country, "own", 1.0, own)
    for at in range(30):
        yield Place(f"own:n{at}", "Toros", at, at, "PPL", "TR", "own", 1.0)


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    path = tmp_path_factory.mktemp("slips") / "index"
    build_index(collect_places(make_places()), path, {"version": "v1", "sources": []})
    with Gazetteer(path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("oro", "Toro"),  # the first of two consonants
        ("Tro", "Toro"),
        ("Toor", "Toro"),  # swapped
        ("Tolo", "Toro"),  # one of two consonants changed
        ("Torxo", "Toro"),
        ("El Cyul", "El Coyul"),
        ("Longgag", "Longgang"),  # the second g joins the first
        ("Huayua", "Huayuan"),
        ("Bopfinen", "Bopfingen"),
        ("Rophca", "Ropcha"),  # ph and ch are one consonant each
        ("Tal tamr", "Tall Tamr"),
        ("Talltamr", "Tall Tamr"),  # a space lost
        ("حب", "حلب"),
        ("حلاب", "حلب"),
    ],
)
@pytest.mark.parametrize("anywhere", [True, False])
def test_one_slip_of_the_pen_is_understood(
    gazetteer: Gazetteer, name: str, meant: str, *, anywhere: bool
) -> None:
    country = next(country for country, names in NAMES.items() if meant in names)
    found = gazetteer.find_matches(name, country="" if anywhere else country, limit=5)
    assert meant in [match.matched for match in found]


@pytest.mark.parametrize(
    ("name", "country", "first", "second"),
    [
        ("Sillmae", "", "Sillamäe", "Silma"),  # a variant, but less alike by letters
        ("Wiyuan", "", "Weiyuan", "Wuyuan"),
        ("Loueïbidé", "SY", "Luwaybidah", "Ḩalabīyah"),
        ("San Critobal", "", "San Cristóbal", "Toro"),
        ("oro", "", "Toro", "Tora"),
        ("Kafr Nubl", "SY", "Kafrnubl", "Tall Tamr"),
        ("Haleb", "SY", "حلب", "Tall Tamr"),  # by consonants only, in another script
    ],
)
def test_the_likest_name_comes_first(
    gazetteer: Gazetteer, name: str, country: str, first: str, second: str
) -> None:
    found = [match.matched for match in gazetteer.find_matches(name, country=country, limit=50)]
    order = {text: at for at, text in reversed(list(enumerate(found)))}
    assert order[first] < order.get(second, len(found))


def test_what_is_exactly_the_name_comes_before_what_is_likelier(gazetteer: Gazetteer) -> None:
    first, *others = gazetteer.find_matches("Tora", limit=50)
    assert first.method == "exact"
    assert "exact" not in [match.method for match in others]
    assert "Toros" in [match.matched for match in others]


def test_a_name_of_many_places_is_not_all_that_comes(gazetteer: Gazetteer) -> None:
    found = [match.matched for match in gazetteer.find_matches("Toro", limit=50)]
    assert found.count("Toros") == 25


def find_groups(gazetteer: Gazetteer, what: Form, form: str, country: int = -1) -> list[int]:
    arrays = open_sections(gazetteer.path).arrays
    pairs = find_slips(arrays, what, [form], np.array([country]))
    return sorted(pairs.group.tolist())


def test_slips_are_of_folded_names_and_of_variant_keys(gazetteer: Gazetteer) -> None:
    assert find_groups(gazetteer, "exact", fold("Longgag"))
    assert find_groups(gazetteer, "variant", variant_key("Moultfa"))
    assert not find_groups(gazetteer, "exact", "x" * 31)  # too long, too short
    assert not find_groups(gazetteer, "exact", "t")
    assert not find_groups(gazetteer, "exact", "")


def test_a_country_without_names_like_it_has_no_slips(gazetteer: Gazetteer) -> None:
    everywhere = find_groups(gazetteer, "exact", "oro")
    by_country = [find_groups(gazetteer, "exact", "oro", number) for number in range(10)]
    assert sorted(group for groups in by_country for group in groups) == everywhere
    assert sum(bool(groups) for groups in by_country) == 1


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    """Every name of three letters, and many of words that two thousand names share."""
    letters = "abcdefghiklmnoprstuz"
    short = [a + b + c for a in letters for b in letters for c in letters]
    words = [f"Marah {a}{b}{c}" for a in letters for b in "ai" for c in letters]
    places = [
        Place(f"own:{at}", name, 36.0, 35.0, "PPL", "SY", "own", 1.0)
        for at, name in enumerate([*short, *words])
    ]
    path = tmp_path_factory.mktemp("crowd") / "index"
    build_index(collect_places(places), path, {"version": "v1", "sources": []})
    with Gazetteer(path) as opened:
        yield opened


@pytest.mark.parametrize("country", ["", "SY"])
@pytest.mark.parametrize(
    "name", ["bab", "a", "al", "ab", "marah bab", "b" * 2000, "bab " * 500, "marah ba " * 300]
)
def test_crowds_stay_bounded(crowd: Gazetteer, name: str, country: str) -> None:
    found = crowd.find_matches(name, country=country, limit=40)
    assert len(found) <= 40
    ids = [match.place.place_id for match in found]
    assert len(ids) == len(set(ids))


def test_a_misspelt_name_is_found_in_a_crowd(crowd: Gazetteer) -> None:
    found = [match.matched for match in crowd.find_matches("zuzz", limit=10)]
    assert "zuz" in found[:2]


def test_floods_are_the_largest_runs_of_an_owner() -> None:
    owners, counts = np.array([1, 0, 1, 1]), np.array([5, 100, 4, 3])
    assert find_floods(owners, counts, 8).tolist() == [0, 1]
    assert find_floods(owners, counts, 12).tolist() == [1]
    assert find_floods(owners[:0], counts[:0], 12).tolist() == []
