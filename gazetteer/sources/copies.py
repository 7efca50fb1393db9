"""A file of places read as a whole, and our own compact copy of it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from gazetteer.columns import Collector, Columns, Listed, Shaped
from gazetteer.place import Place
from gazetteer.sections import Sections, map_texts, pack_texts, read_texts, write_sections
from gazetteer.sources.cells import Found
from gazetteer.versions import hash_files
from geo.errors import InputError
from geo.problem import Problem
from geo.whole import write_whole

_COUNTRY = re.compile(r"[A-Za-z]{2}")


class Told(NamedTuple):
    """What is told of a file: a key for it, what kind it is, facts, the rows that were skipped."""

    key: str
    kind: str
    facts: dict[str, Any]
    problems: list[Problem]


class Source(NamedTuple):
    """The places of a file: a key for it, what kind it is, and the rows that were skipped."""

    key: str
    kind: str
    columns: Columns
    facts: dict[str, Any]
    problems: list[Problem]


def read_source(path: Path, country: str = "") -> Source:
    """Returns the places of a file of any kind we know.

    Raises `InputError` for another kind, or where not a single row can be used.
    """
    collector = Collector()
    key, kind, facts, problems = read_into(collector, path, country)
    return Source(key, kind, collector.finish(), facts, problems)


def read_into(collector: Collector, path: Path, country: str = "") -> Told:
    """Adds the places of a file of any kind we know; raises as `read_source` does."""
    if country and not _COUNTRY.fullmatch(country):
        raise InputError(f"country {country!r} is no ISO 3166-1 alpha-2 code; give two letters")
    # Late: GDAL and pandas take half a second, and the bundled world needs none of the readers.
    from gazetteer.sources.recognise import recognise_kind  # noqa: PLC0415

    kind = recognise_kind(path)
    problems: list[Problem] = []
    before = collector.place_count
    collector.add_places(_set_aside(kind.read(path, country.upper()), problems))
    count = collector.place_count - before
    if not count:
        first = f"; {problems[0]}" if problems else ""
        raise InputError(f"{path.name} ({kind.name}) holds no place that can be used{first}")
    content = hash_files(path)
    key = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:40] + "-" + content[:8]
    facts = {
        "key": key,
        "name": kind.name,
        "version": f"{path.name} {content}",
        "licence": kind.licence,
        "places": count,
    }
    return Told(key, kind.name, facts, problems)


def _set_aside(
    found: Iterator[Found], problems: list[Problem]
) -> Iterator[Place | Shaped | Listed]:
    for entry in found:
        if isinstance(entry, Problem):
            problems.append(entry)
        else:
            yield entry


def write_copy(source: Source, path: Path, origin: Mapping[str, str] | None = None) -> None:
    """Writes the places of a file, whole or not at all.

    `origin` says how to read the file again, where that is known (`kept.make_origin`). A change of
    these sections needs a new format of our files and a new letter in `kept.LAYOUTS`.
    """
    columns = source.columns
    rows = sorted(columns.areas)
    shapes = [columns.areas[row] for row in rows]
    arrays = {
        "places": columns.places,
        "names": columns.names,
        "same": columns.same,
        **pack_texts("text", columns.texts),
        **pack_texts("label", columns.labels),
        "area_row": np.array(rows, np.uint32),
        "area_size": np.array([len(shape) for shape in shapes], np.uint64),
        "area_bytes": np.frombuffer(b"".join(shapes), np.uint8),
    }
    with write_whole(path) as file:
        write_sections(file, {"source": source.facts, "origin": dict(origin or {})}, arrays)


def load_copy(copy: Sections) -> Columns:
    """Returns the places of a copy that `write_copy` wrote."""
    arrays = copy.arrays
    ends = np.cumsum(arrays["area_size"]).tolist()
    begins = [0, *ends[:-1]]
    shapes = [
        arrays["area_bytes"][begin:end].tobytes() for begin, end in zip(begins, ends, strict=False)
    ]
    return Columns(
        arrays["places"],
        arrays["names"],
        arrays["same"],
        map_texts(arrays, "text"),
        read_texts(arrays, "label"),
        dict(zip(arrays["area_row"].tolist(), shapes, strict=True)),
    )
