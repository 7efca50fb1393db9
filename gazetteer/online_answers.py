"""What a geocoder answered, in one form: each service's raw answer read by its paths (data)."""

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from gazetteer.rules import load_rules
from gazetteer.sources.radius import load_features

Box = tuple[float, float, float, float]

# What is kept of an answer; a service that sends more sends rubbish.
_MOST_NAMES = 60
_MOST_LETTERS = 200


@dataclass(frozen=True)
class Answer:
    """One place of an answer; position in WGS84 degrees.

    `kind` are the service's words for what it is ("place=village"), `feature_code` GeoNames' code
    for that, "" for what no place name of a report means (a shop, a road). `country` is alpha-2 or
    "". `box` is west, south, east, north, or `None`.
    """

    native_id: str
    names: tuple[str, ...]
    lon: float
    lat: float
    kind: str
    feature_code: str
    country: str = ""
    box: Box | None = None

    @property
    def name(self) -> str:
        """The name shown."""
        return self.names[0]


class Kind(NamedTuple):
    """A service's kind of place: its feature code, and a word for it."""

    feature_code: str
    words: str


@cache
def load_geocoders() -> dict[str, Any]:
    """How each geocoder is asked and read, by geopy's name for it."""
    entries: dict[str, Any] = load_rules("geocoders")
    return entries


@cache
def load_kinds() -> dict[tuple[str, str], Kind]:
    """Kinds of place by family and the service's word."""
    text = files("gazetteer").joinpath("data", "online_kinds.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {
        (row["family"], row["kind"]): Kind(row["feature_code"], row["words"])
        for row in csv.DictReader(lines)
    }


def read_answers(geocoder: str, locations: Iterable[Any]) -> list[Answer]:
    """The places of geopy's `Location`s that have a name and lie on the Earth.

    Raises whatever an answer of another shape leads to (`LookupError`, `TypeError` ...).
    """
    entry = load_geocoders().get(geocoder, {})
    found = [_read_answer(entry, location) for location in locations]
    return [answer for answer in found if answer is not None]


def _read_answer(entry: Mapping[str, Any], location: Any) -> Answer | None:
    paths, raw = entry.get("answer", {}), location.raw
    lon, lat = float(location.longitude), float(location.latitude)
    names = _read_names(paths, raw) or _clean([str(location.address).split(",")[0]])
    if not names or not _is_on_earth(lon, lat):
        return None
    kind, code = _read_kind(entry.get("family", ""), paths.get("kinds", ()), raw)
    country = str(_take(raw, paths.get("country", "")) or "").upper()
    parts = [_take(raw, path) for path in paths.get("id", ())]
    return Answer(
        native_id="/".join(str(part)[:_MOST_LETTERS] for part in parts if part is not None),
        names=names,
        lon=lon,
        lat=lat,
        kind=kind,
        feature_code=code,
        country=country if len(country) == 2 and country.isalpha() else "",
        box=_read_box(paths.get("box", ()), raw),
    )


def _is_on_earth(lon: float, lat: float) -> bool:
    """Whether a position can be one: geopy makes 0, 0, in the sea, of one that is missing."""
    if lon == lat == 0:
        return False
    return math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90


def _take(raw: Any, path: str) -> Any:
    """What lies at the end of a path of keys and positions; `None` where it leads nowhere."""
    for step in path.split(".") if path else ():
        if isinstance(raw, Mapping):
            raw = raw.get(step)
        elif isinstance(raw, list | tuple) and step.isdigit() and int(step) < len(raw):
            raw = raw[int(step)]
        else:
            return None
    return raw if path else None


def _read_names(paths: Mapping[str, Any], raw: Any) -> tuple[str, ...]:
    found = [_take(raw, paths.get("name", ""))]
    for path in paths.get("names", ()):
        value = _take(raw, path)
        found += value.values() if isinstance(value, Mapping) else [value]
    texts = [part for text in found if isinstance(text, str) for part in text.split(";")]
    return _clean(texts)


def _clean(texts: Iterable[str]) -> tuple[str, ...]:
    """Names that can be compared, each once."""
    names = dict.fromkeys(text.strip() for text in texts)
    fit = [name for name in names if 0 < len(name) <= _MOST_LETTERS and not name.isdigit()]
    return tuple(fit[:_MOST_NAMES])


def _read_kind(family: str, ways: Iterable[Iterable[str]], raw: Any) -> tuple[str, str]:
    """The service's word for the kind of place, and its feature code ("" if none is known)."""
    told = []
    for paths in ways:
        values = [_take(raw, path) for path in paths]
        if all(isinstance(value, str) and value for value in values):
            told.append("=".join(values)[:_MOST_LETTERS])
    for word in told:
        known = load_kinds().get((family, word))
        if known is not None:
            return word, known.feature_code
        if family == "geonames" and word in load_features():
            return word, word
    return (told[0] if told else ""), ""


def _read_box(paths: Iterable[str], raw: Any) -> Box | None:
    """West, south, east, north; `None` where the service gives no sound box."""
    try:
        west, south, east, north = (float(_take(raw, path)) for path in paths)
    except (TypeError, ValueError):
        return None
    is_sound = _is_on_earth(west, south) and _is_on_earth(east, north) and south <= north
    return (west, south, east, north) if is_sound else None
