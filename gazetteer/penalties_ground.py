"""Reasons for and against candidates that lie in where they are: areas, other places."""

from collections.abc import Callable
from math import isfinite, isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.judged import Judged
from gazetteer.weights import Weights, load_costs

Array = NDArray[Any]


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


def say_area(level: int) -> Callable[[Judged, int], str]:
    """Says of a candidate how it lies to the area of a level."""

    def say(judged: Judged, row: int) -> str:
        if judged.ground is None:
            return ""
        away_km = judged.ground.away_km[level - 1][row]
        if isnan(away_km):
            return ""
        area = judged.pool.asked[judged.pool.owner[row]].known.areas[level - 1]
        if area is None:
            return ""
        if away_km == 0:
            return f"in {area.name}, as the report says"
        return (
            f"{away_km:.0f} km outside {area.name}" if isfinite(away_km) else f"not in {area.name}"
        )

    return say


def cost_distance(judged: Judged, _: Weights) -> Array:
    """The cost of lying far from the other places of the report or row."""
    if judged.ground is None:
        return np.zeros(len(judged.pool.owner))
    return judged.ground.distance_cost


def say_distance(judged: Judged, row: int) -> str:
    """How far it is from the nearest of the other places."""
    if judged.ground is None or isnan(judged.ground.nearest_km[row]):
        return ""
    return f"{judged.ground.nearest_km[row]:.0f} km from the other places"


def cost_company(judged: Judged, _: Weights) -> Array:
    """The cost of lying far from what the report's other mentions mean."""
    if judged.ground is None:
        return np.zeros(len(judged.pool.owner))
    return judged.ground.company_cost


def say_company(judged: Judged, row: int) -> str:
    """How far it is from the nearest of what they mean."""
    if judged.ground is None or isnan(judged.ground.company_km[row]):
        return ""
    nearest_km = judged.ground.company_km[row]
    return f"{nearest_km:.0f} km from the nearest other place of the report"
