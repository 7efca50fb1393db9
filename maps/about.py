"""What a page says of its making: the program and its version, sources of the map, licences."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import yaml

from geo.errors import InputError

CREDITS_FILE = Path(__file__).parent / "data" / "credits.yaml"
_PROGRAM, _DISTRIBUTION = "Incident Mapper", "incident-mapper"
_NEEDED = {"name", "what", "licence"}
_KEYS = _NEEDED | {"url", "package"}


@cache
def load_credits() -> tuple[dict[str, str], ...]:
    """What a page is made of, with licences; a bad entry stops the program and is named.

    >>> [credit["licence"] for credit in load_credits() if credit["name"] == "Leaflet"]
    ['BSD-2-Clause']
    """
    entries = yaml.safe_load(CREDITS_FILE.read_text(encoding="utf-8"))
    return tuple(_parse_credit(entry) for entry in entries)


def _parse_credit(entry: dict[str, str]) -> dict[str, str]:
    if not _NEEDED <= entry.keys() <= _KEYS:
        raise InputError(
            f"{CREDITS_FILE.name}: entry {entry!r} needs {sorted(_NEEDED)} "
            f"and may have {sorted(_KEYS - _NEEDED)}"
        )
    return entry | ({"version": _program_version()} if entry["name"] == _PROGRAM else {})


def _program_version() -> str:
    """The version of the installed program, "" in a copy of its files that is not installed."""
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:
        return ""
