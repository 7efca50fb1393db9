"""Many names and places of the index at once: found together as each alone, and read as columns."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_samples import TOWNS, write_samples

from gazetteer import held
from gazetteer.columns import collect_places
from gazetteer.index import Gazetteer
from gazetteer.keys import finish_keys, start_keys
from gazetteer.normalize import fold, fold_names
from gazetteer.place import Place
from gazetteer.search import METHODS


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    with Gazetteer(write_samples(tmp_path_factory.mktemp("index"))) as opened:
        yield opened


def test_many_names_are_found_at_once(gazetteer: Gazetteer) -> None:
    found = gazetteer.find_exact(["Idlib", "Nusaybin", "tripoli"], country="")
    assert [sorted(ids) for ids in found] == [
        ["geonames:169389", "ocha:SY07"],
        [],
        ["geonames:2210247", "geonames:276781"],
    ]
    assert gazetteer.find_exact(["Tripoli"], country="LB") == [["geonames:276781"]]
    assert gazetteer.find_exact(["Tripoli"], country="ZZ") == [[]]


def test_facts_come_as_columns(gazetteer: Gazetteer) -> None:
    rows = [gazetteer.lookup_row("geonames:169389"), gazetteer.lookup_row("area:SY-ID")]
    assert gazetteer.lookup_row("geonames:1") is None
    facts = gazetteer.columns([row for row in rows if row is not None])
    assert facts.lon.tolist() == [36.63391, 36.65]
    assert facts.population.tolist() == [128840, 0]
    assert facts.radius_km.tolist() == [1.25, 70.0]
    assert [gazetteer.labels[n] for n in facts.feature.tolist()] == ["PPL", "ADM1"]
    assert [gazetteer.labels[n] for n in facts.area.tolist()] == ["SY-ID", "SY-ID"]
    assert gazetteer.texts(facts.place_id) == ["geonames:169389", "ocha:SY07"]
    known = [
        {name for bit, name in enumerate(gazetteer.id_sources) if mask >> bit & 1}
        for mask in facts.known_by.tolist()
    ]
    assert known == [{"geonames"}, {"ocha", "area"}]


def test_columns_hold_what_the_places_hold(gazetteer: Gazetteer) -> None:
    facts = gazetteer.columns(range(gazetteer.place_count))
    for row in range(gazetteer.place_count):
        place = gazetteer.place(row)
        assert gazetteer.texts([facts.name[row]]) == [place.name]
        assert (facts.lon[row], facts.lat[row]) == (place.lon, place.lat)
        assert gazetteer.labels[facts.country[row]] == place.country
        assert gazetteer.labels[facts.source[row]] == place.source


def single(gazetteer: Gazetteer, name: str, country: str, limit: int) -> list[tuple[str, ...]]:
    found = gazetteer.find_matches(name, country=country, limit=limit)
    return [(match.place.place_id, match.matched, match.method) for match in found]


SPELLINGS = [name for town in TOWNS for name in town[1]] + [
    "Idlip", "Maaret Numan", "Bukamal", "Tell Tamer", "Eastern Tamr", "Numan", "", "تل", "Trapoli",
]  # fmt: skip


@given(
    names=st.lists(st.sampled_from(SPELLINGS) | st.text(max_size=20), max_size=20),
    before=st.sampled_from([0, 1, 250, 255]),
    country=st.sampled_from(["", "SY", "LB", "XX"]),
    limit=st.integers(1, 30),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50
)
def test_many_names_find_what_each_alone_finds(
    gazetteer: Gazetteer, names: list[str], before: int, country: str, limit: int
) -> None:
    names = [SPELLINGS[at % len(SPELLINGS)] for at in range(before)] + names
    countries = [("", "SY")[at % 2] for at in range(before)] + [country] * (len(names) - before)
    hits = gazetteer.find_hits(names, countries, limit=limit)
    assert hits.query.tolist() == sorted(hits.query.tolist())
    met = gazetteer.texts(hits.text)
    together: dict[int, list[tuple[str, ...]]] = {}
    columns = hits.query.tolist(), hits.place.tolist(), met, hits.method.tolist()
    for query, place, text, method in zip(*columns, strict=True):
        found = (gazetteer.place(place).place_id, text, METHODS[method])
        together.setdefault(query, []).append(found)
    for at in range(max(0, before - 20), len(names)):
        assert together.get(at, []) == single(gazetteer, names[at], countries[at], limit)


def test_names_may_each_have_a_country(gazetteer: Gazetteer) -> None:
    hits = gazetteer.find_exact_hits(["Tripoli"] * 4, ["LB", "SY", "LY", ""])
    assert hits.query.tolist() == [0, 2, 3, 3]
    with pytest.raises(ValueError, match="2 names but 1 countries"):
        gazetteer.find_hits(["Idlib", "Homs"], ["SY"], limit=5)


def test_a_large_file_is_searched_a_few_names_at_a_time_with_the_same_answers(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [name for town in TOWNS for name in town[1]] + ["Idlip", "", "Nowhere", "Halab"]
    countries = ["", "SY", "LB", "ZZ"] * len(names)
    names *= 4
    whole = gazetteer.find_hits(names, countries, limit=20)
    exact = gazetteer.find_exact(names)
    monkeypatch.setattr(held, "_LARGE_BYTES", 0)
    monkeypatch.setattr(held, "_MOST_MAPPED", -(2**40))
    parts = gazetteer.find_hits(names, countries, limit=20)
    assert all(one.tolist() == other.tolist() for one, other in zip(whole, parts, strict=True))
    assert gazetteer.find_exact(names) == exact
    assert gazetteer.find_exact([]) == []


def test_keys_of_texts_that_are_no_names_are_left_out() -> None:
    columns = collect_places([Place("geonames:1", "Idlib", 36.6, 35.9, "PPL", "SY", "own", 1.0)])
    assert columns.texts == ["", "Idlib", "geonames:1"]
    keys = finish_keys(start_keys(columns))
    assert keys.folds == ["", "idlib"]
    assert keys.fold.tolist() == [0, 1, 0]


def test_names_folded_at_once_are_folded_alike() -> None:
    names = [name for town in TOWNS for name in town[1]] + ["", "two\nlines", "al-\r\nBāb"]
    assert fold_names(names) == [fold(name) for name in names]
