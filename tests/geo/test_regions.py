import math

import pytest
import shapely
from hypothesis import assume, given
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
from geo.measure import HEADINGS, Position, bearing_deg, circle, distance_km, move, reach_km
from geo.plane import covering_circle, find_centre
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
    locate_offset,
    locate_sector,
)
from geo.sectors import half_angle_deg
from geo.uncertainty import distance_precision_km, offset_radius_km

PROVINCE_WITHOUT_AREA = Site(Position(37.3, 36.2), 60.0, Precision.REGION)
headings = st.sampled_from(sorted(HEADINGS))
positions = st.builds(Position, st.floats(-180, 180), st.floats(-85, 85))
sites = st.builds(Site, positions, st.floats(0.1, 200), levels)


def with_area(site):
    return Site(site.position, site.radius_km, site.precision, circle(site.position, 50))


def assert_covered(location, slack_km=0.01):
    several = location.geometry.geom_type == "MultiPoint"  # the radius is about each
    for part in location.geometry.geoms if several else [location.geometry]:
        centre, _ = covering_circle(part)
        assert reach_km(centre, part) <= location.radius_km + slack_km


@given(sites, sites, headings, st.floats(0.5, 300), st.booleans())
def test_every_relation_gives_a_drawable_shape_within_its_radius(a, b, heading, length_km, area):
    assume(distance_km(a.position, b.position) < 8000)
    site = with_area(a) if area else a
    found = [
        locate_at(site),
        locate_in(site),
        locate_sector(site, [heading]),
        locate_sector(site, [heading], countryside=True),
        locate_sector(site, [], countryside=True),
        locate_near(site),
        locate_near(site, distance_km=length_km),
        locate_offset(site, length_km, heading),
        locate_offset(site, length_km, None),
        locate_offset(site, None, heading),
        locate_between(a, b),
        locate_direction(a, b),
        locate_from(a, [b]),
        combine([locate_at(a), locate_at(b)]),
        combine([locate_in(site), locate_at(b)]),
    ]
    for location in found:
        assert_drawable(location)
        assert_covered(location)


@given(positions, headings, st.floats(5, 150))
def test_a_sector_lies_in_its_area_and_towards_its_heading(position, heading, radius_km):
    assume(abs(position.lat) < 75)
    area = circle(position, radius_km)
    site = Site(position, radius_km, Precision.REGION, area)
    sector = locate_sector(site, [heading]).geometry
    centre = find_centre(area)
    assert shapely.difference(sector, area.buffer(1e-6)).area < 1e-6
    inside = sector.representative_point()
    turn = bearing_deg(centre, Position(inside.x, inside.y)) - HEADINGS[heading]
    assert abs((turn + 180) % 360 - 180) <= half_angle_deg(heading) + 0.5
    share = sector.area / area.area
    assert share == pytest.approx(2 * half_angle_deg(heading) / 360, rel=0.1)


def test_a_sector_that_begins_on_the_antimeridian_stays_small():
    site = Site(Position(180.0, 0.0), 5.0, Precision.REGION, circle(Position(180.0, 0.0), 5.0))
    south = locate_sector(site, ["south"]).geometry
    assert south.bounds[1] > -0.1
    assert south.area < site.area.area / 3


def test_southern_and_southwestern_is_the_union_of_the_two_wedges():
    both = locate_sector(PROVINCE, ["south", "southwest"]).geometry
    south = locate_sector(PROVINCE, ["south"]).geometry
    southwest = locate_sector(PROVINCE, ["southwest"]).geometry
    assert both.geom_type == "Polygon"
    assert both.area == pytest.approx(shapely.union(south, southwest).area, rel=1e-4)
    assert south.area < both.area < south.area + southwest.area


def test_countryside_leaves_out_the_capital_if_it_is_given():
    core = Site(Position(37.6, 36.0), 8.0, Precision.SETTLEMENT)
    whole = locate_sector(PROVINCE, ["south"], countryside=True)
    rural = locate_sector(PROVINCE, ["south"], countryside=True, core=core)
    assert whole.geometry.covers(Point(core.position))
    assert not rural.geometry.covers(Point(core.position))
    assert rural.relation == "sector"


def test_the_countryside_of_a_town_is_the_land_round_it():
    rural = locate_sector(ALEPPO, ["west"], countryside=True)
    near, far = (Point(move(ALEPPO.position, 270, km)) for km in (10, 30))
    assert rural.geometry.covers(near)
    assert rural.geometry.covers(far)
    assert not rural.geometry.covers(Point(ALEPPO.position))
    assert not rural.geometry.covers(Point(move(ALEPPO.position, 270, 36)))
    assert not rural.geometry.covers(Point(move(ALEPPO.position, 90, 10)))
    assert (rural.where_prec, rural.geo_precision) == (2, 2)


def test_the_central_part_is_in_the_middle():
    central = locate_sector(PROVINCE, ["central"]).geometry
    assert central.covers(Point(37.6, 36.2))
    assert central.area == pytest.approx(PROVINCE.area.area / 4, rel=0.02)


def test_a_province_without_polygon_is_drawn_as_an_area_of_its_level():
    area = locate_in(PROVINCE_WITHOUT_AREA)
    assert area.geometry.geom_type == "Polygon"
    assert area.radius_km == pytest.approx(75, abs=0.1)
    assert locate_at(PROVINCE_WITHOUT_AREA).geometry.equals(area.geometry)


def test_a_sector_that_misses_a_crescent_gives_the_whole_crescent():
    crescent = circle(Position(37, 36), 50).difference(circle(Position(37.4, 36), 60))
    site = Site(Position(36.5, 36), 50.0, Precision.DISTRICT, crescent)
    assert locate_sector(site, ["east"]).geometry.area == pytest.approx(crescent.area, rel=1e-3)


def test_a_word_that_is_no_heading_is_refused_by_name():
    with pytest.raises(InputError, match="'upper' is no compass word"):
        locate_sector(PROVINCE, ["upper"])


@pytest.mark.parametrize(
    ("location", "where_prec", "geo_precision", "level"),
    [
        (locate_at(ALEPPO), 1, 1, "settlement"),
        (locate_at(RASHIDIN), 1, 1, "exact"),
        (locate_in(PROVINCE), 4, 3, "region"),
        (locate_sector(PROVINCE, ["south"]), 4, 3, "region"),
        (locate_near(RASHIDIN), 2, 2, "subdistrict"),
        (locate_near(PROVINCE), 4, 3, "country"),
        (locate_offset(ALEPPO, 12, "north"), 2, 2, "subdistrict"),
        (locate_offset(ALEPPO, None, "north"), 2, 2, "district"),
        (locate_between(ALEPPO, RASHIDIN), 2, 2, "subdistrict"),
        (locate_between(ALEPPO, HASAKAH), 5, 3, "country"),
        (locate_direction(ABU_JURAYF, SAMKAH), 2, 2, "settlement"),
        (locate_direction(ALEPPO, HASAKAH), 5, 3, "country"),
        (locate_from(ALEPPO, [RASHIDIN]), 2, 2, "settlement"),
        (combine([locate_at(ALEPPO), locate_in(PROVINCE)]), 4, 3, "region"),
        (combine([locate_at(ALEPPO), locate_near(RASHIDIN)]), 2, 2, "subdistrict"),
    ],
)
def test_codes_and_levels_of_the_relations(location, where_prec, geo_precision, level):
    assert location.where_prec == where_prec
    assert location.geo_precision == geo_precision
    assert location.precision == level


def test_near_is_the_disc_out_to_the_distance_and_half_its_unit():
    near = locate_near(RASHIDIN, distance_km=15)
    assert near.radius_km == pytest.approx(1.0 + 15 + 0.5, abs=0.05)
    assert near.geometry.covers(Point(RASHIDIN.position))


def test_near_an_area_is_the_area_widened():
    near = locate_near(PROVINCE, distance_km=12).geometry
    assert near.covers(PROVINCE.area)
    assert covering_circle(near)[1] == pytest.approx(80 + 12.5, abs=0.2)


def test_twelve_km_north_lies_twelve_km_north():
    offset = locate_offset(ALEPPO, 12, "north")
    place = Position(offset.geometry.x, offset.geometry.y)
    assert distance_km(ALEPPO.position, place) == pytest.approx(12, abs=1e-6)
    assert bearing_deg(ALEPPO.position, place) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("distance", "precision"),
    # Point-radius method: 10.5 km implies 0.25, 15 km 0.5, 100 km 5.
    [(10.5, 0.25), (15, 0.5), (100, 5), (10, 5), (12, 0.5), (0.25, 0.125), (3.2, 0.05), (0, 0.5)],
)
def test_the_precision_of_a_written_distance(distance, precision):
    assert distance_precision_km(distance) == pytest.approx(precision)


def test_the_radius_of_an_offset_by_the_formula():
    # Point-radius method: direction alone, 10 km NE gives 3.90 km; a place's radius and the
    # distance's precision come along the heading.
    angle = math.radians(22.5)
    alone = math.hypot(10 - 10 * math.cos(angle), 10 * math.sin(angle))
    assert alone == pytest.approx(3.90, abs=0.005)
    slack = 2 + 5
    expected = math.hypot(10 + slack - 10 * math.cos(angle), 10 * math.sin(angle))
    assert offset_radius_km(2, 10, "northeast") == pytest.approx(expected)


@given(st.floats(0, 50), st.floats(0.1, 100), headings)
def test_an_offset_is_never_surer_than_its_place(radius_km, offset_km, heading):
    assert offset_radius_km(radius_km, offset_km, heading) >= radius_km


@pytest.mark.parametrize(
    ("position", "radius_km", "message"),
    [
        (Position(36.2, 97.1), 1.0, "longitude -180 to 180 first"),
        (Position(181, 0), 1.0, "not on the Earth"),
        (Position(math.nan, 0), 1.0, "not on the Earth"),
        (Position(37, 36), -1.0, "no radius"),
        (Position(37, 36), math.nan, "no radius"),
    ],
)
def test_a_site_that_is_none_is_refused(position, radius_km, message):
    with pytest.raises(InputError, match=message):
        Site(position, radius_km, Precision.SETTLEMENT)


def test_a_site_without_radius_takes_that_of_its_level():
    assert Site(ALEPPO.position, 0, Precision.DISTRICT).radius_km == 30
