"""What the layer control lists: groups of entries, each a value of a column with its look."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
import yaml
from numpy.typing import NDArray

from geo.precision import Precision
from maps.cells import Coded, rank_coded
from maps.style import UNKNOWN_TYPE, make_marks

LAYERS_FILE = Path(__file__).parent / "data" / "layers.yaml"
NOT_LOCATED = "not located"
UNKNOWN_PRECISION = "precision unknown"
# Several actors in one cell, as ACLED and the readers here write them.
_ACTOR_SEPARATOR = "; "

Codes = NDArray[np.int64]


class Facet(NamedTuple):
    """A group of the layer control: its column in the page, its title, entries, and codes by row.

    An entry holds a label and, for event types, a colour and a symbol. Where rows can have
    several entries `sets` holds those of each code.
    """

    column: str
    title: str
    entries: list[dict[str, str]]
    codes: Codes
    sets: list[list[int]] | None = None

    def to_header(self) -> dict[str, Any]:
        """What the page needs to know of the group beside the codes."""
        own = {"column": self.column, "title": self.title, "entries": self.entries}
        return own if self.sets is None else {**own, "sets": self.sets}


class Words(NamedTuple):
    """The title of a layer, and what rows that have nothing there are listed under."""

    title: str
    missing: str


class LayerWords(NamedTuple):
    """The packaged words of layers, and the layers that a map has unless others are named."""

    default: tuple[str, ...]
    words: dict[str, Words]
    missing: str
    yes: str
    no: str


@cache
def load_layer_words() -> LayerWords:
    """The packaged words."""
    data = yaml.safe_load(LAYERS_FILE.read_text(encoding="utf-8"))
    words = {own["name"]: Words(own["title"], own["missing"]) for own in data["words"]}
    return LayerWords(tuple(data["default"]), words, data["missing"], data["yes"], data["no"])


def lookup_words(name: str) -> Words:
    """The words of a layer by a column; a column of the caller's own has its name as the title.

    >>> lookup_words("camp_name").title
    'Camp name'
    """
    known = load_layer_words()
    if name in known.words:
        return known.words[name]
    plain = name.replace("_", " ").strip()
    title = plain[:1].upper() + plain[1:] or name
    return Words(title, known.missing.format(title=title))


def make_type_facet(types: Coded) -> Facet:
    """The group of event types; a type keeps its colour and symbol on every map."""
    marks = make_marks(sorted(_present(types)))
    entries = [
        {"label": name or UNKNOWN_TYPE, "colour": mark.colour, "symbol": mark.symbol}
        for name, mark in marks.items()
    ]
    return Facet("type", "Event type", entries, _recode(types, list(marks)))


def make_precision_facet(levels: Coded, located: NDArray[np.bool_]) -> Facet:
    """The group of precision levels, finest first; rows without a location are one entry."""
    order = [*(level.value for level in Precision)]
    order += sorted(set(map(str, levels.table)) - {*order, ""})
    order += [UNKNOWN_PRECISION, NOT_LOCATED]
    named = Coded(levels.codes, [value or UNKNOWN_PRECISION for value in levels.table])
    codes = np.where(located, _recode(named, order), len(order) - 1)
    present = np.unique(codes)
    entries = [{"label": order[code]} for code in present]
    return Facet("precision", "Precision", entries, np.searchsorted(present, codes))


def make_actor_facet(actor1: Coded, actor2: Coded) -> Facet:
    """The group of actors, of whom a row can have several on either side.

    A code stands for what both columns hold together, the most frequent first.
    """
    pairs = actor1.codes * len(actor2.table) + actor2.codes
    found, codes = np.unique(pairs, return_inverse=True)
    first, second = found // len(actor2.table), found % len(actor2.table)
    names = [
        _split_actors(actor1.table[one]) + _split_actors(actor2.table[two])
        for one, two in zip(first.tolist(), second.tolist(), strict=True)
    ]
    together = Coded(
        codes.reshape(-1).astype(np.int64), [list(dict.fromkeys(own)) for own in names]
    )
    # Codes stay apart by pair, so that either column follows from them.
    counts = np.bincount(together.codes, minlength=len(names))
    order = np.lexsort((np.arange(len(names)), -counts))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    ranked = Coded(rank[together.codes], [together.table[at] for at in order])
    return _make_sets("actors", lookup_words("actor"), ranked)


def _split_actors(text: str) -> list[str]:
    return [name.strip() for name in text.split(_ACTOR_SEPARATOR) if name.strip()]


def make_value_facet(column: str, name: str, values: Coded) -> Facet:
    """The group of a column's values: texts by frequency, numbers in their order."""
    words = lookup_words(name)
    if any(isinstance(value, list) for value in values.table):
        lists = [_texts_of(value) for value in values.table]
        return _make_sets(column, words, Coded(values.codes, lists))
    if _are_numbers(values.table):
        order = sorted(values.table, key=lambda value: (value == "", value if value != "" else 0))
        values = Coded(_recode(values, order), order)
    else:
        [values] = rank_coded([values], always=())
    entries = [{"label": _label(value) or words.missing} for value in values.table]
    return Facet(column, words.title, entries, values.codes)


def make_text_facet(column: str, name: str, texts: Coded) -> Facet:
    """The group of a column's texts as the page holds them already, the most frequent first."""
    words = lookup_words(name)
    used = int(texts.codes.max(initial=-1)) + 1
    entries = [{"label": text or words.missing} for text in texts.table[:used]]
    return Facet(column, words.title, entries, texts.codes)


def _make_sets(column: str, words: Words, values: Coded) -> Facet:
    """A group of which a row has the entries of its value, a list; codes are left as they are."""
    sizes = np.bincount(values.codes, minlength=len(values.table)).tolist()
    counts: dict[str, int] = {}
    for own, size in zip(values.table, sizes, strict=True):
        for label in own or [words.missing]:
            counts[label] = counts.get(label, 0) + size
    labels = sorted(counts, key=lambda label: (-counts[label], label))
    places = {label: place for place, label in enumerate(labels)}
    sets = [[places[label] for label in own or [words.missing]] for own in values.table]
    entries = [{"label": label} for label in labels]
    if all(len(own) == 1 for own in sets):
        alone = np.array([own[0] for own in sets], dtype=np.int64)
        if len(labels) == len(sets) or column != "actors":
            return Facet(column, words.title, entries, alone[values.codes])
    return Facet(column, words.title, entries, values.codes, sets)


def _texts_of(value: Any) -> list[str]:
    cells = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(label for cell in cells if (label := _label(cell))))


def _label(value: Any) -> str:
    words = load_layer_words()
    if isinstance(value, bool):
        return words.yes if value else words.no
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _are_numbers(values: Sequence[Any]) -> bool:
    kinds = (int, float)
    return all(value == "" or isinstance(value, kinds) for value in values) and not any(
        isinstance(value, bool) for value in values
    )


def _present(coded: Coded) -> set[str]:
    counts = np.bincount(coded.codes, minlength=len(coded.table))
    return {value for value, count in zip(coded.table, counts, strict=True) if count}


def _recode(coded: Coded, order: Sequence[Any]) -> Codes:
    """The codes of the same values in this order; a value without a row may be left out."""
    places = {value: place for place, value in enumerate(order)}
    table = np.array([places.get(value, 0) for value in coded.table], dtype=np.int64)
    return table[coded.codes]
