"""Mentions of one report together: places that are named together lie near each other."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from gazetteer.penalties import hold_back, load_weights, reach_km
from gazetteer.place import Candidate, Reason
from geo.measure import distances_km

Key = TypeVar("Key", bound=Hashable)
_Array = NDArray[np.float64]
# Each round lets what the others prefer count again; after two, nothing changed any more on the
# seeds' reports.
_ROUNDS = 2


def add_company(found: Mapping[Key, Sequence[Candidate]]) -> dict[Key, list[Candidate]]:
    """Adds to each candidate the cost of its distance to the other mentions' places.

    Every mention weighs the others' candidates by their own cost, all at once, so that the order
    of the mentions makes no difference. Candidates come back cheapest first.
    """
    keys = [key for key, candidates in found.items() if candidates]
    own = {key: np.array([_cost(c) for c in found[key]]) for key in keys}
    costs = dict(own)
    away: dict[Key, _Array] = {}
    for _ in range(_ROUNDS if len(keys) > 1 else 0):
        away = {key: _away(key, keys, found, costs) for key in keys}
        costs = {key: own[key] + distance_costs(away[key]).mean(axis=0) for key in keys}
    together = {key: list(candidates) for key, candidates in found.items()}
    for key, km in away.items():
        extra = distance_costs(km).mean(axis=0)
        nearest = km.min(axis=0)
        joined = [
            _add(candidate, float(more), float(least))
            for candidate, more, least in zip(found[key], extra, nearest, strict=True)
        ]
        together[key] = sorted(hold_back(joined, "company"), key=_order)
    return together


def distance_costs(km: _Array) -> _Array:
    """What distances to other places of the report cost (`weights.yaml`)."""
    rules = load_weights()["distance"]
    costs: _Array = rules["weight"] * np.log2(1 + km / rules["unit_km"])
    return np.minimum(float(rules["most"]), costs)


def _away(
    key: Key,
    keys: Sequence[Key],
    found: Mapping[Key, Sequence[Candidate]],
    costs: Mapping[Key, _Array],
) -> _Array:
    """For each other mention (rows) and candidate: the distance to the place that suits both."""
    rows = []
    for other in keys:
        if other == key:
            continue
        km = _distances(found[key], found[other])
        total = distance_costs(km) + costs[other] - costs[other].min()
        rows.append(km[np.arange(len(km)), total.argmin(axis=1)])
    return np.array(rows)


def _distances(mine: Sequence[Candidate], theirs: Sequence[Candidate]) -> _Array:
    """Kilometres between the edges of the places of two mentions."""
    lon, lat, radius = _columns(mine)
    lons, lats, radii = _columns(theirs)
    lon, lons = np.meshgrid(lon, lons, indexing="ij")
    lat, lats = np.meshgrid(lat, lats, indexing="ij")
    km = distances_km(lon, lat, lons, lats) - radius[:, None] - radii[None, :]
    return np.maximum(0.0, km)


def _columns(candidates: Sequence[Candidate]) -> tuple[_Array, _Array, _Array]:
    places = [candidate.place for candidate in candidates]
    return (
        np.array([place.lon for place in places]),
        np.array([place.lat for place in places]),
        np.array([reach_km(candidate) for candidate in candidates]),
    )


def _cost(candidate: Candidate) -> float:
    return sum(reason.cost for reason in candidate.reasons)


def _order(candidate: Candidate) -> tuple[float, int, str]:
    place = candidate.place
    return (round(_cost(candidate), 9), -place.population, place.place_id)


def _add(candidate: Candidate, extra: float, nearest_km: float) -> Candidate:
    words = f"{nearest_km:.0f} km from the nearest other place of the report"
    return replace(candidate, reasons=(*candidate.reasons, Reason("company", extra, words)))
