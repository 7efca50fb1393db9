"""Tables at the edge: one incident, none, the poles, the antimeridian, days before 1970, many."""

from typing import Any

import numpy as np
import pytest
import shapely
from map_reading import OpenMap, click_at, drawn, go_to, summary
from map_samples import make_many
from playwright.sync_api import Page, expect

from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]


def incident(number: int, lon: float, lat: float, **more: Any) -> dict[str, Any]:
    place = {"precision": "settlement", "radius_km": 2.0, "event_type": "Battles"}
    point = shapely.Point(lon, lat)
    return place | {"incident_id": str(number), "geometry": point} | more


def spots(page: Page) -> list[list[float]]:
    """Where in the window the marks stand."""
    found: list[list[float]] = page.evaluate(
        "(() => { const { marks } = map_incidents.incidentApp;"
        " return marks.groups().marks.map((mark) => marks.toWindow(mark)); })()"
    )
    return found


def test_a_table_of_none_says_so(open_map: OpenMap) -> None:
    page = open_map(make_table([]))
    assert summary(page) == "This file holds no incidents."
    assert drawn(page) == []
    expect(page.locator(".im-time")).to_contain_text("No incident here has a date.")
    page.locator("#map_incidents").focus()
    page.keyboard.press("n")
    expect(page.locator(".im-heard[aria-live]")).to_have_text("No mark in the window.")


def test_one_incident_is_one_mark_in_the_window(open_map: OpenMap) -> None:
    page = open_map(make_table([incident(1, 36.6, 35.9, date_start="2020-01-16")]))
    assert summary(page) == "1 incident, all located"
    assert drawn(page) == [{"count": 1, "places": 1}]
    [[x, y]] = spots(page)
    assert 0 < x < 1280
    assert 0 < y < 800
    click_at(page, 35.9, 36.6)
    expect(page.locator(".im-card")).to_contain_text("2020-01-16")


def test_one_incident_without_a_location_is_listed(open_map: OpenMap) -> None:
    page = open_map(make_table([{"incident_id": "1", "event_type": "Battles"}]))
    assert summary(page) == "1 incident, 1 without a location"
    assert drawn(page) == []


def test_the_poles_are_drawn_at_the_edge_of_the_map(open_map: OpenMap) -> None:
    page = open_map(make_table([incident(1, 0, 90), incident(2, 10, -90), incident(3, 20, 89.99)]))
    assert summary(page) == "3 incidents, all located"
    for lat, count in ((85.0, 2), (-85.0, 1)):
        go_to(page, lat, 5, 3)
        assert sum(mark["count"] for mark in drawn(page)) == count
        height = page.evaluate("lat => map_incidents.latLngToContainerPoint([lat, 0]).y", lat)
        assert all(abs(y - height) < 12 for _, y in spots(page))


def test_an_area_about_a_pole_is_drawn(open_map: OpenMap) -> None:
    page = open_map(make_table([incident(1, 0, 89.5, precision="region", radius_km=300.0)]))
    assert summary(page) == "1 incident, all located"
    assert sum(mark["count"] for mark in drawn(page)) == 1


def test_places_about_the_antimeridian_stand_side_by_side(open_map: OpenMap) -> None:
    page = open_map(make_table([incident(1, 179.5, -16.5), incident(2, -179.5, -16.6)]))
    assert summary(page) == "2 incidents, all located"
    found = spots(page)
    assert len(found) == 2
    assert abs(found[0][0] - found[1][0]) > 500
    assert all(0 < x < 1280 for x, _ in found)
    assert page.evaluate("map_incidents.getZoom()") > 5


def test_a_cluster_across_the_antimeridian_opens_by_zooming_in(open_map: OpenMap) -> None:
    towns = [incident(n, lon, -16.5) for n, lon in enumerate((179.9, 179.95, -179.95, -179.9))]
    page = open_map(make_table(towns))
    go_to(page, -16.5, 180, 5)
    assert drawn(page) == [{"count": 4, "places": 4}]
    page.mouse.click(*spots(page)[0])
    page.wait_for_timeout(800)
    assert page.evaluate("map_incidents.getZoom()") > 6
    assert page.evaluate("Math.abs(map_incidents.getCenter().lng)") == pytest.approx(180, abs=0.2)
    assert sum(mark["count"] for mark in drawn(page)) == 4


def test_a_far_copy_of_the_world_bears_the_marks_too(open_map: OpenMap) -> None:
    page = open_map(make_table([incident(1, 36.6, 35.9)]))
    go_to(page, 35.9, 36.6 + 360, 8)
    assert len(drawn(page)) == 1
    [[x, _]] = spots(page)
    assert 0 < x < 1280


def test_days_before_1970_are_shown_and_filtered(open_map: OpenMap) -> None:
    days = ("1896-02-29", "1945-05-08", "1969-12-31", "1970-01-01", "1971-06-01")
    rows = [incident(n, 36 + n / 2, 35, date_start=day) for n, day in enumerate(days)]
    page = open_map(make_table(rows))
    assert summary(page) == "5 incidents, all located"
    page.evaluate(
        "(() => { const app = map_incidents.incidentApp;"
        " app.filters.time.first = -9100; app.filters.time.last = -1; app.changed('time'); })()"
    )
    page.wait_for_timeout(100)
    assert summary(page) == "2 of 5 incidents, all located"
    assert sum(mark["count"] for mark in drawn(page)) == 2
    click_at(page, 35, 36.5)
    expect(page.locator(".im-card")).to_contain_text("1945-05-08")


def test_all_incidents_on_one_spot_are_one_mark_and_a_list(open_map: OpenMap) -> None:
    page = open_map(make_table([incident(n, 36.6, 35.9) for n in range(500)]))
    assert drawn(page) == [{"count": 500, "places": 1}]
    page.mouse.click(*spots(page)[0])
    expect(page.locator(".im-pages h2")).to_have_text("500 incidents here")


def test_a_filter_moved_back_gives_the_first_picture_again(open_map: OpenMap) -> None:
    page = open_map(make_many(3_000))
    first = (summary(page), drawn(page), page.locator(".im-groups").inner_text())
    move = """async (days) => { const app = map_incidents.incidentApp;
      app.filters.time.first = days; app.changed('time');
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done))); }"""
    seen = set()
    for day in (17_000, 17_200, 16_900):
        page.evaluate(move, day)
        shown = page.evaluate(
            "day => map_incidents.incidentApp.incidents.start.filter(d => d >= day).length", day
        )
        assert summary(page).startswith(f"{shown:,} of 3,000")
        assert sum(mark["count"] for mark in drawn(page)) == shown
        seen.add(shown)
    assert len(seen) == 3
    page.evaluate(move.replace("days;", "-Infinity;"), 0)
    assert (summary(page), drawn(page), page.locator(".im-groups").inner_text()) == first


def test_counts_by_place_follow_the_filters(open_map: OpenMap) -> None:
    page = open_map(make_many(3_000))
    anew = """() => { const { incidents, failures, counts } = map_incidents.incidentApp;
      const own = new Uint32Array(counts.length);
      failures.forEach((failed, row) => { if (!failed) own[incidents.columns.place[row]]++; });
      const same = own.every((count, place) => count === counts[place]);
      return [same, own.reduce((a, b) => a + b)]; }"""
    assert page.evaluate(anew) == [True, 3_000]
    page.evaluate(
        "(() => { window.told = 0; const app = map_incidents.incidentApp;"
        " app.onCounts(() => window.told++); })()"
    )
    page.get_by_label("Battles").uncheck()
    same, total = page.evaluate(anew)
    assert same
    assert 0 < total < 3_000
    assert page.evaluate("window.told") == 1


def test_marks_give_way_to_another_view(open_map: OpenMap) -> None:
    page = open_map(make_many(300))
    spot = spots(page)[0]
    page.evaluate("map_incidents.incidentApp.set('view', 'density')")
    page.wait_for_timeout(100)
    assert drawn(page) == []
    assert page.evaluate("v => map_incidents.incidentApp.marks.find(...v) === undefined", spot)
    page.evaluate("map_incidents.incidentApp.set('view', 'marks')")
    page.wait_for_timeout(100)
    assert sum(mark["count"] for mark in drawn(page)) == 300
    assert page.evaluate("v => map_incidents.incidentApp.marks.find(...v).places.length > 0", spot)


def test_what_a_closed_panel_says_is_current_when_it_is_opened(open_map: OpenMap) -> None:
    page = open_map(make_many(300))
    page.get_by_role("button", name="Close Layers").click()
    page.evaluate(
        "(() => { const app = map_incidents.incidentApp;"
        " app.filters.time.last = 10_000; app.changed('time'); })()"
    )
    page.get_by_role("button", name="Layers", exact=True).click()
    counts = page.locator(".im-group-type .im-count")
    expect(counts.first).to_have_text("0")
    assert set(counts.all_inner_texts()) == {"0"}


def test_more_places_than_become_objects_lose_no_incident(open_map: OpenMap) -> None:
    random = np.random.default_rng(3)
    where = random.uniform((20, -30), (60, 40), (2_500, 2))
    page = open_map(make_table([incident(n, *spot) for n, spot in enumerate(where)]))
    marks = drawn(page)
    assert len(marks) < 400
    assert sum(mark["count"] for mark in marks) == 2_500
    assert sum(mark["places"] for mark in marks) == 2_500
