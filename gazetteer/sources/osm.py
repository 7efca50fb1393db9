"""OpenStreetMap: extracts (`.osm`, `.osm.pbf`) and GeoJSON through GDAL, Overpass's own JSON."""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import orjson

from gazetteer.columns import Shaped
from gazetteer.place import Place, PlaceName
from gazetteer.sources.cells import MOST_LETTERS, BadCellError, Found, is_arabic, read_each
from gazetteer.sources.layers import Feature, Layer, Spot, find_layers, find_spot, read_features
from gazetteer.sources.overpass import Element, read_elements
from gazetteer.sources.radius import make_radius_km

SOURCE = "OpenStreetMap"
EXTRACTS = frozenset({".osm", ".pbf"})
# Layers that GDAL's driver makes of an extract, and the kind of object each one's ids are of.
_LAYERS = {"points": "n", "lines": "w", "multipolygons": "r"}
_NAMED = "name IS NOT NULL OR other_tags LIKE '%name%'"
# GDAL writes the tags it has no column for as PostgreSQL's hstore does: "key"=>"value".
_HSTORE = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")
_ID = re.compile(r"(?:(node|way|relation)/)?(\d+)")
# Keys that hold names, and the kind of name; `name:ar` and `alt_name:en` have a language.
_NAME_KEYS = {
    "name": "alternate",
    "alt_name": "alternate",
    "int_name": "alternate",
    "nat_name": "alternate",
    "reg_name": "alternate",
    "official_name": "alternate",
    "short_name": "short",
    "loc_name": "colloquial",
    "nickname": "colloquial",
    "old_name": "historic",
}
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z]{2,8})?")
_COUNTRY_KEYS = ("ISO3166-1:alpha2", "ISO3166-1")


class _Rule(NamedTuple):
    """A line of `osm_features.csv`."""

    value: str
    also: tuple[str, str]
    code: str
    rank: int


@cache
def load_rules() -> dict[str, list[_Rule]]:
    """The lines of `gazetteer/data/osm_features.csv` by key, in their order."""
    text = files("gazetteer").joinpath("data", "osm_features.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rules: dict[str, list[_Rule]] = {}
    for rank, row in enumerate(csv.DictReader(lines)):
        key, _, value = row["also"].partition("=")
        rule = _Rule(row["value"], (key, value), row["feature_code"], rank)
        rules.setdefault(row["key"], []).append(rule)
    return rules


def find_feature_code(tags: Mapping[str, str]) -> str:
    """Returns GeoNames' feature code for an object's tags; empty for one that is no place.

    >>> find_feature_code({"aeroway": "aerodrome", "military": "airfield"})
    'AIRB'
    """
    rules = load_rules()
    fitting = [
        rule
        for key, value in tags.items()
        for rule in rules.get(key, ())
        if (rule.value == value or (rule.value == "*" and value != "no"))
        and (not rule.also[0] or tags.get(rule.also[0]) == rule.also[1])
    ]
    return min(fitting, key=lambda rule: rule.rank).code if fitting else ""


def read_osm(path: Path, country: str = "") -> Iterator[Found]:
    """Yields the named places of an extract or of GeoJSON; `country` where an object has none."""
    is_extract = path.suffix.lower() in EXTRACTS
    for layer in find_layers(path):
        if not is_extract or layer.name in _LAYERS:
            yield from _read_layer(path.name, layer, country, is_extract=is_extract)


def _read_layer(file: str, layer: Layer, country: str, *, is_extract: bool) -> Iterator[Found]:
    columns = None if is_extract else _used_columns(layer)
    rows = read_features(file, layer, columns=columns, where=_NAMED if is_extract else None)
    yield from read_each(file, rows, lambda feature: _make_feature(feature, layer, country))


def read_overpass(path: Path, country: str = "") -> Iterator[Found]:
    """Yields the named places of what Overpass answers as JSON (`out center` or `out geom`)."""
    yield from read_each(path.name, read_elements(path), lambda one: _make_element(one, country))


def _used_columns(layer: Layer) -> list[str]:
    """The columns that are read: an export has one for each key that any object has."""
    wanted = {"id", "@id", "@type", "tags", "type", "population", *_COUNTRY_KEYS}
    for key, rules in load_rules().items():
        wanted |= {key, *(rule.also[0] for rule in rules)}
    return [name for name in layer.columns if name in wanted or _split_name_key(name)]


def _make_feature(feature: Feature, layer: Layer, country: str) -> Place | Shaped | None:
    tags = {key: str(value) for key, value in feature.cells.items() if value not in {"", None}}
    tags |= _parse_more(tags.pop("other_tags", ""), tags.pop("tags", ""))
    names = gather_names(tags) if find_feature_code(tags) else ()
    if not names:
        return None
    spot = find_spot(feature.shape, names[0].text)
    return _make_place(tags, _find_id(tags, layer), names, spot, country)


def _parse_more(hstore: str, nested: str) -> dict[str, str]:
    r"""Tags that come as one text: hstore from GDAL's driver, or JSON nested in GeoJSON.

    >>> _parse_more(r'"name:en"=>"Aleppo","note"=>"the \"white\" one"', "")
    {'name:en': 'Aleppo', 'note': 'the "white" one'}
    """
    found = {
        _ESCAPED.sub(r"\1", key): _ESCAPED.sub(r"\1", value)
        for key, value in _HSTORE.findall(hstore)
    }
    try:
        tags = orjson.loads(nested) if nested.startswith("{") else {}
    except orjson.JSONDecodeError:
        return found
    return found | {str(key): str(value) for key, value in tags.items() if value is not None}


def _find_id(tags: dict[str, str], layer: Layer) -> str:
    """OSM's id with the first letter of its kind: n5, w7, r12."""
    if "osm_way_id" in tags:
        return f"w{tags['osm_way_id']}"
    if "osm_id" in tags:
        return f"{_LAYERS.get(layer.name, 'n')}{tags['osm_id']}"
    for key in ("@id", "id"):
        match = _ID.fullmatch(tags.get(key, ""))
        if match:
            kind = match[1] or tags.get("@type") or tags.get("type") or ""
            return f"{kind[:1] if kind in {'node', 'way', 'relation'} else 'x'}{match[2]}"
    raise BadCellError("@id", "the object has no id of OpenStreetMap; export it with its id")


def _make_element(element: Element, country: str) -> Place | Shaped | None:
    names = gather_names(element.tags) if find_feature_code(element.tags) else ()
    if not names:
        return None
    spot = find_spot(element.shape, names[0].text)
    return _make_place(element.tags, element.number, names, spot, country)


def _make_place(
    tags: Mapping[str, str], number: str, names: tuple[PlaceName, ...], spot: Spot, home: str
) -> Place | Shaped:
    code = find_feature_code(tags)
    digits = re.match(r"\d{1,9}", tags.get("population", "").replace(",", "").strip())
    people = int(digits[0]) if digits else 0
    country = next((tags[key] for key in _COUNTRY_KEYS if len(tags.get(key, "")) == 2), home)
    place = Place(
        place_id=f"osm:{number}",
        name=names[0].text,
        lon=spot.lon,
        lat=spot.lat,
        feature_code=code,
        country=country.upper(),
        source=SOURCE,
        radius_km=spot.radius_km or make_radius_km(code, people),
        names=names,
        population=people,
    )
    return Shaped(place, spot.area) if spot.area else place


def gather_names(tags: Mapping[str, str]) -> tuple[PlaceName, ...]:
    """Returns an object's names, the one to show first: in Latin letters where it has one.

    >>> [n.text for n in gather_names({"name": "حلب", "name:en": "Aleppo", "old_name": "Beroea"})]
    ['Aleppo', 'حلب', 'Beroea']
    """
    found: dict[str, PlaceName] = {}
    for key in sorted(tags, key=_rank):
        split = _split_name_key(key)
        if not split:
            continue
        for part in tags[key].split(";"):
            text = " ".join(part.split())
            if any(map(str.isalnum, text)) and len(text) <= MOST_LETTERS:
                known = found.get(text)
                if known is None or not known.lang:
                    found[text] = PlaceName(text, split[0], known.kind if known else split[1])
    names = list(found.values())
    if not names:
        return ()
    main = min(names, key=lambda name: is_arabic(name.text))
    others = [name for name in names if name is not main]
    return (PlaceName(main.text, main.lang, "main"), *others)


def _rank(key: str) -> tuple[int, str]:
    """`name` first, then `name:en`, then the rest."""
    return ({"name": 0, "name:en": 1, "int_name": 2}.get(key, 3), key)


def _split_name_key(key: str) -> tuple[str, str] | None:
    """Language and kind of the names under a key; `None` for a key that holds none.

    >>> _split_name_key("old_name:ku-Arab"), _split_name_key("name:etymology")
    (('ku', 'historic'), None)
    """
    stem, colon, rest = key.partition(":")
    kind = _NAME_KEYS.get(stem)
    if kind is None or not colon:
        return ("", kind) if kind else None
    match = _LANGUAGE.fullmatch(rest)
    return (match[1], kind) if match else None
