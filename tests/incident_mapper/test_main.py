"""The command as it is started: by its module, interrupted while it loads."""

import os
import subprocess
import sys
from pathlib import Path


def test_the_module_is_the_command(root: Path) -> None:
    command = [sys.executable, "-m", "incident_mapper", "--help"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: incident-mapper [OPTIONS] COMMAND")


def test_an_interrupt_while_loading_is_told_in_a_word(root: Path, tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("raise KeyboardInterrupt\n", "utf-8")
    for start in (
        ["-m", "incident_mapper"],
        ["-c", "import incident_mapper.__main__ as m; m.run()"],
    ):
        done = subprocess.run(
            [sys.executable, *start, "gazetteer", "info"],
            cwd=root,
            env=os.environ | {"PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (1, "", "\nAborted!\n")
