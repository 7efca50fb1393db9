"""What a map says of how its places were found."""

from collections.abc import Sequence
from typing import Any

# The keys of what comes with the program; the version of any other names somebody's file.
_PACKAGED = frozenset({"towns", "areas", "list"})


def describe_gazetteer(version: str, sources: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Return the gazetteer's version, sources and licences, for the panel "About" of a map.

    Of files that were added only the kind is told: whose places one has can be nobody's business.
    """
    named = dict.fromkeys(map(_describe_source, sources))
    return {"Gazetteer": f"version {version}: {'; '.join(named)}"}


def _describe_source(source: dict[str, Any]) -> str:
    version = f" {source['version']}" if source["key"] in _PACKAGED else ""
    return f"{source['name']}{version} ({source['licence']})"
