"""What a reader found, in the form tests compare: places by id, and problems as text."""

from pathlib import Path
from typing import NamedTuple

from gazetteer.columns import Listed, Shaped
from gazetteer.place import Place
from gazetteer.sources.recognise import recognise_kind
from geo.problem import Problem


class Collected(NamedTuple):
    kind: str
    places: dict[str, Place]
    areas: dict[str, bytes]
    problems: list[str]

    def names(self, place_id: str) -> list[tuple[str, str, str]]:
        return [(name.text, name.lang, name.kind) for name in self.places[place_id].names]


def collect(path: Path, country: str = "") -> Collected:
    """Everything in a file of any kind."""
    kind = recognise_kind(path)
    places, areas, problems = {}, {}, []
    for entry in kind.read(path, country):
        if isinstance(entry, Problem):
            problems.append(str(entry))
            continue
        place = entry if isinstance(entry, Place) else entry.place
        places[place.place_id] = place
        if isinstance(entry, Shaped):
            areas[place.place_id] = entry.area
        assert isinstance(entry, Place | Shaped | Listed)
    return Collected(kind.name, places, areas, problems)
