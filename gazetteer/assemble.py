"""All sources of a gazetteer brought together and built into one index, with a progress bar."""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from tqdm import tqdm

from gazetteer.build import build_index
from gazetteer.columns import Columns, Listed, collect_places, join_columns
from gazetteer.place import Place
from gazetteer.sections import Sections
from gazetteer.sources.bundled import read_areas, read_listed, read_towns, towns_version
from gazetteer.sources.cells import Found
from gazetteer.sources.copies import Source, load_copy, read_source
from geo.areas import ATTRIBUTION
from geo.errors import InputError

_STEPS = 6
# How many skipped rows of a file given for one call are named; the rest is counted.
_PROBLEMS_TOLD = 5


class Inputs(NamedTuple):
    """What an index is made of besides the packaged sources, and the version it gets."""

    version: str
    copies: Sequence[Sections] = ()
    extra: Sequence[Path] = ()


def assemble_index(
    path: Path, inputs: Inputs, *, progress: bool = False, notify: Callable[[str], None]
) -> None:
    """Writes an index of the packaged sources and of the inputs."""
    with _paused_collector(), _progress_bar(show=progress) as report:
        report("reading places")
        parts, facts = [collect_places(_read_bundled())], _bundled_facts()
        for copy in inputs.copies:
            parts.append(load_copy(copy))
            facts.append(copy.meta["source"])
        for file in inputs.extra:
            source = read_source(file)
            _tell_problems(source, file, notify)
            parts.append(source.columns)
            facts.append(source.facts)
        columns = join_columns(parts) if len(parts) > 1 else parts[0]
        facts[:3] = [fact | {"places": n} for fact, n in zip(facts, _count(parts[0]), strict=False)]
        build_index(columns, path, {"version": inputs.version, "sources": facts}, report=report)


def _read_bundled() -> Iterator[Place | Listed]:
    return chain(read_towns(), read_areas(), map(_expect_place, read_listed()))


def _expect_place(entry: Found) -> Place:
    """Our own list is tested: a row that cannot be used is a defect of the package."""
    if isinstance(entry, Place):
        return entry
    raise InputError(f"the packaged place list is damaged: {entry}")


def _bundled_facts() -> list[dict[str, Any]]:
    return [
        {"key": "towns", "name": "GeoNames", "version": towns_version(), "licence": "CC BY 4.0"},
        {"key": "areas", "name": "Natural Earth", "version": "packaged", "licence": ATTRIBUTION},
        {"key": "list", "name": "Incident Mapper", "version": "packaged", "licence": "MIT"},
    ]


def _count(columns: Columns) -> list[int]:
    """How many places each packaged source has, in the order in which they were read."""
    sources = [columns.labels[number] for number in columns.places["source"].tolist()]
    return [sources.count(name) for name in dict.fromkeys(sources)]


def _tell_problems(source: Source, file: Path, notify: Callable[[str], None]) -> None:
    for problem in source.problems[:_PROBLEMS_TOLD]:
        notify(str(problem))
    if len(source.problems) > _PROBLEMS_TOLD:
        notify(f"{file.name}: {len(source.problems)} rows were skipped in all")


@contextmanager
def _paused_collector() -> Iterator[None]:
    """Holds Python's cycle collector: millions of new tuples, none in a cycle, cost it seconds."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _progress_bar(*, show: bool) -> Iterator[Callable[[str], None]]:
    with tqdm(total=_STEPS, disable=not show, file=sys.stderr, bar_format=_BAR) as bar:

        def report(step: str) -> None:
            bar.set_description_str(f"gazetteer: {step}", refresh=False)
            bar.update()

        yield report


_BAR = "{l_bar}{bar}| {elapsed}"
