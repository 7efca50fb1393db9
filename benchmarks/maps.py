"""How large a map's page is, and what it costs to write, to open and to filter: prints tables.

Run it from the root of the repository; it needs the browser that the tests use:

    python -m benchmarks.maps                 # ours at 10,000 to 1,000,000, and folium's
    python -m benchmarks.maps --counts 10000 100000 --only random
    python -m benchmarks.maps --screenshots docs/maps

The tables are made up (`maps_tables.py`): `random` has a position and a short note each, `places`
lies at 8,000 towns without texts, `full` fills every column that the product writes. UCDP's events
are measured where the reference data is.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from geopandas import GeoDataFrame
from playwright.sync_api import Browser

from benchmarks.maps_folium import BASELINES
from benchmarks.maps_page import measure_folium, measure_moves, measure_page, open_browser
from benchmarks.maps_tables import at_gazetteer_places, at_random_points, with_every_column
from benchmarks.maps_views import UCDP_FILE, read_ucdp, take_screenshots
from maps.incident_map import make_map

COUNTS = (10_000, 100_000, 400_000, 1_000_000)
# CPU until drawn is the least of so many openings: what else the machine does only adds to it.
OPENINGS = 3
TABLES: dict[str, Callable[[int], GeoDataFrame]] = {
    "random": at_random_points,
    "places": at_gazetteer_places,
    "full": with_every_column,
}
_HEADINGS = (
    "table",
    "incidents",
    "file kB",
    "bytes an incident",
    "Python us an incident",
    "requests",
    "CPU to drawn ms",
    "heap MB",
    "renderer MB",
    "filter move CPU ms",
    "slider to paint ms",
)


class FileCost(NamedTuple):
    """What writing a page costs, and its size in bytes."""

    size: int
    python_s: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what the command line asks for and print a line for each page."""
    parser = argparse.ArgumentParser(description="Measure maps; see the module's first lines.")
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS)
    parser.add_argument("--only", nargs="+", choices=[*TABLES, "ucdp", "folium"])
    parser.add_argument("--screenshots", type=Path, help="a folder for pictures of UCDP's map")
    asked = parser.parse_args(arguments)
    wanted = set(asked.only or [*TABLES, "ucdp", "folium"])
    with open_browser() as browser, tempfile.TemporaryDirectory() as folder:
        empty = _save(with_every_column(0), Path(folder) / "empty.html").size
        print(f"A page without an incident has {empty / 1000:.0f} kB.\n")
        print(" | ".join(_HEADINGS))
        for name, make in TABLES.items():
            for count in asked.counts if name in wanted else ():
                _measure_ours(browser, name, make(count), Path(folder), empty)
        if "ucdp" in wanted and UCDP_FILE.exists():
            _measure_ours(browser, "UCDP", read_ucdp(), Path(folder), empty)
        if "folium" in wanted:
            _measure_baselines(browser, Path(folder))
        if asked.screenshots:
            take_screenshots(browser, asked.screenshots)


def _save(table: GeoDataFrame, path: Path) -> FileCost:
    begun = time.process_time()
    make_map(table, title=f"{len(table):,} incidents").save(path)
    return FileCost(path.stat().st_size, time.process_time() - begun)


def _measure_ours(
    browser: Browser, name: str, table: GeoDataFrame, folder: Path, empty: int
) -> None:
    count, path = len(table), folder / "ours.html"
    size, python_s = _save(table, path)
    costs = [measure_page(browser, path) for _ in range(OPENINGS)]
    moves = measure_moves(browser, path)
    best = min(costs, key=lambda cost: cost.cpu_ms)
    cells = (
        name,
        f"{count:,}",
        f"{size / 1000:,.0f}",
        f"{(size - empty) / count:.1f}",
        f"{python_s / count * 1e6:.1f}",
        best.requests,
        f"{best.cpu_ms:.0f}",
        f"{best.heap_mb:.1f}",
        f"{best.renderer_mb:.0f}",
        f"{moves.cpu_ms:.1f}",
        f"{moves.to_paint_ms:.0f}",
    )
    print(" | ".join(map(str, cells)), flush=True)


def _measure_baselines(browser: Browser, folder: Path) -> None:
    print("\n" + " | ".join([*_HEADINGS[:3], *_HEADINGS[4:9]]))
    for name, save, counts in BASELINES:
        for count in counts:
            table, path = at_random_points(count), folder / "theirs.html"
            begun = time.process_time()
            save(table, path)
            python_us = (time.process_time() - begun) / count * 1e6
            cost = measure_folium(browser, path)
            cells = (
                name,
                f"{count:,}",
                f"{path.stat().st_size / 1000:,.0f}",
                f"{python_us:.1f}",
                cost.requests,
                f"{cost.cpu_ms:.0f}",
                f"{cost.heap_mb:.1f}",
                f"{cost.renderer_mb:.0f}",
            )
            print(" | ".join(map(str, cells)), flush=True)


if __name__ == "__main__":
    main()
