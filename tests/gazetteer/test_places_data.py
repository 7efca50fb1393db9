"""Our own list of places is data that people resolve incidents by: every line is checked."""

import csv
import re
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path

import pytest
from shapely import Point
from shapely.ops import nearest_points

from gazetteer.normalize import fold, variant_key
from geo.areas import area_geometry, load_areas
from geo.measure import Position, distance_km

SHARED = Path(__file__).parents[3] / "shared" / "data"
MAX_ADMIN1_KM = 10.0  # borders are simplified, and crossings lie on them
MIN_SYRIA = 120

# GeoNames feature codes in use, and the level at which an alias must mean one place.
LEVELS = {
    "settlement": {"PPL", "PPLA2", "PPLA3", "PPLX"},
    "air": {"AIRB", "AIRF", "AIRP"},
    "camp": {"CMP", "CMPRF"},
    "field": {"GASF", "OILF", "OILT"},
    "region": {"DSRT", "ISL", "MT", "MTS", "PLN", "RGN", "VAL"},
    "crossing": {"PSTB"},
    "military": {"MILB"},
    "prison": {"PRN"},
    "water": {"DAM", "RSV"},
    "works": {"BDG", "FCL", "INDS", "MFG", "PRT", "PS", "PSN", "RD", "RDJCT"},
}
LEVEL_OF = {code: level for level, codes in LEVELS.items() for code in codes}


def _load_rows() -> list[dict[str, str]]:
    text = files("gazetteer").joinpath("data", "places.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


ROWS = _load_rows()
BY_ID = {row["place_id"]: row for row in ROWS}
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["place_id"])


def _names(row: dict[str, str]) -> list[str]:
    return [row["name"], *filter(None, [row["name_ar"], *row["other_names"].split("|")])]


def _position(row: dict[str, str]) -> Position:
    return Position(lon=float(row["lon"]), lat=float(row["lat"]))


def test_the_list_holds_what_reports_on_syria_name():
    syria = [row for row in ROWS if row["country"] == "SY"]
    kinds = Counter(LEVEL_OF[row["feature_code"]] for row in syria)
    assert len(syria) >= MIN_SYRIA
    assert min(kinds[kind] for kind in ("air", "camp", "crossing", "field", "prison")) >= 5


def test_place_ids_are_unique():
    assert not [place_id for place_id, n in Counter(r["place_id"] for r in ROWS).items() if n > 1]


@each_row
def test_entry_is_whole(row: dict[str, str]):
    assert re.fullmatch(r"im:[a-z0-9]+(-[a-z0-9]+)*", row["place_id"])
    assert row["feature_code"] in LEVEL_OF
    assert len(row["source"]) >= len("OCHA C1")
    assert re.search(r"[A-Za-z]{2}", row["name"])
    if row["country"] == "SY":
        assert re.search(r"[\u0621-\u064a]{2}", row["name_ar"])
    assert re.fullmatch(r"-?\d+\.\d{3}", row["lat"])
    assert re.fullmatch(r"-?\d+\.\d{3}", row["lon"])
    assert 0.3 <= float(row["radius_km"]) <= 200


@each_row
def test_names_are_clean_and_normalise_to_something(row: dict[str, str]):
    names = _names(row)
    assert len(names) == len(set(names))
    assert all(name == " ".join(name.split()) and fold(name) for name in names)


@each_row
def test_place_lies_in_its_country(row: dict[str, str]):
    bounds = [area.bounds for area in load_areas() if area.area_id == row["country"]]
    assert bounds, f"no country {row['country']!r}"
    west, south, east, north = bounds[0]
    at = _position(row)
    margin = 0.15  # half of a crossing's posts stand outside the simplified border
    assert west - margin <= at.lon <= east + margin
    assert south - margin <= at.lat <= north + margin


@each_row
def test_admin1_agrees_with_the_polygon(row: dict[str, str]):
    if not row["admin1"]:
        return
    wanted = variant_key(row["admin1"])
    areas = [
        area
        for area in load_areas()
        if area.level == 1
        and area.country == row["country"]
        and wanted in {variant_key(name) for name in area.names}
    ]
    assert areas, f"no area {row['admin1']!r} in {row['country']}"
    at = _position(row)
    assert min(_km_outside(area.area_id, at) for area in areas) <= MAX_ADMIN1_KM


def _km_outside(area_id: str, at: Position) -> float:
    nearest, _ = nearest_points(area_geometry(area_id), Point(at.lon, at.lat))
    return distance_km(Position(nearest.x, nearest.y), at)


def test_an_alias_means_one_place_unless_its_namesakes_are_listed():
    holders: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in ROWS:
        level = LEVEL_OF[row["feature_code"]]
        for name in _names(row):
            holders[row["country"], level, fold(name)].add(row["place_id"])
    unlisted = {
        (alias, place_id, other)
        for (_, _, alias), ids in holders.items()
        for place_id in ids
        for other in ids - {place_id}
        if other not in BY_ID[place_id]["namesakes"].split("|")
    }
    assert not unlisted


@each_row
def test_namesakes_are_mutual_and_share_a_name(row: dict[str, str]):
    for other_id in filter(None, row["namesakes"].split("|")):
        other = BY_ID[other_id]
        assert row["place_id"] in other["namesakes"].split("|")
        assert {fold(n) for n in _names(row)} & {fold(n) for n in _names(other)}


# What the five reports of 2018-2024 name, as they spell it, and where a careful reader puts it.
SPELT = [
    ("Abu Dhuhour", "im:abu-al-duhur"),
    ("Abu Dhuhour Airport", "im:abu-al-duhur-airbase"),
    ("Bou Kamal", "im:al-bukamal"),
    ("Bou Kamal crossing", "im:al-bukamal-crossing"),
    ("Amuda", "im:amuda"),
    ("Tal Tamr", "im:tal-tamr"),
    ("Ain Issa", "im:ain-issa"),
    ("Abu-Djreif", "im:abu-jurayf"),
    ("Samka", "im:samka-idlib"),
    ("Maar Shamarin", "im:maar-shamarin"),
    ("Crati", "im:karratin-al-kabirah"),
    ("Al-Rashidin", "im:al-rashidin"),
    ("Baliramoun", "im:al-layramoun"),
    ("Maaret al-Numan", "im:maarat-al-numan"),
]


@pytest.mark.parametrize(("spelling", "place_id"), SPELT)
def test_spellings_of_reports_are_listed(spelling: str, place_id: str):
    assert fold(spelling) in {fold(name) for name in _names(BY_ID[place_id])}


# Entries whose position was placed by hand or taken from one source, against another source.
CROSS_CHECKS = [
    ("im:abu-al-duhur", "Abul Thohur"),
    ("im:amuda", "Amuda"),
    ("im:al-rashidin", "Al Rahsidin"),
    ("im:maarat-al-numan", "Ma'arrat An Nu'man"),
    ("im:al-hol-camp", "Hole"),
    ("im:hmeimim-airbase", "Hmeimim"),
    ("im:bab-al-hawa", "Bab El Hawa"),
    ("im:bab-al-salama", "Salama"),
    ("im:al-bukamal-crossing", "Hura"),
    ("im:jarabulus-crossing", "Jarablus"),
    ("im:wadi-barada", "Ein Elfijeh"),
    ("im:damascus-airport", "Ghassuleh"),
]


@pytest.fixture(scope="module")
def ocha() -> dict[str, list[Position]]:
    path = SHARED / "ocha" / "syr_populated_places_ocha.csv"
    if not path.is_file():
        pytest.skip("../shared/data/ocha is absent: positions are not cross-checked with OCHA's")
    found: defaultdict[str, list[Position]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["latitude"]:
                at = Position(lon=float(row["longitude"]), lat=float(row["latitude"]))
                found[row["LocationName_en"]].append(at)
    return found


@pytest.mark.parametrize(("place_id", "name"), CROSS_CHECKS)
def test_position_agrees_with_ocha(ocha: dict[str, list[Position]], place_id: str, name: str):
    at = _position(BY_ID[place_id])
    assert min(distance_km(at, other) for other in ocha[name]) <= 5.0


@pytest.mark.parametrize("row", [r for r in ROWS if re.match(r"OCHA C\d+$", r["source"])])
def test_position_is_that_of_the_source(ocha: dict[str, list[Position]], row: dict[str, str]):
    at = _position(row)
    nearest = min(distance_km(at, other) for others in ocha.values() for other in others)
    assert nearest <= 0.1  # three decimals are 0.08 km at most
