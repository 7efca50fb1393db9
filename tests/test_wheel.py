"""What a user gets: the built wheel is whole, and runs the demo in an empty environment."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]

ROOT = Path(__file__).parents[1]
PINS = str(ROOT / "constraints.txt")
PACKAGES = {"geo", "gazetteer", "maps", "reports", "incident_mapper"}


def _run(command: list[str], cwd: Path, **variables: str) -> str:
    """Run a command without any trace of this environment and return what it printed."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    # What is imported is compiled then; the rest of the libraries need not be.
    kept["PIP_COMPILE"] = "0"
    done = subprocess.run(
        command, cwd=cwd, env=kept | variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A folder with the source distribution, and the wheel made from nothing else than that."""
    folder = tmp_path_factory.mktemp("dist")
    pins = {"PIP_CONSTRAINT": PINS, "PIP_BUILD_CONSTRAINT": PINS}
    _run([sys.executable, "-m", "build", "--outdir", str(folder)], ROOT, **pins)
    return folder


@pytest.fixture(scope="module")
def wheel(built) -> Path:
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.parametrize(
    "name",
    [
        "geo/data/areas.zip",
        "maps/assets/layer.css",
        "maps/assets/layer.js",
        "maps/assets/loader.js",
        "maps/assets/note.css",
        "maps/assets/page.css",
        "maps/assets/page.js",
        "gazetteer/data/places.csv",
        "incident_mapper/samples/reports/reports.csv",
    ],
)
def test_wheel_holds_what_the_program_reads(names, name):
    assert name in names


@pytest.mark.parametrize("suffix", [".yaml", ".csv", ".json"])
def test_wheel_holds_every_data_file_of_the_packages(names, suffix):
    files = {
        file.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for file in (ROOT / package).rglob(f"*{suffix}")
        if "js" not in file.relative_to(ROOT).parts
    }
    assert files - names == set()


def test_wheel_holds_the_packages_and_nothing_beside_them(names):
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == PACKAGES
    assert [name for name in names if name.startswith("maps/js/")] == []


def test_wheel_carries_its_licence(names):
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The program folder of a fresh environment with the wheel in it and nothing else of ours."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    command = [str(programs / "python"), "-m", "pip", "install", "--quiet", "-c", PINS, str(wheel)]
    _run(command, folder)
    return programs


def test_demo_runs_in_an_empty_environment(installed, tmp_path):
    command = [str(installed / "incident-mapper"), "demo", "--output", "out"]
    printed = _run(command, tmp_path, XDG_CACHE_HOME=str(tmp_path / "cache"))
    page, geojson = tmp_path / "out" / "map.html", tmp_path / "out" / "incidents.geojson"
    assert page.name in printed
    assert geojson.name in printed
    assert "<html" in page.read_text(encoding="utf-8")[:1000]
    features = json.loads(geojson.read_text(encoding="utf-8"))["features"]
    assert any(feature["geometry"] for feature in features)


def test_help_is_there_in_an_empty_environment(installed, tmp_path):
    assert "Usage: incident-mapper" in _run(
        [str(installed / "incident-mapper"), "--help"], tmp_path
    )
