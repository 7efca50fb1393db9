"""The same 2,000 names through a real Nominatim and through our resolver, side by side.

Run from the repository: python -m benchmarks.nominatim [--cache DIR] [--names N] [--keep FILE]
Needs the reference data beside the repository (../shared/data) and `make servers`.

Both know the same places: ours with Who's On First, OCHA and the bundled places loaded, and a
Nominatim on loopback fed with all of those that lie in Syria, every name of theirs, and the borders
of the governorates (OCHA). The names are UCDP GED's (CC BY 4.0), distinct: all places coded exact
or near a point (where_prec 1, 2), and as many of OCHA's Arabic names as make 2,000. An answer is
right within 5 km of the position coded. Nominatim's first answer counts, whatever it is, as its
users take it.
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
from typing import NamedTuple
from urllib.parse import urlencode

import pandas as pd

from benchmarks.names_data import INDEXES, NEAR_KM, SHARED
from benchmarks.nominatim_places import write_places
from benchmarks.nominatim_server import NominatimServer, find_missing, run_nominatim
from gazetteer.index import Gazetteer
from gazetteer.locate import locate_phrase
from gazetteer.online import OnlineOptions, ask_unknown, open_online
from gazetteer.phrases import parse_phrase
from gazetteer.place import Context, Mention, Resolution
from gazetteer.resolve import resolve_mention
from gazetteer.store import open_gazetteer
from geo.measure import Position, distance_km

NAMES = 2_000
RESULTS = Path(__file__).resolve().parent / "results" / "nominatim.json"
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


def print_fallback(names: Sequence[Name], bundled: Gazetteer, server: NominatimServer) -> None:
    """Prints what the bundled gazetteer gains by asking for the names that it does not know.

    This is what `gazetteer.online` is for, and what its scores are fitted to.
    """
    settings = {"domain": server.domain, "scheme": "http"}
    here = there = 0
    scores: dict[float, list[bool]] = {}
    with open_online(OnlineOptions("nominatim", settings, pace_s=0)) as online:
        for name in names:
            context = Context("SY", name.admin1)
            found = resolve_mention(bundled, parse_mention(name), context)
            here += is_right(name, _place(found))
            answer = ask_unknown(online, [found], context)[0]
            there += is_right(name, _place(answer))
            if answer.place is not None and answer.method == "geocoder":
                scores.setdefault(answer.score, []).append(is_right(name, _place(answer)))
    count = len(names)
    print(f"bundled gazetteer alone {here / count:.3f}, Nominatim for the rest {there / count:.3f}")
    for score, rights in sorted(scores.items(), reverse=True):
        print(
            f"  believed with score {score}: right {sum(rights) / len(rights):.3f} of {len(rights)}"
        )


def _place(found: Resolution) -> Found:
    return (found.place.lon, found.place.lat) if found.place is not None else None


def save(scores: Sequence[Score]) -> None:
    """Keeps the figures where `benchmarks.names` takes them from for its page."""
    heads = ["asked", "n", "top 1", "unresolved", "ms a name, wall", "ms a name, CPU"]
    rows = [
        [
            score.title.strip(),
            f"{score.count:,}",
            f"{score.right / score.count:.3f}",
            f"{score.unresolved / score.count:.3f}",
            f"{score.wall_ms:.1f}",
            f"{score.cpu_ms:.1f}",
        ]
        for score in scores
    ]
    text = json.dumps({"table": {"heads": heads, "rows": rows}}, ensure_ascii=False, indent=1)
    RESULTS.write_text(text + "\n", encoding="utf-8")


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=NAMES, help="how many names")
    parser.add_argument("--cache", type=Path, help="where indexes are kept; the user's else")
    parser.add_argument("--keep", type=Path, help="also keep the OSM file here")
    parser.add_argument("--save", action="store_true", help="keep the figures for docs/names.md")
    options = parser.parse_args()
    if not SHARED.is_dir() or find_missing():
        print(f"no reference data in {SHARED}, or missing: {find_missing()}", file=sys.stderr)
        return 1
    # Asked to end, we end as on Ctrl-C: the servers are stopped first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    names = read_names(options.names)
    with (
        open_gazetteer(
            options.cache, extra=[SHARED / name for name in INDEXES["syria"]]
        ) as gazetteer,
        tempfile.TemporaryDirectory() as folder,
    ):
        osm_file = options.keep or Path(folder) / "syria.osm"
        count = write_places(osm_file, gazetteer)
        start = time.perf_counter()
        with run_nominatim(osm_file) as server:
            took_s = time.perf_counter() - start
            print(f"{len(names):,} names, {count:,} places; Nominatim was up in {took_s:.0f} s")
            scores = []
            for score in compare(names, gazetteer, server):
                print(score, flush=True)
                scores.append(score)
            if options.save:
                save(scores)
            with open_gazetteer(options.cache) as bundled:
                print_fallback(names, bundled, server)
    return 0


if __name__ == "__main__":
    sys.exit(main())
