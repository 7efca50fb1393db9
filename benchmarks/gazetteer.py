"""Measures the gazetteer: build, open, memory, cold start, exact and fuzzy look-ups a second.

Run `python -m benchmarks.gazetteer`; `--folder F` keeps the index in F instead of a temporary
folder. Queries are names of places drawn at random (seed 1) from the index itself; for the fuzzy
ones the spelling is changed as romanisation changes it, and one letter is lost. rapidfuzz over all
folded names and SQLite's FTS5 trigrams (`benchmarks/peers.py`) get the first of the same names.

Times are of the processor, one core, but for opening and the cold start. "right" is the share of
names whose own place comes first, among ten, among all returned. The lines below it judge kinder,
and all alike: it is enough that a name of the place comes.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

if not __package__:  # run as a file: this folder's gazetteer.py would hide the package
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.peers import MOST, Finder, find_rank, list_names, make_rapidfuzz, make_trigrams
from gazetteer.index import Gazetteer
from gazetteer.normalize import fold, fold_names
from gazetteer.store import build_gazetteer, open_gazetteer

Array = NDArray[Any]

ROOT = Path(__file__).resolve().parents[1]
SWAPS = (("ou", "u"), ("q", "k"), ("ee", "i"), ("dh", "d"), ("j", "dj"), ("sh", "ch"), ("ā", "aa"))
EXACT, REPEATED, FUZZY, SINGLE, PEERS = 200_000, 2_000_000, 4_000, 1_000, 100
LIMIT = 50


def main() -> None:
    """Prints the figures, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="folder that keeps the index")
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as temporary:
        measure(folder or Path(temporary))


def measure(folder: Path) -> None:
    """Prints the figures of an index built in a folder."""
    start, used = time.perf_counter(), count_cpu_s()
    path = build_gazetteer(folder)
    took = time.perf_counter() - start
    print(f"build            {took:9.1f} s, {count_cpu_s() - used:.1f} s of processors")
    print(f"size             {path.stat().st_size / 1e6:9.1f} MB")
    print(f"open             {min(time_open(folder) for _ in range(5)) * 1e3:9.1f} ms")
    print(f"cold `find`      {min(time_cold(folder) for _ in range(3)):9.2f} s")
    print(f"resident         {measure_memory(folder):9.1f} MB after a thousand fuzzy look-ups")
    with open_gazetteer(folder) as gazetteer:
        print(f"places, names    {gazetteer.place_count:9,} {gazetteer.name_count:,}")
        measure_exact(gazetteer)
        measure_fuzzy(gazetteer)


def count_cpu_s() -> float:
    """Processor time of this process and of its children that ended, in seconds."""
    whose = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, whose))


def time_open(folder: Path) -> float:
    """How long opening takes, in seconds."""
    start = time.perf_counter()
    open_gazetteer(folder).close()
    return time.perf_counter() - start


def time_cold(folder: Path) -> float:
    """How long `find NAME` takes in a new process with the index in the cache, in seconds."""
    environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
    home = folder / "cache" / "incident-mapper"
    home.mkdir(parents=True, exist_ok=True)
    index = home / "world.gazetteer"
    if not index.exists():
        index.hardlink_to(folder / "world.gazetteer")
    command = [sys.executable, "-m", "incident_mapper", "find", "Maaret al-Numan"]
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
    return time.perf_counter() - start


def run_cold(folder: Path, program: str) -> str:
    """What a program prints that has the open gazetteer as `gazetteer`."""
    head = (
        "import sys; from pathlib import Path; "
        "from gazetteer.store import open_gazetteer; "
        "gazetteer = open_gazetteer(Path(sys.argv[1])); "
    )
    command = [sys.executable, "-c", head + program, str(folder)]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


def measure_memory(folder: Path) -> float:
    """The memory of a new process after a thousand fuzzy look-ups, in MB (Linux)."""
    program = (
        "[gazetteer.find_matches(f'Tell {n}alam', limit=30) for n in range(1000)]; "
        "lines = Path('/proc/self/status').read_text().splitlines(); "
        "print(next(line.split()[1] for line in lines if line.startswith('VmRSS')))"
    )
    return float(run_cold(folder, program)) / 1024


def measure_exact(gazetteer: Gazetteer) -> None:
    """Prints exact look-ups a second: distinct names, and a table's rows that repeat them."""
    pick = random.Random(1)  # noqa: S311 - a sample, not a secret
    rows = [pick.randrange(gazetteer.place_count) for _ in range(2 * EXACT)]
    names = gazetteer.texts(gazetteer.columns(rows).name)
    distinct = list(dict.fromkeys(names))[:EXACT]
    repeated = pick.choices(distinct[:20_000], k=REPEATED)
    everywhere = [""] * len(distinct)
    for label, names, call in (
        ("distinct, hits", distinct, lambda: gazetteer.find_exact_hits(distinct, everywhere)),
        ("distinct, ids", distinct, lambda: gazetteer.find_exact(distinct)),
        ("repeated, ids", repeated, lambda: gazetteer.find_exact(repeated)),
    ):
        print(f"exact, {label}  {len(names) / min(time_cpu(call) for _ in range(3)):11,.0f}/s")


def time_cpu(call: Callable[[], object]) -> float:
    """Processor time of a call, in seconds."""
    start = time.process_time()
    call()
    return time.process_time() - start


def measure_fuzzy(gazetteer: Gazetteer) -> None:
    """Prints misspelt names a second, in bulk and one by one, ours and the others'."""
    pick = random.Random(1)  # noqa: S311
    rows = np.array([pick.randrange(gazetteer.place_count) for _ in range(FUZZY)])
    places = [gazetteer.take_place(row) for row in rows.tolist()]
    noisy = [spoil(place.name, pick) for place in places]
    codes = [place.country for place in places]
    names = list_names(gazetteer)
    peers: dict[str, Finder] = {
        "ours": partial(find_names, gazetteer),
        "rapidfuzz": make_rapidfuzz(names),
        "FTS5": make_trigrams(names),
    }
    for label, countries in (("world", [""] * FUZZY), ("country known", codes)):
        start = time.process_time()
        hits = gazetteer.find_hits(noisy, countries, limit=LIMIT)
        rate = FUZZY / (time.process_time() - start)
        at = np.searchsorted(hits.query, np.arange(FUZZY))
        ranks = np.full(FUZZY, MOST)
        own = np.flatnonzero(hits.place == rows[hits.query])
        ranks[hits.query[own]] = own - at[hits.query[own]]
        print_rate(f"fuzzy, {label}", rate, ranks)
        pairs = list(zip(noisy, countries, strict=True))
        print_single(gazetteer, pairs[:SINGLE])
        right = [{fold(name.text) for name in place.names} for place in places[:PEERS]]
        for name, find in peers.items():
            print_peer(f"  {name}", find, pairs[:PEERS], (right, rate))


def find_names(gazetteer: Gazetteer, name: str, country: str) -> list[str]:
    """The folded names that our look-up of one name meets, the likest first."""
    hits = gazetteer.find_hits([name], [country], limit=LIMIT)
    return list(dict.fromkeys(fold_names(gazetteer.texts(hits.text))))


def print_rate(label: str, rate: float, ranks: Array, more: str = "") -> None:
    """Prints names a second, and how often the right one is first, among ten, at all."""
    shares = [float((ranks < most).mean()) for most in (1, 10, MOST)]
    right = " ".join(f"{share:.3f}" for share in shares)
    print(f"{label:22} {rate:9,.1f}/s  right {right}  of {len(ranks)}{more}")


def print_single(gazetteer: Gazetteer, pairs: Sequence[tuple[str, str]]) -> None:
    """Prints the time of one name alone, with its places made."""
    times = [
        time_cpu(partial(gazetteer.find_matches, name, country=code, limit=LIMIT))
        for name, code in pairs
    ]
    middle, slow = np.percentile(times, [50, 99]) * 1e3
    print(f"  one name alone       p50 {middle:.2f} ms, p99 {slow:.2f} ms")


def print_peer(
    label: str,
    find: Finder,
    pairs: Sequence[tuple[str, str]],
    known: tuple[Sequence[set[str]], float],
) -> None:
    """Prints what another way makes of the names, and how much slower it is."""
    right, ours = known
    start = time.process_time()
    found = [find(fold(name), code) for name, code in pairs]
    rate = len(pairs) / (time.process_time() - start)
    ranks = np.array([find_rank(each, names) for each, names in zip(found, right, strict=True)])
    print_rate(label, rate, ranks, f"; {ours / rate:,.0f} times slower")


def spoil(name: str, pick: random.Random) -> str:
    """A name spelled as another romanisation might, with one letter lost."""
    for old, new in SWAPS:
        name = name.replace(old, new)
    at = pick.randrange(len(name))
    return name[:at] + name[at + 1 :] if len(name) > 3 else name


if __name__ == "__main__":
    main()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak, building  {peak:8.1f} MB")
