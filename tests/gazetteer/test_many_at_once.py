import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from listed import build_listed

from gazetteer import sounds
from gazetteer.alignment import align, encode_letters
from gazetteer.known import know_context
from gazetteer.normalize import fold, plain, spell, variant_key
from gazetteer.place import Context, Mention
from gazetteer.resolve import resolve_each, resolve_mention, resolve_mentions
from gazetteer.sounds import take_apart
from geo.measure import Position, distance_km


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    with build_listed(tmp_path_factory.mktemp("listed") / "listed.gazetteer") as opened:
        yield opened


NAMES = ["Idlib", "Saraqb", "إدلب", "Tall Rifat", "Rifat", "Baghdadi", "Харків", "", "Maarat"]
CONTEXTS = [
    Context(),
    Context(country="SY"),
    Context(country="SY", admin1="Aleppo", near=((37.1, 36.2),)),
]


def test_many_names_get_the_answers_that_each_gets_alone(gazetteer):
    asked = [(Mention(name), context) for name in NAMES for context in CONTEXTS]
    together = resolve_each(gazetteer, *map(list, zip(*asked, strict=True)))
    assert together == [resolve_mention(gazetteer, *each) for each in asked]
    assert any(found.place is not None for found in together)


def test_many_places_are_those_read_one_by_one(gazetteer):
    rows = [*range(120), 7, 7]
    assert gazetteer.places(rows) == [gazetteer.place(row) for row in rows]
    gazetteer._places.clear()  # noqa: SLF001 - what was read together is not to be found kept
    one_by_one = [gazetteer.place(row) for row in rows]
    gazetteer._places.clear()  # noqa: SLF001
    assert gazetteer.places(np.array(rows)) == one_by_one
    assert len({place.place_id for place in one_by_one}) == 120


def test_a_name_is_taken_apart_as_normalize_does(monkeypatch):
    monkeypatch.setattr(sounds, "_KEPT", [])
    monkeypatch.setattr(sounds, "_MOST_KEPT", 4)
    for names in (NAMES[:3], NAMES[2:5], NAMES):  # more than are kept, some of them known
        apart = take_apart(names)
        assert apart.plain.tolist() == [plain(name) for name in names]
        assert apart.fold.tolist() == [fold(name) for name in names]
        assert apart.variant.tolist() == [variant_key(name) for name in names]
        assert apart.is_arabic.tolist() == [name == "إدلب" for name in names]
    core = dict(zip(apart.name.tolist(), apart.core.tolist(), strict=True))
    assert core["Tall Rifat"] == core["Rifat"] == spell("Rifat")


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.text("abdikrsSz", max_size=12) | st.just("karabulus" * 9), min_size=2, max_size=6)
)
def test_pairs_of_any_lengths_are_as_far_apart_as_each_by_itself(texts):
    these, those = np.nonzero(np.ones((len(texts), len(texts)), bool))
    # So many that short pairs are not measured in the long ones' table.
    found = align(encode_letters(texts), these.repeat(40), those.repeat(40))[::40]
    alone = [
        align(encode_letters([texts[a], texts[b]]), np.array([0]), np.array([1]))[0]
        for a, b in zip(these[:30], those[:30], strict=True)
    ]
    assert found[:30].tolist() == alone


def test_the_nearest_other_place_is_told_in_geodesic_kilometres_however_far(gazetteer):
    found = resolve_mentions(gazetteer, [Mention("Idlib"), Mention("Paris")])
    places = [resolution.place for resolution in found]
    assert all(place is not None for place in places)
    here, there = (Position(place.lon, place.lat) for place in places)
    said = next(reason for reason in found[0].reasons if reason.name == "company")
    edges_km = sum(place.radius_km for place in places)
    assert said.text.startswith(f"{distance_km(here, there) - edges_km:.0f} km ")
    assert said.cost == pytest.approx(1.5)


def test_an_area_is_found_once_for_all_that_name_it(gazetteer):
    contexts = [Context(country="SY", admin1="Idleb"), Context(country="sy", admin1="Idleb")]
    one, other = (know_context(gazetteer, context) for context in contexts)
    assert one.area is not None
    assert one.areas[0] is other.areas[0]
    assert one.area.place_id == "area:SY-ID"
