import math

import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import Point

from geo.errors import InputError
from geo.measure import HEADINGS, Position, bearing_deg, circle, distance_km, move, reach_km
from geo.plane import covering_circle, find_centre
from geo.precision import Precision
from geo.regions import (
    RELATIONS,
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

ALEPPO = Site(Position(37.1343, 36.2021), 8.0, Precision.SETTLEMENT)
RASHIDIN = Site(Position(37.063, 36.163), 1.0, Precision.EXACT)
ABU_JURAYF = Site(Position(36.9271, 35.7327), 1.5, Precision.SETTLEMENT)
SAMKAH = Site(Position(36.9091, 35.6969), 1.0, Precision.SETTLEMENT)
HASAKAH = Site(Position(40.7477, 36.5025), 5.0, Precision.SETTLEMENT)
PROVINCE = Site(Position(37.3, 36.2), 75.0, Precision.REGION, circle(Position(37.6, 36.2), 80.0))
PROVINCE_WITHOUT_AREA = Site(Position(37.3, 36.2), 60.0, Precision.REGION)
# Taveuni in Fiji lies on the antimeridian.
TAVEUNI = Site(Position(179.98, -16.85), 20.0, Precision.DISTRICT)

headings = st.sampled_from(sorted(HEADINGS))
levels = st.sampled_from(list(Precision))
positions = st.builds(Position, st.floats(-180, 180), st.floats(-85, 85))
sites = st.builds(Site, positions, st.floats(0.1, 200), levels)


def with_area(site):
    return Site(site.position, site.radius_km, site.precision, circle(site.position, 50))


def assert_drawable(location):
    geometry = location.geometry
    west, south, east, north = geometry.bounds
    assert geometry.is_valid
    assert not geometry.is_empty
    assert geometry.geom_type != "GeometryCollection"
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    assert location.radius_km > 0
    assert location.relation in RELATIONS
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            assert part.exterior.is_ccw


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
