"""How often a name and its romanisation under a named system meet in the keys of names.

Run from the repository: python -m benchmarks.romanisation [--misses N] [--pairs FILE]
Needs the reference data beside the repository (../shared/data).

Data: interscript's test pairs (MIT): names in Arabic, Cyrillic, Hebrew and Armenian script, and
how BGN/PCGN, ALA-LC, the UN, ISO and national systems write them in Latin letters. Many are words
of grammar rather than names, one or two consonants long, and some systems write one letter
for two sounds (UN 1998: c for ц), so that not all of them can meet.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

if not __package__:  # run as a file: this folder's gazetteer.py would hide the package
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from gazetteer.normalize import skeleton
from gazetteer.spelling import compare_names

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
PAIRS = SHARED / "romanisation" / "interscript_test_pairs.tsv"
# Names closer than this count as spellings of one name.
NEAR = 0.2


class Pair(NamedTuple):
    """A name in its own script and in Latin letters, under one system."""

    system: str
    written: str
    latin: str

    @property
    def edits(self) -> int:
        """How many letters the skeletons differ in."""
        return Levenshtein.distance(skeleton(self.written), skeleton(self.latin))

    @property
    def is_near(self) -> bool:
        """Whether the two are taken for spellings of one name."""
        return compare_names(self.written, self.latin) < NEAR


class Score(NamedTuple):
    """Shares of the pairs: skeletons equal, within one edit, names near."""

    count: int
    equal: float
    one_edit: float
    near: float


def read_pairs(path: Path) -> Iterator[Pair]:
    """Yields the pairs of interscript's table."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for line in lines[1:]:
        if line:
            yield Pair(*line.split("\t"))


def score_pairs(pairs: list[Pair]) -> Score:
    """Returns the shares that meet."""
    edits, count = [pair.edits for pair in pairs], len(pairs)
    return Score(
        count,
        sum(each == 0 for each in edits) / count,
        sum(each <= 1 for each in edits) / count,
        sum(pair.is_near for pair in pairs) / count,
    )


def print_table(pairs: list[Pair]) -> None:
    """Prints the shares by system."""
    systems: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        systems[pair.system].append(pair)
    print(f"{'system':36} {'pairs':>5} {'equal':>6} {'1 edit':>6} {'near':>6}")
    for system, those in [*sorted(systems.items()), ("all", pairs)]:
        count, *shares = score_pairs(those)
        print(f"{system:36} {count:5} " + " ".join(f"{share:6.3f}" for share in shares))


def print_misses(pairs: list[Pair], most: int) -> None:
    """Prints pairs whose skeletons differ, those that differ most first."""
    missed = sorted((pair for pair in pairs if pair.edits), key=lambda pair: -pair.edits)
    for pair in missed[:most]:
        keys = f"{skeleton(pair.written)} {skeleton(pair.latin)}"
        print(f"  {pair.edits} {pair.system}: {pair.written} / {pair.latin} ({keys})")


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0, help="how many misses to show")
    parser.add_argument("--pairs", type=Path, default=PAIRS, help="the table of pairs")
    options = parser.parse_args()
    if not options.pairs.is_file():
        print(f"no table of pairs at {options.pairs}", file=sys.stderr)
        return 1
    pairs = list(read_pairs(options.pairs))
    print_table(pairs)
    print_misses(pairs, options.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
