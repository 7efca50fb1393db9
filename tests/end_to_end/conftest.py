"""Pages and tables that the whole chain made once, and how a page is opened and watched."""

import ctypes
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page
from workers import make_once

from tests.conftest import ROOT, PageLog, Run
from tests.end_to_end.samples import write_hostile_reports, write_hostile_table, write_many

EXAMPLES = ROOT / "examples"


class Made(NamedTuple):
    """What one call of `map` left: the page, the GeoJSON, and the lines it said."""

    page: Path
    geojson: Path
    said: list[str]


Make = Callable[..., Made]


@pytest.fixture(scope="session")
def make(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Run `map` on inputs; gives the page and the GeoJSON."""

    def make_map(*inputs: object, folder: Path | None = None, **options: object) -> Made:
        folder = folder or tmp_path_factory.mktemp("made")
        page, geojson = folder / "map.html", folder / "incidents.geojson"
        done = run("map", *inputs, "-o", page, "--geojson", geojson, **options)
        assert done.returncode == 0, done.stderr.decode()
        assert done.stdout == b""
        (folder / "said.txt").write_bytes(done.stderr)
        return _read_made(folder)

    return make_map


def _read_made(folder: Path) -> Made:
    said = (folder / "said.txt").read_bytes().decode().splitlines()
    return Made(folder / "map.html", folder / "incidents.geojson", said)


@pytest.fixture(scope="session")
def examples_map(make: Make, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The map of the sample reports and of the sample log."""
    inputs = EXAMPLES / "reports", EXAMPLES / "incidents.csv"

    def make_examples(folder: Path) -> None:
        make(*inputs, folder=folder, env={"PYTHONHASHSEED": "1"})

    return _read_made(make_once(tmp_path_factory, "examples_map", make_examples))


@pytest.fixture(scope="session")
def many_csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of 20,000 incidents."""

    def write(folder: Path) -> None:
        write_many(folder / "many.csv")

    return make_once(tmp_path_factory, "many", write) / "many.csv"


@pytest.fixture(scope="session")
def many_map(make: Make, many_csv: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The map of the 20,000."""

    def make_many(folder: Path) -> None:
        make(many_csv, folder=folder)

    return _read_made(make_once(tmp_path_factory, "many_map", make_many))


@pytest.fixture(scope="session")
def hostile_map(make: Make, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The map of hostile reports and of a hostile table, under a hostile title."""

    def make_hostile(folder: Path) -> None:
        reports = write_hostile_reports(folder / "reports")
        table = write_hostile_table(folder / "table.csv")
        title = "</title><script>window.pwned=1</script>"
        make(reports, table, "--title", title, folder=folder)

    return _read_made(make_once(tmp_path_factory, "hostile_map", make_hostile))


@pytest.fixture
def open_page(page: Page, page_log: PageLog) -> Iterator[Callable[[Path], Page]]:
    """Open a page from its file; afterwards it must have asked for nothing and run nothing."""
    dialogs: list[str] = []

    def dismiss(dialog: object) -> None:
        dialogs.append(dialog.message)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", dismiss)

    def open_file(path: Path) -> Page:
        page.goto(path.as_uri())
        page.wait_for_selector("[data-drawn], .im-damage", timeout=60_000)
        assert page.locator(".im-damage").count() == 0
        return page

    yield open_file
    assert page.evaluate("window.pwned") is None
    assert dialogs == []
    assert page_log.network_requests == []
    assert len([url for url in page_log.requests if url.startswith("file:")]) == 1
    assert page_log.console_errors == []
    assert page_log.page_errors == []
    assert page_log.violations == []


def limit_files(size: int) -> Callable[[], None]:
    """For `preexec_fn`: no file of the process may grow beyond a size, as on a full disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def without_rights() -> tuple[str, ...]:
    """A command prefix under which the rights of files count, also for root."""
    if os.geteuid() != 0:
        return ()
    prefix = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--")
    _need((*prefix, "true"), "setpriv cannot take root's rights away here")
    return prefix


def without_network() -> tuple[str, ...]:
    """A command prefix under which there is no network, not even loopback."""
    prefix = ("unshare", "--net") if os.geteuid() == 0 else ("unshare", "--user", "--net")
    _need((*prefix, "true"), "unshare cannot take the network away here")
    return prefix


def _need(command: tuple[str, ...], otherwise: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip(otherwise)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with room for 64 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, b"size=64k") != 0:
        pytest.skip("no disk can be mounted here (only root may)")
    yield folder
    libc.umount(os.fsencode(folder))
