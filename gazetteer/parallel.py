"""The forms of a million names on all cores: one helper process for each core but this one.

A helper is a plain child of this interpreter that reads names from stdin, job by job, and writes
their forms to stdout. (`multiprocessing` would run the caller's main module again, which a
notebook's or a script's author has not prepared for.) If a helper cannot be started or fails, its
jobs are done here.
"""

import os
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import IO, NamedTuple, Self

import numpy as np

from gazetteer.hashing import hash_forms
from gazetteer.normalize import name_keys
from gazetteer.rows import Array
from gazetteer.spool import Spool, TextSpool
from gazetteer.texts import Texts
from geo.errors import OutputError

# Below this many names the start of a helper (0.2 s) is not worth it.
_SHARE_FROM = 100_000
_MOST_HELPERS = 7
# So many names make a job: under half a second of work, so that no core waits long for the last.
_JOB = 40_000
# With so many jobs waiting (some 50 MB of names) this process takes one itself.
_MOST_WAITING = 60
_HEAD = struct.Struct("<QQQ")
# Ctrl-C reaches the helpers too: they end without a word, the parent speaks.
_PROGRAM = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); "
    "sys.path[:] = sys.argv[1:]; from gazetteer.parallel import serve; serve()"
)


class Forms(NamedTuple):
    """The forms of names: hashes of all three, texts of the folded name and the skeleton."""

    fold_hash: Array
    variant_hash: Array
    skeleton_hash: Array
    folds: Texts
    skeletons: Texts


class _Kept:
    """The forms of job after job, on disk if they are many, whichever is done first."""

    def __init__(self) -> None:
        self._hashes = [Spool(np.dtype(np.uint64)) for _ in range(3)]
        self._texts = [TextSpool() for _ in range(2)]
        self._early: dict[int, Forms] = {}
        self._count = 0
        self._lock = threading.Lock()

    def put(self, job: int, forms: Forms) -> None:
        """Takes the forms of a job; those whose turn it is not wait for the others."""
        with self._lock:
            self._early[job] = forms
            while self._count in self._early:
                forms = self._early.pop(self._count)
                for hash_spool, hashes in zip(self._hashes, forms[:3], strict=True):
                    hash_spool.append(hashes)
                for text_spool, texts in zip(self._texts, forms[3:], strict=True):
                    text_spool.append(texts)
                self._count += 1

    def finish(self) -> Forms:
        """Returns the forms of all jobs."""
        fold, variant, skeleton = (spool.finish() for spool in self._hashes)
        folds, skeletons = (spool.finish() for spool in self._texts)
        return Forms(fold, variant, skeleton, folds, skeletons)


class FormFinder:
    """Finds the forms of names while more names come; `finish` returns those of all, in order.

    Use it in a `with`: helpers end when it is left, whatever happens.
    """

    def __init__(self, *, share_from: int = _SHARE_FROM) -> None:
        self._share_from = share_from
        self._names = 0
        self._jobs: list[bytes] = []
        self._kept = _Kept()
        self._error: OutputError | None = None
        self._waiting: deque[int] = deque()
        self._helpers: list[tuple[subprocess.Popen[bytes], threading.Thread]] = []
        self._wake = threading.Condition()
        self._complete = False

    def __enter__(self) -> Self:
        """Returns the finder itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends all helpers."""
        with self._wake:
            self._waiting.clear()
        self._end_helpers(kill=kind is not None)

    def put(self, names: Texts) -> None:
        """Takes names; their forms are found when there is time."""
        self._names += len(names)
        if self._names >= self._share_from:
            self.start_helpers()
        for start in range(0, len(names), _JOB):
            rows = np.arange(start, min(start + _JOB, len(names)))
            with self._wake:
                self._waiting.append(len(self._jobs))
                self._jobs.append(_pack_lines(names.encode(rows)))
                self._wake.notify()
        while self._helpers and len(self._waiting) > _MOST_WAITING:
            self._do_next()

    def start_helpers(self) -> None:
        """Starts the helpers, before the first names come if many are expected."""
        if self._helpers:
            return
        for _ in range(min((os.cpu_count() or 1) - 1, _MOST_HELPERS)):
            helper = _start()
            if helper is not None:
                thread = threading.Thread(target=self._feed, args=[helper], daemon=True)
                self._helpers.append((helper, thread))
                thread.start()

    @property
    def helpers(self) -> list[subprocess.Popen[bytes]]:
        """The processes at work."""
        return [helper for helper, _ in self._helpers]

    def finish(self) -> Forms:
        """Returns the forms of all names, in the order in which they came."""
        while self._do_next():
            pass
        self._end_helpers(kill=False)
        while self._do_next():  # what a helper that failed gave back
            pass
        if self._error:
            raise self._error
        return self._kept.finish()

    def _do_next(self) -> bool:
        """Does one job here; whether there was one."""
        with self._wake:
            job = self._waiting.popleft() if self._waiting else None
        if job is not None:
            self._keep(job, find_forms(_split_lines(self._jobs[job])))
        return job is not None

    def _keep(self, job: int, forms: Forms) -> None:
        self._jobs[job] = b""
        try:
            self._kept.put(job, forms)
        except OutputError as error:  # in a thread of its own it would be lost
            self._error = error

    def _feed(self, helper: subprocess.Popen[bytes]) -> None:
        """Gives a helper one job after the other, until all is done or it fails."""
        assert helper.stdin is not None  # noqa: S101 - for the type checker: they are pipes
        assert helper.stdout is not None  # noqa: S101
        while True:
            with self._wake:
                while not self._waiting and not self._complete:
                    self._wake.wait()
                if not self._waiting:
                    return
                job = self._waiting.popleft()
            try:
                _send(helper.stdin, self._jobs[job])
                forms = _receive(helper.stdout)
            except (OSError, EOFError, ValueError, OverflowError):
                with self._wake:
                    self._waiting.appendleft(job)
                return
            self._keep(job, forms)

    def _end_helpers(self, *, kill: bool) -> None:
        with self._wake:
            self._complete = True
            self._wake.notify_all()
        for helper, thread in self._helpers:
            if kill:
                helper.kill()
            thread.join()
            for pipe in (helper.stdin, helper.stdout):
                assert pipe is not None  # noqa: S101 - for the type checker, as above
                with suppress(BrokenPipeError):  # it ended early: its jobs were done here
                    pipe.close()
            helper.wait()
        self._helpers.clear()


def find_forms(names: Sequence[str]) -> Forms:
    """Returns the forms of names and their hashes."""
    keys = name_keys(names)
    return Forms(
        hash_forms(keys.folds),
        hash_forms(keys.variant_keys),
        hash_forms(keys.skeletons),
        Texts.pack(keys.folds),
        Texts.pack(keys.skeletons),
    )


def _start() -> subprocess.Popen[bytes] | None:
    command = [sys.executable, "-c", _PROGRAM, *sys.path]
    pipe = subprocess.PIPE
    try:
        return subprocess.Popen(command, stdin=pipe, stdout=pipe)  # noqa: S603 - our own code
    except OSError:
        return None


def _pack_lines(names: Sequence[bytes]) -> bytes:
    """Names a line each; the normaliser, too, takes line breaks in a name for spaces."""
    lines = b"\n".join(names)
    if lines.count(b"\n") == len(names) - 1:
        return lines
    return b"\n".join([name.replace(b"\n", b" ") for name in names])


def _split_lines(lines: bytes) -> list[str]:
    return lines.decode().split("\n")


def _send(pipe: IO[bytes], lines: bytes) -> None:
    pipe.write(len(lines).to_bytes(8, "little") + lines)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Forms:
    """The answer to a job, as `_pack_forms` packs it."""
    count, fold_bytes, skeleton_bytes = _HEAD.unpack(_read(pipe, _HEAD.size))
    hashes = np.frombuffer(_read(pipe, 24 * count), np.uint64).reshape(3, count)
    starts = np.frombuffer(_read(pipe, 8 * (count + 1)), np.uint32).reshape(2, count + 1)
    folds = np.frombuffer(_read(pipe, fold_bytes), np.uint8)
    skeletons = np.frombuffer(_read(pipe, skeleton_bytes), np.uint8)
    fold, variant, skeleton = hashes
    return Forms(fold, variant, skeleton, Texts(folds, starts[0]), Texts(skeletons, starts[1]))


def _pack_forms(forms: Forms) -> list[bytes]:
    texts = forms.folds, forms.skeletons
    return [
        _HEAD.pack(len(forms.fold_hash), *(len(text.data) for text in texts)),
        *(hashes.tobytes() for hashes in forms[:3]),
        *(text.starts.astype(np.uint32).tobytes() for text in texts),
        *(text.data.tobytes() for text in texts),
    ]


def _read(pipe: IO[bytes], size: int) -> bytes:
    content = pipe.read(size)
    if len(content) < size:
        raise EOFError(f"a helper's answer ended {size - len(content)} bytes early")
    return content


def serve() -> None:
    """Reads jobs from stdin, names a line each, and writes their forms to stdout, until the end."""
    while head := sys.stdin.buffer.read(8):
        lines = _read(sys.stdin.buffer, int.from_bytes(head, "little"))
        for piece in _pack_forms(find_forms(_split_lines(lines))):
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
