"""All sources of a gazetteer brought together and built into one index, with a progress bar."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tqdm import tqdm

from gazetteer.build import build_index
from gazetteer.columns import Collector
from gazetteer.keys import Pending
from gazetteer.parallel import FormFinder
from gazetteer.paused import paused_collector
from gazetteer.place import Place
from gazetteer.sections import Sections
from gazetteer.sources.bundled import load_provinces, read_areas, read_listed, towns_version
from gazetteer.sources.cells import Found
from gazetteer.sources.copies import load_copy, read_into
from gazetteer.sources.towns import read_towns
from gazetteer.spool import SpoolError
from geo.areas import ATTRIBUTION
from geo.errors import InputError, OutputError
from geo.problem import Problem

_STEPS = 6
# How many skipped rows of a file given for one call are named; the rest is counted.
_PROBLEMS_TOLD = 5


class Inputs(NamedTuple):
    """What an index is made of besides the packaged sources, and the version it gets.

    `left_out` says of added sources that cannot be used; it is kept in the index and told again.
    """

    version: str
    copies: Sequence[Sections] = ()
    extra: Sequence[Path] = ()
    left_out: Sequence[str] = ()


def assemble_index(
    path: Path, inputs: Inputs, *, progress: bool = False, notify: Callable[[str], None]
) -> None:
    """Writes an index of the packaged sources and of the inputs.

    Raises `OutputError` where there is no room for it, or for what is kept on disk on the way.
    """
    try:
        _assemble(path, inputs, progress=progress, notify=notify)
    except SpoolError as error:
        raise OutputError(f"{os.fspath(path)!r} could not be written: {error}") from error


def _assemble(path: Path, inputs: Inputs, *, progress: bool, notify: Callable[[str], None]) -> None:
    with paused_collector(), _progress_bar(show=progress) as report, FormFinder() as finder:
        report("reading places")
        finder.start_helpers()
        pending = Pending(finder, [])
        collector = Collector(pending.put, path.parent)
        for part in read_towns(load_provinces()):
            collector.add_columns(part)
        collector.add_places(read_areas())
        collector.add_places(map(_expect_place, read_listed()))
        facts = _bundled_facts(collector)
        for copy in inputs.copies:
            collector.add_columns(load_copy(copy))
            facts.append(copy.meta["source"])
        for file in inputs.extra:
            told = read_into(collector, file)
            _tell_problems(told.problems, file, notify)
            facts.append(told.facts)
        meta = {"version": inputs.version, "sources": facts, "left_out": list(inputs.left_out)}
        build_index(collector.finish(), path, meta, pending=pending, report=report)


def _expect_place(entry: Found) -> Place:
    """Our own list is tested: a row that cannot be used is a defect of the package."""
    if isinstance(entry, Place):
        return entry
    raise InputError(f"the packaged place list is damaged: {entry}")


def _bundled_facts(collector: Collector) -> list[dict[str, Any]]:
    facts = [
        {"key": "towns", "name": "GeoNames", "version": towns_version(), "licence": "CC BY 4.0"},
        {"key": "areas", "name": "Natural Earth", "version": "packaged", "licence": ATTRIBUTION},
        {"key": "list", "name": "Incident Mapper", "version": "packaged", "licence": "MIT"},
    ]
    counts = collector.count_sources()
    return [fact | {"places": counts[str(fact["name"])]} for fact in facts]


def _tell_problems(problems: Sequence[Problem], file: Path, notify: Callable[[str], None]) -> None:
    for problem in problems[:_PROBLEMS_TOLD]:
        notify(str(problem))
    if len(problems) > _PROBLEMS_TOLD:
        notify(f"{file.name}: {len(problems)} rows were skipped in all")


@contextmanager
def _progress_bar(*, show: bool) -> Iterator[Callable[[str], None]]:
    with tqdm(total=_STEPS, disable=not show, file=sys.stderr, bar_format=_BAR) as bar:

        def report(step: str) -> None:
            bar.set_description_str(f"gazetteer: {step}", refresh=False)
            bar.update()

        yield report


_BAR = "{l_bar}{bar}| {elapsed}"
