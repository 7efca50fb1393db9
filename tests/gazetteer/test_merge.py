"""One place of several sources becomes one; namesakes, quarters and districts stay apart."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from gazetteer.columns import Columns, Shaped, collect_places
from gazetteer.keys import finish_keys, start_keys
from gazetteer.merge import merge_places
from gazetteer.place import Place, PlaceName
from geo.measure import HEADINGS, Position, move


def make_place(place_id: str, name: str, names: Sequence[str] = (), **other: object) -> Place:
    base = Place(
        place_id, name, 36.6339, 35.9306, "PPL", "SY", place_id.partition(":")[0], 1.0,
        tuple(PlaceName(text) for text in names),
    )  # fmt: skip
    return replace(base, **other)  # type: ignore[arg-type]


def shift(place: Place, km: float) -> Place:
    moved = move(Position(place.lon, place.lat), HEADINGS["east"], km)
    return replace(place, lon=moved.lon, lat=moved.lat)


def merge(*places: Place | Shaped) -> Columns:
    columns = collect_places(places)
    return merge_places(columns, finish_keys(start_keys(columns)))


def read_rows(columns: Columns) -> list[dict[str, object]]:
    rows = []
    for row in columns.places:
        names = columns.names["text"][row["names_start"] :][: row["names_count"]]
        same = columns.same[row["same_start"] :][: row["same_count"]]
        rows.append(
            {
                "id": columns.texts[row["place_id"]],
                "name": columns.texts[row["name"]],
                "names": [columns.texts[number] for number in names],
                "same": [columns.texts[number] for number in same],
                "lon": row["lon"] / 1e7,
                "radius_km": row["radius_m"] / 1000,
                "feature": columns.labels[row["feature"]],
                "population": int(row["population"]),
            }
        )
    return rows


def test_one_geonames_id_is_one_place_wherever_it_lies() -> None:
    ours = make_place("geonames:174448", "Ālbū Kamāl", ["البوكمال"])
    theirs = shift(make_place("wof:1", "Bou Kamal", same_as=("geonames:174448",)), 40)
    (row,) = read_rows(merge(ours, theirs))
    assert (row["id"], row["same"]) == ("geonames:174448", ["wof:1"])
    assert row["names"] == ["Ālbū Kamāl", "البوكمال", "Bou Kamal"]


@pytest.mark.parametrize(
    ("name", "other", "km", "count"),
    [
        ("Kafr Nabl", "Kafr Nabl", 5.5, 1),  # the same folded name, within 6 km
        ("Kafr Nabl", "Kafr Nabl", 6.5, 2),
        ("Kafr Nabl", "Kafranbel", 3.8, 1),  # the same long skeleton only, within 4 km
        ("Kafr Nabl", "Kafranbel", 4.2, 2),
        ("Rashid", "Al Rashed", 2.3, 1),  # a short one, within 2.5 km
        ("Rashid", "Al Rashed", 2.8, 2),
        ("Saraqib", "سراقب", 2.0, 1),  # two scripts meet in the skeleton
        ("Saraqib", "Sarmin", 0.1, 2),
    ],
)
def test_two_sources_meet_by_name_and_distance(
    name: str, other: str, km: float, count: int
) -> None:
    places = make_place("geonames:1", name), shift(make_place("ocha:C1", other), km)
    assert len(merge(*places).places) == count


@pytest.mark.parametrize(
    ("feature", "other", "count"),
    [("PPL", "PPLA3", 1), ("PPL", "ADM3", 2), ("PPL", "AIRB", 2), ("PPL", "PPLX", 1),
     ("AIRP", "AIRB", 1)],
)  # fmt: skip
def test_only_one_class_of_feature_is_one_place(feature: str, other: str, count: int) -> None:
    town = make_place("geonames:1", "Taftanaz", feature_code=feature)
    second = shift(make_place("ocha:C1", "Taftanaz", feature_code=other), 1)
    assert len(merge(town, second).places) == count


def test_namesakes_of_one_source_stay_two_and_each_takes_its_nearest() -> None:
    north = make_place("ocha:C1", "Karratin")
    south = shift(make_place("ocha:C2", "Karratin"), 4)
    near_south = shift(make_place("geonames:7", "Karratin"), 3.4)
    rows = read_rows(merge(near_south, north, south))
    assert {(str(row["id"]), *row["same"]) for row in rows} == {  # type: ignore[misc]
        ("geonames:7", "ocha:C2"),
        ("ocha:C1",),
    }


def test_twins_of_one_source_within_a_kilometre_are_one() -> None:
    first = make_place("geonames:1", "Jaqāl Wīrān", ["Shaqal Wiran"])
    second = shift(make_place("geonames:2", "Jaqqāl Wayrān"), 0.6)
    assert len(merge(first, second).places) == 1
    assert len(merge(first, shift(second, 1)).places) == 2


@pytest.mark.parametrize(
    ("source", "name", "km", "count"),
    [
        ("geonames", "Al Hamrat", 1.4, 1),  # the same folded name reaches farther
        ("geonames", "Al Hamrat", 1.6, 2),
        ("geonames", "Hamarat", 1.4, 2),
        ("ocha", "Al Hamrat", 0.6, 2),  # two P-codes are two places
    ],
)
def test_twins_of_one_source(source: str, name: str, km: float, count: int) -> None:
    first = make_place(f"{source}:1", "Al-Hamrat")
    assert len(merge(first, shift(make_place(f"{source}:2", name), km)).places) == count


@pytest.mark.parametrize(("km", "count"), [(0.9, 1), (1.1, 2)])
def test_a_neighbourhood_of_one_source_may_be_a_settlement_of_another(
    km: float, count: int
) -> None:
    settled = make_place("geonames:1", "Baliramoun")
    quarter = shift(make_place("ocha:C1", "Ballirmoun", feature_code="PPLX"), km)
    assert len(merge(settled, quarter).places) == count


def test_positions_of_all_sources_are_kept_and_covered() -> None:
    ours = make_place("geonames:1", "Kafr Nabl")
    theirs = shift(make_place("ocha:C1", "Kafr Nabl"), 2.4)
    merged = merge(make_place("geonames:2", "Sarmin"), ours, theirs)
    row = read_rows(merged)[1]
    assert (row["id"], row["radius_km"]) == ("geonames:1", pytest.approx(2.4, abs=0.002))
    assert merged.spots["place"].tolist() == [1, 1]
    assert [merged.texts[number] for number in merged.spots["id"]] == ["geonames:1", "ocha:C1"]
    assert merged.spots["lon"].tolist() == [round(place.lon * 1e7) for place in (ours, theirs)]


def test_a_position_that_is_a_mistake_does_not_widen_a_place() -> None:
    ours = make_place("geonames:1", "Kafr Nabl")
    theirs = shift(make_place("wof:1", "Kafr Nabl", same_as=("geonames:1",)), 40)
    (row,) = read_rows(merge(ours, theirs))
    assert row["radius_km"] == 1.0


def test_district_of_two_sources_meets_over_a_larger_distance() -> None:
    area = make_place("area:SY-ID", "Idlib", feature_code="ADM1", radius_km=62.0)
    drawn = Shaped(shift(make_place("ocha:SY07", "Idleb", feature_code="ADM1"), 20), b"polygon")
    merged = merge(make_place("geonames:9", "Idlib"), area, drawn)
    assert [row["id"] for row in read_rows(merged)] == ["geonames:9", "area:SY-ID"]
    assert merged.areas == {1: b"polygon"}


def test_each_source_gives_what_it_knows_best() -> None:
    town = make_place("geonames:1", "Ma‘arrat an Nu‘mān", population=58_008, radius_km=1.6)
    listed = make_place(
        "im:maarat", "Maarat al-Numan", ["معرة النعمان"], feature_code="PPLA2", radius_km=3.0,
        same_as=("geonames:1",),
    )  # fmt: skip
    surveyed = shift(make_place("ocha:C3985", "Ma'arrat An Nu'man"), 0.5)
    (row,) = read_rows(merge(town, listed, surveyed))
    assert row["id"] == "geonames:1"
    assert row["same"] == ["im:maarat", "ocha:C3985"]
    assert row["name"] == "Maarat al-Numan"
    assert row["lon"] == pytest.approx(surveyed.lon, abs=1e-7)
    assert row["radius_km"] == 3.0
    assert row["feature"] == "PPLA2"
    assert row["population"] == 58_008


def test_a_latin_name_is_shown_before_an_arabic_one() -> None:
    (row,) = read_rows(merge(make_place("geonames:1", "سراقب"), make_place("ocha:C1", "Saraqab")))
    assert row["name"] == "Saraqab"
    assert row["names"] == ["سراقب", "Saraqab"]


def test_a_chain_of_ids_is_followed() -> None:
    places = (
        make_place("own:1", "A1", same_as=("ocha:C1",)),
        make_place("wof:1", "B2", same_as=("geonames:1",)),
        make_place("geonames:1", "C3"),
        make_place("ocha:C1", "D4", same_as=("wof:1",)),
    )
    (row,) = read_rows(merge(*places))
    assert row["id"] == "geonames:1"
    assert row["same"] == ["own:1", "wof:1", "ocha:C1"]


def test_merging_does_not_depend_on_the_order_of_sources() -> None:
    places = [
        make_place("geonames:1", "Kafr Nabl"),
        shift(make_place("ocha:C1", "Kafr Nobol"), 1),
        shift(make_place("wof:1", "Kafranbel"), 2),
    ]
    results = []
    for order in ([0, 1, 2], [2, 1, 0], [1, 0, 2]):
        (row,) = read_rows(merge(*(places[number] for number in order)))
        results.append((row["id"], row["name"], row["lon"], sorted(map(str, row["same"]))))  # type: ignore[call-overload]
    assert results[0] == results[1] == results[2]
