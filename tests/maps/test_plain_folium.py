"""Our layers in a plain folium map: beside its own layers, switched by its own control."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import folium.plugins
import pytest
from map_reading import pixel
from map_samples import CLASH, HOSTILE_TEXTS, locate_at, make_hostile, make_sample, row, town
from playwright.sync_api import Locator, Page, Route, expect

from geo.table import make_table
from maps.incident_layer import IncidentLayer
from maps.incident_map import make_map

if TYPE_CHECKING:
    from conftest import PageLog

pytestmark = pytest.mark.browser

MODULES = Path(__file__).parents[2] / "maps" / "js" / "node_modules"
SERVED = {
    path.name: path
    for folder, names in {
        "leaflet/dist": ("leaflet.js", "leaflet.css"),
        "leaflet.awesome-markers/dist": ("leaflet.awesome-markers.js",),
        "leaflet.markercluster/dist": ("leaflet.markercluster.js", "MarkerCluster.css"),
    }.items()
    for path in (MODULES / folder / name for name in names)
}
EMPTY = [0, 0, 0, 0]
SYRIA = [35.0, 38.5]


@pytest.fixture
def folium_page(page: Page, page_log: "PageLog") -> Iterator[Page]:
    """A page whose Leaflet comes from this folder; folium's other files are empty, and so is all
    else that is asked for. After the test nothing has gone wrong and our part asked for nothing.
    """

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        body = SERVED[name].read_bytes() if name in SERVED else b""
        kind = "text/css" if name.endswith("css") else "text/javascript"
        route.fulfill(body=body, content_type=kind)

    page.route(re.compile("^https://"), answer)
    yield page
    assert page_log.console_errors == []
    assert page_log.page_errors == []
    assert page_log.violations == []


def open_folium(page: Page, path: Path, made: folium.Map) -> Page:
    made.save(path)
    page.goto(path.as_uri())
    name = made.get_name()
    page.evaluate(f"window.map_incidents = {name}")  # what the helpers look at
    return page


def at(lon: float, text: str, **more: Any) -> dict[str, Any]:
    return row(1, "2020-01-01", CLASH, text, locate_at(town(lon, 35)), **more)


def one(lon: float, text: str, **more: Any) -> IncidentLayer:
    return IncidentLayer(make_table([at(lon, text, **more)]), name=text)


def wait_drawn(page: Page, layer: IncidentLayer) -> None:
    page.wait_for_function(f"{layer.get_name()}.incidentApp !== undefined")
    page.wait_for_timeout(100)


def is_drawn(page: Page, lon: float) -> bool:
    script = """lon => [...document.querySelectorAll(".leaflet-im-marks-pane canvas")].some(c => {
      const box = c.getBoundingClientRect(), p = map_incidents.latLngToContainerPoint([35, lon]);
      const ratio = c.width / box.width;
      const at = [p.x - box.left, p.y - box.top].map(v => Math.round(v * ratio));
      return c.getContext("2d").getImageData(...at, 1, 1).data[3] > 0;
    })"""
    return bool(page.evaluate(script, lon))


def click(page: Page, lon: float) -> Locator:
    point = page.evaluate(
        "v => { const p = map_incidents.latLngToContainerPoint([35, v]);"
        " const b = map_incidents.getContainer().getBoundingClientRect();"
        " return [p.x + b.left, p.y + b.top] }", lon)  # fmt: skip
    page.mouse.click(*point)
    return page.locator(".leaflet-popup-content")


def test_a_layer_is_drawn_and_its_popup_opens(folium_page: Page, tmp_path: Path) -> None:
    made = folium.Map(SYRIA, zoom_start=8, tiles=None)
    layer = one(38, "Salamiyah").add_to(made)
    page = open_folium(folium_page, tmp_path / "m.html", made)
    wait_drawn(page, layer)
    assert is_drawn(page, 38)
    expect(click(page, 38)).to_contain_text("Residents of Salamiyah spoke")


def test_it_asks_for_nothing_that_a_map_without_it_does_not(
    folium_page: Page, page_log: "PageLog", tmp_path: Path
) -> None:
    made = folium.Map(SYRIA, zoom_start=8, tiles=None)
    open_folium(folium_page, tmp_path / "without.html", made)
    before = sorted(page_log.network_requests)
    page_log.requests.clear()
    layer = one(38, "Salamiyah").add_to(made)
    wait_drawn(open_folium(folium_page, tmp_path / "with.html", made), layer)
    assert sorted(page_log.network_requests) == before


def test_the_layer_control_of_folium_switches_it(folium_page: Page, tmp_path: Path) -> None:
    made = folium.Map(SYRIA, zoom_start=8, tiles=None)
    first, second = one(38, "Salamiyah").add_to(made), one(39, "Resafa").add_to(made)
    folium.CircleMarker([35, 37.5], tooltip="theirs").add_to(made)
    folium.LayerControl(collapsed=False).add_to(made)
    page = open_folium(folium_page, tmp_path / "m.html", made)
    wait_drawn(page, first)
    wait_drawn(page, second)
    assert [is_drawn(page, 38), is_drawn(page, 39)] == [True, True]
    expect(click(page, 38)).to_contain_text("Salamiyah")
    page.get_by_label("Salamiyah").uncheck()
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    page.wait_for_timeout(100)
    assert [is_drawn(page, 38), is_drawn(page, 39)] == [False, True]
    click(page, 38)
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    page.get_by_label("Salamiyah").check()
    page.wait_for_timeout(100)
    assert [is_drawn(page, 38), is_drawn(page, 39)] == [True, True]
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    expect(click(page, 39)).to_contain_text("Resafa")
    assert page.locator("path.leaflet-interactive").count() == 1


def test_of_two_layers_at_one_place_the_upper_one_opens(folium_page: Page, tmp_path: Path) -> None:
    made = folium.Map(SYRIA, zoom_start=8, tiles=None)
    layers = [one(38, "lower").add_to(made), one(38, "upper").add_to(made)]
    page = open_folium(folium_page, tmp_path / "m.html", made)
    for layer in layers:
        wait_drawn(page, layer)
    expect(click(page, 38)).to_contain_text("upper")


def test_a_layer_that_is_off_at_first_is_opened_when_it_is_switched_on(
    folium_page: Page, tmp_path: Path
) -> None:
    made = folium.Map(SYRIA, zoom_start=8, tiles=None)
    layer = IncidentLayer(make_table([at(38, "a")]), name="late", show=False).add_to(made)
    folium.LayerControl(collapsed=False).add_to(made)
    page = open_folium(folium_page, tmp_path / "m.html", made)
    page.wait_for_timeout(300)
    assert page.evaluate(f"{layer.get_name()}.incidentApp === undefined")
    page.get_by_label("late").check()
    wait_drawn(page, layer)
    assert is_drawn(page, 38)


def test_switched_off_while_it_is_being_opened_it_stays_off(
    folium_page: Page, tmp_path: Path
) -> None:
    made = folium.Map(SYRIA, zoom_start=8, tiles=None)
    layer = one(38, "a").add_to(made)
    page = open_folium(folium_page, tmp_path / "m.html", made)
    name = layer.get_name()
    page.evaluate(f"{name}.remove(); const again = new L.LayerGroup([{name}]).addTo(map_incidents);"
                  " again.remove(); window.again = again;")  # fmt: skip
    page.wait_for_timeout(300)
    assert not is_drawn(page, 38)
    page.evaluate("again.addTo(map_incidents)")
    page.wait_for_timeout(300)
    assert is_drawn(page, 38)


def test_it_can_stand_in_a_feature_group(folium_page: Page, tmp_path: Path) -> None:
    made = folium.Map(SYRIA, zoom_start=8, tiles=None)
    group = folium.FeatureGroup("theirs").add_to(made)
    layer = one(38, "ours").add_to(group)
    folium.LayerControl(collapsed=False).add_to(made)
    page = open_folium(folium_page, tmp_path / "m.html", made)
    wait_drawn(page, layer)
    assert is_drawn(page, 38)
    page.get_by_label("theirs").uncheck()
    page.wait_for_timeout(100)
    assert not is_drawn(page, 38)


def test_it_stands_beside_a_plugin_of_foliums(folium_page: Page, tmp_path: Path) -> None:
    made = folium.Map(SYRIA, zoom_start=8)  # with tiles: clusters ask for their zoom
    theirs = [[35 + n / 100, 37.5] for n in range(5)]
    folium.plugins.MarkerCluster(theirs, name="theirs").add_to(made)
    layer = one(38, "Salamiyah").add_to(made)
    page = open_folium(folium_page, tmp_path / "m.html", made)
    wait_drawn(page, layer)
    assert is_drawn(page, 38)
    expect(page.locator(".marker-cluster")).to_have_text("5")
    expect(click(page, 38)).to_contain_text("Salamiyah")


def test_a_view_is_drawn_instead_of_the_marks(folium_page: Page, tmp_path: Path) -> None:
    made = folium.Map(SYRIA, zoom_start=8, tiles=None)
    layer = IncidentLayer(make_table([at(38, "a")]), view="bubbles").add_to(made)
    page = open_folium(folium_page, tmp_path / "m.html", made)
    wait_drawn(page, layer)
    assert page.evaluate(f"{layer.get_name()}.incidentApp.settings.view") == "bubbles"


def test_controls_filter_the_layer(folium_page: Page, tmp_path: Path) -> None:
    made = folium.Map(SYRIA, zoom_start=7, tiles=None)
    layer = IncidentLayer(make_sample(), name="Syria", controls=True).add_to(made)
    page = open_folium(folium_page, tmp_path / "m.html", made)
    wait_drawn(page, layer)
    box = page.get_by_role("region", name="Syria")
    expect(box).to_contain_text("24 incidents")
    box.locator("summary").click()
    box.get_by_label("Protests").first.uncheck()
    expect(box).to_contain_text("22 incidents")
    assert page.evaluate(f"{layer.get_name()}.remove() && 1") == 1
    expect(box).to_have_count(0)


def test_folium_fits_the_map_to_the_layer(folium_page: Page, tmp_path: Path) -> None:
    layer = IncidentLayer(make_sample())
    made = folium.Map(tiles=None)
    layer.add_to(made)
    made.fit_bounds(made.get_bounds())
    page = open_folium(folium_page, tmp_path / "m.html", made)
    wait_drawn(page, layer)
    within = "map_incidents.getBounds().contains([36.2, 37.16]) && map_incidents.getZoom() > 4"
    assert page.evaluate(within)


def test_damaged_data_are_told_in_the_map(folium_page: Page, tmp_path: Path) -> None:
    made = folium.Map(SYRIA, zoom_start=8, tiles=None)
    layer = one(38, "a").add_to(made)
    path = tmp_path / "m.html"
    made.save(path)
    block = layer.data[layer.ids["data"]]
    path.write_text(path.read_text("utf-8").replace(block, block[:40]), encoding="utf-8")
    folium_page.goto(path.as_uri())
    expect(folium_page.get_by_role("alert")).to_contain_text("The data in this file are damaged")


def test_hostile_text_stays_text(folium_page: Page, tmp_path: Path) -> None:
    made = folium.Map(SYRIA, zoom_start=8, tiles=None)
    layers = [
        IncidentLayer(make_hostile(), name=text, controls=number < 1).add_to(made)
        for number, text in enumerate(HOSTILE_TEXTS)
    ]
    folium.LayerControl(collapsed=False).add_to(made)
    page = open_folium(folium_page, tmp_path / "m.html", made)
    for layer in layers:
        wait_drawn(page, layer)
    labels = page.locator(".leaflet-control-layers-overlays label")
    assert labels.locator("span span").all_inner_texts()[0].strip() == HOSTILE_TEXTS[0]
    for number in range(len(HOSTILE_TEXTS)):
        page.evaluate(f"{layers[0].get_name()}.incidentApp.open([{number}], [35, 38])")
        expect(page.locator(".im-card blockquote")).to_be_visible()
        assert page.locator(".im-card").locator("img, script, svg, b, iframe, a").count() == 0
    assert page.evaluate("window.pwned") is None
    foreign = page.locator("img, svg:not(.leaflet-attribution-flag), b, iframe, body script[src]")
    assert foreign.count() == 0


def test_the_same_layer_gives_the_same_text_and_others_have_other_names() -> None:
    first, second = (IncidentLayer(make_sample(), name="a") for _ in range(2))
    assert first.get_name() == second.get_name()
    assert first.data == second.data
    other = IncidentLayer(make_sample(), name="b")
    assert other.get_name() != first.get_name()


def test_a_layer_in_a_map_of_ours_is_one_more_layer(page: Page, tmp_path: Path) -> None:
    made = make_map(make_sample())
    layer = one(38, "ours").add_to(made)
    folium.LayerControl(collapsed=False).add_to(made)
    made.save(tmp_path / "m.html")
    page.goto((tmp_path / "m.html").as_uri())
    page.wait_for_selector("[data-drawn]")
    wait_drawn(page, layer)
    page.evaluate("map_incidents.setView([35, 38], 9, {animate: false})")
    page.wait_for_timeout(100)
    assert is_drawn(page, 38)
    page.get_by_label("ours").uncheck()
    page.wait_for_timeout(100)
    assert pixel(page, 35, 38, "im-marks") == EMPTY
