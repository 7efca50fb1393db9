"""A file of ours is read whole or refused: cut, changed, foreign and empty files are noticed."""

from pathlib import Path

import numpy as np
import pytest

from gazetteer import sections
from gazetteer.sections import (
    DamagedFileError,
    open_sections,
    pack_texts,
    read_texts,
    take_texts,
    vouch_for,
    write_sections,
)

NAMES = ["Idlib", "", "إدلب", "Maaret al-Numan", "Идлиб"]


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    rows = np.zeros(3, np.dtype([("lon", "<i4"), ("name", "<u2")]))
    rows["lon"] = [366339100, -1, 0]
    arrays = {"rows": rows, "none": np.empty(0, np.uint64), **pack_texts("text", NAMES)}
    path = tmp_path / "small.gazetteer"
    with path.open("wb") as file:
        write_sections(file, {"version": "v1"}, arrays)
    return path


def test_what_was_packed_is_read_back(packed: Path) -> None:
    opened = open_sections(packed)
    assert opened.meta == {"version": "v1"}
    assert opened.arrays["rows"]["lon"].tolist() == [366339100, -1, 0]
    assert len(opened.arrays["none"]) == 0
    assert read_texts(opened.arrays, "text") == NAMES
    assert take_texts(opened.arrays, "text", np.array([2, 0])) == ["إدلب", "Idlib"]


def test_arrays_cannot_be_written_to(packed: Path) -> None:
    with pytest.raises(ValueError, match="read-only"):
        open_sections(packed).arrays["rows"]["lon"][0] = 1


def test_every_changed_byte_is_noticed(packed: Path) -> None:
    content = packed.read_bytes()
    refused = 0
    for at in range(0, len(content), 97):
        changed = bytearray(content)
        changed[at] ^= 0x40
        packed.write_bytes(bytes(changed))
        with pytest.raises(DamagedFileError):
            open_sections(packed)
        refused += 1
    assert refused > 40


@pytest.mark.parametrize("length", [0, 1, 7, 8, 23, 24, 100, 4000, -1])
def test_a_file_cut_short_is_refused(packed: Path, length: int) -> None:
    packed.write_bytes(packed.read_bytes()[:length])
    with pytest.raises(DamagedFileError):
        open_sections(packed)


def test_a_file_that_grew_is_refused(packed: Path) -> None:
    packed.write_bytes(packed.read_bytes() + b"\0" * 64)
    with pytest.raises(DamagedFileError, match="checksum"):
        open_sections(packed)


@pytest.mark.parametrize("content", [b"PK\x03\x04" * 100, b"place_id,name\n" * 50, b"\0" * 4096])
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foreign.gazetteer"
    path.write_bytes(content)
    with pytest.raises(DamagedFileError, match="no gazetteer file"):
        open_sections(path)


def test_a_file_of_another_format_version_is_refused(packed: Path) -> None:
    content = bytearray(packed.read_bytes())
    content[6] += 1
    packed.write_bytes(bytes(content))
    with pytest.raises(DamagedFileError, match="format"):
        open_sections(packed)


def test_a_large_file_is_checked_in_full_once(
    packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "VERIFY_BYTES", 0)
    stamp = packed.with_name(packed.name + ".checked")
    open_sections(packed)
    assert stamp.is_file()
    open_sections(packed)
    packed.write_bytes(packed.read_bytes()[:-1] + b"x")
    with pytest.raises(DamagedFileError, match="checksum"):
        open_sections(packed)


def test_a_file_just_written_need_not_be_checked(
    packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "VERIFY_BYTES", 0)
    vouch_for(packed)
    stamp = packed.with_name(packed.name + ".checked")
    vouched = stamp.read_text()
    stamp.unlink()
    open_sections(packed)
    assert stamp.read_text() == vouched
    vouch_for(packed)
    content = packed.read_bytes()
    packed.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(DamagedFileError, match="checksum"):
        open_sections(packed)


def test_arrays_are_written_in_parts_as_in_one_go(
    packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_sections(packed)
    monkeypatch.setattr(sections, "_TAKEN", 2)
    monkeypatch.setattr(sections, "_WRITTEN", 5)
    with packed.with_name("again").open("wb") as file:
        write_sections(file, opened.meta, opened.arrays)
    assert packed.with_name("again").read_bytes() == packed.read_bytes()
    open_sections(packed.with_name("again"))
