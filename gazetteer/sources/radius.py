"""How large a place is when no source says it: by feature code and population."""

import csv
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

# The radius of a settlement grows with the root of its population (Lemoy and Caruso 2017:
# European cities of all sizes are alike up to that factor). The factor is the median, over the
# twelve Syrian cities whose neighbourhoods OCHA drew and GeoNames counted people in, of the
# radius of the smallest circle round the neighbourhoods: 0.0054 (Tartus) to 0.0143 (Deir ez-Zor).
KM_PER_ROOT_PERSON = 0.0066
# How far a source's position of a settlement may be off: Who's On First (GeoNames) and OCHA differ
# by less than 0.8 km for nine of ten of the 5,098 Syrian places that both know, and by less than
# 1.4 km for nineteen of twenty.
POSITION_KM = 1.4
_INHABITED = ("settlement", "neighbourhood")
_OTHER_RADIUS_KM = 2.0
# Tables hold any number of digits; no place has more people than the Earth.
_MOST_PEOPLE = 10**10


class Feature(NamedTuple):
    """What is known of a feature code: the class it belongs to, and a usual radius."""

    group: str
    radius_km: float


_OTHER = Feature("other", _OTHER_RADIUS_KM)


@cache
def load_features() -> dict[str, Feature]:
    """The classes and radii of `gazetteer/data/features.csv` by feature code."""
    text = files("gazetteer").joinpath("data", "features.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {
        row["feature_code"]: Feature(row["class"], float(row["radius_km"]))
        for row in csv.DictReader(lines)
    }


def lookup_feature(code: str) -> Feature:
    """Returns the class and radius of a feature code; `other` and 2 km for one not listed.

    >>> lookup_feature("PSTB")
    Feature(group='crossing', radius_km=0.5)
    """
    return load_features().get(code, _OTHER)


def make_radius_km(code: str, population: int = 0) -> float:
    """Returns the radius of a place of this code, for settlements not below their population's.

    The extent of a settlement and the uncertainty of its position together, as the point-radius
    method has it (Wieczorek and others 2004).

    >>> make_radius_km("PPL"), round(make_radius_km("PPLA", 2_098_210), 1)
    (2.4, 11.0)
    """
    feature = load_features().get(code, _OTHER)
    if feature.group not in _INHABITED:
        return feature.radius_km
    extent_km = KM_PER_ROOT_PERSON * sqrt(min(population, _MOST_PEOPLE))
    return max(feature.radius_km, extent_km) + POSITION_KM


def make_radii_km(code: str, populations: Array) -> Array:
    """Returns `make_radius_km` of many places of one code.

    >>> make_radii_km("PPL", np.array([0, 2_098_210])).round(1).tolist()
    [2.4, 11.0]
    """
    feature = load_features().get(code, _OTHER)
    if feature.group not in _INHABITED:
        return np.full(len(populations), feature.radius_km)
    radii_km: Array = np.maximum(feature.radius_km, KM_PER_ROOT_PERSON * np.sqrt(populations))
    return radii_km + POSITION_KM
