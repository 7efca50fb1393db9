"""Who did it to whom: the actors around a trigger, by side."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reports.actors import (
    CIVILIANS,
    GUNMEN,
    OPPOSITION,
    Actor,
    find_actors,
    is_armed,
    military_forces,
)
from reports.countries import find_countries
from reports.events import CLASH, EventFinding

PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|got)\s+(?:[\w]+ly\s+|also\s+)?$")
# Verbs whose subject is who was hurt.
SUFFERED = re.compile(r"(?:died|dead|deaths?|lost|suffered)\b", re.IGNORECASE)
BETWEEN = re.compile(r"^\s+(?:[\w-]+\s+){0,3}?(?:between|with|pitting|against)\b")
ON = re.compile(r"^(?:\s+[\w-]+){0,4}?\s+(?:on|against|at|targeting|hit|hits|struck|of)\b")
# What may stand between two actors of one list: "soldiers and", ", including", "positions, and".
LISTED = re.compile(
    r"(?:['\u2019]s?)?(?:\s\([^)]*\)|\s\[[^\]]*\])?(?:\s(?:positions?|targets?))?(?:\s?,)?"
    r"(?:\s(?:and|or|including|as well as|of|its|their|his|ally|allied|the|other|some|an?|at least"
    r"|\d+|two|three|four|five|six|seven|eight|nine|ten)){0,5}\s?(?:,\s(?:and\s)?)?"
)
# Between an actor and the noun of its deed: nothing much ("militant attacks"), or a doing verb.
DOER = re.compile(
    r"(?:['\u2019]s?)?(?:\s+[\w-]+){0,2}\s*"
    r"|(?:\s+(?:also|had|has|have|then|later|again))*\s+(?:launch|carr|conduct|mount|stag|begin|began|start"
    r"|unleash|wag|renew|resum|intensif|step)\w*(?:\s+[\w-]+){0,5}\s*"
)
# How far behind "on" or "by" an actor is still the one meant.
REACH = 90
# "Russia launched", "carried out by ... and Russia": a country that acts means its forces.
DOING = re.compile(
    r"^\s+(?:had |has |have |also |later |again |then ){0,2}"
    r"(?:launch|carr|conduct|mount|stag|unleash|fir|bomb|shell|attack|struck|strik|hit|pound|kill|target|captur|seiz)"
)


@dataclass(frozen=True, slots=True)
class Sides:
    """Canonical names of those who acted, were acted on, and stood by them, in order."""

    attackers: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    mutual: bool = False


def find_sides(
    text: str, event: EventFinding, *, country: str = "", outside: Sequence[tuple[int, int]] = ()
) -> Sides:
    """The sides of one event told in `text` (a clause; the trigger's span refers to it).

    `outside` are spans of words that only claim or comment. `mutual` is true of clashes
    between two sides, where nobody is said to have begun.

    >>> trigger = EventFinding("Battles", "Armed clash", "attacked", 7, 15)
    >>> find_sides("Rebels attacked Malian troops.", trigger).victims
    ('Military Forces of Mali',)
    """
    actors = [a for a in find_actors(text, country) if not _inside(a, outside)]
    actors += [a for a in _state_actors(text, event) if not _inside(a, outside)]
    actors.sort(key=lambda actor: actor.start)
    around = _look_around(actors, event)
    if event.sub_event_type == CLASH and BETWEEN.match(text[event.end :]):
        return _mutual(event, around)
    if event.form == "noun":
        return _noun_sides(text, event, around)
    return _verb_sides(text, event, around)


class _Around(NamedTuple):
    """The actors before, behind and within a trigger; those who only back a side apart."""

    before: list[Actor]
    after: list[Actor]
    inside: list[Actor]
    others: tuple[str, ...]


def _look_around(actors: Sequence[Actor], event: EventFinding) -> _Around:
    taking = [actor for actor in actors if actor.role_hint != "backer"]
    before = [actor for actor in taking if actor.end <= event.start]
    after = [actor for actor in taking if actor.start >= event.end]
    inside = [actor for actor in taking if actor not in before and actor not in after]
    backers = [actor for actor in actors if actor.role_hint == "backer"]
    return _Around(before, after, inside, _names(backers))


def _mutual(event: EventFinding, around: _Around) -> Sides:
    """Sides of "clashes between X and Y" and of "X's clashes with Y"."""
    near = [actor for actor in around.after if actor.start - event.end <= REACH]
    if len(_names(near)) >= 2:
        return Sides(_names(near[:1]), _names(near[1:]), around.others, mutual=True)
    return Sides(_names(around.before[-1:]), _names(near), around.others, mutual=True)


def _noun_sides(text: str, event: EventFinding, around: _Around) -> Sides:
    """Sides of "Russian air strikes on rebel positions", "an attack on troops by militants"."""
    by = re.search(r"^(?:[^.;]{0,80}?)\b(?:by|led by)\s", text[event.end :])
    doers = _joined(text, around.after, event.end + by.end()) if by else []
    start = event.end
    on = ON.match(text[start:])
    if not on and doers:
        start = doers[-1].end
        on = ON.match(text[start:])
    suffering = _joined(text, around.after, start + on.end()) if on else []
    subjects = [a for a in (*around.before, *around.inside) if _is_subject(text, a, event)]
    attackers = _armed((*subjects, *doers))
    victims = _names(actor for actor in suffering if actor not in doers)
    return Sides(attackers, victims, around.others)


def _is_subject(text: str, actor: Actor, event: EventFinding) -> bool:
    """Whether an actor before a noun did it: next to it, or its subject through a verb."""
    return DOER.fullmatch(text[actor.end : event.start]) is not None


def _verb_sides(text: str, event: EventFinding, around: _Around) -> Sides:
    """Sides of "militants attacked troops", "five were killed by gunmen"."""
    by = re.search(r"^(?:[^.;]{0,60}?)\bby\s", text[event.end :])
    if PASSIVE.search(text[: event.start]) or SUFFERED.match(event.trigger):
        doers = _joined(text, around.after, event.end + by.end()) if by else []
        return Sides(_armed(doers), _names(around.before), around.others)
    near = _joined(text, around.after, event.end)
    attackers = _armed(around.before) or _armed(around.inside)
    victims = _names(actor for actor in near if actor.name not in attackers)
    return Sides(attackers, victims, around.others)


def _joined(text: str, actors: Sequence[Actor], start: int) -> list[Actor]:
    """The first actor behind a position, and those listed with it ("X, Y and Z")."""
    found: list[Actor] = []
    for actor in actors:
        if actor.start < start or (not found and actor.start > start + REACH):
            continue
        if found and not LISTED.fullmatch(text[found[-1].end : actor.start]):
            break
        found.append(actor)
    return found


def _armed(actors: Iterable[Actor]) -> tuple[str, ...]:
    return _names(
        actor for actor in actors if is_armed(actor.name, actor.code) or actor.code in (5, 6)
    )


def _names(actors: Iterable[Actor]) -> tuple[str, ...]:
    """Names in order, once each; a word such as "militants" yields to a group's own name."""
    listed = list(actors)
    named_rebels = any(actor.code in (2, 3) and not actor.generic for actor in listed)
    names = [
        actor.name
        for actor in listed
        if not (named_rebels and actor.generic and actor.name in (OPPOSITION, GUNMEN))
    ]
    return tuple(dict.fromkeys(names))


def _inside(actor: Actor, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= actor.start < end for start, end in spans)


def _state_actors(text: str, event: EventFinding) -> list[Actor]:
    """Countries that act: "Russia launched", "Russian air strikes", "strikes with Russia"."""
    found = []
    for mention in find_countries(text):
        after = text[mention.end : event.start] if mention.end <= event.start else ""
        adjacent = mention.end <= event.start and re.fullmatch(
            r"\s+(?:(?:and|,)\s+[A-Z]\w+\s+|[a-z-]+\s+)?", after
        )
        placed = re.search(
            r"\b(?:in|of|from|to|into|across|near|at|on)\s(?:the\s)?$", text[: mention.start]
        )
        subject = mention.kind == "name" and not placed and DOING.match(text[mention.end :])
        before = text[event.end : mention.start] if mention.start >= event.end else "."
        agent = re.fullmatch(
            r"[^.;]{0,40}\b(?:by|with)\s+(?:the\s+)?(?:[^,;.]{1,40}\sand\s+)?", before
        )
        government = re.match(
            r"\s+(?:government|regime|coalition)\b(?!\s+(?:forces|troops))", text[mention.end :]
        )
        by_name = agent and (mention.kind == "name" or government)
        if (adjacent and mention.kind == "adjective") or subject or by_name:
            end = mention.end + (government.end() if government else 0)
            found.append(Actor(military_forces(mention.code), 1, mention.start, end))
    known = find_actors(text)
    return [a for a in found if not any(k.start < a.end and a.start < k.end for k in known)]


def kinds_of(names: Iterable[str]) -> set[str]:
    """The kinds of actors among names: `state`, `armed`, `civilians`.

    >>> sorted(kinds_of(["Military Forces of Mali", "Civilians"]))
    ['civilians', 'state']
    """
    kinds = set()
    for name in names:
        if name.startswith(("Military Forces", "Police Forces")):
            kinds.add("state")
        else:
            kinds.add("civilians" if name in (CIVILIANS, "Protesters", "Rioters") else "armed")
    return kinds
