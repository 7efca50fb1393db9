"""A local plane in kilometres: where shapes are cut, widened and measured.

The azimuthal equidistant projection on the ellipsoid: distances and bearings from its centre are
true; at 300 km from the centre, lengths across are 0.04 % too long, at 1,000 km 0.4 %.
"""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.globe import fix_geometry
from geo.measure import Position, load_geod, reach_km

# Corners are never farther apart than this on the plane, so that an edge bends as it should on
# the Earth: a chord of 50 km strays from its geodesic by less than 50 m.
MAX_EDGE_KM = 50.0


def to_plane(geometry: BaseGeometry, centre: Position) -> BaseGeometry:
    """The geometry in kilometres east and north of a centre."""

    def project(corners: NDArray[np.float64]) -> NDArray[np.float64]:
        starts = np.broadcast_to(np.array(centre), corners.shape)
        azimuths, _, metres = load_geod().inv(*starts.T, *corners.T)
        angles, lengths = np.radians(azimuths), np.asarray(metres) / 1000
        return np.column_stack([lengths * np.sin(angles), lengths * np.cos(angles)])

    return shapely.transform(geometry, project)


def from_plane(geometry: BaseGeometry, centre: Position) -> BaseGeometry:
    """The geometry of a local plane in WGS84 degrees: cut at the antimeridian, oriented."""

    def unproject(corners: NDArray[np.float64]) -> NDArray[np.float64]:
        starts = np.broadcast_to(np.array(centre), corners.shape)
        azimuths = np.degrees(np.arctan2(corners[:, 0], corners[:, 1]))
        lengths = np.hypot(corners[:, 0], corners[:, 1]) * 1000
        lons, lats, _ = load_geod().fwd(starts[:, 0], starts[:, 1], azimuths, lengths)
        # Counted from the centre on, so that 180° and -180°, which are one meridian, make no jump.
        return np.column_stack([lons - 360 * np.round((lons - centre.lon) / 360), lats])

    return fix_geometry(shapely.transform(shapely.segmentize(geometry, MAX_EDGE_KM), unproject))


def find_centre(geometry: BaseGeometry) -> Position:
    """The centroid on the Earth of a geometry, also across the antimeridian and round a pole.

    >>> centre = find_centre(shapely.from_wkt("POLYGON ((179 35, 181 35, 181 36, 179 36, 179 35))"))
    >>> abs(round(centre.lon, 3)), round(centre.lat, 1)
    (180.0, 35.5)
    """
    middle = _mean_position(shapely.get_coordinates(geometry))
    centroid = to_plane(geometry, middle).centroid
    return _place(centroid.x, centroid.y, middle)


def covering_circle(geometry: BaseGeometry) -> tuple[Position, float]:
    """The centre and the radius in kilometres of the smallest circle that covers a geometry.

    The smallest is found on the local plane; the radius is then measured on the ellipsoid.

    >>> centre, radius_km = covering_circle(shapely.from_wkt("LINESTRING (36 35, 37 35)"))
    >>> round(centre.lon, 2), round(radius_km, 1)
    (36.5, 45.6)
    """
    middle = _mean_position(shapely.get_coordinates(geometry))
    circle = shapely.minimum_bounding_circle(to_plane(geometry, middle))
    # Points that are all one have no circle.
    centre = middle if circle.is_empty else _place(circle.centroid.x, circle.centroid.y, middle)
    return centre, reach_km(centre, geometry)


def to_point(geometry: BaseGeometry) -> Position:
    """One position that stands for a geometry and lies on it.

    A point is itself; an area gives a point within; a line its middle; lines that all end in one
    position (approaches to a target) that end.
    """
    if geometry.geom_type == "Point":
        return Position(geometry.x, geometry.y)  # type: ignore[attr-defined]
    if shapely.get_dimensions(geometry) == 1:
        return _point_of_lines(geometry)
    point = geometry.representative_point()
    return Position(point.x, point.y)


def _point_of_lines(geometry: BaseGeometry) -> Position:
    lines = shapely.get_parts(geometry)
    ends = {shapely.get_coordinates(line)[-1].tobytes() for line in lines}
    if len(lines) > 1 and len(ends) == 1:
        return Position(*shapely.get_coordinates(lines[0])[-1].tolist())
    middle = shapely.line_interpolate_point(lines[0], 0.5, normalized=True)
    return Position(middle.x, middle.y)


def _place(east_km: float, north_km: float, centre: Position) -> Position:
    bearing = float(np.degrees(np.arctan2(east_km, north_km)))
    lon, lat, _ = load_geod().fwd(*centre, bearing, float(np.hypot(east_km, north_km)) * 1000)
    return Position(lon, lat)


def _mean_position(corners: NDArray[np.float64]) -> Position:
    """Where the mean of the corners, as arrows from the Earth's middle, comes out."""
    lons, lats = np.radians(corners).T
    arrows = np.column_stack(
        [np.cos(lats) * np.cos(lons), np.cos(lats) * np.sin(lons), np.sin(lats)]
    )
    x, y, z = arrows.mean(axis=0).tolist()
    return Position(
        float(np.degrees(np.arctan2(y, x))), float(np.degrees(np.arctan2(z, np.hypot(x, y))))
    )
