"""The map from afar: many areas are legible, none is lost, and panels cover no incident."""

import math
from typing import Any

import pytest
import shapely
from map_reading import OpenMap
from map_samples import make_many, make_sample, make_vague
from playwright.sync_api import Page, expect

from geo.table import make_table

pytestmark = pytest.mark.browser

_LAYOUT = """() => {
  const { marks, areas, boxes } = map_incidents.incidentApp.marks.layout();
  const canvas = document.querySelector('.leaflet-im-marks-pane canvas').getBoundingClientRect();
  const flat = ({ x, y, count, vague, places }) =>
    ({ x: x + canvas.left, y: y + canvas.top, count, vague, places: places.length });
  return { marks: marks.map(flat), boxes,
    areas: areas.map(({ group, box }) => ({ ...flat(group),
      at: [(box[0] + box[2]) / 2 + canvas.left, (box[1] + box[3]) / 2 + canvas.top], box })) };
}"""
_ALPHA = """([pane, x, y]) => {
  const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
  const box = canvas.getBoundingClientRect();
  const at = [Math.round(x - box.left), Math.round(y - box.top)];
  return canvas.getContext('2d').getImageData(...at, 1, 1).data[3];
}"""
_FURNITURE = (
    ".leaflet-control-scale",
    ".leaflet-control-attribution",
    ".leaflet-control-zoom",
    ".im-bar",
    ".im-search",
)


def layout(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(_LAYOUT)
    return found


def meet(a: list[float], b: list[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def boxes_of(page: Page, names: tuple[str, ...]) -> dict[str, list[float]]:
    found = {}
    for name in names:
        box = page.locator(name).first.bounding_box()
        assert box, name
        found[name] = [box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]]
    return found


def assert_apart(boxes: dict[str, list[float]]) -> None:
    names = list(boxes)
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    assert [pair for pair in pairs if meet(boxes[pair[0]], boxes[pair[1]])] == []


def test_many_areas_are_joined_and_each_incident_is_counted_once(open_map: OpenMap) -> None:
    page = open_map(make_vague(800))
    found = layout(page)
    assert sum(mark["count"] for mark in found["marks"] + found["areas"]) == 800
    assert len(found["areas"]) <= 31
    assert len(found["marks"]) < 100
    assert sum(mark["vague"] for mark in found["marks"] + found["areas"]) == 700
    labels = {f"label {n}": area["box"] for n, area in enumerate(found["areas"])}
    marks = {f"mark {n}": box for n, box in enumerate(found["boxes"][: len(found["marks"])])}
    assert_apart(labels)
    assert [(a, b) for a in labels for b in marks if meet(labels[a], marks[b])] == []


def test_what_is_known_to_a_country_only_is_a_label_without_a_circle(open_map: OpenMap) -> None:
    page = open_map(make_vague(800))
    country = next(area for area in layout(page)["areas"] if area["count"] == 100)
    away = [
        page.evaluate(_ALPHA, ["im-areas", country["x"] + dx, country["y"] + 31]) for dx in (0, 40)
    ]
    assert away == [0, 0]
    page.mouse.click(*country["at"])
    expect(page.locator(".im-pages h2")).to_have_text("100 incidents here")


def test_a_joined_mark_shows_dashes_and_comes_apart_when_clicked(open_map: OpenMap) -> None:
    page = open_map(make_vague(800))
    mark = max(layout(page)["marks"], key=lambda one: one["vague"])
    assert mark["places"] > 1
    radius = min(32, 9 + 1.7 * math.log2(mark["count"])) + 4
    turns = [math.radians(degrees) for degrees in range(2, 150)]
    ring = [
        page.evaluate(
            _ALPHA,
            ["im-marks", mark["x"] + radius * math.sin(turn), mark["y"] - radius * math.cos(turn)],
        )
        for turn in turns
    ]
    dark = [alpha > 210 for alpha in ring]
    assert any(dark)
    assert not all(dark)
    before = page.evaluate("map_incidents.getZoom()")
    page.mouse.click(mark["x"], mark["y"])
    page.wait_for_timeout(800)
    assert page.evaluate("map_incidents.getZoom()") > before


def test_a_mark_of_known_places_has_no_dashes(open_map: OpenMap) -> None:
    page = open_map(make_many(2_000))
    assert {mark["vague"] for mark in layout(page)["marks"]} == {0}
    mark = max(layout(page)["marks"], key=lambda one: one["count"])
    radius = min(32, 9 + 1.7 * math.log2(mark["count"])) + 4
    assert page.evaluate(_ALPHA, ["im-marks", mark["x"] + radius, mark["y"]]) == 0


@pytest.mark.parametrize(
    ("precision", "lightest", "darkest"), [("region", 20, 45), ("settlement", 12, 30)]
)
def test_fills_upon_each_other_grow_no_darker(
    open_map: OpenMap, precision: str, lightest: int, darkest: int
) -> None:
    radius_km = 75.0 if precision == "region" else 14.0
    circle = {"precision": precision, "radius_km": radius_km, "event_type": "Battles"}
    unit = radius_km / 75
    rows = [
        circle | {"incident_id": str(n), "geometry": shapely.Point(38 + n * unit / 5, 35)}
        for n in range(10)
    ]
    page = open_map(make_table(rows))
    spots = page.evaluate(
        "v => v.map((at) => map_incidents.latLngToContainerPoint(at))",
        [[35 - 0.4 * unit, 38 + 0.3 * unit], [35, 38 - 0.7 * unit]],
    )
    both = [page.evaluate(_ALPHA, ["im-areas", spot["x"], spot["y"]]) for spot in spots]
    assert both[0] == both[1]
    assert lightest < both[0] < darkest


@pytest.mark.parametrize("size", [(1280, 800), (1600, 900), (390, 844)])
def test_the_first_view_fills_the_room_between_the_panels(
    open_map: OpenMap, page: Page, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_map(make_many(500))
    panels = tuple(
        name
        for name in (".im-head", ".im-layers", ".im-time", ".im-bar")
        if page.locator(name).is_visible()
    )
    covered = boxes_of(page, panels)
    west, south, east, north = page.evaluate("map_incidents.incidentApp.incidents.header.bounds")
    corners = page.evaluate(
        "v => v.map((at) => map_incidents.latLngToContainerPoint(at))",
        [[north, west], [south, east]],
    )
    data = [corners[0]["x"], corners[0]["y"], corners[1]["x"], corners[1]["y"]]
    assert [name for name, box in covered.items() if meet(data, box)] == []
    # A quarter of a zoom level more would not have fitted.
    room = [size[0], size[1]]
    if size[0] > 640:
        room = [covered[".im-layers"][0] - covered[".im-head"][2], covered[".im-time"][1]]
    shares = [(data[2] - data[0]) / room[0], (data[3] - data[1]) / room[1]]
    assert max(shares) > 0.75


@pytest.mark.parametrize("size", [(1280, 800), (390, 844), (360, 640), (320, 568)])
def test_scale_attribution_and_buttons_stand_apart(
    open_map: OpenMap, page: Page, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_map(make_sample())
    for zoom in (4, 6.25, 9):
        page.evaluate("zoom => map_incidents.setZoom(zoom, {animate: false})", zoom)
        page.wait_for_timeout(50)
        boxes = boxes_of(page, _FURNITURE)
        assert_apart(boxes)
        assert max(box[2] for box in boxes.values()) <= size[0]
    last = page.locator(".im-bar button").last.bounding_box()
    assert last
    assert last["x"] + last["width"] <= size[0]
