"""The targets this version is held to, measured on the reference data where it is present."""

import subprocess
import sys
from pathlib import Path

import pytest


def run_benchmark(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=root, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
@pytest.mark.usefixtures("shared_dir")
def test_reports_are_read_well_enough(root):
    done = run_benchmark(root, "benchmarks/seeds.py")
    assert done.returncode == 0, done.stdout + done.stderr
