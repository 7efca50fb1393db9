"""Reasons for and against candidates: one small named penalty each.

A penalty is a function of a pool to a column of costs, and another of one candidate to words for
a reader (empty where there is nothing to say). Costs are linear in the fitted weights
(`weights.yaml`), so that benchmarks/fit.py can find them.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.ground import Ground
from gazetteer.normalize import plain, skeleton
from gazetteer.pool import Pool, Spelled, list_groups
from gazetteer.rules import load_rules
from gazetteer.search import METHODS
from gazetteer.weights import Weights, load_costs

Array = NDArray[Any]

# log10 of the largest population there is to know: ten million.
_MOST_PEOPLE = 7.0
# Names that differ by less are one name in two spellings.
_SAME_NAME = 0.001
_LIVED_IN = ("settlement", "neighbourhood")
_FUZZY = METHODS.index("fuzzy")


class Judged(NamedTuple):
    """Candidates, and what was found out about where they lie (`None`: not asked yet)."""

    pool: Pool
    ground: Ground | None = None


class Penalty(NamedTuple):
    """A reason's name, its costs for all candidates, and its words for one."""

    name: str
    cost: Callable[[Judged, Weights], Array]
    words: Callable[[Judged, int], str]


@cache
def load_feature_classes(feature: str) -> tuple[str, ...]:
    """The classes of place that answer a feature word, the likeliest first."""
    entry = load_rules("feature_words").get(feature, {})
    return tuple(entry.get("classes", ()))


@cache
def may_stand_for(feature: str) -> bool:
    """Whether a settlement may stand for a facility that is called after it."""
    return bool(load_rules("feature_words").get(feature, {}).get("near"))


def cost_spelling(judged: Judged, weights: Weights) -> Array:
    """Nothing for the same name, more the more letters differ.

    Between spellings that rules hold for one, the likelier is the one written more alike. Where
    names in two scripts are given, both count.
    """
    pool = judged.pool
    first, second = (_weigh_spelling(part, weights) for part in (pool.spelled, pool.other))
    return np.where(pool.other.matched >= 0, (first + second) / 2, first)


def _weigh_spelling(spelled: Spelled, weights: Weights) -> Array:
    cost: Array = weights["spelling.weight"] * spelled.share
    cost = cost + weights["spelling.written"] * (spelled.looks > 0)
    return cost + weights["spelling.looks"] * spelled.looks


def say_spelling(judged: Judged, row: int) -> str:
    """How the name is spelled, in the gazetteer and as asked."""
    pool = judged.pool
    parts = [_say_spelled(pool, pool.spelled, row)]
    if pool.other.matched[row] >= 0:
        parts.append(_say_spelled(pool, pool.other, row))
    return "; ".join(parts)


def _say_spelled(pool: Pool, spelled: Spelled, row: int) -> str:
    matched = pool.gazetteer.text(int(spelled.matched[row]))
    source = _say_source(pool.gazetteer.place(int(pool.place[row])).place_id)
    if plain(pool.texts[int(spelled.asked[row])]) == plain(matched):
        return f"named {matched!r} in {source}"
    words, share = f"spelled {matched!r} in {source}", float(spelled.share[row])
    return words if share < 0.01 else f"{words}; {min(share, 1):.0%} of the letters differ"


_SOURCE_WORDS = {
    "geonames": "GeoNames",
    "wof": "Who's On First",
    "ocha": "OCHA's list",
    "im": "our list of reported places",
    "area": "the list of areas",
    "own": "an added file",
}


def _say_source(place_id: str) -> str:
    return _SOURCE_WORDS.get(place_id.partition(":")[0], _SOURCE_WORDS["own"])


def cost_likeness(judged: Judged, weights: Weights) -> Array:
    """What is well known is listed as written: the cost of a name only like the one written.

    The shorter the name, the likelier it is that an unknown place is called nearly like it; and
    a large place has its spellings in the gazetteer, so that another one is another place.
    """
    pool, rules = judged.pool, load_costs()["likeness"]
    lengths = np.array([len(skeleton(text)) for text in pool.texts], np.int64)
    missing = np.maximum(0, rules["letters"] - lengths[pool.spelled.asked])
    people = np.log10(np.maximum(1, _count_people(pool)))
    fame = np.clip((people - rules["known_from"]) / rules["known_span"], 0, 1)
    cost = weights["likeness.unlisted"] + weights["likeness.short"] * missing
    return np.where(_is_unlisted(pool), cost + rules["known"] * fame, 0.0)


def _is_unlisted(pool: Pool) -> Array:
    unlisted: Array = (pool.method == _FUZZY) & (pool.spelled.share >= _SAME_NAME)
    return unlisted


def say_likeness(judged: Judged, row: int) -> str:
    """That the name itself is not known."""
    pool = judged.pool
    if pool.method[row] != _FUZZY or pool.spelled.share[row] < _SAME_NAME:
        return ""
    return f"{pool.texts[int(pool.spelled.asked[row])]!r} itself is not in the gazetteer"


def cost_name(judged: Judged, weights: Weights) -> Array:
    """The cost of a name that no source puts first."""
    return np.where(judged.pool.is_first_name, 0.0, weights["name.other"])


def say_name(judged: Judged, row: int) -> str:
    """That it is another name of the place."""
    pool = judged.pool
    if pool.is_first_name[row]:
        return ""
    return f"{pool.gazetteer.text(int(pool.spelled.matched[row]))!r} is another name of it"


def cost_country(judged: Judged, _: Weights) -> Array:
    """The cost of lying in another country than the one asked for."""
    pool = judged.pool
    labels = {label: number for number, label in enumerate(pool.gazetteer.labels)}
    wanted = [asked.known.country for asked in pool.asked]
    numbers = np.array([labels.get(code, -1) for code in wanted], np.int64)[pool.owner]
    elsewhere = (numbers != pool.facts.country) & (pool.facts.country != labels.get("", -1))
    given = np.array([bool(code) for code in wanted], bool)[pool.owner]
    return np.where(given & elsewhere, load_costs()["country"], 0.0)


def say_country(judged: Judged, row: int) -> str:
    """In which other country it lies."""
    pool = judged.pool
    wanted = pool.asked[int(pool.owner[row])].known.country
    country = pool.gazetteer.labels[int(pool.facts.country[row])]
    return f"in {country}, not in {wanted}" if wanted and country not in {"", wanted} else ""


def cost_feature(judged: Judged, _: Weights) -> Array:
    """The cost of being another kind of place than the words ask for."""
    pool = judged.pool
    features = [asked.mention.feature for asked in pool.asked]
    table = np.array([_cost_groups(feature) for feature in features])
    costs: Array = table[pool.owner, pool.group]
    return costs


@cache
def _cost_groups(feature: str) -> tuple[float, ...]:
    """What each class of place costs for a feature word, or without one."""
    return tuple(_cost_group(feature, group) for group in list_groups())


def _cost_group(feature: str, group: str) -> float:
    costs = load_costs()
    if not feature:
        return float(costs["bare"].get(group, costs["bare"]["other"]))
    wanted = load_feature_classes(feature)
    if group in wanted:
        return float(costs["feature"]["step"] * wanted.index(group))
    if may_stand_for(feature) and group in _LIVED_IN:
        return float(costs["feature"]["stands_for"])
    return float(costs["feature"]["other"])


def say_feature(judged: Judged, row: int) -> str:
    """What kind of place it is, for which word."""
    pool = judged.pool
    feature = pool.asked[int(pool.owner[row])].mention.feature
    group = list_groups()[int(pool.group[row])]
    kind = _GROUP_WORDS.get(group, group)
    if not feature:
        return f"a {kind}" if _cost_group("", group) else ""
    if group in load_feature_classes(feature):
        return f"a {kind}, for the word {feature!r}"
    if may_stand_for(feature) and group in _LIVED_IN:
        return f"a settlement; no {feature} of that name is known"
    return f"a {kind}, not a {feature}"


_GROUP_WORDS = {
    "area1": "province",
    "area2": "district",
    "area3": "subdistrict",
    "area4": "part of a subdistrict",
    "water": "river or lake",
    "other": "place of another kind",
    "area": "district",
}


def cost_population(judged: Judged, weights: Weights) -> Array:
    """The cost of being little known: people are known to live in places that reports name.

    It tells namesakes apart; a large place of a name only like the one written gains nothing.
    """
    pool = judged.pool
    people = np.minimum(_MOST_PEOPLE, np.log10(_count_people(pool) + 1)) / _MOST_PEOPLE
    share = np.where(pool.method == _FUZZY, 0.0, people)
    most = np.array([_weigh_people(asked.known.told, weights) for asked in pool.asked])[pool.owner]
    apart = [_cost_people_apart(asked.mention.feature, asked.known.told) for asked in pool.asked]
    table = np.array(apart)[pool.owner, pool.group]
    most = np.where(table == _AS_TOLD, most, weights["population.told"])
    return np.where(table == _NOTHING, 0.0, most * (1 - share))


def _weigh_people(told: str, weights: Weights) -> float:
    anywhere: float = load_costs()["population"]["anywhere"]
    return anywhere if told == "anywhere" else weights["population.told"]


_AS_TOLD, _NOTHING, _AS_COUNTRY = range(3)


@cache
def _cost_people_apart(feature: str, told: str) -> tuple[int, ...]:
    """How people count for each class of place: nothing for a class that the word asks for."""
    classes = set(load_feature_classes(feature)) - set(_LIVED_IN)
    # "central Mali": a country before a province of its name elsewhere.
    asked_for = _AS_COUNTRY if feature == "land" and told == "anywhere" else _NOTHING
    return tuple(asked_for if group in classes else _AS_TOLD for group in list_groups())


def _count_people(pool: Pool) -> Array:
    """As well known as a town of so many: areas, and places listed because reports name them."""
    people = load_costs()["population"]["people"]
    assumed = np.array([people.get(group, 0) for group in list_groups()])[pool.group]
    listed = np.where(is_known_to(pool, "im"), people["listed"], 0)
    most: Array = np.maximum(pool.facts.population, np.maximum(assumed, listed))
    return most


def say_population(judged: Judged, row: int) -> str:
    """How many people are known to live there."""
    pool = judged.pool
    asked = pool.asked[int(pool.owner[row])]
    if (
        _cost_people_apart(asked.mention.feature, asked.known.told)[int(pool.group[row])]
        == _NOTHING
    ):
        return ""
    people = int(pool.facts.population[row])
    return f"population {people:,}" if people else "population not known"


def is_known_to(pool: Pool, *sources: str) -> Array:
    """Which candidates one of these sources lists."""
    names = pool.gazetteer.id_sources
    bits = sum(1 << names.index(source) for source in sources if source in names)
    known: Array = (pool.facts.known_by.astype(np.int64) & bits) > 0
    return known


def cost_sources(judged: Judged, weights: Weights) -> Array:
    """The cost of not being where places that reports name are listed.

    Least for our own list of such places, more for inhabited places (OCHA), most for a bare
    entry of a gazetteer.
    """
    pool = judged.pool
    cost = np.where(is_known_to(pool, "im"), 0.0, weights["sources.unlisted"])
    lived_in = is_known_to(pool, "im", "ocha", "area")
    return cost + np.where(lived_in, 0.0, weights["sources.uninhabited"])


def say_sources(judged: Judged, row: int) -> str:
    """Which sources know it."""
    bits = int(judged.pool.facts.known_by[row])
    held = [name for at, name in enumerate(judged.pool.gazetteer.id_sources) if bits >> at & 1]
    return f"known to {', '.join(sorted(map(_say_source, held)))}"


def cost_admin1(judged: Judged, weights: Weights) -> Array:
    """The cost of lying outside the area the context names; little close to its border."""
    if judged.ground is None:
        return np.zeros(len(judged.pool.owner))
    away_km = judged.ground.away_km[0]
    near = away_km <= load_costs()["admin1"]["near_km"]
    cost = np.where(near, weights["admin1.near"], weights["admin1.outside"])
    return np.where(away_km > 0, cost, 0.0)


def cost_admin2(judged: Judged, _: Weights) -> Array:
    """The cost of lying in another district than the context names."""
    return _cost_outside(judged, 2)


def cost_admin3(judged: Judged, _: Weights) -> Array:
    """The cost of lying in another subdistrict than the context names."""
    return _cost_outside(judged, 3)


def _cost_outside(judged: Judged, level: int) -> Array:
    if judged.ground is None:
        return np.zeros(len(judged.pool.owner))
    return np.where(judged.ground.away_km[level - 1] > 0, load_costs()[f"admin{level}"], 0.0)


def _say_area(level: int) -> Callable[[Judged, int], str]:
    def say(judged: Judged, row: int) -> str:
        if judged.ground is None:
            return ""
        away_km = float(judged.ground.away_km[level - 1][row])
        area = judged.pool.asked[int(judged.pool.owner[row])].known.areas[level - 1]
        if area is None or np.isnan(away_km):
            return ""
        if away_km == 0:
            return f"in {area.name}, as the report says"
        return (
            f"{away_km:.0f} km outside {area.name}"
            if np.isfinite(away_km)
            else f"not in {area.name}"
        )

    return say


def cost_distance(judged: Judged, _: Weights) -> Array:
    """The cost of lying far from the other places of the report or row."""
    if judged.ground is None:
        return np.zeros(len(judged.pool.owner))
    return judged.ground.distance_cost


def say_distance(judged: Judged, row: int) -> str:
    """How far it is from the nearest of the other places."""
    if judged.ground is None or np.isnan(judged.ground.nearest_km[row]):
        return ""
    return f"{judged.ground.nearest_km[row]:.0f} km from the other places"


def cost_company(judged: Judged, _: Weights) -> Array:
    """The cost of lying far from what the report's other mentions mean."""
    if judged.ground is None:
        return np.zeros(len(judged.pool.owner))
    return judged.ground.company_cost


def say_company(judged: Judged, row: int) -> str:
    """How far it is from the nearest of what they mean."""
    if judged.ground is None or np.isnan(judged.ground.company_km[row]):
        return ""
    nearest_km = judged.ground.company_km[row]
    return f"{nearest_km:.0f} km from the nearest other place of the report"


PENALTIES: Sequence[Penalty] = (
    Penalty("spelling", cost_spelling, say_spelling),
    Penalty("likeness", cost_likeness, say_likeness),
    Penalty("name", cost_name, say_name),
    Penalty("country", cost_country, say_country),
    Penalty("feature", cost_feature, say_feature),
    Penalty("population", cost_population, say_population),
    Penalty("sources", cost_sources, say_sources),
    Penalty("admin1", cost_admin1, _say_area(1)),
    Penalty("admin2", cost_admin2, _say_area(2)),
    Penalty("admin3", cost_admin3, _say_area(3)),
    Penalty("distance", cost_distance, say_distance),
    Penalty("company", cost_company, say_company),
)
