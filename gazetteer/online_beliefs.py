"""Which of a geocoder's answers is believed: class, country, distance and name are checked.

A geocoder answers with what is called nearly so anywhere: a shop, a road, the district instead of
its town. What is not believed is told as the reason why the name stays unresolved.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np

from gazetteer.ground import distance_costs
from gazetteer.online_answers import Answer, load_kinds
from gazetteer.online_bounds import Bounds, explain_outside, find_holder, measure_outside
from gazetteer.penalties_places import load_feature_classes, may_stand_for
from gazetteer.place import Candidate, Context, Mention, Place, PlaceName, Reason, Resolution
from gazetteer.sources.radius import lookup_feature, make_radius_km
from gazetteer.spelling import compare_names
from geo.measure import Position, distance_km
from geo.precision import from_radius_km

# Of one name's letters, so much may differ from what was asked; see `compare_names`.
_MOST_DIFFERENT = 0.3
# Names that differ by less are one name in two spellings.
_SAME_NAME = 0.001
# Of UCDP's names that the bundled gazetteer does not know, 96 % (of 845) and 83 % (of 18) of the
# answers believed were right within 5 km (`python -m benchmarks.nominatim`). Less is claimed: that
# Nominatim was fed with lists that UCDP's coders use too, and other services know fewer villages.
SCORE_SAME_NAME = 0.85
SCORE_LIKE_NAME = 0.6
# Where two believed places cost nearly the same and lie apart, neither is chosen: 3 % of the
# letters, or nearly twice as far from the other places of the report.
_TIE = 0.15
_SPELLING_WEIGHT = 4.5  # as weights.yaml has it: names that differ in every letter
# An answer outside its area, but near its simplified border, yields to one inside.
_OUTSIDE = 0.5
_SAME_PLACE_KM = 5.0
# What a bare name, without a word such as "district" or "airport", can mean: where people live, a
# region, an island. A district of a town's name is not the town.
_BARE = frozenset({"settlement", "neighbourhood", "region", "island", "area1", "country"})
_LIVED_IN = frozenset({"settlement", "neighbourhood"})
# The corner of a square lies so many times as far away as the circle in it.
_CORNER = 1.41
_AREA_CODES = {"subdistrict": "ADM3", "district": "ADM2", "region": "ADM1"}
_AREA_GROUPS = frozenset({"area2", "area3"})


class Reply(NamedTuple):
    """What a service answered to one spelling of a name, and when."""

    geocoder: str
    service: str
    answers: Sequence[Answer]
    asked_at: datetime
    is_cached: bool


class Wanted(NamedTuple):
    """What is looked for: the mention, the spelling asked, its context and bounds."""

    mention: Mention
    text: str
    context: Context
    bounds: Bounds


def choose_answer(reply: Reply, wanted: Wanted) -> Resolution:
    """Returns the answer believed as a resolution, or why none is."""
    if not reply.answers:
        return _refuse(wanted, f"{_tell_source(reply)} knows no such place")
    believed: list[tuple[float, Candidate]] = []
    refused: list[str] = []
    for answer in reply.answers:
        why = explain_doubt(answer, wanted)
        if why:
            refused.append(f"{answer.name!r} is {why}")
        else:
            believed.append(_make_candidate(answer, reply, wanted))
    if not believed:
        return _refuse(wanted, f"{_tell_source(reply)}: {refused[0]}")
    believed.sort(key=lambda pair: pair[0])
    return _decide(believed, reply, wanted)


def explain_doubt(answer: Answer, wanted: Wanted) -> str:
    """Why an answer is not believed, in words that follow "is"; "" where it is."""
    if doubt := _doubt_class(answer, wanted.mention.feature):
        return doubt
    share, _ = _compare(answer, wanted)
    if share > _MOST_DIFFERENT:
        return f"another name: {min(share, 1):.0%} of the letters differ"
    bounds = wanted.bounds
    if bounds.country and answer.country and answer.country != bounds.country:
        return f"in {answer.country}, not in {bounds.country}"
    position = Position(answer.lon, answer.lat)
    return explain_outside(bounds, position, wanted.context.near)


def _doubt_class(answer: Answer, feature: str) -> str:
    kind = answer.kind or "of a kind it does not name"
    if not answer.feature_code:
        return f"no place that a report means ({kind})"
    group = lookup_feature(answer.feature_code).group
    if not feature and group not in _BARE:
        return f"{_describe(answer)} ({kind}), and a place where people live is looked for"
    if feature and group not in _list_groups(feature):
        return f"{_describe(answer)} ({kind}), and a {feature} is looked for"
    return ""


def _list_groups(feature: str) -> frozenset[str]:
    """The classes that answer a feature word; a settlement may stand for a facility there."""
    groups = frozenset(load_feature_classes(feature))
    if not groups or may_stand_for(feature):
        groups |= _LIVED_IN
    return groups | (_BARE if feature == "land" else frozenset())


def _describe(answer: Answer) -> str:
    """The kind of place in words: "a village", "an airport"."""
    told = (known.words for (_, kind), known in load_kinds().items() if kind == answer.kind)
    words = next(told, lookup_feature(answer.feature_code).group)
    return f"an {words}" if words[0] in "aeio" else f"a {words}"


def _compare(answer: Answer, wanted: Wanted) -> tuple[float, str]:
    """How far the nearest of an answer's names is from the one asked, and that name."""
    return min((compare_names(wanted.text, name), name) for name in answer.names)


def _make_candidate(answer: Answer, reply: Reply, wanted: Wanted) -> tuple[float, Candidate]:
    """A believed answer with its cost among the others."""
    share, matched = _compare(answer, wanted)
    place = make_place(answer, reply, wanted.bounds.country)
    near = wanted.context.near
    here = Position(place.lon, place.lat)
    away_km = np.array([distance_km(here, Position(*other)) for other in near])
    away = float(distance_costs(away_km).mean()) if near else 0.0
    outside = _OUTSIDE if measure_outside(wanted.bounds, here) else 0.0
    score = SCORE_SAME_NAME if share < _SAME_NAME else SCORE_LIKE_NAME
    reasons = tuple(_list_reasons(answer, reply, wanted, share, matched))
    candidate = Candidate(place, matched, "geocoder", score, reasons)
    return share * _SPELLING_WEIGHT + away + outside, candidate


def make_place(answer: Answer, reply: Reply, country: str) -> Place:
    """An answer as a place; its radius and its level follow from the answer's box."""
    holder = find_holder(Position(answer.lon, answer.lat))
    code, radius_km = _measure(answer)
    native = answer.native_id or f"{answer.lat:.4f},{answer.lon:.4f}"
    return Place(
        place_id=f"{reply.geocoder}:{native}",
        name=answer.name,
        lon=answer.lon,
        lat=answer.lat,
        feature_code=code,
        country=country or answer.country or (holder.country if holder is not None else ""),
        source=reply.service,
        radius_km=radius_km,
        names=tuple(PlaceName(name) for name in answer.names),
        admin1=holder.name if holder is not None and holder.level == 1 else "",
    )


def _measure(answer: Answer) -> tuple[str, float]:
    """The feature code and the radius: to the farthest corner of the box, if there is one.

    How large a "county" is differs between countries; an area's level follows from its size.
    """
    usual_km = make_radius_km(answer.feature_code)
    if answer.box is None:
        return answer.feature_code, usual_km
    west, south, east, north = answer.box
    here = Position(answer.lon, answer.lat)
    corners = (Position(lon, lat) for lon in (west, east) for lat in (south, north))
    radius_km = round(max(distance_km(here, corner) for corner in corners), 2)
    if lookup_feature(answer.feature_code).group in _AREA_GROUPS:
        level = str(from_radius_km(radius_km / _CORNER))
        return _AREA_CODES.get(level, answer.feature_code), radius_km
    return answer.feature_code, max(usual_km, radius_km)


def _list_reasons(
    answer: Answer, reply: Reply, wanted: Wanted, share: float, matched: str
) -> list[Reason]:
    words = f"called {matched!r} there"
    if share >= _SAME_NAME:
        words += f"; {share:.0%} of the letters differ"
    reasons = [
        Reason("geocoder", 0.0, f"not in the gazetteer; found by {_tell_source(reply)}"),
        Reason("spelling", share * _SPELLING_WEIGHT, words),
        Reason("feature", 0.0, f"{_describe(answer)} ({answer.kind})"),
    ]
    area = wanted.bounds.area
    if area is not None:
        away_km = measure_outside(wanted.bounds, Position(answer.lon, answer.lat))
        cost, words = 0.0, f"in {area.name}, as the report says"
        if away_km:
            cost, words = _OUTSIDE, f"{away_km:.0f} km outside {area.name}"
        reasons.append(Reason("admin1" if area.level else "country", cost, words))
    return reasons


def _tell_source(reply: Reply) -> str:
    cached = ", from the cache" if reply.is_cached else ""
    return f"{reply.service} on {reply.asked_at.date().isoformat()}{cached}"


def _decide(
    believed: Sequence[tuple[float, Candidate]], reply: Reply, wanted: Wanted
) -> Resolution:
    """The cheapest, unless another that lies apart costs nearly the same."""
    costs = [cost for cost, _ in believed]
    candidates = [candidate for _, candidate in believed]
    best = candidates[0]
    for cost, other in believed[1:]:
        if cost - costs[0] < _TIE and not _is_same_place(best.place, other.place):
            words = f"{_tell_source(reply)}: two places fit equally well: "
            words += f"{_locate(best.place)} and {_locate(other.place)}"
            return _refuse(wanted, words, candidates)
    return Resolution(
        wanted.mention,
        best.place,
        best.score,
        best.method,
        best.matched,
        best.reasons,
        tuple(candidates[1:]),
    )


def _is_same_place(one: Place, other: Place) -> bool:
    apart_km = distance_km(Position(one.lon, one.lat), Position(other.lon, other.lat))
    return apart_km <= _SAME_PLACE_KM


def _locate(place: Place) -> str:
    inside = ", ".join(part for part in (place.admin1, place.country) if part)
    return f"{place.name} ({inside}; {place.lat:.3f}, {place.lon:.3f})"


def _refuse(wanted: Wanted, words: str, candidates: Sequence[Candidate] = ()) -> Resolution:
    return Resolution(wanted.mention, None, alternatives=tuple(candidates[:10]), unresolved=words)
