"""A real Nominatim of one's own, on loopback: PostgreSQL, an import of an OSM file, the server.

Nominatim is GPL-3 and runs in processes of its own, from an environment of its own
(`.venv-servers`, filled by `make servers`); nothing of it is imported here. Everything lies in one
temporary folder and is stopped by its own process id.
"""

import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.postgres_server import (
    DATABASE_USER,
    TRIES,
    Database,
    SetupError,
    find_free_port,
    find_missing_postgres,
    read_tail,
    run,
    run_postgres,
    stop,
    wait_for,
)

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv-servers"


@dataclass
class NominatimServer:
    """A running server: `domain` is its host and port, as geopy wants it."""

    project: Path
    command: Path
    postgres_pid: int = 0
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @property
    def domain(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts the server, on the port it had before if it had one, and waits for it."""
        for _ in range(TRIES):
            self.port = self.port or find_free_port()
            words = [self.command, "serve", "--project-dir", self.project, "--server", self.domain]
            with (self.project / "serve.log").open("ab") as log:
                self.process = subprocess.Popen(words, stdout=log, stderr=log, cwd=self.project)
            if wait_for(self._is_up, self.process):
                return
            self.stop()
            self.port = 0
        raise SetupError(f"Nominatim does not start: {read_tail(self.project / 'serve.log')}")

    def stop(self) -> None:
        """Stops the server; it may be started again."""
        if self.process is not None:
            stop(self.process)
            self.process = None

    def read_cpu_s(self) -> float:
        """The CPU time that the server and its database have taken so far, in seconds."""
        pids = [self.postgres_pid, self.process.pid if self.process else 0]
        return sum(_read_cpu_s(psutil.Process(pid)) for pid in pids if pid)

    def _is_up(self) -> bool:
        with suppress(OSError):
            return ask(f"http://{self.domain}/status", timeout_s=5) == b"OK"
        return False


def find_missing() -> str:
    """What is not installed, in words; empty where all is there."""
    missing = []
    if not _find_nominatim().is_file():
        missing.append("Nominatim (.venv-servers)")
    if shutil.which("osm2pgsql") is None:
        missing.append("osm2pgsql")
    missing += find_missing_postgres()
    return ", ".join(missing)


@contextmanager
def run_nominatim(osm_file: Path, *, threads: int = 2) -> Iterator[NominatimServer]:
    """Yields a server with the file's places; all is stopped and removed afterwards."""
    if missing := find_missing():
        raise SetupError(f"not installed: {missing}; `make servers` installs it")
    folder = Path(tempfile.mkdtemp(prefix="nominatim-"))
    folder.chmod(0o755)  # PostgreSQL's user passes through
    try:
        with run_postgres(folder / "postgres") as database:
            server = _import(folder / "project", osm_file, database, threads)
            server.start()
            try:
                yield server
            finally:
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def ask(url: str, *, timeout_s: float) -> bytes:
    """The body of an answer on loopback."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=timeout_s) as answer:
        body: bytes = answer.read()
    return body


def _import(project: Path, osm_file: Path, database: Database, threads: int) -> NominatimServer:
    """Makes a project folder and imports the file."""
    project.mkdir(mode=0o700)
    dsn = f"dbname=nominatim;host=127.0.0.1;port={database.port}"
    dsn += f";user={DATABASE_USER};password={database.password}"
    lines = {
        "DATABASE_DSN": f"pgsql:{dsn}",
        "DATABASE_WEBUSER": DATABASE_USER,
        "IMPORT_STYLE": "full",
        "LOG_LEVEL": "error",
    }
    text = "".join(f'NOMINATIM_{key}="{value}"\n' for key, value in lines.items())
    (project / ".env").write_text(text, encoding="utf-8")
    command = _find_nominatim()
    words = [command, "import", "--offline", "--no-updates", "--project-dir", project]
    words += ["--osm-file", osm_file.resolve(), "--threads", str(threads)]
    run(words, cwd=project)
    return NominatimServer(project, command, database.pid)


def _read_cpu_s(process: psutil.Process) -> float:
    """The CPU time of a process and all its children, those that have ended too."""
    alive = 0.0
    for child in process.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            alive += sum(child.cpu_times()[:2])
    return alive + sum(process.cpu_times()[:4])


def _find_nominatim() -> Path:
    return ENVIRONMENT / "bin" / "nominatim"


if __name__ == "__main__":
    sys.exit(find_missing() and f"not installed: {find_missing()}")
