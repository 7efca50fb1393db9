"""The one table of a file that may be zipped, as bytes or as lines."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from geo.errors import InputError

# Texts that GeoNames packs beside its tables.
_NO_TABLES = ("readme", "iso-languagecodes")


@contextmanager
def open_packed(path: Path) -> Iterator[IO[bytes]]:
    """Opens the bytes of a `.txt`, or of the largest table in a `.zip` (not its readme).

    Raises `InputError` for a zip that is damaged, also while it is read.
    """
    if path.suffix.lower() != ".zip":
        with path.open("rb") as raw:
            yield raw
        return
    try:
        with zipfile.ZipFile(path) as packed, packed.open(_find_table(path, packed)) as raw:
            yield raw
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"{path.name} is a damaged zip ({error}); download it again") from error


def _find_table(path: Path, packed: zipfile.ZipFile) -> zipfile.ZipInfo:
    tables = [
        member
        for member in packed.infolist()
        if member.filename.endswith(".txt") and not member.filename.lower().startswith(_NO_TABLES)
    ]
    if not tables:
        raise InputError(f"{path.name} holds no .txt table; give a GeoNames country dump")
    return max(tables, key=lambda member: member.file_size)


@contextmanager
def open_lines(path: Path) -> Iterator[io.TextIOWrapper]:
    """Opens the same table as text in UTF-8; bytes that are none become U+FFFD."""
    with open_packed(path) as raw:
        with io.TextIOWrapper(raw, "utf-8-sig", errors="replace", newline="\n") as text:
            yield text
