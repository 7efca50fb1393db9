"""Notebooks that were executed once for all the tests that look at them."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from workers import make_once

_DONE = "executed.ipynb"


def execute_once(
    path: Path, env: dict[str, str], factory: pytest.TempPathFactory
) -> tuple[nbformat.NotebookNode, Path]:
    """A notebook with its outputs, and the folder that held its temporary files.

    `env` is added to the environment. No browser of Playwright may run in this thread: both have
    event loops.
    """

    def execute(folder: Path) -> None:
        notebook = nbformat.read(path, as_version=4)
        resources = {"metadata": {"path": str(path.parent)}}
        with pytest.MonkeyPatch.context() as patch:
            for name, value in (env | {"TMPDIR": str(folder)}).items():
                patch.setenv(name, value)
            NotebookClient(notebook, timeout=300, resources=resources).execute()
        nbformat.write(notebook, folder / _DONE)

    folder = make_once(factory, f"notebook-{path.stem}", execute)
    return nbformat.read(folder / _DONE, as_version=4), folder
