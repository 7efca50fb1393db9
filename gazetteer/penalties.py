"""Reasons for and against candidates: one small named penalty each.

A penalty is a function of a pool to a column of costs, and another of one candidate to words for
a reader (empty where there is nothing to say). Costs are linear in the fitted weights
(`weights.yaml`), so that benchmarks/fit.py can find them.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from numpy.typing import NDArray

from gazetteer import penalties_ground as ground
from gazetteer import penalties_names as names
from gazetteer import penalties_places as places
from gazetteer.judged import Judged
from gazetteer.weights import Weights

Array = NDArray[Any]


class Penalty(NamedTuple):
    """A reason's name, its costs for all candidates, and its words for one."""

    name: str
    cost: Callable[[Judged, Weights], Array]
    words: Callable[[Judged, int], str]


PENALTIES: Sequence[Penalty] = (
    Penalty("spelling", names.cost_spelling, names.say_spelling),
    Penalty("likeness", names.cost_likeness, names.say_likeness),
    Penalty("qualifier", names.cost_qualifier, names.say_qualifier),
    Penalty("name", names.cost_name, names.say_name),
    Penalty("country", places.cost_country, places.say_country),
    Penalty("feature", places.cost_feature, places.say_feature),
    Penalty("population", places.cost_population, places.say_population),
    Penalty("sources", places.cost_sources, places.say_sources),
    Penalty("coverage", places.cost_coverage, places.say_coverage),
    Penalty("admin1", ground.cost_admin1, ground.say_area(1)),
    Penalty("admin2", ground.cost_admin2, ground.say_area(2)),
    Penalty("admin3", ground.cost_admin3, ground.say_area(3)),
    Penalty("distance", ground.cost_distance, ground.say_distance),
    Penalty("company", ground.cost_company, ground.say_company),
)
