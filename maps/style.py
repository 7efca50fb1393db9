"""How each event type looks: its colour and its symbol, from styles.yaml."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from geo.errors import InputError

STYLE_FILE = Path(__file__).parent / "data" / "styles.yaml"
# As js/src/symbols.js draws them.
_ROUND_AND_POLYGONS = ("circle", "square", "diamond", "triangle", "wedge", "hexagon")
_CUT_IN = ("star", "cross", "saltire", "hourglass")
SYMBOLS = frozenset((*_ROUND_AND_POLYGONS, *_CUT_IN))
UNKNOWN_TYPE = "Unknown type"


class Mark(NamedTuple):
    """The look of one event type: a colour as `#rrggbb`, and a symbol the page can draw."""

    colour: str
    symbol: str


class Styles(NamedTuple):
    """All looks: of known event types in their order, of further ones, of none."""

    event_types: dict[str, Mark]
    further: tuple[Mark, ...]
    unknown: Mark


@cache
def load_styles() -> Styles:
    """The packaged looks; a bad entry stops the program and is named."""
    data = yaml.safe_load(STYLE_FILE.read_text(encoding="utf-8"))
    return Styles(
        {entry["name"]: _parse_mark(entry) for entry in data["event_types"]},
        tuple(_parse_mark(entry) for entry in data["further"]),
        _parse_mark(data["unknown"]),
    )


def _parse_mark(entry: dict[str, Any]) -> Mark:
    mark = Mark(str(entry.get("colour", "")), str(entry.get("symbol", "")))
    is_colour = len(mark.colour) == 7 and mark.colour.startswith("#")
    if not is_colour or mark.symbol not in SYMBOLS:
        raise InputError(
            f"{STYLE_FILE.name}: entry {entry!r} needs a colour like '#cc3311' "
            f"and a symbol of {sorted(SYMBOLS)}"
        )
    return mark


def make_marks(event_types: Sequence[str]) -> dict[str, Mark]:
    """The look of each event type, known types first in their order, the unknown one last.

    >>> list(make_marks(["Zoo", "", "Protests", "Battles"]))
    ['Battles', 'Protests', 'Zoo', '']
    """
    styles = load_styles()
    wanted = set(event_types)
    marks = {name: mark for name, mark in styles.event_types.items() if name in wanted}
    own = sorted(wanted - marks.keys() - {""})
    for index, name in enumerate(own):
        marks[name] = styles.further[index % len(styles.further)]
    if "" in wanted:
        marks[""] = styles.unknown
    return marks
