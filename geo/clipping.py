"""Areas cut to the box of a map, simplified without gaps between neighbours.

`geo.areas` is the door; this module is apart because geopandas takes a second to import.
"""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.areas import Area, load_areas
from geo.shapes import load_shape


def clip_shapes(
    bounds: tuple[float, float, float, float], *, tolerance_deg: float
) -> gpd.GeoDataFrame:
    """Return the areas that meet a box, simplified and cut to it, countries first."""
    box = shapely.box(*bounds)
    near = [area for area in load_areas() if _boxes_meet(area.bounds, bounds)]
    areas = [area for area in near if area.level == 1]
    shapes = np.array([load_shape(area) for area in areas], dtype=object)
    countries = [area for area in near if area.level == 0]
    wholes = np.array([load_shape(area) for area in countries], dtype=object)
    if tolerance_deg > 0:
        shapes = shapely.coverage_simplify(shapes, tolerance_deg)
        wholes = shapely.coverage_simplify(wholes, tolerance_deg)
    drawn = shapely.intersection(shapely.make_valid(np.concatenate([wholes, shapes])), box)
    return _make_frame([*countries, *areas], drawn)


def _make_frame(areas: Sequence[Area], shapes: NDArray[np.object_]) -> gpd.GeoDataFrame:
    columns = {
        "area_id": [area.area_id for area in areas],
        "level": [area.level for area in areas],
        "name": [area.name for area in areas],
    }
    frame = gpd.GeoDataFrame(columns, geometry=list(shapes), crs="EPSG:4326")
    flat = frame.geometry.geom_type.isin(["Polygon", "MultiPolygon"])
    return frame[flat & ~frame.geometry.is_empty].reset_index(drop=True)


def _boxes_meet(
    first: tuple[float, float, float, float], second: tuple[float, float, float, float]
) -> bool:
    return (
        first[0] <= second[2]
        and first[2] >= second[0]
        and first[1] <= second[3]
        and first[3] >= second[1]
    )
