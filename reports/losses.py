"""Tolls with their groups under the canonical names of actors."""

import re
from collections.abc import Sequence

from reports.actors import OPPOSITION, find_actors, military_forces
from reports.frame import Loss
from reports.tolls import Toll

# "Thirty others": more of the group counted before, perhaps sentences ago.
OTHERS = "others"
# "Members of the Zafar Brigade" are the brigade; "members of one family" are people.
MEMBERS = re.compile(
    r"^(?:[a-z]+ ){0,2}(?:members?|fighters?|elements|operatives|followers) (?:of|from) (?:the )?"
    r"(?=[A-Z])"
)
OWN = re.compile(r"^(?:of )?(?:(?:its|their|our|his) )?own\b|^(?:its|our) ", re.IGNORECASE)
OTHER_SIDE = re.compile(
    r"^(?:of )?(?:their|its|the) (?:opponents?|enem(?:y|ies)|adversar(?:y|ies)|foes)", re.IGNORECASE
)


def read_losses(tolls: Sequence[Toll], *, country: str = "", speaker: str = "") -> list[Loss]:
    """One loss a toll, its group named as `actors.find_actors` names it.

    `speaker` is the armed group or army that speaks, whose "its own fighters" are. "Their
    opponents" are the other side of the group before; "others" have no group yet. Words
    that name no known actor stay as they are.
    """
    losses: list[Loss] = []
    for toll in tolls:
        before = losses[-1].group if losses else ""
        more = not toll.group_text and re.search(r"\bothers?\b", toll.text)
        if speaker and OWN.match(toll.group_text):
            group = speaker
        else:
            group = OTHERS if more else name_group(toll.group_text, country=country, before=before)
        losses.append(
            Loss(
                toll.kind,
                group,
                toll.low,
                toll.best,
                toll.high,
                toll.qualifier,
                toll.start,
                toll.end,
            )
        )
    return losses


def name_group(words: str, *, country: str = "", before: str = "") -> str:
    """The canonical name of the group some words stand for.

    >>> name_group("Syrian troops"), name_group("people")
    ('Military Forces of Syria', 'Civilians')
    """
    if OTHER_SIDE.match(words):
        state = before.startswith("Military")
        return OPPOSITION if state else military_forces(country)
    actors = find_actors(words, country)
    if actors:
        named = [actor for actor in actors if not actor.generic]
        return (named or actors)[0].name
    if any(letter.isdigit() for letter in words):
        return before
    words = MEMBERS.sub("", words)
    return "" if words.lower() in {"others", "other", "more", "both sides"} else words
