"""Resolved places to shapes: which function of `geo.regions` a phrase asks for, and with what."""

from collections.abc import Sequence
from dataclasses import replace

from gazetteer.correcting import is_corrected
from gazetteer.index import Gazetteer
from gazetteer.penalties_places import load_feature_classes
from gazetteer.phrases import PlacePhrase
from gazetteer.place import Candidate, Place, Resolution
from gazetteer.sources.radius import lookup_feature
from geo.measure import Position, distance_km
from geo.precision import from_feature_code
from geo.regions import (
    Location,
    Site,
    combine,
    locate_at,
    locate_between,
    locate_direction,
    locate_from,
    locate_in,
    locate_near,
    locate_offset,
    locate_sector,
)
from geo.site import AREA_LEVELS

_POINT_GROUPS = frozenset({"settlement", "neighbourhood"})
# An airport, dam or camp that no gazetteer knows is looked for within so many kilometres of the
# place it is called after. Of Syria's 63 such facilities (our list, Who's On First and OCHA) with
# the name of a settlement, 53 (84 %) lie so near, and 40 (63 %) within 5 km; oil fields do not.
STAND_IN_KM = 10.0
# A district that is not known lies round the town it is called after.
_SEATED = frozenset({"district", "subdistrict"})
# Two candidates so close are one place in effect (two sources that give one village two positions,
# two quarters of one name), and the answer is one of them: its radius reaches the others that are
# at least half as likely, so that it is honest whichever is meant.
_ONE_PLACE_KM = 5.0
_SHARE = 0.5


def make_site(gazetteer: Gazetteer, place: Place) -> Site:
    """A place as geometry knows it, with its polygon where one is known."""
    return Site(
        Position(place.lon, place.lat),
        place.radius_km,
        from_feature_code(place.feature_code),
        gazetteer.geometry(place.place_id),
    )


def find_spread(resolution: Resolution) -> tuple[Candidate, float] | None:
    """The farthest runner-up that may as well be the place, and its distance in kilometres.

    `None` where none lies outside the place's own radius. Areas have a shape, and no runner-up
    widens a place that a person chose.
    """
    place = resolution.place
    if place is None or not _is_spot(place) or is_corrected(resolution):
        return None
    here = Position(place.lon, place.lat)
    away = [
        (distance_km(here, Position(rival.place.lon, rival.place.lat)), at, rival)
        for at, rival in enumerate(resolution.alternatives)
        if rival.score >= _SHARE * resolution.score and _is_spot(rival.place)
    ]
    near = [entry for entry in away if place.radius_km < entry[0] <= _ONE_PLACE_KM]
    if not near:
        return None
    km, _, rival = max(near)
    return rival, km


def _is_spot(place: Place) -> bool:
    return from_feature_code(place.feature_code) not in AREA_LEVELS


def _make_wide_site(gazetteer: Gazetteer, resolution: Resolution, place: Place) -> Site:
    """The site of a resolved place, its radius as wide as what shares its likelihood."""
    site = make_site(gazetteer, place)
    spread = find_spread(resolution)
    return site if spread is None else replace(site, radius_km=max(site.radius_km, spread[1]))


def is_stand_in(resolution: Resolution) -> bool:
    """Whether the place is only the settlement that a facility or a district is called after."""
    place, wanted = resolution.place, resolution.mention.feature
    if place is None or not wanted or is_corrected(resolution):
        return False
    group = lookup_feature(place.feature_code).group
    is_seat = wanted in _SEATED and group == "settlement"
    return group in _POINT_GROUPS and (is_seat or group not in load_feature_classes(wanted))


def _is_surrounding(resolution: Resolution) -> bool:
    """Whether "the X region" means the land round a settlement."""
    place = resolution.place
    if place is None or resolution.mention.feature != "region":
        return False
    return lookup_feature(place.feature_code).group in _POINT_GROUPS


def make_location(
    gazetteer: Gazetteer,
    phrase: PlacePhrase,
    found: Sequence[Resolution],
    target: Resolution | None,
) -> Location | None:
    """The shape of a phrase from its resolved places; `None` where none is resolved."""
    resolved = [resolution for resolution in found if resolution.place is not None]
    sites = [_make_wide_site(gazetteer, r, r.place) for r in resolved if r.place is not None]
    if phrase.relation == "from" and target is not None and target.place is not None:
        return locate_from(_make_wide_site(gazetteer, target, target.place), sites)
    if not sites:
        return None
    if phrase.relation in {"between", "direction"} and len(sites) > 1:
        make = locate_between if phrase.relation == "between" else locate_direction
        return make(sites[0], sites[1])
    shapes = [
        _locate_one(gazetteer, phrase, resolution, site)
        for resolution, site in zip(resolved, sites, strict=True)
    ]
    return combine(shapes)


def _locate_one(
    gazetteer: Gazetteer, phrase: PlacePhrase, resolution: Resolution, site: Site
) -> Location:
    if is_stand_in(resolution):
        return locate_near(site, distance_km=STAND_IN_KM)
    if phrase.relation == "sector":
        core = _find_core(gazetteer, resolution) if phrase.countryside else None
        return locate_sector(site, phrase.headings, countryside=phrase.countryside, core=core)
    if phrase.relation == "offset":
        heading = next((word for word in phrase.headings if word != "central"), None)
        return locate_offset(site, phrase.distance_km, heading)
    if phrase.relation in {"near", "between", "direction", "from"}:
        return replace(locate_near(site), relation=phrase.relation)
    if _is_surrounding(resolution):
        return replace(locate_near(site), relation="in")
    return locate_at(site) if phrase.relation == "at" else locate_in(site)


def _find_core(gazetteer: Gazetteer, resolution: Resolution) -> Site | None:
    """The town a province is called after, among the runners-up: its countryside leaves it out."""
    place = resolution.place
    if place is None or lookup_feature(place.feature_code).group in _POINT_GROUPS:
        return None
    for candidate in resolution.alternatives:
        is_town = lookup_feature(candidate.place.feature_code).group == "settlement"
        if is_town and candidate.place.country == place.country:
            return make_site(gazetteer, candidate.place)
    return None
