"""What each reason costs (`data/weights.yaml`): fitted weights by name, and rules beside them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from gazetteer.rules import load_rules, make_error

Weights = Mapping[str, float]


@cache
def load_weights() -> Weights:
    """The fitted weights by `reason.part`; each is a cost, so none is negative."""
    fitted: Weights = load_rules("weights")["fitted"]
    for name, value in fitted.items():
        if not value >= 0:
            raise make_error("weights", name, f"a cost of {value!r}; give a number from 0 on")
    return fitted


@cache
def load_costs() -> Mapping[str, Any]:
    """The costs that no data was fitted for, and the limits, by section."""
    rules: Mapping[str, Any] = load_rules("weights")
    return rules
