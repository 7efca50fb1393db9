import re
from base64 import b64decode
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from map_reading import go_to, open_file, pixel
from map_samples import make_sample
from playwright.sync_api import Page, Route

from geo.errors import InputError, NotFoundError
from maps.incident_map import make_map
from maps.tiles import lookup_tiles


@pytest.mark.parametrize("name", ["OpenStreetMap", "openstreetmap", "OpenStreetMap.Mapnik"])
def test_openstreetmap_is_one_host(name: str) -> None:
    tiles = lookup_tiles(name)
    assert tiles.hosts == ("https://tile.openstreetmap.org",)
    assert "OpenStreetMap" in tiles.attribution
    assert tiles.url == "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


def test_a_server_of_several_hosts_names_them_all() -> None:
    hosts = lookup_tiles("OpenTopoMap").hosts
    assert hosts == tuple(f"https://{part}.tile.opentopomap.org" for part in "abc")


def test_a_name_that_is_none_says_what_to_write() -> None:
    with pytest.raises(NotFoundError, match=r"no tile server 'Nowhere'.*'OpenStreetMap'"):
        lookup_tiles("Nowhere")


def test_a_server_that_wants_a_token_is_refused() -> None:
    with pytest.raises(InputError, match="token"):
        lookup_tiles("MapBox")


@pytest.mark.browser
def test_where_no_tile_comes_the_page_s_own_map_is_seen(page: Page, tmp_path: Path) -> None:
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page.route(re.compile("^https?:"), refuse)
    make_map(make_sample(), tiles="OpenStreetMap", theme="light").save(tmp_path / "map.html")
    open_file(page, tmp_path / "map.html")
    go_to(page, 34.5, 36.0, 7)
    assert asked
    assert {urlsplit(url).netloc for url in asked} == {"tile.openstreetmap.org"}
    # Nothing is asked for but what the window shows: no view is laid out before the first.
    assert min(int(urlsplit(url).path.split("/")[1]) for url in asked) >= 6
    assert pixel(page, 34.5, 34.8, "im-base")[:3] == [0xD4, 0xE1, 0xE9]
    assert pixel(page, 35.0, 38.0, "im-base")[:3] == [0xF6, 0xF3, 0xEC]
    credit = page.locator(".leaflet-control-attribution").inner_text()
    assert "OpenStreetMap" in credit
    assert "Natural Earth" in credit


@pytest.mark.browser
def test_tiles_cover_the_page_s_own_map_and_stay_as_they_are_in_the_dark(
    page: Page, tmp_path: Path
) -> None:
    square = b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg=="
    )
    page.route(
        re.compile("^https?:"), lambda route: route.fulfill(body=square, content_type="image/png")
    )
    make_map(make_sample(), tiles="OpenStreetMap", theme="dark").save(tmp_path / "map.html")
    open_file(page, tmp_path / "map.html")
    go_to(page, 34.5, 34.8, 7)
    page.wait_for_selector(".leaflet-tile-loaded")
    panes = page.evaluate(
        "['im-base', 'tile'].map((name) => Number(getComputedStyle("
        "document.querySelector(`.leaflet-${name}-pane`)).zIndex))"
    )
    assert panes[0] < panes[1]
    tile = page.locator(".leaflet-tile-loaded").first
    assert tile.evaluate("e => getComputedStyle(e).filter") == "none"


# What is written on the base map's canvases, as boxes in their pixels, since it was last emptied.
_WATCH_TEXT = """() => {
  window.written = [];
  const fill = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    if (this.canvas.parentElement?.className.includes('im-base')) {
      const size = parseFloat(this.font.match(/([\\d.]+)px/)[1]);
      written.push([text, x, y - size / 2, x + this.measureText(text).width, y + size / 2]);
    }
    return fill.apply(this, arguments);
  };
}"""


@pytest.mark.browser
def test_names_beneath_the_tiles_stand_free_of_marks_and_follow_them(
    page: Page, tmp_path: Path
) -> None:
    page.route(re.compile("^https?:"), lambda route: route.abort())
    page.add_init_script(f"({_WATCH_TEXT})()")
    make_map(make_sample(), tiles="OpenStreetMap", theme="light").save(tmp_path / "map.html")
    open_file(page, tmp_path / "map.html")
    for zoom in (6, 7, 8):
        page.evaluate("written.length = 0")
        go_to(page, 35.6, 36.8, zoom)
        page.wait_for_timeout(200)
        names = page.evaluate("written")
        boxes = page.evaluate("map_incidents.incidentApp.marks.layout().boxes")
        assert len(names) > 10, zoom
        assert len(boxes) > 2, zoom
        over = [name for name, *box in names if any(_meet(box, other) for other in boxes)]
        assert over == [], zoom
    page.evaluate("written.length = 0")
    page.get_by_role("radio", name="العربية").check(force=True)
    page.wait_for_function("written.some(([name]) => /[ء-ي]/.test(name))")


def _meet(a: list[float], b: list[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
