"""Time and memory of reading GeoNames: a dump joined to its alternate names.

The files are made here, in GeoNames' layout and with its proportions (alternateNamesV2 has 1.5
rows a place, a third of them links and codes), since the real ones take 2.4 GB:

    python -m benchmarks.sources --places 1000000
"""

import argparse
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from gazetteer.sources.geonames import read_geonames

ROWS_PER_PLACE = 1.5
LARGEST_ID = 13_000_000
SYLLABLES = ["Abu", "Tal", "Kafr", "Deir", "Khan", "Maar", "Jabal", "Hama", "Zor", "Mish", "Rabi"]
LANGUAGES = ["ar", "en", "x", "ru", "fr", "de", "link", "wkdt", "zh", "link", "post", "fa"]


def _make_name(chance: random.Random) -> str:
    return " ".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 3))))


def write_dump(folder: Path, places: int) -> None:
    """Writes `XX.txt` with so many places, not in the order of their ids."""
    chance = random.Random(1)  # noqa: S311 - names for a measurement
    ids = chance.sample(range(1, LARGEST_ID), places)
    with (folder / "XX.txt").open("w", encoding="utf-8") as out:
        for number in ids:
            name = _make_name(chance)
            lat, lon = chance.uniform(-60, 70), chance.uniform(-180, 180)
            out.write(
                f"{number}\t{name}\t{name}\t{name} 2,{name} 3\t{lat:.5f}\t{lon:.5f}\tP\tPPL\tSY\t\t"
                "12\t\t\t\t0\t\t300\tAsia/Damascus\t2024-01-01\n"
            )
    with (folder / "alternateNamesV2.txt").open("w", encoding="utf-8") as out:
        for row in range(int(places * ROWS_PER_PLACE)):
            lang = chance.choice(LANGUAGES)
            text = _make_name(chance)
            if lang == "link":
                text = f"https://en.wikipedia.org/wiki/{text}"
            out.write(f"{row}\t{chance.choice(ids)}\t{lang}\t{text}\t\t\t\t\t\t\n")


def _count_names(path: Path) -> Iterator[int]:
    for place in read_geonames(path):
        yield len(place.names) if hasattr(place, "names") else 0


def main() -> None:
    """Reads the made files and prints what that cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=1_000_000)
    wanted = parser.parse_args().places
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        child = os.fork()
        if not child:  # its own process, so that writing does not count
            write_dump(folder, wanted)
            os._exit(0)
        os.waitpid(child, 0)
        sizes = {path.name: path.stat().st_size / 1e6 for path in folder.iterdir()}
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        start = time.process_time()
        places = names = 0
        for count in _count_names(folder / "XX.txt"):
            places, names = places + 1, names + count
        seconds = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(", ".join(f"{name} {size:,.0f} MB" for name, size in sizes.items()))
    print(f"{places:,} places, {int(wanted * ROWS_PER_PLACE):,} rows of names, {names:,} kept")
    print(f"{seconds:.1f} s of CPU, {seconds / places * 1e6:.1f} us a place")
    print(f"memory: {before:.0f} MB before, {peak:.0f} MB at most")


if __name__ == "__main__":
    main()
