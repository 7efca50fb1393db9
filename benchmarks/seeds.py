"""Scores the reading of reports against gold: found, missed and why, tolls, extras, and change.

    python -m benchmarks.seeds                     the five seeds of ../shared
    python -m benchmarks.seeds --set examples      the reports in examples/
    python -m benchmarks.seeds --set own           tests/reports/gold/own, our development set
    python -m benchmarks.seeds --set held_out      tests/reports/gold/held_out

The last result is kept in benchmarks/results/, so that each run says what was gained and lost;
`--save` replaces it. Exit code 1 where the targets are missed (scoring.py says what they are).
"""

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

if not __package__:  # run as a file: this folder's gazetteer.py would hide the package
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.scoring import Score, load_gold, score_report
from gazetteer.store import open_gazetteer
from reports.extract import extract_incidents
from reports.report import make_report

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
RESULTS = Path(__file__).resolve().parent / "results"
SETS = {
    "seeds": (SHARED / "seeds", SHARED / "gold" / "seed_incidents.json"),
    "examples": (ROOT / "examples" / "reports", ROOT / "tests/reports/gold/examples.json"),
    "own": (ROOT / "tests/reports/gold/own", ROOT / "tests/reports/gold/own"),
    "held_out": (ROOT / "tests/reports/gold/held_out", ROOT / "tests/reports/gold/held_out"),
}


def score_set(folder: Path, gold_path: Path) -> tuple[Score, list[dict[str, Any]]]:
    """The score of all reports of a folder that gold knows, and every record extracted."""
    gold = load_gold(gold_path)
    titles = read_titles(folder)
    whole = Score()
    kept: list[dict[str, Any]] = []
    with open_gazetteer() as gazetteer:
        for row in gold["reports"]:
            file = row["file"]
            report = make_report(
                (folder / file).read_text(encoding="utf-8"),
                report_id=Path(file).stem,
                title=titles.get(file, ""),
                publisher=row["publisher"],
                published=date.fromisoformat(row["published"]),
            )
            records = extract_incidents(report, gazetteer)
            part = score_report(records, gold["gold"][file]["incidents"])
            whole.outcomes.extend(part.outcomes)
            whole.extras.extend(part.extras)
            kept.extend(records)
    return whole, kept


def read_titles(folder: Path) -> dict[str, str]:
    """Titles by file name from the `reports.csv` of a folder, if it has one."""
    table = folder / "reports.csv"
    if not table.exists():
        return {}
    with table.open(encoding="utf-8", newline="") as lines:
        return {row["file"]: row.get("title", "") for row in csv.DictReader(lines)}


def summarize(score: Score) -> dict[str, Any]:
    """What is kept of a result: the outcome of each gold incident and the extras' ids."""
    return {
        "found": score.found,
        "incidents": len(score.outcomes),
        "tolls_right": score.tolls_right,
        "tolls": score.tolls,
        "extras": [extra.split(":")[0] for extra in score.extras],
        "outcomes": {
            outcome.gold_id: ("found" if outcome.found else "missed")
            + f" {len(outcome.tolls_right)}/{len(outcome.tolls_right) + len(outcome.tolls_wrong)}"
            for outcome in score.outcomes
        },
    }


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Lines on what was gained, lost or changed since the kept result."""
    lines = []
    for gold_id, outcome in new["outcomes"].items():
        before = old.get("outcomes", {}).get(gold_id, "not measured")
        if before != outcome:
            lines.append(f"{gold_id}: {before} -> {outcome}")
    more = len(new["extras"]) - len(old.get("extras", []))
    return [*lines, f"extras {more:+d}"] if more else lines


def print_score(score: Score) -> None:
    """Each gold incident, then extras, then the sums."""
    for outcome in score.outcomes:
        mark = "found " if outcome.found else "MISSED"
        print(f"{mark} {outcome.gold_id:10} {outcome.incident_id} {outcome.why}")
        for toll in outcome.tolls_wrong:
            print(f"         toll missing: {toll}")
    for extra in score.extras:
        print(f"EXTRA  {extra}")
    print(
        f"{score.found} of {len(score.outcomes)} incidents, {score.tolls_right} of {score.tolls} "
        f"tolls, {len(score.extras)} extras: {'passes' if score.passes else 'BELOW THE TARGETS'}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one set and returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--set", choices=sorted(SETS), default="seeds")
    parser.add_argument("--json", action="store_true", help="print the outcomes as JSON")
    parser.add_argument("--save", action="store_true", help="keep this result to compare with")
    options = parser.parse_args(arguments)
    folder, gold_path = SETS[options.set]
    if not folder.exists():
        print(f"{folder} is not there: nothing to score", file=sys.stderr)
        return 2
    score, _ = score_set(folder, gold_path)
    kept = RESULTS / f"{options.set}.json"
    old = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    if options.json:
        print(json.dumps({**asdict(score), "passes": score.passes}, indent=1, ensure_ascii=False))
    else:
        print_score(score)
        for line in compare(old, summarize(score)):
            print(f"since the kept result: {line}")
    if options.save:
        RESULTS.mkdir(exist_ok=True)
        kept.write_text(json.dumps(summarize(score), indent=1) + "\n", encoding="utf-8")
    return 0 if score.passes else 1


if __name__ == "__main__":
    sys.exit(main())
