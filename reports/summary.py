"""Summaries against details: a lead that one later sentence tells in full, or that several do."""

from collections.abc import Sequence
from dataclasses import replace

from reports.group import Group, overlap, place_keys, place_names
from reports.merge import VIOLENT, agree, may_agree
from reports.placing import Placed, contains, make_placed


def fold_summaries(placed: Sequence[Placed]) -> list[Placed]:
    """The incidents, each summary with one detail joined to it, one with several marked.

    A summary tells of a wider place ("in Aleppo province") what a detail tells of a place in it,
    the same kind of event at the same time. Where several details fit, its figures cover them
    all: it stays, and says so; without figures of its own it is only their heading and goes.
    """
    items = list(placed)
    for summary in list(items):
        details = [item for item in items if item is not summary and _is_detail(summary, item)]
        if len(details) == 1 and _can_join(summary.group, details[0].group):
            index = items.index(details[0])
            items[index] = _join(summary, details[0])
            items.remove(summary)
        elif len(details) > 1 and not summary.group.losses:
            items.remove(summary)
        elif len(details) > 1:
            items[items.index(summary)] = _mark(summary, details)
    return sorted(items, key=lambda item: item.group.first.key)


def _is_detail(summary: Placed, item: Placed) -> bool:
    one, other = summary.group, item.group
    if not one.has_own_place or not _same_kind(one, other) or not overlap(one.when, other.when):
        return False
    if one.part and other.part and one.part != other.part:
        return False
    return _is_within(summary, item)


def _is_within(summary: Placed, item: Placed) -> bool:
    """Whether the summary's place is named bare where the detail names a part, or holds it."""
    if place_keys(summary.group.phrases) == place_keys(item.group.phrases):
        return False
    if summary.location and item.location and contains(summary.location, item.location):
        return True
    wide = {name for name, extent in place_keys(summary.group.phrases) if not extent}
    parts = {name for name, extent in place_keys(item.group.phrases) if extent}
    return bool(wide & parts) and wide <= place_names(item.group.phrases)


def _same_kind(one: Group, other: Group) -> bool:
    (type_one, sub_one), (type_other, sub_other) = one.event, other.event
    if all(frame.weak for frame in one.frames) or all(frame.weak for frame in other.frames):
        return type_one in VIOLENT and type_other in VIOLENT
    return type_one == type_other and (type_one == "Battles" or sub_one == sub_other)


def _can_join(summary: Group, detail: Group) -> bool:
    if not agree(summary.attackers, detail.attackers) or detail.first.counter:
        return False
    when, then = summary.when, detail.when
    if when and then and (when.end - when.start) > (then.end - then.start):
        return False
    clash = any(
        (mine.kind, mine.group) == (theirs.kind, theirs.group) and not may_agree(mine, theirs)
        for mine in summary.losses
        for theirs in detail.losses
    )
    return not clash


def _join(summary: Placed, detail: Placed) -> Placed:
    frames = sorted((*summary.group.frames, *detail.group.frames), key=lambda frame: frame.key)
    own = next((frame.when for frame in frames if frame.when), None)
    notes = tuple(
        note
        for note in detail.group.notes
        if not (own and note.startswith(("date taken", "no date")))
    )
    group = replace(
        detail.group,
        frames=tuple(frames),
        place=detail.group.phrases,
        date=own or detail.group.date,
        notes=notes,
    )
    return make_placed(group, detail.located)


def _mark(summary: Placed, details: Sequence[Placed]) -> Placed:
    keys = tuple(item.group.first.key for item in details)
    return replace(summary, group=replace(summary.group, covers=keys))
