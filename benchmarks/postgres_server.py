"""A PostgreSQL of one's own on loopback, for as long as it is needed.

PostgreSQL refuses to run as root: as root it runs under Debian's user `postgres`. It lies in a
folder given by the caller, listens on a free port with a password of its own, and is stopped by its
own process id.
"""

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

# Debian keeps the server's programs out of the path, one folder a version.
_POSTGRES_FOLDERS = Path("/usr/lib/postgresql")
_POSTGRES_USER = "postgres"
DATABASE_USER = "nominatim"
# Nothing here must outlive a power cut, and everything is small.
_POSTGRES_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "128MB",
}
_START_S = 60.0
_STOP_S = 20.0
_IMPORT_S = 1_800.0
_POLL_S = 0.1
# Another program may take a free port before ours does.
TRIES = 3


class SetupError(RuntimeError):
    """A program that is missing or did not start, with what it printed."""


class Database(NamedTuple):
    """Where the database listens, its password, and its process."""

    port: int
    password: str
    pid: int


def find_free_port() -> int:
    """A port of loopback that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def run_postgres(folder: Path) -> Iterator[Database]:
    """Yields a PostgreSQL of its own."""
    programs = find_postgres()
    if programs is None:
        raise SetupError("no PostgreSQL found")
    folder.mkdir()
    if _is_root():
        shutil.chown(folder, _POSTGRES_USER, _POSTGRES_USER)
    password = _make_cluster(programs, folder)
    for _ in range(TRIES):
        port = find_free_port()
        settings = [f"-c{key}={value}" for key, value in _POSTGRES_SETTINGS.items()]
        words = [programs / "postgres", "-D", folder / "data", "-p", str(port), *settings]
        with (folder / "log").open("ab") as log:
            process = subprocess.Popen(words, stdout=log, stderr=log, cwd=folder, **_as_user())
        try:
            ready = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
            if wait_for(lambda: subprocess.run(ready, check=False).returncode == 0, process):  # noqa: B023
                yield Database(port, password, process.pid)
                return
        finally:
            stop(process, signal_first=2)  # SIGINT: at once, in order
    raise SetupError(f"PostgreSQL does not start: {read_tail(folder / 'log')}")


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
        DATABASE_USER,
        "-A",
        "scram-sha-256",
    ]
    words += [f"--pwfile={secret}", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    run(words, cwd=folder, **_as_user())
    return password


def run(words: list[Any], **options: Any) -> None:
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


def wait_for(is_up: Callable[[], bool], process: "subprocess.Popen[bytes]") -> bool:
    """Whether a server answers before it ends or its time is over."""
    end = time.monotonic() + _START_S
    while time.monotonic() < end and process.poll() is None:
        if is_up():
            return True
        time.sleep(_POLL_S)
    return False


def stop(process: "subprocess.Popen[bytes]", *, signal_first: int = 15) -> None:
    """Ends a process that we started: asks first, and waits for it."""
    if process.poll() is not None:
        return
    process.send_signal(signal_first)
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def read_tail(path: Path) -> str:
    """The end of a log, for an error."""
    return path.read_text(encoding="utf-8", errors="replace")[-3_000:]


def find_postgres() -> Path | None:
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


def find_missing_postgres() -> list[str]:
    """What of PostgreSQL and PostGIS is not installed."""
    missing = []
    if find_postgres() is None:
        missing.append("PostgreSQL")
    elif not list(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
        missing.append("PostGIS")
    if _is_root() and not _has_postgres_user():
        missing.append("the user 'postgres'")
    return missing
