import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from geo.errors import InputError
from geo.measure import (
    HEADINGS,
    Position,
    bearing_deg,
    circle,
    distance_km,
    distances_km,
    move,
    reach_km,
)

ALEPPO = Position(37.1343, 36.2021)
IDLIB = Position(36.6332, 35.9306)

positions = st.builds(
    Position, st.floats(-180, 180, allow_nan=False), st.floats(-89.9, 89.9, allow_nan=False)
)
bearings = st.floats(0, 359.9)


@pytest.mark.parametrize(
    ("a", "b", "expected_km"),
    [
        # Vincenty's and Karney's test line of Geoscience Australia: Flinders Peak to Buninyon.
        (Position(144.424868, -37.951033), Position(143.926496, -37.652821), 54.972),
        # A quarter of the meridian on WGS84 (10,001.966 km).
        (Position(0, 0), Position(0, 90), 10_001.966),
        # A degree of the equator, a = 6378.137 km.
        (Position(179.5, 0), Position(-179.5, 0), 6378.137 * math.pi / 180),
    ],
)
def test_distance_of_known_lines(a, b, expected_km):
    assert distance_km(a, b) == pytest.approx(expected_km, abs=0.002)


@given(positions, positions)
def test_distance_is_symmetric_and_below_half_the_globe(a, b):
    there = distance_km(a, b)
    assert there == pytest.approx(distance_km(b, a), abs=1e-6)
    assert 0 <= there <= 20_004


@given(positions, bearings, st.floats(0.001, 5000))
def test_move_goes_as_far_as_told_and_back(start, bearing, length_km):
    end = move(start, bearing, length_km)
    assert distance_km(start, end) == pytest.approx(length_km, rel=1e-6, abs=1e-6)
    back = move(end, bearing_deg(end, start), length_km)
    assert distance_km(back, start) < 0.001


@given(positions, positions)
def test_bearing_is_a_compass_bearing(a, b):
    assert 0 <= bearing_deg(a, b) < 360


@pytest.mark.parametrize(
    ("heading", "east", "north"),
    [
        ("north", 0, 1),
        ("east", 1, 0),
        ("southwest", -1, -1),
        ("north-northwest", -math.tan(math.radians(22.5)), 1),
    ],
)
def test_headings_point_where_they_say(heading, east, north):
    end = move(ALEPPO, HEADINGS[heading], 10)
    west_east = distance_km(Position(ALEPPO.lon, end.lat), end) * math.copysign(
        1, end.lon - ALEPPO.lon
    )
    south_north = distance_km(Position(end.lon, ALEPPO.lat), end) * math.copysign(
        1, end.lat - ALEPPO.lat
    )
    length = math.hypot(east, north) / 10
    assert west_east == pytest.approx(east / length, abs=0.05)
    assert south_north == pytest.approx(north / length, abs=0.05)


def test_headings_are_the_sixteen_winds():
    assert len(HEADINGS) == 16
    assert sorted(HEADINGS.values()) == [22.5 * step for step in range(16)]


def test_distances_are_the_single_ones():
    many = distances_km(*ALEPPO, [36.6332, 37.1343, -179.0], [35.9306, 36.2021, -80.0])
    single = [distance_km(ALEPPO, end) for end in (IDLIB, ALEPPO, Position(-179, -80))]
    np.testing.assert_allclose(many, single)


@given(positions, st.floats(0.01, 3000))
def test_a_circle_is_a_valid_area_round_its_centre(centre, radius_km):
    area = circle(centre, radius_km)
    west, south, east, north = area.bounds
    assert area.is_valid
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    assert area.buffer(1e-9).covers(Point(centre))
    for part in getattr(area, "geoms", [area]):
        assert part.exterior.is_ccw


@given(positions, bearings, st.floats(1, 1000))
def test_a_circle_holds_what_is_nearer_and_not_what_is_farther(centre, bearing, radius_km):
    area = circle(centre, radius_km)
    # Edges on the map are straight in degrees, which near a pole is far from the circle.
    if abs(centre.lat) + radius_km / 111 > 80:
        return
    assert area.covers(Point(move(centre, bearing, radius_km * 0.98)))
    assert not area.covers(Point(move(centre, bearing, radius_km * 1.02)))


def test_the_corners_of_a_circle_lie_on_it():
    area = circle(ALEPPO, 25)
    lengths = [distance_km(ALEPPO, Position(*corner)) for corner in area.exterior.coords]
    assert min(lengths) == pytest.approx(25, abs=1e-6)
    assert reach_km(ALEPPO, area) == pytest.approx(25, abs=1e-6)


@pytest.mark.parametrize("radius_km", [0, -1, math.nan, math.inf, 10_001])
def test_a_circle_that_cannot_be_drawn_is_refused(radius_km):
    with pytest.raises(InputError, match="cannot be drawn"):
        circle(ALEPPO, radius_km)
