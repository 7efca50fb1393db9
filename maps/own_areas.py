"""Areas that a caller gives to count incidents by: checked, named and in degrees."""

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.errors import InputError

_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


def check_areas(areas: Any) -> tuple[list[str], NDArray[np.object_]]:
    """Names and shapes of a caller's areas, in WGS84 degrees; raises InputError where it cannot be.

    Any coordinate reference system will do as long as the table says which. An area that touches
    itself is mended.
    """
    if not isinstance(areas, gpd.GeoDataFrame):
        raise InputError(f"areas is a {type(areas).__name__}, not a GeoDataFrame of polygons")
    if not len(areas):
        raise InputError("areas has no rows; give one polygon a row, or leave areas out")
    if "name" not in areas.columns:
        raise InputError(
            f"areas has no column 'name', only {list(map(str, areas.columns))}; "
            "rename the column that holds what each area is called"
        )
    if areas.crs is None:
        raise InputError(
            "areas does not say its coordinate reference system; set it, "
            "as in areas.set_crs('EPSG:4326')"
        )
    names = [_check_name(row, name) for row, name in enumerate(areas["name"].tolist())]
    shapes = areas.to_crs("EPSG:4326").geometry.to_numpy()
    for row, shape in enumerate(shapes):
        if shapely.get_type_id(shape) not in _POLYGONS or shapely.is_empty(shape):
            kind = "nothing" if shape is None or shape.is_empty else shape.geom_type
            raise InputError(f"areas, row {row} ({names[row]!r}): {kind}, not a polygon")
        if not np.isfinite(shape.bounds).all():
            raise InputError(
                f"areas, row {row} ({names[row]!r}): its corners have no place in degrees; "
                f"is {areas.crs.to_string()!r} the coordinate reference system it is drawn in?"
            )
    return names, np.array([_mend(shape) for shape in shapes], dtype=object)


def _check_name(row: int, name: Any) -> str:
    if isinstance(name, str) and name.strip():
        return name.strip()
    raise InputError(f"areas, row {row}: name {name!r} is no text; name every area")


def _mend(shape: Any) -> Any:
    """The polygons of a shape that is made valid; lines and points that this leaves are dropped."""
    if shapely.is_valid(shape):
        return shape
    parts = shapely.get_parts(shapely.make_valid(shape))
    flat = [part for part in shapely.get_parts(parts) if part.geom_type == "Polygon"]
    return shapely.multipolygons(flat)
