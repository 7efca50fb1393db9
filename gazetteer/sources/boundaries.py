"""Boundaries and neighbourhoods from any file that GDAL reads: names, polygon, level.

The column names tell the level: `ADM2_EN` and `ADM2_AR` (OCHA), `NAME_2` (GADM), `shapeName`
(geoBoundaries), `NAME_EN` beside `ADM4_EN` (OCHA's neighbourhoods), or plain `name`.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pyogrio
import shapely
from geopandas import GeoDataFrame, read_file
from pyproj import CRS

from gazetteer.columns import Shaped
from gazetteer.place import Place
from gazetteer.sources.cells import (
    BadCellError,
    Found,
    is_arabic,
    make_names,
    read_each,
    split_names,
)
from gazetteer.sources.radius import make_radius_km
from geo.errors import InputError
from geo.measure import distances_km

SUFFIXES = frozenset({".geojson", ".json", ".shp", ".gpkg", ".fgb", ".kml", ".gml"})
_CODES = ("PCLI", "ADM1", "ADM2", "ADM3", "ADM4", "ADM5")
# OSM's admin_level of the divisions that COD-AB calls admin 1 to 4 (4 to 8 in most countries).
_OSM_LEVELS = {"2": 0, "4": 1, "5": 2, "6": 2, "7": 3, "8": 4}
_LEVELLED = re.compile(
    r"(?P<stem>ADM(?P<ocha>\d)|NAME_(?P<gadm>\d))(?:_(?:EN|NAME))?", re.IGNORECASE
)
_EVERY_LANGUAGE = r"(?:_?(?:EN|AR|FR|REF|NAME\d?|ALT\d?(?:EN|AR|E|A)?))?"


class _Scheme(NamedTuple):
    """Which columns of a file hold what.

    `level` is that of the areas, -1 for places that lie in them, None where it is unknown.
    """

    names: tuple[str, ...]
    level: int | None
    pcode: str
    parents: Mapping[int, str]


def read_boundaries(path: Path, country: str = "") -> Iterator[Found]:
    """Yields the areas with their polygons, in WGS84 whatever the file's own projection."""
    try:
        table = read_file(path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise InputError(f"{path.name} cannot be read as boundaries: {error}") from error
    table = _to_wgs84(path, table)
    columns = [str(name) for name in table.columns if name != table.geometry.name]
    scheme = _find_scheme(path, columns)
    names = table.drop(columns=table.geometry.name).astype(object)
    rows: list[dict[str, Any]] = names.where(names.notna(), "").to_dict("records")  # type: ignore[assignment]
    areas = enumerate(zip(rows, table.geometry, strict=True), 1)
    yield from read_each(path.name, areas, lambda area: _make_area(*area, scheme, country))


def _to_wgs84(path: Path, table: GeoDataFrame) -> GeoDataFrame:
    if not isinstance(table, GeoDataFrame) or table.empty:
        raise InputError(f"{path.name} holds no areas; give boundaries with polygons")
    if table.crs is not None:
        return table.to_crs(CRS.from_epsg(4326))
    west, south, east, north = table.total_bounds
    if not (-181 <= west <= east <= 181 and -91 <= south <= north <= 91):
        raise InputError(
            f"{path.name} names no coordinate system and is not in degrees; add its .prj"
        )
    return table.set_crs(CRS.from_epsg(4326))


def _find_scheme(path: Path, columns: list[str]) -> _Scheme:
    levels: dict[int, str] = {}
    for column in columns:
        match = _LEVELLED.fullmatch(column)
        if match:
            levels.setdefault(int(match["ocha"] or match["gadm"]), match["stem"])
    parents = {level: _pick(columns, rf"{stem}(?:_(?:EN|NAME))?") for level, stem in levels.items()}
    if levels and not _pick(columns, "NAME(?:_EN)?"):
        lowest = max(levels)
        stem = levels[lowest]
        number = _pick(columns, rf"{stem}_?PCODE|GID_{lowest}")
        return _Scheme(_pick_all(columns, stem + _EVERY_LANGUAGE), lowest, number, parents)
    names = _pick_all(columns, "(?:SHAPE)?NAME" + _EVERY_LANGUAGE)
    if not names:
        raise InputError(
            f"{path.name} has no column of names we know ({', '.join(columns)}); "
            "name one ADM1_EN, NAME_EN or name"
        )
    level = -1 if levels else None
    return _Scheme(names, level, _pick(columns, "PCODE|shapeID|id|osm_id"), parents)


def _pick(columns: list[str], pattern: str) -> str:
    return next(iter(_pick_all(columns, pattern)), "")


def _pick_all(columns: list[str], pattern: str) -> tuple[str, ...]:
    whole = re.compile(pattern, re.IGNORECASE)
    return tuple(sorted(filter(whole.fullmatch, columns), key=lambda name: _rank(name.upper())))


def _rank(column: str) -> tuple[bool, str]:
    """English first, so that it becomes the name shown."""
    return (not column.endswith(("_EN", "NAME")), column)


def _make_area(row: Mapping[str, Any], shape: Any, scheme: _Scheme, country: str) -> Place | Shaped:
    texts = [text for column in scheme.names for text in split_names(str(row[column]))]
    texts.sort(key=is_arabic)
    if not texts:
        raise BadCellError(scheme.names[0], "the area has no name")
    if shape is None or shape.is_empty:
        raise BadCellError("geometry", f"{texts[0]!r} has no geometry")
    if not shape.is_valid:
        shape = shapely.make_valid(shape)
    place = _make_place(row, shape, texts, scheme, country)
    if abs(place.lat) > 90 or abs(place.lon) > 180:
        raise BadCellError("geometry", f"{texts[0]!r} lies outside the degrees of the Earth")
    is_area = shape.geom_type in ("Polygon", "MultiPolygon")
    return Shaped(place, shapely.to_wkb(shape)) if is_area else place


def _make_place(
    row: Mapping[str, Any], shape: Any, texts: list[str], scheme: _Scheme, country: str
) -> Place:
    code = _feature_code(row, shape, scheme.level)
    centre = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
    lon, lat = float(centre.x), float(centre.y)
    pcode = str(row.get(scheme.pcode, "")).strip() if scheme.pcode else ""
    namespace = "ocha" if scheme.pcode.upper().endswith("PCODE") else "own"
    arabic = [text for text in texts if is_arabic(text)]
    return Place(
        place_id=f"{namespace}:{pcode or f'{code}-{texts[0]}-{lon:.3f}-{lat:.3f}'}",
        name=texts[0],
        lon=lon,
        lat=lat,
        feature_code=code,
        country=_find_country(row, scheme, country),
        source="OCHA" if namespace == "ocha" else "own boundaries",
        radius_km=_radius_km(shape, lon, lat) or make_radius_km(code),
        names=make_names(texts[0], (arabic, "ar"), (texts, "")),
        admin1=str(row.get(scheme.parents.get(1, ""), "")),
        admin2=str(row.get(scheme.parents.get(2, ""), "")),
    )


def _feature_code(row: Mapping[str, Any], shape: Any, level: int | None) -> str:
    if level is not None and level >= 0:
        return _CODES[min(level, len(_CODES) - 1)]
    if level is not None:
        return "PPL" if shape.geom_type == "Point" else "PPLX"
    given = str(row.get("feature_code", "") or row.get("shapeType", "")).upper()
    if given in _CODES or given.startswith("PPL"):
        return given
    osm = _OSM_LEVELS.get(str(row.get("admin_level", "")))
    return "RGN" if osm is None else _CODES[osm]


def _find_country(row: Mapping[str, Any], scheme: _Scheme, country: str) -> str:
    """The country's two letters from its P-code; otherwise the one given in the call."""
    for column, value in row.items():
        if re.fullmatch(r"ADM0_?PCODE", column, re.IGNORECASE) and len(str(value)) == 2:
            return str(value).upper()
    code = str(row.get(scheme.pcode, ""))[:2] if scheme.pcode.upper().endswith("PCODE") else ""
    return country or (code if code.isalpha() else "")


def _radius_km(shape: Any, lon: float, lat: float) -> float:
    """The distance from the centre to the farthest corner."""
    corners = shapely.get_coordinates(shape)
    return float(distances_km(lon, lat, corners[:, 0], corners[:, 1]).max())
