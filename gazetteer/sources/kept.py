"""Kept copies of added files, opened; those that cannot be read are mended, or left out by name.

A copy of an older format is made anew from its file where that is still there and unchanged, else
brought to the present format where the two are laid out alike. What can be done for none of them
is told with each call, never passed over in silence.
"""

import json
import re
import shlex
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import xxhash

from gazetteer.sections import FORMAT_VERSION, DamagedFileError, Sections, open_sections
from gazetteer.sources.companions import find_companions
from gazetteer.versions import hash_files
from geo.errors import InputError, MapperError, NotFoundError
from geo.whole import write_whole

# How copies are laid out in each format of our files. Formats with the same letter differ in the
# index alone, so that a copy needs no more than the new number; a new letter stands for sections
# that were added or changed in `copies.write_copy`, and such a copy is read from its file again.
LAYOUTS = {1: "a", 2: "a", 3: "a", 4: "a"}

_MAGIC = b"IMGAZ\0"
_PREFIX = 24  # the magic and format, the length of the header, the checksum: 8 bytes each
_CHUNK = 2**20
# The key of a country that was downloaded, and how to ask for it again.
_DOWNLOADED = re.compile(r"geonames-([a-z]{2}|all)")


class Opened(NamedTuple):
    """Copies that can be used, sentences on those that cannot, and whether any was mended."""

    copies: list[Sections]
    left_out: list[str]
    mended: bool


def open_copies(paths: Iterable[Path], notify: Callable[[str], None]) -> Opened:
    """Returns the copies, open; `notify` is told of each that was made anew or brought up to date.

    A copy that can be neither read nor mended is left out, with a sentence that names it, says
    why and gives the command that mends it.
    """
    copies: list[Sections] = []
    left_out: list[str] = []
    mended = False
    for path in paths:
        try:
            copies.append(open_sections(path))
        except DamagedFileError:
            reason = _mend(path, notify)
            if reason and not is_readable(path):  # another process may have mended it meanwhile
                left_out.append(_say_left_out(path, reason))
                continue
            mended = True
            copies.append(open_sections(path))
    return Opened(copies, left_out, mended)


def make_origin(path: Path, country: str) -> dict[str, str]:
    """Returns what is needed to read a file again later: where it is, how it was read, a hash."""
    path = path.resolve()
    return {"path": str(path), "country": country, "content": _hash_all(path)}


def describe_copy(path: Path) -> dict[str, Any]:
    """Returns the facts that a copy holds of its source, as far as its header can be read."""
    facts: dict[str, Any] = {"key": path.stem, "name": "unreadable copy", "licence": "unknown"}
    facts |= {"version": f"{path.name} ?"} | _read_meta(path).get("source", {})
    return facts


def is_readable(path: Path) -> bool:
    """Whether there is a whole copy of the present format."""
    try:
        open_sections(path)
    except (DamagedFileError, FileNotFoundError):
        return False
    return True


def remove_unreadable(folder: Path, key: str, suffix: str) -> None:
    """Removes the copies that cannot be read and are of a file of the same name as this one's."""
    name = key.rpartition("-")[0]
    same = [each for each in folder.glob(f"*{suffix}") if each.stem.rpartition("-")[0] == name]
    for other in same:
        if name and not is_readable(other):
            other.unlink(missing_ok=True)


def _mend(path: Path, notify: Callable[[str], None]) -> str:
    """Makes a copy that cannot be read anew; returns why that cannot be done, else nothing."""
    version = _read_format(path)
    if version is not None and version > FORMAT_VERSION:
        return f"its copy is of format {version}, which only a newer incident-mapper reads"
    what = (
        "its copy is damaged"
        if version in {None, FORMAT_VERSION}
        else f"its copy is of the older format {version}"
    )
    meta = _read_meta(path)
    origin, key = meta.get("origin", {}), meta.get("source", {}).get("key", path.stem)
    try:
        why_not = _make_anew(path, meta)
        if not why_not:
            notify(f"source {key!r}: {what}; it was made anew from {origin['path']}")
            return ""
        if version is not None and _convert(path, version):
            notify(
                f"source {key!r}: {what}; it was brought to the present one. Its radii and classes "
                f"are those of the time; for today's: {_find_command(path)}"
            )
            return ""
    except MapperError as error:
        why_not = str(error)
    return f"{what} and {why_not}"


def _make_anew(path: Path, meta: dict[str, Any]) -> str:
    """Reads the file of a copy again; returns why that cannot be done, else nothing."""
    origin = meta.get("origin", {})
    if "path" not in origin:
        return "where its file lies was not kept"
    file = Path(origin["path"])
    try:
        if _hash_all(file) != origin["content"]:
            return f"{file} has changed since"
    except (OSError, NotFoundError):
        return f"{file} is not there any more"
    # Late: pandas and GDAL are needed to read files of others, not to open copies.
    from gazetteer.sources.copies import read_source, write_copy  # noqa: PLC0415

    try:
        source = read_source(file, origin["country"])
    except InputError as error:
        return str(error)
    key, date = meta["source"]["key"], meta["source"].get("date", "")
    source = source._replace(key=key, facts=source.facts | {"key": key, "date": date})
    write_copy(source, path, origin)
    return ""


def _convert(path: Path, version: int) -> bool:
    """Gives a copy the present number of format, where its layout has not changed since."""
    if version == FORMAT_VERSION or LAYOUTS.get(version) != LAYOUTS.get(FORMAT_VERSION, ""):
        return False
    digest = xxhash.xxh3_64()
    with path.open("rb") as old, write_whole(path) as new:
        prefix = old.read(_PREFIX)
        new.write(_MAGIC + FORMAT_VERSION.to_bytes(2, "little") + prefix[8:])
        while chunk := old.read(_CHUNK):
            digest.update(chunk)
            new.write(chunk)
        if digest.digest()[::-1] != prefix[16:]:
            raise DamagedFileError("it does not match its checksum")
    return True


def _say_left_out(path: Path, reason: str) -> str:
    facts = describe_copy(path)
    count = f", {facts['places']:,} places" if "places" in facts else ""
    return (
        f"source {facts['key']!r} ({_find_file(facts)}{count}) is left out: "
        f"{reason}; answers may differ. Mend it: {_find_command(path)}"
    )


def _find_command(path: Path) -> str:
    """The command that makes a copy anew: its file's path if known, else the file's name."""
    meta = _read_meta(path)
    facts, origin = meta.get("source", {}), meta.get("origin", {})
    version = _read_format(path)
    if version is not None and version > FORMAT_VERSION:
        return "pip install --upgrade incident-mapper"
    downloaded = _DOWNLOADED.fullmatch(facts.get("key", path.stem))
    if downloaded:
        code = downloaded[1] if downloaded[1] == "all" else downloaded[1].upper()
        return f"incident-mapper gazetteer download {code}"
    known = origin.get("path") or _find_file(facts)
    country = f" --country {origin['country']}" if origin.get("country") else ""
    return f"incident-mapper gazetteer add {shlex.quote(known) if known else 'FILE'}{country}"


def _find_file(facts: dict[str, Any]) -> str:
    """The name of the file; its version is that name and a hash."""
    return str(facts.get("version", "")).rpartition(" ")[0]


def _hash_all(path: Path) -> str:
    """The hash of a file and of the tables beside it that are read with it."""
    return " ".join(hash_files(each) for each in (path, *find_companions(path).paths()))


def _read_format(path: Path) -> int | None:
    """The format a file of ours says it is of; `None` for any other file."""
    with path.open("rb") as file:
        prefix = file.read(8)
    is_ours = len(prefix) == 8 and prefix.startswith(_MAGIC)
    return int.from_bytes(prefix[6:], "little") if is_ours else None


def _read_meta(path: Path) -> dict[str, Any]:
    """What the header of a copy holds, whatever its format; nothing where it cannot be read."""
    if _read_format(path) is None:
        return {}
    with path.open("rb") as file:
        length = int.from_bytes(file.read(16)[8:], "little")
        file.seek(_PREFIX)
        packed = file.read(min(length, path.stat().st_size))
    try:
        meta: dict[str, Any] = json.loads(packed)["meta"]
        complete = {"key", "version"} <= meta["source"].keys()
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
    return meta if complete else {}
