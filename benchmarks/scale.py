"""Measures building and opening a gazetteer of millions of places, made up in GeoNames' shape.

Run `python -m benchmarks.scale --millions 12`; `--folder F` keeps the file and the index. The file
has GeoNames' layout and is read as `allCountries.txt` would be: about 1.7 names a place, words of
two to ten letters from a vocabulary, a third of the names shared with other places, some in
Arabic script, positions in clusters over 200 countries. Everything follows from one seed.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

if not __package__:  # run as a file: this folder's gazetteer.py would hide the package
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from geo.areas import load_areas

CHUNK = 200_000
WORDS = 400_000
SYLLABLES = (
    *("al", "ar", "bab", "ba", "dar", "de", "el", "en", "fa", "gha", "ha", "hu", "in", "ja", "ka"),
    *("khan", "la", "li", "ma", "mir", "na", "nur", "o", "pa", "qa", "ra", "ri", "sa", "shi", "so"),
    *("tal", "te", "to", "u", "va", "wa", "ya", "za", "zur", "bel", "cor", "lin", "mon", "ton"),
)
ARABIC = ("تل", "خان", "كفر", "بيت", "دار", "ال", "شي", "مر", "نو", "با", "جا", "سا", "زيد", "قا")
CODES = ("PPL", "PPL", "PPL", "PPLX", "STM", "HLL", "MT", "SCH", "CH", "FRM", "LK", "ADM4", "HTL")


def main() -> None:
    """Prints the figures, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, default=1.0, help="how many places")
    parser.add_argument("--folder", type=Path, help="folder that keeps the file and the index")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        measure(folder, round(options.millions * 1e6))


def measure(folder: Path, count: int) -> None:
    """Prints the figures of an index of so many places, built in a folder."""
    table, index = folder / f"made-{count}.txt", folder / f"made-{count}.gazetteer"
    if not table.is_file():
        write_table(table, count)
    print(f"table           {table.stat().st_size / 1e6:8.1f} MB")
    for label, program in (("build", BUILD), ("opening", OPEN), ("look-ups", LOOK_UP)):
        print(f"{label}: {run(program, table, index)}", end="", flush=True)
        print(f"load            {os.getloadavg()[0]:8.1f} on {os.cpu_count()} cores", flush=True)
    print(f"size            {index.stat().st_size / 1e6:8.1f} MB")


def run(program: str, table: Path, index: Path) -> str:
    """What a program prints that runs in a process of its own."""
    root = Path(__file__).parents[1]
    command = [sys.executable, "-c", HEAD + program, str(table), str(index)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=root).stdout


HEAD = """
import sys, time
from pathlib import Path
table, index = map(Path, sys.argv[1:])
start = time.perf_counter()
"""
BUILD = """
from benchmarks.scale import build
print(build(table, index))
"""
OPEN = """
from gazetteer.index import Gazetteer
times = []
for _ in range(5):
    start = time.perf_counter()
    Gazetteer(index).close()
    times.append(time.perf_counter() - start)
stamp = index.with_name(index.name + '.checked')
stamp.unlink(missing_ok=True)
start = time.perf_counter()
Gazetteer(index).close()
checked = time.perf_counter() - start
print(f'{times[0] * 1e3:.1f} ms, then {sorted(times)[2] * 1e3:.1f} ms;'
      f' {checked:.2f} s where the file must be checked in full')
"""
LOOK_UP = """
import numpy as np
from gazetteer.index import Gazetteer
gazetteer = Gazetteer(index)
pick = np.random.default_rng(3)
rows = pick.integers(gazetteer.place_count, size=10_000).tolist()
names = [gazetteer.take_place(row).name for row in rows]
gazetteer.close()
def read_memory(what):
    lines = Path('/proc/self/status').read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(what))) / 1024
Path('/proc/self/clear_refs').write_text('5')  # the peak begins anew
gazetteer = Gazetteer(index)
times, cpu, resident = [], [], []
for name in names:
    start = time.perf_counter(), time.process_time()
    gazetteer.find_matches(name[:-1], limit=30)
    times.append(time.perf_counter() - start[0])
    cpu.append(time.process_time() - start[1])
    if len(times) in (1000, 10_000):
        resident.append(read_memory('VmRSS'))
peak = read_memory('VmHWM')
start = time.process_time()
gazetteer.find_hits([name[:-1] for name in names[:2000]], [''] * 2000, limit=30)
similar, together = (time.process_time() - start) / 2000 * 1e3, read_memory('VmHWM')
start, rare = time.process_time(), [f'{name} {at}' for at, name in enumerate(names)]
gazetteer.find_exact(rare)
absent = (time.process_time() - start) / len(names) * 1e6
start = time.process_time()
places = len(gazetteer.find_exact_hits(names[:1000], [''] * 1000).place)
exact = (time.process_time() - start) / 1000 * 1e6
for label, found in (('1,000', slice(0, 1000)), ('10,000', slice(None))):
    middle, slow = np.percentile(times[found], [50, 99]) * 1e3
    usual, most = np.percentile(cpu[found], [50, 99]) * 1e3
    print(f'{label} names one by one: p50 {middle:.2f} ms, p99 {slow:.2f} ms'
          f' (CPU {usual:.2f} and {most:.2f} ms)')
print(f'resident {resident[0]:.0f} MB after 1,000, {resident[1]:.0f} MB after 10,000,'
      f' {peak:.0f} MB at most')
print(f'many at once: {similar:.2f} ms of CPU a name, {together:.0f} MB resident at most;'
      f' exact {exact:.0f} us with {places / 1000:.0f} places a name, {absent:.0f} us with none')
"""


def build(table: Path, index: Path) -> str:
    """Builds an index of a table; returns time and memory, of this process and its helpers."""
    # Late: what reads only the file needs none of it.
    from gazetteer.assemble import Inputs, assemble_index  # noqa: PLC0415

    start = time.perf_counter()
    assemble_index(index, Inputs("made", [], [table]), notify=print, progress=True)
    own, helpers = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return (
        f"{time.perf_counter() - start:.1f} s; CPU {own.ru_utime + own.ru_stime:.1f} s"
        f" + {helpers.ru_utime + helpers.ru_stime:.1f} s in helpers; peak"
        f" {own.ru_maxrss / 1024:.0f} MB + {helpers.ru_maxrss / 1024:.0f} MB"
    )


def write_table(path: Path, count: int) -> None:
    """Writes a table of made-up places in GeoNames' layout."""
    pick = np.random.default_rng(1)
    latin, arabic = make_words(pick, SYLLABLES, WORDS), make_words(pick, ARABIC, WORDS // 10)
    centres = np.column_stack([pick.uniform(-170, 175, 20_000), pick.uniform(-50, 70, 20_000)])
    homes = np.array([area.country for area in load_areas() if area.level == 0 and area.country])
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for first in range(0, count, CHUNK):
            size = min(CHUNK, count - first)
            centre = pick.integers(len(centres), size=size)
            positions = centres[centre] + pick.normal(0, 0.4, (size, 2))
            names = make_names(pick, latin, size)
            others = make_others(pick, names, latin, arabic)
            country = homes[centre % len(homes)]
            codes = np.array(CODES)[pick.integers(len(CODES), size=size)]
            rows = zip(names, others, positions.tolist(), country, codes, strict=True)
            file.writelines(
                f"{20_000_000 + first + at}\t{name}\t{name}\t{other}\t{lat:.5f}\t{lon:.5f}\tP"
                f"\t{code}\t{home}\t\t01\t\t\t\t0\t\t0\t\t2024-01-01\n"
                for at, (name, other, (lon, lat), home, code) in enumerate(rows)
            )


def make_words(pick: np.random.Generator, syllables: tuple[str, ...], count: int) -> list[str]:
    """Words of one to four syllables."""
    parts = np.array(syllables)[pick.integers(len(syllables), size=(count, 4))].tolist()
    lengths = pick.integers(2, 5, size=count).tolist()
    return [
        "".join(part[:length]).capitalize() for part, length in zip(parts, lengths, strict=True)
    ]


def make_names(pick: np.random.Generator, words: list[str], count: int) -> list[str]:
    """Names of one to three words, some words and whole names far more common than others."""
    common = (pick.pareto(0.7, size=(count, 3)) * 40).astype(np.int64) % len(words)
    lengths = pick.choice([1, 2, 3], p=[0.35, 0.45, 0.2], size=count)
    return [
        " ".join(words[word] for word in row[:length])
        for row, length in zip(common.tolist(), lengths.tolist(), strict=True)
    ]


def make_others(
    pick: np.random.Generator, names: list[str], words: list[str], arabic: list[str]
) -> list[str]:
    """The other names of each place: for most none, for some another spelling or script."""
    kinds = pick.choice(4, p=[0.6, 0.2, 0.1, 0.1], size=len(names)).tolist()
    numbers = pick.integers(len(arabic), size=len(names)).tolist()
    return [
        ("", f"{name[:-1]}ah", arabic[number], f"{words[number]} {name},{arabic[number]}")[kind]
        for name, kind, number in zip(names, kinds, numbers, strict=True)
    ]


if __name__ == "__main__":
    main()
