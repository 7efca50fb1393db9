"""Features of any file that GDAL reads, one batch at a time, in WGS84 degrees."""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyogrio
import shapely
from pyogrio.raw import open_arrow
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from shapely.errors import GEOSException

from gazetteer.sources.cells import BadCellError
from gazetteer.sources.packed import open_zip
from gazetteer.sources.whole_extracts import check_pbf, check_xml
from geo.errors import InputError
from geo.measure import distances_km
from geo.problem import Problem

# What a file of each kind begins with: GDAL would else open anything by its content, also files
# that lead it to other files or to the web.
_BEGINNINGS = {
    ".shp": (b"\x00\x00\x27\x0a",),
    ".gpkg": (b"SQLite format 3\x00",),
    ".fgb": (b"fgb",),
    ".geojson": (b"{",),
    ".json": (b"{",),
    ".kml": (b"<?xml", b"<kml"),
    ".gml": (b"<?xml", b"<"),
    ".osm": (b"<?xml", b"<osm"),
    ".pbf": (b"\x00\x00\x00",),
    ".gdb": (),
}
SUFFIXES = frozenset(_BEGINNINGS)
# Formats that GDAL reads as far as they go, and says nothing where they are cut short.
_CHECKS = {".pbf": check_pbf, ".osm": check_xml, ".kml": check_xml, ".gml": check_xml}
# Formats that GDAL tells by these words and follows elsewhere.
_LEADING_ELSEWHERE = re.compile(
    rb"<(?:OGR(?:VRT|WFS|OAPIF|GMLAS)|WFS)|gdal_streamed_alg",
    re.IGNORECASE,
)
# The catalogue that every file geodatabase has: GDAL would else look for other kinds of files.
_GEODATABASE = "a00000001.gdbtable"
_HEAD_BYTES = 2**16
_BATCH = 10_000
_ERRORS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FieldError,
    pyogrio.errors.GeometryError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.CRSError,
    pa.ArrowException,
    OSError,
    RuntimeError,
    ValueError,
)

Cells = Mapping[str, Any]


class Feature(NamedTuple):
    """A feature: its attributes, none of them `None`, and its geometry or `None`."""

    cells: Cells
    shape: Any


class Layer(NamedTuple):
    """A layer of a dataset that GDAL can open.

    `geometry` is the kind of its geometry, `features` how many features its file says it has (-1
    where it does not).
    """

    dataset: str
    name: str
    columns: tuple[str, ...]
    geometry: str | None
    features: int


class Spot(NamedTuple):
    """Where a shape is: a point in it, the radius that covers it, and its area as WKB or empty."""

    lon: float
    lat: float
    radius_km: float
    area: bytes


def find_layers(path: Path) -> list[Layer]:
    """Returns the layers of a file, of all files in a zip; raises `InputError` for none."""
    # GDAL would fetch the schema that some GML files name.
    pyogrio.set_gdal_config_options({"GML_DOWNLOAD_SCHEMA": False})
    try:
        datasets = _find_datasets(path)
        return [layer for dataset in datasets for layer in _list_layers(dataset)]
    except InputError:
        raise
    except _ERRORS as error:
        raise InputError(f"{path.name} cannot be read as boundaries: {_shorten(error)}") from error


def _find_datasets(path: Path) -> list[str]:
    suffix = path.suffix.lower()
    if suffix != ".zip":
        if path.is_file():
            with path.open("rb") as file:
                _check_beginning(path.name, suffix, file.read(_HEAD_BYTES))
            if suffix in _CHECKS:
                _CHECKS[suffix](path)
        elif not (path / _GEODATABASE).is_file():
            raise InputError(
                f"{path.name} is no file geodatabase ({_GEODATABASE} is not in it); give the whole "
                "folder"
            )
        return [str(path)]
    found = {}
    with open_zip(path) as packed:
        for member in packed.infolist():
            folder = re.match(r"(.*?\.gdb)/", member.filename, re.IGNORECASE)
            name = folder[1] if folder else member.filename
            suffix = Path(name).suffix.lower()
            if suffix not in SUFFIXES or "__MACOSX" in name:
                continue
            if not folder:
                with packed.open(member) as file:
                    _check_beginning(name, suffix, file.read(_HEAD_BYTES))
            found[f"/vsizip/{{{path.resolve()}}}/{name}"] = True
    if not found:
        raise InputError(
            f"{path.name} holds no boundaries; give a zip with .shp, .geojson or .gpkg"
        )
    return sorted(found)


def _check_beginning(file: str, suffix: str, head: bytes) -> None:
    beginnings = _BEGINNINGS.get(suffix, ())
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip() if b"{" in beginnings else head
    start = start.removeprefix(b"\xef\xbb\xbf")
    if beginnings and not start.startswith(beginnings):
        raise InputError(f"{file} cannot be read as boundaries: it is no {suffix} file inside")
    if _LEADING_ELSEWHERE.search(head):
        raise InputError(f"{file} leads to other files or to the web; give the data itself")


def _list_layers(dataset: str) -> list[Layer]:
    layers = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, geometry in pyogrio.list_layers(dataset).tolist():
            facts = pyogrio.read_info(dataset, layer=name)
            columns = tuple(facts["fields"].tolist())
            layers.append(Layer(dataset, str(name), columns, geometry, facts["features"]))
    return layers


def read_features(
    file: str, layer: Layer, *, columns: Sequence[str] | None = None, where: str | None = None
) -> Iterator[tuple[int, Feature] | Problem]:
    """Yields the features of a layer with their numbers, and what GDAL says of it.

    `columns` are those to read, `where` a condition in SQL. Raises `InputError` where the layer
    cannot be read on, or is in unknown coordinates that are no degrees.
    """
    number = 0
    try:
        # What opens the layer may warn too; GDAL repeats itself, so each warning is told once.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = open_arrow(
                layer.dataset,
                layer=layer.name,
                columns=columns,
                where=where,
                batch_size=_BATCH,
                use_pyarrow=True,
            )
            meta, batches = opened.__enter__()
        try:
            to_degrees = _make_transform(file, meta.get("crs"))
            told: set[str] = set()
            while (batch := _next_batch(batches, told)) is not None:
                for feature in _to_features(
                    batch, meta["geometry_name"] or "wkb_geometry", to_degrees
                ):
                    number += 1
                    yield number, feature
        finally:
            opened.__exit__(None, None, None)
    except InputError:
        raise
    except _ERRORS as error:
        raise InputError(f"{file} cannot be read as boundaries: {_shorten(error)}") from error
    if where is None and number < layer.features:
        message = f"{number:,} of {layer.features:,} features could be read; the file is damaged"
        yield Problem(file, None, "", message)
    for message in sorted(told):
        yield Problem(file, None, "", f"GDAL says: {message}")


def _next_batch(batches: Any, told: set[str]) -> Any:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        batch = next(iter(batches), None)
    told.update(str(one.message)[:200] for one in caught[:5])
    return batch


def _make_transform(file: str, crs: str | None) -> Any:
    """What turns coordinates into degrees of WGS84."""
    if crs is None:
        return lambda shapes: _check_degrees(file, shapes)
    try:
        given = CRS.from_user_input(crs)
        if given == CRS.from_epsg(4326) or given.to_authority() == ("OGC", "CRS84"):
            return shapely.force_2d
        transformer = Transformer.from_crs(given, 4326, always_xy=True)
    except (CRSError, ProjError) as error:
        raise InputError(f"{file} is in a coordinate system that is not known: {error}") from error

    def convert(points: Any) -> Any:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return lambda shapes: shapely.transform(shapely.force_2d(shapes), convert)


def _check_degrees(file: str, shapes: Any) -> Any:
    west, south, east, north = shapely.total_bounds(shapes)
    if west < -181 or east > 181 or south < -91 or north > 91:
        raise InputError(f"{file} names no coordinate system and is not in degrees; add its .prj")
    return shapely.force_2d(shapes)


def _to_features(batch: Any, geometry: str, to_degrees: Any) -> Iterator[Feature]:
    columns = {name: batch.column(name) for name in batch.schema.names}
    shapes = np.full(len(batch), None, object)
    if geometry in columns:
        packed = np.array(columns.pop(geometry).to_pylist(), object)
        shapes = to_degrees(shapely.from_wkb(packed, on_invalid="ignore"))
    texts = {name: _to_texts(column) for name, column in columns.items()}
    for number, shape in enumerate(shapes):
        yield Feature({name: cells[number] for name, cells in texts.items()}, shape)


def _to_texts(column: Any) -> list[Any]:
    """The cells of a column; nothing is an empty text, bytes that are no text become U+FFFD."""
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = column.cast(pa.large_binary())
    cells = ("" if cell is None else cell for cell in column.to_pylist())
    return [cell.decode("utf-8", "replace") if isinstance(cell, bytes) else cell for cell in cells]


def find_spot(shape: Any, name: str) -> Spot:
    """Returns where a shape is; raises `BadCellError` where it is nowhere on Earth."""
    if shape is None or shape.is_empty:
        raise BadCellError("geometry", f"{name!r} has no geometry")
    try:
        if not shape.is_valid:
            shape = shapely.make_valid(shape)
        centre = shape.centroid
        if shape.geom_type != "Point" and not shape.contains(centre):
            centre = shape.representative_point()
        lon, lat = float(centre.x), float(centre.y)
    except (GEOSException, ValueError) as error:
        raise BadCellError("geometry", f"{name!r} has a broken geometry: {error}") from error
    corners = shapely.get_coordinates(shape)
    if not (np.abs(corners) <= (180.0, 90.0)).all() or not (abs(lon) <= 180 and abs(lat) <= 90):
        raise BadCellError("geometry", f"{name!r} lies outside the degrees of the Earth")
    radius_km = float(distances_km(lon, lat, corners[:, 0], corners[:, 1]).max())
    is_area = shape.geom_type in {"Polygon", "MultiPolygon"}
    return Spot(lon, lat, radius_km, shapely.to_wkb(shape) if is_area else b"")


def _shorten(error: Exception) -> str:
    """The first line of an error, without the path that the reader knows."""
    return re.sub(r"/\S*/", "", str(error).splitlines()[0] if str(error) else type(error).__name__)
