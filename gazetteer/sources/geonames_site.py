"""GeoNames' download site: which files a country has there, and what each must be like."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from gazetteer.sources import alternates, geonames
from gazetteer.sources.fetch import Web, fetch_file
from gazetteer.sources.packed import open_lines, open_zip
from gazetteer.sources.rows import read_lines
from geo.errors import InputError, NotFoundError

BASE_URL = "https://download.geonames.org/export/dump/"
EVERYWHERE = "all"
_ADMIN_COLUMNS = 4


class Wanted(NamedTuple):
    """A file of the site: its path there, the fewest columns of its table, whether it must be."""

    name: str
    fewest_columns: int
    required: bool = False


def list_files(code: str) -> list[Wanted]:
    """Returns the files of a country (`SY`) or of the world (`all`), the dump first.

    >>> [file.name for file in list_files("SY")][:2]
    ['SY.zip', 'alternatenames/SY.zip']
    """
    if code.lower() == EVERYWHERE:
        dump, names = "allCountries.zip", "alternateNamesV2.zip"
    elif len(code) == 2 and code.isascii() and code.isalpha():
        dump, names = f"{code.upper()}.zip", f"alternatenames/{code.upper()}.zip"
    else:
        raise InputError(f"{code!r} is no country; give ISO 3166-1 alpha-2 such as SY, or all")
    return [
        Wanted(dump, geonames.FEWEST_COLUMNS, required=True),
        Wanted(names, alternates.FEWEST_COLUMNS),
        Wanted("admin1CodesASCII.txt", _ADMIN_COLUMNS),
        Wanted("admin2Codes.txt", _ADMIN_COLUMNS),
    ]


def fetch_country(
    code: str, folder: Path, base_url: str, web: Web, notify: Callable[[str], None]
) -> tuple[Path, bool]:
    """Brings a country's files up to date; returns the dump, and whether any file is new.

    A table of names that the site does not have is told of and done without. Raises
    `NotFoundError` where there is no dump, and what `fetch_file` raises.
    """
    changed = False
    files = list_files(code)
    for wanted in files:
        url = base_url.rstrip("/") + "/" + wanted.name
        try:
            changed |= fetch_file(url, folder / wanted.name, _make_check(wanted), web)
        except NotFoundError as error:
            if wanted.required:
                raise NotFoundError(f"{error}; check the code {code!r} and the address") from error
            notify(f"{error}; going on without it")
    return folder / files[0].name, changed


def _make_check(wanted: Wanted) -> Callable[[Path], None]:
    def check(path: Path) -> None:
        check_table(path, wanted)

    return check


def check_table(path: Path, wanted: Wanted) -> None:
    """Raises `InputError` unless the file is whole and a table with at least these columns."""
    with path.open("rb") as file:
        head = file.read(512).lstrip()
    if head[:1] == b"<":
        raise InputError(f"a web page came in place of {wanted.name}: {head[:60]!r}")
    is_zip = wanted.name.endswith(".zip")
    if is_zip:
        _check_zip(path)
    with open_lines(path, is_zip=is_zip) as text:
        columns = next(read_lines(text), "").count("\t") + 1
    if columns < wanted.fewest_columns:
        raise InputError(
            f"{wanted.name} has {columns} columns where {wanted.fewest_columns} are expected"
        )


def _check_zip(path: Path) -> None:
    with open_zip(path) as packed:
        damaged = packed.testzip()
    if damaged:
        raise InputError(f"{path.name} is a damaged zip (checksum of {damaged!r})")
