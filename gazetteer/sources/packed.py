"""The one table of a file that may be zipped, as bytes or as lines."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO

from geo.errors import InputError

# Texts that GeoNames packs beside its tables.
_NO_TABLES = ("readme", "iso-languagecodes")
# What zip programs write where they know no date.
_EMPTY_ZIP_YEAR = 1980
# What the library raises for wrong bytes: besides its own, errors of seeking, unpacking, encoding,
# and of methods of compression or passwords that it does not know.
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)


@contextmanager
def open_packed(path: Path, *, is_zip: bool | None = None) -> Iterator[IO[bytes]]:
    """Opens the bytes of a `.txt`, or of the largest table in a `.zip` (not its readme).

    `is_zip` says so where the name does not. Raises `InputError` for a zip that is damaged, also
    while it is read.
    """
    if not (path.suffix.lower() == ".zip" if is_zip is None else is_zip):
        with path.open("rb") as raw:
            yield raw
        return
    with open_zip(path) as packed, packed.open(_find_table(path, packed)) as raw:
        yield raw


@contextmanager
def open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Opens a zip; raises `InputError` where it is damaged, also while it is read."""
    try:
        with zipfile.ZipFile(path) as packed:
            yield packed
    except InputError:
        raise
    except _ZIP_ERRORS as error:
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
def open_lines(path: Path, *, is_zip: bool | None = None) -> Iterator[io.TextIOWrapper]:
    """Opens the same table as text in UTF-8; bytes that are none become U+FFFD."""
    with (
        open_packed(path, is_zip=is_zip) as raw,
        io.TextIOWrapper(raw, "utf-8-sig", errors="replace", newline="\n") as text,
    ):
        yield text


def find_date(path: Path) -> str:
    """Returns the day a file was last changed at its source, ISO 8601, as far as it says.

    That of the newest file in a zip or a folder, else the file's own, which a download sets to the
    server's.
    """
    with suppress(zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                newest = max((member.date_time for member in packed.infolist()), default=None)
            if newest and newest[0] > _EMPTY_ZIP_YEAR:
                return date(*newest[:3]).isoformat()
    files = [each for each in path.iterdir() if each.is_file()] if path.is_dir() else [path]
    newest_s = max((file.stat().st_mtime for file in files), default=path.stat().st_mtime)
    return datetime.fromtimestamp(newest_s, UTC).date().isoformat()
