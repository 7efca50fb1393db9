"""Positions of a table: wrong ones, swapped ones, and those far outside the country."""

import pytest
from csv_tables import read

from geo.files import read_table


@pytest.mark.parametrize(
    ("lat", "lon", "message"),
    [
        (
            "136.6",
            "35.9",
            "latitude '136.6' is beyond 90 degrees; longitude and latitude look swapped",
        ),
        ("95", "190", "latitude '95' is beyond 90 degrees; give degrees of latitude"),
        ("35.9", "366", "longitude '366' is beyond 180 degrees"),
        ("35.9", "", "longitude is empty; give both coordinates, or neither"),
        ("", "36.6", "latitude is empty"),
        ("35,9306", "36.6", "latitude '35,9306' is no number; write decimal degrees such as"),
        ("N 35°55'", "36.6", "is no number; write decimal degrees"),
        ("0", "0.0", "longitude 0, 0 lies in the Gulf of Guinea"),
    ],
)
def test_a_wrong_position_leaves_the_row_without_one(tmp_path, lat, lon, message):
    text = f'incident_id,actor1,latitude,longitude\na,x,"{lat}","{lon}"\nb,y,35.9,36.6\n'
    table, problems = read(tmp_path, text)
    assert [problem.row for problem in problems] == [2]
    assert str(problems[0]).startswith("incidents.csv, row 2: ")
    assert message in str(problems[0])
    assert table.geometry.isna().tolist() == [True, False]
    row = table.iloc[0]
    assert row["actor1"] == "x"
    assert row["match_reasons"][0].startswith("unresolved: ")
    assert message in row["match_reasons"][0]
    assert row["match_method"] == ""


@pytest.mark.parametrize("country", ["SY", "sy", "Syria"])
def test_coordinates_swapped_within_range_are_known_by_the_country(tmp_path, country):
    text = f"latitude,longitude,country\n36.63,35.93,{country}\n35.93,36.63,{country}\n"
    table, problems = read(tmp_path, text)
    assert table.geometry.isna().tolist() == [True, False]
    assert [problem.row for problem in problems] == [2]
    assert f"36.63 with longitude 35.93 lies outside {country}" in str(problems[0])
    assert "look swapped, exchange the two columns" in table["match_reasons"][0][0]


def test_a_position_just_across_the_border_is_no_swap(tmp_path):
    # Reyhanli in Türkiye, 5 km from Syria; the other way round it would lie in Syria.
    table, problems = read(tmp_path, "latitude,longitude,country\n36.269,36.567,SY\n")
    assert table.geometry.notna().all()
    assert problems == []


HEADING = "latitude,longitude,country\n"


@pytest.mark.parametrize(
    ("lat", "lon", "country", "said"),
    [
        ("33.3", "44.4", "SY", "lies in Iraq, 3"),
        ("50.45", "30.52", "Syria", "lies in Ukraine, 1,"),
        ("30", "-40", "SY", "lies at sea, "),
        ("15.5", "32.5", "Chad", "lies in Sudan, "),
    ],
)
def test_a_position_far_outside_its_country_is_told_of_and_kept(tmp_path, lat, lon, country, said):
    table, problems = read(tmp_path, f"{HEADING}{lat},{lon},{country}\n35.9,36.6,SY\n")
    assert table.geometry.notna().all()
    (problem,) = problems
    assert problem.row == 2
    assert f"latitude {lat} with longitude {lon} {said}" in str(problem)
    assert f"km outside {country}; it is kept, check" in str(problem)
    assert table["notes"][0][0] == str(problem).partition("row 2: ")[2]


@pytest.mark.parametrize(
    ("lat", "lon", "country"),
    [
        ("36.269", "36.567", "SY"),  # Reyhanli, 5 km across the border
        ("37.07", "37.38", "SY"),  # Gaziantep, 45 km across it
        ("14.0", "42.0", "YE"),  # in the Red Sea
        ("45.0", "34.1", "UA"),  # Crimea, held and claimed
        ("45.0", "34.1", "RU"),
        ("33.1", "35.8", "SY"),  # the Golan
        ("33.1", "35.8", "IL"),
        ("42.6", "21.1", "RS"),  # Kosovo
        ("48", "2", "Nowhere"),
        ("48", "2", ""),
    ],
)
def test_a_position_near_or_on_claimed_ground_is_not_doubted(tmp_path, lat, lon, country):
    table, problems = read(tmp_path, f"{HEADING}{lat},{lon},{country}\n")
    assert table.geometry.notna().all()
    assert problems == []


def test_every_row_of_a_position_is_told_of(tmp_path):
    _, problems = read(tmp_path, HEADING + "33.3,44.4,SY\n36,37,SY\n" * 3)
    assert [problem.row for problem in problems] == [2, 4, 6]


def test_events_of_the_codebooks_lie_in_their_countries(shared_dir):
    """UCDP's own coordinates: hardly one is doubted, and all are kept."""
    for name in ("ged_syria_2016_2019.csv", "ucdp_ged231_CAR.geojson"):
        table, problems = read_table(shared_dir / "data" / "ucdp" / name)
        doubted = [problem for problem in problems if "km outside" in problem.message]
        assert set(table["country"]) <= {"Syria", "Central African Republic"}
        assert len(doubted) == 0, doubted[:3]
        assert table.geometry.notna().mean() > 0.99
