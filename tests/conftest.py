"""Fixtures for all tests: reference data, one gazetteer, the command, a browser that tells all."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from find_browser import find_browser
from hypothesis import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from workers import ByFile, make_once, put_slow_files_first

from gazetteer.index import Gazetteer
from gazetteer.store import open_gazetteer

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
# The same commit gives the same result in CI; elsewhere every run tries other examples.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
# The name of the application, so that `gazetteer_env` leads to the built gazetteer too.
_APP = "incident-mapper"
# No request of the browser's own, so that every request seen is the page's.
_LAUNCH_ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI}`);
});
"""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """With `-n`, workers take file by file."""
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order of the tests, the same in all workers."""
    put_slow_files_first(items)


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of reference data beside the repository; the test is skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("the reference data (../shared) is not here")
    return SHARED


class BuiltGazetteer(NamedTuple):
    """The folder of the gazetteer built for this session, and what was said meanwhile."""

    folder: Path
    told: list[str]


@pytest.fixture(scope="session")
def built_gazetteer(tmp_path_factory: pytest.TempPathFactory) -> BuiltGazetteer:
    """The bundled gazetteer, built once a session; tests that change it take a copy."""

    def build(cache: Path) -> None:
        told: list[str] = []
        open_gazetteer(cache / _APP, notify=told.append).close()
        (cache / "told.json").write_text(json.dumps(told), encoding="utf-8")

    cache = make_once(tmp_path_factory, "cache", build)
    return BuiltGazetteer(cache / _APP, json.loads((cache / "told.json").read_bytes()))


@pytest.fixture(scope="session")
def gazetteer_env(built_gazetteer: BuiltGazetteer) -> dict[str, str]:
    """Environment in which the command and the library open the session's gazetteer."""
    home = str(built_gazetteer.folder.parent)
    return {
        "INCIDENT_MAPPER_CACHE": str(built_gazetteer.folder),
        "XDG_CACHE_HOME": home,
        "XDG_DATA_HOME": home,
    }


@pytest.fixture(scope="session")
def gazetteer(built_gazetteer: BuiltGazetteer) -> Iterator[Gazetteer]:
    """The bundled gazetteer, open."""
    with open_gazetteer(built_gazetteer.folder) as opened:
        yield opened


@pytest.fixture(scope="session")
def run(gazetteer_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the command line as a user does, in a folder of its own.

    `prefix` is a command that runs it (`unshare -n`), `env` adds to its environment; what else is
    given goes to `subprocess.run`.
    """

    def run_command(
        *arguments: object,
        stdin: bytes = b"",
        cwd: Path | None = None,
        prefix: tuple[str, ...] = (),
        env: dict[str, str] | None = None,
        **options: Any,
    ) -> "subprocess.CompletedProcess[bytes]":
        command = [*prefix, sys.executable, "-m", "incident_mapper", *map(str, arguments)]
        return subprocess.run(
            command,
            input=stdin,
            check=False,
            env=os.environ | gazetteer_env | (env or {}),
            cwd=cwd or tmp_path_factory.mktemp("run"),
            **({"capture_output": True} | options),
        )

    return run_command


@dataclass
class PageLog:
    """What a page did that a test may want to forbid."""

    requests: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    @property
    def network_requests(self) -> list[str]:
        """Requests that leave the page and its file: all but file:, data:, blob: and about:."""
        quiet = ("file:", "data:", "blob:", "about:")
        return [url for url in self.requests if not url.startswith(quiet)]

    def note_console(self, message: ConsoleMessage) -> None:
        """Keep an error the page, or the browser on its behalf, wrote to the console."""
        if message.type != "error":
            return
        is_violation = "CSP violation:" in message.text or "Content Security" in message.text
        (self.violations if is_violation else self.console_errors).append(message.text)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium with a fresh profile.

    One a module: while Playwright's loop runs, no other test may start a loop in this thread.
    """
    with sync_playwright() as playwright:
        program = find_browser(playwright.chromium.executable_path)
        if program is None:
            _refuse("no Chromium found; `make browser` installs one")
        arguments = [*_LAUNCH_ARGUMENTS, *_root_arguments()]
        launched = playwright.chromium.launch(executable_path=program, args=arguments)
        yield launched
        launched.close()


@pytest.fixture
def page_log() -> PageLog:
    """What the test's `page` did: requests, console errors, uncaught errors, policy violations."""
    return PageLog()


@pytest.fixture
def page(browser: Browser, page_log: PageLog) -> Iterator[Page]:
    """An empty page of 1280 by 800, watched by `page_log`."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(_REPORT_VIOLATIONS)
    opened = context.new_page()
    opened.on("request", lambda request: page_log.requests.append(request.url))
    opened.on("console", page_log.note_console)
    opened.on("pageerror", lambda error: page_log.page_errors.append(str(error)))
    yield opened
    context.close()


def _root_arguments() -> list[str]:
    """Chromium's sandbox refuses to run as root."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def _refuse(reason: str) -> None:
    """Skip, or fail where the whole suite must run (CI=true)."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
