"""Names that no place of the country they were looked for in has, but one across its border does.

Sources put border camps, crossings and towns under the neighbour ("Rukban" under Jordan), and
reports list strikes under the wrong country. A place whose name is only like the one written is a
worse guess than a town beyond the border that is called exactly so: neither is chosen, and the
reader is told.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from gazetteer.index import Gazetteer
from gazetteer.known import Known
from gazetteer.place import Candidate, Place, Resolution
from geo.areas import area_geometry
from geo.errors import NotFoundError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# How far beyond the border, in degrees (some 250 km): as far as a neighbour's part of one war.
_REACH_DEGREES = 2.5
# Hamlets' names are found all over a language's lands: one across the border tells nothing.
_LEAST_PEOPLE = 3000
# Those of our list of places that reports name are known, however small.
_OURS = "im:"
# Of one name so many places are looked at, the largest first.
_MOST_LOOKED_AT = 20
UNKNOWN = "no place is called"


def mind_borders(
    gazetteer: Gazetteer, resolutions: Sequence[Resolution], known: Sequence[Known]
) -> list[Resolution]:
    """Returns the resolutions, those doubted whose name a town across the border has exactly.

    Doubted are names of a stated country that no place has, or that one only resembles.
    """
    doubtful = [
        row
        for row, (resolution, each) in enumerate(zip(resolutions, known, strict=True))
        if each.country and _is_doubtful(resolution)
    ]
    minded = list(resolutions)
    names = [resolutions[row].mention.text for row in doubtful]
    hits = gazetteer.find_exact_hits(names, [""] * len(names))
    bounds = np.searchsorted(hits.query, np.arange(len(names) + 1)).tolist()
    for at, row in enumerate(doubtful):
        places = hits.place[bounds[at] : bounds[at + 1]][:_MOST_LOOKED_AT].tolist()
        beyond = find_beyond(map(gazetteer.place, places), known[row].country)
        if beyond is not None:
            minded[row] = _doubt(resolutions[row], beyond, known[row].country)
    return minded


def _is_doubtful(resolution: Resolution) -> bool:
    """Whether no place is chosen and none has the name itself, or one only like it is chosen."""
    if resolution.place is not None:
        return resolution.method == "fuzzy"
    return not any(candidate.method == "exact" for candidate in resolution.alternatives)


def find_beyond(places: Iterable[Place], country: str) -> Place | None:
    """Returns the first known town of places that lies near a country but not in it, if any."""
    shape = _load_country(country)
    if shape is None:
        return None
    found = (
        place
        for place in places
        if place.country != country
        and (place.population >= _LEAST_PEOPLE or _is_listed(place))
        and shape.distance(shapely.Point(place.lon, place.lat)) <= _REACH_DEGREES
    )
    return next(found, None)


def _is_listed(place: Place) -> bool:
    return any(each.startswith(_OURS) for each in (place.place_id, *place.same_as))


@cache
def _load_country(country: str) -> "BaseGeometry | None":
    try:
        return area_geometry(country)
    except NotFoundError:
        return None


def _doubt(resolution: Resolution, beyond: Place, country: str) -> Resolution:
    """The resolution with nothing chosen, and what lies across the border said."""
    inside = ", ".join(part for part in (beyond.admin1, beyond.country) if part)
    where = f"{beyond.name} ({inside}; {beyond.lat:.3f}, {beyond.lon:.3f})"
    said = resolution.unresolved or f"{UNKNOWN} {resolution.mention.text!r} in {country}"
    return Resolution(
        resolution.mention,
        None,
        alternatives=_list_alternatives(resolution),
        unresolved=f"{said}; across the border there is {where}: check the country",
    )


def _list_alternatives(resolution: Resolution) -> tuple[Candidate, ...]:
    place = resolution.place
    if place is None:
        return resolution.alternatives
    chosen = Candidate(
        place, resolution.matched, resolution.method, resolution.score, resolution.reasons
    )
    return (chosen, *resolution.alternatives)
