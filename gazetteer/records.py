"""A located phrase as the place columns of the incident table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from gazetteer.correcting import is_corrected
from gazetteer.index import Gazetteer
from gazetteer.normalize import name_keys, skeleton
from gazetteer.phrases import PlacePhrase
from gazetteer.place import Candidate, Place, Resolution
from gazetteer.sites import STAND_IN_KM, find_spread, is_stand_in
from gazetteer.sources.radius import lookup_feature
from geo.areas import Area, load_areas, lookup_area
from geo.regions import Location

# From the surest to the least sure; but where a person had a hand in it, that shows.
_METHODS = ("", "exact", "variant", "fuzzy", "geocoder", "correction")
# A radius is known to tens of metres at best.
RADIUS_DECIMALS = 2
_MOST_ALTERNATIVES = 5


@dataclass(frozen=True)
class Located:
    """A phrase, what its names resolved to, and where that is.

    `location` is `None` where nothing resolved; `unresolved` then says why. `admin1` is the name
    of the first-level area of the first place. `target` is what a "from" phrase attacks.
    `stand_in` is the place that the words put unknown names in, and whose shape `location` is.
    """

    phrase: PlacePhrase
    resolutions: tuple[Resolution, ...]
    location: Location | None
    unresolved: str = ""
    target: Resolution | None = None
    admin1: str = ""
    stand_in: Resolution | None = None


def name_admin1(gazetteer: Gazetteer, place: Place) -> str:
    """The name of the first-level area that holds a place, or that it is.

    What the place's source says counts for more than a simplified border.
    """
    if lookup_feature(place.feature_code).group == "area1":
        return place.name
    if place.admin1:
        named = _areas_by_skeleton(place.country).get(skeleton(place.admin1))
        if named is not None:
            return named
    area = lookup_area(gazetteer.admin1_id(place))
    return area.name if area is not None else place.admin1


@lru_cache(maxsize=300)
def _areas_by_skeleton(country: str) -> dict[str, str]:
    """The first-level areas of a country by the skeletons of their names."""
    areas = _areas_of_countries().get(country, [])
    names = [(name, area.name) for area in areas for name in area.names]
    skeletons = name_keys([name for name, _ in names]).skeletons
    return {key: shown for key, (_, shown) in zip(skeletons, names, strict=True)}


@cache
def _areas_of_countries() -> dict[str, list[Area]]:
    """The first-level areas by country."""
    areas: dict[str, list[Area]] = {}
    for area in load_areas():
        if area.level == 1:
            areas.setdefault(area.country, []).append(area)
    return areas


def location_record(located: Located) -> dict[str, Any]:
    """Returns the place columns of the incident table for a located phrase.

    An unresolved phrase keeps its text, the reason, and the candidates; its geometry is `None`.
    """
    every = [r for r in (located.target, *located.resolutions) if r is not None]
    shown = [located.stand_in] if located.stand_in is not None else every
    resolved = [(r, r.place) for r in shown if r.place is not None]
    location = located.location
    record: dict[str, Any] = {
        "place_text": located.phrase.text,
        "place_name": "; ".join(place.name for _, place in resolved),
        "place_id": "; ".join(place.place_id for _, place in resolved),
        "country": resolved[0][1].country if resolved else "",
        "admin1": located.admin1,
        "admin2": resolved[0][1].admin2 if len(resolved) == 1 else "",
        "match_method": choose_method(
            r.method for r in every if r.place is not None or is_corrected(r)
        ),
        "match_score": _find_score(located, every),
        "match_reasons": list_reasons(located, every),
        "alternatives": [
            make_alternative(candidate)
            for r in every
            for candidate in r.alternatives[:_MOST_ALTERNATIVES]
        ],
        "precision": "",
        "geo_precision": None,
        "where_prec": None,
        "radius_km": None,
        "geometry": None,
    }
    return record if location is None else record | shape_record(location)


def shape_record(location: Location) -> dict[str, Any]:
    """The columns of a shape: its precision, codes, radius and geometry."""
    return {
        "precision": str(location.precision),
        "geo_precision": location.geo_precision,
        "where_prec": location.where_prec,
        "radius_km": round(location.radius_km, RADIUS_DECIMALS),
        "geometry": location.geometry,
    }


def _find_score(located: Located, every: Sequence[Resolution]) -> float | None:
    """The score of the name least sure; of names nobody knows, what the likest place would get."""
    if located.stand_in is None:
        return min((r.score for r in every if r.place is not None), default=None)
    return min(max((c.score for c in r.alternatives), default=0.0) for r in every)


def choose_method(methods: Iterable[str]) -> str:
    """The method to show of those that found the places of one row; "" for none.

    >>> choose_method(["fuzzy", "exact"]), choose_method(["correction", "fuzzy"])
    ('fuzzy', 'correction')
    """
    return max(methods, key=_METHODS.index, default="")


def list_reasons(located: Located, every: Sequence[Resolution]) -> list[str]:
    """Why each name is the place it is, or why it is none; one entry a reason."""
    reasons = [f"unresolved: {located.unresolved}"] if located.location is None else []
    if located.stand_in is not None:
        return _list_stand_in(located.stand_in, every)
    for resolution in every:
        name = f"{resolution.mention.text}: " if len(every) > 1 else ""
        if resolution.place is None:
            if located.location is not None:
                reasons.append(f"{name}left out: {resolution.unresolved}")
            continue
        reasons += [name + reason.text for reason in resolution.reasons]
        reasons += [name + text for text in _say_spread(resolution)]
        if is_stand_in(resolution):
            reasons.append(
                f"{name}within {STAND_IN_KM:.0f} km of the place the {resolution.mention.feature} "
                "is called after"
            )
    return reasons


def _say_spread(resolution: Resolution) -> list[str]:
    """Why the radius is wider than the place's own, if it is."""
    spread = find_spread(resolution)
    if spread is None:
        return []
    rival, km = spread
    other = f"{rival.place.name} ({rival.place.place_id})"
    return [f"its radius reaches {other}, {km:.1f} km off, which may as well be meant"]


def _list_stand_in(holder: Resolution, every: Sequence[Resolution]) -> list[str]:
    """That no name is in the gazetteer, and why the place they are in is the place it is."""
    name = holder.place.name if holder.place is not None else holder.mention.text
    texts = ", ".join(repr(resolution.mention.text) for resolution in every)
    first = f"{texts} is not in the gazetteer; {name}, where the words put it, stands in for it"
    return [first, *(f"{name}: {reason.text}" for reason in holder.reasons)]


def make_alternative(candidate: Candidate) -> dict[str, Any]:
    """A runner-up as JSON values."""
    place = candidate.place
    return {
        "place_id": place.place_id,
        "name": place.name,
        "admin1": place.admin1,
        "country": place.country,
        "lon": place.lon,
        "lat": place.lat,
        "score": candidate.score,
        "why": "; ".join(reason.text for reason in candidate.reasons),
    }
