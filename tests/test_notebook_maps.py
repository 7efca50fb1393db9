"""The maps that notebooks and examples save, opened: what is drawn in them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from executed_notebooks import execute_once
from playwright.sync_api import Page, Route, expect

ROOT = Path(__file__).parents[1]
LEAFLET = ROOT / "maps" / "js" / "node_modules" / "leaflet" / "dist"
NOTEBOOK = ROOT / "notebooks" / "02_maps.ipynb"

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module", autouse=True)
def saved(gazetteer_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the notebook saves to. It runs before a browser is there: both have loops."""
    _, folder = execute_once(NOTEBOOK, gazetteer_env, tmp_path_factory)
    return next(folder.rglob("map.html")).parent


def open_offline(page: Page, path: Path) -> Page:
    """Opens a map whose Leaflet comes from this folder, and all else from nowhere."""

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        is_leaflet = name in ("leaflet.js", "leaflet.css")
        kind = "text/css" if name.endswith("css") else "text/javascript"
        body = (LEAFLET / name).read_bytes() if is_leaflet else b""
        route.fulfill(body=body, content_type=kind)

    page.route(re.compile("^https?://"), answer)
    page.goto(path.as_uri())
    return page


def count_painted(page: Page, pane: str) -> int:
    """How many pixels of a pane's canvases are painted."""
    return int(
        page.evaluate(
            """pane => {
              const found = document.querySelectorAll(`.leaflet-${pane}-pane canvas`);
              return [...found].map(canvas => {
                const {width, height} = canvas;
                const {data} = canvas.getContext("2d").getImageData(0, 0, width, height);
                return data.filter((value, i) => i % 4 === 3 && value).length;
              }).reduce((a, b) => a + b, 0);
            }""",
            pane,
        )
    )


def test_the_map_of_the_notebook_is_drawn(page: Page, page_log, saved: Path) -> None:
    page.goto((saved / "map.html").as_uri())
    page.wait_for_selector("[data-drawn]")
    expect(page.locator("h1")).to_have_text("A log of 2035 (fictional)")
    expect(page.locator(".im-summary")).to_contain_text("40 incidents")
    assert page_log.network_requests == []
    assert page_log.violations + page_log.console_errors + page_log.page_errors == []
    page.wait_for_timeout(200)
    assert count_painted(page, "im-marks") > 1000


def test_our_layers_are_drawn_in_the_other_map_of_the_notebook(
    page: Page, page_log, saved: Path
) -> None:
    open_offline(page, saved / "theirs.html")
    expect(page.get_by_role("region", name="Incidents")).to_contain_text("40 incidents")
    page.wait_for_timeout(200)
    assert count_painted(page, "im-marks") > 1000
    assert page.locator("path.leaflet-interactive").count() == 1
    page.get_by_role("checkbox", name="Incidents").uncheck()
    page.wait_for_timeout(200)
    assert count_painted(page, "im-marks") == 0
    page.get_by_role("checkbox", name="Density").check()
    page.wait_for_function("document.querySelector('.leaflet-im-view-pane canvas')")
    page.wait_for_timeout(300)
    assert count_painted(page, "im-view") > 1000
    assert page_log.page_errors + page_log.console_errors == []


def test_the_example_in_plain_folium_is_drawn(
    page: Page, gazetteer_env: dict[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "theirs.html"
    command = [sys.executable, str(ROOT / "examples" / "plain_folium.py"), str(target)]
    path = {"PYTHONPATH": str(ROOT)}
    subprocess.run(command, check=True, env=gazetteer_env | path, timeout=300)
    open_offline(page, target)
    name = "Sample log (fictional)"
    expect(page.get_by_role("region", name=name)).to_contain_text("40 incidents")
    page.wait_for_timeout(200)
    assert count_painted(page, "im-marks") > 1000
