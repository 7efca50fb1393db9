"""Without any network, not even loopback, every command still does its work."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.end_to_end.conftest import EXAMPLES, without_network


def test_there_is_no_network_to_ask() -> None:
    """Otherwise the tests below could not fail."""
    program = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    command = [*without_network(), sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, check=False)
    assert b"Network is unreachable" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("demo", "-o", "demo"),
        ("map", EXAMPLES / "reports", "-o", "map.html", "--geojson", "incidents.geojson"),
        ("locate", EXAMPLES / "incidents.csv", "--place", "place", "--country", "SY"),
        ("find", "Bou Kamal", "--country", "SY"),
        pytest.param(("--cache-dir", "new", "gazetteer", "build"), marks=pytest.mark.slow),
    ],
    ids=lambda arguments: arguments[0].replace("--cache-dir", "gazetteer build"),
)
def test_the_command_works(run: Run, tmp_path: Path, arguments) -> None:
    done = run(*arguments, cwd=tmp_path, prefix=without_network())
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout or list(tmp_path.iterdir())
