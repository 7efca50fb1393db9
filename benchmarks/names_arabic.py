"""Arabic names of one source asked of an index that has the other source, but not the first."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.names_alike import is_alike
from benchmarks.names_answers import answer_all
from benchmarks.names_data import NEAR_KM, Question, read_ocha_names, read_wof_names
from benchmarks.names_scores import score_answers, score_radius
from gazetteer.index import Gazetteer
from geo.measure import distance_km

# Five kilometres in degrees of latitude, and of longitude as far north as Syria goes, rounded up.
_DEGREES = (0.046, 0.058)
Named = tuple[Question, str]


def ask_across(
    gazetteer: Gazetteer, asked: Sequence[Named], other: Sequence[Named], most: int
) -> dict[str, Any]:
    """The figures for the names of `asked` that `other`, which the index holds, has as well.

    The other source has a place if, within 5 km, it lists one with an alike Latin or Arabic name
    (names_alike). With `most`, every so many-th of them is asked, to save time.
    """
    had = [question for (question, _) in find_had(asked, other)]
    step = max(1, len(had) // most) if most else 1
    answers = answer_all(gazetteer, had[::step])
    return {
        "listed": len(asked),
        "had": len(had),
        **score_answers(answers),
        "radius": score_radius(answers),
    }


def find_had(asked: Sequence[Named], other: Sequence[Named]) -> list[Named]:
    """Those of `asked` that have a place with an alike name among `other` within 5 km."""
    positions = np.array([(q.lat, q.lon) for q, _ in other])
    return [
        named
        for named in asked
        if any(
            _is_same(named, other[at])
            for at in np.flatnonzero(
                (np.abs(positions - (named[0].lat, named[0].lon)) <= _DEGREES).all(axis=1)
            ).tolist()
        )
    ]


def _is_same(one: Named, other: Named) -> bool:
    if distance_km(one[0].position, other[0].position) > NEAR_KM:
        return False
    return is_alike(one[0].text, other[0].text) or is_alike(one[1], other[1])


def read_sources() -> tuple[list[Named], list[Named]]:
    """OCHA's and Who's On First's names: question in Arabic, name in Latin script."""
    return read_ocha_names(), read_wof_names()
