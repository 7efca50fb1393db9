"""The features that places are: each code once, with a class we know and a radius to match."""

import csv
from importlib.resources import files

import pytest

from gazetteer.sources.radius import load_features, lookup_feature
from geo.precision import IMPLIED_RADIUS_KM, Precision, from_feature_code

# Airfields, the largest of what is still a spot: a runway is 2 to 4 km long.
SPOT_RADIUS_KM = 2.5
# Classes that the costs of `weights.yaml`, the words of `feature_words.yaml` or merging know.
CLASSES = """
    settlement neighbourhood airport military crossing camp dam field industry building bridge road
    area1 area2 area3 area4 area5 area country region mountain ruin water island port
"""


def read_rows(name: str) -> list[dict[str, str]]:
    text = files("gazetteer").joinpath("data", name).read_text("utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def test_each_code_is_listed_once_with_a_class_we_know() -> None:
    rows = read_rows("features.csv")
    codes = [row["feature_code"] for row in rows]
    assert len(codes) == len(set(codes)) > 500
    assert {row["class"] for row in rows} == set(CLASSES.split())
    assert all(float(row["radius_km"]) > 0 for row in rows)


@pytest.mark.parametrize("name", ["osm_features.csv", "places.csv"])
def test_every_code_we_give_is_listed(name: str) -> None:
    given = {row["feature_code"] for row in read_rows(name)}
    assert given - load_features().keys() == set()


def test_what_is_wide_is_not_exact() -> None:
    wide = [code for code, feature in load_features().items() if feature.radius_km > SPOT_RADIUS_KM]
    assert len(wide) > 100
    exact = [code for code in wide if from_feature_code(code) == Precision.EXACT]
    assert exact == []


def test_no_level_is_far_finer_than_the_radius() -> None:
    for code, feature in load_features().items():
        level = from_feature_code(code)
        assert feature.radius_km <= 4 * IMPLIED_RADIUS_KM[level] or level == "country", code


@pytest.mark.parametrize(
    ("code", "group", "level"),
    [
        ("LCTY", "region", "exact"),
        ("MVA", "military", "subdistrict"),
        ("MKT", "building", "exact"),
        ("OILW", "field", "exact"),
        ("WADX", "water", "subdistrict"),
        ("DIP", "building", "exact"),
        ("no such code", "other", "exact"),
    ],
)
def test_class_and_level(code: str, group: str, level: str) -> None:
    assert lookup_feature(code).group == group
    assert from_feature_code(code) == level
