"""A real Nominatim of one's own, on loopback: PostgreSQL, an import of an OSM file, the server.

Nominatim is GPL-3 and runs in processes of its own, from an environment of its own
(`.venv-servers`, filled by `make servers`); nothing of it is imported here. PostgreSQL refuses to
run as root: as root it runs under Debian's user `postgres`. Everything lies in one temporary folder
and is stopped by its own process id.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv-servers"
# Debian keeps the server's programs out of the path, one folder a version.
_POSTGRES_FOLDERS = Path("/usr/lib/postgresql")
_POSTGRES_USER = "postgres"
_DATABASE_USER = "nominatim"
# Nothing here must outlive a power cut, and everything is small.
_POSTGRES_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "128MB",
}
_START_S = 60.0
_STOP_S = 20.0
_IMPORT_S = 1_800.0
_POLL_S = 0.1
# Another program may take a free port before ours does.
_TRIES = 3


class SetupError(RuntimeError):
    """A program that is missing or did not start, with what it printed."""


@dataclass
class NominatimServer:
    """A running server: `domain` is its host and port, as geopy wants it."""

    project: Path
    command: Path
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @property
    def domain(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts the server, on the port it had before if it had one, and waits for it."""
        for _ in range(_TRIES):
            self.port = self.port or find_free_port()
            words = [self.command, "serve", "--project-dir", self.project, "--server", self.domain]
            with (self.project / "serve.log").open("ab") as log:
                self.process = subprocess.Popen(words, stdout=log, stderr=log, cwd=self.project)
            if _wait_for(self._is_up, self.process):
                return
            self.stop()
            self.port = 0
        raise SetupError(f"Nominatim does not start: {_read_tail(self.project / 'serve.log')}")

    def stop(self) -> None:
        """Stops the server; it may be started again."""
        if self.process is not None:
            _stop(self.process)
            self.process = None

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
    if _find_postgres() is None:
        missing.append("PostgreSQL")
    elif not list(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
        missing.append("PostGIS")
    if _is_root() and not _has_postgres_user():
        missing.append("the user 'postgres'")
    return ", ".join(missing)


@contextmanager
def run_nominatim(osm_file: Path, *, threads: int = 2) -> Iterator[NominatimServer]:
    """Yields a server with the file's places; all is stopped and removed afterwards."""
    if missing := find_missing():
        raise SetupError(f"not installed: {missing}; `make servers` installs it")
    folder = Path(tempfile.mkdtemp(prefix="nominatim-"))
    folder.chmod(0o755)  # PostgreSQL's user passes through
    try:
        with _run_postgres(folder / "postgres") as (port, password):
            server = _import(folder / "project", osm_file, port, password, threads)
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


def find_free_port() -> int:
    """A port of loopback that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _run_postgres(folder: Path) -> Iterator[tuple[int, str]]:
    """Yields the port and the password of a PostgreSQL of its own."""
    programs = _find_postgres()
    if programs is None:
        raise SetupError("no PostgreSQL found")
    folder.mkdir()
    if _is_root():
        shutil.chown(folder, _POSTGRES_USER, _POSTGRES_USER)
    password = _make_cluster(programs, folder)
    for _ in range(_TRIES):
        port = find_free_port()
        settings = [f"-c{key}={value}" for key, value in _POSTGRES_SETTINGS.items()]
        words = [programs / "postgres", "-D", folder / "data", "-p", str(port), *settings]
        with (folder / "log").open("ab") as log:
            process = subprocess.Popen(words, stdout=log, stderr=log, cwd=folder, **_as_user())
        try:
            ready = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
            if _wait_for(lambda: subprocess.run(ready, check=False).returncode == 0, process):  # noqa: B023
                yield port, password
                return
        finally:
            _stop(process, signal_first=2)  # SIGINT: at once, in order
    raise SetupError(f"PostgreSQL does not start: {_read_tail(folder / 'log')}")


def _make_cluster(programs: Path, folder: Path) -> str:
    password = secrets.token_hex(16)
    secret = folder / "password"
    secret.write_text(password + "\n", encoding="ascii")
    secret.chmod(0o600)
    if _is_root():
        shutil.chown(secret, _POSTGRES_USER, _POSTGRES_USER)
    words = [
        programs / "initdb",
        "-D",
        folder / "data",
        "-U",
        _DATABASE_USER,
        "-A",
        "scram-sha-256",
    ]
    words += [f"--pwfile={secret}", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    _run(words, cwd=folder, **_as_user())
    return password


def _import(
    project: Path, osm_file: Path, port: int, password: str, threads: int
) -> NominatimServer:
    """Makes a project folder and imports the file."""
    project.mkdir(mode=0o700)
    dsn = f"dbname=nominatim;host=127.0.0.1;port={port};user={_DATABASE_USER};password={password}"
    lines = {
        "DATABASE_DSN": f"pgsql:{dsn}",
        "DATABASE_WEBUSER": _DATABASE_USER,
        "IMPORT_STYLE": "full",
        "LOG_LEVEL": "error",
    }
    text = "".join(f'NOMINATIM_{key}="{value}"\n' for key, value in lines.items())
    (project / ".env").write_text(text, encoding="utf-8")
    command = _find_nominatim()
    words = [command, "import", "--offline", "--no-updates", "--project-dir", project]
    words += ["--osm-file", osm_file.resolve(), "--threads", str(threads)]
    _run(words, cwd=project)
    return NominatimServer(project, command)


def _run(words: list[Any], **options: Any) -> None:
    """Runs a program to its end; what it printed is in the error if it fails."""
    done = subprocess.run(
        words,
        capture_output=True,
        check=False,
        timeout=_IMPORT_S,
        stdin=subprocess.DEVNULL,
        **options,
    )
    if done.returncode:
        text = (done.stdout + done.stderr).decode(errors="replace")[-3_000:]
        raise SetupError(f"{Path(words[0]).name} {words[1]} fails:\n{text}")


def _wait_for(is_up: Any, process: "subprocess.Popen[bytes]") -> bool:
    """Whether a server answers before it ends or its time is over."""
    end = time.monotonic() + _START_S
    while time.monotonic() < end and process.poll() is None:
        if is_up():
            return True
        time.sleep(_POLL_S)
    return False


def _stop(process: "subprocess.Popen[bytes]", *, signal_first: int = 15) -> None:
    if process.poll() is not None:
        return
    process.send_signal(signal_first)
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _read_tail(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")[-3_000:]


def _find_nominatim() -> Path:
    return ENVIRONMENT / "bin" / "nominatim"


def _find_postgres() -> Path | None:
    """The folder of the newest PostgreSQL's programs."""
    found = sorted(_POSTGRES_FOLDERS.glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).resolve().parent if program else None


def _is_root() -> bool:
    return os.geteuid() == 0


def _has_postgres_user() -> bool:
    import pwd  # noqa: PLC0415  (not on every system)

    return any(entry.pw_name == _POSTGRES_USER for entry in pwd.getpwall())


def _as_user() -> Mapping[str, Any]:
    """How a program that refuses root is started."""
    if not _is_root():
        return {}
    return {"user": _POSTGRES_USER, "group": _POSTGRES_USER, "extra_groups": []}


if __name__ == "__main__":
    sys.exit(find_missing() and f"not installed: {find_missing()}")
