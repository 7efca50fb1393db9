"""The point-radius method's formulas: how far off a written offset can be.

Wieczorek and others 2004; Chapman and Wieczorek, GBIF georeferencing best practices.
"""

import math
from decimal import Decimal

from geo.sectors import half_angle_deg


def offset_radius_km(radius_km: float, offset_km: float, heading: str) -> float:
    """The uncertainty of an offset at a heading from a place of this radius, in kilometres.

    u = sqrt((d + d' - d cos a)² + (d sin a)²), where d' is the place's radius and the precision
    of the distance (Wieczorek and others 2004).

    >>> round(offset_radius_km(1.0, 12.0, "northeast"), 2)
    5.19
    """
    angle = math.radians(half_angle_deg(heading))
    slack = radius_km + distance_precision_km(offset_km)
    along = offset_km + slack - offset_km * math.cos(angle)
    return math.hypot(along, offset_km * math.sin(angle))


def distance_precision_km(distance_km: float) -> float:
    """Half of the unit that a written distance implies, in kilometres (point-radius method).

    >>> [distance_precision_km(distance) for distance in (10.5, 15, 100, 2.25, 17.3)]
    [0.25, 0.5, 5.0, 0.125, 0.05]
    """
    written = Decimal(repr(float(distance_km))).normalize()
    if written % 1 == 0:
        return 5.0 if written and written % 10 == 0 else 0.5
    for unit in (Decimal("0.5"), Decimal("0.25")):
        if written % unit == 0:
            return float(unit / 2)
    exponent = written.as_tuple().exponent
    return float(Decimal("0.5").scaleb(int(exponent)))
