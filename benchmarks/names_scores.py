"""Answers of the names benchmark to figures: shares, intervals, calibration, radius."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from benchmarks.names_answers import Answer

SURE = (0.8, 0.9)
BINS = 10
# Enough that the ends of the interval do not move in the third place from seed to seed.
_RESAMPLES = 2000
_SEED = 20240510
_INTERVAL = (2.5, 97.5)


def share(answers: Sequence[Answer], holds: Callable[[Answer], bool]) -> float:
    """The share of answers for which something holds; NaN of none."""
    return sum(map(holds, answers)) / len(answers) if answers else float("nan")


def find_interval(
    answers: Sequence[Answer], holds: Callable[[Answer], bool]
) -> tuple[float, float]:
    """The 95 % bootstrap interval of a share, resampled by distinct place."""
    if not answers:
        return (float("nan"), float("nan"))
    numbers: dict[str, int] = {}
    owners = np.array([numbers.setdefault(a.question.group, len(numbers)) for a in answers])
    counts = np.bincount(owners)
    held = np.bincount(owners, weights=[holds(a) for a in answers])
    draws = np.random.default_rng(_SEED).integers(0, len(counts), (_RESAMPLES, len(counts)))
    shares = held[draws].sum(axis=1) / counts[draws].sum(axis=1)
    low, high = np.percentile(shares, _INTERVAL)
    return (float(low), float(high))


def score_answers(answers: Sequence[Answer]) -> dict[str, Any]:
    """The figures of one set of answers."""
    took_ms = sorted(a.took_s * 1000 for a in answers)
    figures: dict[str, Any] = {
        "n": len(answers),
        "top1": share(answers, lambda a: a.is_right),
        "top1_interval": find_interval(answers, lambda a: a.is_right),
        "top10": share(answers, lambda a: a.is_among),
        "top10_interval": find_interval(answers, lambda a: a.is_among),
        "unresolved": share(answers, lambda a: not a.is_resolved),
        "ms_median": took_ms[len(took_ms) // 2] if took_ms else float("nan"),
        "ms_p99": took_ms[len(took_ms) * 99 // 100] if took_ms else float("nan"),
    }
    for least in SURE:
        sure = [a for a in answers if a.is_resolved and a.score >= least]
        figures[f"sure_{least}"] = len(sure)
        figures[f"wrong_{least}"] = share(sure, lambda a: not a.is_right)
    return figures


def calibrate(answers: Sequence[Answer]) -> dict[str, Any]:
    """Reliability by tenths of the score and the expected calibration error, of answers given.

    Unresolved ones say no score: they are left out (counting them as 0 would flatter the error).
    """
    given = [a for a in answers if a.is_resolved]
    bins = [_fill_bin(given, number) for number in range(BINS)]
    error = sum(abs(b["score"] - b["right"]) * b["n"] for b in bins if b["n"])
    return {"n": len(given), "error": error / max(1, len(given)), "bins": bins}


def _fill_bin(given: Sequence[Answer], number: int) -> dict[str, float]:
    held = [a for a in given if number == min(BINS - 1, int(a.score * BINS))]
    if not held:
        return {"n": 0, "score": float("nan"), "right": float("nan")}
    mean = sum(a.score for a in held) / len(held)
    return {"n": len(held), "score": mean, "right": share(held, lambda a: a.is_right)}


def score_radius(answers: Sequence[Answer]) -> dict[str, Any]:
    """How often the coders' position lies within the radius of the answer, and how large it is."""
    located = [a for a in answers if a.radius_km is not None]
    radii = [a.radius_km for a in located if a.is_settlement and a.radius_km is not None]
    right = [a for a in located if a.is_right]
    return {
        "n": len(located),
        "within": share(located, _is_within),
        "within_interval": find_interval(located, _is_within),
        "within_of_right": share(right, _is_within),
        "settlements": len(radii),
        "median_settlement_km": float(np.median(radii)) if radii else float("nan"),
    }


def _is_within(answer: Answer) -> bool:
    return answer.radius_km is not None and answer.off_km <= answer.radius_km
