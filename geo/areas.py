"""Which country and first-level area holds a point; their names, shapes and sizes; towns.

The data is made at package build from Natural Earth and GeoNames (`build_hook/areas.py`). Borders
are Natural Earth's, drawn by who holds the ground; an area's `parent` and `claims` say who else
claims it, and no side is taken.
"""

import io
import zipfile
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from geo.errors import NotFoundError

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import ArrayLike
    from shapely.geometry.base import BaseGeometry

ATTRIBUTION = "Natural Earth (public domain); GeoNames (CC BY 4.0)"
"""What a page or a paper that shows this data must say."""


class Area(NamedTuple):
    """A country (level 0) or one of its first-level areas (level 1).

    `area_id` is "SY" or "SY-ID" (HASC codes with a dash); `parent` and `country` are the alpha-2
    code, "" where no country's code covers the ground. `names` holds every name, `name` first.
    `geonames_id` is 0 and `admin1_code` (GeoNames') "" where unknown. `lon` and `lat` are the
    corrected centre, which lies in the area, and `radius_km` reaches from there to its farthest
    corner. `bounds` are west, south, east, north. `claims` are alpha-2 codes of countries that
    claim the area, or part of it, besides its parent.
    """

    area_id: str
    level: int
    name: str
    names: tuple[str, ...]
    country: str
    parent: str
    geonames_id: int
    admin1_code: str
    lon: float
    lat: float
    radius_km: float
    bounds: tuple[float, float, float, float]
    claims: tuple[str, ...]


class Town(NamedTuple):
    """A town to label a base map with; `name_ar` is "" where no Arabic name is known."""

    name: str
    name_ar: str
    lon: float
    lat: float
    population: int
    country: str


@cache
def load_areas() -> tuple[Area, ...]:
    """Return all countries and first-level areas, each country before its areas.

    >>> [area.name for area in load_areas() if area.area_id == "SY-ID"]
    ['Idlib']
    """
    return tuple(_make_area(row) for row in orjson.loads(_read_member("areas.json")))


def _make_area(row: list[Any]) -> Area:
    area_id, level, names, country, parent, number, code, claims, lon, lat, radius_km, bounds = row
    return Area(
        area_id,
        level,
        names[0],
        tuple(names),
        country or (area_id if level == 0 else ""),
        parent,
        number,
        code,
        lon,
        lat,
        radius_km,
        tuple(bounds),
        tuple(claims),
    )


def lookup_area(area_id: str) -> Area | None:
    """Return the area of an id such as "SY" or "SY-ID", or `None`.

    >>> lookup_area("SY").country
    'SY'
    """
    return _areas_by_id().get(area_id)


@cache
def _areas_by_id() -> dict[str, Area]:
    return {area.area_id: area for area in load_areas()}


@cache
def load_towns() -> tuple[Town, ...]:
    """Return towns of 15,000 people and more, and the largest of every area, the largest first."""
    columns = orjson.loads(_read_member("towns.json"))
    return tuple(map(Town, *(columns[field] for field in Town._fields)))


def area_geometry(area_id: str) -> "BaseGeometry":
    """Return an area's polygon or multi-polygon in WGS84, simplified to about 0.5 km.

    Only the country's own shapes are read. Raises NotFoundError for an unknown id.
    """
    from geo import shapes  # noqa: PLC0415  (shapely, late: most commands need no shape)

    area = lookup_area(area_id)
    if area is None:
        message = f"no area {area_id!r}; load_areas() lists them, as 'SY' or 'SY-ID'"
        raise NotFoundError(message)
    return shapes.load_shape(area)


def find_areas(lons: "ArrayLike", lats: "ArrayLike", *, level: int = 1) -> list[str]:
    """Return for each point the id of the area that holds it, or "".

    A point outside every area but within 5 km of one (simplified coasts and borders) goes to the
    nearest. At level 0 the answer is a country. Positions are WGS84 degrees; a NaN is nowhere.
    """
    from geo import holders  # noqa: PLC0415  (shapely, late)

    found = holders.find_holders(lons, lats)
    answers = found.countries if level == 0 else found.area_ids
    return [answers[number] for number in found.numbers.tolist()]


def clip_areas(
    bounds: tuple[float, float, float, float], *, tolerance_deg: float
) -> "gpd.GeoDataFrame":
    """Return the areas that meet a box, cut to it: area_id, level, name, geometry in EPSG:4326.

    Shapes are simplified by `tolerance_deg` (Visvalingam; 0 leaves them as they are) without gaps
    between neighbours. `bounds` are west, south, east, north; no box crosses the antimeridian.
    """
    from geo import clipping  # noqa: PLC0415  (geopandas, late)

    return clipping.clip_shapes(bounds, tolerance_deg=tolerance_deg)


def _read_member(name: str) -> bytes:
    return open_archive().read(name)


@cache
def open_archive() -> zipfile.ZipFile:
    """Return the packaged area file, in memory; it is made by the package build (`make build`)."""
    path = files("geo") / "data" / "areas.zip"
    if not path.is_file():
        message = "the packaged area file is missing; install the package again: pip install -e ."
        raise NotFoundError(message)
    return zipfile.ZipFile(io.BytesIO(path.read_bytes()))
