"""GeoParquet, GeoPackage and FlatGeobuf files to tables of incidents."""

import os
from collections.abc import Mapping
from pathlib import Path

import geopandas
import pandas as pd
from geopandas import GeoDataFrame

from geo.errors import InputError
from geo.problem import Problem
from geo.readers.records import read_rows
from geo.table import CRS, ReadResult


def read_layer(
    path: str | os.PathLike[str], *, mapping: Mapping[str, str] | None = None
) -> ReadResult:
    """A table of incidents from a GeoParquet, GeoPackage or FlatGeobuf file, and its problems.

    Other reference systems are converted to WGS84. Of several layers the first is read, and a
    problem names the others. Raises `InputError` for a file that is not of its suffix's kind.
    """
    file = Path(path)
    layer, problems = _read(file)
    if layer.crs is not None and layer.crs != CRS:
        layer = layer.to_crs(CRS)
    shapes = layer.geometry.tolist()
    plain = pd.DataFrame(layer.drop(columns=layer.geometry.name)).astype("object")
    rows = [
        {str(name): cell for name, cell in row.items()} | {"geometry": shape}
        for row, shape in zip(plain.to_dict("records"), shapes, strict=True)
    ]
    headings = [str(name) for name in (*plain.columns, "geometry")]
    table, found = read_rows(rows, headings, file=file.name, first_row=1, mapping=mapping)
    return ReadResult(table, [*problems, *found])


def _read(file: Path) -> tuple[GeoDataFrame, list[Problem]]:
    # Only this function needs the two libraries, which take half a second to import.
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415
    import pyogrio  # noqa: PLC0415

    try:
        if file.suffix.lower() == ".parquet":
            return geopandas.read_parquet(file), []
        names = [str(name) for name, _ in pyogrio.list_layers(file)]
        layer = pyogrio.read_dataframe(file, layer=names[0])
    except (pa.ArrowInvalid, ValueError, IndexError, pyogrio.errors.DataSourceError) as error:
        raise InputError(
            f"{file.name!r} is no {file.suffix[1:]} file that can be read: {error}"
        ) from error
    return layer, _say_layers(file.name, names)


def _say_layers(file: str, names: list[str]) -> list[Problem]:
    if len(names) == 1:
        return []
    others = ", ".join(repr(name) for name in names[1:])
    message = f"layer {names[0]!r} is read, and not {others}; save one of those alone to read it"
    return [Problem(file, None, "", message)]
