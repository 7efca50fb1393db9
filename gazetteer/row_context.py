"""The context cells of a row: country, areas and a position near by, and what is wrong in them."""

from collections.abc import Mapping
from typing import NamedTuple

from gazetteer.countries import lookup_country
from gazetteer.index import Gazetteer
from gazetteer.known import know_context
from gazetteer.place import Context
from geo.cells import is_empty
from geo.readers.position import read_position

_AREAS = ("admin1", "admin2", "admin3")


class RowContext(NamedTuple):
    """What a row says beside the name; `notes` are cells left out, `refused` why none can count.

    A country that nobody knows is no reason to look for the place in all the others.
    """

    context: Context
    notes: tuple[str, ...] = ()
    refused: str = ""


def read_context(gazetteer: Gazetteer, cells: Mapping[str, str]) -> RowContext:
    """Returns the context that cells give: `country`, `admin1` to `admin3`, `lon` and `lat`."""
    country = _read_country(cells.get("country", ""))
    if country is None:
        what = f"country {cells['country']!r} is no country known here"
        mend = "write its code, ISO 3166-1 alpha-2, such as SY"
        return RowContext(Context(), refused=f"{what}; {mend}")
    areas = {area: _clean(cells.get(area, "")) for area in _AREAS}
    found = read_position(cells.get("lon", ""), cells.get("lat", ""))
    near = () if found.position is None else ((found.position.lon, found.position.lat),)
    context = Context(country=country, near=near, **areas)
    notes: list[str] = []
    if areas["admin1"] and know_context(gazetteer, context).area is None:
        inside = f" in {country}" if country else ""
        notes.append(f"admin1 {areas['admin1']!r} is no area known{inside}, and was left out")
    if found.message:
        notes.append(f"near: {found.column} {found.message}; the position was left out")
    return RowContext(context, tuple(notes))


def _read_country(cell: str) -> str | None:
    """The code of a country cell, "" for an empty one; `None` for a country nobody knows."""
    code = lookup_country(cell)  # first: NA is Namibia
    return "" if code is None and is_empty(cell) else code


def _clean(cell: str) -> str:
    return "" if is_empty(cell) else cell
