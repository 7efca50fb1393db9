"""The gazetteer's Syrian places and OCHA's governorates as OSM XML, for a Nominatim to import."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd

from benchmarks.names_data import SHARED
from benchmarks.osm_file import OsmArea, OsmPlace, write_osm
from gazetteer.index import Gazetteer
from gazetteer.place import Place
from gazetteer.sources.radius import lookup_feature
from gazetteer.spelling import is_arabic
from geo.areas import area_geometry, load_areas

# Borders are simplified by this: some 200 m, far below what is measured.
_SIMPLIFY_DEG = 0.002
# OSM's tags for a class of features.csv; settlements by their people (OSM wiki: place=*).
_TAGS = {
    "neighbourhood": ("place", "neighbourhood"),
    "airport": ("aeroway", "aerodrome"),
    "military": ("military", "base"),
    "crossing": ("barrier", "border_control"),
    "camp": ("amenity", "refugee_site"),
    "dam": ("waterway", "dam"),
    "mountain": ("natural", "peak"),
    "water": ("natural", "water"),
    "island": ("place", "island"),
    "region": ("place", "region"),
    "ruin": ("historic", "ruins"),
}
_CITY, _TOWN = 50_000, 5_000
# A tag's value is no longer than this in OSM.
_MOST_LETTERS = 255
# Areas without a border of ours here would be points of the wrong kind.
_LEFT_OUT = frozenset({"country", "area1", "area2", "area3", "area4", "area"})


def write_places(path: Path, gazetteer: Gazetteer) -> int:
    """Writes the gazetteer's Syrian places and borders as OSM XML; returns how many places."""
    rows = map(gazetteer.take_place, range(gazetteer.place_count))
    places = [tagged for place in rows if place.country == "SY" for tagged in _tag(place)]
    write_osm(path, places, list(_read_areas()))
    return len(places)


def _tag(place: Place) -> list[OsmPlace]:
    """A place with OSM's tags, none for an area."""
    group = lookup_feature(place.feature_code).group
    if group in _LEFT_OUT:
        return []
    if group == "settlement":
        size = "city" if place.population >= _CITY or place.feature_code == "PPLC" else ""
        size = size or ("town" if place.population >= _TOWN else "village")
        key, value = "place", size
    else:
        key, value = _TAGS.get(group, ("place", "locality"))
    names = list(dict.fromkeys([place.name, *(name.text for name in place.names)]))
    tags = {key: value, **_name_tags(names)}
    if place.population:
        tags["population"] = str(place.population)
    return [OsmPlace(place.lon, place.lat, tags)]


def _name_tags(names: Sequence[str]) -> dict[str, str]:
    latin = [name for name in names if not is_arabic(name)]
    arabic = [name for name in names if is_arabic(name)]
    tags = {"name": names[0]}
    tags |= {"name:en": latin[0]} if latin else {}
    tags |= {"name:ar": arabic[0]} if arabic else {}
    others = [name for name in names if name not in tags.values() and len(name) <= _MOST_LETTERS]
    return tags | _join_others(others)


def _join_others(names: Sequence[str]) -> dict[str, str]:
    """Further names, joined as OSM joins them, in as many tags as their length asks for."""
    tags: list[str] = []
    for name in names:
        if tags and len(tags[-1]) + 1 + len(name) <= _MOST_LETTERS:
            tags[-1] += f";{name}"
        else:
            tags.append(name)
    return {f"alt_name:{at}" if at else "alt_name": text for at, text in enumerate(tags)}


def _read_areas() -> Iterator[OsmArea]:
    """Syria, and OCHA's governorates with all names we know of them."""
    country = area_geometry("SY").simplify(_SIMPLIFY_DEG)
    names = {"name": "Syria", "name:en": "Syria", "name:ar": "سوريا", "ISO3166-1:alpha2": "SY"}
    yield OsmArea(_list_rings(country), {"admin_level": "2", **names})
    ours = [area for area in load_areas() if area.level == 1 and area.country == "SY"]
    for row in gpd.read_file(SHARED / "ocha" / "syr_adm1_20201217.geojson").itertuples():
        middle = row.geometry.representative_point()
        holder = min(ours, key=lambda area: area_geometry(area.area_id).distance(middle))
        texts = dict.fromkeys([row.ADM1_EN, row.ADM1_AR, *holder.names])
        # As OSM writes them, "Idlib Governorate", and without that word.
        whole = [f"محافظة {t}" if is_arabic(t) else f"{t} Governorate" for t in texts]
        tags = {"admin_level": "4", **_name_tags([*whole, *texts])}
        yield OsmArea(_list_rings(row.geometry.simplify(_SIMPLIFY_DEG)), tags)


def _list_rings(shape: Any) -> list[list[tuple[float, float]]]:
    parts = getattr(shape, "geoms", [shape])
    return [[(x, y) for x, y, *_ in part.exterior.coords][:-1] for part in parts]
