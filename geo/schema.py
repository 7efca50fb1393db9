"""The JSON Schema of an incident GeoJSON, made from the column specs.

`python -m geo.schema > docs/incident.schema.json` writes the one in the docs.
"""

import sys
from typing import Any

import orjson

from geo.incident import COLUMNS, Column

_TEXT = {"type": "string"}
_COUNT = {"type": ["integer", "null"], "minimum": 0}

_FIGURES = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "group": _TEXT,
            "low": _COUNT,
            "best": _COUNT,
            "high": _COUNT,
            "qualifier": _TEXT,
        },
        "required": ["group", "low", "best", "high", "qualifier"],
    },
}

_ITEMS: dict[str, dict[str, Any]] = {
    "match_reasons": _TEXT,
    "notes": _TEXT,
    "alternatives": {
        "type": "object",
        "properties": {
            "place_id": _TEXT,
            "name": _TEXT,
            "admin1": _TEXT,
            "country": _TEXT,
            "lon": {"type": "number", "minimum": -180, "maximum": 180},
            "lat": {"type": "number", "minimum": -90, "maximum": 90},
            "score": {"type": "number", "minimum": 0, "maximum": 1},
            "why": _TEXT,
        },
        "required": ["place_id", "name", "lon", "lat", "score", "why"],
    },
    "claims": {
        "type": "object",
        "properties": {
            "source": _TEXT,
            "fatalities": _FIGURES,
            "injured": _FIGURES,
            "evidence": _TEXT,
            "start": {"type": "integer", "minimum": 0},
            "end": {"type": "integer", "minimum": 0},
            "contested": {"type": "boolean"},
        },
        "required": ["source", "fatalities", "injured"],
    },
}

_RANGES: dict[str, tuple[int, int]] = {
    "geo_precision": (1, 3),
    "where_prec": (1, 7),
    "match_score": (0, 1),
}

_GEOMETRIES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")


def make_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a FeatureCollection of incidents."""
    properties = {column.name: _describe(column) for column in COLUMNS if column.kind != "geometry"}
    feature = {
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"},
            "id": _TEXT,
            "geometry": {"oneOf": [{"type": "null"}, _geometry()]},
            "properties": {
                "type": "object",
                "required": list(properties),
                "properties": properties,
            },
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Incidents",
        "description": (
            "Incidents as RFC 7946 GeoJSON: WGS84 longitude, latitude; one feature an incident. "
            "A feature without geometry could not be located; match_reasons says why."
        ),
        "type": "object",
        "required": ["type", "features"],
        "not": {"required": ["crs"]},
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {"type": "array", "items": feature},
        },
    }


def _geometry() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "coordinates"],
        "properties": {"type": {"enum": list(_GEOMETRIES)}, "coordinates": {"type": "array"}},
    }


def _describe(column: Column) -> dict[str, Any]:
    counterparts = (("ACLED", column.acled), ("UCDP", column.ucdp))
    known = ", ".join(f"{source}: {name}" for source, name in counterparts if name)
    meaning = f"{column.meaning} ({known})." if known else f"{column.meaning}."
    return {"description": meaning, **_type_of(column)}


def _type_of(column: Column) -> dict[str, Any]:
    if column.choices:
        return {"enum": ["", *column.choices]}
    if column.kind == "text":
        return _TEXT
    if column.kind == "date":
        return {"type": ["string", "null"], "format": "date"}
    if column.kind == "list":
        return {"type": "array", "items": _ITEMS[column.name]}
    low, high = _RANGES.get(column.name, (0, None))
    limits = {"minimum": low} if high is None else {"minimum": low, "maximum": high}
    return {"type": ["integer" if column.kind == "count" else "number", "null"], **limits}


def main() -> None:
    """Write the schema to standard output."""
    text = orjson.dumps(make_schema(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    sys.stdout.buffer.write(text)


if __name__ == "__main__":
    main()
