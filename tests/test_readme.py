"""Every command of the README, of the examples and of the guide to the map runs as typed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "examples/README.md", "docs/maps.md")
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def find_blocks(page: str) -> list[tuple[str, str]]:
    return BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES)
def test_page_has_commands(page):
    assert len(find_blocks(page)) >= 1


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_commands_run_in_the_order_given(page, tmp_path, built_gazetteer):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    # A gazetteer of its own: the commands add to it.
    home = tmp_path / "cache"
    shutil.copytree(built_gazetteer.folder, home / built_gazetteer.folder.name)
    bin_folder = Path(sys.executable).parent
    env = os.environ | {
        "INCIDENT_MAPPER_CACHE": str(home / built_gazetteer.folder.name),
        "XDG_CACHE_HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONWARNINGS": "ignore",
    }
    for language, code in find_blocks(page):
        command = (
            ["bash", "-euo", "pipefail", "-c", code]
            if language == "sh"
            else [sys.executable, "-c", code]
        )
        done = subprocess.run(
            command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{page}:\n{code}\n{done.stderr}"


def test_links_to_files_exist():
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (ROOT / page).parent.joinpath(target).exists(), f"{page}: {target}"
