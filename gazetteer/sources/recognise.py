"""Which kind of gazetteer a file is, told from its content, and its places."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from gazetteer.sources import alternates, boundaries, geonames, ocha, plain, whosonfirst
from gazetteer.sources.cells import Found
from gazetteer.sources.packed import open_lines
from gazetteer.sources.rows import read_heading, read_lines
from geo.errors import InputError, NotFoundError

_HELP = (
    "give a GeoNames dump (.txt, .zip), a Who's On First or OCHA table, boundaries "
    "(GeoJSON, shapefile), or a CSV with the columns name, lat, lon"
)


class Kind(NamedTuple):
    """A kind of file: its name, its licence as far as the kind says it, and its reader."""

    name: str
    licence: str
    read: Callable[[Path, str], Iterator[Found]]


GEONAMES = Kind("GeoNames", "CC BY 4.0", geonames.read_geonames)
WHOSONFIRST = Kind("Who's On First", "CC0 and GeoNames CC BY 4.0", whosonfirst.read_whosonfirst)
OCHA = Kind("OCHA populated places", "CC BY-IGO, as OCHA states it", ocha.read_ocha)
BOUNDARIES = Kind("boundaries", "as its publisher states it", boundaries.read_boundaries)
PLAIN = Kind("own list", "the owner's", plain.read_plain)


def recognise_kind(path: Path) -> Kind:
    """Returns what kind of file this is; raises `InputError` for one we cannot use."""
    if not path.is_file():
        raise NotFoundError(f"there is no file {str(path)!r} to add; {_HELP}")
    if path.suffix.lower() in boundaries.SUFFIXES:
        return BOUNDARIES
    if path.suffix.lower() == ".zip":
        return _recognise_zip(path)
    return _recognise_table(path)


def _recognise_zip(path: Path) -> Kind:
    if not zipfile.is_zipfile(path):
        raise InputError(f"{path.name} is no whole zip file; download it again")
    with zipfile.ZipFile(path) as packed:
        shapes = [name for name in packed.namelist() if name.lower().endswith(".shp")]
    if shapes:
        return BOUNDARIES
    with open_lines(path) as text:
        first = next(read_lines(text), "")
    return _recognise_numbered(path, first.split("\t"))


def _recognise_numbered(path: Path, cells: list[str]) -> Kind:
    """A table without a heading: GeoNames' dumps and alternate names begin with an id."""
    if len(cells) >= geonames.FEWEST_COLUMNS and cells[0].isdigit():
        return GEONAMES
    if len(cells) >= alternates.FEWEST_COLUMNS and "".join(cells[:2]).isdigit():
        raise InputError(
            f"{path.name} is GeoNames' table of alternate names; put it beside the dump it belongs "
            "to (as alternateNamesV2 or in a folder alternatenames), and add the dump"
        )
    raise InputError(f"{path.name} begins with {' '.join(cells)[:60]!r}; {_HELP}")


def _recognise_table(path: Path) -> Kind:
    headings = read_heading(path)
    if headings[0].isdigit():
        return _recognise_numbered(path, headings)
    if set(headings) >= whosonfirst.REQUIRED:
        return WHOSONFIRST
    if set(headings) >= ocha.REQUIRED:
        return OCHA
    if {"name", "lat", "lon"} <= plain.find_columns(headings).keys():
        return PLAIN
    raise InputError(f"{path.name} has the columns {', '.join(headings[:12])!r}; {_HELP}")
