"""Incidents of a report as records for `geo.table.make_table`."""

from collections.abc import Mapping, Sequence
from typing import Any

from geo.claims import find_totals, make_claim
from reports.frame import Frame, Loss, unique
from reports.group import Group
from reports.losses import OTHERS
from reports.placing import Placed, place_record
from reports.report import Report

KINDS = {"killed": "fatalities", "injured": "injured"}


def make_records(report: Report, placed: Sequence[Placed]) -> list[dict[str, Any]]:
    """One record an incident, in the order the report tells them; ids count from 1."""
    ids = {
        item.group.first.key: f"{report.report_id}-{count:02d}"
        for count, item in enumerate(placed, start=1)
    }
    return [_make_record(report, item, ids) for item in placed]


def _make_record(
    report: Report, placed: Placed, ids: Mapping[tuple[int, int], str]
) -> dict[str, Any]:
    group = placed.group
    event_type, sub_type = group.event
    claims = make_claims(group, report.publisher)
    evidence = choose_evidence(group)
    when = group.when
    return {
        "incident_id": ids[group.first.key],
        "date_start": when.start if when else None,
        "date_end": when.end if when else None,
        "date_precision": when.precision if when else "",
        "date_text": when.text if when else "",
        "event_type": event_type,
        "sub_event_type": sub_type,
        "actor1": "; ".join(group.attackers or _first_sides(group)),
        "actor2": "; ".join(name for name in group.victims if name not in group.attackers),
        **find_totals(claims),
        **place_record(placed),
        "source": "; ".join(unique(claim["source"] for claim in claims)) or report.publisher,
        "source_url": report.url,
        "report_id": report.report_id,
        "evidence": evidence.text,
        "claims": claims,
        "notes": make_notes(placed, ids),
    }


def _first_sides(group: Group) -> tuple[str, ...]:
    """The side named first of a clash that nobody is said to have begun."""
    return next((frame.attackers for frame in group.frames if frame.attackers), ())


def choose_evidence(group: Group) -> Frame:
    """The sentence that shows most: type, place, date and toll told by itself."""

    def worth(frame: Frame) -> tuple[int, int]:
        parts = (not frame.weak, frame.phrases and not frame.borrowed, frame.when, frame.losses)
        return sum(bool(part) for part in parts), -frame.number

    return max(group.frames, key=worth)


def make_claims(group: Group, publisher: str) -> list[dict[str, Any]]:
    """What each source says: a claim for each sentence that states a toll or names a source.

    The same source saying the same again is one claim. An incident without either has one
    claim, by the publisher.
    """
    contested = any(frame.contested for frame in group.frames)
    claims: list[dict[str, Any]] = []
    for frame, stated in zip(group.frames, _name_others(group), strict=True):
        if frame.denied or not (stated or frame.source):
            continue
        claim = make_claim(
            frame.source or publisher,
            {
                column: [_figure(x) for x in stated if x.kind == kind]
                for kind, column in KINDS.items()
            },
            evidence=frame.text,
            span=(frame.start, frame.end),
            contested=contested,
        )
        if not any(_says_same(claim, known) for known in claims):
            claims.append(claim)
    if not claims:
        first = choose_evidence(group)
        span = (first.start, first.end)
        claims = [make_claim(publisher, {}, evidence=first.text, span=span, contested=contested)]
    return claims


def _says_same(claim: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    """Whether a claim adds nothing to an earlier one of the same source."""
    same_source = claim["source"] == known["source"]
    added = [
        toll for column in KINDS.values() for toll in claim[column] if toll not in known[column]
    ]
    return same_source and not added


def _name_others(group: Group) -> list[list[Loss]]:
    """The losses of each frame, "others" named after the group counted before them."""
    named: list[list[Loss]] = []
    last = ""
    for frame in group.frames:
        row = []
        for loss in frame.losses:
            name = last if loss.group == OTHERS else loss.group
            row.append(Loss(loss.kind, name, *_numbers(loss), loss.qualifier, loss.start, loss.end))
            last = name or last
        named.append(row)
    return named


def _numbers(loss: Loss) -> tuple[int | None, int | None, int | None]:
    return loss.low, loss.best, loss.high


def _figure(loss: Loss) -> dict[str, Any]:
    return {
        "group": loss.group,
        "low": loss.low,
        "best": loss.best,
        "high": loss.high,
        "qualifier": loss.qualifier,
    }


def make_notes(placed: Placed, ids: Mapping[tuple[int, int], str]) -> list[str]:
    """What a reader should know of how the row came about."""
    group = placed.group
    notes = [*group.notes, *(note for frame in group.frames for note in frame.notes)]
    when = group.when
    if when and when.reason:
        notes.append(f"date: {when.reason}")
    helpers = unique(name for frame in group.frames for name in frame.others)
    if helpers:
        notes.append(f"supported by {'; '.join(helpers)}")
    if any(frame.contested for frame in group.frames):
        notes.append("contested: the report says that this is disputed or only alleged")
    covered = [ids[key] for key in group.covers if key in ids]
    if covered:
        notes.append(f"its figures cover {', '.join(covered)} as well: do not add them up")
    return list(dict.fromkeys(notes))
