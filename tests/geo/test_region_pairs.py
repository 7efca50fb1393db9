"""Shapes of several places: between two, from one to another, several at once."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from region_sites import (
    ABU_JURAYF,
    ALEPPO,
    HASAKAH,
    PROVINCE,
    RASHIDIN,
    SAMKAH,
    assert_drawable,
    levels,
)
from shapely import Point

from geo.errors import InputError
from geo.measure import Position, distance_km, move
from geo.precision import Precision
from geo.regions import (
    Site,
    combine,
    locate_at,
    locate_between,
    locate_direction,
    locate_from,
    locate_in,
    locate_near,
    locate_sector,
)

# Taveuni in Fiji lies on the antimeridian.
TAVEUNI = Site(Position(179.98, -16.85), 20.0, Precision.DISTRICT)


@given(st.floats(-180, 180), st.floats(-60, 60), st.floats(0, 359), st.floats(1, 1000), levels)
def test_a_corridor_holds_both_ends_and_is_the_same_both_ways(lon, lat, bearing, span_km, level):
    a = Site(Position(lon, lat), 3.0, level)
    b = Site(move(a.position, bearing, span_km), 12.0, level)
    corridor = locate_between(a, b)
    for site in (a, b):
        assert corridor.geometry.distance(Point(site.position)) < 1e-6
    assert corridor.radius_km == pytest.approx(locate_between(b, a).radius_km, rel=1e-3)
    assert span_km / 2 <= corridor.radius_km <= 0.76 * span_km


def test_a_direction_is_the_line_from_a_to_b():
    line = locate_direction(ABU_JURAYF, SAMKAH)
    coords = list(line.geometry.coords)
    assert coords[0] == pytest.approx(ABU_JURAYF.position)
    assert coords[-1] == pytest.approx(SAMKAH.position)
    half = distance_km(ABU_JURAYF.position, SAMKAH.position) / 2
    assert line.radius_km == pytest.approx(half + 1.5, abs=0.01)


@pytest.mark.parametrize("locate", [locate_between, locate_direction])
def test_two_names_of_one_place_are_the_land_round_it(locate):
    location = locate(ALEPPO, ALEPPO)
    assert location.geometry.geom_type == "Polygon"
    assert location.radius_km == pytest.approx(18, abs=0.1)


def test_approaches_end_at_the_target_and_come_from_25_km_at_most():
    far = Site(move(ALEPPO.position, 180, 90), 3.0, Precision.SETTLEMENT)
    attack = locate_from(ALEPPO, [RASHIDIN, far])
    starts_and_ends = [
        (Position(*line.coords[0]), Position(*line.coords[-1]))
        for line in shapely.get_parts(attack.geometry)
    ]
    assert [end for _, end in starts_and_ends] == [pytest.approx(ALEPPO.position)] * 2
    assert starts_and_ends[0][0] == pytest.approx(RASHIDIN.position)
    assert distance_km(starts_and_ends[1][0], ALEPPO.position) == pytest.approx(25, abs=0.001)


@pytest.mark.parametrize("origins", [[], [ALEPPO]])
def test_no_origin_apart_from_the_target_leaves_the_target(origins):
    attack = locate_from(ALEPPO, origins)
    assert attack.geometry.equals(Point(ALEPPO.position))
    assert attack.relation == "from"


def test_three_towns_of_one_incident_are_a_multipoint():
    places = combine([locate_at(site) for site in (ALEPPO, ABU_JURAYF, HASAKAH)])
    assert places.geometry.geom_type == "MultiPoint"
    assert places.precision == Precision.SETTLEMENT
    assert places.radius_km == pytest.approx(max(s.radius_km for s in (ALEPPO, HASAKAH)))


def test_a_town_beside_a_province_becomes_an_area_of_its_radius():
    places = combine([locate_at(HASAKAH), locate_in(PROVINCE)])
    assert places.geometry.geom_type == "MultiPolygon"
    assert places.geometry.covers(Point(move(HASAKAH.position, 10, 4.9)))


def test_overlapping_areas_are_one():
    places = combine([locate_in(PROVINCE), locate_near(ALEPPO)])
    assert places.geometry.is_valid
    assert places.geometry.geom_type == "Polygon"


def test_a_district_on_the_antimeridian_comes_in_two_parts():
    area = locate_in(TAVEUNI)
    assert area.geometry.geom_type == "MultiPolygon"
    cut = Site(TAVEUNI.position, 30.0, Precision.DISTRICT, area.geometry)
    east = locate_sector(cut, ["east"])
    assert_drawable(east)
    assert east.geometry.area == pytest.approx(area.geometry.area / 4, rel=0.01)
    assert locate_near(cut).geometry.covers(area.geometry.buffer(-1e-7))


def test_nothing_to_combine_is_refused():
    with pytest.raises(InputError, match="no location"):
        combine([])
