"""`python -m build_hook`: make the packaged data and scripts here; with `node` or `npm`, run it.

python -m build_hook            # what the package build makes, if something changed
python -m build_hook npm test   # in maps/js, with the node that came from PyPI
"""

import sys
from pathlib import Path

from build_hook import node
from build_hook.make import make_all

_ROOT = Path(__file__).parents[1]


def main(arguments: list[str]) -> int:
    """Run one of the three forms and return the exit code."""
    if not arguments:
        make_all(_ROOT)
        return 0
    program, *rest = arguments
    if program not in {"node", "npm"}:
        sys.stderr.write(f"{program!r} is neither 'node' nor 'npm'\n")
        return 2
    folder = _ROOT / "maps" / "js"
    node.install_packages(folder)
    script = [str(node.npm_script())] if program == "npm" else []
    return node.call_node([*script, *rest], cwd=folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
