"""Which area each incident is counted in, and the caller's own areas."""

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame
from map_reading import unpack
from map_samples import make_hostile, make_many, make_sample

from geo.areas import area_geometry, load_areas
from geo.errors import InputError
from geo.table import make_table
from maps.area_counts import make_areas
from maps.area_holders import COUNTRY_ONLY, FIRST_AREA, NO_PLACE, OUTSIDE, SEVERAL
from maps.columns import make_page_data

AT_IDLIB = (36.63, 35.93)
REASONS = {
    NO_PLACE: "no place",
    COUNTRY_ONLY: "country only",
    OUTSIDE: "outside",
    SEVERAL: "several",
}


def counted(table: GeoDataFrame, level: str, own: GeoDataFrame | None = None) -> dict[str, str]:
    """The area of each incident by its id, or the reason for none."""
    page = make_page_data(table, title="", about={}, attribution="")
    header, columns = unpack(make_areas(table, page, own))
    names = next(entry["names"] for entry in header["levels"] if entry["key"] == level)
    codes = np.array(columns[f"{level}_place"])[page.places.number]
    said = [REASONS.get(code) or names[code - FIRST_AREA] for code in codes.tolist()]
    return dict(zip(table["incident_id"].iloc[page.order].tolist(), said, strict=True))


def one(geometry: Any, precision: str, radius_km: float) -> GeoDataFrame:
    record = {"incident_id": "x", "precision": precision, "radius_km": radius_km}
    return make_table([record | {"geometry": geometry}])


def squares(*names: str, crs: str = "EPSG:4326") -> GeoDataFrame:
    """Squares of one degree side by side from 36 east, 35 north on."""
    boxes = [shapely.box(36 + i, 35, 37 + i, 36) for i in range(len(names))]
    return GeoDataFrame({"name": list(names)}, geometry=boxes, crs="EPSG:4326").to_crs(crs)


def test_the_sample_is_counted_by_governorate() -> None:
    found = counted(make_sample(), "admin1")
    wanted = {
        "sample-01": "Idlib",  # Abu Duhur, a town
        "sample-05": "Idlib",  # the south of the province, an area within it
        "sample-06": "Aleppo",
        "sample-07": "Raqqa",  # the whole province
        "sample-10": "Idlib",  # between two towns of the province
        "sample-13": "Raqqa",
        "sample-14": "Al-Hasakah",
        "sample-16": "Deir ez-Zor",
        "sample-20": "Homs",
        "sample-21": "no place",
    }
    assert {key: found[key] for key in wanted} == wanted
    assert counted(make_sample(), "country")["sample-16"] == "Syria"


@pytest.mark.parametrize(
    ("place", "precision", "radius_km", "admin1", "country"),
    [
        (shapely.Point(AT_IDLIB), "settlement", 5.0, "Idlib", "Syria"),
        (shapely.Point(38.5, 35.0), "country", 300.0, "country only", "Syria"),
        # The city of Damascus is its own governorate, and reaches 10 km about its middle.
        (shapely.Point(36.3, 33.51), "settlement", 5.0, "Damascus", "Syria"),
        (shapely.Point(36.3, 33.51), "region", 75.0, "several", "Syria"),
        (shapely.Point(40.15, 35.34), "region", 75.0, "Deir ez-Zor", "Syria"),
        (shapely.Point(33.0, 34.0), "exact", 1.0, "outside", "outside"),
        (shapely.box(36.2, 35.2, 38.2, 36.2), "region", 100.0, "several", "Syria"),
        (shapely.box(36.6, 35.8, 36.7, 35.9), "subdistrict", 8.0, "Idlib", "Syria"),
        (shapely.LineString([AT_IDLIB, (36.68, 35.65)]), "settlement", 5.0, "Idlib", "Syria"),
        (shapely.LineString([AT_IDLIB, (39.0, 35.95)]), "settlement", 5.0, "several", "Syria"),
        (shapely.MultiPoint([AT_IDLIB, (33.0, 34.0)]), "settlement", 5.0, "several", "several"),
        (shapely.MultiPoint([(32.9, 34.0), (33.0, 34.0)]), "exact", 5.0, "outside", "outside"),
    ],
)  # fmt: skip
def test_a_place_is_in_one_area_or_in_none(
    place: Any, precision: str, radius_km: float, admin1: str, country: str
) -> None:
    table = one(place, precision, radius_km)
    assert counted(table, "admin1")["x"] == admin1
    assert counted(table, "country")["x"] == country


def test_a_province_in_two_countries_words_is_not_given_to_its_neighbour() -> None:
    """A shape that reaches over a border is in neither country."""
    hatay_and_idlib = area_geometry("SY-ID").union(area_geometry(named("Hatay")))
    table = one(hatay_and_idlib, "region", 90.0)
    assert counted(table, "admin1")["x"] == "several"
    assert counted(table, "country")["x"] == "several"


def test_a_whole_country_is_drawn_where_many_of_its_areas_hold_incidents() -> None:
    table = make_many(2000)
    page = make_page_data(table, title="", about={}, attribution="")
    header, columns = unpack(make_areas(table, page))
    admin1, country = header["levels"]
    assert {"Idlib", "Tartus", "Damascus"} <= set(admin1["names"])
    assert set(country["names"]) <= {"Syria", "Turkey", "Iraq", "Jordan", "Lebanon", "Israel"}
    drawn = sum(columns["admin1_rings"]) + sum(columns["country_rings"])
    assert drawn == len(columns["ring_turns"])
    assert len(columns["admin1_place"]) == len(page.places.lon) + 1
    assert len(columns["admin1_label_x"]) == len(admin1["names"])


def test_an_area_touched_by_few_brings_no_empty_neighbours() -> None:
    table = one(shapely.Point(36.2, 36.4), "exact", 1.0)
    page = make_page_data(table, title="", about={}, attribution="")
    header, _ = unpack(make_areas(table, page))
    assert [level["names"] for level in header["levels"]] == [["Hatay"], ["Turkey"]]


def test_names_stand_within_their_areas() -> None:
    table = make_sample()
    page = make_page_data(table, title="", about={}, attribution="")
    header, columns = unpack(make_areas(table, page))
    names = header["levels"][0]["names"]
    assert {"Idlib", "Tartus", "Homs"} <= set(names)
    for name, x, y, radius in zip(
        names, *(columns[f"admin1_label_{part}"] for part in ("x", "y", "radius")), strict=True
    ):
        circle = shapely.Point(x, y).buffer(radius * 0.95)
        assert area_geometry(named(name)).buffer(0.02).contains(scaled(circle, header["scale"]))


def test_areas_have_their_names_in_arabic_where_known() -> None:
    table = make_sample()
    page = make_page_data(table, title="", about={}, attribution="")
    header, _ = unpack(make_areas(table, page, squares("bow")))
    own, admin1, country = header["levels"]
    assert own["names_ar"] == [""]
    arabic = dict(zip(admin1["names"], admin1["names_ar"], strict=True))
    assert (arabic["Homs"], arabic["Tartus"]) == ("حمص", "طرطوس")
    assert dict(zip(country["names"], country["names_ar"], strict=True))["Syria"] == "سوريا"


def named(name: str) -> str:
    """The id of a first-level area of Syria or Turkey."""
    areas = [area for area in load_areas() if area.level == 1 and area.country in ("SY", "TR")]
    return next(area.area_id for area in areas if area.name == name)


def scaled(shape: Any, scale: int) -> Any:
    return shapely.transform(shape, lambda corners: corners / scale)


def test_the_low_figure_of_deaths_is_carried_where_there_is_no_best() -> None:
    table = make_sample()
    page = make_page_data(table, title="", about={}, attribution="")
    _, columns = unpack(page.payload)
    ids = table["incident_id"].iloc[page.order].tolist()
    assert [ids[row] for row in columns["range_row"]] == ["sample-01"]
    assert columns["range_high"] == [12 + 1]
    deaths = dict(zip(ids, columns["deaths"], strict=True))
    assert (deaths["sample-01"], deaths["sample-02"], deaths["sample-03"]) == (3 + 1, 5 + 1, 0)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:32637"])
def test_a_callers_areas_count_in_any_projection(crs: str) -> None:
    found = counted(make_sample(), "own", squares("West", "East", crs=crs))
    assert found["sample-02"] == "West"  # Idlib, a town
    assert found["sample-06"] in ("several", "outside")
    assert found["sample-19"] == "outside"
    assert found["sample-07"] in ("several", "outside")


def test_a_callers_small_area_does_not_hold_a_province() -> None:
    table = one(area_geometry("SY-ID"), "region", 90.0)
    small = GeoDataFrame(
        {"name": ["town"]}, geometry=[shapely.box(36.6, 35.9, 36.7, 36.0)], crs=4326
    )
    assert counted(table, "own", small)["x"] == "several"
    assert counted(one(shapely.Point(38.5, 35.0), "country", 300.0), "own", squares("a"))["x"] == (
        "country only"
    )


def test_of_two_areas_upon_each_other_the_first_counts() -> None:
    both = GeoDataFrame(
        {"name": ["first", "second"]}, geometry=[shapely.box(36, 35, 37, 36)] * 2, crs=4326
    )
    assert counted(one(shapely.Point(36.5, 35.5), "exact", 1.0), "own", both)["x"] == "first"


def _without_crs() -> GeoDataFrame:
    return gpd.GeoDataFrame({"name": ["a"]}, geometry=[shapely.box(0, 0, 1, 1)])


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        ([shapely.box(0, 0, 1, 1)], "areas is a list"),
        (squares(), "has no rows"),
        (squares("a").rename(columns={"name": "NAME"}), "no column 'name', only"),
        (_without_crs(), "coordinate reference system; set it"),
        (squares("a", " "), "areas, row 1: name ' ' is no text"),
        (squares("a").assign(name=[7]), "areas, row 0: name 7 is no text"),
        (squares("a").set_geometry([shapely.Point(1, 1)], crs=4326), "row 0 ('a'): Point, not"),
        (squares("a").set_geometry([shapely.Polygon()], crs=4326), "row 0 ('a'): nothing, not"),
        (squares("a").set_geometry([None], crs=4326), "row 0 ('a'): nothing, not"),
        (squares("a").set_geometry([shapely.box(9e9, 9e9, 1e10, 1e10)], crs=3035), "no place in"),
    ],
)
def test_areas_that_cannot_be_used_are_refused_with_the_reason(areas: Any, said: str) -> None:
    table = make_sample()
    page = make_page_data(table, title="", about={}, attribution="")
    with pytest.raises(InputError) as error:
        make_areas(table, page, areas)
    assert said in str(error.value)


def test_an_area_that_crosses_itself_is_mended() -> None:
    bow = shapely.Polygon([(36, 35), (37, 36), (37, 35), (36, 36)])
    areas = GeoDataFrame({"name": ["bow"]}, geometry=[bow], crs=4326)
    assert counted(one(shapely.Point(36.1, 35.5), "exact", 1.0), "own", areas)["x"] == "bow"
    assert counted(one(shapely.Point(36.5, 35.9), "exact", 1.0), "own", areas)["x"] == "outside"


@pytest.mark.parametrize("table", [make_table([]), make_hostile(), make_many(1)], ids=str)
def test_any_table_has_a_block_and_the_same_twice(table: GeoDataFrame) -> None:
    page = make_page_data(table, title="", about={}, attribution="")
    assert make_areas(table, page) == make_areas(table, page)
    header, _ = unpack(make_areas(table, page))
    assert [level["key"] for level in header["levels"]] == ["admin1", "country"]


@pytest.mark.parametrize(
    "place",
    [(179.9, -16.5), (-179.9, -16.5), (0.0, 90.0), (0.0, -90.0), (177.0, 65.0), (-170.0, 66.0)],
)
def test_places_at_the_edges_of_the_world_are_counted(place: tuple[float, float]) -> None:
    table = one(shapely.Point(place), "settlement", 5.0)
    assert counted(table, "country")["x"] in (
        "Fiji",
        "outside",
        "Antarctica",
        "Russia",
        "United States",
    )
