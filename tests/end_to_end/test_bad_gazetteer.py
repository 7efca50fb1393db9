"""A gazetteer index that is damaged is never read; one that cannot be built leaves the old one."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, BuiltGazetteer, Run
from tests.end_to_end.conftest import limit_files

INDEX = "world.gazetteer"


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def change(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def replace(path: Path) -> None:
    path.write_bytes(b"name,lat,lon\n" * 1000)


@pytest.mark.parametrize("damage", [cut, change, empty, replace])
def test_a_damaged_index_is_known(
    run: Run, tmp_path: Path, built_gazetteer: BuiltGazetteer, damage
) -> None:
    shutil.copy(built_gazetteer.folder / INDEX, tmp_path)
    assert describe(run, tmp_path)["state"] == "ready"
    damage(tmp_path / INDEX)
    assert describe(run, tmp_path)["state"].startswith("damaged: ")


@pytest.mark.slow
def test_two_that_find_a_damaged_index_both_build_it_and_answer(
    run: Run, tmp_path: Path, built_gazetteer: BuiltGazetteer
) -> None:
    shutil.copy(built_gazetteer.folder / INDEX, tmp_path)
    cut(tmp_path / INDEX)
    command = [sys.executable, "-m", "incident_mapper", "--cache-dir", str(tmp_path)]
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen([*command, "find", "Idlib"], stdout=pipe, stderr=pipe, cwd=ROOT)
        for _ in range(2)
    ]
    for process in running:
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err.decode()
        assert b"does not match its checksum; building the gazetteer anew" in err
        assert b"Idlib" in out
    assert describe(run, tmp_path)["state"] == "ready"
    assert [path.name for path in tmp_path.iterdir()] == [INDEX]


@pytest.mark.slow
def test_a_build_on_a_full_disk_and_one_killed_leave_the_old_index(
    run: Run, tmp_path: Path, built_gazetteer: BuiltGazetteer
) -> None:
    shutil.copy(built_gazetteer.folder / INDEX, tmp_path)
    before = describe(run, tmp_path)
    command = [sys.executable, "-m", "incident_mapper", "--cache-dir", str(tmp_path)]
    killed = subprocess.Popen([*command, "gazetteer", "build"], cwd=ROOT, stderr=subprocess.DEVNULL)
    while killed.poll() is None and not list(tmp_path.glob(f".{INDEX}.*")):
        time.sleep(0.001)
    killed.kill()
    assert killed.wait() < 0, "it ended before it was killed"
    full = run("--cache-dir", tmp_path, "gazetteer", "build", preexec_fn=limit_files(2**20))
    assert full.returncode == 1
    assert f"{INDEX}' could not be written: " in full.stderr.decode().splitlines()[-1]
    assert b"Traceback" not in full.stderr
    assert describe(run, tmp_path) == before


def describe(run: Run, folder: Path) -> dict:
    done = run("--cache-dir", folder, "gazetteer", "info", "--json")
    assert done.returncode == 0, done.stderr.decode()
    facts: dict = json.loads(done.stdout)
    return facts
