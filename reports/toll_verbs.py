"""The verbs of death and injury in a sentence, and on which side of them the number stands."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from reports.tokens import Token, starts_with
from reports.words import load_set, load_words


class Verb(NamedTuple):
    """A word or words of death or injury, over the tokens `first` to `last` (not included).

    `side` says where those who died or were hurt stand: `object` behind it, `subject` before it,
    `either` (a past form that may be active or passive), `noun` (they stand right before it:
    "five deaths"). `start` is where the predicate begins, with its auxiliaries.
    """

    first: int
    last: int
    kind: str
    side: str
    start: int
    has_auxiliary: bool = False
    people_only: bool = False
    tail: str = ""


def find_verbs(tokens: Sequence[Token]) -> list[Verb]:
    """All verbs and nouns of death and injury, left to right; threats and denials left out."""
    found: list[Verb] = []
    index = 0
    while index < len(tokens):
        verb = _read_verb(tokens, index)
        if verb:
            found.append(verb)
        index = verb.last if verb else index + 1
    return _drop_joint(tokens, found)


def _read_verb(tokens: Sequence[Token], index: int) -> Verb | None:
    """The verb that begins at this token: the longest group of words first."""
    entry = _longest(tokens, index, "object_phrases")
    subject = _longest(tokens, index, "subject_phrases")
    if subject and (entry is None or len(subject["words"]) > len(entry["words"])):
        return _make_subject(tokens, index, subject)
    if entry:
        return _make_object(tokens, index, entry)
    known = _forms().get(tokens[index].low)
    return _make_form(tokens, index, known[0], known[1]) if known else None


def _longest(tokens: Sequence[Token], index: int, key: str) -> Mapping[str, Any] | None:
    entries = _phrases(key).get(tokens[index].low, ())
    fits = [entry for entry in entries if starts_with(tokens, index, entry["words"])]
    return max(fits, key=lambda entry: len(entry["words"]), default=None)


@cache
def _phrases(key: str) -> dict[str, list[Mapping[str, Any]]]:
    """The phrases of a table by their first word."""
    table: dict[str, list[Mapping[str, Any]]] = {}
    for entry in load_words("tolls")[key]:
        table.setdefault(entry["words"].split()[0], []).append(entry)
    return table


@cache
def _forms() -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Every form of every verb, with its entry."""
    table = load_words("tolls")["object_verbs"]
    return {form: (past, entry) for past, entry in table.items() for form in entry["forms"]}


def _make_object(tokens: Sequence[Token], index: int, entry: Mapping[str, Any]) -> Verb | None:
    """A group of words with its object behind it; "shot dead" may be passive as well."""
    last = index + len(entry["words"].split())
    if not _has_needed(tokens, entry):
        return None
    start, has_auxiliary, unreal = _read_auxiliaries(tokens, index)
    if unreal:
        return None
    closed = tokens[last - 1].low in ("of", "to") or bool(entry.get("tail"))
    passive = has_auxiliary and _is_passive(tokens, start, index)
    side = "object" if closed else "subject" if passive else "either"
    return Verb(
        index,
        last,
        entry["kind"],
        side,
        start,
        has_auxiliary,
        bool(entry.get("people")),
        entry.get("tail", ""),
    )


def _make_subject(tokens: Sequence[Token], index: int, entry: Mapping[str, Any]) -> Verb | None:
    last = index + len(entry["words"].split())
    if not _has_needed(tokens, entry):
        return None
    if entry.get("noun"):
        return Verb(index, last, entry["kind"], "noun", index)
    start, has_auxiliary, unreal = _read_auxiliaries(tokens, index)
    if unreal or _is_adjective(tokens, last):
        return None
    return Verb(index, last, entry["kind"], "subject", start, has_auxiliary)


def _has_needed(tokens: Sequence[Token], entry: Mapping[str, Any]) -> bool:
    """Whether the sentence holds one of the words an entry asks for."""
    needs = entry.get("needs")
    return needs is None or any(token.low in load_set("tolls", needs) for token in tokens)


def _make_form(
    tokens: Sequence[Token], index: int, past: str, entry: Mapping[str, Any]
) -> Verb | None:
    """A verb in one of its forms: "killing" has an object, "were killed" a subject."""
    low = tokens[index].low
    start, has_auxiliary, unreal = _read_auxiliaries(tokens, index)
    if unreal or (low == "wounds" and tokens[index - 1].low in ("of", "their", "his", "from")):
        return None
    if not has_auxiliary and low in ("wounded", "injured") and _is_described(tokens, index):
        return None
    side = "object"
    if low == past or low in ("slew", "hurt"):
        passive = has_auxiliary and _is_passive(tokens, start, index)
        active = has_auxiliary and not passive
        side = "subject" if passive else "object" if active else "either"
    fatal = any(token.low in load_set("tolls", "fatal_adverbs") for token in tokens[start:index])
    kind = "killed" if fatal else entry["kind"]
    return Verb(index, index + 1, kind, side, start, has_auxiliary, bool(entry.get("people")))


def _read_auxiliaries(tokens: Sequence[Token], index: int) -> tuple[int, bool, bool]:
    """Where the predicate begins, whether it has an auxiliary, and whether it is unreal."""
    start, has_auxiliary = index, False
    while start:
        low = tokens[start - 1].low
        if low in load_set("tolls", "unreal") or low.endswith("n't"):
            return start - 1, has_auxiliary, True
        if low in load_set("tolls", "auxiliaries"):
            has_auxiliary = has_auxiliary or low != "left"
        elif low not in load_set("tolls", "adverbs"):
            break
        start -= 1
    return start, has_auxiliary, False


def _is_passive(tokens: Sequence[Token], start: int, index: int) -> bool:
    return any(token.low in load_set("tolls", "passive") for token in tokens[start:index])


def _is_adjective(tokens: Sequence[Token], index: int) -> bool:
    """Whether a noun follows "dead": "two dead fighters" were dead before."""
    if index >= len(tokens):
        return False
    low = tokens[index].low
    return low in load_set("people", "people") or low in ("bodies", "body", "end", "heat", "sea")


def _is_described(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word describes people: "10 wounded fighters were evacuated"."""
    before = tokens[index - 1].low if index else ""
    counts = before[:1].isdigit() or before in load_set("numbers", "cardinals") or before == "the"
    return counts and _is_adjective(tokens, index + 1)


def _drop_joint(tokens: Sequence[Token], verbs: list[Verb]) -> list[Verb]:
    """Without "killed and wounded", "dead or injured": such a number cannot be split."""
    joint: set[int] = set()
    for left, right in pairwise(verbs):
        between = [token.low for token in tokens[left.last : right.start]]
        if between in (["and"], ["or"], ["/"], ["and", "/", "or"]) and left.kind != right.kind:
            joint |= (
                {left.first}
                if right.side == "subject" and _is_death(tokens, right)
                else {
                    left.first,
                    right.first,
                }
            )
    return [verb for verb in verbs if verb.first not in joint]


def _is_death(tokens: Sequence[Token], verb: Verb) -> bool:
    """Whether the second of two verbs is how it ended: "was wounded and later died"."""
    return tokens[verb.first].low in ("died", "succumbed", "perished")
