"""The last results kept, and what a new run gained, lost or moved against them."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.names_answers import Answer
from benchmarks.names_data import NEAR_KM

RESULTS = Path(__file__).resolve().parent / "results" / "names.json"
# An answer that moves by less is the same place with a mended position.
_LEAST_MOVE_KM = 0.5
Kept = dict[str, list[Any]]


def keep_names(answers: Sequence[Answer]) -> Kept:
    """By name and governorate: the answer's id, and its km from the coders' position or null."""
    return {
        f"{a.question.text} | {a.question.admin1 or a.question.country}": [
            a.place_id,
            round(a.away_km, 1) if math.isfinite(a.away_km) else None,
        ]
        for a in answers
    }


def compare_names_kept(old: Mapping[str, Kept], new: Mapping[str, Kept]) -> list[str]:
    """One line a name that was gained, lost or moved, by set, and a line that counts them."""
    lines: list[str] = []
    for title, names in new.items():
        changes = [
            change
            for name in names.keys() & old.get(title, {}).keys()
            if (change := _compare(name, old[title][name], names[name]))
        ]
        counts = {word: sum(c.startswith(word) for c in changes) for word in _WORDS}
        said = ", ".join(f"{count} {word}" for word, count in counts.items())
        lines += [f"{title}: {said}", *(f"  {change}" for change in sorted(changes))]
    return lines


_WORDS = ("gained", "lost", "moved")


def _compare(name: str, old: list[Any], new: list[Any]) -> str:
    was, now = (found[1] is not None and found[1] <= NEAR_KM for found in (old, new))
    if was == now and old[0] == new[0]:
        return ""
    apart = f"{_say(old)} -> {_say(new)}"
    if was != now:
        return f"{'gained' if now else 'lost'} {name}: {apart}"
    both = old[1] is not None and new[1] is not None
    if both and abs(old[1] - new[1]) < _LEAST_MOVE_KM:
        return ""
    return f"moved {name}: {apart}"


def _say(found: list[Any]) -> str:
    if not found[0]:
        return "unresolved"
    return str(found[0]) if found[1] is None else f"{found[0]}, {found[1]:.1f} km"


def load_kept(path: Path = RESULTS) -> dict[str, Any]:
    """The figures and names kept last; empty where there are none."""
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def save_kept(figures: Mapping[str, Any], names: Mapping[str, Kept], path: Path = RESULTS) -> None:
    """Keeps the figures, and one line a name, so that a change to one is one line of a diff."""
    lines = [
        f"{json.dumps(title)}: {{\n"
        + ",\n".join(
            f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(found)}"
            for name, found in sorted(kept.items())
        )
        + "\n}"
        for title, kept in names.items()
    ]
    head = json.dumps(round_figures(figures), ensure_ascii=False, indent=1)
    path.write_text(
        f'{{"figures": {head},\n"names": {{\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8"
    )


def round_figures(value: Any) -> Any:
    """Figures to four decimals; NaN and infinity, which JSON lacks, to null."""
    if isinstance(value, float):
        return round(value, 4) if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: round_figures(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [round_figures(inner) for inner in value]
    return value
