"""Which number belongs to which verb of death or injury."""

from collections.abc import Sequence
from typing import NamedTuple

from reports.tokens import Token, starts_with
from reports.toll_nouns import MARKS_INSIDE, Counted, is_joined
from reports.toll_verbs import Verb
from reports.words import load_set, load_words

# How far behind a verb its object may begin: "killed the group's commander and three guards".
MAX_OBJECT_GAP = 6
# How far before its predicate a subject may end: a relative clause or an apposition.
MAX_SUBJECT_GAP = 18
# Without an auxiliary the number stands close: "22 troops killed in ...".
MAX_BARE_GAP = 2
# "The number of civilians and fighters who have been killed": so many words, at most.
MAX_NOUN_WORDS = 9
ASIDES = (
    (",", ","),
    ("-", "-"),
    ("(", ")"),
    ("[", "]"),
    ("\u2014", "\u2014"),
    ("\u2013", "\u2013"),
)


class Hit(NamedTuple):
    """A verb and a number of people it tells of."""

    verb: Verb
    counted: Counted


def find_hits(
    tokens: Sequence[Token], verbs: Sequence[Verb], counted: Sequence[Counted]
) -> list[Hit]:
    """Which number belongs to which verb; each number to one verb only."""
    hits: list[Hit] = []
    used: set[int] = set()
    for verb in _toll_nouns(tokens, verbs):
        free = [item for item in counted if item.first not in used and not item.is_part]
        found = _find_for(tokens, verb, verbs, free)
        used |= {item.first for item in found}
        hits.extend(Hit(verb, item) for item in found)
    return hits or _find_shares(tokens, counted)


def _find_shares(tokens: Sequence[Token], counted: Sequence[Counted]) -> list[Hit]:
    """The shares of a toll stated before: "12 of the dead were rebels and nine were soldiers"."""
    shares = load_words("tolls")["shares"]
    for index, item in enumerate(counted):
        behind, before = item.quantity.last, item.first - 4 + (item.first < 4)
        for words, kind in shares.items():
            at = behind if starts_with(tokens, behind, words) else max(before, 0)
            leads = item.first - at == 4 and tokens[item.first - 1].low == ","
            if not item.is_people or not starts_with(tokens, at, words):
                continue
            if at != behind and not leads:
                continue
            run = [item]
            for other in counted[index + 1 :]:
                if not (other.is_people and _goes_on(tokens, run[-1], other)):
                    break
                run.append(other)
            verb = Verb(item.first, item.first, kind, "toll", item.first)
            return [Hit(verb, one) for one in run]
    return []


def _find_for(
    tokens: Sequence[Token], verb: Verb, verbs: Sequence[Verb], free: Sequence[Counted]
) -> list[Counted]:
    """The numbers of one verb, on the side where its victims stand."""
    if verb.side == "toll":
        return _find_toll_noun(tokens, verb, free)
    people = [item for item in free if not item.is_thing and _fits(verb, item)]
    if verb.side == "noun":
        return [item for item in people if item.last == verb.first][:1]
    objects = [] if verb.side == "subject" else _find_objects(tokens, verb, verbs, people)
    if objects or verb.side == "object":
        return objects
    return _find_subjects(tokens, verb, verbs, people)


def _fits(verb: Verb, item: Counted) -> bool:
    return item.is_people or not verb.people_only


def _find_objects(
    tokens: Sequence[Token], verb: Verb, verbs: Sequence[Verb], people: Sequence[Counted]
) -> list[Counted]:
    """The numbers behind the verb, and those joined to the first of them."""
    found: list[Counted] = []
    for item in people:
        claimed = not _is_closed(tokens, verb) and _is_claimed(tokens, item, verbs)
        if item.first < verb.last or claimed:
            continue
        if (found and _goes_on(tokens, found[-1], item)) or (
            not found and _is_object_gap(tokens, verb.last, item.first)
        ):
            found.append(item)
        else:
            break
    if verb.tail:
        return [item for item in found[:1] if starts_with(tokens, item.quantity.last, verb.tail)]
    return found


def _is_closed(tokens: Sequence[Token], verb: Verb) -> bool:
    """Whether the number cannot be another verb's: "the bodies of 27 people were found"."""
    return tokens[verb.last - 1].low == "of"


def _goes_on(tokens: Sequence[Token], left: Counted, right: Counted) -> bool:
    """Whether two numbers are joined; "seven fighters from the SDF and four from the NPA" are."""
    if is_joined(tokens, left.last, right.first):
        return True
    gap = _strip_asides([token.low for token in tokens[left.last : right.first]])
    led = gap[:1] in (["from"], ["on"]) and len(gap) <= MAX_OBJECT_GAP
    return bool(gap) and gap[-1] == "and" and (len(gap) == 1 or led)


def _is_object_gap(tokens: Sequence[Token], last: int, first: int) -> bool:
    """Whether only adverbs, or an uncounted victim and "and", stand between verb and number."""
    gap = [token.low for token in tokens[last:first] if token.text not in MARKS_INSIDE]
    if all(word in load_set("tolls", "adverbs") or word in ("the", "another") for word in gap):
        return True
    stops = any(not word[0].isalnum() or _is_stop(word) for word in gap[:-1])
    return len(gap) <= MAX_OBJECT_GAP and gap[-1] == "and" and not stops


def _is_stop(word: str) -> bool:
    return word in load_set("tolls", "prepositions") or word in load_set("tolls", "auxiliaries")


def _is_claimed(tokens: Sequence[Token], item: Counted, verbs: Sequence[Verb]) -> bool:
    """Whether the number is the subject of what follows: "killed five, 10 wounded"."""
    if any(verb.start == item.last and verb.side != "object" for verb in verbs):
        return True
    follower = tokens[item.last].low if item.last < len(tokens) else ""
    return follower in ("was", "were", "have", "had", "has", "are", "is")


def _find_subjects(
    tokens: Sequence[Token], verb: Verb, verbs: Sequence[Verb], people: Sequence[Counted]
) -> list[Counted]:
    """The nearest number before the predicate that can be its subject, and those joined to it."""
    before = [item for item in people if item.last <= verb.start]
    for index in range(len(before) - 1, -1, -1):
        item = before[index]
        if _is_placed(tokens, item):
            continue
        if not _is_subject_gap(tokens, item.last, verb, verbs):
            continue  # it stands in an aside, or nothing before it fits either
        return _join_left(tokens, before[: index + 1])
    return []


def _join_left(tokens: Sequence[Token], items: Sequence[Counted]) -> list[Counted]:
    found = [items[-1]]
    for item in reversed(items[:-1]):
        if _is_placed(tokens, item) or not _goes_on(tokens, item, found[0]):
            break
        found.insert(0, item)
    return found


def _is_placed(tokens: Sequence[Token], item: Counted) -> bool:
    """Whether the number belongs to a place or a time: "in two villages", "two of the 30"."""
    if not item.first:
        return False
    low = tokens[item.first - 1].low
    owned = low in load_set("people", "possessives") or low == "the"
    of = item.first - 1 - owned
    if of > 0 and tokens[of].low == "of" and tokens[of - 1].low in load_set("tolls", "parts_of"):
        return True
    if of >= 0 and tokens[of].low == "of" and (of == 0 or not tokens[of - 1].low[0].isalnum()):
        return True  # "Of the 40 passengers, 12 died"
    return low in load_set("tolls", "placing")


def _is_subject_gap(tokens: Sequence[Token], last: int, verb: Verb, verbs: Sequence[Verb]) -> bool:
    """Whether nothing between number and predicate begins another statement."""
    gap = _strip_asides([token.low for token in tokens[last : verb.start]])
    if gap[:2] in ([",", "who"], [",", "which"]):
        gap = gap[1:]
    if len(gap) > (MAX_SUBJECT_GAP if verb.has_auxiliary else MAX_BARE_GAP):
        return False
    if any(last <= other.first < verb.first for other in verbs) and not _is_relative(gap):
        return False
    heads = load_set("tolls", "clause_heads")
    return not any(
        word in heads or word in (";", ":", ",", "-", "\u2014", "\u2013") for word in gap
    )


def _is_relative(gap: Sequence[str]) -> bool:
    return bool(gap) and gap[0] in ("who", "which")


def _strip_asides(gap: list[str]) -> list[str]:
    """The words without what stands between two commas, dashes or brackets."""
    for left, right in ASIDES:
        while left in gap:
            start = gap.index(left)
            if right not in gap[start + 1 :]:
                break
            gap = gap[:start] + gap[gap.index(right, start + 1) + 1 :]
    return gap


def _toll_nouns(tokens: Sequence[Token], verbs: Sequence[Verb]) -> list[Verb]:
    """The verbs and the toll nouns in order; a verb inside a toll noun is part of it."""
    nouns: list[Verb] = []
    for index in range(len(tokens)):
        noun = _read_toll_noun(tokens, index)
        if noun and not (nouns and nouns[-1].last > index):
            nouns.append(noun)
    rest = [verb for verb in verbs if not any(n.first <= verb.first < n.last for n in nouns)]
    return nouns + rest


def _read_toll_noun(tokens: Sequence[Token], index: int) -> Verb | None:
    """The toll noun that begins here: "death toll", "number of people who were killed"."""
    for entry in load_words("tolls")["toll_nouns"]:
        size = starts_with(tokens, index, entry["words"])
        if size:
            return Verb(index, index + size, entry["kind"], "toll", index)
    if not starts_with(tokens, index, "number of"):
        return None
    ends = load_words("tolls")["number_ends"]
    for last in range(index + 2, min(index + 2 + MAX_NOUN_WORDS, len(tokens))):
        if tokens[last].low in ends:
            return Verb(index, last + 1, ends[tokens[last].low], "toll", index)
        if not tokens[last].low[0].isalnum() or tokens[last].low in ("to", "rose", "reached"):
            break
    return None


def _find_toll_noun(tokens: Sequence[Token], verb: Verb, free: Sequence[Counted]) -> list[Counted]:
    """The number behind the last link of "the death toll rose from five to 12", or before it."""
    found: list[Counted] = []
    for item in free:
        lead = [token.low for token in tokens[item.last : verb.first]]
        to = item.first > 0 and tokens[item.first - 1].low in ("to", "at")
        if to and item.last <= verb.first and lead in ([",", "the"], ["the"], [","], []):
            return [item]  # "bringing to 14 the number of people killed"
        gap = tokens[verb.last : item.first]
        if item.first < verb.last or any(token.text in ";:." for token in gap):
            continue
        if any(token.low in load_set("tolls", "toll_links") for token in gap[-2:]):
            found = found if item.is_thing else [item]
    return found
