"""What names must reach on the reference data, as measured with a little room.

The whole measurement is `python -m benchmarks.names` (docs/names.md).
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

# Top 1 and among ten; the wrong ones at a score of 0.9 or more at most.
NAMES = [
    ("fitted on, with adm_1", 0.85, 0.92, 0.02),
    ("fitted on, without adm_1", 0.71, 0.90, 0.03),
    ("never fitted on, with adm_1", 0.83, 0.90, 0.04),
    ("never fitted on, without adm_1", 0.70, 0.88, 0.04),
]
# Top 1 with and without adm_1.
DEGRADED = [
    ("vowels changed", 0.81, 0.65),
    ("article dropped", 0.78, 0.57),
    ("hyphens", 0.79, 0.67),
    ("doubled letters", 0.81, 0.65),
    ("French spelling", 0.80, 0.66),
    ("Turkish spelling", 0.79, 0.63),
    ("one typo", 0.74, 0.54),
]
MOST_CALIBRATION_ERROR = {"with adm_1": 0.05, "without adm_1": 0.05, "all of these": 0.05}
LEAST_WITHIN_RADIUS = {"with adm_1": 0.90, "all of these": 0.84}
MOST_MEDIAN_RADIUS_KM = 3.0
LEAST_LISTED = 0.96

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def figures(root: Path, shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    assert shared_dir.is_dir()
    file = tmp_path_factory.mktemp("names") / "figures.json"
    command = [sys.executable, "-m", "benchmarks.names", "--only", "syria", "listed"]
    command += ["--json", str(file)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(file.read_text("utf-8"))


@pytest.mark.parametrize(("title", "first", "among", "wrong"), NAMES)
def test_places_of_syria(
    figures: Any, title: str, first: float, among: float, wrong: float
) -> None:
    found = figures["names"][title]
    assert found["n"] > 100
    assert found["top1"] >= first
    assert found["top10"] >= among
    assert found["wrong_0.9"] <= wrong


@pytest.mark.parametrize(("way", "told", "untold"), DEGRADED)
def test_degraded_names(figures: Any, way: str, told: float, untold: float) -> None:
    found = figures["degraded"][way]
    assert found["with adm_1"]["n"] > 80
    assert found["with adm_1"]["top1"] >= told
    assert found["without adm_1"]["top1"] >= untold


def test_score_and_radius_are_honest(figures: Any) -> None:
    for answers, most in MOST_CALIBRATION_ERROR.items():
        assert figures["calibration"][answers]["error"] <= most
    for answers, least in LEAST_WITHIN_RADIUS.items():
        assert figures["radius"][answers]["within"] >= least
        assert figures["radius"][answers]["median_settlement_km"] <= MOST_MEDIAN_RADIUS_KM


def test_places_of_the_first_reports(figures: Any) -> None:
    assert figures["listed"]["n"] == 29
    assert figures["listed"]["top1"] >= LEAST_LISTED
