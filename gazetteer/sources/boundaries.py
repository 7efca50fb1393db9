"""Boundaries and neighbourhoods from any file that GDAL reads: names, polygon, level.

The column names tell the level: `ADM2_EN` and `ADM2_AR`, `adm2_name`, `admin2Name_en` (OCHA),
`NAME_2` (GADM), `shapeName` (geoBoundaries), `NAME_EN` beside `ADM4_EN` (OCHA's neighbourhoods),
or plain `name`. Where OCHA gives the seats of admin areas, `adm_p_lvl` says of which level.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from gazetteer.columns import Shaped
from gazetteer.place import Place
from gazetteer.sources import layers
from gazetteer.sources.cells import (
    MOST_LETTERS,
    BadCellError,
    Found,
    is_arabic,
    make_names,
    read_each,
    split_names,
)
from gazetteer.sources.layers import Feature, Layer, Spot, find_layers, find_spot, read_features
from gazetteer.sources.radius import make_radius_km
from geo.errors import InputError
from geo.problem import Problem

SUFFIXES = layers.SUFFIXES - {".osm", ".pbf"}
_CODES = ("PCLI", "ADM1", "ADM2", "ADM3", "ADM4", "ADM5")
_SEATS = ("PPLC", "PPLA", "PPLA2", "PPLA3", "PPLA4", "PPLA5")
# OSM's admin_level of the divisions that COD-AB calls admin 1 to 4 (4 to 8 in most countries).
_OSM_LEVELS = {"2": 0, "4": 1, "5": 2, "6": 2, "7": 3, "8": 4}
_LEVELLED = re.compile(
    r"(?P<stem>ADM(?:IN)?(?P<ocha>\d)|NAME_(?P<gadm>\d))(?:_?(?:NAME)?(?:_?EN)?)?", re.IGNORECASE
)
_EVERY_LANGUAGE = r"(?:_?(?:NAME)?_?(?:EN|AR|FR|ES|PT|REF|\d|ALT\d?(?:EN|AR|E|A)?)?)?"
_LANGUAGE = re.compile(r"_(EN|FR|ES|PT)$", re.IGNORECASE)


class _Scheme(NamedTuple):
    """Which columns of a file hold what.

    `level` is that of the areas, -1 for places that lie in them, None where it is unknown.
    `used` are all the columns that are read, `others` those of them that say what a row is.
    """

    names: tuple[str, ...]
    level: int | None
    pcode: str
    parents: Mapping[int, str]
    used: frozenset[str]
    others: Mapping[str, str]

    def cell(self, feature: Feature, column: str) -> str:
        """What a row says in one of the other columns, in whatever case it is written."""
        return str(feature.cells.get(self.others.get(column, ""), "")).strip()


def read_boundaries(path: Path, country: str = "") -> Iterator[Found]:
    """Yields the areas with their polygons, in WGS84 whatever the file's own projection.

    All layers of a file and all files of a zip are read; one without names is told of.
    """
    skipped: list[str] = []
    found = find_layers(path)
    for layer in found:
        if layer.geometry is None:
            continue
        try:
            scheme = _find_scheme(path, layer)
        except InputError as error:
            skipped.append(str(error))
            continue
        yield from _read_layer(path.name, layer, scheme, country)
    if skipped and len(skipped) == len(found):
        raise InputError(skipped[0])
    if not any(layer.geometry for layer in found):
        raise InputError(f"{path.name} holds no areas; give boundaries with polygons")
    yield from (Problem(path.name, None, "", message) for message in skipped)


def _read_layer(file: str, layer: Layer, scheme: "_Scheme", country: str) -> Iterator[Found]:
    columns = [name for name in layer.columns if name in scheme.used]
    features = read_features(file, layer, columns=columns)
    yield from read_each(file, features, lambda feature: _make_area(feature, scheme, country))


def _find_scheme(path: Path, layer: Layer) -> _Scheme:
    columns = list(layer.columns)
    levels: dict[int, str] = {}
    for column in columns:
        match = _LEVELLED.fullmatch(column)
        if match:
            levels.setdefault(int(match["ocha"] or match["gadm"]), match["stem"])
    parents = {
        level: _pick(columns, rf"{stem}(?:_?(?:NAME)?(?:_?EN)?)?") for level, stem in levels.items()
    }
    # Every KML has a column `Name`, empty where the names are in others.
    if levels and (path.suffix.lower() == ".kml" or not _pick(columns, "NAME(?:_EN)?")):
        lowest = max(levels)
        stem = levels[lowest]
        number = _pick(columns, rf"{stem}_?PCODE|GID_{lowest}")
        names = _pick_all(columns, rf"{stem}{_EVERY_LANGUAGE}|(?:VAR|NL_){stem}")
        return _make_scheme(columns, names, lowest, number, parents)
    names = _pick_all(columns, "(?:SHAPE)?NAME" + _EVERY_LANGUAGE)
    if not names:
        raise InputError(
            f"{path.name} has no column of names we know ({', '.join(columns[:20])}); "
            "name one ADM1_EN, NAME_EN or name"
        )
    level = -1 if levels else None
    number = _pick(columns, "PCODE|shapeID|id|osm_id")
    return _make_scheme(columns, names, level, number, parents)


def _make_scheme(
    columns: list[str],
    names: tuple[str, ...],
    level: int | None,
    pcode: str,
    parents: Mapping[int, str],
) -> _Scheme:
    others = _pick_all(columns, r"ADM(?:IN)?0_?PCODE|ADM_P_LVL|FEATURE_CODE|SHAPETYPE|ADMIN_LEVEL")
    used = frozenset({*names, pcode, *parents.values(), *others})
    lowered = {name.lower(): name for name in others}
    return _Scheme(names, level, pcode, parents, used, lowered)


def _pick(columns: list[str], pattern: str) -> str:
    return next(iter(_pick_all(columns, pattern)), "")


def _pick_all(columns: list[str], pattern: str) -> tuple[str, ...]:
    whole = re.compile(pattern, re.IGNORECASE)
    return tuple(sorted(filter(whole.fullmatch, columns), key=lambda name: _rank(name.upper())))


def _rank(column: str) -> tuple[bool, str]:
    """English first, so that it becomes the name shown."""
    return (not column.endswith(("_EN", "NAME")), column)


def _make_area(feature: Feature, scheme: _Scheme, country: str) -> Place | Shaped:
    cells = feature.cells
    texts = {
        text: column
        for column in scheme.names
        for text in split_names(str(cells[column]))
        if len(text) <= MOST_LETTERS
    }
    if not texts:
        raise BadCellError(scheme.names[0], "the area has no name")
    spot = find_spot(feature.shape, min(texts, key=is_arabic))
    place = _make_place(feature, spot, texts, scheme, country)
    return Shaped(place, spot.area) if spot.area else place


def _make_place(
    feature: Feature, spot: Spot, texts: dict[str, str], scheme: _Scheme, country: str
) -> Place:
    code = _feature_code(feature, scheme)
    name = min(texts, key=is_arabic)
    pcode = str(feature.cells.get(scheme.pcode, "")).strip() if scheme.pcode else ""
    is_ocha = scheme.pcode.upper().endswith("PCODE")
    arabic = [text for text in texts if is_arabic(text)]
    groups = [([text], _find_language(column)) for text, column in texts.items()]
    parents = {
        level: str(feature.cells.get(column, "")).strip()
        for level, column in scheme.parents.items()
    }
    return Place(
        place_id=f"{'ocha' if is_ocha else 'own'}:"
        f"{pcode[:60] or f'{code}-{name}-{spot.lon:.3f}-{spot.lat:.3f}'}",
        name=name,
        lon=spot.lon,
        lat=spot.lat,
        feature_code=code,
        country=_find_country(feature, scheme, country),
        source="OCHA" if is_ocha else "own boundaries",
        radius_km=spot.radius_km or make_radius_km(code),
        names=make_names(name, (arabic, "ar"), *groups),
        admin1=parents.get(1, ""),
        admin2=parents.get(2, ""),
    )


def _find_language(column: str) -> str:
    match = _LANGUAGE.search(column)
    return match[1].lower() if match else ""


def _feature_code(feature: Feature, scheme: _Scheme) -> str:
    seat = scheme.cell(feature, "adm_p_lvl").partition(".")[0]
    if seat.isdecimal():
        return _SEATS[min(int(seat), len(_SEATS) - 1)]
    if scheme.level is not None and scheme.level >= 0:
        return _CODES[min(scheme.level, len(_CODES) - 1)]
    if scheme.level is not None:
        return "PPL" if feature.shape.geom_type == "Point" else "PPLX"
    given = scheme.cell(feature, "feature_code") or scheme.cell(feature, "shapetype")
    if given.upper() in _CODES or given.upper() in {*_SEATS, "PPL", "PPLX", "PPLL"}:
        return given.upper()
    osm = _OSM_LEVELS.get(scheme.cell(feature, "admin_level"))
    return "RGN" if osm is None else _CODES[osm]


def _find_country(feature: Feature, scheme: _Scheme, country: str) -> str:
    """The country's two letters from its P-code; otherwise the one given in the call."""
    for column in ("adm0_pcode", "adm0pcode", "admin0pcode", "admin0_pcode"):
        value = scheme.cell(feature, column)
        if len(value) == 2 and value.isascii() and value.isalpha():
            return value.upper()
    is_ocha = scheme.pcode.upper().endswith("PCODE")
    code = str(feature.cells.get(scheme.pcode, ""))[:2] if is_ocha else ""
    return country or (code.upper() if code.isascii() and code.isalpha() else "")
