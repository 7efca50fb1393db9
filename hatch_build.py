"""The package build's own step: area data and page scripts, made before the wheel is packed."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling's entry point; the work is in `build_hook/`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make `geo/data/areas.zip` and `maps/assets/`, unless they are up to date."""
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from build_hook.make import make_all  # noqa: PLC0415  (found beside this file)
        finally:
            sys.path.remove(str(root))
        make_all(root)
