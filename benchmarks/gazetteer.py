"""Measures the gazetteer: build, open, size, memory, exact and fuzzy look-ups a second.

Run `python -m benchmarks.gazetteer`; `--folder F` keeps the index in F instead of a temporary
folder. Queries are names of places drawn at random (seed 1) from the index itself; for the fuzzy
ones the spelling is changed as romanisation changes it, and one letter is lost.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

if not __package__:  # run as a file: this folder's gazetteer.py would hide the package
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from gazetteer.index import Gazetteer
from gazetteer.store import build_gazetteer, open_gazetteer

SWAPS = (("ou", "u"), ("q", "k"), ("ee", "i"), ("dh", "d"), ("j", "dj"), ("sh", "ch"), ("ā", "aa"))
EXACT, FUZZY = 200_000, 2_000


def main() -> None:
    """Prints the figures, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="folder that keeps the index")
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as temporary:
        measure(folder or Path(temporary))


def measure(folder: Path) -> None:
    """Prints the figures of an index built in a folder."""
    start = time.perf_counter()
    path = build_gazetteer(folder)
    print(f"build           {time.perf_counter() - start:8.1f} s")
    print(f"size            {path.stat().st_size / 1e6:8.1f} MB")
    print(f"open            {min(time_open(folder) for _ in range(5)) * 1e3:8.1f} ms")
    print(f"cold start      {min(time_cold(folder) for _ in range(3)) * 1e3:8.1f} ms")
    with open_gazetteer(folder) as gazetteer:
        print(f"places, names   {gazetteer.place_count:8,} {gazetteer.name_count:,}")
        measure_queries(gazetteer)
    print(f"resident (cold) {measure_memory(folder):8.1f} MB")


def time_open(folder: Path) -> float:
    """How long opening takes, in seconds."""
    start = time.perf_counter()
    open_gazetteer(folder).close()
    return time.perf_counter() - start


def run_cold(folder: Path, program: str) -> str:
    """What a program prints that has the open gazetteer as `gazetteer`."""
    head = (
        "import sys; from pathlib import Path; "
        "from gazetteer.store import open_gazetteer; "
        "gazetteer = open_gazetteer(Path(sys.argv[1])); "
    )
    command = [sys.executable, "-c", head + program, str(folder)]
    root = Path(__file__).parents[1]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=root).stdout


def time_cold(folder: Path) -> float:
    """How long a new process takes to import, open and find one name, in seconds."""
    start = time.perf_counter()
    run_cold(folder, "gazetteer.find_matches('Maaret al-Numan', country='SY')")
    return time.perf_counter() - start


def measure_memory(folder: Path) -> float:
    """The memory of a new process after a thousand fuzzy look-ups, in MB (Linux)."""
    program = (
        "[gazetteer.find_matches(f'Tell {n}alam', limit=30) for n in range(1000)]; "
        "lines = Path('/proc/self/status').read_text().splitlines(); "
        "print(next(line.split()[1] for line in lines if line.startswith('VmRSS')))"
    )
    return float(run_cold(folder, program)) / 1024


def measure_queries(gazetteer: Gazetteer) -> None:
    """Prints look-ups a second and their spread."""
    pick = random.Random(1)  # noqa: S311 - a sample, not a secret
    rows = [pick.randrange(gazetteer.place_count) for _ in range(EXACT)]
    places = [gazetteer.take_place(row) for row in rows]
    names, countries = [place.name for place in places], [place.country for place in places]
    start = time.perf_counter()
    found = gazetteer.find_exact(names)
    rate = len(set(names)) / (time.perf_counter() - start)
    print(f"exact, in bulk  {rate:8,.0f} distinct names/s; {sum(map(bool, found)):,} found")
    noisy = [spoil(name, pick) for name in names[:FUZZY]]
    for label, codes in (("world", [""] * FUZZY), ("country known", countries[:FUZZY])):
        for limit in (30, 100):
            run = [
                lambda name=name, code=code, limit=limit: gazetteer.find_matches(
                    name, country=code, limit=limit
                )
                for name, code in zip(noisy, codes, strict=True)
            ]
            print_spread(f"fuzzy, {label}, {limit} at most", run)


def spoil(name: str, pick: random.Random) -> str:
    """A name spelled as another romanisation might, with one letter lost."""
    for old, new in SWAPS:
        name = name.replace(old, new)
    at = pick.randrange(len(name))
    return name[:at] + name[at + 1 :] if len(name) > 3 else name


def print_spread(label: str, run: Sequence[Callable[[], object]]) -> None:
    """Prints how many calls a second, and the time of the middle and the slowest of a hundred."""
    times = []
    for call in run:
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    middle, slow = np.percentile(times, [50, 99]) * 1e3
    print(f"{label}: {len(times) / sum(times):,.0f}/s, p50 {middle:.2f} ms, p99 {slow:.2f} ms")


if __name__ == "__main__":
    main()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak, building  {peak:8.1f} MB")
