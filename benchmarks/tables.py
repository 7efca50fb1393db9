"""Measures `locate_table` on a long table of few distinct names, against reading that table.

Run `python -m benchmarks.tables`; `--rows` (10,000,000) and `--names` (20,000 distinct ones) set
the size, `--folder F` keeps the tables in F. Names are drawn at random (seed 1) from the
gazetteer with their country; every other one is spelled as another romanisation might, with a
letter lost; one in ten is a village in words, one in twenty is only near. Each figure is CPU time
of a process of its own, and its peak memory (Linux).
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.gazetteer import spoil
from gazetteer.distinct import number_rows
from gazetteer.locate import locate_table
from gazetteer.store import open_gazetteer
from incident_mapper.tables import read_any_table

ROWS, NAMES = 10_000_000, 20_000
COLUMNS = ["town", "country"]


def main() -> None:
    """Prints the figures, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--names", type=int, default=NAMES)
    parser.add_argument("--folder", type=Path, help="folder that keeps the tables")
    parser.add_argument("--table", type=Path, help="measure this table, and print JSON")
    given = parser.parse_args()
    if given.table:
        print(json.dumps(measure(given.table)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        compare(given.folder or Path(temporary), given.rows, given.names)


def compare(folder: Path, rows: int, names: int) -> None:
    """Prints what reading, locating and joining cost for each kind of file, and their ratios."""
    distinct = make_distinct(names)
    distinct.to_parquet(folder / "distinct.parquet")
    numbers = np.random.default_rng(1).integers(0, names, rows)
    table = distinct.take(numbers).reset_index(drop=True)
    table.insert(0, "row", np.arange(rows))
    table.to_parquet(folder / "rows.parquet")
    table.to_csv(folder / "rows.csv", index=False)
    del table
    first = run_alone(folder / "distinct.parquet")
    print(f"{rows:,} rows, {names:,} distinct names, {first['located']:.1%} of them located")
    print(f"names alone     {first['locate_s']:8.1f} s, {names / first['locate_s']:,.0f} a second")
    for suffix in (".csv", ".parquet"):
        print_figures(run_alone(folder / f"rows{suffix}"), suffix, first["locate_s"], rows)


def print_figures(found: dict[str, Any], suffix: str, first_s: float, rows: int) -> None:
    """Prints what one file cost; `first_s` is what its distinct names cost alone."""
    read, locate, number = found["read_s"], found["locate_s"], found["number_s"]
    rest, added = locate - first_s, found["result_mb"]
    print(suffix)
    print(f"  read          {read:8.1f} s, peak {found['read_mb']:,.0f} MB")
    print(f"  locate        {locate:8.1f} s, {locate / read:.2f} times the reading")
    print(f"  of it, rows   {rest:8.1f} s, {rest / read:.2f} times the reading")
    print(f"  of it, number {number:8.1f} s")
    print(f"  peak          {found['peak_mb']:8,.0f} MB")
    print(f"  added         {added:8,.0f} MB, {added * 1e6 / rows:.0f} bytes a row")


def make_distinct(names: int) -> pd.DataFrame:
    """Distinct names with their countries."""
    pick = random.Random(1)  # noqa: S311 - a sample, not a secret
    rows: dict[tuple[str, str], None] = {}
    with open_gazetteer() as gazetteer:
        while len(rows) < names:
            place = gazetteer.take_place(pick.randrange(gazetteer.place_count))
            name = spoil(place.name, pick) if len(rows) % 2 else place.name
            if len(rows) % 10 == 0:
                name = f"{name} village"
            elif len(rows) % 20 == 1:
                name = f"near {name}"
            if place.country:
                rows[name, place.country] = None
    return pd.DataFrame(list(rows), columns=COLUMNS)


def run_alone(path: Path) -> dict[str, Any]:
    """What `measure` finds in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.tables", "--table", str(path)]
    root = Path(__file__).parents[1]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=root)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure(path: Path) -> dict[str, Any]:
    """CPU seconds to read a table, to number its rows and to locate it, and the memory for it."""
    start = time.process_time()
    table, _ = read_any_table(path)
    read = time.process_time()
    read_mb = peak_mb()
    with open_gazetteer() as gazetteer:
        opened = time.process_time()
        located = locate_table(table, gazetteer, place=["town"], country="country")
        done = time.process_time()
    peak = peak_mb()
    number_rows(table, COLUMNS)
    added = located.drop(columns=[name for name in table.columns if name in located.columns])
    shared = {"match_reasons", "alternatives", "geometry"}
    return {
        "read_s": read - start,
        "read_mb": read_mb,
        "locate_s": done - opened,
        "number_s": time.process_time() - done,
        "peak_mb": peak,
        "located": float(located.geometry.notna().mean()),
        # Lists and shapes are shared by the rows that are alike: eight bytes a row each.
        "result_mb": sum(
            8 * len(added) if name in shared else added[name].memory_usage(index=False, deep=True)
            for name in added.columns
        )
        / 1e6,
    }


def peak_mb() -> float:
    """The most memory the process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
