"""The JSON that Overpass answers with, one element at a time."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import shapely

from geo.errors import InputError
from geo.problem import Problem

_KINDS = frozenset({"node", "way", "relation"})
_START = re.compile(r'"elements"\s*:\s*\[')
_PIECE = 2**20
# The outline of a country is the largest element: some 10 MB.
_MOST_LETTERS = 2**27


class Element(NamedTuple):
    """A node, way or relation: its id as `n5`, its tags, and what it says of where it is."""

    number: str
    tags: Mapping[str, str]
    shape: Any


def read_elements(path: Path) -> Iterator[tuple[int, Element] | Problem]:
    """Yields the elements that have tags; raises `InputError` for what Overpass does not write."""
    with path.open(encoding="utf-8-sig", errors="replace") as text:
        for number, entry in enumerate(_read_objects(path.name, text), 1):
            if not isinstance(entry, dict) or entry.get("type") not in _KINDS:
                message = "is no node, way or relation; give what Overpass answers with [out:json]"
                yield Problem(path.name, number, "", f"{str(entry)[:60]!r} {message}")
                continue
            tags = entry.get("tags")
            if isinstance(tags, dict) and str(entry.get("id", "")).isdecimal():
                texts = {str(key): str(value) for key, value in tags.items()}
                shape = _find_shape(entry)
                yield number, Element(f"{entry['type'][0]}{entry['id']}", texts, shape)


def _read_objects(file: str, text: TextIO) -> Iterator[Any]:
    """Yields the objects of the list `elements`, of which no more than one is held."""
    buffer = text.read(_PIECE)
    start = _START.search(buffer)
    if not start:
        raise InputError(f"{file} has no list of elements; give what Overpass answers as JSON")
    at, decoder = start.end(), json.JSONDecoder()
    while True:
        at = _skip(buffer, at)
        if buffer[at : at + 1] == "]":
            return
        try:
            entry, at = decoder.raw_decode(buffer, at)
        except (json.JSONDecodeError, RecursionError) as error:
            # More of it, twice as much each time, so that a long element costs a few tries.
            more = text.read(max(_PIECE, len(buffer) - at))
            if not more or len(buffer) - at > _MOST_LETTERS:
                raise InputError(f"{file} is cut short or damaged: {error}") from error
            buffer, at = buffer[at:] + more, 0
            continue
        yield entry


def _skip(buffer: str, at: int) -> int:
    while at < len(buffer) and buffer[at] in " \t\r\n,":
        at += 1
    return at


def _find_shape(entry: Mapping[str, Any]) -> Any:
    """A point of a node or a centre; of a way with `out geom` its line or area; else nothing."""
    centre = entry.get("center")
    where = centre if isinstance(centre, dict) else entry
    corners = _find_corners(entry.get("geometry"))
    if len(corners) > 3 and corners[0] == corners[-1]:
        return shapely.Polygon(corners)
    if len(corners) > 1:
        return shapely.LineString(corners)
    area = _join_members(entry.get("members"))
    if area is not None:
        return area
    bounds = entry.get("bounds")
    if not _is_number(where.get("lon")) and isinstance(bounds, dict):
        ends: list[Any] = [bounds.get(key) for key in ("minlon", "minlat", "maxlon", "maxlat")]
        whole = all(map(_is_number, ends))
        return shapely.Point((ends[0] + ends[2]) / 2, (ends[1] + ends[3]) / 2) if whole else None
    if not (_is_number(where.get("lon")) and _is_number(where.get("lat"))):
        return None
    return shapely.Point(where["lon"], where["lat"])


def _join_members(given: object) -> Any:
    """The area that the outer ways of a relation enclose, where they close."""
    members = given if isinstance(given, list) else []
    outer = [one for one in members if isinstance(one, dict) and one.get("role") != "inner"]
    parts = [_find_corners(one.get("geometry")) for one in outer]
    lines = [shapely.LineString(corners) for corners in parts if len(corners) > 1]
    rings: list[Any] = list(shapely.polygonize(lines).geoms) if lines else []
    return shapely.union_all(rings) if rings else None


def _find_corners(given: object) -> list[tuple[float, float]]:
    if not isinstance(given, list):
        return []
    return [
        (one["lon"], one["lat"])
        for one in given
        if isinstance(one, dict) and _is_number(one.get("lon")) and _is_number(one.get("lat"))
    ]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
