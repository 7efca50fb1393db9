"""What a page costs the browser that opens it: CPU of its main thread, memory, requests.

CPU is the sum of the main thread's tasks as Chromium's own metrics give it on the thread's clock;
it is steadier than the time on the wall.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psutil
from playwright.sync_api import Browser, CDPSession, Page, Route, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from find_browser import find_browser

MODULES = ROOT / "maps" / "js" / "node_modules"
# Without what the browser itself would ask of the network; garbage is collected on demand only.
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_WIDTH, _HEIGHT = 1280, 800
_TIMEOUT_MS = 300_000
FILTER_MOVES = 15
# What folium fetches, from the npm packages; every other script and style is answered empty, which
# costs folium less than the real one would.
_LOCAL_FILES = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "leaflet.awesome-markers.js": "leaflet.awesome-markers/dist/leaflet.awesome-markers.js",
    "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    "MarkerCluster.Default.css": "leaflet.markercluster/dist/MarkerCluster.Default.css",
}
_NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
# Not by a selector: what Playwright puts into the page to wait for one costs the page 20 ms.
_UNTIL_DRAWN = """
() => new Promise((done) => {
  const isDrawn = () => document.querySelector('[data-drawn]') && (watch.disconnect(), done());
  const watch = new MutationObserver(isDrawn);
  watch.observe(document, { subtree: true, childList: true, attributeFilter: ['data-drawn'] });
  isDrawn();
})
"""
# The first handle of the time slider to a place of its own: every filter, count, bar and mark anew.
_MOVE_SLIDER = """
async (share) => {
  const slider = document.querySelector('.im-time input[type=range]');
  slider.value = String(Math.round(Number(slider.max) * share));
  const begun = performance.now();
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - begun;
}
"""


class PageCost(NamedTuple):
    """What opening a page costs; memory after the garbage was collected.

    `renderer_mb` is the memory that belongs to the page's process alone (USS).
    """

    requests: int
    cpu_ms: float
    heap_mb: float
    renderer_mb: float


class MoveCost(NamedTuple):
    """The median cost of moving the time slider by hand, and how long until it is painted."""

    cpu_ms: float
    to_paint_ms: float


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Open a Chromium for measuring."""
    with sync_playwright() as playwright:
        program = find_browser(playwright.chromium.executable_path)
        if program is None:
            message = "no Chromium found; `make browser` installs one"
            raise SystemExit(message)
        arguments = [*_ARGUMENTS, "--js-flags=--expose-gc"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@contextmanager
def open_page(browser: Browser, path: Path) -> Iterator[tuple[Page, CDPSession, list[str]]]:
    """Open a file in a fresh profile; give the page, its session and what it asks for."""
    context = browser.new_context(viewport={"width": _WIDTH, "height": _HEIGHT})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route(lambda url: url.startswith("http"), _answer)
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(path.as_uri(), timeout=_TIMEOUT_MS)
    yield page, session, asked
    context.close()
    if errors:  # what failed to draw is cheap
        message = f"{path.name} raised {errors[0]}"
        raise RuntimeError(message)


def _answer(route: Route) -> None:
    name = route.request.url.rsplit("/", 1)[-1]
    if name in _LOCAL_FILES:
        route.fulfill(path=MODULES / _LOCAL_FILES[name])
    else:
        route.fulfill(body="")


def measure_page(browser: Browser, path: Path) -> PageCost:
    """Measure what one of our pages costs until it is drawn."""
    return _measure(browser, path, _wait_for_ours)


def measure_folium(browser: Browser, path: Path) -> PageCost:
    """Measure what a page of folium's costs until it is drawn."""
    return _measure(browser, path, lambda _: None)


def _wait_for_ours(page: Page) -> None:
    page.evaluate(_UNTIL_DRAWN)


def _measure(browser: Browser, path: Path, wait: Callable[[Page], None]) -> PageCost:
    with open_page(browser, path) as (page, session, asked):
        wait(page)
        page.evaluate(_NEXT_FRAME)
        cpu_ms = cpu_of(session)
        session.send("HeapProfiler.collectGarbage")
        heap: float = session.send("Runtime.getHeapUsage")["usedSize"]
        network = [url for url in asked if url.startswith("http")]
        return PageCost(len(network), cpu_ms, heap / 1e6, _renderer_mb(browser))


def cpu_of(session: CDPSession) -> float:
    """CPU of the page's main thread up to now, in milliseconds."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * next(entry["value"] for entry in metrics if entry["name"] == "TaskDuration")


def _renderer_mb(browser: Browser) -> float:
    """Memory of the largest renderer: the page's own, for it is the only one that is loaded."""
    session = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    numbers = [entry["id"] for entry in found if entry["type"] == "renderer"]
    return max(psutil.Process(number).memory_full_info().uss for number in numbers) / 1e6


def measure_moves(browser: Browser, path: Path) -> MoveCost:
    """Move the time slider to places all over its range; the medians."""
    with open_page(browser, path) as (page, session, _):
        _wait_for_ours(page)
        page.wait_for_timeout(500)
        cpu: list[float] = []
        wall: list[float] = []
        for step in range(FILTER_MOVES):
            before = cpu_of(session)
            # Golden section: never near the last place.
            wall.append(page.evaluate(_MOVE_SLIDER, (0.618 * (step + 1)) % 1))
            cpu.append(cpu_of(session) - before)
        return MoveCost(median(cpu), median(wall))
