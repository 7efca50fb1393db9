"""The reliability diagram of docs/names.md, drawn from measured bins."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "reliability.png"
_INK, _BAR, _SOFT = "#1b2733", "#2f6f9f", "#c9d6e0"
_LEAST_LABELLED = 1


def draw_reliability(pooled: Mapping[str, Any], path: Path = PICTURE) -> None:
    """Draws how often answers are right by tenths of their score, with the count of each tenth."""
    with plt.rc_context({"font.size": 10, "text.color": _INK, "axes.labelcolor": _INK}):
        figure, (above, below) = plt.subplots(
            2, 1, figsize=(6.4, 5.6), height_ratios=(3, 1), sharex=True, layout="constrained"
        )
        _draw_shares(above, pooled)
        _draw_counts(below, pooled)
        figure.savefig(path, dpi=110, facecolor="white", metadata={"Software": None})
        plt.close(figure)


def _draw_shares(axes: Any, pooled: Mapping[str, Any]) -> None:
    bins = [b for b in pooled["bins"] if b["n"]]
    scores, rights = [b["score"] for b in bins], [b["right"] for b in bins]
    axes.plot([0, 1], [0, 1], color=_SOFT, linewidth=1.5, zorder=1, label="said = true")
    bars = [2 * math.sqrt(b["right"] * (1 - b["right"]) / b["n"]) for b in bins]
    axes.errorbar(
        scores,
        rights,
        yerr=bars,
        fmt="o-",
        color=_BAR,
        capsize=3,
        label="measured, two standard errors",
    )
    axes.set(ylim=(-0.03, 1.05), ylabel="share within 5 km")
    axes.set_title(
        f"Places never fitted on: {pooled['n']:,} answers, expected calibration error "
        f"{pooled['error']:.3f}",
        fontsize=10,
    )
    axes.legend(frameon=False, loc="upper left")
    axes.grid(color="#eef2f5")


def _draw_counts(axes: Any, pooled: Mapping[str, Any]) -> None:
    for number, held in enumerate(pooled["bins"]):
        axes.bar(number / 10 + 0.05, held["n"], width=0.09, color=_BAR)
        axes.annotate(
            f"{held['n']:,}", (number / 10 + 0.05, held["n"]), ha="center", va="bottom", fontsize=8
        )
    most = max(held["n"] for held in pooled["bins"])
    axes.set(xlim=(0, 1.02), ylim=(0, most * 1.25), xlabel="score", ylabel="answers")
    axes.set_yticks([])
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
