"""A few seconds of coverage-guided fuzzing of each target, where atheris is installed."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.run import TARGETS

SECONDS = 3


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed")
@pytest.mark.parametrize("target", TARGETS)
def test_nothing_is_found_in_a_few_seconds(root: Path, tmp_path: Path, target: str) -> None:
    command = [sys.executable, "-m", "tests.fuzz.run", "--target", target]
    command += ["--seconds", str(SECONDS), "--findings", str(tmp_path / "findings")]
    command += ["--seed", "1" if os.environ.get("CI") == "true" else "0"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-4000:]
    assert not list((tmp_path / "findings").iterdir())
    # The fuzzer must have tried inputs, not only started.
    assert "stat::number_of_executed_units" in done.stderr, done.stderr[-4000:]
