"""Tables in flat formats, lists as JSON text: CSV, GeoParquet, GeoPackage, FlatGeobuf."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from geo.geojson import prepare_geometry, to_values
from geo.incident import names_of
from geo.plane import to_point

# A GeoPackage holds the moment of its last change; one fixed moment makes same input same bytes.
_GEOPACKAGE_MOMENT = "1970-01-01T00:00:00.000Z"

LAYER = "incidents"


def to_csv(table: GeoDataFrame) -> str:
    r"""The table as CSV text: longitude, latitude of a point on the place, and WKT of all others.

    Dates are ISO 8601, lists JSON text, what is unknown is empty; lines end in `\n`.

    >>> from geo.table import make_table
    >>> table = make_table([{"incident_id": "1", "geometry": "POINT (36.6 35.9)"}])
    >>> to_csv(table).splitlines()[0][-22:]
    'longitude,latitude,wkt'
    """
    names = [name for name in table.columns if name != table.geometry.name]
    columns = [[_to_cell(value) for value in to_values(table[name])] for name in names]
    shapes = prepare_geometry(table.geometry)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    added = [_add_name(name, names) for name in ("longitude", "latitude", "wkt")]
    writer.writerow([*names, *added])
    places = map(_to_place, shapes)
    writer.writerows((*cells, *place) for *cells, place in zip(*columns, places, strict=True))
    return text.getvalue()


def _add_name(name: str, taken: list[str]) -> str:
    """The name of a column to add; a column that the table has of its own keeps its name."""
    return f"{name}_located" if name in taken else name


def to_parquet(table: GeoDataFrame) -> bytes:
    """The table as GeoParquet."""
    buffer = io.BytesIO()
    _to_flat(table).to_parquet(buffer, index=False)
    return buffer.getvalue()


def to_geopackage(table: GeoDataFrame) -> bytes:
    """The table as the one layer of a GeoPackage."""
    with _fixed_moment():
        return _to_layer(table, "GPKG", {})


def to_flatgeobuf(table: GeoDataFrame) -> bytes:
    """The table as FlatGeobuf, rows in order, without a spatial index.

    The index would reorder the rows, and it cannot hold a row without geometry.
    """
    return _to_layer(table, "FlatGeobuf", {"SPATIAL_INDEX": "NO"})


def _to_layer(table: GeoDataFrame, driver: str, options: dict[str, str]) -> bytes:
    # GDAL's bindings take a third of a second to import.
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415
    import pyogrio  # noqa: PLC0415

    flat = _to_flat(table)
    columns = {name: flat[name] for name in flat.columns if name != flat.geometry.name}
    for name in names_of("date"):
        columns[name] = pa.array(
            flat[name].astype("object").where(flat[name].notna(), None), pa.date32()
        )
    columns["geometry"] = pa.array(shapely.to_wkb(flat.geometry.to_numpy()), pa.binary())
    buffer = io.BytesIO()
    pyogrio.write_arrow(
        pa.table(columns),
        buffer,
        driver=driver,
        layer=LAYER,
        geometry_name="geometry",
        geometry_type="Unknown",
        crs="EPSG:4326",
        layer_options=options,
    )
    return buffer.getvalue()


@contextmanager
def _fixed_moment() -> Iterator[None]:
    import pyogrio  # noqa: PLC0415

    option = "OGR_CURRENT_DATE"
    before = pyogrio.get_gdal_config_option(option)
    pyogrio.set_gdal_config_options({option: _GEOPACKAGE_MOMENT})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({option: before})


def _to_flat(table: GeoDataFrame) -> GeoDataFrame:
    """The table with lists, and anything else that is no plain cell, as JSON text."""
    flat = table.reset_index(drop=True)
    for name in flat.columns:
        if flat[name].dtype == object:
            cells = [_to_cell(value) for value in to_values(flat[name])]
            flat[name] = pd.Series(cells, dtype="str")
    return flat


def _to_cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        return orjson.dumps(value).decode() if value else ""
    if isinstance(value, str):
        # The csv module leaves a lone carriage return unquoted, and readers end the row there.
        return value.replace("\r\n", "\n").replace("\r", "\n")
    return "" if value is None else value


def _to_place(shape: Any) -> tuple[Any, Any, str]:
    if shape is None:
        return "", "", ""
    lon, lat = to_point(shape)
    wkt = "" if shape.geom_type == "Point" else shapely.to_wkt(shape, rounding_precision=7)
    return round(lon, 7), round(lat, 7), wkt
