"""What must hold for any input: an answer or an error of ours, in time, and the same each time.

The functions take what a fuzzer made; each raises `AssertionError` or lets the crash through.
"""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from gazetteer.build import build_index
from gazetteer.index import Gazetteer
from gazetteer.locate import locate_phrase
from gazetteer.phrases import find_phrases, parse_phrase
from gazetteer.place import Candidate, Context, Mention
from gazetteer.resolve import resolve_mention
from gazetteer.sections import DamagedFileError
from gazetteer.sources.copies import read_source
from geo.errors import InputError, MapperError

PLACES = Path(__file__).with_name("places.csv")
# Of processor time, so that a busy machine fails nothing; the gazetteer here is small.
MOST_SECONDS = 1.0
SUFFIXES = (".csv", ".txt", ".zip", ".geojson", ".json", ".kml", ".gpkg", ".shp", "")
ASKED = ("Idlib", "إدلب", "Karratin", "Samka", "Diyarbakir", "nothing like it", "Maarrat al Noman")
_METHODS = {"exact": 0, "variant": 1, "fuzzy": 2}


@contextmanager
def in_time(what: str) -> Iterator[None]:
    """Fails where the block takes more processor time than any input may cost."""
    start = time.process_time()
    yield
    took = time.process_time() - start
    assert took <= MOST_SECONDS, f"{what} took {took:.1f} s"


def build_small(folder: Path) -> Path:
    """Builds an index of the twenty places beside this file."""
    path = folder / "small.gazetteer"
    source = read_source(PLACES)
    assert not source.problems, source.problems
    build_index(source.columns, path, {"version": "fuzz", "sources": [source.facts]})
    return path


def check_name(gazetteer: Gazetteer, name: str, country: str) -> None:
    """Any string is looked up: best methods first, the country kept to, exact as in bulk."""
    with in_time("find_matches"):
        found = gazetteer.find_matches(name, country=country)
    methods = [_METHODS[match.method] for match in found]
    assert methods == sorted(methods)
    if country:
        assert {match.place.country for match in found} <= {country.upper()}
    exact = {match.place.place_id for match in found if match.method == "exact"}
    with in_time("find_exact"):
        assert set(gazetteer.find_exact([name], country=country)[0]) == exact
    again = gazetteer.find_matches(name, country=country)
    assert [match.place.place_id for match in again] == [m.place.place_id for m in found]


def check_mention(gazetteer: Gazetteer, mention: Mention, context: Context) -> None:
    """Any mention in any context is resolved, or said to be not, with scores that can be."""
    with in_time("resolve_mention"):
        found = resolve_mention(gazetteer, mention, context)
    assert (found.place is None) == bool(found.unresolved)
    assert 0 <= found.score <= 1
    _check_candidates(found.alternatives)
    assert resolve_mention(gazetteer, mention, context) == found


def _check_candidates(candidates: tuple[Candidate, ...]) -> None:
    assert all(0 <= candidate.score <= 1 for candidate in candidates)
    assert all(math.isfinite(r.cost) for candidate in candidates for r in candidate.reasons)


def check_phrase(gazetteer: Gazetteer, text: str, context: Context) -> None:
    """Any text is read for phrases with true spans, and each is located or said not to be."""
    with in_time("find_phrases"):
        phrases = find_phrases(text)
    assert all(text[phrase.start : phrase.end] == phrase.text for phrase in phrases)
    with in_time("parse_phrase"):
        whole = parse_phrase(text)
    for phrase in islice([*phrases, *([whole] if whole else [])], 3):
        with in_time(f"locate_phrase {phrase.text[:60]!r}"):
            located = locate_phrase(gazetteer, phrase, context)
        assert (located.location is None) == bool(located.unresolved)
        if located.location is not None:
            assert 0 < located.location.radius_km < 21_000
            assert located.location.geometry.is_valid
            assert not located.location.geometry.is_empty


def check_source(folder: Path, suffix: str, data: bytes) -> None:
    """Any bytes as a source file: places on the Earth, or an error that says what to do."""
    path = folder / f"source{suffix}"
    path.write_bytes(data)
    refused: MapperError | None = None
    try:
        with in_time(f"read_source {suffix}"):
            source = read_source(path)
    except MapperError as error:
        refused = error
    if refused is not None:
        assert isinstance(refused, InputError)
        assert str(refused).strip()
        return
    places = source.columns.places
    assert len(places)
    assert all(problem.message for problem in source.problems)
    assert (abs(places["lon"].astype(float)) <= 180e7).all()
    assert (abs(places["lat"].astype(float)) <= 90e7).all()


class Whole(NamedTuple):
    """An index that is whole: its bytes and what it answers."""

    content: bytes
    answers: list[list[tuple[str, str, str]]]


def read_whole(path: Path) -> Whole:
    """The bytes of an index and its answers."""
    with Gazetteer(path) as gazetteer:
        return Whole(path.read_bytes(), ask(gazetteer))


def ask(gazetteer: Gazetteer) -> list[list[tuple[str, str, str]]]:
    """What an index answers to a few names."""
    return [
        [(m.place.place_id, m.matched, m.method) for m in gazetteer.find_matches(name)]
        for name in ASKED
    ]


def check_index(path: Path, damaged: bytes, whole: Whole) -> None:
    """A changed index is refused, or it answers as before."""
    path.write_bytes(damaged)
    path.with_name(path.name + ".checked").unlink(missing_ok=True)
    answers = None
    with suppress(DamagedFileError), in_time("open"), Gazetteer(path) as gazetteer:
        answers = ask(gazetteer)
    assert answers == whole.answers or (answers is None and damaged != whole.content)


def damage(content: bytes, kind: str, at: int, piece: bytes) -> bytes:
    """The content cut at a place, with bits flipped there, or with a piece put in or appended."""
    at %= len(content) + 1
    ways: dict[str, Callable[[], bytes]] = {
        "cut": lambda: content[:at],
        "head cut": lambda: content[at:],
        "flip": lambda: _flip(content, at, piece),
        "put in": lambda: content[:at] + piece + content[at:],
        "append": lambda: content + piece,
        "leave out": lambda: content[:at] + content[at + max(1, len(piece)) :],
    }
    return ways[kind]()


DAMAGES = ("cut", "head cut", "flip", "put in", "append", "leave out")


def _flip(content: bytes, at: int, piece: bytes) -> bytes:
    part = content[at : at + len(piece)]
    flipped = bytes(a ^ b for a, b in zip(part, piece, strict=False))
    return content[:at] + flipped + content[at + len(flipped) :]
