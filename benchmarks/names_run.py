"""The parts of the names benchmark: each asks its questions and returns figures and answers."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.names_answers import Answer, answer_all
from benchmarks.names_arabic import ask_across, read_sources
from benchmarks.names_ceiling import Around, count_causes, look_around, score_ceiling
from benchmarks.names_centcom import score_centcom
from benchmarks.names_data import (
    Question,
    open_index,
    read_car,
    read_centcom,
    read_syria,
    without_admin,
)
from benchmarks.names_degraded import WAYS
from benchmarks.names_scores import calibrate, score_answers, score_radius, share
from gazetteer.index import Gazetteer

HALVES = ("fitted on", "never fitted on")
TOLD = ("with adm_1", "without adm_1")
_LISTED = Path(__file__).with_name("names_listed.csv")
Sets = dict[str, list[Answer]]


def thin(questions: Sequence[Question], most: int) -> list[Question]:
    """So many of the questions, evenly over the list; all of them for 0."""
    step = max(1, len(questions) // most) if most else 1
    return list(questions[::step])


def run_syria(cache: Path | None, most: int) -> tuple[dict[str, Any], Sets]:
    """UCDP's places of Syria with all sources: as they are, then degraded."""
    places = thin(read_syria(), most)
    with open_index("syria", cache) as gazetteer:
        sets = {
            told: answer_all(gazetteer, asked)
            for told, asked in zip(TOLD, (places, without_admin(places)), strict=True)
        }
        around = look_around(gazetteer, places)
        degraded = {
            (way, told): degrade(gazetteer, sets[told], way) for way in WAYS for told in TOLD
        }
    figures: dict[str, Any] = {"names": {}, "ceiling": {}, "causes": {}}
    for half, title in enumerate(HALVES):
        at = [n for n, place in enumerate(places) if place.half == half]
        near = [around[n] for n in at]
        figures["ceiling"][title] = score_ceiling(near)
        for told in TOLD:
            part = [sets[told][n] for n in at]
            figures["names"][f"{title}, {told}"] = score_with_ceiling(part, near)
            figures["causes"][f"{title}, {told}"] = count_causes(part, near)
    figures["degraded"] = {
        way: {told: compare_degraded(*degraded[way, told]) for told in TOLD} for way in WAYS
    }
    changed = [answer for _, answers in degraded.values() for answer in answers]
    return figures | judge_scores(sets, changed), sets


def score_with_ceiling(answers: Sequence[Answer], around: Sequence[Around]) -> dict[str, Any]:
    """The figures, and the top 1 of those that the gazetteer has under a name alike."""
    within = [a for a, near in zip(answers, around, strict=True) if near.alike]
    return score_answers(answers) | {"top1_alike": share(within, lambda a: a.is_right)}


def degrade(
    gazetteer: Gazetteer, answers: Sequence[Answer], way: str
) -> tuple[list[Answer], list[Answer]]:
    """The answers whose names one way changes, and those to the names changed."""
    change = WAYS[way]
    touched = [a for a in answers if change(a.question.text) != a.question.text]
    asked = [replace(a.question, text=change(a.question.text)) for a in touched]
    return touched, answer_all(gazetteer, asked)


def compare_degraded(plain: Sequence[Answer], changed: Sequence[Answer]) -> dict[str, Any]:
    """The figures of degraded names, beside those of the same names as they were."""
    before = share(plain, lambda a: a.is_right)
    figures = score_answers(changed)
    return figures | {
        "top1_before": before,
        "relative": figures["top1"] / before if before else float("nan"),
        "top1_never_fitted": share(_hold(changed), lambda a: a.is_right),
    }


def judge_scores(sets: Sets, degraded: Sequence[Answer]) -> dict[str, Any]:
    """Calibration and radius on the places never fitted on."""
    parts = {told: _hold(answers) for told, answers in sets.items()}
    parts["degraded"] = _hold(degraded)
    parts["all of these"] = [answer for part in parts.values() for answer in part]
    return {
        "calibration": {title: calibrate(part) for title, part in parts.items()},
        "radius": {title: score_radius(part) for title, part in parts.items()},
    }


def _hold(answers: Sequence[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.question.half == 1]


def run_car(cache: Path | None, most: int) -> tuple[dict[str, Any], Sets]:
    """UCDP's places of the Central African Republic with the bundled places alone."""
    places = thin(read_car(), most)
    with open_index("bundled", cache) as gazetteer:
        sets = {
            told: answer_all(gazetteer, asked)
            for told, asked in zip(TOLD, (places, without_admin(places)), strict=True)
        }
        around = look_around(gazetteer, places)
    figures = {
        "names": {told: score_with_ceiling(answers, around) for told, answers in sets.items()},
        "ceiling": score_ceiling(around),
        "causes": {told: count_causes(answers, around) for told, answers in sets.items()},
        "calibration": {told: calibrate(answers) for told, answers in sets.items()},
        "radius": {told: score_radius(answers) for told, answers in sets.items()},
    }
    return {"car": figures}, {f"CAR, {told}": answers for told, answers in sets.items()}


def run_arabic(cache: Path | None, most: int) -> tuple[dict[str, Any], Sets]:
    """OCHA's Arabic names asked of an index without OCHA, and Who's On First's without it."""
    ocha, wof = read_sources()
    with open_index("wof", cache) as gazetteer:
        across = {"OCHA's names, OCHA not loaded": ask_across(gazetteer, ocha, wof, most)}
    with open_index("ocha", cache) as gazetteer:
        back = ask_across(gazetteer, wof, ocha, most)
    across["Who's On First's names, Who's On First not loaded"] = back
    return {"arabic": across}, {}


def run_centcom(cache: Path | None, most: int) -> tuple[dict[str, Any], Sets]:
    """CENTCOM's names with the sources of Syria and Iraq."""
    with open_index("syria_iraq", cache) as gazetteer:
        answers = answer_all(gazetteer, thin(read_centcom(), most))
    return {"centcom": score_centcom(answers)}, {"CENTCOM": answers}


def run_listed(cache: Path | None, most: int) -> tuple[dict[str, Any], Sets]:
    """The places of the first reports with the bundled places alone, the country known."""
    lines = _LISTED.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    asked = [
        Question(r["name"], "", "SY", float(r["lon"]), float(r["lat"]), 0, r["name"]) for r in rows
    ]
    with open_index("bundled", cache) as gazetteer:
        answers = answer_all(gazetteer, thin(asked, most))
    return {"listed": score_answers(answers)}, {"listed": answers}


PARTS = {
    "syria": run_syria,
    "car": run_car,
    "arabic": run_arabic,
    "centcom": run_centcom,
    "listed": run_listed,
}
