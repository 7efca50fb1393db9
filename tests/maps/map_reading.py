"""What it takes to open a page and to look into its data."""

import base64
import re
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
from playwright.sync_api import Page

OpenMap = Callable[..., Page]
# Zoom, latitude and longitude of the map, rounded to three places.
VIEW = (
    "[map_incidents.getZoom(), map_incidents.getCenter().lat, map_incidents.getCenter().lng]"
    ".map((value) => Math.round(value * 1000) / 1000)"
)


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


def hash_of(page: Page) -> str:
    page.wait_for_timeout(600)  # it is written when nothing has changed for a while
    return str(page.evaluate("location.hash"))


def shown_panels(page: Page) -> list[str]:
    names: list[str] = page.evaluate(
        "[...document.querySelectorAll('.im-panel')].filter((e) => e.checkVisibility())"
        ".map((e) => e.id.replace('im-panel-', ''))"
    )
    return names


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
        if spec["encoding"] != "lookup":
            columns[spec["name"]] = _decode(data[offset : offset + size], spec)
        offset += size
    assert offset == len(data)
    for spec in header["columns"]:
        if spec["encoding"] == "lookup":
            _look_up(spec["name"], {own["name"]: own for own in header["columns"]}, columns)
    return header, columns


def walk_rings(columns: dict[str, list[int]]) -> list[list[tuple[int, int]]]:
    """The rings that a block of areas holds, closed: walked here anew as the page does."""
    known: dict[tuple[int, int], list[list[tuple[int, int]]]] = {}
    lengths, turns = iter(columns["arc_steps"]), iter(columns["turn"])
    path = [(0, 0), *zip(columns["step_x"], columns["step_y"], strict=True)]
    steps = iter([(x - a, y - b) for (a, b), (x, y) in pairwise(path)])
    rings = []
    starts = zip(columns["start_x"], columns["start_y"], strict=True)
    for pen, length in zip(starts, columns["ring_turns"], strict=True):
        ring: list[tuple[int, int]] = [pen]
        back: list[tuple[int, int]] | None = None
        for turn in (next(turns) for _ in range(length)):
            here = known.setdefault(ring[-1], [])
            if turn == 0:
                arc = [ring[-1]]
                for x, y in (next(steps) for _ in range(next(lengths))):
                    arc.append((arc[-1][0] + x, arc[-1][1] + y))
                here.append(arc)
                known.setdefault(arc[-1], []).append(arc[::-1])
            else:
                ways = [way for way in reversed(here) if way != back]
                arc = [*ways, back or []][turn - 1]
            ring += arc[1:]
            back = arc[::-1]
        rings.append(ring)
    assert next(turns, None) is next(lengths, None) is next(steps, None) is None
    return rings


def _decode(data: bytes, spec: dict[str, Any]) -> list[int]:
    if spec["encoding"] == "constant":
        return [spec["base"]] * spec["length"]
    planes = np.frombuffer(data, np.uint8).reshape(spec["bytes"], spec["length"]).astype(np.int64)
    stored = np.asarray(sum(plane << 8 * index for index, plane in enumerate(planes)))
    if spec["encoding"] == "zigzag":
        stored = (stored >> 1) ^ -(stored & 1)
    if spec["encoding"] != "plane":
        stored = np.cumsum(stored)
    return [int(value) for value in np.atleast_1d(stored + spec["base"])[: spec["length"]]]


def _look_up(name: str, specs: dict[str, Any], columns: dict[str, list[int]]) -> None:
    """Adds a column that follows from another one, which may itself have to be looked up first.

    One that follows from a column of another payload is left as it is.
    """
    through = specs[name]["through"]
    if name in columns or through not in specs:
        return
    if through not in columns:
        _look_up(through, specs, columns)
    values, rows = columns[f"{name}@values"], columns[f"{name}@rows"]
    columns[name] = [values[key] for key in columns[through]]
    for row, value in zip(rows, values[len(values) - len(rows) :], strict=True):
        columns[name][row] = value


def read_details(text: str, page: dict[str, list[int]], block_rows: int) -> list[dict[str, Any]]:
    """Each row's details, read here anew as the page reads them; `page` are its columns."""
    if not text:
        return []
    first, *lines = text.split("\n")
    header, shared = unpack(first)
    assert len(lines) == header["blocks"]
    rows: list[dict[str, Any]] = []
    for start in range(0, header["count"], block_rows):
        length = min(block_rows, header["count"] - start)
        block = unpack(lines[start // block_rows]) if lines else ({}, {})
        part = _Part(start, length, page)
        values = _read_codes(header, shared, block[1], part) | _read_texts(header, *block, length)
        rows += [_to_detail(header, values, row) for row in range(length)]
    return rows


class _Part(NamedTuple):
    start: int
    length: int
    page: dict[str, list[int]]


def _read_codes(
    header: dict[str, Any], shared: dict[str, list[int]], own: dict[str, list[int]], part: _Part
) -> dict[str, list[Any]]:
    codes = dict(own)
    rows = range(part.start, part.start + part.length)
    for spec in header["columns"]:
        name = spec["name"]
        if spec["encoding"] == "constant" and name in header["keys"]:
            codes[name] = [spec["base"]] * part.length
        if spec["encoding"] != "lookup":
            continue
        way = spec["through"]
        keys = [part.page[way[1:]][row] for row in rows] if way.startswith("/") else own[way]
        values, patched = shared[f"{name}@values"], shared[f"{name}@rows"]
        patches = dict(zip(patched, values[len(values) - len(patched) :], strict=True))
        codes[name] = [patches.get(row, values[key]) for row, key in zip(rows, keys, strict=True)]
    tables = header["tables"]
    return {
        key: [tables[key][code] if key in tables else code - 1 if code else "" for code in found]
        for key, found in codes.items()
        if key in header["keys"]
    }


def _read_texts(
    header: dict[str, Any], own: dict[str, Any], columns: dict[str, list[int]], length: int
) -> dict[str, list[Any]]:
    values = {key: _apart(found, "\0") for key, found in own.get("texts", {}).items()}
    long = header["long"]
    if "words" in own:
        together = _from_words(columns[" words"], own["words"].split(" ")).split(" \0 ")
    else:
        together = _apart(own.get("long", []), "\0")
    for at, key in enumerate(long):
        values[key] = together[at :: len(long)]
        if at and own["same"]:
            pairs = zip(values[key], values[long[0]], strict=True)
            values[key] = [text.replace("\x01", whole) for text, whole in pairs]
    for key in header["parsed"]:
        values[key] = [orjson.loads(text) if text else "" for text in values[key]]
    assert all(len(found) == length for found in values.values())
    return values


def _apart(texts: str | list[str], separator: str) -> list[Any]:
    return texts.split(separator) if isinstance(texts, str) else texts


def _from_words(numbers: list[int], words: list[str]) -> str:
    rest = iter(numbers)
    places = (own if own < 192 else 192 + (own - 192) * 256 + next(rest) for own in rest)
    return " ".join(words[place] for place in places)


def _to_detail(header: dict[str, Any], values: dict[str, list[Any]], row: int) -> dict[str, Any]:
    detail: dict[str, Any] = {}
    for key, found in values.items():
        if found[row] in ("", None):
            continue
        if key in header["extra"]:
            detail.setdefault("extra", {})[header["extra"][key]] = found[row]
        else:
            detail[key] = found[row]
    for kind in ("fatalities", "injured"):
        figures = [detail.pop(f"{kind}_{level}", None) for level in ("low", "best", "high")]
        if any(figure is not None for figure in figures):
            detail[kind] = figures
    return detail
