"""Fits the weights of reasons to places that people coded, and writes them to weights.yaml.

    python -m benchmarks.fit                 fits, prints what came out, changes nothing
    python -m benchmarks.fit --write         writes the weights as well

Needs the reference data beside the repository (../shared/data). The places are UCDP's distinct
exact ones of Syria in the half that is fitted on (`names_data.Question.half` 0), each with and
without its governorate, and misspelled in every way of `names_degraded`; and once more with the
bundled places alone, which lack most of them: what it costs that little more than towns is known
is fitted on these, everything else on the others. The other half is
measured beside them. The weights are those that make the coded places the likeliest (a
conditional logit, McFadden 1974: the share of each candidate in exp(-cost / temperature), "none
of these" among them), all at once, none below zero, held towards zero by a small penalty. Nothing
is drawn by lot: the fit gives the same weights each time.
"""

import argparse
import re
import sys
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.names_data import NEAR_KM, Question, open_index, read_syria, without_admin
from benchmarks.names_degraded import WAYS
from gazetteer.index import Gazetteer
from gazetteer.judged import Judged
from gazetteer.known import know_context
from gazetteer.penalties import PENALTIES
from gazetteer.phrases import parse_phrase
from gazetteer.place import Context, Mention
from gazetteer.pool import Asked, fill_pool, split
from gazetteer.rank import find_leaders, keep_likely, place_on_ground
from gazetteer.resolve import MATCH_LIMIT
from gazetteer.weights import load_costs, load_weights
from geo.measure import distances_km

Array = NDArray[Any]

_FILE = Path(__file__).resolve().parents[1] / "gazetteer" / "data" / "weights.yaml"
_NOTHING = "score.nothing"
# How strongly weights are held towards zero, against one question's surprise.
_HELD = 0.02
_BATCH = 500
# What the bundled places alone decide.
_THIN = ("likeness.thin", "coverage.thin")
# Fitted beside the other, which then need not make up for it, but written as it is here: a list of
# distinct places is mostly villages that the bundled list lacks, reports name more towns.
_SET = {"coverage.thin": 1.2}


class Case(NamedTuple):
    """A question's candidates, a row each, and how much the question counts.

    `factors` is what each fitted weight multiplies (a column a weight), `fixed` the cost that is
    not fitted, `leader` the first candidate that is the same place in effect, and `right` whether
    it is where the coders put the place.
    """

    factors: Array
    fixed: Array
    leader: Array
    right: Array
    counts: float


def list_plain(half: int) -> list[Question]:
    """The places of a half as they are."""
    return [question for question in read_syria() if question.half == half]


def list_questions(half: int) -> list[tuple[Question, float]]:
    """The questions of a half, and how much each counts: all degraded ones as much as the plain."""
    plain = list_plain(half)
    asked = [(question, 1.0) for question in (*plain, *without_admin(plain))]
    for change in WAYS.values():
        changed = [replace(q, text=change(q.text)) for q in plain if change(q.text) != q.text]
        asked += [(question, 2 / len(WAYS)) for question in changed]
    return asked


def read_half(cache: Path | None, half: int) -> tuple[list[Case], list[Case]]:
    """The cases of a half: with all sources, and with the bundled places alone."""
    thin = [(question, 1.0) for q in list_plain(half) for question in (q, *without_admin([q]))]
    with open_index("syria", cache) as full, open_index("bundled", cache) as bundled:
        return read_cases(full, list_questions(half)), read_cases(bundled, thin)


def read_cases(gazetteer: Gazetteer, asked: list[tuple[Question, float]]) -> list[Case]:
    """The candidates of questions."""
    cases: list[Case] = []
    questions = [(question, counts) for question, counts in asked if _parse(question) is not None]
    for start in range(0, len(questions), _BATCH):
        cases += _read_batch(gazetteer, questions[start : start + _BATCH])
    return cases


def _parse(question: Question) -> Mention | None:
    phrase = parse_phrase(question.text)
    return phrase.mentions[0] if phrase is not None and phrase.mentions else None


def _read_batch(gazetteer: Gazetteer, questions: list[tuple[Question, float]]) -> list[Case]:
    asked = []
    for question, _ in questions:
        mention = _parse(question)
        context = Context(country=question.country, admin1=question.admin1)
        if mention is not None:
            asked.append(Asked(mention, know_context(gazetteer, context)))
    pool = keep_likely(fill_pool(gazetteer, asked, MATCH_LIMIT), load_weights())
    judged = place_on_ground(pool)
    fixed, factors = list_factors(judged)
    leader = find_leaders(pool, np.zeros(len(fixed)))
    bounds = split(pool).tolist()
    cases = []
    for number, (question, counts) in enumerate(questions):
        rows = slice(bounds[number], bounds[number + 1])
        lon, lat = pool.facts.lon[rows], pool.facts.lat[rows]
        right = distances_km(question.lon, question.lat, lon, lat) <= NEAR_KM
        lead = leader[rows] - bounds[number]
        cases.append(Case(factors[rows], fixed[rows], lead, right, counts))
    return cases


def list_factors(judged: Judged) -> tuple[Array, Array]:
    """The cost that no weight changes, and what each fitted weight multiplies: costs are linear."""
    names = [name for name in load_weights() if name != _NOTHING]
    nothing = dict.fromkeys(load_weights(), 0.0)
    fixed = _sum_costs(judged, nothing)
    columns = [_sum_costs(judged, nothing | {name: 1.0}) - fixed for name in names]
    return fixed, np.stack(columns, axis=1)


def _sum_costs(judged: Judged, weights: dict[str, float]) -> Array:
    total: Array = np.sum([penalty.cost(judged, weights) for penalty in PENALTIES], axis=0)
    return total


def fit(cases: list[Case], weights: Mapping[str, float], free: Collection[str]) -> dict[str, float]:
    """The weights that make the right places the likeliest; those that are not free stay."""
    names = [*(name for name in weights if name != _NOTHING), _NOTHING]
    start = np.array([weights[name] for name in names])
    bounds = [(0, None) if name in free else (weights[name],) * 2 for name in names]
    found = minimize(_judge, start, (cases,), jac=True, method="L-BFGS-B", bounds=bounds)
    return dict(zip(names, found.x.tolist(), strict=True))


def judge(weights: dict[str, float], cases: list[Case]) -> tuple[float, float]:
    """How surprising the right places are on the whole, and how often one comes first."""
    names = [*(name for name in weights if name != _NOTHING), _NOTHING]
    values = np.array([weights[name] for name in names])
    counts = np.array([case.counts for case in cases])
    surprise = np.array([_judge_case(values, case)[0] for case in cases])
    first = [
        bool(len(case.fixed)) and case.right[(case.fixed + case.factors @ values[:-1]).argmin()]
        for case in cases
    ]
    return float(np.average(surprise, weights=counts)), float(np.average(first, weights=counts))


def _judge(values: Array, cases: list[Case]) -> tuple[float, Array]:
    """How surprising the right places are, and how that changes with each weight."""
    held = _HELD * len(cases) / 100
    surprise, slope = held * float(values @ values), 2 * held * values
    for case in cases:
        loss, change = _judge_case(values, case)
        surprise += case.counts * loss
        slope += case.counts * change
    return surprise, slope


def _judge_case(values: Array, case: Case) -> tuple[float, Array]:
    temperature = float(load_costs()["score"]["temperature"])
    cost = case.fixed + case.factors @ values[:-1]
    best = _pick_best(cost, case.leader)
    rows = np.vstack([np.column_stack([case.factors[best], np.zeros(len(best))]), _nothing(values)])
    gaps = -np.append(cost[best], values[-1]) / temperature
    shares = np.exp(gaps - gaps.max())
    right_groups = set(case.leader[case.right].tolist())
    right = np.array([*(int(case.leader[row]) in right_groups for row in best), not right_groups])
    likely, given = shares / shares.sum(), np.where(right, shares, 0.0)
    given = given / given.sum()
    loss = -float(np.log(max(1e-300, likely[right].sum())))
    return loss, (given - likely) @ rows / temperature


def _pick_best(cost: Array, leader: Array) -> Array:
    """The cheapest candidate of each place in effect."""
    order = np.lexsort((cost, leader))
    return order[np.unique(leader[order], return_index=True)[1]]


def _nothing(values: Array) -> Array:
    row = np.zeros(len(values))
    row[-1] = 1.0
    return row


def write_weights(weights: dict[str, float]) -> None:
    """Puts the weights in their lines of weights.yaml, comments kept."""
    text = _FILE.read_text(encoding="utf-8")
    for name, value in weights.items():
        pattern = rf"(?m)^(  {re.escape(name)}: )[\d.]+"
        text, count = re.subn(pattern, rf"\g<1>{value:.3f}", text)
        if count != 1:
            raise ValueError(f"{_FILE.name} has {count} lines for {name!r}; it needs one")
    _FILE.write_text(text, encoding="utf-8")


def main() -> int:
    """Prints the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write them to weights.yaml")
    parser.add_argument("--cache", type=Path, help="where the indexes are kept")
    options = parser.parse_args()
    fitted, held = (read_half(options.cache, half) for half in range(2))
    usual = {name for name in load_weights() if name not in _THIN}
    weights = fit(fitted[0], load_weights(), usual)
    weights = fit(fitted[1], weights, _THIN)
    for at, sources in enumerate(("all sources", "bundled alone")):
        for title, cases in (("fitted on", fitted[at]), ("never fitted on", held[at])):
            surprise, first = judge(weights, cases)
            print(f"{sources:13} {title:15} surprise {surprise:.4f}, right at 1 {first:.4f}")
    for name, value in weights.items():
        print(f"{name:24} {value:6.3f}   (was {load_weights()[name]:.3f})")
    if options.write:
        write_weights(weights | _SET)
    return 0


if __name__ == "__main__":
    sys.exit(main())
