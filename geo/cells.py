"""One cell of outside input to its value: text, date, count, number, list, geometry.

Every `parse_` function here returns `None` for an empty cell and raises `InputError` with what
was given, what was expected and what to do, for a cell that cannot be read.
"""

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import orjson
import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo.claims import FIGURE_KINDS
from geo.errors import InputError

# "16 January 2020" (as ACLED exports), "16-Jan-2020", "January 16, 2020": no two readings. Days
# and months in figures alone have two, and are refused.
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = f"(?P<month>(?:{'|'.join(_MONTHS)})[a-z]*)"
_DAY_AND_MONTH = re.compile(rf"(?P<day>\d\d?)[ -]{_MONTH}\.?[ -](?P<year>\d{{4}})", re.IGNORECASE)
_MONTH_AND_DAY = re.compile(rf"{_MONTH}\.? (?P<day>\d\d?),? (?P<year>\d{{4}})", re.IGNORECASE)

# What spreadsheets, pandas and the field's tables write for "not known".
EMPTY_WORDS = frozenset({"", "na", "n/a", "nan", "nat", "none", "null", "<na>", "-", "unknown"})

_MAX_COUNT = 10**9


def is_empty(value: Any) -> bool:
    """Whether a cell holds nothing: `None`, NaN, NaT, <NA>, or a word for it.

    >>> is_empty(float("nan")), is_empty(" n/a "), is_empty(0), is_empty([])
    (True, True, False, True)
    """
    if value is None:
        return True
    if isinstance(value, str):
        return value.strip().lower() in EMPTY_WORDS
    if isinstance(value, list | tuple | dict):
        return not value
    if isinstance(value, float):
        return math.isnan(value)
    return type(value).__name__ in {"NAType", "NaTType"}


def parse_text(value: Any) -> str | None:
    """The cell as text, without space around it, lines as Unix ends them, no control characters.

    >>> parse_text("  Kafr Nabl "), parse_text(17.0), parse_text(None)
    ('Kafr Nabl', '17', None)
    """
    if value is None or (not isinstance(value, str) and is_empty(value)):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).replace("\r\n", "\n").translate(_CONTROLS).strip()
    if not text.isascii():
        # Half of a surrogate pair is no character, and no file could hold it.
        text = text.encode("utf-8", "replace").decode("utf-8")
    return text or None


def parse_date(value: Any) -> date | None:
    """The day a cell names: a date, ISO 8601 text with or without a time, or a month in English.

    >>> parse_date("2020-01-16T07:30:00Z"), parse_date("")
    (datetime.date(2020, 1, 16), None)
    """
    if type(value) is date:
        return value
    if is_empty(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if hasattr(value, "astype") and hasattr(value, "dtype"):
        value = str(value.astype("datetime64[D]")) if value == value else ""  # noqa: PLR0124
        return parse_date(value)
    text = str(value).strip()
    named = _DAY_AND_MONTH.fullmatch(text) or _MONTH_AND_DAY.fullmatch(text)
    try:
        if named:
            month = _MONTHS.index(named["month"][:3].lower()) + 1
            return date(int(named["year"]), month, int(named["day"]))
        return datetime.fromisoformat(text).date()
    except ValueError as error:
        raise InputError(
            f"{value!r} is no ISO 8601 date; write YYYY-MM-DD, or leave it empty"
        ) from error


def parse_count(value: Any) -> int | None:
    """The whole number, 0 or more, that a cell holds.

    >>> parse_count("12"), parse_count(3.0), parse_count("1,200"), parse_count(" ")
    (12, 3, 1200, None)
    """
    if type(value) is int and 0 <= value <= _MAX_COUNT:
        return value
    number = parse_number(value)
    if number is None:
        return None
    if number < 0 or number != int(number) or number > _MAX_COUNT:
        raise InputError(
            f"{value!r} is no count; write a whole number, 0 or more, or leave it empty"
        )
    return int(number)


def parse_number(value: Any) -> float | None:
    """The finite number that a cell holds.

    >>> parse_number("35.5"), parse_number("nan")
    (35.5, None)
    """
    if is_empty(value):
        return None
    text = str(value).strip()
    try:
        number = float(_drop_thousands(text))
    except ValueError as error:
        raise InputError(f"{value!r} is no number; write digits, or leave it empty") from error
    if not math.isfinite(number) or isinstance(value, bool):
        raise InputError(f"{value!r} is no number; write digits, or leave it empty")
    return number


def parse_list(value: Any) -> list[Any] | None:
    """The list that a cell holds: a list, or JSON text of one; other text is a list of one.

    >>> parse_list('["a", "b"]'), parse_list("year from the dateline"), parse_list("")
    (['a', 'b'], ['year from the dateline'], None)
    """
    if is_empty(value):
        return None
    if isinstance(value, str):
        text = value.strip()
        return _load_list(text) or None if text.startswith("[") else [text]
    values = value.tolist() if hasattr(value, "tolist") else value
    try:
        plain = orjson.loads(orjson.dumps(values))
    except (TypeError, orjson.JSONEncodeError) as error:
        raise InputError(f"{_short(str(value))} holds no plain JSON values: {error}") from error
    return plain or None if isinstance(plain, list) else [plain]


def parse_objects(value: Any) -> list[dict[str, Any]] | None:
    """The list of JSON objects that a cell holds, such as claims with lists of figures in them.

    >>> parse_objects('[{"name": "Samka"}]')
    [{'name': 'Samka'}]
    """
    entries = parse_list(value)
    figures = [
        figure
        for entry in entries or []
        if isinstance(entry, dict)
        for kind in FIGURE_KINDS
        for figure in _as_list(entry.get(kind))
    ]
    if not all(isinstance(entry, dict) for entry in (*(entries or []), *figures)):
        raise InputError(
            f'{_short(str(value))} is no list of JSON objects; write [{{"name": "..."}}], keys as '
            "in docs/incident.schema.json, or leave it empty"
        )
    return entries


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _load_list(text: str) -> list[Any]:
    try:
        return list(orjson.loads(text))
    except orjson.JSONDecodeError as error:
        raise InputError(
            f'{_short(text)} is no JSON list; write it as ["..."], or leave it empty'
        ) from error


def parse_geometry(value: Any) -> BaseGeometry | None:
    """The geometry a cell holds: a shapely geometry, WKT, or a GeoJSON geometry as a mapping.

    Heights are left out; an empty geometry is none. Positions off the Earth are an error.

    >>> parse_geometry("POINT (36.6 35.9)").wkt
    'POINT (36.6 35.9)'
    """
    if is_empty(value):
        return None
    geometry = _to_geometry(value)
    if geometry.is_empty:
        return None
    west, south, east, north = geometry.bounds
    if not (west >= -360 and east <= 360 and south >= -90 and north <= 90):
        raise InputError(
            f"position {west:.6g}, {south:.6g} is not on the Earth; give longitude first, then "
            "latitude -90 to 90, in WGS84 degrees"
        )
    return geometry if not geometry.has_z else shapely.force_2d(geometry)


def _to_geometry(value: Any) -> BaseGeometry:
    if isinstance(value, BaseGeometry):
        geometry = value
    else:
        try:
            geometry = (
                shapely.from_wkt(value)
                if isinstance(value, str)
                else shapely.from_geojson(orjson.dumps(value))
            )
        except (ShapelyError, TypeError, orjson.JSONEncodeError) as error:
            raise InputError(
                f"{_short(str(value))} is no geometry; give WKT or GeoJSON, or leave it empty"
            ) from error
    if geometry.geom_type in {"GeometryCollection", "LinearRing"}:
        raise InputError(
            f"a {geometry.geom_type} cannot be drawn as one place; give points, lines or areas"
        )
    return geometry


def _drop_thousands(text: str) -> str:
    """12,345 without its commas; any other use of a comma is left to be refused."""
    groups = text.lstrip("+-").split(",")
    in_threes = 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    return text.replace(",", "") if len(groups) > 1 and in_threes else text


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:40] + "…")


# All of C0 but tab and line breaks, and DEL: no text needs them, and CSV readers stop at some.
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127)) | {13: "\n"}

PARSERS: dict[str, Callable[[Any], Any]] = {
    "text": parse_text,
    "date": parse_date,
    "count": parse_count,
    "number": parse_number,
    "list": parse_list,
    "objects": parse_objects,
    "geometry": parse_geometry,
}
