"""The whole world, coarse, and its waters: made at package build (`js/world.mjs`, `build_hook`)."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from geo.errors import NotFoundError

_ASSETS = Path(__file__).parent / "assets"
WORLD_FILE, WATER_FILE = _ASSETS / "world.json", _ASSETS / "water.json"

Line = NDArray[np.float64]


class World(NamedTuple):
    """Rings of land and lines of borders in degrees; what crosses 180 is there twice.

    `centres` holds, by English name, the centre of each country's largest part.
    """

    land: list[Line]
    borders: list[Line]
    centres: dict[str, tuple[float, float]]


class Water(NamedTuple):
    """Rivers, the longest first, and rings of lakes, the largest first, in steps of 1/`scale`."""

    rivers: list[Line]
    lakes: list[Line]
    scale: int


@cache
def load_world() -> World:
    """The packaged world of 1:110 million."""
    data = _read_asset(WORLD_FILE)
    land, borders = (_to_lines(data, name) for name in ("land", "borders"))
    scale = data["scale"]
    centres = {name: (lon / scale, lat / scale) for name, lon, lat in data["centres"]}
    return World(land, borders, centres)


@cache
def load_water() -> Water:
    """The packaged rivers and lakes of 1:50 million."""
    data = _read_asset(WATER_FILE)
    return Water(_to_lines(data, "rivers"), _to_lines(data, "lakes"), data["scale"])


def _read_asset(path: Path) -> dict[str, Any]:
    if not path.exists():
        raise NotFoundError(
            f"{path} is missing: it is made when the package is built; "
            "install the package again, or run `make build` in a checkout"
        )
    data: dict[str, Any] = orjson.loads(path.read_bytes())
    return data


def _to_lines(data: dict[str, Any], name: str) -> list[Line]:
    rows = [np.array(line, dtype=np.float64).reshape(-1, 2) for line in data[name]]
    return [row / data["scale"] for row in rows]
