"""How often romanised names meet their originals, held by floors just under what was measured."""

import csv
import re
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from benchmarks.romanisation import read_pairs, score_pairs
from gazetteer.normalize import skeleton

# Script in the name of a system: equal skeletons, within one edit, compare_names below 0.2.
FLOORS = {
    "ara-Arab": (0.96, 0.99, 0.65),
    "fas-Arab": (0.73, 0.99, 0.38),
    "per-Arab": (0.88, 0.94, 0.60),
    "kur-Arab": (1.0, 1.0, 1.0),
    "ukr-Cyrl": (0.90, 0.98, 0.92),
    "arm-Armn": (1.0, 1.0, 1.0),
    "": (0.91, 0.985, 0.79),
}
# OCHA's communities of one name: equal skeletons in both scripts, within one edit.
OCHA_EQUAL, OCHA_ONE_EDIT = 0.92, 0.97


@pytest.mark.parametrize("script", FLOORS)
def test_names_meet_their_romanisations(shared_dir: Path, script: str) -> None:
    file = shared_dir / "data" / "romanisation" / "interscript_test_pairs.tsv"
    pairs = [pair for pair in read_pairs(file) if script in pair.system]
    count, *shares = score_pairs(pairs)
    assert count > 0
    for share, least in zip(shares, FLOORS[script], strict=True):
        assert share >= least


def test_communities_have_one_skeleton_in_english_and_arabic(shared_dir: Path) -> None:
    """OCHA's own pairs, without what one language adds ("X (Y)", "A - B", other names)."""
    with (shared_dir / "data/ocha/syr_populated_places_ocha.csv").open(encoding="utf-8") as file:
        rows = [(row["LocationName_en"], row["LocationName_ar"]) for row in csv.DictReader(file)]
    pairs = [pair for pair in rows if all(pair) and not re.search(r"[-_(/–]", "".join(pair))]
    edits = [Levenshtein.distance(skeleton(latin), skeleton(arabic)) for latin, arabic in pairs]
    assert len(pairs) > 3000
    assert sum(each == 0 for each in edits) / len(pairs) >= OCHA_EQUAL
    assert sum(each <= 1 for each in edits) / len(pairs) >= OCHA_ONE_EDIT
