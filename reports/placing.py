"""The places of a report's incidents, resolved together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely

from gazetteer.correcting import Corrections, is_corrected
from gazetteer.index import Gazetteer
from gazetteer.locate import (
    Located,
    choose_method,
    locate_phrases,
    location_record,
    shape_record,
)
from gazetteer.online import OnlineGeocoder
from gazetteer.place import Context
from geo.regions import Location, combine
from reports.group import Group

if TYPE_CHECKING:
    from gazetteer.phrases import PlacePhrase

# An area this many times as wide as another place holds it, and does not lie beside it.
HOLDS_FACTOR = 1.5


@dataclass(frozen=True, slots=True)
class Placed:
    """An incident with its located places: the finest ones, and all together."""

    group: Group
    located: tuple[Located, ...] = ()
    location: Location | None = None


def place_groups(
    groups: Sequence[Group],
    gazetteer: Gazetteer,
    country: str,
    corrections: Corrections | None = None,
    *,
    online: OnlineGeocoder | None = None,
) -> list[Placed]:
    """Every group with its places located; names of one report help each other.

    `corrections` are those that hold in the report.
    """
    phrases: dict[PlacePhrase, None] = {}
    for group in groups:
        phrases.update(dict.fromkeys(group.phrases))
    context = Context(country=country)
    found = locate_phrases(
        gazetteer, list(phrases), context, corrections=corrections, online=online
    )
    known = dict(zip(phrases, found, strict=True))
    return [make_placed(group, [known[phrase] for phrase in group.phrases]) for group in groups]


def make_placed(group: Group, located: Sequence[Located]) -> Placed:
    """A group with the places that count: those resolved, without areas that hold the others."""
    resolved = [item for item in located if item.location is not None]
    kept = [item for item in resolved if not any(_holds(item, other) for other in resolved)]
    shown = [item for item in located if any(item is k for k in kept) or _is_taken_out(item)]
    locations = [item.location for item in kept if item.location is not None]
    return Placed(
        group, tuple(shown if kept else located), combine(locations) if locations else None
    )


def _is_taken_out(item: Located) -> bool:
    """Whether a person said that the name is no place: the reader is told so."""
    return item.location is None and any(map(is_corrected, item.resolutions))


def _holds(outer: Located, inner: Located) -> bool:
    if outer is inner or outer.location is None or inner.location is None:
        return False
    return contains(outer.location, inner.location)


def contains(outer: Location, inner: Location) -> bool:
    """Whether a location is a wider area that another lies in."""
    if outer.radius_km <= HOLDS_FACTOR * inner.radius_km:
        return False
    middle = inner.geometry.representative_point()
    if outer.geometry.geom_type in ("Polygon", "MultiPolygon"):
        return bool(
            shapely.covers(outer.geometry, middle)
            or shapely.covers(outer.geometry, shapely.centroid(inner.geometry))
        )
    return False


def place_record(placed: Placed) -> dict[str, Any]:
    """The place columns of an incident: of its one place, or of several joined."""
    if not placed.located:
        return {"match_reasons": ["unresolved: the report names no place for it"], "geometry": None}
    records = [location_record(item) for item in placed.located]
    if len(records) == 1:
        return records[0]
    # What a person took out has no country or precision to show.
    first = next((record for record in records if record["geometry"] is not None), records[0])
    joined: dict[str, Any] = dict(first)
    for key in ("place_text", "place_name", "place_id", "admin1"):
        joined[key] = "; ".join(dict.fromkeys(record[key] for record in records if record[key]))
    for key in ("match_reasons", "alternatives"):
        joined[key] = [entry for record in records for entry in record[key]]
    scores = [record["match_score"] for record in records if record["match_score"] is not None]
    joined |= {"match_score": min(scores, default=None), "admin2": ""}
    joined["match_method"] = choose_method(record["match_method"] for record in records)
    if placed.location is None:
        return joined
    return joined | shape_record(placed.location)
