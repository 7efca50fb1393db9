"""Who takes part: armed forces, armed groups and civilians under one canonical name each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reports.countries import country_pattern, load_countries, lookup_country
from reports.words import load_words

CIVILIANS = "Civilians"
OPPOSITION = "armed opposition"
GUNMEN = "Unidentified Armed Group"
STATE, REBEL, POLITICAL, IDENTITY, RIOTERS, PROTESTERS, CIVILIAN, EXTERNAL = range(1, 9)


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor named in a text; `text[start:end]` are the words.

    `code` is ACLED's actor code. `role_hint` is `backer` ("backed by X"), `leader` ("led by
    X"), or empty. `generic` is true of words without a name of their own ("militants").
    """

    name: str
    code: int
    start: int
    end: int
    role_hint: str = ""
    generic: bool = False


def find_actors(text: str, country: str = "") -> list[Actor]:
    """All actors named in the text, in order, without overlaps; the longest words win.

    `country` (alpha-2) is whose "troops" and "government forces" are when nothing says it.

    >>> [actor.name for actor in find_actors("Malian soldiers killed 30 villagers.")]
    ['Military Forces of Mali', 'Civilians']
    """
    found = sorted(_find_all(text, country), key=lambda actor: actor.start - actor.end)
    kept: list[Actor] = []
    for actor in found:
        if all(actor.end <= other.start or actor.start >= other.end for other in kept):
            kept.append(actor)
    return sorted(kept, key=lambda actor: actor.start)


def is_armed(name: str, code: int) -> bool:
    """Whether an actor bears arms by trade: state forces, rebels, militias, foreign forces."""
    return code not in {CIVILIAN, PROTESTERS, RIOTERS} and name != CIVILIANS


def military_forces(country: str) -> str:
    """The name of a country's armed forces, or an empty text for an unknown country.

    >>> military_forces("SY")
    'Military Forces of Syria'
    """
    entry = load_countries().get(country)
    return f"Military Forces of {entry.name}" if entry else ""


def _find_all(text: str, country: str) -> Iterator[Actor]:
    for match in _group_pattern().finditer(text):
        name, code = _aliases()[_fold_alias(match.group())]
        yield Actor(name, code, *match.span(), _role(text, match.start()))
    yield from _find_states(text, country)
    yield from _find_generic(text)


def _find_states(text: str, country: str) -> Iterator[Actor]:
    for match in _state_pattern().finditer(text):
        code = _country_code(match["who"], "" if match["noun"] in _unknown_alone() else country)
        if match["modifiers"] and not match["who"]:
            code = country
        role = _role(text, match.start())
        if code and not text[match.end() :].startswith(("-held", "-backed")):
            police = match["noun"].lower() in _police() and "army" not in match["modifiers"]
            police = police and "military" not in match["modifiers"]
            kind = "Police Forces" if police else "Military Forces"
            name = f"{kind} of {load_countries()[code].name}"
            yield Actor(name, STATE, *match.span(), role, not match["who"])
            yield from _find_partner(text, match.start(), kind, role)


def _find_partner(text: str, start: int, kind: str, role: str) -> Iterator[Actor]:
    """The first of two: "Syrian and Russian warplanes" are of two countries."""
    first = _partner_pattern().search(text, max(0, start - 40), start)
    country = lookup_country(first["who"]) if first else None
    if first and country:
        yield Actor(f"{kind} of {country.name}", STATE, *first.span("who"), role)


def _find_generic(text: str) -> Iterator[Actor]:
    for pattern, name, code in _generic_patterns():
        for match in pattern.finditer(text):
            shown = name.replace("{who}", _who_text(match))
            yield Actor(shown, code, *match.span(), _role(text, match.start()), generic=True)


def _who_text(match: re.Match[str]) -> str:
    who = match.groupdict().get("who") or ""
    country = lookup_country(who)
    return country.name if country else who


def _country_code(who: str | None, fallback: str) -> str:
    country = lookup_country(who) if who else None
    return country.code if country else fallback


def _role(text: str, start: int) -> str:
    before = text[max(0, start - 24) : start]
    if re.search(r"(?:backed|supported|aided|assisted|covered) by (?:the )?$", before):
        return "backer"
    return "leader" if re.search(r"\bled by (?:the |a )?$", before) else ""


def _fold_alias(alias: str) -> str:
    return re.sub(r"[\s-]+", " ", alias.replace("\u2019", "'")).lower()


@cache
def _aliases() -> dict[str, tuple[str, int]]:
    return {
        _fold_alias(alias): (group["name"], group["code"])
        for group in load_words("actors")["groups"]
        for alias in group["aliases"]
    }


@cache
def _group_pattern() -> re.Pattern[str]:
    aliases = [alias for group in load_words("actors")["groups"] for alias in group["aliases"]]
    parts = []
    for alias in sorted(aliases, key=len, reverse=True):
        escaped = re.sub(r"(?:\\ |\\-)", r"[\\s-]", re.escape(alias)).replace("'", "['\u2019]")
        parts.append(escaped if len(alias) <= 5 else f"(?i:{escaped})")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w])")


def _either(key: str) -> str:
    words = sorted(load_words("actors")[key], key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)


@cache
def _police() -> frozenset[str]:
    return frozenset(load_words("actors")["police_nouns"])


@cache
def _unknown_alone() -> frozenset[str]:
    return frozenset(load_words("actors")["state_nouns_bare_unknown"])


@cache
def _state_pattern() -> re.Pattern[str]:
    words = load_words("actors")
    phrases = "|".join(words["state_phrases"])
    nouns = f"{_either('police_nouns')}|{_either('state_nouns')}|{phrases}"
    modifiers = rf"(?:(?i:{_either('state_modifiers')})[\s,]+(?:and\s+)?)"
    return re.compile(
        rf"(?<![\w-])(?:(?P<who>{country_pattern()})(?:['\u2019]s)?\s+)?"
        rf"(?P<modifiers>{modifiers}{{0,3}})(?P<noun>(?i:{nouns}))(?!\w)(?!-(?:held|backed|led))"
    )


@cache
def _partner_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<who>{country_pattern()})\s+and\s+$")


@cache
def _generic_patterns() -> tuple[tuple[re.Pattern[str], str, int], ...]:
    words = load_words("actors")
    country = country_pattern()
    militia = "|".join(words["militia_phrases"])
    ethnic = "|".join(words["ethnic_forces"])
    fighters = r"(?:forces|fighters|militants?|rebels|troops|gunmen|combatants)"
    groups = r"(?:armed |militant )?(?:militi\w+|groups?)"
    table = [
        (
            rf"(?P<who>{country})-(?:backed|aligned|allied) {groups}",
            "Militia (pro-{who})",
            POLITICAL,
        ),
        (rf"pro-(?P<who>{country}) {groups}", "Militia (pro-{who})", POLITICAL),
        (rf"(?P<who>{country}) (?:{militia})", "Militia ({who})", POLITICAL),
        (rf"(?P<who>{ethnic}) (?:{militia})", "{who} militia", IDENTITY),
        (rf"(?P<who>{ethnic}) {fighters}", "{who} forces", REBEL),
        ("|".join(words["rebel_phrases"]), OPPOSITION, REBEL),
        ("|".join(words["gunmen_phrases"]), GUNMEN, POLITICAL),
        (militia, "Militia", POLITICAL),
        ("|".join(words["protester_phrases"]), "Protesters", PROTESTERS),
        ("|".join(words["rioter_phrases"]), "Rioters", RIOTERS),
        ("|".join(words["civilian_phrases"]), CIVILIANS, CIVILIAN),
    ]
    return tuple((_compile(words_), name, code) for words_, name, code in table)


def _compile(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w])".replace(" ", r"\s+"), re.IGNORECASE)
