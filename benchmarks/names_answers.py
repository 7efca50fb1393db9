"""What the gazetteer answers to each question of the names benchmark, and how far off that is."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.names_data import NEAR_KM, Question
from gazetteer.index import Gazetteer
from gazetteer.located import locate_each
from gazetteer.phrases import parse_phrase
from gazetteer.place import Context, Place, Resolution
from gazetteer.records import Located
from gazetteer.sources.radius import lookup_feature
from geo.measure import Position, distance_km
from geo.precision import Precision

_NOWHERE = float("inf")
_MOST_RUNNERS = 9
TIE = "two places fit equally well"
NO_PHRASE = "no phrase"


@dataclass(frozen=True, slots=True)
class Runner:
    """A runner-up: its id, main name, distance from where it should be, score."""

    place_id: str
    name: str
    away_km: float
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and what came out; `place_id` is empty where nothing was chosen.

    `away_km` is the distance of the answer from the coders' position. `off_km` and `radius_km`
    are those of the located shape: from its middle to the coders' position, and as it claims.
    """

    question: Question
    place_id: str = ""
    name: str = ""
    matched: str = ""
    kind: str = ""
    country: str = ""
    method: str = ""
    score: float = 0.0
    away_km: float = _NOWHERE
    off_km: float = _NOWHERE
    radius_km: float | None = None
    is_settlement: bool = False
    relation: str = ""
    feature: str = ""
    runners: tuple[Runner, ...] = ()
    unresolved: str = ""
    reasons: tuple[str, ...] = ()
    took_s: float = 0.0

    @property
    def is_resolved(self) -> bool:
        """Whether a place was chosen."""
        return bool(self.place_id)

    @property
    def is_right(self) -> bool:
        """Whether the answer is within reach of where it should be."""
        return self.away_km <= NEAR_KM

    @property
    def is_among(self) -> bool:
        """Whether the answer or a runner-up, ten in all, is within reach."""
        return self.is_right or any(r.away_km <= NEAR_KM for r in self.runners)


def answer_all(gazetteer: Gazetteer, questions: Sequence[Question]) -> list[Answer]:
    """The answer to each question; the time is each one's share of the time of all."""
    parsed = [(question, parse_phrase(question.text)) for question in questions]
    asked = [(question, phrase) for question, phrase in parsed if phrase is not None]
    contexts = [Context(country=q.country, admin1=q.admin1) for q, _ in asked]
    start = time.process_time()
    found = iter(locate_each(gazetteer, [phrase for _, phrase in asked], contexts))
    took_s = (time.process_time() - start) / max(1, len(asked))
    located = [next(found) if phrase is not None else None for _, phrase in parsed]
    return [_make_answer(q, one, took_s) for q, one in zip(questions, located, strict=True)]


def _make_answer(question: Question, located: Located | None, took_s: float) -> Answer:
    found = located.resolutions[0] if located is not None and located.resolutions else None
    if located is None or found is None:
        return Answer(question, unresolved=NO_PHRASE, took_s=took_s)
    shared: dict[str, Any] = {
        "relation": located.phrase.relation,
        "feature": found.mention.feature,
        "runners": _list_runners(question, found),
        "took_s": took_s,
    }
    if found.place is None:
        return Answer(question, unresolved=found.unresolved, **shared)
    return Answer(
        question,
        **shared,
        **_describe(question, found, found.place),
        **_describe_shape(question, located),
    )


def _list_runners(question: Question, found: Resolution) -> tuple[Runner, ...]:
    most = _MOST_RUNNERS if found.place is not None else _MOST_RUNNERS + 1
    return tuple(
        Runner(c.place.place_id, c.place.name, measure_km(question, c.place), c.score)
        for c in found.alternatives[:most]
    )


def _describe(question: Question, found: Resolution, place: Place) -> dict[str, Any]:
    return {
        "place_id": place.place_id,
        "name": place.name,
        "matched": found.matched,
        "kind": lookup_feature(place.feature_code).group,
        "country": place.country,
        "method": found.method,
        "score": found.score,
        "away_km": measure_km(question, place),
        "reasons": tuple(f"{r.text} [{r.cost:.2f}]" for r in found.reasons),
    }


def _describe_shape(question: Question, located: Located) -> dict[str, Any]:
    location = located.location
    if location is None:
        return {}
    middle = location.geometry.representative_point()
    if location.geometry.geom_type in {"Polygon", "MultiPolygon"}:
        middle = location.geometry.centroid
    return {
        "off_km": distance_km(question.position, Position(middle.x, middle.y)),
        "radius_km": location.radius_km,
        "is_settlement": location.precision == Precision.SETTLEMENT,
    }


def measure_km(question: Question, place: Place) -> float:
    """How far a place lies from where the question's coders put it; infinite without a position."""
    if question.lon != question.lon:
        return _NOWHERE
    return float(distance_km(question.position, Position(place.lon, place.lat)))
