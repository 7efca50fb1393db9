import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from geo.globe import fix_geometry, wrap_lon
from geo.measure import Position, circle, distance_km
from geo.plane import covering_circle, find_centre, from_plane, to_plane, to_point

WORLD = shapely.box(-180, -90, 180, 90)


@pytest.mark.parametrize(
    ("given_wkt", "expected_wkt"),
    [
        # RFC 7946, 3.1.9: the example of a line across the antimeridian.
        (
            "LINESTRING (170 45, 190 45)",
            "MULTILINESTRING ((170 45, 180 45), (-180 45, -170 45))",
        ),
        (
            "POLYGON ((170 40, 190 40, 190 50, 170 50, 170 40))",
            (
                "MULTIPOLYGON (((180 40, 180 50, 170 50, 170 40, 180 40)),"
                " ((-170 40, -170 50, -180 50, -180 40, -170 40)))"
            ),
        ),
        ("POINT (190 10)", "POINT (-170 10)"),
        ("LINESTRING (179 0, -179 0)", "MULTILINESTRING ((179 0, 180 0), (-180 0, -179 0))"),
        ("LINESTRING (36 35, 37 36)", "LINESTRING (36 35, 37 36)"),
        # Clockwise comes out counter-clockwise.
        ("POLYGON ((0 0, 0 1, 1 1, 1 0, 0 0))", "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"),
    ],
)
def test_shapes_are_cut_and_oriented(given_wkt, expected_wkt):
    fixed = fix_geometry(shapely.from_wkt(given_wkt))
    expected = shapely.from_wkt(expected_wkt)
    assert fixed.geom_type == expected.geom_type
    assert fixed.normalize().equals_exact(expected.normalize(), 1e-9)
    parts = [part for part in shapely.get_parts(fixed) if part.geom_type == "Polygon"]
    assert all(part.exterior.is_ccw for part in parts)


def test_a_world_wide_box_is_left_alone():
    assert fix_geometry(WORLD).equals(WORLD)


def test_a_hole_across_the_antimeridian_stays_a_hole():
    outer = [(170, -10), (190, -10), (190, 10), (170, 10)]
    hole = [(178, -2), (182, -2), (182, 2), (178, 2)]
    fixed = fix_geometry(shapely.Polygon(outer, [hole]))
    assert fixed.is_valid
    assert fixed.area == pytest.approx(400 - 16)
    assert not fixed.covers(shapely.Point(-179, 0))
    assert fixed.covers(shapely.Point(-175, 0))


@pytest.mark.parametrize(
    ("centre", "inside", "outside"),
    [
        (Position(0, 89), (179, 89.5), (0, 80)),
        (Position(100, -90), (-60, -85), (100, -75)),
        (Position(-179.9, 66), (179.5, 66), (150, 66)),
        (Position(180, 0), (-178, 0), (0, 0)),
    ],
)
def test_circles_over_poles_and_the_antimeridian_hold_what_they_should(centre, inside, outside):
    area = circle(centre, 800)
    assert area.is_valid
    assert WORLD.covers(area)
    assert area.covers(shapely.Point(inside))
    assert not area.covers(shapely.Point(outside))


@given(st.floats(-1000, 1000))
def test_a_wrapped_longitude_is_on_the_map_and_the_same_meridian(lon):
    wrapped = wrap_lon(lon)
    assert -180 <= wrapped <= 180
    turns = (wrapped - lon) / 360
    assert turns == pytest.approx(round(turns), abs=1e-9)


@given(st.floats(-180, 180), st.floats(-89, 89), st.floats(1, 500))
@example(4.0, 88.0, 224.0)  # over the pole
def test_the_smallest_circle_of_a_disc_is_the_disc(lon, lat, radius_km):
    centre, radius = covering_circle(circle(Position(lon, lat), radius_km))
    assert radius == pytest.approx(radius_km, rel=0.002)
    assert distance_km(centre, Position(lon, lat)) < 0.002 * radius_km


@given(st.floats(-180, 180), st.floats(-80, 80))
def test_to_the_plane_and_back_is_the_same_place(lon, lat):
    centre = Position(lon, lat)
    square = shapely.box(-30, -20, 40, 50)
    there = from_plane(square, centre)
    back = to_plane(there, centre)
    assert back.area == pytest.approx(square.area, rel=0.001)
    assert shapely.hausdorff_distance(back.envelope, square) < 0.1


def test_the_centre_of_an_area_cut_at_the_antimeridian_lies_on_it():
    centre = find_centre(fix_geometry(shapely.box(178, -18, 184, -16)))
    assert centre.lon == pytest.approx(-179, abs=0.01)
    assert centre.lat == pytest.approx(-17, abs=0.02)


@pytest.mark.parametrize(
    ("wkt", "expected"),
    [
        ("POINT (36.6 35.9)", (36.6, 35.9)),
        ("LINESTRING (36 35, 38 35)", (37, 35)),
        # Approaches: both end at the target.
        ("MULTILINESTRING ((36 35, 37 36), (38 35, 37 36))", (37, 36)),
        ("POLYGON ((36 35, 38 35, 38 37, 36 37, 36 35))", (37, 36)),
    ],
)
def test_one_point_stands_for_a_shape(wkt, expected):
    assert to_point(shapely.from_wkt(wkt)) == pytest.approx(expected)


def test_the_point_of_a_crescent_lies_on_it():
    crescent = circle(Position(37, 36), 50).difference(circle(Position(37.1, 36), 48))
    assert crescent.covers(shapely.Point(to_point(crescent)))
