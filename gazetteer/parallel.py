"""The forms of a million names on all cores: one helper process for each core but this one.

A helper is a plain child of this interpreter that reads names from stdin and writes their forms
to stdout. (`multiprocessing` would run the caller's main module again, which a notebook's or a
script's author has not prepared for.) If a helper cannot be started or fails, its share is done
here.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from gazetteer.normalize import NameKeys, name_keys

# Below this many names the start of a helper (0.2 s) is not worth it.
_SHARE_FROM = 100_000
_MOST_HELPERS = 7
_OWN_SHARE, _HELPER_SHARE = 4, 5
_COLUMN_END = "\0"
# Ctrl-C reaches the helpers too: they end without a word, the parent speaks.
_PROGRAM = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); "
    "sys.path[:] = sys.argv[1:]; from gazetteer.parallel import serve; serve()"
)


class Started(NamedTuple):
    """Names whose forms are being found: each core's share, and the helpers at work."""

    shares: list[Sequence[str]]
    helpers: list[subprocess.Popen[bytes] | None]


def start_forms(names: Sequence[str], *, share_from: int = _SHARE_FROM) -> Started:
    """Shares out many names between the cores; what is left for this one waits for the finish.

    This core's share is a little smaller: it finds admin areas while the helpers are at work.
    """
    helpers = min((os.cpu_count() or 1) - 1, _MOST_HELPERS, len(names) // share_from)
    whole = _OWN_SHARE + _HELPER_SHARE * helpers
    ends = [
        len(names) * (_OWN_SHARE + _HELPER_SHARE * number) // whole for number in range(helpers + 1)
    ]
    shares = [names[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    return Started(shares, [_start(share) for share in shares[1:]])


def finish_forms(started: Started) -> NameKeys:
    """Returns what `name_keys` returns for all the names, in their order."""
    shares, helpers = started
    found = [name_keys(shares[0])]
    found += [_finish(*each) for each in zip(helpers, shares[1:], strict=True)]
    folds, variants, skeletons = (
        list(chain.from_iterable(forms)) for forms in zip(*found, strict=True)
    )
    return NameKeys(folds, variants, skeletons)


def _start(names: Sequence[str]) -> subprocess.Popen[bytes] | None:
    command = [sys.executable, "-c", _PROGRAM, *sys.path]
    pipe = subprocess.PIPE
    try:
        helper = subprocess.Popen(command, stdin=pipe, stdout=pipe)  # noqa: S603 - our own code
    except OSError:
        return None
    assert helper.stdin is not None  # noqa: S101 - for the type checker: it is a pipe
    try:
        with helper.stdin as stdin:
            stdin.write(_pack(names))
    except BrokenPipeError:
        pass  # it ended early: its return code will tell
    return helper


def _finish(helper: subprocess.Popen[bytes] | None, names: Sequence[str]) -> NameKeys:
    """What the helper found for its names, or, if it failed, the same found here."""
    if helper is not None:
        assert helper.stdout is not None  # noqa: S101 - for the type checker: it is a pipe
        with helper.stdout as stdout:
            answer = stdout.read()
        if helper.wait() == 0:
            columns = answer.decode("utf-8", "surrogatepass").split(_COLUMN_END)
            return NameKeys(*(column.split("\n") for column in columns))
    return name_keys(names)


def _pack(names: Sequence[str]) -> bytes:
    """Names a line each; the normaliser, too, takes line breaks in a name for spaces."""
    lines = [" ".join(name.splitlines()) for name in names]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def serve() -> None:
    """Reads names from stdin, a line each, and writes their forms to stdout, column by column."""
    names = sys.stdin.buffer.read().decode("utf-8", "surrogatepass").split("\n")
    columns = _COLUMN_END.join("\n".join(column) for column in name_keys(names))
    sys.stdout.buffer.write(columns.encode("utf-8", "surrogatepass"))
