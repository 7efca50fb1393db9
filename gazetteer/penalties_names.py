"""Reasons for and against candidates that lie in their names: spelling, likeness, which name."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.judged import Judged
from gazetteer.penalties_places import count_people, say_source
from gazetteer.pool import Pool, Spelled, measure_thinness
from gazetteer.qualifiers import find_qualifiers
from gazetteer.search import METHODS
from gazetteer.weights import Weights, load_costs

Array = NDArray[Any]

# Names that differ by less are one name in two spellings.
_SAME_NAME = 0.001
_FUZZY = METHODS.index("fuzzy")


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
    source = say_source(pool.gazetteer.place(int(pool.place[row])).place_id)
    if spelled.looks[row] == 0:
        return f"named {matched!r} in {source}"
    words, share = f"spelled {matched!r} in {source}", float(spelled.share[row])
    return words if share < 0.01 else f"{words}; {min(share, 1):.0%} of the letters differ"


def cost_likeness(judged: Judged, weights: Weights) -> Array:
    """What is well known is listed as written: the cost of a name only like the one written.

    The shorter the name, the likelier it is that an unknown place is called nearly like it; and
    a large place has its spellings in the gazetteer, so that another one is another place.
    """
    pool, rules = judged.pool, load_costs()["likeness"]
    missing = np.maximum(0, rules["letters"] - pool.consonants[pool.spelled.asked])
    people = np.log10(np.maximum(1, count_people(pool)))
    fame = np.clip((people - rules["known_from"]) / rules["known_span"], 0, 1)
    cost = weights["likeness.unlisted"] + weights["likeness.short"] * missing
    cost = cost + weights["likeness.thin"] * measure_thinness(pool.gazetteer)[pool.facts.country]
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


def cost_qualifier(judged: Judged, weights: Weights) -> Array:  # noqa: ARG001 - not fitted
    """The cost of "Western X" where "Eastern X" is meant: another place, however alike the rest."""
    pool = judged.pool
    costs = np.zeros(len(pool.owner))
    asked = [find_qualifiers(text) for text in pool.texts]
    telling = np.array([bool(each) for each in asked], bool)[pool.spelled.asked]
    rows = np.flatnonzero(telling & (pool.spelled.share >= _SAME_NAME))
    matched = pool.gazetteer.texts(pool.spelled.matched[rows])
    for row, text in zip(rows.tolist(), matched, strict=True):
        theirs = find_qualifiers(text)
        if theirs and theirs.isdisjoint(asked[int(pool.spelled.asked[row])]):
            costs[row] = load_costs()["qualifier"]
    return costs


def say_qualifier(judged: Judged, row: int) -> str:
    """That the names are told apart."""
    pool = judged.pool
    asked = find_qualifiers(pool.texts[int(pool.spelled.asked[row])])
    if not asked or pool.spelled.share[row] < _SAME_NAME:
        return ""
    theirs = find_qualifiers(pool.gazetteer.text(int(pool.spelled.matched[row])))
    if not theirs or not theirs.isdisjoint(asked):
        return ""
    return f"the {' '.join(sorted(theirs))} one, not the {' '.join(sorted(asked))} one"


def cost_name(judged: Judged, weights: Weights) -> Array:
    """The cost of a name that no source puts first."""
    return np.where(judged.pool.is_first_name, 0.0, weights["name.other"])


def say_name(judged: Judged, row: int) -> str:
    """That it is another name of the place."""
    pool = judged.pool
    if pool.is_first_name[row]:
        return ""
    return f"{pool.gazetteer.text(int(pool.spelled.matched[row]))!r} is another name of it"
