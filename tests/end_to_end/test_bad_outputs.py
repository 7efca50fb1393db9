"""Outputs that cannot be written: one line, the old file whole, nothing half left behind."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.end_to_end.conftest import EXAMPLES, limit_files, without_rights
from tests.end_to_end.samples import read_features

# One row whose place need not be looked up: what is written is the point here.
TABLE = "place,latitude,longitude\nSaraqib,35.864,36.806\n"
OLD = b"yesterday's"
FULL_BYTES = 256


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "log.csv"
    path.write_text(TABLE)
    return path


def only_error(stderr: bytes) -> str:
    """The one error line; what comes before it are warnings."""
    *before, last = stderr.decode().splitlines()
    assert all(line.startswith("warning: ") for line in before), before
    assert last.startswith("error: ")
    return last


@pytest.mark.parametrize(
    "arguments",
    [
        ("map", "LOG", "-o", "out.html"),
        ("map", "LOG", "-o", "-", "--geojson", "out.geojson"),
        ("read", "LOG", "-o", "out.csv"),
        ("locate", "LOG", "--place", "place", "--country", "SY", "-o", "out.csv"),
    ],
    ids=["page", "geojson", "csv", "located csv"],
)
def test_a_file_that_may_not_grow_leaves_the_old_one(
    run: Run, log: Path, tmp_path: Path, arguments
) -> None:
    output = tmp_path / next(name for name in reversed(arguments) if str(name).startswith("out."))
    output.write_bytes(OLD)
    arguments = [log if argument == "LOG" else argument for argument in arguments]
    done = run(*arguments, cwd=tmp_path, preexec_fn=limit_files(FULL_BYTES))
    assert done.returncode == 1
    assert f"'{output.name}' could not be written: " in only_error(done.stderr)
    assert output.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [output]


def test_a_full_disk_leaves_the_old_page(run: Run, log: Path, tiny_disk: Path) -> None:
    output = tiny_disk / "map.html"
    output.write_bytes(OLD)
    done = run("map", log, "-o", output)
    assert done.returncode == 1
    assert "the disk is full; free some space or write to another disk" in only_error(done.stderr)
    assert output.read_bytes() == OLD
    assert list(tiny_disk.iterdir()) == [output]


def test_full_standard_output_is_told(run: Run) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run("find", "Idlib", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert "standard output: No space left on device" in only_error(done.stderr)


def test_a_folder_without_rights_is_told(run: Run, log: Path, tmp_path: Path) -> None:
    output = tmp_path / "map.html"
    output.write_bytes(OLD)
    tmp_path.chmod(0o555)
    done = run("map", log, "-o", output, prefix=without_rights())
    tmp_path.chmod(0o755)
    assert done.returncode == 1
    assert "no permission to write there; write to a folder of yours" in only_error(done.stderr)
    assert output.read_bytes() == OLD


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("none/map.html", "the folder does not exist; make it first"),
        ("file/map.html", "a part of the path is a file, not a folder; correct the path"),
    ],
)
def test_a_path_that_cannot_be_is_told(
    run: Run, log: Path, tmp_path: Path, output: str, reason: str
) -> None:
    (tmp_path / "file").write_bytes(OLD)
    (tmp_path / "folder").mkdir()
    done = run("map", log, "-o", output, cwd=tmp_path)
    assert done.returncode == 1
    assert f"{output!r} could not be written: {reason}" in only_error(done.stderr)


@pytest.mark.parametrize(
    "arguments",
    [
        ("map", "-o", "none/map.html"),
        ("map", "-o", "map.html", "--geojson", "none/incidents.geojson"),
        ("map", "-o", "map.html", "--geojson", "incidents.xyz"),
        ("read", "-o", "incidents.xyz"),
        ("locate", "-o", "none/incidents.csv", "--place", "place"),
    ],
    ids=" ".join,
)
def test_an_output_that_cannot_be_is_told_before_any_work(
    run: Run, log: Path, tmp_path: Path, arguments
) -> None:
    done = run("--cache-dir", "cache", arguments[0], log, *arguments[1:], cwd=tmp_path)
    assert done.returncode == 1
    assert "written" in only_error(done.stderr)
    assert list(tmp_path.iterdir()) == []  # no gazetteer was built


def test_a_cache_that_cannot_be_written_is_told_before_the_build(run: Run, tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    done = run("--cache-dir", tmp_path, "find", "Idlib", prefix=without_rights())
    tmp_path.chmod(0o755)
    assert done.returncode == 1
    said, error = done.stderr.decode().splitlines()
    assert said == "building the gazetteer (once; later calls only open it)"
    assert "no permission to write there; write to a folder of yours" in error


def test_a_kill_in_mid_write_leaves_the_old_file_and_the_next_run_cleans_up(
    run: Run, log: Path, many_csv: Path, tmp_path: Path, gazetteer_env: dict[str, str]
) -> None:
    output = tmp_path / "out.geojson"
    output.write_bytes(OLD)
    command = [sys.executable, "-m", "incident_mapper", "read", str(many_csv), "-o", str(output)]
    process = start(command, gazetteer_env)
    leftovers: list[Path] = []
    while process.poll() is None and not leftovers:
        time.sleep(0.001)
        if list(tmp_path.glob(".out.geojson.*")):
            # It stands still while it is looked at: a first, empty file may be gone by now.
            process.send_signal(signal.SIGSTOP)
            time.sleep(0.02)
            leftovers = list(tmp_path.glob(".out.geojson.*"))
            process.send_signal(signal.SIGCONT if not leftovers else signal.SIGSTOP)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert leftovers
    assert output.read_bytes() == OLD
    assert set(tmp_path.iterdir()) == {output, *leftovers}
    assert run("read", log, "-o", output).returncode == 0
    assert len(read_features(output)) == 1
    assert list(tmp_path.iterdir()) == [output]


def test_a_reader_that_stops_early_is_no_error(log: Path, gazetteer_env) -> None:
    command = f"{sys.executable} -m incident_mapper read {log} | head -1"
    process = start(["bash", "-o", "pipefail", "-c", command], gazetteer_env)
    out, err = process.communicate()
    assert out.startswith(b"incident_id,")
    assert out.count(b"\n") == 1
    assert b"Traceback" not in err
    assert b"BrokenPipe" not in err


def test_ctrl_c_ends_a_build_without_a_traceback(tmp_path: Path, gazetteer_env) -> None:
    command = [sys.executable, "-m", "incident_mapper", "--cache-dir", str(tmp_path), "find", "X"]
    # A suite that runs in the background ignores Ctrl-C, and its children would too.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = start(command, gazetteer_env, start_new_session=True, preexec_fn=heed)
    assert process.stderr is not None
    said = process.stderr.readline()
    assert said == b"building the gazetteer (once; later calls only open it)\n"
    time.sleep(4)  # by then the helpers that share the work run too
    signal_group(process)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert b"Traceback" not in err
    assert err.endswith(b"Aborted!\n")
    assert list(tmp_path.iterdir()) == []


def start(command: list[str], env: dict[str, str], **options) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | env,
        cwd=EXAMPLES.parent,
        **options,
    )


def signal_group(process: "subprocess.Popen[bytes]") -> None:
    """What the terminal does on Ctrl-C: every process of the group hears it."""
    os.killpg(process.pid, signal.SIGINT)
