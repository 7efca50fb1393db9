"""Places and areas as a small OSM XML file, for a Nominatim of one's own to import."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

# A way may have no more nodes than this (OSM's own limit is 2,000).
_MOST_NODES = 1_500

Corners = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class OsmPlace:
    """A node: its position in WGS84 degrees and its tags."""

    lon: float
    lat: float
    tags: Mapping[str, str]


@dataclass(frozen=True)
class OsmArea:
    """A boundary relation: its rings (lon, lat; first corner not repeated) and its tags."""

    rings: Sequence[Corners]
    tags: Mapping[str, str]


@dataclass(frozen=True)
class OsmLine:
    """A way: its corners (lon, lat) and its tags."""

    corners: Corners
    tags: Mapping[str, str]


@dataclass
class _Writer:
    root: ET.Element = field(
        default_factory=lambda: ET.Element("osm", version="0.6", generator="incident-mapper")
    )
    ways: list[ET.Element] = field(default_factory=list)
    relations: list[ET.Element] = field(default_factory=list)
    nodes: int = 0

    def add_node(self, lon: float, lat: float, tags: Mapping[str, str]) -> str:
        self.nodes += 1
        node_id = str(self.nodes)
        where = {"lat": f"{lat:.7f}", "lon": f"{lon:.7f}"}
        _add_tags(ET.SubElement(self.root, "node", _stamp(node_id) | where), tags)
        return node_id

    def add_way(self, nodes: Sequence[str], tags: Mapping[str, str] | None = None) -> str:
        way = ET.Element("way", _stamp(str(len(self.ways) + 1)))
        for node in nodes:
            ET.SubElement(way, "nd", ref=node)
        _add_tags(way, tags or {})
        self.ways.append(way)
        return str(len(self.ways))

    def add_relation(self, ways: Sequence[str], tags: Mapping[str, str]) -> None:
        relation = ET.Element("relation", _stamp(str(len(self.relations) + 1)))
        for way in ways:
            ET.SubElement(relation, "member", type="way", ref=way, role="outer")
        _add_tags(relation, {"type": "boundary", "boundary": "administrative", **tags})
        self.relations.append(relation)


def write_osm(
    path: Path,
    places: Iterable[OsmPlace],
    areas: Iterable[OsmArea] = (),
    lines: Iterable[OsmLine] = (),
) -> None:
    """Writes an OSM XML file: nodes for places, boundary relations for areas, ways for lines."""
    writer = _Writer()
    for place in places:
        writer.add_node(place.lon, place.lat, place.tags)
    for line in lines:
        writer.add_way([writer.add_node(lon, lat, {}) for lon, lat in line.corners], line.tags)
    for area in areas:
        ways = [way for ring in area.rings for way in _add_ring(writer, ring)]
        writer.add_relation(ways, area.tags)
    writer.root.extend(writer.ways)
    writer.root.extend(writer.relations)
    ET.ElementTree(writer.root).write(path, encoding="utf-8", xml_declaration=True)


def _add_ring(writer: _Writer, ring: Corners) -> list[str]:
    """The ways of a ring, each as long as OSM allows."""
    nodes = [writer.add_node(lon, lat, {}) for lon, lat in ring]
    nodes.append(nodes[0])
    starts = range(0, len(nodes) - 1, _MOST_NODES)
    return [writer.add_way(nodes[start : start + _MOST_NODES + 1]) for start in starts]


def _stamp(number: str) -> dict[str, str]:
    return {"id": number, "version": "1", "timestamp": "2020-01-01T00:00:00Z"}


def _add_tags(element: ET.Element, tags: Mapping[str, str]) -> None:
    for key, value in tags.items():
        ET.SubElement(element, "tag", k=key, v=value)
