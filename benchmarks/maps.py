"""How large a map's page is and how fast it opens: prints a table.

Run it with `python benchmarks/maps.py [COUNT ...]` from the root of the repository; it needs the
browser that the tests use. CPU of the page's main thread is the sum of its tasks until the map is
drawn, as Chromium's own metrics give it; it is steadier than the time on the wall.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "maps")]

from find_browser import find_browser
from map_reading import read_block
from map_samples import make_many

from maps.incident_map import make_map

COUNTS = (20, 1_000, 20_000)
FILTER_MOVES = 9
HEADINGS = (
    "incidents",
    "file kB",
    "base map kB",
    "columns B/inc",
    "text B/inc",
    "python us/inc",
    "CPU to drawn ms",
    "wall to drawn ms",
    "filter move ms",
)
# A move of the first handle of the time slider: every filter, count, bar and mark anew.
_MOVE_FILTER = """
async () => {
  const app = map_incidents.incidentApp;
  const { first, last } = { first: app.incidents.start[0], last: app.incidents.start.at(-1) };
  app.filters.time.first = first + Math.round(Math.random() * (last - first));
  const begun = performance.now();
  app.changed();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - begun;
}
"""


def main(counts: Sequence[int]) -> None:
    """Measure maps of so many incidents each and print a line for each."""
    make_map(make_many(1))  # what is loaded once is not counted
    print(" | ".join(HEADINGS))
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        program = find_browser(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for count in counts:
            path = Path(folder) / f"{count}.html"
            print(" | ".join([*_measure_file(count, path), *_measure_page(browser, path)]))
        browser.close()


def _measure_file(count: int, path: Path) -> list[str]:
    table = make_many(count)
    begun = time.process_time()
    make_map(table, title=f"{count} incidents").save(path)
    seconds = time.process_time() - begun
    html = path.read_text(encoding="utf-8")
    sizes = {key: len(read_block(html, key)) for key in ("base", "data", "details")}
    return [
        f"{count:,}",
        f"{path.stat().st_size / 1000:.0f}",
        f"{sizes['base'] / 1000:.0f}",
        f"{sizes['data'] / count:.1f}",
        f"{sizes['details'] / count:.1f}",
        f"{seconds / count * 1e6:.0f}",
    ]


def _measure_page(browser: Browser, path: Path) -> list[str]:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(path.as_uri())
    page.wait_for_selector("[data-drawn]")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    cpu_s = next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")
    drawn_ms = page.evaluate("Number(document.querySelector('[data-drawn]').dataset.drawn)")
    moves = sorted(page.evaluate(_MOVE_FILTER) for _ in range(FILTER_MOVES))
    page.close()
    return [f"{cpu_s * 1000:.0f}", f"{drawn_ms:.0f}", f"{moves[FILTER_MOVES // 2]:.0f}"]


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or COUNTS)
