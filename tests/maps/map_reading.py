"""What it takes to open a page and to look into its data."""

import base64
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from playwright.sync_api import Page

OpenMap = Callable[..., Page]


def open_file(page: Page, path: Path) -> Page:
    page.goto(path.as_uri())
    page.wait_for_selector("[data-drawn], .im-damage", timeout=60_000)
    return page


def summary(page: Page) -> str:
    return page.locator(".im-summary").inner_text()


def count_of(page: Page, label: str) -> str:
    return page.locator(".im-group label", has_text=label).locator(".im-count").inner_text()


def go_to(page: Page, lat: float, lon: float, zoom: float) -> None:
    view = "v => map_incidents.setView([v[0], v[1]], v[2], {animate: false})"
    page.evaluate(view, [lat, lon, zoom])
    page.wait_for_timeout(100)


def click_at(page: Page, lat: float, lon: float) -> None:
    """Clicks the map where a position is drawn."""
    point = page.evaluate(
        "v => { const p = map_incidents.latLngToContainerPoint(v); return [p.x, p.y] }", [lat, lon]
    )
    page.mouse.click(*point)


def drawn(page: Page) -> list[dict[str, Any]]:
    """The marks in the window."""
    found: list[dict[str, Any]] = page.evaluate(
        "map_incidents.incidentApp.marks.drawn()"
        ".map(m => ({count: m.count, places: m.places.length}))"
    )
    return found


def pixel(page: Page, lat: float, lon: float, pane: str) -> list[int]:
    """The colour of a layer's canvas at a position."""
    colour: list[int] = page.evaluate(
        """([lat, lon, pane]) => {
          const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
          const box = canvas.getBoundingClientRect();
          const p = map_incidents.latLngToContainerPoint([lat, lon]);
          const at = [p.x - box.left, p.y - box.top].map(Math.round);
          return [...canvas.getContext('2d').getImageData(at[0], at[1], 1, 1).data];
        }""",
        [lat, lon, pane],
    )
    return colour


def read_block(html: str, key: str) -> str:
    """The text of a page's data block."""
    found = re.search(rf'id="map_incidents_{key}">([^<]*)<', html)
    assert found, key
    return found[1]


def unpack(text: str) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """Header and columns of a payload, read here anew as the page reads them."""
    data = zlib.decompress(base64.b64decode(text))
    length = int.from_bytes(data[:4], "little")
    header = orjson.loads(data[4 : 4 + length])
    offset = 4 + length
    columns: dict[str, list[int]] = {}
    for spec in header["columns"]:
        size = spec["length"] * spec["bytes"]
        planes = np.frombuffer(data[offset : offset + size], np.uint8)
        planes = planes.reshape(spec["bytes"], spec["length"]).astype(np.int64)
        stored = sum(plane << 8 * index for index, plane in enumerate(planes))
        columns[spec["name"]] = _decode(np.asarray(stored), spec)
        offset += size
    assert offset == len(data)
    return header, columns


def _decode(stored: Any, spec: dict[str, Any]) -> list[int]:
    if spec["encoding"] == "zigzag":
        stored = (stored >> 1) ^ -(stored & 1)
    if spec["encoding"] != "plane":
        stored = np.cumsum(stored)
    return [int(value) for value in np.atleast_1d(stored + spec["base"])[: spec["length"]]]
