"""Areas by id, by name and by point; towns."""

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from geo.areas import (
    area_geometry,
    find_areas,
    load_areas,
    load_towns,
    lookup_area,
)
from geo.errors import NotFoundError

ROOT = Path(__file__).parents[2]
NAMES_TEXT = (ROOT / "geo/data/area_names.csv").read_text(encoding="utf-8")
NAMES = list(csv.DictReader(NAMES_TEXT.splitlines()))
FIRST_LEVEL = [area for area in load_areas() if area.level == 1]
COUNTRIES = [area for area in load_areas() if area.level == 0]


@pytest.mark.parametrize(
    ("place", "lon", "lat", "area_id"),
    [
        ("Idlib", 36.63, 35.93, "SY-ID"),
        ("Abu al-Duhur", 37.04, 35.74, "SY-ID"),
        ("Aleppo", 37.16, 36.20, "SY-HL"),
        ("Damascus", 36.30, 33.51, "SY-DI"),
        ("Douma", 36.40, 33.57, "SY-RD"),
        ("Quneitra, in the disengagement zone", 35.82, 33.12, "SY-QU"),
        ("Abu Kamal, by the border", 40.92, 34.45, "SY-DY"),
        ("Al-Qaim, across it", 41.02, 34.37, "IQ-AN"),
        ("Mosul", 43.13, 36.34, "IQ-NI"),
        ("Antakya", 36.16, 36.20, "TR-HT"),
        ("Tripoli, Lebanon", 35.85, 34.43, "LB-AS"),
        ("Gaza", 34.46, 31.50, "PS-GZ"),
        ("Nablus", 35.26, 32.22, "PS-WE"),
        ("Khartoum", 32.53, 15.59, "SD-KH"),
        ("Nyala", 24.88, 12.05, "SD-SD"),
        ("El Daein", 26.13, 11.46, "SD-ED"),
        ("Odesa", 30.73, 46.48, "UA-OD"),
        ("Mykolaiv", 31.99, 46.97, "UA-MY"),
        ("Kyiv", 30.52, 50.45, "UA-KC"),
        ("Hargeisa", 44.06, 9.56, "SO-SL"),
        ("Panjshir valley", 69.52, 35.31, "AF-PJ"),
        ("Honolulu", -157.86, 21.31, "US-HI"),
        ("Key West", -81.78, 24.56, "US-FL"),
    ],
)
def test_a_point_is_in_its_area(place, lon, lat, area_id):
    assert find_areas([lon], [lat]) == [area_id], place


@pytest.mark.parametrize(
    ("lon", "lat", "country"),
    [
        (38.0, 35.0, "SY"),
        (34.10, 44.95, "UA"),
        (21.17, 42.66, "XK"),
        (121.0, 23.8, "TW"),
        (-10.55, 26.16, "EH"),
        (-52.33, 4.94, "GF"),
        (55.45, -20.88, "RE"),
        (15.65, 78.22, "SJ"),
        (179.9, -16.75, "FJ"),
        (7.42, 43.74, "MC"),
    ],
)
def test_a_point_is_in_its_country(lon, lat, country):
    assert find_areas([lon], [lat], level=0) == [country]


@pytest.mark.parametrize(
    ("what", "lon", "lat", "area_id"),
    [
        ("open sea", 30.0, 34.0, ""),
        ("Arwad, an isle 3 km off Tartus", 35.858, 34.856, "SY-TA"),
        ("20 km off Latakia", 35.50, 35.55, ""),
        ("no longitude", float("nan"), 35.0, ""),
        ("no latitude", 36.0, float("nan"), ""),
        ("infinite", float("inf"), 35.0, ""),
        ("the North Pole", 0.0, 90.0, ""),
    ],
)
def test_points_outside_every_area(what, lon, lat, area_id):
    assert find_areas([lon], [lat]) == [area_id], what


def test_no_points_have_no_areas():
    assert find_areas([], []) == []


def test_order_and_company_do_not_matter():
    lons, lats = [36.63, float("nan"), 44.36, 30.0], [35.93, 1.0, 33.31, 34.0]
    assert find_areas(lons, lats) == ["SY-ID", "", "IQ-BG", ""]
    assert find_areas(lons[::-1], lats[::-1]) == ["", "IQ-BG", "", "SY-ID"]


def test_many_points_off_a_coast_get_the_areas_that_a_few_get():
    pick = np.random.default_rng(1)
    lons, lats = pick.uniform(33.0, 36.0, 40_000), pick.uniform(33.0, 36.5, 40_000)
    together = find_areas(lons, lats)
    apart = [
        area
        for start in range(0, len(lons), 1000)
        for area in find_areas(lons[start : start + 1000], lats[start : start + 1000])
    ]
    assert together == apart
    assert together.count("") > 20_000


def test_every_area_holds_a_point_of_its_own():
    points = [area_geometry(area.area_id).representative_point() for area in FIRST_LEVEL]
    found = find_areas([point.x for point in points], [point.y for point in points])
    wrong = [a.area_id for a, got in zip(FIRST_LEVEL, found, strict=True) if a.area_id != got]
    # The states of the USA are from a coarser list and overlap their neighbours by a little.
    assert [area_id for area_id in wrong if not area_id.startswith("US-")] == []


def test_ids_are_unique_and_parents_exist():
    ids = Counter(area.area_id for area in load_areas())
    assert [area_id for area_id, number in ids.items() if number > 1] == []
    assert {a.parent for a in FIRST_LEVEL} - {c.area_id for c in COUNTRIES} == {""}
    assert all(area.area_id.startswith(f"{area.country or 'XX'}-") for area in FIRST_LEVEL)
    assert all(country.parent == "" for country in COUNTRIES)


def test_syria_has_its_fourteen_governorates():
    codes = {a.area_id: a.admin1_code for a in FIRST_LEVEL if a.country == "SY"}
    assert len(codes) == 14
    assert sorted(codes.values()) == [f"{number:02}" for number in range(1, 15)]
    assert codes["SY-ID"] == "12"


def test_an_area_has_its_name_first_and_no_name_twice():
    for area in load_areas():
        assert area.name
        assert area.name == area.names[0]
        assert len(set(area.names)) == len(area.names)


@pytest.mark.parametrize(
    ("area_id", "name", "others"),
    [
        ("SY-HA", "Al-Hasakah", {"الحسكة", "Hassakeh", "Al Hasaka"}),
        ("SY-HI", "Homs", {"Hims", "حمص"}),
        ("SY-RD", "Rif Dimashq", {"Rural Damascus", "ريف دمشق"}),
        ("UA-DT", "Donetsk", {"Донецька область", "Donezk"}),
        ("AF-DK", "Daykundi", {"Daykundi"}),
        ("SY", "Syria", {"سوريا", "Syrie"}),
    ],
)
def test_names_of_an_area(area_id, name, others):
    area = lookup_area(area_id)
    assert area is not None
    assert area.name == name
    assert others <= set(area.names)


def test_the_country_round_a_capital_is_not_called_by_the_capitals_name():
    rural = lookup_area("SY-RD")
    assert rural is not None
    assert "Damascus" not in rural.names


@pytest.mark.parametrize(
    ("area_id", "parent", "claims"),
    [
        ("UA-KR", "UA", ("RU",)),
        ("XK", "", ("RS",)),
        ("EH", "", ("MA",)),
        ("IL-HZ", "IL", ("SY",)),
        ("MA-OD", "MA", ("EH",)),
        ("XX-KAS", "", ("IN", "PK")),
        ("SY-ID", "SY", ()),
    ],
)
def test_claims_are_kept_as_data(area_id, parent, claims):
    area = lookup_area(area_id)
    assert area is not None
    assert (area.parent, area.claims) == (parent, claims)


def test_an_unknown_id_has_no_area():
    assert lookup_area("SY-XX") is None
    with pytest.raises(NotFoundError, match="no area 'SY-XX'"):
        area_geometry("SY-XX")


def test_towns_are_many_and_the_largest_come_first():
    towns = load_towns()
    assert len(towns) > 30_000
    populations = [town.population for town in towns]
    assert populations == sorted(populations, reverse=True)


@pytest.mark.parametrize(
    ("name", "name_ar", "country"),
    [
        ("Aleppo", "حلب", "SY"),
        ("Idlib", "إدلب", "SY"),
        ("Latakia", "اللاذقية", "SY"),
        ("Ar Raqqah", "الرقة", "SY"),
        ("Mosul", "الموصل", "IQ"),
        ("Sanaa", "صنعاء", "YE"),
        ("Kyiv", "", "UA"),
    ],
)
def test_towns_carry_their_arabic_name_where_arabic_is_written(name, name_ar, country):
    town = next(t for t in load_towns() if t.name == name and t.country == country)
    assert town.name_ar == name_ar


def test_reading_names_loads_no_geometry_library():
    code = "import sys, geo.areas as a; a.load_areas(); print('shapely' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.split() == [b"False"]


def test_every_written_name_has_an_area_and_a_source():
    ids = {area.area_id for area in load_areas()}
    assert [row for row in NAMES if row["area_id"] not in ids or not row["source"]] == []
    assert [row for row in NAMES if row["name"] != row["name"].strip() or not row["name"]] == []


def test_no_written_name_means_two_areas_of_one_country():
    named = {(row["area_id"], row["name"]) for row in NAMES}
    means = Counter((area_id[:2], len(area_id) > 2, name) for area_id, name in named)
    assert [key for key, number in means.items() if number > 1] == []
