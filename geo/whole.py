"""A file written whole or not at all: what was there before stays until the new one is complete."""

import contextlib
import errno
import os
import re
import secrets
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from geo.errors import OutputError

_NEXT_STEPS = {
    errno.ENOSPC: "the disk is full; free some space or write to another disk",
    errno.EDQUOT: "the disk quota is used up; free some space or write to another disk",
    errno.EFBIG: "the file would be larger than allowed here; raise the limit or write elsewhere",
    errno.EROFS: "the disk is read-only; write to another folder",
    errno.EACCES: "no permission to write there; write to a folder of yours",
    errno.EPERM: "no permission to write there; write to a folder of yours",
    errno.ENOENT: "the folder does not exist; make it first",
    errno.ENOTDIR: "a part of the path is a file, not a folder; correct the path",
    errno.EISDIR: "it is a folder; give the name of a file in it",
    errno.ENAMETOOLONG: "the name is too long; shorten it",
}

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


@contextmanager
def write_whole(path: str | os.PathLike[str], mode: str = "wb") -> Iterator[IO[Any]]:
    r"""An open file that takes the place of `path` when the block ends without an error.

    It is written beside `path`, flushed to the disk and then renamed, so that a reader sees the
    old file or the new one and never half of one. After an error nothing but the old file is
    left. What a killed process left beside the same path is removed. A device or a pipe is
    written straight. `mode` is `wb` or `w` (UTF-8, `\n`). Raises `OutputError` with the next step.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            with _open(target, mode, os.O_WRONLY) as file:
                yield file
            return
        _remove_leftovers(target)
        with _replacement(target, mode) as file:
            yield file
    except OutputError:
        raise
    except OSError as error:
        raise _to_output_error(path, error) from error


def check_writable(path: str | os.PathLike[str]) -> None:
    """Say before long work that its result could not be written: no such folder, or no right to it.

    Raises `OutputError` as `write_whole` would; leaves nothing behind.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if target.is_file() or not target.exists():
            beside = _name_beside(target)
            _open(beside, "wb", _NEW).close()
            beside.unlink()
    except OSError as error:
        raise _to_output_error(path, error) from error


@contextmanager
def _replacement(target: Path, mode: str) -> Iterator[IO[Any]]:
    beside = _name_beside(target)
    try:
        with _open(beside, mode, _NEW) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _open(path: Path, mode: str, flags: int) -> IO[Any]:
    binary = "b" in mode
    flags |= getattr(os, "O_BINARY", 0)
    options = {} if binary else {"encoding": "utf-8", "newline": "\n"}
    return open(path, mode, opener=lambda name, _: os.open(name, flags, 0o666), **options)  # type: ignore[call-overload,no-any-return]


def _name_beside(target: Path) -> Path:
    return target.with_name(f"{_prefix(target)}{os.getpid()}-{secrets.token_hex(4)}.tmp")


def _prefix(target: Path) -> str:
    # The host is part of the name, so that on a shared disk nobody takes another machine's
    # unfinished file for a leftover. 60 letters leave room under the limit of 255 bytes.
    host = re.sub(r"[^A-Za-z0-9]", "", socket.gethostname())[:20]
    return f".{target.name[:60]}.{host}-"


def _remove_leftovers(target: Path) -> None:
    """Remove unfinished files beside the target whose writer on this machine is gone."""
    if os.name != "posix":
        return
    pattern = re.compile(re.escape(_prefix(target)) + r"(\d+)-[0-9a-f]{8}\.tmp")
    with contextlib.suppress(OSError):
        for path in target.parent.iterdir():
            match = pattern.fullmatch(path.name)
            if match and not _is_running(int(match[1])):
                path.unlink(missing_ok=True)


def _is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _sync_folder(folder: Path) -> None:
    """Put the new name on the disk; where a folder cannot be opened the system does it later."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _to_output_error(path: str | os.PathLike[str], error: OSError) -> OutputError:
    return OutputError(f"{os.fspath(path)!r} could not be written: {say_step(error)}")


def say_step(error: OSError) -> str:
    """What a person can do about an error of writing."""
    return _NEXT_STEPS.get(error.errno or 0, f"{error.strerror or error}; write somewhere else")
