"""The name of each candidate that is written most like the one asked for.

A search meets one name of a place for each form: "Al Qayyārah" and "Qayyarah" are one form, and
only the first is met. Which of them a report writes tells how surely the place is meant.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.pool import Pool, Spelled, compare_spellings
from gazetteer.spelling import is_arabic

Array = NDArray[Any]

# How much more sounds count than looks, as weights.yaml has it.
_SOUNDS = 2.0
# A place met by a name less like the mention is not brought to the front by any other.
_MOST_DIFFERENT = 0.6


def respell(pool: Pool, rows: Array) -> Pool:
    """Returns the candidates, those of these rows met by the likest name in the same script.

    The likest is the one that sounds and looks most alike.
    """
    spelled = pool.spelled
    rows = rows[(spelled.looks[rows] > 0) & (spelled.share[rows] <= _MOST_DIFFERENT)]
    holders, numbers = pool.gazetteer.names_of(pool.place[rows])
    asked = spelled.asked[rows][holders]
    same = _find_script(pool, asked, numbers)
    holders, numbers, asked = holders[same], numbers[same], asked[same]
    share, looks = compare_spellings(pool.gazetteer, pool.texts, asked, numbers)
    unlike = _SOUNDS * share + looks
    order = np.lexsort((unlike, holders))
    first = order[np.unique(holders[order], return_index=True)[1]]
    better = rows[holders[first]]
    gained = unlike[first] < _SOUNDS * spelled.share[better] + spelled.looks[better]
    better, first = better[gained], first[gained]
    met = Spelled(*(column.copy() for column in spelled))
    is_first_name = pool.is_first_name.copy()
    met.matched[better], met.share[better] = numbers[first], share[first]
    met.looks[better] = looks[first]
    is_first_name[better] = pool.gazetteer.is_first_name(pool.place[better], numbers[first])
    return pool._replace(spelled=met, is_first_name=is_first_name)


def _find_script(pool: Pool, asked: Array, numbers: Array) -> Array:
    """Which names are written in the script of the text asked for."""
    distinct, at = np.unique(numbers, return_inverse=True)
    theirs = np.array([is_arabic(text) for text in pool.gazetteer.texts(distinct)], bool)
    mine = np.array([is_arabic(text) for text in pool.texts], bool)
    same: Array = theirs[at] == mine[asked]
    return same
