"""Candidates weighed, put in order and scored: the costs of all reasons, summed.

The score is the share of a candidate in exp(-cost / temperature) over all candidates of its
mention and "none of these". Candidates within a few kilometres of each other are the same place
in effect, and count once.
"""

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.facts import PlaceColumns
from gazetteer.ground import Ground, is_unasked, measure_ground
from gazetteer.judged import Judged
from gazetteer.normalize import fold
from gazetteer.penalties import PENALTIES, Penalty
from gazetteer.place import Candidate, Reason
from gazetteer.pool import Pool, Spelled, list_groups, split, take
from gazetteer.respell import respell
from gazetteer.search import METHODS
from gazetteer.weights import Weights, load_costs, load_weights
from geo.measure import distances_km

Array = NDArray[Any]

# How many candidates, and how far behind the best by name and kind, are looked at on the ground:
# where a place lies can cost no more (weights.yaml: outside the area and far from all others).
_MOST_PLACED = 60
_MOST_BEHIND = 3.0
# Another of its names may bring a candidate from so far behind to the front.
_MOST_RESPELT = 1.5
# A candidate so far behind has one thousandth of the best one's share.
_MOST_SCORED = 1.6
_DEGREE_KM = 110.5
_AREA_GROUPS = ("area1", "area2", "area3", "area4", "area", "region", "country")


class Ranked(NamedTuple):
    """Candidates, the cheapest first within each mention.

    `costs` has a row for each reason, `total` their sum; `leader` is the row of the first
    candidate that is the same place in effect.
    """

    judged: Judged
    costs: Array
    total: Array
    score: Array
    leader: Array


def weigh(pool: Pool, weights: Weights) -> Array:
    """Returns what each reason costs each candidate, where they lie not asked: a row a reason."""
    return _cost_all(Judged(pool), weights)


def _cost_all(judged: Judged, weights: Weights) -> Array:
    count = len(judged.pool.owner)
    costs = [penalty.cost(judged, weights) for penalty in PENALTIES]
    return np.array(costs).reshape(len(PENALTIES), count)


def rank(pool: Pool, weights: Weights | None = None) -> Ranked:
    """Returns the candidates that may be meant, ranked and scored, each mention by itself."""
    weights = load_weights() if weights is None else weights
    return rank_judged(place_on_ground(keep_likely(pool, weights)), weights)


def keep_likely(pool: Pool, weights: Weights) -> Pool:
    """Returns the candidates that where they lie may still put first."""
    total = weigh(pool, weights).sum(axis=0)
    order = _sort(pool, total)
    pool, total = take(pool, order), total[order]
    bounds = split(pool)
    best = total[np.minimum(bounds[:-1], len(total) - 1)][pool.owner] if len(total) else total
    at = np.arange(len(total)) - bounds[pool.owner]
    kept = np.flatnonzero((at < _MOST_PLACED) & (total <= best + _MOST_BEHIND))
    near = total[kept] <= best[kept] + _MOST_RESPELT
    return respell(take(pool, kept), np.flatnonzero(near))


def place_on_ground(pool: Pool) -> Judged:
    """Returns the candidates with where they lie."""
    return Judged(pool, measure_ground(pool))


def _sort(pool: Pool, total: Array) -> Array:
    order: Array = np.lexsort((pool.place, -pool.facts.population, np.round(total, 9), pool.owner))
    return order


def rank_judged(judged: Judged, weights: Weights) -> Ranked:
    """Returns candidates in the order of their costs, scored."""
    costs = _cost_all(judged, weights)
    for name in ("distance", "company"):
        _hold_back(judged.pool, costs, name)
    order = _sort(judged.pool, costs.sum(axis=0))
    judged, costs = take_judged(judged, order), costs[:, order]
    total = costs.sum(axis=0)
    leader = find_leaders(judged.pool, total)
    return Ranked(judged, costs, total, _score(judged.pool, costs, total, leader, weights), leader)


def take_judged(judged: Judged, rows: Array) -> Judged:
    """Returns the candidates of these rows, with where they lie."""
    ground = judged.ground
    if ground is not None:
        one, two, three = (column[rows] for column in ground.away_km)
        ground = Ground((one, two, three), *(column[rows] for column in ground[1:]))
    return Judged(take(judged.pool, rows), ground)


_NAMES = [penalty.name for penalty in PENALTIES]


def _hold_back(pool: Pool, costs: Array, name: str) -> None:
    """Lets no area that nothing asks for come nearer than the town of its name.

    A bare "Homs" is the town, though its province lies nearer to all other places.
    """
    row, total = costs[_NAMES.index(name)], costs.sum(axis=0)
    areas = np.flatnonzero(is_unasked(pool) & np.isin(pool.owner, pool.owner[row > 0]))
    for area in areas.tolist():
        is_town = pool.group == list_groups().index("settlement")
        mates = np.flatnonzero(is_town & (pool.owner == pool.owner[area]))
        name_of, *names = _fold_matched(pool, np.array([area, *mates]))
        towns = [mate for mate, text in zip(mates, names, strict=True) if text == name_of]
        if towns:
            row[area] = max(row[area], row[min(towns, key=total.__getitem__)])


def _fold_matched(pool: Pool, rows: Array) -> list[str]:
    return [fold(text) for text in pool.gazetteer.texts(pool.spelled.matched[rows])]


def find_leaders(pool: Pool, total: Array) -> Array:
    """Returns for each candidate the first one that is the same place in effect, by their order.

    Candidates far behind are left to themselves: they have no share worth the name.
    """
    leader, reach = np.arange(len(total)), _reach_same(pool)
    for start, end in pairwise(split(pool).tolist()):
        if end > start:
            near = start + int(np.searchsorted(total[start:end], total[start] + _MOST_SCORED))
            leader[start:near] = start + _lead(_is_same(pool, reach, start, near))
    return leader


def _lead(same: Array) -> Array:
    """For each row the first earlier one that it is the same as, and that is led by no other."""
    leader = np.arange(len(same))
    for row in np.flatnonzero(same.any(axis=1)).tolist():
        earlier = np.flatnonzero(same[row, :row])
        heads = earlier[leader[earlier] == earlier]
        if len(heads):
            leader[row] = heads[0]
    return leader


def _reach_same(pool: Pool) -> Array:
    """How near another place is the same one in effect: a few kilometres, or inside an area."""
    is_area = np.array([group in _AREA_GROUPS for group in list_groups()])[pool.group]
    least = float(load_costs()["same_place_km"])
    return np.where(is_area, np.maximum(least, pool.facts.radius_km), least)


def _is_same(pool: Pool, reach: Array, start: int, end: int) -> Array:
    """Which of a mention's candidates are the same place, each against each."""
    lon, lat, far = pool.facts.lon[start:end], pool.facts.lat[start:end], reach[start:end]
    limit = np.maximum(far[:, None], far[None, :])
    maybe = np.abs(lat[:, None] - lat[None, :]) * _DEGREE_KM <= limit
    ones, others = np.nonzero(np.tril(maybe, -1))
    same = np.zeros(maybe.shape, bool)
    km = distances_km(lon[ones], lat[ones], lon[others], lat[others])
    same[ones, others] = km <= limit[ones, others]
    return same


def weigh_company(ranked: Ranked, rows: Array) -> Array:
    """Returns what it costs candidates to lie far from other places of their report or row."""
    shared = [_NAMES.index("distance"), _NAMES.index("company")]
    return np.asarray(ranked.costs[shared][:, rows].sum(axis=0))


def misfits(ranked: Ranked, rows: Array) -> Array:
    """The costs of candidates but for what holds for a whole country, or for every hamlet."""
    set_aside = [_NAMES.index("population"), _NAMES.index("coverage")]
    found: Array = ranked.total[rows] - ranked.costs[set_aside][:, rows].sum(axis=0)
    return found


def _score(pool: Pool, costs: Array, total: Array, leader: Array, weights: Weights) -> Array:
    """The share of each candidate; those that are the same place share one."""
    if not len(total):
        return total
    temperature = float(load_costs()["score"]["temperature"])
    shares = np.exp(-total / temperature)
    starts = np.minimum(split(pool)[:-1], len(total) - 1)
    people = np.where(_is_anywhere(pool), costs[_NAMES.index("population")][starts], 0.0)
    nothing = np.exp(-(weights["score.nothing"] + people) / temperature)
    leads = np.where(leader == np.arange(len(total)), shares, 0.0)
    whole = nothing + np.bincount(pool.owner, leads, minlength=len(pool.asked))
    return np.asarray(np.round(shares / whole[pool.owner], 4))


def _is_anywhere(pool: Pool) -> Array:
    """Of which mentions nothing is told: their candidates all cost what small places do."""
    return np.array([asked.known.told == "anywhere" for asked in pool.asked], bool)


def make_candidates(ranked: Ranked, rows: Array) -> list[Candidate]:
    """Returns candidates as values, with their places and their reasons in words."""
    shown = _list_columns(take_judged(ranked.judged, rows))
    pool = shown.pool
    places = pool.gazetteer.places(pool.place)
    said = [
        _say_reasons(penalty, shown, costs)
        for penalty, costs in zip(PENALTIES, ranked.costs[:, rows].tolist(), strict=True)
    ]
    return [
        Candidate(
            place,
            matched,
            METHODS[method],
            score,
            tuple([reason for reason in reasons if reason is not None]),
        )
        for place, matched, method, score, *reasons in zip(
            places,
            pool.gazetteer.texts(pool.spelled.matched),
            pool.method,
            ranked.score[rows].tolist(),
            *said,
            strict=True,
        )
    ]


def _say_reasons(penalty: Penalty, shown: Judged, costs: list[float]) -> list[Reason | None]:
    """The reason of each candidate, `None` where there is nothing to say."""
    name = penalty.name
    said = [penalty.words(shown, row) for row in range(len(costs))]
    return [
        Reason(name, cost, words) if words else None
        for cost, words in zip(costs, said, strict=True)
    ]


def _list_columns(judged: Judged) -> Judged:
    """The same with lists for columns: one by one, they are read five times as fast."""
    pool, ground = judged.pool, judged.ground
    pool = pool._replace(
        owner=pool.owner.tolist(),
        place=pool.place.tolist(),
        method=pool.method.tolist(),
        spelled=Spelled(*(column.tolist() for column in pool.spelled)),
        other=Spelled(*(column.tolist() for column in pool.other)),
        is_first_name=pool.is_first_name.tolist(),
        facts=PlaceColumns(*(column.tolist() for column in pool.facts)),
        group=pool.group.tolist(),
    )
    if ground is not None:
        one, two, three = (column.tolist() for column in ground.away_km)
        ground = Ground((one, two, three), *(column.tolist() for column in ground[1:]))
    return Judged(pool, ground)
