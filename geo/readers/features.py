"""GeoJSON files to tables of incidents."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from geo.errors import InputError
from geo.problem import Problem
from geo.readers.records import read_rows
from geo.readers.text import decode_table
from geo.table import ReadResult

_WGS84 = ("CRS84", "4326")


def read_geojson(
    path: str | os.PathLike[str], *, mapping: Mapping[str, str] | None = None
) -> ReadResult:
    """A table of incidents from a GeoJSON FeatureCollection, and what was wrong with it.

    Properties that are none of our columns are kept; `mapping` says which of theirs is which of
    ours. A feature that cannot be read is reported by its number, from 1. Raises `InputError` for
    what is no GeoJSON and for coordinates that are not WGS84.
    """
    file = Path(path)
    text, problems = decode_table(file.read_bytes(), file.name)
    features = _find_features(_parse(text, file.name), file.name)
    rows, feature_problems = _to_rows(features, file.name)
    problems += feature_problems
    headings = list(dict.fromkeys(name for row in rows for name in row))
    table, found = read_rows(rows, headings, file=file.name, first_row=1, mapping=mapping)
    return ReadResult(table, sorted([*problems, *found], key=lambda problem: problem.row or 0))


def _parse(text: str, file: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    try:
        # Slower, and less strict: NaN as pandas writes it, half of a surrogate pair.
        return _clean(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{file!r} is no JSON: {error}; it may be cut off, export it again"
        ) from error


def _clean(value: Any) -> Any:
    """The value with halves of surrogate pairs in its texts replaced: no file could hold them."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_clean(key): _clean(inner) for key, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list) else value


def _find_features(document: Any, file: str) -> list[Any]:
    kind = document.get("type") if isinstance(document, dict) else type(document).__name__
    if kind == "Feature":
        return [document]
    features = document.get("features") if kind == "FeatureCollection" else None
    if not isinstance(features, list):
        raise InputError(
            f"{file!r} is no GeoJSON FeatureCollection but {kind!r}; export the layer as GeoJSON"
        )
    name = str(((document.get("crs") or {}).get("properties") or {}).get("name") or "CRS84")
    if not name.endswith(_WGS84):
        raise InputError(f"{file!r} is in {name}, not WGS84; export it in EPSG:4326")
    return features


def _to_rows(features: list[Any], file: str) -> tuple[list[dict[str, Any]], list[Problem]]:
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
            problems.append(
                Problem(file, number, "", "is no Feature; give type, geometry and properties")
            )
            rows.append({})
            continue
        row = {**(feature.get("properties") or {}), "geometry": feature.get("geometry")}
        if feature.get("id") is not None:
            row.setdefault("incident_id", feature["id"])
        rows.append(row)
    return rows, problems
