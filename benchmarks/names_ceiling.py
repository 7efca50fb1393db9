"""What can be reached at all: is the place in the gazetteer, under such a name, and told apart?"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from benchmarks.names_alike import is_alike, is_equal, split_names, to_core
from benchmarks.names_answers import NO_PHRASE, TIE, Answer
from benchmarks.names_data import NEAR_KM, Question
from gazetteer.index import Gazetteer
from gazetteer.place import Place
from gazetteer.spelling import compare_names
from geo.areas import find_areas
from geo.measure import Position, distance_km

# compare_names at or below this was called a similar name when the targets were set.
_SIMILAR = 0.3
_DEGREES_NEAR = 0.08
_KM_BESIDE = 10.0
# Settlements: what answers "village", "town" or a bare name.
_SETTLED = frozenset({"settlement", "neighbourhood"})
_PLAIN = frozenset({"in", "at", ""})
CAUSES = (
    "the words were read as no plain place",
    "nothing of any name within 5 km",
    "only other names within 5 km",
    "namesake in the same governorate",
    "namesake in another governorate",
    "right name, 5 to 10 km off",
    "another class of place chosen",
    "among the ten, another spelling won",
    "not among the ten, or not believed",
)


class Around(NamedTuple):
    """What the gazetteer has for a question.

    `any`, `alike`, `similar`, `equal`: whether a place lies within 5 km, under any name, a name
    alike (names_alike), similar (compare_names) or equal. `namesakes` counts the equally spelled
    places farther off in the same first-level area, `elsewhere` those in the country's others.
    """

    any: bool
    alike: bool
    similar: bool
    equal: bool
    namesakes: int
    elsewhere: int


def look_around(gazetteer: Gazetteer, questions: Sequence[Question]) -> list[Around]:
    """What the gazetteer has near the place of each question, and what is called the same."""
    countries = {question.country for question in questions}
    places, positions = _list_places(gazetteer, questions)
    by_core = _group_by_core(places, countries)
    areas = find_areas([q.lon for q in questions], [q.lat for q in questions])
    return [
        _look_one(question, area, places, positions, by_core)
        for question, area in zip(questions, areas, strict=True)
    ]


def _list_places(
    gazetteer: Gazetteer, questions: Sequence[Question]
) -> tuple[list[Place], np.ndarray[Any, Any]]:
    """All places in the box round the questions, with their latitudes and longitudes."""
    lats = [q.lat for q in questions]
    lons = [q.lon for q in questions]
    places = [
        place
        for place in map(gazetteer.take_place, range(gazetteer.place_count))
        if min(lats) - 0.1 <= place.lat <= max(lats) + 0.1
        and min(lons) - 0.1 <= place.lon <= max(lons) + 0.1
    ]
    return places, np.array([(place.lat, place.lon) for place in places])


def _group_by_core(places: Sequence[Place], countries: set[str]) -> dict[str, list[Place]]:
    """The places by each form of their names that counts as equal."""
    found: dict[str, list[Place]] = {}
    for place in places:
        if place.country in countries:
            for core in {to_core(name.text).replace(" ", "") for name in place.names}:
                found.setdefault(core, []).append(place)
    return found


def _look_one(
    question: Question,
    area: str,
    places: Sequence[Place],
    positions: np.ndarray[Any, Any],
    by_core: dict[str, list[Place]],
) -> Around:
    asked = split_names(question.text)
    apart = np.abs(positions - (question.lat, question.lon)).max(axis=1)
    near = [
        places[at]
        for at in np.flatnonzero(apart <= _DEGREES_NEAR).tolist()
        if _is_near(question, places[at])
    ]
    names = {name.text for place in near for name in place.names}
    called = {p.place_id: p for a in asked for p in by_core.get(to_core(a).replace(" ", ""), [])}
    far = [p for p in called.values() if not _is_near(question, p)]
    inside = find_areas([p.lon for p in far], [p.lat for p in far]) if far else []
    return Around(
        bool(near),
        any(is_alike(a, name) for a in asked for name in names),
        any(compare_names(a, name) <= _SIMILAR for a in asked for name in names),
        any(is_equal(a, name) for a in asked for name in names),
        sum(other == area for other in inside),
        sum(other != area for other in inside),
    )


def _is_near(question: Question, place: Place) -> bool:
    return bool(distance_km(question.position, Position(place.lon, place.lat)) <= NEAR_KM)


def score_ceiling(around: Sequence[Around]) -> dict[str, Any]:
    """The shares of questions that the gazetteer could answer, and how many names are ambiguous."""
    count = len(around)
    return {
        "n": count,
        "any": sum(a.any for a in around) / count,
        "alike": sum(a.alike for a in around) / count,
        "similar": sum(a.similar for a in around) / count,
        "equal": sum(a.equal for a in around) / count,
        "namesakes": sum(a.namesakes > 0 for a in around),
        "namesakes_only": sum(a.namesakes > 0 and not a.alike for a in around),
        "elsewhere": sum(a.elsewhere > 0 for a in around),
    }


def name_cause(answer: Answer, around: Around) -> str:
    """Why an answer is no hit: the first of `CAUSES` that holds; "" for a hit."""
    if answer.is_right:
        return ""
    is_namesake = answer.unresolved.startswith(TIE) or any(
        is_equal(asked, answer.matched) for asked in split_names(answer.question.text)
    )
    tests = (
        answer.unresolved == NO_PHRASE or answer.relation not in _PLAIN,
        not around.any,
        not around.alike and not around.similar,
        is_namesake and around.namesakes > 0,
        is_namesake and around.elsewhere > 0,
        answer.away_km <= _KM_BESIDE,
        answer.is_resolved and (answer.kind in _SETTLED) != _wants_settlement(answer),
        answer.is_among,
    )
    return next((CAUSES[at] for at, holds in enumerate(tests) if holds), CAUSES[-1])


def _wants_settlement(answer: Answer) -> bool:
    return answer.feature in {"", "village", "town", "city", "neighbourhood"}


def count_causes(answers: Sequence[Answer], around: Sequence[Around]) -> dict[str, int]:
    """How many misses have each cause, in the order of `CAUSES`."""
    found = Counter(name_cause(a, n) for a, n in zip(answers, around, strict=True))
    return {cause: found[cause] for cause in CAUSES}
