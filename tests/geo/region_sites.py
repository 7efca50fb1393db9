"""Sites for the tests of shapes, and what every shape must be."""

import shapely
from hypothesis import strategies as st

from geo.measure import Position, circle
from geo.precision import Precision
from geo.regions import (
    RELATIONS,
    Site,
)

ALEPPO = Site(Position(37.1343, 36.2021), 8.0, Precision.SETTLEMENT)
RASHIDIN = Site(Position(37.063, 36.163), 1.0, Precision.EXACT)
ABU_JURAYF = Site(Position(36.9271, 35.7327), 1.5, Precision.SETTLEMENT)
SAMKAH = Site(Position(36.9091, 35.6969), 1.0, Precision.SETTLEMENT)
HASAKAH = Site(Position(40.7477, 36.5025), 5.0, Precision.SETTLEMENT)
PROVINCE = Site(Position(37.3, 36.2), 75.0, Precision.REGION, circle(Position(37.6, 36.2), 80.0))
levels = st.sampled_from(list(Precision))


def assert_drawable(location):
    geometry = location.geometry
    west, south, east, north = geometry.bounds
    assert geometry.is_valid
    assert not geometry.is_empty
    assert geometry.geom_type != "GeometryCollection"
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    assert location.radius_km > 0
    assert location.relation in RELATIONS
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            assert part.exterior.is_ccw
