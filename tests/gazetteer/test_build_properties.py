"""Any list of places builds; every name is found again; columns survive the round trip."""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer import columns as columns_module
from gazetteer import combine, keys, layout, neighbours, prefixes, sections, spool, words
from gazetteer.build import build_index
from gazetteer.columns import Collector, Columns, Listed, collect_places, join_columns
from gazetteer.index import Gazetteer
from gazetteer.place import Place, PlaceName
from gazetteer.sections import open_sections
from gazetteer.sources.copies import Source, load_copy, write_copy

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=15) | st.sampled_from(
    ["Idlib", "إدلب", "al-Bāb", "Кобани", "Tell", "12", "!?"]
)
META = {"version": "test", "sources": []}
# How much is taken, compared, copied or written at a time.
AT_A_TIME = [
    (combine, "_CHUNK"),
    (keys, "_SORTED"),
    (keys, "_SHORTENED"),
    (keys, "_TAKEN"),
    (layout, "_CHUNK"),
    (layout, "_TOGETHER"),
    (neighbours, "_TOGETHER"),
    (prefixes, "_CHUNK"),
    (spool, "_COPIED"),
    (words, "_CHUNK"),
    (sections, "_TAKEN"),
    (sections, "_WRITTEN"),
]


@st.composite
def places(draw: st.DrawFn, number: int) -> Place | Listed:
    place = Place(
        place_id=f"{draw(st.sampled_from(['geonames', 'ocha', 'own']))}:{number}",
        name=draw(NAMES),
        lon=draw(st.floats(-180, 180)),
        lat=draw(st.floats(-90, 90)),
        feature_code=draw(st.sampled_from(["PPL", "PPLX", "ADM1", "AIRB", ""])),
        country=draw(st.sampled_from(["SY", "TR", ""])),
        source="made",
        radius_km=draw(st.floats(0, 500)),
        names=tuple(PlaceName(text) for text in draw(st.lists(NAMES, max_size=3))),
        admin1=draw(NAMES),
        population=draw(st.integers(0, 2**40)),
    )
    return Listed(place, draw(st.lists(NAMES, max_size=3))) if draw(st.booleans()) else place


@st.composite
def place_lists(draw: st.DrawFn) -> list[Place | Listed]:
    return [draw(places(number)) for number in range(draw(st.integers(1, 8)))]


def list_names(entry: Place | Listed) -> set[str]:
    place = entry if isinstance(entry, Place) else entry.place
    others = set() if isinstance(entry, Place) else set(entry.others) - {""}
    return {place.name, *(name.text for name in place.names), *others}


def list_place(columns: Columns, row: int) -> tuple[object, ...]:
    place = columns.places[row]
    first, count = int(place["names_start"]), int(place["names_count"])
    names = columns.names[first : first + count]
    return (
        *(columns.texts[place[field]] for field in ("place_id", "name", "admin1")),
        *(int(place[field]) for field in ("lon", "lat", "population", "radius_m")),
        *(columns.labels[place[field]] for field in ("feature", "country", "source")),
        *((columns.texts[name["text"]], columns.labels[name["kind"]]) for name in names),
    )


def list_all(columns: Columns) -> list[tuple[object, ...]]:
    return [list_place(columns, row) for row in range(len(columns.places))]


@given(found=place_lists())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_name_of_any_places_is_found_again(found: list[Place | Listed]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.gazetteer"
        build_index(collect_places(found), path, META)
        with Gazetteer(path) as gazetteer:
            for entry in found:
                place = entry if isinstance(entry, Place) else entry.place
                kept = gazetteer.lookup_place(place.place_id)
                assert kept is not None
                assert list_names(entry) <= {name.text for name in kept.names}
                for name in list_names(entry):
                    matches = gazetteer.find_matches(name)
                    assert not matches or kept.place_id in {m.place.place_id for m in matches}
                    assert matches or not any(letter.isalnum() for letter in name)


@given(found=place_lists(), chunk=st.integers(1, 9))
@settings(max_examples=40, deadline=None)
def test_columns_do_not_depend_on_chunks_or_parts(found: list[Place | Listed], chunk: int) -> None:
    whole = collect_places(found)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns_module, "_CHUNK", chunk)
        pieces = collect_places(found)
    parts = join_columns([collect_places(found[:chunk]), collect_places(found[chunk:])])
    assert list_all(whole) == list_all(pieces) == list_all(parts)


@given(found=place_lists(), size=st.integers(1, 5))
@settings(max_examples=25, deadline=None)
def test_an_index_does_not_depend_on_what_is_done_at_a_time(
    found: list[Place | Listed], size: int
) -> None:
    twice = found + found[:3]
    with tempfile.TemporaryDirectory() as folder:
        whole, parts = Path(folder) / "whole", Path(folder) / "parts"
        build_index(collect_places(twice), whole, META)
        with pytest.MonkeyPatch.context() as patch:
            for module, name in AT_A_TIME:
                patch.setattr(module, name, size)
            patch.setattr(spool, "SPILL_BYTES", 16)
            patch.setattr(keys, "SPILL_BYTES", 16)
            build_index(collect_places(twice), parts, META)
        assert whole.read_bytes() == parts.read_bytes()


@given(found=place_lists())
@settings(max_examples=20, deadline=None)
def test_a_copy_holds_the_same_places(found: list[Place | Listed]) -> None:
    columns = collect_places(found)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.places"
        write_copy(Source("k", "made", columns, {"key": "k"}, []), path)
        assert list_all(load_copy(open_sections(path))) == list_all(columns)


@given(found=place_lists())
@settings(max_examples=20, deadline=None)
def test_names_are_told_once_as_they_come(found: list[Place | Listed]) -> None:
    told: dict[int, str] = {}

    def take(numbers: columns_module.Array, texts: object) -> None:
        fresh = dict(zip(numbers.tolist(), texts, strict=True))  # type: ignore[call-overload]
        assert not fresh.keys() & told.keys()
        told.update(fresh)

    collector = Collector(take)
    collector.add_places(found)
    collector.add_columns(collect_places(found))
    columns = collector.finish()
    used = set(columns.names["text"].tolist())
    assert told == {number: columns.texts[number] for number in used}


def test_a_killed_build_leaves_no_index_and_its_leftovers_go_at_the_next(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; "
        "from gazetteer import build; from gazetteer.columns import collect_places; "
        "from gazetteer.place import Place; "
        "build.write_sections = lambda file, *_: (file.write(b'IMGAZ'), file.flush(), os.kill("
        "os.getpid(), signal.SIGKILL)); "
        "place = Place('own:1', 'Idlib', 36.6, 35.9, 'PPL', 'SY', 'own', 1.0); "
        "build.build_index(collect_places([place]), Path(sys.argv[1]), {})"
    )
    path = tmp_path / "killed.gazetteer"
    done = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not path.exists()
    place = Place("own:1", "Idlib", 36.6, 35.9, "PPL", "SY", "own", 1.0)
    build_index(collect_places([place]), path, META)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
