"""How often a place string of conflict data is put where its coders put it.

    python -m benchmarks.names                    every figure, about ten minutes
    python -m benchmarks.names --only syria       one part: syria, car, arabic, centcom, listed
    python -m benchmarks.names --misses 20        the surest wrong answers with their reasons
    python -m benchmarks.names --save             keeps results/names.json for the next comparison
    python -m benchmarks.names --write-docs       the tables and the picture of docs/names.md

Needs the reference data beside the repository (../shared/data). docs/names.md says what is asked
and how it is counted.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import platformdirs

if not __package__:  # run as a file: this folder's gazetteer.py would hide the package
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.names_answers import Answer
from benchmarks.names_data import NEAR_KM, SHARED
from benchmarks.names_history import (
    compare_names_kept,
    keep_names,
    load_kept,
    round_figures,
    save_kept,
)
from benchmarks.names_run import PARTS
from benchmarks.names_tables import make_page, write_docs

_CACHE = Path(platformdirs.user_cache_dir("incident-mapper")) / "benchmark"


def print_misses(answers: Sequence[Answer], most: int) -> None:
    """Prints the answers that are wrong, the surest first, with their reasons."""
    wrong = sorted((a for a in answers if not a.is_right), key=lambda a: -a.score)
    for answer in wrong[:most]:
        asked = answer.question
        print(f"- {asked.text} ({asked.admin1}) at {asked.lat:.4f}, {asked.lon:.4f}")
        if not answer.is_resolved:
            print(f"    {answer.unresolved}")
        else:
            place = f"{answer.name} {answer.place_id}, {answer.away_km:.0f} km"
            print(f"    {answer.score:.2f} {place}: {'; '.join(answer.reasons)}")
        for runner in answer.runners:
            if runner.away_km <= NEAR_KM:
                print(f"    right: {runner.score:.2f} {runner.name} {runner.place_id}")


def run_parts(
    parts: Sequence[str], cache: Path, most: int
) -> tuple[dict[str, Any], dict[str, list[Answer]]]:
    """The figures and the answers of the parts asked for."""
    figures: dict[str, Any] = {}
    sets: dict[str, list[Answer]] = {}
    for part in parts:
        print(f"{part} ...", file=sys.stderr)
        found, answers = PARTS[part](cache, most)
        figures |= found
        sets |= answers
    return figures, sets


def write_page(figures: Mapping[str, Any]) -> None:
    """Writes the tables into docs/names.md, and the picture beside it."""
    from benchmarks.names_picture import draw_reliability  # noqa: PLC0415 - a second to import

    draw_reliability(figures["calibration"]["all of these"])
    write_docs(make_page(figures))


def parse_options() -> argparse.Namespace:
    """Reads the command line."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="these parts")
    parser.add_argument("--sample", type=int, default=0, help="about so many questions a part")
    parser.add_argument("--misses", type=int, default=0, help="how many misses to show of each set")
    parser.add_argument("--cache", type=Path, default=_CACHE, help="where the indexes are kept")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--save", action="store_true", help="keep the results as the last ones")
    parser.add_argument("--write-docs", action="store_true", help="renew docs/names.md")
    options = parser.parse_args()
    whole = set(options.only) == set(PARTS) and not options.sample
    if (options.save or options.write_docs) and not whole:
        parser.error("--save and --write-docs need all parts and all questions")
    return options


def main() -> int:
    """Prints the tables, and what changed since the results that are kept."""
    options = parse_options()
    if not SHARED.is_dir():
        print(f"no reference data in {SHARED}", file=sys.stderr)
        return 1
    figures, sets = run_parts(options.only, options.cache, options.sample)
    print(make_page(figures))
    for title, answers in sets.items() if options.misses else ():
        print(f"\nmisses: {title}")
        print_misses(answers, options.misses)
    names = {title: keep_names(answers) for title, answers in sets.items()}
    print(
        "\n".join(
            [
                "",
                "since the last results kept",
                *compare_names_kept(load_kept().get("names", {}), names),
            ]
        )
    )
    if options.json:
        options.json.write_text(json.dumps(round_figures(figures), indent=1), encoding="utf-8")
    if options.save:
        save_kept(figures, names)
    if options.write_docs:
        write_page(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
