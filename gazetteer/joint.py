"""Mentions of one report together: places that are named together lie near each other."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.ground import distance_costs, find_farthest_km, reach_km
from gazetteer.judged import Judged
from gazetteer.pool import Pool, split
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
# A sphere of this radius gives distances that are 0.6 % off at most (Earth's flattening is 0.3 %).
_SPHERE_KM, _SPHERE_SHARE = 6371.0, 0.99


class _Parts(NamedTuple):
    """The candidates of each mention that has any.

    `of` has the mention's number for each candidate; `members` the candidates' rows, a row a
    mention, the last one again where there are fewer than of another.
    """

    of: Array
    members: Array


class _Away(NamedTuple):
    """Each candidate against each: kilometres between their edges, and what those cost.

    Kilometres beyond those that cost the most are only about right.
    """

    km: Array
    costs: Array


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
    if len(parts.members) < 2 or judged.ground is None:
        return judged
    away = _measure(judged)
    offered, costs = away.costs[:, parts.members], own
    for _ in range(_ROUNDS):
        company = _choose(parts, offered, costs)
        extra = _mean(parts, away, company)
        costs = own + extra
    nearest = _find_nearest(judged.pool, parts, away, company)
    return judged._replace(ground=judged.ground._replace(company_cost=extra, company_km=nearest))


def _list_parts(judged: Judged) -> _Parts:
    _, of = np.unique(judged.pool.owner, return_inverse=True)
    counts = np.bincount(of)
    starts = np.cumsum(counts) - counts
    at = np.minimum(np.arange(counts.max(initial=0)), counts[:, None] - 1)
    return _Parts(of, starts[:, None] + at)


def _measure(judged: Judged) -> _Away:
    """Geodesic distances, but for those on a sphere where the cost is the most either way."""
    pool, reach = judged.pool, reach_km(judged.pool)
    _, first, place = np.unique(pool.place, return_index=True, return_inverse=True)
    lon, lat = pool.facts.lon[first], pool.facts.lat[first]
    km = _measure_sphere(lon, lat)
    widest = np.zeros(len(first))
    np.maximum.at(widest, place, reach)
    farthest = find_farthest_km() + widest[:, None] + widest
    ones, others = np.nonzero(np.triu(km * _SPHERE_SHARE <= farthest, 1))
    km[ones, others] = distances_km(lon[ones], lat[ones], lon[others], lat[others])
    km[others, ones] = km[ones, others]
    np.fill_diagonal(km, 0)
    km = np.maximum(0.0, km[place][:, place] - (reach[:, None] + reach))
    return _Away(km, distance_costs(km))


def _measure_sphere(lon: Array, lat: Array) -> Array:
    """Kilometres on a sphere, each against each."""
    east, north = np.radians(lon), np.radians(lat)
    level = np.cos(north)
    points = np.column_stack([level * np.cos(east), level * np.sin(east), np.sin(north)])
    found: Array = _SPHERE_KM * np.arccos(np.clip(points @ points.T, -1, 1))
    return found


def _choose(parts: _Parts, offered: Array, costs: Array) -> Array:
    """For each candidate the one of each mention that suits both best."""
    least = costs[parts.members].min(axis=1)
    total = offered + costs[parts.members] - least[:, None]
    found: Array = parts.members[np.arange(len(parts.members)), total.argmin(axis=2)]
    return found


def _mean(parts: _Parts, away: _Away, company: Array) -> Array:
    """The mean cost of the distances of each candidate to its company; its own mention is none."""
    costs = away.costs[np.arange(len(company))[:, None], company]
    costs[_is_own(parts)] = 0
    mean: Array = costs.sum(axis=1) / (len(parts.members) - 1)
    return mean


def _is_own(parts: _Parts) -> Array:
    """For each candidate which mention is its own."""
    own: Array = parts.of[:, None] == np.arange(len(parts.members))
    return own


def _find_nearest(pool: Pool, parts: _Parts, away: _Away, company: Array) -> Array:
    """The distance of each candidate to the nearest of its company, geodesic."""
    km = away.km[np.arange(len(company))[:, None], company]
    own, reach = _is_own(parts), reach_km(pool)
    km[own] = np.inf
    nearest: Array = km.min(axis=1)
    for row in np.flatnonzero(nearest > find_farthest_km()).tolist():
        others = company[row][~own[row]]
        here, there = ((pool.facts.lon[r], pool.facts.lat[r]) for r in (row, others))
        apart = distances_km(*here, *there) - reach[row] - reach[others]
        nearest[row] = max(0.0, apart.min())
    return nearest
