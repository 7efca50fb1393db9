"""The page in a browser: it asks for nothing, and every control does what it says."""

import pytest
import shapely
from map_reading import OpenMap, count_of, drawn, go_to, summary
from map_samples import make_many, make_sample
from playwright.sync_api import Page, expect

from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]


def test_the_page_says_what_it_holds(open_map: OpenMap) -> None:
    page = open_map(make_sample(), title="Syria, winter 2020", about={"Data date": "2020-02-06"})
    assert page.title() == "Syria, winter 2020"
    assert page.locator("h1").inner_text() == "Syria, winter 2020"
    assert summary(page) == "24 incidents, 4 without a location"
    assert count_of(page, "Battles") == "8"
    page.get_by_role("button", name="About").click()
    expect(page.locator(".im-about")).to_contain_text("2020-02-06")
    expect(page.locator(".im-about")).to_contain_text("Natural Earth")
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("GeoNames")
    expect(page.locator(".leaflet-control-scale")).to_be_visible()


def test_a_layer_switched_off_is_gone_from_map_counts_and_summary(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    before = sum(mark["count"] for mark in drawn(page))
    assert before == 20
    page.get_by_label("Battles").uncheck()
    page.wait_for_timeout(100)
    assert summary(page) == "16 of 24 incidents, 3 without a location"
    assert sum(mark["count"] for mark in drawn(page)) == 13
    assert count_of(page, "Battles") == "8"
    assert count_of(page, "not located") == "3"
    page.get_by_role("button", name="Show none: Event type").click()
    assert summary(page).startswith("0 of 24 incidents")
    page.get_by_role("button", name="Show all: Event type").click()
    assert summary(page) == "24 incidents, 4 without a location"


def test_the_precision_filter_leaves_what_is_known_exactly(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.get_by_role("button", name="Show none: Precision").click()
    page.get_by_label("province or region").check()
    page.wait_for_timeout(100)
    assert summary(page) == "3 of 24 incidents, all located"
    assert sum(mark["count"] for mark in drawn(page)) == 3


def test_the_time_slider_moves_by_keyboard_and_counts_the_undated_apart(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    first, last = page.get_by_label("First day shown"), page.get_by_label("Last day shown")
    last.focus()
    page.keyboard.press("Home")
    expect(page.locator(".im-range")).to_have_text("2020-01-16 to 2020-01-16")
    assert summary(page) == "3 of 24 incidents, 1 without a location"
    page.get_by_label("undated (2)").uncheck()
    assert summary(page) == "1 of 24 incident" + "s, all located"
    last.focus()
    page.keyboard.press("ArrowRight")
    first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".im-range")).to_have_text("2020-01-17 to 2020-01-17")
    page.get_by_role("button", name="Reset").click()
    assert summary(page) == "22 of 24 incidents, 3 without a location"


def test_the_time_slider_moves_by_dragging(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    box = page.get_by_label("Last day shown").bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 8, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, y, steps=5)
    page.mouse.up()
    assert page.locator(".im-range").inner_text() == "2020-01-16 to 2020-01-26"


def test_play_moves_on_and_stops(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.get_by_role("button", name="Play").click()
    before = page.locator(".im-range").inner_text()
    expect(page.locator(".im-range")).not_to_have_text(before, timeout=5_000)
    page.get_by_role("button", name="Stop").click()
    stopped = page.locator(".im-range").inner_text()
    page.wait_for_timeout(800)
    assert page.locator(".im-range").inner_text() == stopped


def test_an_area_never_becomes_a_bare_point_when_far_out(open_map: OpenMap) -> None:
    row = {"incident_id": "1", "geometry": shapely.box(38, 35, 39.5, 36.5), "precision": "region"}
    page = open_map(make_table([row]))
    go_to(page, 35.75, 38.75, 3)
    ring = page.evaluate(
        """(() => { const m = map_incidents.incidentApp.marks.drawn()[0];
          const c = document.querySelector('.leaflet-im-marks-pane canvas').getContext('2d');
          const data = c.getImageData(m.x - 20, m.y - 20, 40, 40).data;
          let most = 0;
          for (let i = 0; i < 1600; i++) if (data[4 * i + 3]) {
            most = Math.max(most, Math.hypot((i % 40) - 20, Math.floor(i / 40) - 20));
          }
          return most; })()"""
    )
    assert ring > 11  # a bare point's mark ends at some 10 pixels


def test_search_finds_places_actors_and_text_by_keyboard(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    box = page.get_by_role("combobox")
    box.fill("amud")
    expect(page.get_by_role("option").first).to_contain_text("Amuda")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".im-card")).to_contain_text("Agreement")
    assert page.evaluate("map_incidents.getCenter().lng") == pytest.approx(40.93, abs=0.5)
    box.fill("tahrir")
    expect(page.get_by_role("option").first).to_contain_text("Hayat Tahrir al-Sham")
    box.fill("residents of tanf")
    expect(page.get_by_role("option").first).to_contain_text("Text")
    box.fill("zzz")
    expect(page.get_by_role("listbox")).to_contain_text("Nothing found")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 390])
def test_an_area_that_is_found_takes_a_good_part_of_the_map(
    open_map: OpenMap, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    area = {"geometry": shapely.box(38, 35, 39.5, 36.5), "precision": "region", "radius_km": 100.0}
    far = {"incident_id": "far", "geometry": shapely.Point(20, 10), "precision": "exact"}
    open_map(make_table([far, {"incident_id": "near", "place_name": "Raqqa", **area}]))
    page.get_by_role("combobox").fill("raqqa")
    page.get_by_role("option").first.click()
    expect(page.locator(".leaflet-popup")).to_be_visible()
    left, right = (
        page.evaluate("lon => map_incidents.latLngToContainerPoint([35.75, lon]).x", lon)
        for lon in (38, 39.5)
    )
    assert 0.15 < (right - left) / width < 0.5


def test_what_could_not_be_located_is_listed_with_its_reason(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.get_by_role("button", name="Not located (4)").click()
    items = page.locator(".im-unlocated-list > li")
    expect(items).to_have_count(4)
    expect(items.nth(0)).to_contain_text("three villages of that name fit equally well")
    expect(items.nth(0)).to_contain_text("2020-01-22")
    expect(items.nth(0)).to_contain_text("Residents of Karratin")
    items.nth(0).get_by_role("button").click()
    expect(items.nth(0)).to_contain_text("It could also be:")
    expect(items.nth(0)).to_contain_text("Samka, Tartus, SY (31 %): namesake")
    page.get_by_label("Protests").uncheck()
    expect(items).to_have_count(3)


def test_twenty_thousand_incidents_are_clusters_and_none_is_lost(open_map: OpenMap) -> None:
    page = open_map(make_many(20_000))
    marks = drawn(page)
    assert len(marks) < 400
    assert sum(mark["count"] for mark in marks) == 20_000
    page.get_by_label("Battles").uncheck()
    page.wait_for_timeout(200)
    shown = 20_000 - int(count_of(page, "Battles").replace(",", ""))
    assert sum(mark["count"] for mark in drawn(page)) == shown


def test_a_phone_shows_one_panel_at_a_time_and_the_map_beside_it(
    open_map: OpenMap, page: Page
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(make_sample(), title="Syria, winter 2020")
    assert page.locator(".im-panel:visible").count() == 0
    for name in ("Layers", "Time", "Not located (4)", "About"):
        page.get_by_role("button", name=name, exact=True).click()
        assert page.locator(".im-panel:visible").count() == 1
        box = page.locator(".im-panel:visible").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["y"] > 844 * 0.3
    page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_every_control_has_a_name_and_takes_the_focus(open_map: OpenMap, page: Page) -> None:
    open_map(make_sample())
    nameless = page.evaluate(
        """[...document.querySelectorAll('button, input, summary, a[href]')].filter((e) =>
          e.checkVisibility() && !(e.getAttribute('aria-label') || e.textContent.trim() ||
          e.title || e.labels?.length)).map((e) => e.outerHTML)"""
    )
    assert nameless == []
    seen: set[str] = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.className || document.activeElement.type"))
    assert {"search", "checkbox", "range", "im-open-layers", "im-close"} <= seen
