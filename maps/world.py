"""The whole world, coarse: made at package build from world-atlas (`js/world.mjs`)."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from geo.errors import NotFoundError

WORLD_FILE = Path(__file__).parent / "assets" / "world.json"

Line = NDArray[np.float64]


class World(NamedTuple):
    """Rings of land, lines of coast and of borders in degrees; what crosses 180 is there twice.

    `centres` holds, by English name, the centre of each country's largest part.
    """

    land: list[Line]
    coast: list[Line]
    borders: list[Line]
    centres: dict[str, tuple[float, float]]


@cache
def load_world() -> World:
    """The packaged world of 1:110 million."""
    if not WORLD_FILE.exists():
        raise NotFoundError(
            f"{WORLD_FILE} is missing: it is made when the package is built; "
            "install the package again, or run `make build` in a checkout"
        )
    data: dict[str, Any] = orjson.loads(WORLD_FILE.read_bytes())
    scale = data["scale"]
    land, coast, borders = (
        [np.array(line, dtype=np.float64).reshape(-1, 2) / scale for line in data[name]]
        for name in ("land", "coast", "borders")
    )
    centres = {name: (lon / scale, lat / scale) for name, lon, lat in data["centres"]}
    return World(land, coast, borders, centres)
