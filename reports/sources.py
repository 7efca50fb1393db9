"""Who claims it: the organisation, office or person a statement is attributed to."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from reports.actors import find_actors
from reports.countries import find_countries, load_countries
from reports.words import load_set, load_words

# News agencies that pass on what another source says: named only where nobody else is.
RELAYS = frozenset(
    {"AFP", "Reuters", "Associated Press", "TASS", "RIA Novosti", "Interfax", "Xinhua"}
)
MAX_WORDS = 9
# "Rami Abdul Rahman", "Mr Lavrentyev": two or more words with capitals at the end of the phrase.
PERSON = re.compile(
    r"(?:(?!But |And |Both |The )[A-Z][\w'\u2019.-]+\s+){1,3}(?:al[- ])?[A-Z][\w'\u2019-]+$"
)

# "The X Network, a local monitoring group, (said)"; one of the two is the name.
APPOSITION = re.compile(
    r"(?:^|(?<=[,;\u201d\"]\s))(?P<one>(?:[Tt]he|[Aa]n?)\s[^,;\u201c\u201d\"]{3,60}),\s"
    r"(?P<other>(?:an?|the)\s[^,;\u201c\u201d\"]{3,60}),\s+$"
)


class SourceFinding(NamedTuple):
    """A claimant in a sentence: canonical `name`; `start` to `end` is the noun phrase."""

    name: str
    start: int
    end: int
    is_pronoun: bool = False


@cache
def _verb_pattern() -> re.Pattern[str]:
    verbs = "|".join(load_words("sources")["verbs"])
    return re.compile(
        rf"(?:\b(?:has|have|had|also|later|then)\s+){{0,2}}\b(?:{verbs})\b(?!\s+to\s+be)"
    )


@cache
def _claimant_pattern() -> re.Pattern[str]:
    aliases = sorted(_claimants(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, aliases))})(?![\w-])")


@cache
def _claimants() -> dict[str, str]:
    rows = load_words("sources")["claimants"]
    return {alias: row["name"] for row in rows for alias in row["aliases"]}


@cache
def _offices() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = load_words("sources")["offices"]
    return tuple((re.compile(rf"\b{row['words']}\b", re.IGNORECASE), row["name"]) for row in rows)


def find_source(text: str, *, last: str = "", country: str = "") -> SourceFinding | None:
    """The claimant a sentence names; `last` is the one named before, for "it" and "he".

    An agency is the source only where it passes on nobody else. `None` where nobody is named.

    >>> find_source("Nine died, the Syrian Observatory said.").name
    'Syrian Observatory for Human Rights'
    """
    found = [_name_phrase(text, span, last, country) for span in _find_phrases(text)]
    named = [finding for finding in found if finding is not None]
    first_hand = [finding for finding in named if finding.name not in RELAYS]
    return next(iter([*first_hand, *named]), None)


def is_describing(name: str) -> bool:
    """Whether a source's name only says what it is: "UK-based activist group", "a war monitor".

    >>> is_describing("London-based war monitor"), is_describing("Lake Chad Rights Watch")
    (True, False)
    """
    kinds = load_set("sources", "describing")
    words = name.split()[-2:]
    told = " ".join(words).lower() in kinds or words[-1].lower() in kinds
    return told and words[-1].islower()


def is_organisation(name: str) -> bool:
    """Whether a source is one that such words describe: a monitor, network, or group by name.

    >>> is_organisation("Arakan Human Rights Network"), is_organisation("Rami Abdul Rahman")
    (True, False)
    """
    nouns = load_set("sources", "organisation_nouns")
    return len(name.split()) > 1 and any(word in nouns for word in name.split())


def find_claim_spans(text: str) -> list[tuple[int, int]]:
    """Spans of all noun phrases that claim something: their words count nobody and are no place.

    >>> find_claim_spans("Nine died, a doctor said.")
    [(11, 19)]
    """
    return list(_find_phrases(text))


def _find_phrases(text: str) -> Iterator[tuple[int, int]]:
    """Spans of noun phrases that claim: "according to X", "X said", "said X"."""
    for match in re.finditer(r"(?i)\b(?:according to|citing|quoting)\s+([^,;.\u201d\"]+)", text):
        yield match.span(1)
    for match in _verb_pattern().finditer(text):
        subject = _subject_before(text, match.start())
        if subject:
            yield subject
        after = re.compile(r"\s+((?:the |an? )?[A-Z][^,;.\u201c\"]+)").match(text, match.end())
        if after and not subject:
            yield after.span(1)


def _subject_before(text: str, verb: int) -> tuple[int, int] | None:
    """The noun phrase before a verb, back to the last comma, quotation mark or "as"."""
    cuts = [
        match.end()
        for match in re.finditer(
            r"[,;\u201c\u201d\"]|\b(?:as|after|while|but|that)\b|[\u2013\u2014]", text[:verb]
        )
    ]
    start = cuts[-1] if cuts else 0
    apposition = APPOSITION.search(text[:verb])
    if apposition:
        return _choose_apposed(apposition)
    piece = text[start:verb]
    left = len(piece) - len(piece.lstrip())
    phrase = piece.strip()
    if not phrase or len(phrase) < 2:
        return None
    return start + left, start + left + len(phrase)


def _choose_apposed(match: re.Match[str]) -> tuple[int, int]:
    """The span of the named one of two: "the X Network, a monitoring group," and its reverse."""
    which = "other" if is_describing(re.sub(r"^\W*", "", match["one"])) else "one"
    return match.span(which)


def _name_phrase(text: str, span: tuple[int, int], last: str, country: str) -> SourceFinding | None:
    phrase = text[span[0] : span[1]]
    bare = re.sub(r"^(?:the|an?)\s+", "", phrase, flags=re.IGNORECASE)
    if phrase.lower() in load_set("sources", "pronouns"):
        return SourceFinding(last, *span, is_pronoun=True) if last else None
    name = _known_name(phrase, country) or _plain_name(bare)
    return SourceFinding(name, *span) if name else None


def _known_name(phrase: str, country: str) -> str:
    claimants = [
        _claimants()[match.group()]
        for match in _claimant_pattern().finditer(phrase)
        if not _is_longer_name(phrase, match)
    ]
    if claimants:
        return next((name for name in claimants if name not in RELAYS), claimants[0])
    groups = [actor.name for actor in find_actors(phrase) if not actor.generic and actor.code != 1]
    if groups:
        return groups[0]
    mentions = find_countries(phrase)
    codes = list(dict.fromkeys(mention.code for mention in mentions))
    fallback = [country] if country and not PERSON.search(phrase) else []
    for pattern, name in _offices():
        if pattern.search(phrase) and (codes or fallback):
            return "; ".join(_fill(name, code) for code in codes or fallback)
    if mentions and mentions[0].kind == "name" and len(phrase.split()) <= 3:
        return f"Government of {load_countries()[codes[0]].name}"
    seat = _capitals().get(phrase, "")
    return f"Government of {load_countries()[seat].name}" if seat else ""


def _is_longer_name(phrase: str, match: re.Match[str]) -> bool:
    """Whether one word is the end of another's name: "the Lake Chad Observatory"."""
    before = re.search(r"([A-Z][\w\u2019'-]*)\s$", phrase[: match.start()])
    first = before is not None and before.group(1) not in ("The", "London-based", "Britain-based")
    return first and " " not in match.group() and match.group() == match.group().capitalize()


@cache
def _capitals() -> dict[str, str]:
    return {entry.capital: code for code, entry in load_countries().items()}


def _fill(name: str, code: str) -> str:
    entry = load_countries()[code]
    return name.format(adjective=entry.adjective, country=entry.name)


def _plain_name(phrase: str) -> str:
    """A person's name, or the noun phrase of a claimant of a known kind; else empty."""
    person = PERSON.search(phrase)
    if person:
        return person.group()
    head = re.split(r"\s(?:of|from|in|with|at|on|for|close|who|which)\s", phrase)[0].lower()
    heads = (head, head.removesuffix("s"))
    known = any(
        one == word or one.endswith(f" {word}")
        for word in load_words("sources")["people"]
        for one in heads
    )
    return phrase if known and len(phrase.split()) <= MAX_WORDS else ""
