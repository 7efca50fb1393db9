"""The sides of an event, by all the triggers of its telling and by who speaks."""

import re
from dataclasses import replace

from reports.actors import find_actors, military_forces
from reports.countries import lookup_country
from reports.events import EventFinding
from reports.parts import Parts
from reports.sides import Sides, find_sides
from reports.sources import SourceFinding, find_claim_spans

OWN_FORCES = re.compile(
    r"\b(?:warplanes|jets|aircraft|helicopters|drones|its|our|their)\b", re.IGNORECASE
)


def read_sides(parts: Parts, chosen: EventFinding) -> Sides:
    """The sides by the chosen trigger, completed by the telling's other triggers."""
    source, telling = parts.found.source, parts.telling
    outside = [(0, telling.start), (telling.end, len(parts.text))]
    outside += find_claim_spans(parts.text)
    sides = Sides()
    for event in (chosen, *(event for event in telling.events if event is not chosen)):
        more = find_sides(parts.text, event, country=parts.found.setting.country, outside=outside)
        sides = _complete(sides, more)
    return _add_own_forces(parts.told, source, sides)


def _complete(sides: Sides, more: Sides) -> Sides:
    """The sides, what they lack taken from another trigger; nobody on both."""
    return Sides(
        sides.attackers or tuple(n for n in more.attackers if n not in sides.victims),
        sides.victims or tuple(n for n in more.victims if n not in sides.attackers),
        sides.others or more.others,
        sides.mutual or more.mutual,
    )


def _add_own_forces(told: str, source: SourceFinding | None, sides: Sides) -> Sides:
    """An army or ministry that says "our warplanes": they are its own."""
    name = _forces_of(source.name) if source and OWN_FORCES.search(told) else ""
    if not name or name in (*sides.attackers, *sides.victims):
        return sides
    joins_others = name == (source.name if source else "") and re.search(r"\bits\b", told)
    if sides.attackers and not joins_others:
        return sides
    return replace(sides, attackers=(name, *sides.attackers))


def _forces_of(claimant: str) -> str:
    """The forces that an army or a ministry of defence commands, or an empty text."""
    if claimant.startswith("Military Forces of "):
        return claimant
    return find_military(claimant) if claimant.endswith(" Ministry of Defence") else ""


def find_military(office: str) -> str:
    """The forces of the country an office belongs to.

    >>> find_military("Russian Ministry of Defence")
    'Military Forces of Russia'
    """
    country = lookup_country(office.partition(" Ministry")[0])
    return military_forces(country.code) if country else ""


def find_speaker(source: SourceFinding | None) -> str:
    """The armed group or army that a claimant is, or an empty text."""
    actors = find_actors(source.name) if source else []
    return actors[0].name if actors and actors[0].code in (1, 2, 3) else ""
