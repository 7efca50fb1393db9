"""Figures of the names benchmark as Markdown: printed, and kept in docs/names.md."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.names_scores import SURE

PAGE = Path(__file__).resolve().parents[1] / "docs" / "names.md"
SERVICE = Path(__file__).resolve().parent / "results" / "nominatim.json"
BEGIN, END = "<!-- begin figures -->", "<!-- end figures -->"
_SCORES = (
    "n",
    "top 1 (95 % interval)",
    "among ten (95 % interval)",
    "unresolved",
    *(f"wrong at score ≥ {least}" for least in SURE),
    "ms, median (p99)",
)


def make_page(figures: Mapping[str, Any]) -> str:
    """All tables for which there are figures, each under its heading."""
    makers = {
        "names": ("Places of Syria as UCDP writes them", _tell_names),
        "ceiling": ("What can be reached", _tell_ceiling),
        "causes": ("What the misses are made of", _tell_causes),
        "degraded": ("The same names degraded", _tell_degraded),
        "arabic": ("Arabic names of one source, found in the other", _tell_arabic),
        "centcom": ("CENTCOM's strike lines", _tell_centcom),
        "calibration": ("Is the score honest?", _tell_calibration),
        "radius": ("Is the radius honest?", _tell_radius),
        "car": ("Other ground: the Central African Republic, bundled places alone", _tell_car),
        "listed": ("Places of the first reports, bundled places alone", _tell_listed),
    }
    parts = [
        f"### {title}\n\n{tell(figures[key])}"
        for key, (title, tell) in makers.items()
        if key in figures
    ]
    return "\n\n".join([*parts, *_tell_service()])


def make_table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A Markdown table; numbers are formatted, the first column is left-aligned."""
    lines = [
        "| " + " | ".join(heads) + " |",
        "|---|" + "---:|" * (len(heads) - 1),
        *("| " + " | ".join(map(_show, row)) + " |" for row in rows),
    ]
    return "\n".join(lines)


def _show(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3f}" if math.isfinite(value) else "-"
    return f"{value:,}" if isinstance(value, int) else str(value).replace("|", "\\|")


def _with_interval(figures: Mapping[str, Any], key: str) -> str:
    low, high = figures[f"{key}_interval"]
    return f"{_show(figures[key])} ({_show(low)} to {_show(high)})"


def _list_scores(figures: Mapping[str, Any]) -> list[Any]:
    return [
        figures["n"],
        _with_interval(figures, "top1"),
        _with_interval(figures, "top10"),
        figures["unresolved"],
        *(f"{_show(figures[f'wrong_{s}'])} of {figures[f'sure_{s}']:,}" for s in SURE),
        f"{figures['ms_median']:.1f} ({figures['ms_p99']:.1f})",
    ]


def _tell_names(figures: Mapping[str, Any]) -> str:
    rows = [[title, *_list_scores(part), part["top1_alike"]] for title, part in figures.items()]
    return make_table(["half and context", *_SCORES, "top 1 of those in reach"], rows)


def _tell_ceiling(figures: Mapping[str, Any]) -> str:
    keys = {
        "n": "places",
        "any": "an entry of any name within 5 km",
        "alike": "one with a name alike",
        "similar": "one with compare_names ≤ 0.3",
        "equal": "one with an equal name",
        "namesakes": "with equally spelled places > 5 km off in the same governorate",
        "namesakes_only": "of these, no entry with a name alike within 5 km",
        "elsewhere": "with equally spelled places in other governorates",
    }
    rows = [[words, *(part[key] for part in figures.values())] for key, words in keys.items()]
    return make_table(["", *figures], rows)


def _tell_causes(figures: Mapping[str, Any]) -> str:
    rows: list[list[Any]] = [
        [cause, *(part[cause] for part in figures.values())]
        for cause in next(iter(figures.values()))
    ]
    rows.append(["all misses", *(sum(part.values()) for part in figures.values())])
    return make_table(["cause", *figures], rows)


def _tell_degraded(figures: Mapping[str, Any]) -> str:
    heads = ["way", "context", "names changed", "top 1 (95 % interval)", "among ten"]
    heads += ["top 1 undegraded", "relative", "top 1, never fitted on", "unresolved"]
    heads += ["wrong at score ≥ 0.9"]
    rows = [
        [
            way,
            told,
            f["n"],
            _with_interval(f, "top1"),
            f["top10"],
            f["top1_before"],
            f["relative"],
            f["top1_never_fitted"],
            f["unresolved"],
            f"{_show(f['wrong_0.9'])} of {f['sure_0.9']:,}",
        ]
        for way, by_told in figures.items()
        for told, f in by_told.items()
    ]
    return make_table(heads, rows)


def _tell_arabic(figures: Mapping[str, Any]) -> str:
    rows = [
        [title, part["listed"], part["had"], *_list_scores(part), part["radius"]["within"]]
        for title, part in figures.items()
    ]
    heads = ["asked", "listed", "the other has", *_SCORES, "within radius"]
    return make_table(heads, rows)


def _tell_centcom(figures: Mapping[str, Any]) -> str:
    head = (
        f"{figures['n']} distinct names, {figures['settlements']} come out as a settlement of the "
        f"country they stand under, {figures['unresolved']} unresolved. The doubtful:"
    )
    rows = [
        [d["text"], d["country"], d["answer"], "; ".join(d["doubts"]), "; ".join(d["runners"])]
        for d in figures["doubtful"]
    ]
    return f"{head}\n\n" + make_table(["name", "under", "answer", "doubt", "runners-up"], rows)


def _tell_calibration(figures: Mapping[str, Any]) -> str:
    rows = [
        [
            title,
            part["n"],
            part["error"],
            *(f"{_show(b['right'])} of {b['n']:,}" if b["n"] else "-" for b in part["bins"]),
        ]
        for title, part in figures.items()
    ]
    tenths = [f"{number / 10:.1f} to {(number + 1) / 10:.1f}" for number in range(10)]
    return make_table(["answers", "n", "expected calibration error", *tenths], rows)


def _tell_radius(figures: Mapping[str, Any]) -> str:
    rows = [
        [
            title,
            part["n"],
            _with_interval(part, "within"),
            part["within_of_right"],
            part["settlements"],
            part["median_settlement_km"],
        ]
        for title, part in figures.items()
    ]
    heads = ["answers", "located", "coded point within radius (95 % interval)"]
    heads += ["of those within 5 km", "settlements", "their median radius, km"]
    return make_table(heads, rows)


def _tell_car(figures: Mapping[str, Any]) -> str:
    return "\n\n".join(
        (
            _tell_names(figures["names"]),
            _tell_ceiling({"all": figures["ceiling"]}),
            _tell_causes(figures["causes"]),
            _tell_calibration(figures["calibration"]),
            _tell_radius(figures["radius"]),
        )
    )


def _tell_listed(figures: Mapping[str, Any]) -> str:
    return make_table(["", *_SCORES], [["country known", *_list_scores(figures)]])


def _tell_service() -> list[str]:
    """The table of benchmarks/nominatim.py, where that was run: its `table` is heads and rows."""
    if not SERVICE.is_file():
        return []
    table = json.loads(SERVICE.read_text(encoding="utf-8"))["table"]
    return ["### Beside a geocoder\n\n" + make_table(table["heads"], table["rows"])]


def write_docs(tables: str, page: Path = PAGE) -> None:
    """Puts the tables between the marks of the page, and leaves the rest as it is."""
    text = page.read_text(encoding="utf-8")
    before, found, rest = text.partition(BEGIN)
    _, closed, after = rest.partition(END)
    if not (found and closed):
        raise ValueError(
            f"{page} lacks {BEGIN!r} or {END!r}; put them round the place of the tables"
        )
    page.write_text(f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}", encoding="utf-8")
