"""From the world's unsimplified areas to the one file the package carries.

`geo/data/areas.zip` holds `areas.json` (what `geo.areas.load_areas` reads), `towns.json` (town
labels) and one member of packed shapes for each country, so that one country can be read alone.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from build_hook.names import (
    Countries,
    OwnNames,
    find_names,
    join_names,
    load_countries,
    read_area_names,
)
from build_hook.pack import measure_area, pack_shapes, to_json, write_archive
from build_hook.towns import make_towns
from build_hook.world import Fact, Feature, load_facts, read_countries, read_features

# Degrees. Visvalingam's tolerance: about the square root of the smallest triangle kept, 0.5 km.
# Of GeoNames' 234,908 towns 0.04 % change their area by it, 0.13 % of those within 5 km of a border
# (Natural Earth's own borders are good to about 1 km).
TOLERANCE_DEG = 0.005
# Degrees; neighbours meet in the source once rounded to about 1 m.
_SNAP_DEG = 1e-5
# The ISO-like place holder for ground no country's code covers.
NO_COUNTRY = "XX"
# Countries whose first-level areas the source has from a coarser list.
_COARSE = ("US",)


class Piece(NamedTuple):
    """A shape and the area it belongs to: a first-level area, or a country's remainder ("")."""

    area_id: str
    country: str
    feature: Feature


def make_areas_file(packages: Path, names_file: Path, target: Path) -> None:
    """Reduce the world in `packages` (a `node_modules` folder) to the file `target`."""
    countries = load_countries()
    pieces = _identify(read_features(packages), load_facts(), countries)
    shapes = simplify([piece.feature.geometry for piece in pieces])
    pieces = [
        piece._replace(feature=piece.feature._replace(geometry=shape))
        for piece, shape in zip(pieces, shapes, strict=True)
    ]
    atlas = read_countries(packages)
    pieces = _fill_coarse(_add_missing(_merge(pieces), atlas, countries), atlas, countries)
    rows, members = _pack_world(pieces, countries, read_area_names(names_file))
    members["areas.json"] = to_json(rows)
    members["towns.json"] = to_json(make_towns(pieces_of(pieces)))
    write_archive(members, target)


def simplify(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return the shapes with fewer corners; neighbours still share their border."""
    snapped = shapely.transform(np.array(shapes), lambda xy: np.round(xy / _SNAP_DEG) * _SNAP_DEG)
    coverage = [polygons_of(shape) for shape in shapely.make_valid(snapped)]
    return list(shapely.coverage_simplify(coverage, TOLERANCE_DEG))


def polygons_of(shape: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a shape as one multi-polygon, without stray lines and points."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def pieces_of(pieces: Sequence[Piece]) -> list[tuple[str, BaseGeometry]]:
    """Return the first-level areas as pairs of id and shape."""
    return [(piece.area_id, piece.feature.geometry) for piece in pieces if piece.area_id]


def _identify(
    features: Sequence[Feature], facts: dict[str, Fact], countries: Countries
) -> list[Piece]:
    """Give every feature its country and its id; the same input gives the same ids.

    An id is, in this order: the one we wrote down, the HASC code or the GeoNames code where it is
    its country's only one, Natural Earth's own number. Features without a name (isles) and
    countries of one area belong to the country alone.
    """
    found = [(_country_of(feature, facts, countries), feature) for feature in features]
    placed = [(country, feature) for country, feature in found if country is not None]
    uses = Counter(
        (part.__name__, country, part(feature))
        for country, feature in placed
        for part in (_hasc_part, _geonames_part)
    )
    named = Counter(country for country, feature in placed if feature.properties["name"])
    taken = {fact.area_id for fact in facts.values()}
    pieces = []
    for country, feature in placed:
        alone = named[country] == 1 and not _hasc_part(feature)
        area_id = _choose_id(country, feature, facts, (uses, taken, alone))
        taken.add(area_id)
        pieces.append(Piece(area_id, country, feature))
    return pieces


def _choose_id(
    country: str,
    feature: Feature,
    facts: dict[str, Fact],
    others: tuple[Counter[tuple[str, str, str]], set[str], bool],
) -> str:
    uses, taken, alone = others
    code = feature.properties["adm1_code"]
    if code in facts:
        return facts[code].area_id or facts[code].merge_into
    if alone or not feature.properties["name"]:
        return ""
    for part in (_hasc_part, _geonames_part):
        area_id = f"{country}-{part(feature)}"
        is_only_one = uses[part.__name__, country, part(feature)] == 1
        if part(feature) and is_only_one and area_id not in taken:
            return area_id
    return f"{country}-{code[4:]}"


def _country_of(feature: Feature, facts: dict[str, Fact], countries: Countries) -> str | None:
    """Return the alpha-2 code, NO_COUNTRY, or None for what is no place (Null Island)."""
    properties = feature.properties
    if properties["adm1_code"] in facts:
        return facts[properties["adm1_code"]].country or NO_COUNTRY
    if properties.get("adm0_a3") == "KOS":
        return "XK"
    hasc = (properties["code_hasc"] or "")[:2]
    if hasc in countries.overseas:
        return hasc
    code: str = properties["iso_a2"]
    return code if code in countries.by_code else None


def _hasc_part(feature: Feature) -> str:
    return (feature.properties["code_hasc"] or "").partition(".")[2].strip()


def _geonames_part(feature: Feature) -> str:
    return (feature.properties["gn_a1_code"] or "").partition(".")[2].strip()


def _merge(pieces: Sequence[Piece]) -> list[Piece]:
    """Join pieces of one area, and those of one country's remainder, in the order of ids."""
    groups: dict[tuple[str, str], list[Piece]] = {}
    for piece in pieces:
        groups.setdefault((piece.country, piece.area_id or "~"), []).append(piece)
    merged = []
    for _, group in sorted(groups.items()):
        first = max(group, key=lambda piece: piece.feature.geometry.area)
        whole = shapely.union_all([piece.feature.geometry for piece in group])
        merged.append(first._replace(feature=first.feature._replace(geometry=whole)))
    return merged


def _add_missing(
    pieces: list[Piece], atlas: dict[int, Feature], countries: Countries
) -> list[Piece]:
    """Add the countries the first-level data lacks from the world atlas, where it has them."""
    have = {piece.country for piece in pieces}
    for code, country in countries.by_code.items():
        if code not in have and country["isonumeric"] in atlas:
            pieces.append(Piece("", code, atlas[country["isonumeric"]]))
    return sorted(pieces, key=lambda piece: (piece.country, piece.area_id == "", piece.area_id))


def _fill_coarse(
    pieces: Sequence[Piece], atlas: dict[int, Feature], countries: Countries
) -> list[Piece]:
    """Give a coarse country's areas the land it has in the atlas and they lack, each the nearest.

    The states of the USA come from a list that leaves out the Florida Keys and most of Hawaii.
    """
    filled = list(pieces)
    for code in _COARSE:
        rows = [row for row, piece in enumerate(pieces) if piece.country == code]
        shapes = np.array([pieces[row].feature.geometry for row in rows])
        whole = atlas[countries.by_code[code]["isonumeric"]].geometry
        rest = shapely.get_parts(shapely.difference(whole, shapely.union_all(shapes)))
        nearest = shapely.STRtree(shapes).nearest(rest)
        for number, row in enumerate(rows):
            whole = polygons_of(shapely.union_all([shapes[number], *rest[nearest == number]]))
            piece = pieces[row]
            filled[row] = piece._replace(feature=piece.feature._replace(geometry=whole))
    return filled


def _pack_world(
    pieces: Sequence[Piece], countries: Countries, own_names: OwnNames
) -> tuple[list[list[object]], dict[str, bytes]]:
    """Return the rows of `areas.json` and the packed shapes of each country."""
    by_country: dict[str, list[Piece]] = {}
    for piece in pieces:
        by_country.setdefault(piece.country, []).append(piece)
    rows: list[list[object]] = []
    members: dict[str, bytes] = {}
    for code, group in by_country.items():
        shapes = [piece.feature.geometry for piece in group]
        members[f"shapes/{code}"] = pack_shapes(shapes)
        if code != NO_COUNTRY:
            rows.append(_country_row(code, shapes, countries, own_names))
        rows += _area_rows(group, own_names)
    return rows, members


def _country_row(
    code: str, shapes: Sequence[BaseGeometry], countries: Countries, own_names: OwnNames
) -> list[object]:
    names = countries.names_of(code, own_names.get(code, []))
    number = int(countries.by_code[code]["geonameid"])
    claims = countries.claims.get(code, [])
    measured = measure_area(shapely.union_all(shapes))
    return [code, 0, names, "", "", number, "", claims, *measured]


def _area_rows(group: Sequence[Piece], own_names: OwnNames) -> list[list[object]]:
    facts = load_facts()
    named = [piece for piece in group if piece.area_id]
    found = {}
    for piece in named:
        properties = piece.feature.properties
        fact = facts.get(properties["adm1_code"])
        found[piece.area_id] = find_names(properties, fact.name if fact else "")
    names = join_names(found, own_names)
    return [_area_row(piece, names[piece.area_id], facts) for piece in named]


def _area_row(piece: Piece, names: list[str], facts: dict[str, Fact]) -> list[object]:
    properties = piece.feature.properties
    fact = facts.get(properties["adm1_code"])
    country = "" if piece.country == NO_COUNTRY else piece.country
    claims = [claim for claim in (fact.claims if fact else "").split("|") if claim]
    number = max(int(properties.get("gn_id") or 0), 0)
    code = _geonames_part(piece.feature)
    measured = measure_area(piece.feature.geometry)
    return [piece.area_id, 1, names, country, country, number, code, claims, *measured]
