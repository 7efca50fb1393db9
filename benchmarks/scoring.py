"""Extracted incidents against what a careful reader found: one to one, and strict.

An extracted incident is a gold incident when the event type is the same, the dates share a day
and begin within a day of each other, and every gold place is met. A toll is right when a claim
of that incident states it with the same group, kind, low and high. Nothing is half right.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from reports.losses import name_group

MAX_START_GAP_DAYS = 1
KM_PER_DEGREE = 111.2
# Shares that the reading is held to: 16 of 20 incidents, 80 % of tolls, 3 extras to 20 incidents.
MIN_FOUND, MIN_TOLLS, MAX_EXTRAS = 0.8, 0.8, 0.15

Record = Mapping[str, Any]
Gold = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One gold incident: whether it was found, why not, and how its tolls fared."""

    gold_id: str
    found: bool
    why: str
    incident_id: str = ""
    tolls_right: tuple[str, ...] = ()
    tolls_wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """The outcomes of a set of reports, and the incidents that no gold incident answers to."""

    outcomes: list[Outcome] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)

    @property
    def found(self) -> int:
        """Gold incidents found."""
        return sum(outcome.found for outcome in self.outcomes)

    @property
    def tolls_right(self) -> int:
        """Gold tolls found."""
        return sum(len(outcome.tolls_right) for outcome in self.outcomes)

    @property
    def tolls(self) -> int:
        """Gold tolls, those of missed incidents included."""
        return self.tolls_right + sum(len(outcome.tolls_wrong) for outcome in self.outcomes)

    @property
    def passes(self) -> bool:
        """Whether the targets are met."""
        total = len(self.outcomes)
        return (
            self.found >= MIN_FOUND * total
            and self.tolls_right >= MIN_TOLLS * self.tolls
            and len(self.extras) <= MAX_EXTRAS * total
        )


def load_gold(path: Path) -> dict[str, Any]:
    """The gold of a file, or of all JSON files of a folder: reports and incidents by file name."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    whole: dict[str, Any] = {"reports": [], "gold": {}}
    for file in files:
        part = json.loads(file.read_text(encoding="utf-8"))
        whole["reports"] += part["reports"]
        whole["gold"] |= part["gold"]
    return whole


def score_report(records: Sequence[Record], incidents: Sequence[Gold]) -> Score:
    """One report's records against its gold incidents, matched one to one, as many as can be."""
    pairs = match_incidents(records, incidents)
    outcomes = []
    for index, gold in enumerate(incidents):
        record = records[pairs[index]] if index in pairs else None
        outcomes.append(_judge(gold, record, records))
    used = set(pairs.values())
    by_id = {outcome.gold_id: outcome for outcome in outcomes}
    outcomes = [_as_second_claim(gold, by_id, records) for gold in incidents]
    extras = [describe(record) for i, record in enumerate(records) if i not in used]
    return Score(outcomes, extras)


def match_incidents(records: Sequence[Record], incidents: Sequence[Gold]) -> dict[int, int]:
    """Gold index to record index: as many pairs as can be (Kuhn), then the most tolls right."""
    fits = [[i for i, r in enumerate(records) if not find_fault(r, gold)] for gold in incidents]
    worth = {
        (g, i): (len(compare_tolls(records[i], incidents[g])[0]), _tells(records[i], incidents[g]))
        for g, row in enumerate(fits)
        for i in row
    }
    owner: dict[int, int] = {}
    for gold_index in sorted(range(len(fits)), key=lambda g: len(fits[g])):
        _assign(gold_index, fits, owner, set())
    pairs = {gold_index: record for record, gold_index in owner.items()}
    while _improve(pairs, fits, worth):
        pass
    return pairs


def _tells(record: Record, gold: Gold) -> bool:
    """Whether the record rests on the sentence that gold names."""
    told = " ".join([str(record["evidence"]), *(claim["evidence"] for claim in record["claims"])])
    return bool(gold.get("evidence")) and gold["evidence"][:40] in told


def _improve(
    pairs: dict[int, int],
    fits: Sequence[Sequence[int]],
    worth: Mapping[tuple[int, int], tuple[int, bool]],
) -> bool:
    """Swaps two pairs, or moves one to a free record, where that makes more tolls right."""
    for one in list(pairs):
        for record in fits[one]:
            other = next((g for g, i in pairs.items() if i == record), None)
            if other == one or (other is not None and pairs[one] not in fits[other]):
                continue
            now = [worth[one, pairs[one]], *([worth[other, record]] if other is not None else [])]
            then = [worth[one, record], *([worth[other, pairs[one]]] if other is not None else [])]
            if _sum(then) > _sum(now):
                if other is not None:
                    pairs[other] = pairs[one]
                pairs[one] = record
                return True
    return False


def _sum(parts: Sequence[tuple[int, bool]]) -> tuple[int, int]:
    return sum(part[0] for part in parts), sum(part[1] for part in parts)


def _assign(
    gold_index: int, edges: Sequence[Sequence[int]], owner: dict[int, int], seen: set[int]
) -> bool:
    for record in edges[gold_index]:
        if record in seen:
            continue
        seen.add(record)
        if record not in owner or _assign(owner[record], edges, owner, seen):
            owner[record] = gold_index
            return True
    return False


def find_fault(record: Record, gold: Gold) -> str:
    """The first thing that keeps a record from being a gold incident, or an empty text."""
    if record["event_type"] != gold["event_type"]:
        return f"type {record['event_type']!r}"
    return find_date_fault(record, gold) or find_place_fault(record, gold)


def find_date_fault(record: Record, gold: Gold) -> str:
    """Why the dates differ, or an empty text."""
    start, end = record.get("date_start"), record.get("date_end")
    if start is None:
        return "no date"
    begins = date.fromisoformat(gold["start"])
    ends = date.fromisoformat(gold["end"]) if gold.get("end") else begins
    last = end or start
    apart = abs((start - begins).days) > MAX_START_GAP_DAYS or start > ends or last < begins
    return f"date {start} to {last}" if apart else ""


def find_place_fault(record: Record, gold: Gold) -> str:
    """Which gold place is not met and how far off, or an empty text."""
    geometry = record.get("geometry")
    if geometry is None:
        return f"not located ({record.get('place_text', '')!r})"
    if record.get("precision") == "country":
        return "located to the country only"
    for place in gold["places"]:
        away = distance_to(geometry, place["lon"], place["lat"], as_point=place["shape"] == "point")
        if away > place["tolerance_km"]:
            return f"{place['mention']!r} is {away:.0f} km off"
    return ""


def distance_to(geometry: BaseGeometry, lon: float, lat: float, *, as_point: bool) -> float:
    """Kilometres from a position to the nearest part of a geometry (good to 1 % below 300 km).

    `as_point`: where the gold place is a point, an area counts by its representative point
    only, so that a province that happens to hold the village is no hit.
    """
    scale = (KM_PER_DEGREE * math.cos(math.radians(lat)), KM_PER_DEGREE)
    parts = shapely.get_parts(geometry)
    if as_point:
        parts = [p.representative_point() if p.geom_type == "Polygon" else p for p in parts]
    flat = [shapely.transform(part, lambda xy: (xy - (lon, lat)) * scale) for part in parts]
    return float(min(part.distance(shapely.Point(0, 0)) for part in flat))


def compare_tolls(record: Record, gold: Gold) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The gold tolls that a claim of the record states exactly, and those that none does."""
    right, wrong = [], []
    for key in ("fatalities", "injured"):
        stated = {
            (name_group(toll["group"]) or toll["group"], toll.get("low"), toll.get("high"))
            for claim in record["claims"]
            for toll in claim[key]
        }
        for toll in gold[key]:
            wanted = (
                name_group(toll["group"]) or toll["group"],
                toll.get("low"),
                toll.get("high"),
            )
            label = f"{key} {toll['group']} {toll.get('low')}-{toll.get('high')}"
            (right if wanted in stated else wrong).append(label)
    return tuple(right), tuple(wrong)


def _judge(gold: Gold, record: Record | None, records: Sequence[Record]) -> Outcome:
    if record is None:
        every = tuple(
            f"{key} {toll['group']} {toll.get('low')}-{toll.get('high')}"
            for key in ("fatalities", "injured")
            for toll in gold[key]
        )
        return Outcome(gold["id"], found=False, why=_why_missed(gold, records), tolls_wrong=every)
    right, wrong = compare_tolls(record, gold)
    return Outcome(
        gold["id"],
        found=True,
        why="",
        incident_id=str(record["incident_id"]),
        tolls_right=right,
        tolls_wrong=wrong,
    )


def _why_missed(gold: Gold, records: Sequence[Record]) -> str:
    """What keeps the nearest records from it: each of the same type, and its first fault."""
    same = [record for record in records if record["event_type"] == gold["event_type"]]
    faults = [f"{r['incident_id']}: {find_fault(r, gold) or 'taken by another'}" for r in same]
    return "; ".join(faults) or "nothing of its type"


def _as_second_claim(
    gold: Gold, outcomes: Mapping[str, Outcome], records: Sequence[Record]
) -> Outcome:
    """The outcome, found after all where gold allows it as a claim of another incident.

    Only where gold's own note says so, and only with every toll of it stated there.
    """
    outcome = outcomes[gold["id"]]
    allowed = re.search(r"second claim about ([\w-]+)", gold.get("note", ""))
    host = outcomes.get(allowed.group(1)) if allowed else None
    if outcome.found or host is None or not host.found:
        return outcome
    record = next(r for r in records if str(r["incident_id"]) == host.incident_id)
    right, wrong = compare_tolls(record, gold)
    if wrong or not right:
        return outcome
    why = "kept as a second claim"
    return Outcome(gold["id"], found=True, why=why, incident_id=host.incident_id, tolls_right=right)


def describe(record: Record) -> str:
    """One line on a record: id, type, date, place as written, evidence."""
    start = record.get("date_start")
    return (
        f"{record['incident_id']}: {record['event_type']} ({record['sub_event_type']}), {start}, "
        f"{record.get('place_text', '')!r}: {str(record.get('evidence', ''))[:110]!r}"
    )
