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
