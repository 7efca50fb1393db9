"""A small OpenStreetMap of Syria for the tests: real villages, and traps among them."""

import csv
from pathlib import Path

from benchmarks.osm_file import OsmArea, OsmLine, OsmPlace, write_osm

_FOLDER = Path(__file__).parent
_BOX = ("west", "south", "east", "north")


def write_syria(path: Path) -> None:
    """Writes the tables beside this file as OSM XML."""
    places = [
        OsmPlace(
            float(row.pop("lon")),
            float(row.pop("lat")),
            {row.pop("key"): row.pop("value")} | _drop_empty(row),
        )
        for row in _read("places.csv")
    ]
    areas = [OsmArea([_take_corners(row)], _drop_empty(row)) for row in _read("areas.csv")]
    roads = []
    for row in _read("roads.csv"):
        west, south, east, north = (float(row.pop(side)) for side in _BOX)
        roads.append(OsmLine([(west, south), (east, north)], _drop_empty(row)))
    write_osm(path, places, areas, roads)


def _take_corners(row: dict[str, str]) -> list[tuple[float, float]]:
    west, south, east, north = (float(row.pop(side)) for side in _BOX)
    return [(west, south), (east, south), (east, north), (west, north)]


def _drop_empty(row: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in row.items() if value}


def _read(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
