"""How exactly a place is known, the radius that implies, and its ACLED and UCDP codes."""

from enum import StrEnum


class Precision(StrEnum):
    """Levels of a location, finest first (ACLED and UCDP codebooks)."""

    EXACT = "exact"
    SETTLEMENT = "settlement"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"
