"""Frames of one report joined to incidents: the same event told over several sentences."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from geo.incident import EVENT_TYPES
from reports.events import BATTLES, REMOTE
from reports.frame import Frame, Loss, When
from reports.group import Group, overlap, place_keys, place_names
from reports.sides import kinds_of

VIOLENT = frozenset({BATTLES, REMOTE, "Violence against civilians"})
# How many sentences back a telling without place and date may belong to.
REACH = 4
# A word that points back ("the attack") reaches further.
REFERENCE_REACH = 8
# Generic names that do not tell two groups apart.
GENERIC = ("armed opposition", "Unidentified Armed Group", "Militia")
SUBS_OF = {event: frozenset(subs) for event, subs in EVENT_TYPES.items()}


def join_frames(frames: Sequence[Frame]) -> list[Group]:
    """Groups of frames, one an incident, in the order they are first told.

    A frame joins the latest group that it does not contradict (type, date, part of day, place,
    sides, toll) and that something ties it to: words that point back, the same place, the same
    toll, or nothing of its own to stand on. A denial marks the latest group of its kind.
    """
    groups: list[Group] = []
    for frame in frames:
        if frame.denied:
            _mark_denied(groups, frame)
            continue
        index = _find_group(groups, frame)
        if index is None:
            groups.append(Group((frame,)))
        else:
            groups[index] = replace(groups[index], frames=(*groups[index].frames, frame))
    return groups


def _mark_denied(groups: list[Group], frame: Frame) -> None:
    """Marks the latest group of the denied kind as contested."""
    for index in range(len(groups) - 1, -1, -1):
        if _same_type(groups[index], frame):
            marked = replace(frame, contested=True, losses=(), phrases=(), when=None)
            groups[index] = replace(groups[index], frames=(*groups[index].frames, marked))
            return


def _find_group(groups: Sequence[Group], frame: Frame) -> int | None:
    order = range(len(groups) - 1, -1, -1)
    fits = [index for index in order if _is_compatible(groups[index], frame)]
    fits.sort(key=lambda index: -groups[index].last.number)
    for index in fits:
        if _is_tied(groups[index], frame):
            return index
    return _find_same_sentence(groups, frame)


def _find_same_sentence(groups: Sequence[Group], frame: Frame) -> int | None:
    """The battle of the same sentence that remote violence without a place of its own is part of.

    ACLED's precedence: one place, one day, one battle.
    """
    own_place = bool(frame.phrases) and not frame.borrowed
    if frame.event_type != REMOTE or own_place or frame.when or frame.losses or frame.joins:
        return None
    for index, group in enumerate(groups):
        if group.last.number == frame.number and group.event[0] == BATTLES:
            return index
    return None


def _is_compatible(group: Group, frame: Frame) -> bool:
    if frame.separate or not overlap(group.when, frame.when):
        return False
    if frame.part and group.part and not _same_part(frame.part, group.part):
        return False
    return (
        _same_type(group, frame)
        and _same_place(group, frame)
        and not _opposed(group, frame)
        and not _other_toll(group, frame)
    )


def _same_part(one: str, other: str) -> bool:
    night = {"overnight", "night", "midnight", "dawn", "evening"}
    return one == other or {one, other} <= night


def _same_type(group: Group, frame: Frame) -> bool:
    event_type, sub_type = group.event
    if frame.joins and ("*" in frame.joins or sub_type in frame.joins):
        return event_type in VIOLENT or not frame.weak
    if frame.joins and not frame.weak and not _is_same_kind(group, frame):
        return False
    weak_group = all(told.weak for told in group.frames)
    if frame.weak or weak_group:
        violent = event_type in VIOLENT and frame.event_type in VIOLENT
        same = frame.weak or event_type == frame.event_type
        return violent and (same or agree(group.attackers, frame.attackers))
    return event_type == frame.event_type and (
        event_type == BATTLES or sub_type == frame.sub_event_type
    )


def _is_same_kind(group: Group, frame: Frame) -> bool:
    event_type, sub_type = group.event
    return event_type == frame.event_type and (
        event_type == BATTLES or sub_type == frame.sub_event_type
    )


def _same_place(group: Group, frame: Frame) -> bool:
    mine, theirs = place_keys(frame.phrases), place_keys(group.phrases)
    if not mine or not theirs:
        return True
    if frame.borrowed:
        return bool(place_names(frame.phrases) & place_names(group.phrases))
    return bool(mine & theirs)


def _opposed(group: Group, frame: Frame) -> bool:
    """Whether the other side acts now: an answer, or another named group."""
    apart = frame.counter or frame.when or (frame.phrases and not frame.borrowed)
    if frame.joins or not group.attackers or not frame.attackers or frame.mutual:
        return frame.counter and not frame.joins
    theirs, mine = kinds_of(group.attackers), kinds_of(frame.attackers)
    if not theirs & mine:
        return bool(apart)
    return bool(apart) and not agree(group.attackers, frame.attackers)


def agree(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two lists of actors can be the same: one empty or generic, or one in both.

    >>> agree(["Boko Haram"], ["armed opposition"]), agree(["Boko Haram"], ["Fano"])
    (True, False)
    """
    named = {name for name in some if not name.startswith(GENERIC)}
    others_named = {name for name in others if not name.startswith(GENERIC)}
    if not named or not others_named:
        return not (kinds_of(some) and kinds_of(others)) or bool(kinds_of(some) & kinds_of(others))
    return bool(named & others_named)


def _other_toll(group: Group, frame: Frame) -> bool:
    """Whether the tolls cannot be of one event: other numbers, nothing that ties the two."""
    if not frame.losses or not group.losses or frame.joins:
        return False
    shared = _shares_place(group, frame)
    for mine in frame.losses:
        same = [loss for loss in group.losses if (loss.kind, loss.group) == (mine.kind, mine.group)]
        clash = same and not any(may_agree(x, mine) for x in same)
        rival = frame.source and not frame.phrases and not frame.when
        rival = rival and all(frame.source != told.source for told in group.frames if told.losses)
        if clash and not shared and not rival:
            return True
    sources = {told.source for told in group.frames if told.losses and told.source}
    elsewhere = bool(frame.source and sources and frame.source not in sources)
    known = {loss.group for loss in group.losses} & {loss.group for loss in frame.losses}
    return elsewhere and not (shared or frame.weak or known)


def may_agree(one: Loss, other: Loss) -> bool:
    """Whether two figures can be of the same people: "up to 80" and 80, not 10 and 12."""
    lows = [loss.low if loss.low is not None else 0 for loss in (one, other)]
    highs = [loss.high for loss in (one, other) if loss.high is not None]
    return max(lows) <= min(highs, default=max(lows))


def _shares_place(group: Group, frame: Frame) -> bool:
    return bool(place_keys(frame.phrases) & place_keys(group.phrases))


def _is_tied(group: Group, frame: Frame) -> bool:
    """Whether something says that the frame tells of this group's incident."""
    distance = frame.number - group.last.number
    if frame.joins:
        return distance <= REFERENCE_REACH
    if _shares_place(group, frame):
        return not frame.borrowed or distance <= REACH
    bare = not frame.phrases and frame.when is None
    if bare and distance <= REACH:
        return True
    if frame.phrases and not group.phrases:
        return _completes(group, frame, distance)
    return _restates(group, frame, distance)


def _completes(group: Group, frame: Frame, distance: int) -> bool:
    """Whether a frame gives the place a group lacks: one kind, one side, one day."""
    if frame.weak and not all(told.weak for told in group.frames):
        return False
    return agree(group.attackers, frame.attackers) and distance <= REACH + 1


def _restates(group: Group, frame: Frame, distance: int) -> bool:
    """Whether a dated frame without a place tells the group's incident again."""
    if frame.phrases or frame.when is None or distance > REACH:
        return False
    if group.when and _same_days(group.when, frame.when):
        return True
    undated = group.when is None
    same_toll = {(x.kind, x.group, x.low) for x in frame.losses} & {
        (x.kind, x.group, x.low) for x in group.losses
    }
    wordy = re.match(r"(?:another|new|fresh|more)\b", frame.text, re.IGNORECASE)
    near = distance <= 1 and not wordy
    return (
        bool(same_toll) or (undated and (near or not frame.losses)) or (near and not frame.losses)
    )


def _same_days(one: When, other: When) -> bool:
    """Whether two ranges of several days are the same range."""
    return one.start < one.end and (one.start, one.end) == (other.start, other.end)
