"""Copies of added files that cannot be read: made anew, brought up to date, or left out by name."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from gazetteer.columns import Columns
from gazetteer.sections import FORMAT_VERSION, open_sections
from gazetteer.sources import kept
from gazetteer.sources.copies import load_copy, read_source, write_copy
from gazetteer.store import add_source, describe, open_gazetteer, remove_source
from incident_mapper.cli import main

SAMPLES = Path(__file__).parent / "samples"
UNKNOWN = 0  # a format that no version of the program wrote
LIKE_NOW = min(
    number for number, layout in kept.LAYOUTS.items() if layout == kept.LAYOUTS[FORMAT_VERSION]
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of places with its alternate names beside it, laid out as GeoNames' site is."""
    return Path(shutil.copytree(SAMPLES / "site", tmp_path / "site")) / "SY.txt"


@pytest.fixture
def copy(file: Path, tmp_path: Path) -> Path:
    """The copy of it in the store."""
    add_source(file, cache_dir=tmp_path / "data")
    (copy,) = (tmp_path / "data" / "sources").iterdir()
    return copy


def set_format(copy: Path, number: int) -> None:
    content = bytearray(copy.read_bytes())
    content[6:8] = number.to_bytes(2, "little")
    copy.write_bytes(content)


def damage(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[-5] ^= 255
    copy.write_bytes(content)


def forget_origin(copy: Path, file: Path) -> None:
    """Writes the copy as versions before this did, which kept no path."""
    write_copy(read_source(file), copy, {})


def open_one(copy: Path) -> tuple[kept.Opened, list[str]]:
    told: list[str] = []
    return kept.open_copies([copy], told.append), told


def list_names(columns: Columns) -> list[str]:
    return [columns.texts[number] for number in columns.names["text"].tolist()]


def test_the_present_format_has_a_layout() -> None:
    """A new format needs a decision: is a copy laid out as before (the same letter), or not?"""
    assert FORMAT_VERSION in kept.LAYOUTS


def test_a_readable_copy_is_opened_as_it_is(copy: Path) -> None:
    before = copy.read_bytes()
    opened, told = open_one(copy)
    assert (len(opened.copies), opened.left_out, opened.mended, told) == (1, [], False, [])
    assert copy.read_bytes() == before


@pytest.mark.parametrize("number", [UNKNOWN, LIKE_NOW, FORMAT_VERSION])
def test_a_copy_is_made_anew_from_its_file(file: Path, copy: Path, number: int) -> None:
    before = copy.read_bytes()
    set_format(copy, number)
    damage(copy)
    opened, (message,) = open_one(copy)
    assert (opened.left_out, opened.mended) == ([], True)
    assert message.endswith(f"it was made anew from {file}")
    assert copy.read_bytes() == before
    assert len(load_copy(opened.copies[0]).places) > 0


@pytest.mark.parametrize("changed", ["SY.txt", "alternatenames/SY.txt"])
def test_a_copy_is_not_made_from_a_file_that_has_changed(
    file: Path, copy: Path, changed: str
) -> None:
    with (file.parent / changed).open("a", encoding="utf-8") as more:
        more.write("\n")
    set_format(copy, UNKNOWN)
    before = copy.read_bytes()
    opened, told = open_one(copy)
    assert (opened.copies, opened.mended, told) == ([], False, [])
    (sentence,) = opened.left_out
    key = describe_key(copy)
    assert sentence.startswith(f"source {key!r} (SY.txt, ")
    assert f"of the older format {UNKNOWN} and {file} has changed since" in sentence
    assert sentence.endswith(f"Mend it: incident-mapper gazetteer add {file}")
    assert copy.read_bytes() == before


def describe_key(copy: Path) -> str:
    return str(kept.describe_copy(copy)["key"])


def test_a_copy_laid_out_alike_is_brought_to_the_present_format(file: Path, copy: Path) -> None:
    forget_origin(copy, file)
    before = list_names(load_copy(open_sections(copy)))
    content = copy.read_bytes()
    set_format(copy, LIKE_NOW)
    shutil.rmtree(file.parent)
    opened, told = open_one(copy)
    if LIKE_NOW == FORMAT_VERSION:
        assert told == []
    else:
        (message,) = told
        assert "brought to the present one" in message
        assert message.endswith("for today's: incident-mapper gazetteer add SY.txt")
    assert list_names(load_copy(opened.copies[0])) == before
    assert copy.read_bytes() == content


def test_a_damaged_copy_is_not_brought_to_the_present_format(file: Path, copy: Path) -> None:
    forget_origin(copy, file)
    set_format(copy, LIKE_NOW)
    damage(copy)
    before = copy.read_bytes()
    opened, told = open_one(copy)
    assert (opened.copies, told, copy.read_bytes()) == ([], [], before)
    assert "is left out: its copy is" in opened.left_out[0]


@pytest.mark.parametrize(
    ("content", "command"),
    [
        (b"", "gazetteer add FILE"),
        (b"IMGAZ", "gazetteer add FILE"),
        (b"IMGAZ\0" + UNKNOWN.to_bytes(2, "little") + b"\xff" * 40, "gazetteer add FILE"),
        (b"IMGAZ\0" + (FORMAT_VERSION + 1).to_bytes(2, "little"), "pip install --upgrade"),
        (b"PK\3\4 some other file", "gazetteer add FILE"),
    ],
)
def test_what_is_no_copy_at_all_is_left_out_too(
    tmp_path: Path, content: bytes, command: str
) -> None:
    path = tmp_path / "syria-0123abcd.places"
    path.write_bytes(content)
    opened, _ = open_one(path)
    (sentence,) = opened.left_out
    assert sentence.startswith("source 'syria-0123abcd' (syria-0123abcd.places) is left out: ")
    assert command in sentence
    assert describe(cache_dir=tmp_path)["added"] == []


def test_a_download_is_mended_by_downloading_again(file: Path, tmp_path: Path) -> None:
    add_source(file, cache_dir=tmp_path, key="geonames-sy")
    copy = tmp_path / "sources" / "geonames-sy.places"
    set_format(copy, UNKNOWN)
    file.unlink()
    opened, _ = open_one(copy)
    assert opened.left_out[0].endswith("Mend it: incident-mapper gazetteer download SY")


def test_adding_a_newer_file_of_that_name_replaces_a_copy_that_cannot_be_read(
    file: Path, copy: Path, tmp_path: Path
) -> None:
    other = tmp_path / "LB.txt"
    shutil.copy(file, other)
    add_source(other, cache_dir=tmp_path / "data")
    set_format(copy, UNKNOWN)
    with file.open("a", encoding="utf-8") as more:
        more.write("\n")
    add_source(file, cache_dir=tmp_path / "data")
    assert not copy.exists()
    added = describe(cache_dir=tmp_path / "data")["added"]
    assert sorted(source["version"].split()[0] for source in added) == ["LB.txt", "SY.txt"]


@pytest.mark.slow
def test_the_program_goes_on_without_a_copy_and_says_so_each_time(
    file: Path, copy: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    add_source(SAMPLES / "ocha_small.csv", cache_dir=data)
    set_format(copy, UNKNOWN)
    file.unlink()
    told: list[str] = []
    with open_gazetteer(data, notify=told.append) as gazetteer:
        assert gazetteer.lookup_place("ocha:C1600") is not None
    assert "is left out" in told[-1]
    with pytest.warns(UserWarning, match=r"is left out.*answers may differ"):
        open_gazetteer(data).close()
    run = CliRunner().invoke(main, ["--cache-dir", str(data), "find", "Idlib", "--country", "SY"])
    assert (run.exit_code, run.stderr) == (0, told[-1] + "\n")
    run = CliRunner().invoke(main, ["--cache-dir", str(data), "gazetteer", "info"])
    assert run.exit_code == 0
    assert "state: ready" in run.stdout
    assert told[-1] in run.stdout
    key = describe_key(copy)
    run = CliRunner().invoke(main, ["--cache-dir", str(data), "gazetteer", "remove", key])
    assert run.stdout == f"removed {key}\n"
    assert [source["name"] for source in describe(cache_dir=data)["added"]] == [
        "OCHA populated places"
    ]


def test_a_copy_that_cannot_be_read_can_be_removed(copy: Path, tmp_path: Path) -> None:
    key = describe_key(copy)
    copy.write_bytes(b"")
    remove_source(copy.stem, cache_dir=tmp_path / "data")
    assert key == copy.stem
    assert not copy.exists()
