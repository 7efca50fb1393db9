import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gazetteer.store import open_gazetteer

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="session")
def gazetteer_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gazetteer")
    open_gazetteer(folder).close()
    return folder


@pytest.fixture(scope="session")
def run(gazetteer_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the command line as a user does, in a folder of its own."""

    def run_command(*arguments: object, stdin: bytes = b"", cwd: Path | None = None):
        env = os.environ | {"INCIDENT_MAPPER_CACHE": str(gazetteer_dir)}
        return subprocess.run(
            [sys.executable, "-m", "incident_mapper", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            check=False,
            env=env,
            cwd=cwd or tmp_path_factory.mktemp("run"),
        )

    return run_command
