"""Towns behind the adjectives of Ukrainian and Russian areas: "Бахмутський район" is Bakhmut's."""

import re
from functools import cache

from gazetteer.rules import load_rules

_AREAS = frozenset({"province", "district", "subdistrict"})


def list_towns(name: str, feature: str) -> tuple[str, ...]:
    """Returns the towns that an area with an adjective for a name may be called after.

    >>> list_towns("Бахмутський", "district"), list_towns("Бахмут", "city")
    (('Бахмутськ', 'Бахмут'), ())
    """
    found = _load_adjective().fullmatch(name) if feature in _AREAS else None
    if found is None:
        return ()
    stem, suffix = found["stem"], found["suffix"]
    is_swallowed = suffix in load_rules("phrase_words_cells")["adjectives"]["swallowing"]
    return (stem + suffix,) if is_swallowed else (stem + suffix, stem)


@cache
def _load_adjective() -> re.Pattern[str]:
    """The stem, the suffix of the adjective and its ending in any case."""
    rules = load_rules("phrase_words_cells")["adjectives"]
    suffixes, endings = ("|".join(rules[key]) for key in ("suffixes", "endings"))
    return re.compile(f"(?P<stem>.{{2,}}?)(?P<suffix>{suffixes})(?:{endings})")
