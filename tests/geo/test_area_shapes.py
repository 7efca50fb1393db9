"""Shapes of areas: they meet, hold their centres, can be cut and made coarser."""

import csv
import json
from collections import Counter

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.areas import (
    area_geometry,
    clip_areas,
    find_areas,
    load_areas,
)

FIRST_LEVEL = [area for area in load_areas() if area.level == 1]
# Natural Earth and OCHA draw governorates differently near their borders.
LEAST_AGREEMENT = 0.97


@pytest.mark.parametrize("country", ["SY", "IQ", "TR", "LB", "YE", "UA", "SD"])
def test_neighbours_meet_without_gap_or_overlap(country):
    shapes = [area_geometry(a.area_id) for a in FIRST_LEVEL if a.country == country]
    whole = area_geometry(country)
    overlap = sum(shape.area for shape in shapes) - shapely.union_all(shapes).area
    assert overlap == pytest.approx(0, abs=whole.area * 1e-5)
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(whole) for ring in part.interiors]
    # A slot between neighbours would be a sliver: long, and hardly any area.
    assert [hole for hole in holes if hole.area < 1e-4] == []


def test_shapes_are_valid_and_position_radius_and_bounds_fit_them():
    geod = Geod(ellps="WGS84")
    for area in load_areas():
        shape = area_geometry(area.area_id)
        assert shape.is_valid, area.area_id
        assert shape.geom_type in {"Polygon", "MultiPolygon"}
        assert shape.bounds == pytest.approx(area.bounds, abs=0.01), area.area_id
        corners = shapely.get_coordinates(shape)
        here = np.full(len(corners), area.lon), np.full(len(corners), area.lat)
        farthest_m = geod.inv(*here, corners[:, 0], corners[:, 1].clip(-90, 90))[2].max()
        assert farthest_m / 1000 == pytest.approx(area.radius_km, rel=0.02, abs=0.2), area.area_id


@given(st.sampled_from([area for area in FIRST_LEVEL if area.country in {"SY", "IQ", "YE"}]))
@settings(max_examples=30, deadline=None)
def test_the_centre_of_an_area_is_in_it(area):
    assert area_geometry(area.area_id).distance(shapely.Point(area.lon, area.lat)) < 0.001


def test_clipped_areas_fill_the_box_they_are_cut_to():
    frame = clip_areas((36.0, 35.0, 38.0, 36.0), tolerance_deg=0.0)
    assert frame.crs == "EPSG:4326"
    assert list(frame.columns) == ["area_id", "level", "name", "geometry"]
    assert {"SY", "SY-ID", "SY-HM", "SY-HL"} <= set(frame["area_id"])
    assert "IQ" not in set(frame["area_id"])
    first = frame[frame["level"] == 1]
    assert _area_sum(first) == pytest.approx(first.union_all().area, rel=1e-4)
    assert tuple(frame.total_bounds) == pytest.approx((36.0, 35.0, 38.0, 36.0))


def test_coarser_areas_have_fewer_corners_and_still_meet():
    fine = clip_areas((35.0, 32.0, 43.0, 38.0), tolerance_deg=0.0)
    coarse = clip_areas((35.0, 32.0, 43.0, 38.0), tolerance_deg=0.1)
    assert coarse.count_coordinates().sum() < fine.count_coordinates().sum() / 2
    syria = coarse[coarse["area_id"].str.startswith("SY-")]
    assert _area_sum(syria) == pytest.approx(syria.union_all().area, rel=1e-6)


def _area_sum(frame):
    """The sum in square degrees: compared with another such sum only."""
    return shapely.area(frame.geometry.to_numpy()).sum()


def test_a_box_at_sea_has_no_areas():
    assert clip_areas((-40.0, 30.0, -35.0, 35.0), tolerance_deg=0.01).empty


def test_governorates_agree_with_ochas(shared_dir):
    text = (shared_dir / "data/ocha/syr_populated_places_ocha.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    lons, lats = _coordinates(rows)
    governorates = json.loads(
        (shared_dir / "data/ocha/syr_adm1_20201217.geojson").read_text("utf-8")
    )["features"]
    shapes = shapely.from_geojson([json.dumps(f["geometry"]) for f in governorates])
    points = shapely.points(lons, lats)
    shape_rows, point_rows = shapely.STRtree(points).query(shapes, predicate="covers")
    ours = np.array(find_areas(lons, lats))[point_rows]
    pairs = Counter(zip(shape_rows.tolist(), ours.tolist(), strict=True))
    # Each governorate is known by the area most of its towns are in; 14 and 14.
    best = {row: max(pairs, key=lambda p: pairs[p] * (p[0] == row))[1] for row in range(14)}
    assert len(set(best.values())) == 14
    agree = sum(n for (row, area_id), n in pairs.items() if best[row] == area_id)
    assert agree / len(point_rows) > LEAST_AGREEMENT


def _coordinates(rows):
    lon_key = next(key for key in rows[0] if key.lower().startswith(("lon", "x")))
    lat_key = next(key for key in rows[0] if key.lower().startswith(("lat", "y")))
    return [float(r[lon_key]) for r in rows], [float(r[lat_key]) for r in rows]
