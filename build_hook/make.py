"""The two products of the build, each made again only when something it is made from changed."""

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from build_hook import node
from build_hook.areas import make_areas_file
from build_hook.water import make_water_file

AREAS_FILE = "geo/data/areas.zip"
ASSETS_FOLDER = "maps/assets"
_STAMP_FOLDER = "build/stamps"

# What each product is made from. The lock file stands for the npm packages.
_NPM_INPUTS = ("maps/js/package.json", "maps/js/package-lock.json")
_AREA_MODULES = ("areas.py", "names.py", "pack.py", "towns.py", "world.py", "data")
_AREA_INPUTS = (
    *_NPM_INPUTS,
    *(f"build_hook/{name}" for name in _AREA_MODULES),
    "geo/data/area_names.csv",
    "geo/data/town_positions.csv",
    "geo/town_positions.py",
)
_ASSET_INPUTS = (
    *_NPM_INPUTS,
    "build_hook/water.py",
    "maps/js/build.mjs",
    "maps/js/world.mjs",
    "maps/js/src",
)
_ASSETS = (
    *("page.js", "page.css", "loader.js", "note.css"),  # a page of ours
    *("layer.js", "layer.css"),  # our layers in a map of somebody else's
    *("world.json", "water.json"),
)


def make_all(root: Path) -> None:
    """Make whatever is missing or older than its inputs under `root`.

    A lock file keeps two builds of one folder (an editable install and a wheel test, say) from
    writing into each other.
    """
    with node.only_one_at_a_time(root / "build" / "make.lock"):
        _make_if_changed(
            root, "areas", _AREA_INPUTS, [root / AREAS_FILE], lambda: _make_areas(root)
        )
        assets = [root / ASSETS_FOLDER / name for name in _ASSETS]
        _make_if_changed(root, "assets", _ASSET_INPUTS, assets, lambda: _make_assets(root))


def _make_areas(root: Path) -> None:
    packages = node.install_packages(root / "maps" / "js")
    make_areas_file(packages, root / "geo" / "data" / "area_names.csv", root / AREAS_FILE)


def _make_assets(root: Path) -> None:
    packages = node.install_packages(root / "maps" / "js")
    node.run_node(["build.mjs"], cwd=root / "maps" / "js")
    make_water_file(packages, root / ASSETS_FOLDER / "water.json")


def _make_if_changed(
    root: Path, name: str, inputs: Iterable[str], outputs: list[Path], make: Callable[[], None]
) -> None:
    stamp = root / _STAMP_FOLDER / name
    wanted = hash_files(root, inputs)
    made = stamp.read_text(encoding="ascii") if stamp.exists() else ""
    if made == wanted and all(path.exists() for path in outputs):
        return
    make()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted, encoding="ascii")


def hash_files(root: Path, names: Iterable[str]) -> str:
    """Return one hash over the contents of the named files and folders, missing ones included."""
    digest = hashlib.sha256()
    for name in names:
        for path in sorted(_files_under(root / name)):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files_under(path: Path) -> Iterable[Path]:
    if path.is_file():
        yield path
    for folder, _, names in os.walk(path):
        if not folder.endswith("__pycache__"):
            yield from (Path(folder, name) for name in names)
