"""A place as geometry knows it, and the answer to where something happened."""

from dataclasses import dataclass

import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from geo.errors import InputError
from geo.measure import Position, move
from geo.plane import covering_circle, from_plane, to_plane
from geo.precision import (
    Precision,
    coarsest,
    from_radius_km,
    implied_radius_km,
    to_geo_precision,
    to_where_prec,
)

AREA_LEVELS = frozenset(Precision) - {Precision.EXACT, Precision.SETTLEMENT}


@dataclass(frozen=True, slots=True)
class Site:
    """A place: its position (WGS84), the circle that covers it, its level, its polygon if known.

    A radius of 0 stands for the radius its level implies: no place is a bare point.
    """

    position: Position
    radius_km: float
    precision: Precision
    area: BaseGeometry | None = None

    def __post_init__(self) -> None:
        """Refuse a position that is none and a radius that is none."""
        lon, lat = self.position
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise InputError(
                f"position {lon!r}, {lat!r} is not on the Earth; give longitude -180 to 180 first, "
                "then latitude -90 to 90, in degrees"
            )
        if not 0 <= self.radius_km < float("inf"):
            raise InputError(f"radius_km {self.radius_km!r} is no radius; give kilometres")
        if self.radius_km == 0:
            object.__setattr__(self, "radius_km", implied_radius_km(self.precision))


@dataclass(frozen=True, slots=True)
class Location:
    """Where something happened: a shape in WGS84 degrees, how exactly, and the codes of the field.

    `radius_km` is that of the smallest circle that covers the shape, and the place's own radius
    beside where the shape does not contain it. `where_prec` is UCDP's code, `geo_precision`
    ACLED's.
    """

    geometry: BaseGeometry
    precision: Precision
    radius_km: float
    relation: str
    where_prec: int
    geo_precision: int


def make_location(
    geometry: BaseGeometry,
    relation: str,
    level: Precision,
    *,
    codes: tuple[int, int],
    own_km: float = 0.0,
) -> Location:
    """A location with its radius measured on its shape.

    `codes` are where_prec and geo_precision; `own_km` is the radius of the places beside a shape
    that does not contain them (a point, a line). Several points are several places: the radius
    is about each of them, not round them all.
    """
    is_point = geometry.geom_type in {"Point", "MultiPoint"}
    radius_km = own_km if is_point else own_km + covering_circle(geometry)[1]
    return Location(geometry, level, radius_km, relation, *codes)


def codes_of(*levels: Precision, least: tuple[int, int] = (1, 1)) -> tuple[int, int]:
    """where_prec and geo_precision of the least exact of some levels, and at least those given.

    >>> codes_of(Precision.SETTLEMENT, least=(2, 2)), codes_of(Precision.REGION, least=(2, 2))
    ((2, 2), (4, 3))
    """
    level = coarsest(*levels)
    return max(least[0], to_where_prec(level)), max(least[1], to_geo_precision(level))


def level_of(site: Site, radius_km: float) -> Precision:
    """The level of a shape near a site: as coarse as the site and as its radius asks for."""
    return coarsest(site.precision, from_radius_km(radius_km))


def make_line(start: Position, bearing: float, length_km: float) -> BaseGeometry:
    """The geodesic from a position, with that bearing and length, cut at the antimeridian."""
    middle = move(start, bearing, length_km / 2)
    end = move(start, bearing, length_km)
    line = to_plane(LineString([start, end]), middle)
    return from_plane(line, middle)


def is_area(geometry: BaseGeometry) -> bool:
    """Whether a geometry has an inside."""
    return bool(shapely.get_dimensions(geometry) == 2)
