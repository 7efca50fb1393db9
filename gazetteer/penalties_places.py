"""Reasons for and against candidates that lie in what they are: country, class, people, sources."""

from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.judged import Judged
from gazetteer.pool import Pool, list_groups, measure_thinness, number_labels
from gazetteer.rules import load_rules
from gazetteer.search import METHODS
from gazetteer.weights import Weights, load_costs

Array = NDArray[Any]

# log10 of the largest population there is to know: ten million.
_MOST_PEOPLE = 7.0
_LIVED_IN = ("settlement", "neighbourhood")
# What a thinly covered country has are towns: of a thousand people and more, counted or not.
_SHARE_OF_TOWN = 3.0 / _MOST_PEOPLE
# So thinly covered a country is worth a word.
_THIN = 0.5
_FUZZY = METHODS.index("fuzzy")


@cache
def load_feature_classes(feature: str) -> tuple[str, ...]:
    """The classes of place that answer a feature word, the likeliest first."""
    entry = load_rules("feature_words").get(feature, {})
    return tuple(entry.get("classes", ()))


@cache
def may_stand_for(feature: str) -> bool:
    """Whether a settlement may stand for a facility that is called after it."""
    return bool(load_rules("feature_words").get(feature, {}).get("near"))


def cost_country(judged: Judged, _: Weights) -> Array:
    """The cost of lying in another country than the one asked for."""
    pool = judged.pool
    labels = number_labels(pool.gazetteer)
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


def cost_population(judged: Judged, _: Weights) -> Array:
    """The cost of being little known: people are known to live in places that reports name.

    It tells namesakes apart; a large place of a name only like the one written gains nothing.
    """
    pool = judged.pool
    share = np.where(pool.method == _FUZZY, 0.0, _share_people(pool))
    most = np.array([_weigh_people(asked.known.told) for asked in pool.asked])[pool.owner]
    apart = [_cost_people_apart(asked.mention.feature, asked.known.told) for asked in pool.asked]
    table = np.array(apart)[pool.owner, pool.group]
    most = np.where(table == _AS_TOLD, most, load_costs()["population"]["told"])
    return np.where(table == _NOTHING, 0.0, most * (1 - share))


def _share_people(pool: Pool) -> Array:
    """How well known each candidate is, from 0 (nobody) to 1 (ten million people)."""
    people: Array = np.minimum(_MOST_PEOPLE, np.log10(count_people(pool) + 1))
    return people / _MOST_PEOPLE


def _weigh_people(told: str) -> float:
    rules = load_costs()["population"]
    return float(rules["anywhere"] if told == "anywhere" else rules["told"])


_AS_TOLD, _NOTHING, _AS_COUNTRY = range(3)


@cache
def _cost_people_apart(feature: str, told: str) -> tuple[int, ...]:
    """How people count for each class of place: nothing for a class that the word asks for."""
    classes = set(load_feature_classes(feature)) - set(_LIVED_IN)
    # "central Mali": a country before a province of its name elsewhere.
    asked_for = _AS_COUNTRY if feature == "land" and told == "anywhere" else _NOTHING
    return tuple(asked_for if group in classes else _AS_TOLD for group in list_groups())


def count_people(pool: Pool) -> Array:
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


def cost_coverage(judged: Judged, weights: Weights) -> Array:
    """The cost of a country of which little more than towns is known: the place may not be here.

    The better known a place is, the less: a village may have the name of a town, hardly of a city.
    """
    pool = judged.pool
    thin: Array = measure_thinness(pool.gazetteer)[pool.facts.country]
    known = np.maximum(_share_people(pool), _SHARE_OF_TOWN)
    cost = weights["coverage.thin"] * thin * (1 - known)
    return np.where(pool.method == _FUZZY, 0.0, cost)


def say_coverage(judged: Judged, row: int) -> str:
    """That few villages of its country are known."""
    pool = judged.pool
    country = int(pool.facts.country[row])
    if measure_thinness(pool.gazetteer)[country] < _THIN:
        return ""
    return "few villages of its country are in the gazetteer"


def cost_sources(judged: Judged, weights: Weights) -> Array:
    """The cost of not being where places that reports name are listed.

    Least for our own list of such places, more for inhabited places (OCHA), most for a bare
    entry of a gazetteer.
    """
    pool = judged.pool
    cost = np.where(is_known_to(pool, "im"), 0.0, weights["sources.unlisted"])
    lived_in = is_known_to(pool, "im", "ocha", "area")
    return cost + np.where(lived_in, 0.0, weights["sources.uninhabited"])


_SOURCE_WORDS = {
    "geonames": "GeoNames",
    "wof": "Who's On First",
    "ocha": "OCHA's list",
    "im": "our list of reported places",
    "area": "the list of areas",
    "own": "an added file",
}


def say_source(place_id: str) -> str:
    """The source of a place's id in words."""
    return _SOURCE_WORDS.get(place_id.partition(":")[0], _SOURCE_WORDS["own"])


def say_sources(judged: Judged, row: int) -> str:
    """Which sources know it."""
    sources = tuple(judged.pool.gazetteer.id_sources)
    return _say_known(sources, int(judged.pool.facts.known_by[row]))


@lru_cache(maxsize=4096)
def _say_known(sources: tuple[str, ...], bits: int) -> str:
    held = [name for at, name in enumerate(sources) if bits >> at & 1]
    return f"known to {', '.join(sorted(map(say_source, held)))}"
