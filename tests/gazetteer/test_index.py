"""The index finds names exactly, in their variants and with edits; by country, by id, in bulk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from index_samples import PROVINCE, TOWNS, read_samples, write_samples

from gazetteer.build import build_index
from gazetteer.columns import collect_places
from gazetteer.index import Gazetteer
from gazetteer.normalize import fold
from gazetteer.place import Place, PlaceName
from gazetteer.sections import DamagedFileError


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    with Gazetteer(write_samples(tmp_path_factory.mktemp("index"))) as opened:
        yield opened


def find(gazetteer: Gazetteer, name: str, country: str = "") -> list[tuple[str, str]]:
    matches = gazetteer.find_matches(name, country=country)
    return [(match.place.place_id, match.method) for match in matches]


@pytest.mark.parametrize(
    ("name", "place_id", "method"),
    [
        ("Idlib", "geonames:169389", "exact"),
        ("IDLEB", "geonames:169389", "exact"),
        ("إدلب", "geonames:169389", "exact"),
        ("Amuda", "geonames:173230", "exact"),
        ("`Amuda", "geonames:173230", "exact"),
        ("Abou Kamal", "geonames:174448", "variant"),
        ("Tell Tamer", "geonames:163434", "fuzzy"),
        ("Maaret al-Numan", "geonames:167611", "variant"),
        ("Idlip", "geonames:169389", "fuzzy"),
        ("Idlb", "geonames:169389", "fuzzy"),
        ("Trapoli", "geonames:276781", "fuzzy"),
    ],
)
def test_a_name_is_found_by_the_strictest_method(
    gazetteer: Gazetteer, name: str, place_id: str, method: str
) -> None:
    assert dict(find(gazetteer, name))[place_id] == method


def test_exact_names_come_first_and_each_place_once(gazetteer: Gazetteer) -> None:
    found = find(gazetteer, "Idlib")
    is_exact = [method == "exact" for _, method in found]
    assert is_exact == sorted(is_exact, reverse=True)
    assert len({place_id for place_id, _ in found}) == len(found)
    assert {"geonames:169389", "ocha:SY07"} == {p for p, method in found if method == "exact"}


@pytest.mark.parametrize(
    ("country", "ids"),
    [
        ("", ["geonames:2210247", "geonames:276781"]),  # of one name, the larger first
        ("LB", ["geonames:276781"]),
        ("ly", ["geonames:2210247"]),
        ("SY", []),
        ("XX", []),
    ],
)
def test_a_country_keeps_its_places_only(
    gazetteer: Gazetteer, country: str, ids: list[str]
) -> None:
    assert [place_id for place_id, _ in find(gazetteer, "Tripoli", country)] == ids


@pytest.mark.parametrize("name", ["", " ", "—", "'", "\0", "zzzzqqqxxx"])
def test_what_is_no_name_finds_nothing(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.find_matches(name) == []


def test_exact_matches_are_never_cut(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.find_matches("Tripoli", limit=1)) == 2
    assert len(gazetteer.find_matches("Idlip", limit=1)) == 1


def test_a_place_comes_whole(gazetteer: Gazetteer) -> None:
    place = gazetteer.lookup_place("geonames:169389")
    assert place == Place(
        "geonames:169389", "Idlib", 36.63391, 35.93062, "PPL", "SY", "GeoNames", 1.25,
        (PlaceName("Idlib", "", "main"), PlaceName("Idleb"), PlaceName("إدلب")),
        population=128840,
    )  # fmt: skip


def test_a_name_of_two_lines_comes_whole(tmp_path: Path) -> None:
    place = Place("own:1", "Tall\nTamr", 40.3, 36.6, "PPL", "SY", "own list", 1.0, admin1="A\nB")
    build_index(collect_places([place]), tmp_path / "lines", {"version": "1", "sources": []})
    with Gazetteer(tmp_path / "lines") as lines:
        found = lines.find_matches("Tall Tamr")[0].place
        assert (found.name, found.admin1) == ("Tall\nTamr", "A\nB")


def test_a_place_is_found_by_each_of_its_ids(gazetteer: Gazetteer) -> None:
    province = gazetteer.lookup_place("area:SY-ID")
    assert province is not None
    assert province.place_id == "ocha:SY07"
    assert province == gazetteer.lookup_place("ocha:SY07")
    assert gazetteer.lookup_place("geonames:1") is None


def test_all_places_can_be_gone_through(gazetteer: Gazetteer) -> None:
    ids = {gazetteer.take_place(row).place_id for row in range(gazetteer.place_count)}
    assert {town[0] for town in TOWNS} < ids
    with pytest.raises(IndexError, match="row 10"):
        gazetteer.take_place(10)


@pytest.mark.parametrize(
    ("place_id", "area"),
    [("geonames:169389", "SY-ID"), ("geonames:173230", "SY-HA"), ("own:1", "")],
)
def test_admin_area_is_worked_out_from_the_position(
    gazetteer: Gazetteer, place_id: str, area: str
) -> None:
    place = gazetteer.lookup_place(place_id)
    assert place is not None
    assert gazetteer.admin1_id(place) == area


def test_geometry_is_the_added_polygon_or_none(gazetteer: Gazetteer) -> None:
    assert gazetteer.geometry("ocha:SY07") == PROVINCE
    assert gazetteer.geometry("geonames:169389") is None
    assert gazetteer.geometry("ocha:none") is None


def test_what_it_holds_is_told(gazetteer: Gazetteer) -> None:
    assert gazetteer.place_count == 10
    assert gazetteer.name_count == 23
    assert gazetteer.version == "v1"
    assert gazetteer.sources == [{"name": "samples", "places": 10}]


def test_a_closed_gazetteer_says_so(gazetteer: Gazetteer) -> None:
    other = Gazetteer(gazetteer.path)
    other.close()
    other.close()
    with pytest.raises(ValueError, match="is closed"):
        other.find_matches("Idlib")


def test_the_same_places_give_the_same_bytes(gazetteer: Gazetteer, tmp_path: Path) -> None:
    sources = [{"name": "samples", "places": 10}]
    meta = {"version": "v1", "sources": sources}
    build_index(collect_places(read_samples()), tmp_path / "again", meta)
    assert (tmp_path / "again").read_bytes() == gazetteer.path.read_bytes()


def test_half_an_index_is_refused(gazetteer: Gazetteer, tmp_path: Path) -> None:
    content = gazetteer.path.read_bytes()
    (tmp_path / "half").write_bytes(content[: len(content) // 2])
    with pytest.raises(DamagedFileError):
        Gazetteer(tmp_path / "half")


def test_every_name_of_every_place_is_found_exactly(gazetteer: Gazetteer) -> None:
    pairs = [
        (place.place_id, name.text)
        for place in map(gazetteer.take_place, range(gazetteer.place_count))
        for name in place.names
    ]
    found = gazetteer.find_exact([name for _, name in pairs])
    assert all(place_id in ids for (place_id, _), ids in zip(pairs, found, strict=True))


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Eastern Tamr", "geonames:163434"),  # a word of the name asked for
        ("Numan", "geonames:167611"),  # a word of the place's name
        ("Noman", "geonames:167611"),
        ("Hisn Noman", "geonames:167611"),  # a word of both
    ],
)
def test_a_word_in_common_makes_a_candidate(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    assert dict(find(gazetteer, name))[place_id] == "fuzzy"


@given(cut=st.floats(0, 1), flip=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_damaged_index_is_refused(
    gazetteer: Gazetteer, tmp_path_factory: pytest.TempPathFactory, cut: float, *, flip: bool
) -> None:
    content = bytearray(gazetteer.path.read_bytes())
    at = min(int(cut * len(content)), len(content) - 1)
    if flip:
        content[at] ^= 0x55
    else:
        del content[at:]
    path = tmp_path_factory.mktemp("damaged") / "index"
    path.write_bytes(content)
    with pytest.raises(DamagedFileError):
        Gazetteer(path)


@given(name=st.text(max_size=60))
@example(name="a" * 5000)
@example(name="Tell Tamr " * 1000)
@example(name="al-" * 2000 + "\0b\0")
@example(name="Idlib\0")
@example(name="\x85Idlib\u2028Hama\n")
@example(name="\ud800 \udfff Idlib")
@example(name="\ud800")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=1000)
def test_any_text_is_answered(gazetteer: Gazetteer, name: str) -> None:
    for match in gazetteer.find_matches(name):
        assert match.matched in {each.text for each in match.place.names}
        assert match.method != "exact" or fold(match.matched) == fold(name)
