"""Places and dates that an incident takes over from what was told before, each with a note."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reports.frame import When
from reports.group import Group, overlap
from reports.mentions import Setting

# A place is taken over from an incident told at most this many sentences before.
PLACE_REACH = 8
# On another day only what is told right behind it is at the same place.
NEXT = 1


def inherit(groups: Sequence[Group], setting: Setting, published: date | None) -> list[Group]:
    """The groups in order, each without a place or a date given one where the report allows it.

    What is taken over stands in `notes`; what nothing gives stays unknown.
    """
    done: list[Group] = []
    for group in groups:
        dated = group if group.when else _inherit_date(group, published)
        placed = dated if dated.phrases else _inherit_place(dated, done, setting)
        done.append(_note_borrowed(placed))
    return done


def _note_borrowed(group: Group) -> Group:
    own = any(frame.phrases and not frame.borrowed for frame in group.frames)
    lent = any(frame.phrases and frame.borrowed for frame in group.frames)
    if own or not lent:
        return group
    return replace(
        group, notes=(*group.notes, "place named earlier in the report and pointed back to")
    )


def _inherit_date(group: Group, published: date | None) -> Group:
    said = next((frame.said for frame in group.frames if frame.said), None)
    if said is not None:
        note = f"date taken from the statement or the sentence before ({said.text})"
        return replace(group, date=said, notes=(*group.notes, note))
    if published is None:
        return group
    when = When(published, published, "week", "", reason="the day of publication")
    note = "no date in the text: the day of publication, within the week"
    return replace(group, date=when, notes=(*group.notes, note))


def _inherit_place(group: Group, before: Sequence[Group], setting: Setting) -> Group:
    first = group.frames[0].number
    for other in sorted(before, key=lambda earlier: -earlier.last.number):
        distance = first - other.last.number
        near = distance <= (PLACE_REACH if overlap(other.when, group.when) else NEXT)
        same_kind = other.event[0] == group.event[0]
        apart = other.part and group.part and other.part != group.part
        if near and same_kind and other.phrases and not apart:
            note = "place inherited from a sentence before"
            return replace(group, place=other.phrases, notes=(*group.notes, note))
    if setting.topic is None:
        return group
    note = "no place in the text: the place the report is about"
    return replace(group, place=(setting.topic,), notes=(*group.notes, note))
