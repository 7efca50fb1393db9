"""A country as people write it in a cell, to its code."""

from functools import cache

from geo.areas import load_areas


def lookup_country(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country's code or name; `None` where no one country fits.

    >>> lookup_country("sy"), lookup_country("Syria"), lookup_country("Narnia")
    ('SY', 'SY', None)
    """
    wanted = text.strip().casefold()
    codes = _load_codes()
    found = codes.get(wanted, ())
    return found[0] if len(found) == 1 else None


@cache
def _load_codes() -> dict[str, tuple[str, ...]]:
    """The codes by code, then by name; a name that two countries share has both."""
    countries = [area for area in load_areas() if area.level == 0]
    found: dict[str, tuple[str, ...]] = {}
    for area in countries:
        for name in dict.fromkeys(map(str.casefold, area.names)):
            found[name] = (*found.get(name, ()), area.area_id)
    return found | {area.area_id.casefold(): (area.area_id,) for area in countries}
