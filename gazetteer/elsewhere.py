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
_OURS = "im"
# Of one name so many places are looked at, the largest first.
_MOST_LOOKED_AT = 20
UNKNOWN = "no place is called"


def mind_borders(
    gazetteer: Gazetteer, resolutions: Sequence[Resolution], known: Sequence[Known]
) -> list[Resolution]:
    """Returns the resolutions, those doubted whose name a town across the border has exactly.

    Doubted are names of a stated country that no place has, or that one only resembles.
    """
    minded = list(resolutions)
    doubtful = [
        row
        for row, (resolution, each) in enumerate(zip(resolutions, known, strict=True))
        if each.country and _is_doubtful(resolution)
    ]
    names = [resolutions[row].mention.text for row in doubtful]
    for at, places in _find_known(gazetteer, names).items():
        row = doubtful[at]
        beyond = find_beyond(places, known[row].country)
        if beyond is not None:
            minded[row] = _doubt(resolutions[row], beyond, known[row].country)
    return minded


def _find_known(gazetteer: Gazetteer, names: Sequence[str]) -> dict[int, list[Place]]:
    """The known towns of the world with exactly these names, the largest first, name by name."""
    hits = gazetteer.find_exact_hits(names, [""] * len(names))
    facts = gazetteer.columns(hits.place)
    ours = gazetteer.id_sources.index(_OURS) if _OURS in gazetteer.id_sources else None
    is_known = facts.population >= _LEAST_PEOPLE
    if ours is not None:
        is_known |= (facts.known_by >> ours) & 1 == 1
    found: dict[int, list[Place]] = {}
    for row in np.flatnonzero(is_known).tolist():
        places = found.setdefault(int(hits.query[row]), [])
        if len(places) < _MOST_LOOKED_AT:
            places.append(gazetteer.place(int(hits.place[row])))
    return found


def _is_doubtful(resolution: Resolution) -> bool:
    """Whether no place is chosen and none has the name itself, or one only like it is chosen."""
    if resolution.place is not None:
        return resolution.method == "fuzzy"
    return not any(candidate.method == "exact" for candidate in resolution.alternatives)


def find_beyond(places: Iterable[Place], country: str) -> Place | None:
    """Returns the first of places that lies near a country but not in it, if any."""
    towns = [place for place in places if place.country != country]
    # Outlines are the larger part of the work: few names have a town of their name elsewhere.
    shape = _load_country(country) if towns else None
    if shape is None:
        return None
    points = ((place, shapely.Point(place.lon, place.lat)) for place in towns)
    return next((p for p, point in points if shape.distance(point) <= _REACH_DEGREES), None)


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
