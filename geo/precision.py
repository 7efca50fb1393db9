"""How exactly a place is known, the radius that implies, and its ACLED and UCDP codes."""

from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml


class Precision(StrEnum):
    """Levels of a location, finest first (ACLED and UCDP codebooks)."""

    EXACT = "exact"
    SETTLEMENT = "settlement"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"


# Radius that a level implies where nothing better is known, in kilometres. District levels are
# the median smallest circle of OCHA's Syrian areas (272 subdistricts 12.8 km, 62 districts 30.0,
# 14 governorates 73.6), rounded; a city neighbourhood's is 0.8 km; a settlement's and a country's
# are round assumptions, used only where the place itself has no radius.
IMPLIED_RADIUS_KM: dict[Precision, float] = {
    Precision.EXACT: 1.0,
    Precision.SETTLEMENT: 5.0,
    Precision.SUBDISTRICT: 15.0,
    Precision.DISTRICT: 30.0,
    Precision.REGION: 75.0,
    Precision.COUNTRY: 300.0,
}

# ACLED: 1 a particular town, 2 a small part of a region, 3 a larger region (its codebook).
_GEO_PRECISION = dict(zip(Precision, (1, 1, 2, 2, 3, 3), strict=True))

# UCDP: 1 exact point, 3 second-order division, 4 first-order division, 6 country only. A
# subdistrict has no code of its own and takes that of the division which holds it.
_WHERE_PREC = dict(zip(Precision, (1, 1, 3, 3, 4, 6), strict=True))

_FROM_GEO_PRECISION = {1: Precision.SETTLEMENT, 2: Precision.SUBDISTRICT, 3: Precision.REGION}
_FROM_WHERE_PREC = {
    1: Precision.SETTLEMENT,
    2: Precision.SUBDISTRICT,
    3: Precision.DISTRICT,
    4: Precision.REGION,
    5: Precision.REGION,
    6: Precision.COUNTRY,
    7: Precision.COUNTRY,
}


def implied_radius_km(precision: Precision) -> float:
    """The radius of a place of this level, in kilometres, where the place has none of its own.

    >>> implied_radius_km(Precision.DISTRICT)
    30.0
    """
    return IMPLIED_RADIUS_KM[precision]


def to_geo_precision(precision: Precision) -> int:
    """ACLED's geo_precision of a level, 1 to 3.

    >>> to_geo_precision(Precision.REGION)
    3
    """
    return _GEO_PRECISION[precision]


def to_where_prec(precision: Precision) -> int:
    """UCDP's where_prec of a level, 1 to 6.

    >>> to_where_prec(Precision.REGION)
    4
    """
    return _WHERE_PREC[precision]


def from_geo_precision(code: int) -> Precision | None:
    """The level that ACLED's code stands for, or `None` where it is no such code.

    ACLED's 1 does not tell a town from a spot in it, so it is a settlement.

    >>> from_geo_precision(2)
    <Precision.SUBDISTRICT: 'subdistrict'>
    """
    return _FROM_GEO_PRECISION.get(code)


def from_where_prec(code: int) -> Precision | None:
    """The level that UCDP's code stands for, or `None` where it is no such code.

    >>> from_where_prec(4)
    <Precision.REGION: 'region'>
    """
    return _FROM_WHERE_PREC.get(code)


def from_radius_km(radius_km: float) -> Precision:
    """The finest level whose implied radius is at least this one; country beyond all.

    >>> from_radius_km(13.2)
    <Precision.SUBDISTRICT: 'subdistrict'>
    """
    fits = [level for level in Precision if radius_km <= IMPLIED_RADIUS_KM[level]]
    return fits[0] if fits else Precision.COUNTRY


def from_feature_code(code: str) -> Precision:
    """The level of a place with this GeoNames feature code; one not listed is exact.

    >>> from_feature_code("ADM1"), from_feature_code("PPLA2"), from_feature_code("AIRB")
    (<Precision.REGION: 'region'>, <Precision.SETTLEMENT: 'settlement'>, <Precision.EXACT: 'exact'>)
    """
    codes = _load_feature_codes()
    return codes.get(code.upper(), Precision.EXACT)


def coarsest(*levels: Precision) -> Precision:
    """The least exact of some levels.

    >>> coarsest(Precision.EXACT, Precision.REGION, Precision.SETTLEMENT)
    <Precision.REGION: 'region'>
    """
    order = list(Precision)
    return max(levels, key=order.index)


@cache
def _load_feature_codes() -> dict[str, Precision]:
    text = files("geo").joinpath("data/feature_codes.yaml").read_text(encoding="utf-8")
    levels: dict[str, list[str]] = yaml.safe_load(text)["levels"]
    return {code: Precision(level) for level, codes in levels.items() for code in codes}
