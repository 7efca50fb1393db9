"""A file is written whole or not at all, whatever happens in the middle."""

import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
from contextlib import contextmanager
from pathlib import Path

import pytest

from geo.errors import OutputError
from geo.files import WRITE_SUFFIXES, check_table_output, read_table, write_table
from geo.table import make_table
from geo.whole import write_whole

OLD = b"what was there before"
TABLE = make_table([{"incident_id": str(n), "evidence": "x" * 500} for n in range(2000)])


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def bound_by_permissions():
    """As a user whom permissions bind, which they do not bind root."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def break_off(file):
    file.write(b"half")
    file.flush()
    raise EOFError


def test_the_new_file_takes_the_place_of_the_old_one(tmp_path):
    path = tmp_path / "map.html"
    path.write_bytes(OLD)
    path.chmod(0o640)
    with write_whole(path) as file:
        file.write(b"new")
        assert path.read_bytes() == OLD
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names_in(tmp_path) == ["map.html"]


def test_a_new_file_has_the_usual_rights(tmp_path):
    with write_whole(tmp_path / "a.txt", "w") as file:
        file.write("إدلب\n")
    (tmp_path / "b.txt").touch()
    assert (tmp_path / "a.txt").read_bytes() == "إدلب\n".encode()
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "b.txt").stat().st_mode


def test_an_error_in_the_middle_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "map.html"
    path.write_bytes(OLD)
    with pytest.raises(EOFError), write_whole(path) as file:
        break_off(file)
    assert path.read_bytes() == OLD
    assert names_in(tmp_path) == ["map.html"]


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_bytes(OLD)
    link.symlink_to(target)
    with write_whole(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_device_is_written_and_not_replaced():
    with write_whole("/dev/null") as file:
        file.write(b"gone")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
def test_a_full_device_is_said_to_be_full():
    with (
        pytest.raises(OutputError, match="the disk is full; free some space"),
        write_whole("/dev/full") as file,
    ):
        file.write(b"x" * 100_000)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no folder/a.csv", "the folder does not exist; make it first"),
        ("file.txt/a.csv", "a part of the path is a file"),
        ("folder.csv", "it is a folder; give the name of a file in it"),
        ("x" * 300 + ".csv", "the name is too long; shorten it"),
        ("table.xyz", "is of no kind that can be written; end the name in one of .csv"),
    ],
)
@pytest.mark.parametrize("write", [lambda path: write_table(TABLE, path), check_table_output])
def test_a_path_that_cannot_be_written_is_refused_with_the_next_step(
    tmp_path, write, name, message
):
    (tmp_path / "file.txt").write_bytes(OLD)
    (tmp_path / "folder.csv").mkdir()
    before = names_in(tmp_path)
    with pytest.raises(OutputError, match=message):
        write(tmp_path / name)
    assert names_in(tmp_path) == before


@pytest.mark.parametrize("name", ["old.csv", "new.csv"])
def test_a_look_beforehand_changes_nothing(tmp_path, name):
    (tmp_path / "old.csv").write_bytes(OLD)
    check_table_output(tmp_path / name)
    assert names_in(tmp_path) == ["old.csv"]
    assert (tmp_path / "old.csv").read_bytes() == OLD


@pytest.mark.parametrize("suffix", WRITE_SUFFIXES)
def test_a_full_disk_leaves_the_old_file_whole(tmp_path, suffix):
    """RLIMIT_FSIZE stops the write in the middle, as a full disk does."""
    path = tmp_path / f"incidents{suffix}"
    write_table(make_table([{"incident_id": "old"}]), path)
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(OutputError, match="the file would be larger than allowed here"):
            write_table(TABLE, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert path.read_bytes() == before
    assert names_in(tmp_path) == [path.name]
    assert read_table(path).table["incident_id"].tolist() == ["old"]


@pytest.fixture
def tiny_disk(tmp_path):
    """A disk of 64 KiB in memory; only root can mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a tmpfs here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_disk_that_is_really_full(tiny_disk):
    path = tiny_disk / "incidents.geojson"
    write_table(make_table([{"incident_id": "old"}]), path)
    before = path.read_bytes()
    with pytest.raises(OutputError, match="the disk is full; free some space"):
        write_table(TABLE, path)
    assert path.read_bytes() == before
    assert names_in(tiny_disk) == ["incidents.geojson"]


def test_a_read_only_disk_is_refused_with_the_next_step(tiny_disk):
    path = tiny_disk / "incidents.csv"
    path.write_bytes(OLD)
    subprocess.run(["mount", "-o", "remount,ro", tiny_disk], check=True)
    with pytest.raises(OutputError, match="the disk is read-only; write to another folder"):
        write_table(TABLE, path)
    assert path.read_bytes() == OLD


def test_a_read_only_folder_is_refused_with_the_next_step():
    # pytest's own folders are closed to others, so that nobody could not even look inside.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "incidents.csv").write_bytes(OLD)
        folder.chmod(0o555)
        with (
            bound_by_permissions(),
            pytest.raises(OutputError, match="no permission to write there; write to a folder of"),
        ):
            write_table(TABLE, folder / "incidents.csv")
        folder.chmod(0o755)
        assert (folder / "incidents.csv").read_bytes() == OLD
        assert names_in(folder) == ["incidents.csv"]


KILLED = """
    import os, signal, sys
    from geo.whole import write_whole
    with write_whole(sys.argv[1]) as file:
        file.write(b"half of it")
        file.flush()
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kill_in_mid_write_leaves_the_old_file_and_its_rest_is_swept_later(tmp_path):
    path = tmp_path / "incidents.csv"
    path.write_bytes(OLD)
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), path],
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert run.returncode == -signal.SIGKILL
    assert path.read_bytes() == OLD
    left = [name for name in names_in(tmp_path) if name != "incidents.csv"]
    assert len(left) == 1
    assert left[0].startswith(".incidents.csv.")
    with write_whole(path) as file:
        file.write(b"new")
    assert names_in(tmp_path) == ["incidents.csv"]
    assert path.read_bytes() == b"new"


def test_what_another_writer_is_still_writing_is_left_alone(tmp_path):
    path = tmp_path / "incidents.csv"
    with write_whole(path) as first:
        first.write(b"first")
        with write_whole(path) as second:
            second.write(b"second")
        assert len(names_in(tmp_path)) == 2
    assert path.read_bytes() == b"first"
    assert names_in(tmp_path) == ["incidents.csv"]
