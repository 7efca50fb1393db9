"""How large a place is when no source says it: by feature code and population."""

import csv
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import NamedTuple

# The radius of a settlement grows with the root of its population (Lemoy and Caruso 2017:
# European cities of all sizes are alike up to that factor). The factor is the median, over the
# twelve Syrian cities whose neighbourhoods OCHA drew and GeoNames counted people in, of the
# radius of the smallest circle round the neighbourhoods: 0.0054 (Tartus) to 0.0143 (Deir ez-Zor).
KM_PER_ROOT_PERSON = 0.0066
_OTHER_RADIUS_KM = 2.0


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

    >>> make_radius_km("PPL"), round(make_radius_km("PPLA", 2_098_210), 1)
    (1.0, 9.6)
    """
    feature = load_features().get(code, _OTHER)
    if not population or feature.group != "settlement":
        return feature.radius_km
    return max(feature.radius_km, KM_PER_ROOT_PERSON * sqrt(population))
