"""The same 2,000 names through a real Nominatim and through our resolver, side by side.

Run from the repository: python -m benchmarks.nominatim [--cache DIR] [--names N] [--keep FILE]
Needs the reference data beside the repository (../shared/data) and `make servers`.

Both know the same places: ours with Who's On First, OCHA and the bundled places loaded, and a
Nominatim on loopback fed with all of those that lie in Syria, every name of theirs, and the
borders of the governorates (OCHA). The names are UCDP GED's (CC BY 4.0), distinct: all places
coded exact or near a point (where_prec 1, 2), and as many of OCHA's Arabic names as make 2,000.
An answer is right within 5 km of the position coded. Nominatim's first answer counts, whatever it is, as its users
take it.
"""

import argparse
import hashlib
import http.client
import json
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import geopandas as gpd
import pandas as pd

from benchmarks.names import ADDED, NEAR_KM, SHARED
from benchmarks.nominatim_server import NominatimServer, find_missing, run_nominatim
from benchmarks.osm_file import OsmArea, OsmPlace, write_osm
from gazetteer.index import Gazetteer
from gazetteer.locate import locate_phrase
from gazetteer.online import OnlineOptions, open_online
from gazetteer.phrases import parse_phrase
from gazetteer.place import Context, Mention, Place
from gazetteer.sources.radius import lookup_feature
from gazetteer.spelling import is_arabic
from gazetteer.store import open_gazetteer
from geo.areas import area_geometry, load_areas
from geo.measure import Position, distance_km

NAMES = 2_000
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

Found = tuple[float, float] | None


class Name(NamedTuple):
    """A name of UCDP's: its words, its governorate, where its coders put it."""

    text: str
    admin1: str
    position: Position


@dataclass(frozen=True)
class Score:
    """How a set of names came out."""

    title: str
    right: int
    unresolved: int
    count: int
    wall_ms: float
    cpu_ms: float

    def __str__(self) -> str:
        """One line of the table."""
        return (
            f"{self.title:58} top 1 within {NEAR_KM:.0f} km {self.right / self.count:.3f}  "
            f"unresolved {self.unresolved / self.count:.3f}  "
            f"ms a name: wall {self.wall_ms:6.2f}, CPU {self.cpu_ms:6.2f}"
        )


def read_names(count: int) -> list[Name]:
    """UCDP's distinct places of Syria, exact ones, then near ones; OCHA's to make up the number."""
    table = pd.read_csv(SHARED / "ucdp" / "ged_syria_2016_2019.csv", low_memory=False)
    table = table[table["where_prec"].isin([1, 2])].dropna(subset=["where_coordinates"])
    keys = ["where_coordinates", "adm_1"]
    groups = table.fillna({"adm_1": ""}).groupby(keys, as_index=False)
    found = groups.agg(
        where_prec=("where_prec", "min"),
        latitude=("latitude", lambda values: values.mode().iloc[0]),
        longitude=("longitude", lambda values: values.mode().iloc[0]),
    ).sort_values(["where_prec", *keys], kind="stable")
    names = [
        Name(row.where_coordinates, row.adm_1, Position(row.longitude, row.latitude))
        for row in found.head(count).itertuples(index=False)
    ]
    return [*names, *_read_arabic(count - len(names))]


def _read_arabic(count: int) -> list[Name]:
    """So many Arabic names of OCHA's, of those that only one community of its governorate has."""
    table = pd.read_csv(SHARED / "ocha" / "syr_populated_places_ocha.csv")
    keys = ["LocationName_ar", "admin1Name_en"]
    table = table.dropna(subset=keys).drop_duplicates(keys, keep=False)
    digests = table["Location_Pcode"].map(lambda text: hashlib.sha256(text.encode()).digest())
    return [
        Name(row.LocationName_ar, row.admin1Name_en, Position(row.longitude, row.latitude))
        for row in table.loc[digests.sort_values().index[:count]].itertuples(index=False)
    ]


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
        tags = {"admin_level": "4", **_name_tags(list(texts))}
        yield OsmArea(_list_rings(row.geometry.simplify(_SIMPLIFY_DEG)), tags)


def _list_rings(shape: Any) -> list[list[tuple[float, float]]]:
    parts = getattr(shape, "geoms", [shape])
    return [[(x, y) for x, y, *_ in part.exterior.coords][:-1] for part in parts]


def measure(
    title: str,
    names: Sequence[Name],
    find: Callable[[Name], Found],
    read_cpu_s: Callable[[], float],
) -> Score:
    """Finds every name, one after the other, and scores what came out."""
    cpu_s, start = read_cpu_s(), time.perf_counter()
    found = [find(name) for name in names]
    wall_s, cpu_s = time.perf_counter() - start, read_cpu_s() - cpu_s
    right = sum(is_right(name, place) for name, place in zip(names, found, strict=True))
    scale = 1000 / len(names)
    return Score(title, right, found.count(None), len(names), wall_s * scale, cpu_s * scale)


def is_right(name: Name, found: Found) -> bool:
    """Whether a place is within reach of where the coders put the name."""
    return found is not None and distance_km(name.position, Position(*found)) <= NEAR_KM


def parse_mention(name: Name) -> Mention:
    """The first name of a text as our parser reads it."""
    phrase = parse_phrase(name.text)
    mentions = phrase.mentions if phrase is not None else ()
    return mentions[0] if mentions else Mention(name.text)


def ask_nominatim(connection: http.client.HTTPConnection, words: str) -> Found:
    """Nominatim's first answer in Syria."""
    query = {"q": words, "format": "jsonv2", "countrycodes": "sy", "limit": 1}
    connection.request("GET", f"/search?{urlencode(query)}")
    answers = json.loads(connection.getresponse().read())
    return (float(answers[0]["lon"]), float(answers[0]["lat"])) if answers else None


def find_here(gazetteer: Gazetteer, name: Name, *, admin1: str) -> Found:
    """Our first answer, none where we leave it open."""
    phrase = parse_phrase(name.text)
    if phrase is None:
        return None
    found = locate_phrase(gazetteer, phrase, Context("SY", admin1)).resolutions
    place = found[0].place if found else None
    return (place.lon, place.lat) if place is not None else None


def compare(
    names: Sequence[Name], gazetteer: Gazetteer, server: NominatimServer
) -> Iterator[Score]:
    """Yields a line of the table for each way to ask."""
    connection = http.client.HTTPConnection(server.domain, timeout=60)

    def ask(make_words: Callable[[Name], str]) -> Callable[[Name], Found]:
        return lambda name: ask_nominatim(connection, make_words(name))

    ways = {
        "Nominatim, the words as they are": lambda name: name.text,
        "Nominatim, the name alone": lambda name: parse_mention(name).text,
        "Nominatim, the name and its governorate": lambda name: ", ".join(
            filter(None, [parse_mention(name).text, name.admin1])
        ),
    }
    for title, make_words in ways.items():
        yield measure(title, names, ask(make_words), server.read_cpu_s)
    connection.close()
    for title, is_told in (
        ("ours, the words as they are", False),
        ("ours, and the governorate", True),
    ):

        def find(name: Name, *, is_told: bool = is_told) -> Found:
            return find_here(gazetteer, name, admin1=name.admin1 if is_told else "")

        yield measure(title, names, find, time.process_time)


def print_believed(names: Sequence[Name], server: NominatimServer) -> None:
    """Prints how often what `gazetteer.online` believes of Nominatim's answers is right."""
    settings = {"domain": server.domain, "scheme": "http"}
    scores: dict[float, list[bool]] = {}
    with open_online(OnlineOptions("nominatim", settings, pace_s=0)) as online:
        for name in names:
            found = online.resolve(parse_mention(name), Context("SY", name.admin1))
            if found is not None and found.place is not None:
                place = (found.place.lon, found.place.lat)
                scores.setdefault(found.score, []).append(is_right(name, place))
    print("believed by gazetteer.online, with the governorate")
    for score, rights in sorted(scores.items(), reverse=True):
        print(f"  score {score}: right {sum(rights) / len(rights):.3f} of {len(rights)}")


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=NAMES, help="how many names")
    parser.add_argument("--cache", type=Path, help="where indexes are kept; the user's else")
    parser.add_argument("--keep", type=Path, help="also keep the OSM file here")
    options = parser.parse_args()
    if not SHARED.is_dir() or find_missing():
        print(f"no reference data in {SHARED}, or missing: {find_missing()}", file=sys.stderr)
        return 1
    # Asked to end, we end as on Ctrl-C: the servers are stopped first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    names = read_names(options.names)
    with (
        open_gazetteer(options.cache, extra=[SHARED / name for name in ADDED]) as gazetteer,
        tempfile.TemporaryDirectory() as folder,
    ):
        osm_file = options.keep or Path(folder) / "syria.osm"
        count = write_places(osm_file, gazetteer)
        start = time.perf_counter()
        with run_nominatim(osm_file) as server:
            took_s = time.perf_counter() - start
            print(f"{len(names):,} names, {count:,} places; Nominatim was up in {took_s:.0f} s")
            for score in compare(names, gazetteer, server):
                print(score, flush=True)
            print_believed(names, server)
    return 0


if __name__ == "__main__":
    sys.exit(main())
