"""From a relation and a place to a shape: sector, ring, corridor, direction of advance.

Formulas: the point-radius method (Wieczorek and others 2004; Chapman and Wieczorek, GBIF
georeferencing best practices). Codes after the two codebooks:

| relation | where_prec (UCDP) | geo_precision (ACLED) |
|---|---|---|
| at, in, sector of an area or a town | the level's: 1, 3, 4, 6 | the level's: 1, 2, 3 |
| near, offset, countryside of a town | 2, the level's if that is more | 2, the level's if more |
| between, direction | 2; 5 if over 25 km apart | 2; 3 if over 25 km apart |
| from | 2, the target's if that is more | 2, the target's if more |
"""

import math
from collections.abc import Sequence
from dataclasses import replace

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geo.errors import InputError
from geo.globe import fix_geometry, join_parts
from geo.measure import Position, bearing_deg, circle, distance_km, move
from geo.plane import covering_circle, find_centre, from_plane, to_plane
from geo.precision import coarsest, implied_radius_km
from geo.sectors import CENTRAL, area_on_plane, bearing_of, cut_sector
from geo.site import (
    AREA_LEVELS,
    Location,
    Site,
    codes_of,
    is_area,
    level_of,
    make_line,
    make_location,
)
from geo.uncertainty import distance_precision_km, offset_radius_km

__all__ = [
    "CENTRAL",
    "RELATIONS",
    "Location",
    "Site",
    "combine",
    "locate_at",
    "locate_between",
    "locate_direction",
    "locate_from",
    "locate_in",
    "locate_near",
    "locate_offset",
    "locate_sector",
]

RELATIONS = ("at", "in", "sector", "near", "between", "direction", "from", "offset")

# UCDP codes what lies within about 25 km of a known point as 2 (GED codebook): the countryside of a
# town, "north of X", and an approach to a target reach no farther.
KNOWN_POINT_KM = 25.0

# "Near" without a number: an assumption, well within UCDP's 25 km.
NEAR_KM = 10.0

# A corridor is as wide as its places, but neither a thread nor a disc: its half-width is between
# a tenth and a quarter of its length.
_CORRIDOR_SHARES = (0.1, 0.25)

_SAME_PLACE_KM = 0.001
_NEAR = (2, 2)
_FAR = (5, 3)


def locate_at(site: Site) -> Location:
    """A settlement or a spot as a point with its radius; anything larger as its area."""
    if site.precision in AREA_LEVELS:
        return replace(locate_in(site), relation="at")
    codes = codes_of(site.precision)
    point = Point(site.position)
    return make_location(point, "at", site.precision, codes=codes, own_km=site.radius_km)


def locate_in(site: Site) -> Location:
    """The area itself; without a polygon a disc, or for a settlement a point with its radius."""
    if site.area is None and site.precision not in AREA_LEVELS:
        return replace(locate_at(site), relation="in")
    area = circle(*_disc(site)) if site.area is None else fix_geometry(site.area)
    return make_location(area, "in", site.precision, codes=codes_of(site.precision))


def locate_sector(
    site: Site, headings: Sequence[str], *, countryside: bool = False, core: Site | None = None
) -> Location:
    """The part of a place that lies towards one or more headings from its centre.

    "Southern and southwestern countryside of Aleppo province": the wedges of the area, together.
    `core` is the province's capital; its circle is left out of the countryside (without a core
    the countryside of an area is the whole sector). The countryside of a town is the ring from
    its edge to 25 km out. A heading may also be `central`. Without a polygon the sector is cut
    from a disc of the place's radius.
    """
    if not headings and not countryside:
        return locate_in(site)
    if countryside and site.precision not in AREA_LEVELS:
        return replace(_locate_outside(site, headings), relation="sector")
    area = circle(*_disc(site)) if site.area is None else site.area
    centre = find_centre(area)
    part = cut_sector(area_on_plane(area, centre), headings)
    if countryside and core is not None:
        part = _leave_out(part, to_plane(circle(core.position, core.radius_km), centre))
    codes = codes_of(site.precision)
    return make_location(from_plane(part, centre), "sector", site.precision, codes=codes)


def locate_near(site: Site, *, distance_km: float | None = None) -> Location:
    """The disc round a place, or the area widened: by the distance, or by 10 km without one.

    Its radius is the place's radius, the distance, and half the unit the distance is given in
    (an offset without heading, point-radius method).
    """
    out_km = NEAR_KM
    if distance_km is not None:
        out_km = _check_distance(distance_km) + distance_precision_km(distance_km)
    shape = _widen(site, out_km)
    level = level_of(site, covering_circle(shape)[1])
    return make_location(shape, "near", level, codes=codes_of(site.precision, least=_NEAR))


def locate_offset(site: Site, distance_km: float | None, heading: str | None) -> Location:
    """The point at an offset ("12 km north of X"), with its point-radius uncertainty.

    Without a heading it is everything within the distance; without a distance ("north of X")
    the wedge from the place's edge to 25 km out.
    """
    if heading is None:
        return replace(locate_near(site, distance_km=distance_km), relation="offset")
    if distance_km is None:
        return replace(_locate_outside(site, [heading]), relation="offset")
    _check_distance(distance_km)
    point = move(site.position, bearing_of(heading), distance_km)
    radius_km = offset_radius_km(site.radius_km, distance_km, heading)
    level = level_of(site, radius_km)
    codes = codes_of(site.precision, least=_NEAR)
    return make_location(Point(point), "offset", level, codes=codes, own_km=radius_km)


def locate_between(a: Site, b: Site) -> Location:
    """The corridor from one place to another; its level follows from its length."""
    span_km = distance_km(a.position, b.position)
    if span_km < _SAME_PLACE_KM:
        return replace(locate_near(a), relation="between")
    least, most = (share * span_km for share in _CORRIDOR_SHARES)
    half_width_km = min(max(a.radius_km, b.radius_km, least), most)
    middle = move(a.position, bearing_deg(a.position, b.position), span_km / 2)
    line = to_plane(shapely.LineString([a.position, b.position]), middle)
    shape = from_plane(line.buffer(half_width_km), middle)
    return _locate_along(shape, "between", (a, b))


def locate_direction(a: Site, b: Site) -> Location:
    """The line from A to B ("in the direction of A-B"); its radius covers both places."""
    span_km = distance_km(a.position, b.position)
    if span_km < _SAME_PLACE_KM:
        return replace(locate_near(a), relation="direction")
    line = make_line(a.position, bearing_deg(a.position, b.position), span_km)
    return _locate_along(line, "direction", (a, b))


def locate_from(target: Site, origins: Sequence[Site]) -> Location:
    """An attack on a target from the directions of other places: lines that end at the target.

    The target stays the place of the incident: a line comes from its origin, but from 25 km away
    at most, and the level is the target's. A target that is an area, or no origin apart from the
    target, gives the target alone.
    """
    lines = [_approach(target, origin) for origin in origins if _is_apart(target, origin)]
    if target.precision in AREA_LEVELS or not lines:
        return replace(locate_at(target), relation="from")
    shape = _collect(lines)
    codes = codes_of(target.precision, least=_NEAR)
    return make_location(shape, "from", target.precision, codes=codes, own_km=target.radius_km)


def combine(locations: Sequence[Location]) -> Location:
    """Several places of one incident as one location: points, lines or areas, never a mixture.

    Points and lines beside areas become areas of their radius; the radius of several points is
    that about each, the largest. The level and the codes are the
    least exact ones; the relation is the first's. Raises `InputError` for no location.
    """
    if not locations:
        raise InputError("no location to combine; give at least one")
    if len(locations) == 1:
        return locations[0]
    dimensions = {int(shapely.get_dimensions(location.geometry)) for location in locations}
    mixed = len(dimensions) > 1
    shapes = [_to_area(location) if mixed else location.geometry for location in locations]
    own_km = 0.0 if mixed or 2 in dimensions else _own_km(locations)
    codes = (
        max(location.where_prec for location in locations),
        max(location.geo_precision for location in locations),
    )
    level = coarsest(*(location.precision for location in locations))
    relation = locations[0].relation
    return make_location(_collect(shapes), relation, level, codes=codes, own_km=own_km)


def _disc(site: Site) -> tuple[Position, float]:
    """A place without polygon as a disc: its own radius, at least the one its level implies."""
    return site.position, max(site.radius_km, implied_radius_km(site.precision))


def _check_distance(distance_km: float) -> float:
    if not 0 <= distance_km < math.inf:
        raise InputError(f"distance {distance_km!r} km is none; give kilometres, 0 or more")
    return distance_km


def _widen(site: Site, out_km: float) -> BaseGeometry:
    if site.area is None:
        return circle(site.position, site.radius_km + out_km)
    centre = find_centre(site.area)
    return from_plane(area_on_plane(site.area, centre).buffer(out_km), centre)


def _locate_outside(site: Site, headings: Sequence[str]) -> Location:
    """The land from a place's edge to 25 km beyond, towards some headings or all round."""
    around = _widen(site, KNOWN_POINT_KM)
    inside = site.area or circle(site.position, site.radius_km)
    centre = site.position if site.area is None else find_centre(site.area)
    ring = area_on_plane(around, centre).difference(area_on_plane(inside, centre))
    shape = from_plane(cut_sector(ring, headings), centre)
    level = level_of(site, covering_circle(shape)[1])
    return make_location(shape, "offset", level, codes=codes_of(site.precision, least=_NEAR))


def _leave_out(part: BaseGeometry, core: BaseGeometry) -> BaseGeometry:
    rest = part.difference(core)
    return part if rest.is_empty else rest


def _locate_along(shape: BaseGeometry, relation: str, ends: tuple[Site, Site]) -> Location:
    span_km = distance_km(ends[0].position, ends[1].position)
    # A corridor contains its places only in part, so their radius comes on top of either shape.
    own_km = 0.0 if is_area(shape) else max(site.radius_km for site in ends)
    radius_km = own_km + covering_circle(shape)[1]
    level = coarsest(*(level_of(site, radius_km) for site in ends))
    least = _NEAR if span_km <= KNOWN_POINT_KM else _FAR
    codes = codes_of(*(site.precision for site in ends), least=least)
    return make_location(shape, relation, level, codes=codes, own_km=own_km)


def _is_apart(target: Site, origin: Site) -> bool:
    return distance_km(target.position, origin.position) >= _SAME_PLACE_KM


def _approach(target: Site, origin: Site) -> BaseGeometry:
    bearing = bearing_deg(target.position, origin.position)
    length_km = min(distance_km(target.position, origin.position), KNOWN_POINT_KM)
    start = move(target.position, bearing, length_km)
    return make_line(start, bearing_deg(start, target.position), length_km)


def _parts(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    return [part for shape in shapes for part in shapely.get_parts(shape)]


def _to_area(location: Location) -> BaseGeometry:
    shape = location.geometry
    if is_area(shape):
        return shape
    if shape.geom_type == "Point":
        return circle(Position(shape.x, shape.y), location.radius_km)  # type: ignore[attr-defined]
    centre, radius_km = covering_circle(shape)
    margin_km = max(location.radius_km - radius_km, _SAME_PLACE_KM)
    return from_plane(to_plane(shape, centre).buffer(margin_km), centre)


def _own_km(locations: Sequence[Location]) -> float:
    """The largest radius that the places themselves bring to points or lines."""
    return max(location.radius_km - covering_circle(location.geometry)[1] for location in locations)


def _collect(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    parts = _parts(shapes)
    if is_area(parts[0]):
        return fix_geometry(shapely.union_all(parts))
    return join_parts(parts)
