"""Tolls: how many were killed or injured, of whom, and how sure the words are.

Vague words count as ACLED's codebook counts them (`data/numbers.yaml`). A number for killed and
injured together is no toll: it cannot be split.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reports.tokens import Token, find_tokens, starts_with
from reports.toll_links import Hit, find_hits
from reports.toll_nouns import Counted, find_counted
from reports.toll_verbs import find_verbs
from reports.words import load_words

# "Since 2011", "since March 9": the start of a long span.
SINCE = re.compile(
    r"\bsince (?:early |late |mid-)?(?:19|20)\d\d\b|\bsince (?:[A-Z][a-z]+ )(?:\d{1,2}|20\d\d)\b"
)
# "As for Syrian troops, two were killed"; "Of the attackers, three were wounded".
TOPIC = re.compile(
    r"(?:^|[.;:,]\s|\band\s)\W?(?:as (?:for|to)|of|among|from among)\s"
    r"(?:the\s)?(?:\d+\s)?(?!them\b|whom\b|those\b|which\b)(?P<group>[^,;:\d]{3,60}),",
    re.IGNORECASE,
)
# "51 fighters on the government's side and 45 on the other": whose they were.
THEIR_SIDE = re.compile(
    r"\s(?:people\s|fighters\s)?on\s(?:the|its|their)\s(?:(?P<other>other|opposing)\b|"
    r"(?P<whose>[A-Za-z' \u2019-]{3,30}?)(?:['\u2019]s|['\u2019])?\s)(?:side\b)?"
)
SIDE = re.compile(r"\bon the (?P<group>[^,;:\d]{3,40}?) side\b", re.IGNORECASE)


class Toll(NamedTuple):
    """How many of one group were killed or injured, as one phrase says it.

    `low`, `best`, `high` are what the words allow: "at least 22" leaves `high` open, "up to 50"
    has only a `high`. `group_text` is the noun phrase as written, "" where none is said;
    `is_carried` says that it was taken from the clause or sentence before. `including` are
    parts of the number ("including 10 children"). `is_background` hints at a figure of the whole
    war. `text` is the span `start` to `end` of the sentence.
    """

    kind: str
    low: int | None
    best: int | None
    high: int | None
    qualifier: str
    group_text: str
    text: str
    start: int
    end: int
    including: dict[str, int]
    is_background: bool = False
    is_carried: bool = False


class _Group(NamedTuple):
    """Whom the numbers that follow count, and where in the sentence that is said."""

    text: str
    end: int


def find_tolls(sentence_text: str, *, before: str = "") -> list[Toll]:
    """All tolls a sentence states, left to right; `before` is the sentence before it.

    >>> [(t.kind, t.low, t.group_text) for t in find_tolls("Two men were killed and four hurt.")]
    [('killed', 2, 'men'), ('injured', 4, 'men')]
    """
    tokens = find_tokens(sentence_text)
    verbs = find_verbs(tokens)
    blocked = frozenset(i for verb in verbs for i in range(verb.first, verb.last))
    counted = find_counted(tokens, blocked)
    hits = sorted(find_hits(tokens, verbs, counted), key=lambda hit: hit.counted.first)
    parts = _find_parts(hits, counted)
    background = is_background(sentence_text)
    tolls = [
        _make_toll(sentence_text, tokens, hit, parts.get(hit.counted.first, {})) for hit in hits
    ]
    people = [_Group(item.group, tokens[item.first].start) for item in counted if item.is_people]
    tolls = _carry_groups(sentence_text, list(zip(tolls, hits, strict=True)), before, people)
    tolls.extend(_find_nobody(sentence_text, tokens, tolls))
    return sorted((toll._replace(is_background=background) for toll in tolls), key=_order)


def is_background(sentence_text: str) -> bool:
    """Whether a sentence speaks of the whole war or a long span before.

    >>> is_background("More than 370,000 have died since 2011.")
    True
    """
    low = sentence_text.lower()
    phrases = load_words("tolls")["background"]
    return bool(SINCE.search(sentence_text)) or any(phrase in low for phrase in phrases)


def _order(toll: Toll) -> tuple[int, int, str]:
    return toll.start, toll.end, toll.kind


def _make_toll(text: str, tokens: Sequence[Token], hit: Hit, including: dict[str, int]) -> Toll:
    """The toll of one hit, its span from the number to the verb."""
    first = min(hit.counted.first, hit.verb.first)
    last = max(hit.counted.last, hit.verb.last)
    start, end = tokens[first].start, tokens[last - 1].end
    quantity = hit.counted.quantity
    return Toll(
        hit.verb.kind,
        quantity.low,
        quantity.best,
        quantity.high,
        quantity.qualifier,
        "" if hit.verb.tail else _read_group(text, tokens, hit.counted),
        text[start:end],
        start,
        end,
        including,
    )


def _read_group(text: str, tokens: Sequence[Token], counted: Counted) -> str:
    """The noun phrase of a number, with the side they were on behind it."""
    match = THEIR_SIDE.match(text, tokens[counted.last - 1].end)
    if match is None or not (match["other"] or match.group().endswith("side")):
        return counted.group
    return "their opponents" if match["other"] else f"{match['whose']} {counted.group}".strip()


def _find_parts(hits: Sequence[Hit], counted: Sequence[Counted]) -> dict[int, dict[str, int]]:
    """The parts of each number, by the token at which the whole begins."""
    parts: dict[int, dict[str, int]] = {}
    wholes = [hit.counted.first for hit in hits]
    for item in counted:
        before = [first for first in wholes if first < item.first]
        if item.is_part and before and item.first not in wholes:
            quantity = item.quantity
            figures = (quantity.best, quantity.low, quantity.high)
            figure = next(value for value in figures if value is not None)
            parts.setdefault(before[-1], {})[item.group or "people"] = figure
    return parts


def _carry_groups(
    text: str, pairs: Sequence[tuple[Toll, Hit]], before: str, people: Sequence[_Group]
) -> list[Toll]:
    """The tolls, each without a group of its own given that of its clause or the one before."""
    known = sorted([*_find_topics(text)], key=lambda group: group.end)
    carried: list[Toll] = []
    for toll, hit in pairs:
        group = toll.group_text
        if not group:
            group = _known_before(known, toll.start)
            if not group and hit.counted.refers:
                group = _known_before(people, toll.start)
            group = group or _earlier(before, hit)
            toll = toll._replace(group_text=group, is_carried=bool(group))  # noqa: PLW2901
        known.append(_Group(group, toll.start))
        known.sort(key=lambda entry: entry.end)
        carried.append(toll)
    return carried


def _known_before(known: Sequence[_Group], start: int) -> str:
    groups = [group.text for group in known if group.end <= start and group.text]
    return groups[-1] if groups else ""


def _earlier(before: str, hit: Hit) -> str:
    """The group of the last toll of the sentence before, where this number leans on it."""
    leans = hit.counted.refers or hit.counted.first < hit.verb.first
    tolls = find_tolls(before) if before and leans else []
    groups = [toll.group_text for toll in tolls if toll.group_text]
    return groups[-1] if groups else ""


def _find_topics(text: str) -> Iterator[_Group]:
    """Groups named at the head of a clause."""
    for match in TOPIC.finditer(text):
        yield _Group(match["group"].strip(), match.start("group"))
    for match in SIDE.finditer(text):
        group = match["group"].replace("\u2019", "'").removesuffix("'s").removesuffix("'")
        yield _Group(group.strip(), match.start("group"))


def _find_nobody(text: str, tokens: Sequence[Token], tolls: Sequence[Toll]) -> list[Toll]:
    """The tolls of none: "no casualties", one for each kind it speaks of."""
    found: list[Toll] = []
    for index, token in enumerate(tokens):
        for entry in load_words("tolls")["nobody"]:
            size = starts_with(tokens, index, entry["words"])
            if not size or any(toll.start <= token.start < toll.end for toll in [*found, *tolls]):
                continue
            start, end = token.start, tokens[index + size - 1].end
            found.extend(
                Toll(kind, 0, 0, 0, "", "", text[start:end], start, end, {})
                for kind in entry["kinds"]
            )
    return found
