"""Which kind of gazetteer a file is, told from its content, and its places."""

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from gazetteer.sources import (
    alternates,
    boundaries,
    geonames,
    layers,
    ocha,
    osm,
    plain,
    whosonfirst,
)
from gazetteer.sources.cells import Found
from gazetteer.sources.packed import open_lines, open_zip
from gazetteer.sources.rows import read_heading, read_lines
from gazetteer.versions import is_geodatabase
from geo.errors import InputError, NotFoundError

_HELP = (
    "give a GeoNames dump (.txt, .zip), a Who's On First or OCHA table, OpenStreetMap (.osm.pbf, "
    ".osm, Overpass's JSON), boundaries (GeoJSON, shapefile, GeoPackage, .gdb), or a CSV with the "
    "columns name, lat, lon"
)
_HEAD_BYTES = 2**16
_OVERPASS = re.compile(rb'"elements"\s*:\s*\[')
# How exports of OpenStreetMap to GeoJSON give the ids of objects.
_OSM_ID = re.compile(
    rb'"@id"\s*:\s*"?(?:node|way|relation|\d)|"id"\s*:\s*"(?:node|way|relation)/\d'
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
OSM = Kind("OpenStreetMap", "ODbL 1.0", osm.read_osm)
OVERPASS = Kind("OpenStreetMap", "ODbL 1.0", osm.read_overpass)
PLAIN = Kind("own list", "the owner's", plain.read_plain)


def recognise_kind(path: Path) -> Kind:
    """Returns what kind of file this is; raises `InputError` for one we cannot use."""
    suffix = path.suffix.lower()
    if is_geodatabase(path):
        return BOUNDARIES
    if not path.is_file():
        raise NotFoundError(f"there is no file {str(path)!r} to add; {_HELP}")
    if suffix in {".json", ".geojson"}:
        return _recognise_json(path)
    if suffix in layers.SUFFIXES:
        return OSM if suffix in osm.EXTRACTS else BOUNDARIES
    if suffix == ".zip":
        return _recognise_zip(path)
    return _recognise_table(path)


def _recognise_json(path: Path) -> Kind:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if _OVERPASS.search(head) and b'"features"' not in head:
        return OVERPASS
    return OSM if _OSM_ID.search(head) else BOUNDARIES


def _recognise_zip(path: Path) -> Kind:
    if not zipfile.is_zipfile(path):
        raise InputError(f"{path.name} is no whole zip file; download it again")
    with open_zip(path) as packed:
        names = [name.lower() for name in packed.namelist()]
    if any(Path(name).suffix in layers.SUFFIXES or ".gdb/" in name for name in names):
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
    if headings and headings[0].isdigit():
        return _recognise_numbered(path, headings)
    if set(headings) >= whosonfirst.REQUIRED:
        return WHOSONFIRST
    if ocha.find_columns(headings) is not None:
        return OCHA
    if {"name", "lat", "lon"} <= plain.find_columns(headings).keys():
        return PLAIN
    raise InputError(f"{path.name} has the columns {', '.join(headings[:12])!r}; {_HELP}")
