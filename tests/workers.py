"""How the tests are shared out among pytest's workers, and what one of them makes for all."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# A folder whose tests share a running server, which there is once: one worker has them all.
_TOGETHER = "tests/servers/"


class ByFile(LoadScopeScheduling):
    """A file goes to one worker as a whole, for the sake of what its tests share, and in order."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return _TOGETHER if nodeid.startswith(_TOGETHER) else nodeid.partition("::")[0]


def put_slow_files_first(items: list[pytest.Item]) -> None:
    """Sorts tests so that no worker is left with a long file at the end, when the other is done."""
    slow = {
        item.path
        for item in items
        if item.get_closest_marker("slow") or item.get_closest_marker("nominatim")
    }
    items.sort(key=lambda item: item.path not in slow)


def make_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Any]) -> Path:
    """A folder of the session that `make` fills for the first worker that asks for it.

    The others wait and find it filled. What failed is made anew for the next that asks.
    """
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # each worker's folder lies in the session's
    folder, made = base / name, base / f"{name}.made"
    with FileLock(base / f"{name}.lock"):
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            made.touch()
    return folder
