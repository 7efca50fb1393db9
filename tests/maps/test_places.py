from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from map_reading import unpack
from map_samples import make_sample
from shapely.geometry.base import BaseGeometry

from geo.table import make_table
from maps.columns import make_page_data
from maps.shapes import KIND_AREA, KIND_LINE, KIND_POINTS, make_shapes
from maps.timeline import make_days

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

SQUARE = shapely.box(36, 35, 37, 36)
HOLED = SQUARE.difference(shapely.box(36.3, 35.3, 36.7, 35.7))
TWO = shapely.MultiPolygon([SQUARE, shapely.box(40, 35, 41, 36)])
LINE = shapely.LineString([(36, 35), (37, 35.5)])
APPROACHES = shapely.MultiLineString([[(36, 35), (37, 36)], [(38, 35), (37, 36)]])
POINTS = shapely.MultiPoint([(36, 35), (38, 35)])


def geometries(*shapes: BaseGeometry | None) -> Any:
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return array


def page(records: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, list[int]], Any]:
    data = make_page_data(make_table(records), title="", about={}, attribution="")
    return (*unpack(data.payload), data.bounds)


def at(lon: float, lat: float, **more: Any) -> dict[str, Any]:
    base = {"geometry": shapely.Point(lon, lat), "precision": "settlement", "radius_km": 2.0}
    return base | more


@pytest.mark.parametrize(
    ("shape", "kind", "parts", "anchor"),
    [
        (SQUARE, KIND_AREA, 1, (36.5, 35.5)),
        (LINE, KIND_LINE, 1, (37, 35.5)),
        (APPROACHES, KIND_LINE, 2, (37, 36)),
        (POINTS, KIND_POINTS, 1, (36, 35)),
        (TWO, KIND_AREA, 2, None),
        (HOLED, KIND_AREA, 2, None),
    ],
)
def test_a_shape_keeps_its_parts_and_its_mark_lies_in_it(
    shape: BaseGeometry, kind: int, parts: int, anchor: tuple[float, float] | None
) -> None:
    shapes = make_shapes(geometries(shape))
    columns = {column.name: column.values.tolist() for column in shapes.columns}
    assert columns["shape_kind"] == [kind]
    assert columns["shape_parts"] == [parts]
    mark = shapely.Point(shapes.lon[0], shapes.lat[0])
    assert shape.intersects(mark)
    if anchor:
        assert (mark.x, mark.y) == pytest.approx(anchor)


def test_a_shape_that_many_rows_share_is_kept_once() -> None:
    shapes = make_shapes(geometries(SQUARE, LINE, SQUARE, shapely.Point(1, 2), None))
    assert shapes.number.tolist() == [1, 2, 1, 0, 0]
    assert shapes.is_area.tolist() == [True, False, True, False, False]
    assert shapes.lon[3] == 1
    assert np.isnan(shapes.lon[4])


def test_an_empty_geometry_is_no_location() -> None:
    shapes = make_shapes(geometries(shapely.Point(), shapely.Polygon()))
    assert shapes.number.tolist() == [0, 0]
    assert np.isnan(shapes.lat).all()


def test_incidents_at_one_place_share_it_and_an_area_there_does_not() -> None:
    rows = [at(36, 35), at(36, 35, radius_km=3.0), at(36, 35, precision="district", radius_km=20)]
    _, columns, _ = page(rows)
    assert columns["place"] == [1, 1, 2]
    assert columns["place_vague"] == [0, 0, 1]
    assert columns["place_radius"] == [0, 30, 200]


@pytest.mark.parametrize(
    ("lons", "lats", "expected"),
    [
        ([36, 40], [34, 36], (36, 34, 40, 36)),
        ([179, -179], [10, 12], (179, 10, 181, 12)),
        ([-170, 170], [0, 0], (170, 0, 190, 0)),
        ([-80, 80], [0, 0], (-80, 0, 80, 0)),
        ([-100, 100], [0, 0], (100, 0, 260, 0)),
        ([5], [90], (5, 84.9, 5, 85)),
        ([5], [-90], (5, -85, 5, -84.9)),
    ],
)
def test_bounds_go_the_shorter_way_round_and_stay_on_the_map(
    lons: list[float], lats: list[float], expected: tuple[float, ...]
) -> None:
    rows = [at(lon, lat, radius_km=0.01) for lon, lat in zip(lons, lats, strict=True)]
    _, _, bounds = page(rows)
    assert bounds == pytest.approx(expected, abs=0.01)


def test_bounds_hold_the_whole_of_an_area() -> None:
    _, _, bounds = page([at(0, 0) | {"geometry": TWO, "precision": "region", "radius_km": 300}])
    west, south, east, north = bounds
    assert shapely.box(west, south, east, north).covers(TWO)


def test_bounds_leave_out_what_is_known_to_a_country_only() -> None:
    country = at(38, 35, precision="country", radius_km=300)
    _, columns, bounds = page([at(36, 33), at(40, 37), country])
    assert bounds == pytest.approx((36, 33, 40, 37), abs=0.03)
    assert columns["place_vague"] == [0, 0, 2, 0]
    _, _, alone = page([country])
    assert alone[2] - alone[0] > 5


@pytest.mark.parametrize(("count", "reach"), [(2, 0.67), (40, 0.0)])
def test_bounds_hold_the_circles_of_areas_that_are_few(count: int, reach: float) -> None:
    rows = [at(36, 33 + n / 100, precision="region", radius_km=75) for n in range(count)]
    _, _, bounds = page(rows)
    assert bounds[1] == pytest.approx(33 - reach, abs=0.01)


def test_nothing_located_has_no_bounds() -> None:
    header, columns, bounds = page([{"incident_id": "1"}])
    assert bounds is None
    assert header["bounds"] is None
    assert columns["place"] == [0]
    assert header["facets"][1]["entries"] == [{"label": "not located"}]


def days_of(*spans: tuple[str | None, str | None]) -> Any:
    rows = [
        {"incident_id": str(number), "date_start": start, "date_end": end}
        for number, (start, end) in enumerate(spans)
    ]
    return make_days(make_table(rows))


def test_rows_go_by_date_with_the_undated_last() -> None:
    days = days_of(("2020-01-05", None), (None, None), ("1950-03-01", "1950-03-04"))
    assert days.order.tolist() == [2, 0, 1]
    assert days.dated == 2
    assert days.start.tolist() == [-7246, 18266, 18266]
    assert days.length.tolist() == [3, 0, 0]


def test_rows_without_any_date_are_all_there() -> None:
    days = days_of((None, None), (None, None))
    assert (days.order.tolist(), days.dated, days.start.tolist()) == ([0, 1], 0, [0, 0])


def test_the_sample_reaches_the_page_whole() -> None:
    table: GeoDataFrame = make_sample()
    data = make_page_data(table, title="Syria", about={"Method": "by hand"}, attribution="x")
    header, columns = unpack(data.payload)
    assert (header["count"], header["dated"], header["title"]) == (24, 22, "Syria")
    assert header["about"] == [["Method", "by hand"]]
    assert columns["place"].count(0) == 4
    assert sum(columns["place_vague"]) >= 6
    labels = [entry["label"] for entry in header["facets"][0]["entries"]]
    assert labels == sorted(labels, key=labels.index)
    assert "Syria" in header["tables"]["country"]
    names = [header["tables"]["name"][code] for code in columns["name"]]
    assert names.count("Idlib") == 3
    assert table["incident_id"].iloc[data.order[0]] == "sample-01"
