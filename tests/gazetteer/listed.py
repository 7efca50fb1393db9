"""A small gazetteer of real names for tests: our list, the areas, and a few towns."""

from pathlib import Path

from gazetteer.build import build_index
from gazetteer.columns import collect_places
from gazetteer.index import Gazetteer
from gazetteer.place import Place, PlaceName
from gazetteer.sources.bundled import read_areas, read_listed

# id, name, other names, feature code, country, admin 1, lat, lon, population (GeoNames).
TOWNS = [
    ("geonames:169389", "Idlib", "إدلب", "PPLA", "SY", "Idlib", 35.93062, 36.63391, 128840),
    ("geonames:170063", "Aleppo", "حلب", "PPLA", "SY", "Aleppo", 36.20124, 37.16117, 2098210),
    ("geonames:170017", "Hama", "حماة", "PPLA", "SY", "Hama", 35.13179, 36.75783, 460602),
    ("geonames:170654", "Damascus", "دمشق", "PPLC", "SY", "Damascus", 33.5102, 36.29128, 1569394),
    ("geonames:169577", "Homs", "حمص", "PPLA", "SY", "Homs", 34.72682, 36.72339, 775404),
    ("geonames:2988507", "Paris", "باريس", "PPLC", "FR", "Paris", 48.85341, 2.3488, 2138551),
    ("geonames:4717560", "Paris", "", "PPLA2", "US", "Texas", 33.66094, -95.55551, 24782),
]


def _make_town(row):
    place_id, name, arabic, code, country, admin1, lat, lon, people = row
    names = (PlaceName(name, "en", "main"), *([PlaceName(arabic, "ar")] if arabic else []))
    return Place(
        place_id, name, lon, lat, code, country, "GeoNames", 5.0, names, admin1, "", people
    )


def build_listed(path: Path) -> Gazetteer:
    """Builds the gazetteer at a path and opens it."""
    places = [*read_areas(), *(p for p in read_listed() if isinstance(p, Place))]
    places += map(_make_town, TOWNS)
    build_index(collect_places(places), path, {"version": "test", "sources": []})
    return Gazetteer(path)
