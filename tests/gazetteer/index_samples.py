"""Places of a small index, and the index of them."""

from collections.abc import Iterator
from pathlib import Path

import shapely

from gazetteer.build import build_index
from gazetteer.columns import Listed, Shaped, collect_places
from gazetteer.place import Place, PlaceName

TOWNS = [
    # id, names (the first is shown), longitude, latitude, country, population
    ("geonames:169389", ("Idlib", "Idleb", "إدلب"), 36.63391, 35.93062, "SY", 128840),
    ("geonames:174448", ("Ālbū Kamāl", "Abu Kamal", "البوكمال"), 40.91854, 34.45226, "SY", 57572),
    ("geonames:167611", ("Maarat al-Numan", "معرة النعمان"), 36.6686, 35.6435, "SY", 58008),
    ("geonames:173230", ("‘Āmūdā", "Amuda", "عامودا"), 40.93001, 37.10417, "SY", 26821),
    ("geonames:163434", ("Tall Tamr", "تل تمر"), 40.3714, 36.65651, "SY", 0),
    ("geonames:276781", ("Tripoli", "Ţarābulus", "طرابلس"), 35.84968, 34.43352, "LB", 229398),
    ("geonames:2210247", ("Tripoli", "Ţarābulus", "طرابلس"), 13.18733, 32.88743, "LY", 1150989),
    ("geonames:3530757", ("Idilib",), -99.1, 19.4, "MX", 10),
]
PROVINCE = shapely.box(36.1, 35.3, 37.2, 36.4)


def read_samples() -> Iterator[Place | Listed | Shaped]:
    for place_id, names, lon, lat, country, people in TOWNS:
        place = Place(
            place_id, names[0], lon, lat, "PPL", country, "GeoNames", 1.25, population=people
        )  # fmt: skip
        yield Listed(place, names[1:])
    names = (PlaceName("Idlib", "en", "main"), PlaceName("إدلب", "ar"))
    province = Place("ocha:SY07", "Idlib", 36.65, 35.85, "ADM1", "SY", "OCHA", 70.0, names,
                     same_as=("area:SY-ID",))  # fmt: skip
    yield Shaped(province, shapely.to_wkb(PROVINCE))
    yield Place("own:1", "Nowhere", 0.0, 0.0, "PPL", "", "own list", 1.0)


def write_samples(folder: Path) -> Path:
    """An index of the samples, written into a folder."""
    path = folder / "small.gazetteer"
    sources = [{"name": "samples", "places": 10}]
    build_index(collect_places(read_samples()), path, {"version": "v1", "sources": sources})
    return path
