"""Counted people in a sentence: "at least 22 government troops", "a child", "45 of them"."""

from collections.abc import Sequence
from typing import NamedTuple

from reports.numbers import Quantity, find_quantities
from reports.tokens import Token, starts_with
from reports.words import load_set, load_words

# A noun phrase of more words than this behind a number has run into the rest of the sentence.
MAX_GROUP_WORDS = 6
ARTICLES = frozenset(("the", "a", "an"))
DETAIL_MARKS = frozenset((":", "-", "\u2013", "\u2014"))
MARKS_INSIDE = frozenset("\"'\u201c\u201d\u2018\u2019")


class Counted(NamedTuple):
    """A number of people: its quantity, its noun phrase, and what part it plays.

    Tokens `first` to `last` are the whole, `group` is the noun phrase as written ("" where the
    number stands alone), `is_people` says that its head is a noun for people, `is_thing` that it
    counts hours, tanks or strikes, `is_part` that it is a part of another ("including 10
    children"), `refers` that it is "others", "of them": people already named.
    """

    first: int
    last: int
    quantity: Quantity
    group: str
    is_people: bool
    is_thing: bool
    is_part: bool = False
    refers: bool = False


def find_counted(tokens: Sequence[Token], blocked: frozenset[int]) -> list[Counted]:
    """All counted noun phrases from left to right; `blocked` are tokens of verbs, which end one."""
    found: list[Counted] = []
    for quantity in find_quantities(tokens):
        if not (found and quantity.first < found[-1].last):  # "four members of one family"
            found.append(_make_counted(tokens, quantity, blocked))
    taken = {index for item in found for index in range(item.first, item.last)}
    for index in range(len(tokens)):
        single = None if index in taken else _read_single(tokens, index, blocked)
        if single and not taken & set(range(single.first, single.last)):
            found.append(single)
            taken |= set(range(single.first, single.last))
    return _mark_parts(tokens, _join_wholes(tokens, sorted(found)), blocked)


def _join_wholes(tokens: Sequence[Token], found: list[Counted]) -> list[Counted]:
    """The numbers, without wholes: "two of the 30 hostages" are two."""
    kept: list[Counted] = []
    for item in found:
        before = kept[-1] if kept else None
        gap = [token.low for token in tokens[before.quantity.last : item.first]] if before else []
        if before and gap in (["of"], ["of", "the"], ["of", "their"], ["of", "its"]):
            words = [str(token.text) for token in tokens[item.quantity.bare : item.quantity.last]]
            group = " ".join([*words, item.group])
            kept[-1] = before._replace(last=item.last, group=group, is_people=item.is_people)
        else:
            kept.append(item)
    return kept


def _make_counted(tokens: Sequence[Token], quantity: Quantity, blocked: frozenset[int]) -> Counted:
    """The quantity with the noun phrase behind it."""
    index, refers = quantity.last, False
    for phrase in load_set("tolls", "of_them"):
        size = starts_with(tokens, index, phrase)
        if size:
            linked = any(starts_with(tokens, index + size, word) for word in ("were", "was"))
            index, refers = index + size + linked, True
    index += starts_with(tokens, index, "of")
    last, is_people = _walk_group(tokens, index, blocked)
    if last == index:
        last = _extend_of(tokens, index, blocked)  # "four from the NPA"
        index += last > index
    if last == index and not refers:
        index, last, is_people = _walk_predicate(tokens, index, blocked)
        refers = is_people
    words = [token.low for token in tokens[index:last]]
    pronoun = bool(words) and all(word in load_set("tolls", "pronouns") for word in words)
    ends = words[:1] + words[-1:]
    is_thing = not is_people and any(word in load_set("tolls", "not_people") for word in ends)
    is_aged = starts_with(tokens, index, "aged") > 0
    group = "" if pronoun else _join(tokens, index, last) or _noun_itself(tokens, quantity)
    return Counted(
        quantity.first,
        last if words else quantity.last,
        quantity,
        group,
        is_people,
        is_thing,
        is_part=(refers and is_people) or is_aged,
        refers=refers or pronoun,
    )


def _walk_predicate(
    tokens: Sequence[Token], index: int, blocked: frozenset[int]
) -> tuple[int, int, bool]:
    """The noun phrase that says who they were: "(and 16) were soldiers"; none is empty."""
    if index < len(tokens) and tokens[index].low in ("were", "was"):
        last, is_people = _walk_group(tokens, index + 1, blocked)
        if is_people:
            return index + 1, last, True
    return index, index, False


def _noun_itself(tokens: Sequence[Token], quantity: Quantity) -> str:
    """The noun that counts and names at once: "couple"."""
    word = tokens[quantity.last - 1].low
    return word if word in load_set("people", "people") else ""


def _walk_group(tokens: Sequence[Token], index: int, blocked: frozenset[int]) -> tuple[int, bool]:
    """Where the noun phrase that begins here ends, and whether its head is a noun for people."""
    people = load_set("people", "people")
    last, head = index, 0
    while last < len(tokens) and last - index < MAX_GROUP_WORDS and last not in blocked:
        article = tokens[last].low in ARTICLES and tokens[last - 1].low != "of"
        if article or _ends_group(tokens[last]):
            break
        last += 1
        low = tokens[last - 1].low
        if head and low in load_set("tolls", "not_people"):
            return last, False  # "two rebel positions"
        if low.removesuffix("'s") in people:
            head = last
        elif head:
            break
    if not head:
        return last, False
    return _extend_and(tokens, _extend_of(tokens, head, blocked), blocked), True


def _extend_and(tokens: Sequence[Token], index: int, blocked: frozenset[int]) -> int:
    """Behind "and militiamen" in "30 soldiers and militiamen were killed"."""
    people = load_set("people", "people")
    last = index + 2
    if last >= len(tokens) or tokens[index].low not in ("and", "or"):
        return index
    verbal = last in blocked or tokens[last].low in load_set("tolls", "auxiliaries")
    return last if tokens[index + 1].low in people and verbal else index


def _extend_of(tokens: Sequence[Token], index: int, blocked: frozenset[int]) -> int:
    """Behind "of the security forces" after "members", "from the SDF" after "fighters"."""
    last = index + starts_with(tokens, index, "of")
    named = tokens[index + 1 : index + 4]
    named = [token for token in named if token.text not in load_words("dates")["months"]]
    named = [token for token in named if token.text not in load_words("dates")["weekdays"]]
    if starts_with(tokens, index, "from") and any(token.text[0].isupper() for token in named):
        last = index + 1
    if last == index:
        return index
    while last < len(tokens) and last - index < MAX_GROUP_WORDS + 2 and last not in blocked:
        if _ends_group(tokens[last]):
            break
        last += 1
    return last if last > index + 1 else index


def _ends_group(token: Token) -> bool:
    """Whether a noun phrase ends before this token."""
    if not token.low[0].isalnum():
        return token.text not in MARKS_INSIDE
    return any(
        token.low in load_set("tolls", key)
        for key in ("prepositions", "relatives", "auxiliaries", "adverbs", "of_word")
    )


def _read_single(tokens: Sequence[Token], index: int, blocked: frozenset[int]) -> Counted | None:
    """One person: "a Turkish soldier", "his wife"; "no civilians" is none of them."""
    singles = load_words("people")["singles"]
    low = tokens[index].low
    owned = low in load_set("people", "possessives")
    if low not in singles and not owned:
        return None
    last, is_people = _walk_group(tokens, index + 1, blocked)
    if low == "another" and last == index + 1 < len(tokens):
        quantity = Quantity(index, index + 1, 1, 1, 1, "", index)
        return Counted(index, last, quantity, "", is_people=False, is_thing=False, refers=True)
    head = tokens[last - 1].low if last > index + 1 else ""
    if not is_people or (owned and head not in load_set("people", "kin")):
        return None
    if _is_claimant(tokens, last):
        return None
    count = int(singles.get(low, 1))
    quantity = Quantity(index, index + 1, count, count, count, "", index)
    return Counted(
        index, last, quantity, _join(tokens, index + 1, last), is_people=True, is_thing=False
    )


def _is_claimant(tokens: Sequence[Token], index: int) -> bool:
    """Whether a verb of speech follows: "a doctor said", "a doctor at the hospital said"."""
    placed = index < len(tokens) and tokens[index].low in load_set("tolls", "placing")
    for token in tokens[index : index + (MAX_GROUP_WORDS if placed else 1)]:
        if token.low in load_words("dates")["speech"]:
            return True
        if not token.low[0].isalnum() or token.low in load_set("tolls", "auxiliaries"):
            break
    return False


def _join(tokens: Sequence[Token], first: int, last: int) -> str:
    """The words of a noun phrase, without article and without quotation marks."""
    words = [token.text for token in tokens[first:last] if token.text not in MARKS_INSIDE]
    while words and words[0].lower() in ARTICLES:
        words = words[1:]
    return " ".join(words)


def _mark_parts(
    tokens: Sequence[Token], found: list[Counted], blocked: frozenset[int]
) -> list[Counted]:
    """Marks the figures that are parts of another: "including 10 children and two women"."""
    marked: list[Counted] = []
    for item in found:
        before = marked[-1] if marked else None
        goes_on = before and before.is_part and is_joined(tokens, before.last, item.first)
        if goes_on and before and before.refers and tokens[before.last].low == ",":
            goes_on = False  # "eight of them officers, and three advisers"
        led = item.last not in blocked and _is_led_by_including(tokens, item)
        part = item.is_part or goes_on or led
        marked.append(item._replace(is_part=bool(part)))
    return _mark_details(tokens, marked)


def _mark_details(tokens: Sequence[Token], found: list[Counted]) -> list[Counted]:
    """Marks the figures that add up to one before: "five people: three soldiers and two men"."""
    marked = list(found)
    for index, item in enumerate(found):
        run = _find_run(tokens, found, index + 1)
        whole = item.quantity.low
        if len(run) < 2 or whole is None or not run[0].is_people:
            continue
        marks = {token.text for token in tokens[item.last : run[0].first]}
        details = bool(marks & DETAIL_MARKS) or (marks == {","} and len(run) > 1)
        if details and sum(part.quantity.low or 0 for part in run) == whole:
            marked[index + 1 : index + 1 + len(run)] = [part._replace(is_part=True) for part in run]
    return marked


def _find_run(tokens: Sequence[Token], found: list[Counted], index: int) -> list[Counted]:
    """The figures from one on that are joined to each other."""
    run = found[index : index + 1]
    for item in found[index + 1 :]:
        if not is_joined(tokens, run[-1].last, item.first):
            break
        run.append(item)
    return run


def _is_led_by_including(tokens: Sequence[Token], item: Counted) -> bool:
    for phrase in load_words("tolls")["including"]:
        size = len(phrase.split())
        for skip in (0, 1):  # "among them were three children"
            start = item.first - size - skip
            if start >= 0 and starts_with(tokens, start, phrase):
                return skip == 0 or tokens[item.first - 1].low in ("were", "was", ",")
    return False


def is_joined(tokens: Sequence[Token], last: int, first: int) -> bool:
    """Whether only a comma, "and" and a possessive stand between two noun phrases."""
    gap = [token.low for token in tokens[last:first]]
    joins = {",", "and", "his", "her", "their", "its", "the", "plus", "&"}
    text = " ".join(gap)
    return bool(gap) and (
        set(gap) <= joins or text in ("as well as", "along with", "together with")
    )
