"""Mentions of one report together: places that are named together lie near each other."""

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.ground import distance_costs, reach_km
from gazetteer.judged import Judged
from gazetteer.pool import split
from gazetteer.rank import Ranked, take_judged
from geo.measure import distances_km

Array = NDArray[Any]

# Candidates that take part: of each mention, and of a long report's mentions in all (each is
# measured against each, about a second for so many).
_MOST_JOINED, _LEAST_JOINED = 25, 3
_MOST_IN_ALL = 1500
# Each round lets what the others prefer count again; after two, nothing changed any more on the
# seeds' reports.
_ROUNDS = 2


def keep_company(alone: Ranked) -> Judged:
    """Returns the first candidates of each mention with the cost of their distance to the others'.

    Every mention weighs the others' candidates by their own cost, all at once, so that the order
    of the mentions makes no difference.
    """
    at = np.arange(len(alone.total)) - split(alone.judged.pool)[alone.judged.pool.owner]
    most = _MOST_IN_ALL // max(1, len(alone.judged.pool.asked))
    rows = np.flatnonzero(at < min(_MOST_JOINED, max(_LEAST_JOINED, most)))
    judged, own = take_judged(alone.judged, rows), alone.total[rows]
    parts = _list_parts(judged)
    if len(parts) < 2 or judged.ground is None:
        return judged
    km = _measure(judged)
    costs, extra, nearest = own, np.zeros(len(own)), np.full(len(own), np.nan)
    for _ in range(_ROUNDS):
        found = [_join(part, parts, km, costs) for part in parts]
        extra, nearest = (np.concatenate(columns) for columns in zip(*found, strict=True))
        costs = own + extra
    return judged._replace(ground=judged.ground._replace(company_cost=extra, company_km=nearest))


def _list_parts(judged: Judged) -> list[slice]:
    """Where the candidates of each mention are that has any."""
    bounds = split(judged.pool).tolist()
    return [slice(a, b) for a, b in pairwise(bounds) if b > a]


def _measure(judged: Judged) -> Array:
    """Kilometres between the edges of all candidates, each against each."""
    pool, reach = judged.pool, reach_km(judged.pool)
    lon, lat = pool.facts.lon, pool.facts.lat
    ones, others = np.triu_indices(len(lon), 1)
    apart = distances_km(lon[ones], lat[ones], lon[others], lat[others])
    km = np.zeros((len(lon), len(lon)))
    km[ones, others] = np.maximum(0.0, apart - reach[ones] - reach[others])
    return km + km.T


def _join(part: slice, parts: list[slice], km: Array, costs: Array) -> tuple[Array, Array]:
    """For each candidate of a mention the mean cost of the distance to the others', and the least.

    Of another mention's candidates the one counts that suits both.
    """
    away = []
    for other in parts:
        if other == part:
            continue
        apart = km[part, other]
        total = distance_costs(apart) + costs[other] - costs[other].min()
        away.append(apart[np.arange(len(apart)), total.argmin(axis=1)])
    return distance_costs(np.array(away)).mean(axis=0), np.min(away, axis=0)
