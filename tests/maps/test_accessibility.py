"""axe-core finds nothing to object to, whatever is open; the page can be walked by keyboard."""

from pathlib import Path
from typing import Any

import pytest
from map_reading import OpenMap, click_at
from map_samples import make_sample, make_vague
from playwright.sync_api import Page, expect

from maps.incident_map import make_map

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

AXE = Path(__file__).parents[2] / "maps" / "js" / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}


def violations(page: Page) -> list[str]:
    """Every rule of axe-core's that the page breaks, with the elements that do."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def open_panel(page: Page, name: str) -> None:
    toggle = page.locator(f".im-open-{name}")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()


@pytest.mark.parametrize("size", SIZES)
def test_the_page_as_it_opens(open_map: OpenMap, page: Page, size: str):
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    open_map(make_sample(), title="Sample")
    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_panel_when_open(open_map: OpenMap, page: Page, size: str, theme: str):
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    open_map(make_sample(), title="Sample", theme=theme)
    names = page.eval_on_selector_all(
        ".im-bar button", "all => all.map(b => /im-open-(\\w+)/.exec(b.className)[1])"
    )
    assert len(names) == 6
    for name in names:
        open_panel(page, name)
        assert violations(page) == [], name


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_view_and_cards(open_map: OpenMap, page: Page, size: str, theme: str):
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    open_map(make_sample(), title="Sample", theme=theme)
    for view in ("areas", "density", "bubbles", "marks"):
        page.evaluate("view => map_incidents.incidentApp.set('view', view)", view)
        if view != "marks":
            page.wait_for_selector(".im-scale:not([hidden])")
        assert violations(page) == [], view
    for rows in ([0, 1, 2], [0]):
        page.evaluate("rows => map_incidents.incidentApp.open(rows, [35.6, 36.8])", rows)
        page.wait_for_selector(".im-popup :is(.im-card, .im-rows)")
        # Leaflet fades it in, and half faded no text has its contrast.
        expect(page.locator(".leaflet-popup").last).to_have_css("opacity", "1")
        assert violations(page) == [], rows


def test_a_popup_and_a_list_of_many(open_map: OpenMap, page: Page):
    open_map(make_vague(3), title="Sample")
    box = page.locator(".folium-map").bounding_box()
    assert box
    marks = page.evaluate(
        "map_incidents.incidentApp.marks.drawn().map(m => [m.x, m.y, m.places.length])"
    )
    assert marks
    lat, lon = page.evaluate(
        "(() => { const {places} = map_incidents.incidentApp.incidents;"
        "return [places.lat[1], places.lon[1]] })()"
    )
    click_at(page, lat, lon)
    page.wait_for_selector(".im-popup")
    assert violations(page) == []


def test_plain_folium_would_be_objected_to(page: Page, tmp_path: Path):
    """What tells that the test can fail: the same page without the names of its controls."""
    path = tmp_path / "map.html"
    make_map(make_sample(), title="Sample").save(path)
    page.goto(path.as_uri())
    page.wait_for_selector("[data-drawn]")
    page.evaluate(
        "document.querySelectorAll('[aria-label]').forEach(e => e.removeAttribute('aria-label'))"
    )
    page.evaluate("document.documentElement.removeAttribute('lang')")
    found = violations(page)
    assert any("html-has-lang" in line for line in found)
    assert any("label" in line for line in found)
