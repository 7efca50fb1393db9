"""Place phrases in Arabic cells: "ريف حلب الجنوبي", "مطار أبو الظهور العسكري", "شمال إدلب"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from gazetteer.phrase_arabic_words import (
    SAID,
    find_arabic_tokens,
    load_arabic_words,
    opens,
)
from gazetteer.phrase_parts import NATURAL, PlacePhrase, is_part
from gazetteer.phrase_words import Token, match_words
from gazetteer.place import Mention

_ARABIC = re.compile("[\u0600-\u06ff]")
_DASHES = frozenset({"-", "\u2013", "\u2014"})
_COMMAS = frozenset({",", "\u060c"})
# Longer cells are no place phrase.
_MOST_TOKENS = 60
_AND = "و"
# A name of two letters after "and" is none: "واد" is a valley.
_LEAST_JOINED = 3


def parse_arabic(text: str) -> PlacePhrase | None:
    """Reads a cell in Arabic script as one place phrase; `None` for other scripts.

    >>> parse_arabic("ريف حلب الجنوبي").headings
    ('south',)
    """
    if not _ARABIC.search(text):
        return None
    tokens = find_arabic_tokens(text)
    if not 0 < len(tokens) <= _MOST_TOKENS:
        return PlacePhrase(text, 0, len(text), "in", (Mention(text, "", (), 0, len(text)),))
    phrase = _read_pair(text, tokens) or _read_phrase(text, tokens)
    return replace(phrase, text=text, start=0, end=len(text))


def _make(relation: str, *mentions: Mention, containers: Sequence[Mention] = ()) -> PlacePhrase:
    return PlacePhrase("", 0, 0, relation, mentions, containers=tuple(containers))


def _read_pair(text: str, tokens: Sequence[Token]) -> PlacePhrase | None:
    """City and neighbourhood with a dash between them; the ends of a road; a crossing's sides."""
    cuts = [at for at, token in enumerate(tokens) if token.text in _DASHES]
    if len(cuts) != 1 or not 0 < cuts[0] < len(tokens) - 1:
        return None
    sides = tokens[: cuts[0]], tokens[cuts[0] + 1 :]
    first, second = (_read_name(text, side) for side in sides)
    if first.feature == "road":
        return _make("direction", replace(first, feature="", variants=()), second)
    if first.feature == "crossing":
        whole = text[tokens[0].start : tokens[-1].end]
        return _make("in", replace(first, variants=(*first.variants, whole)))
    if is_part(first) and not is_part(second):
        first, second = second, first
    part = replace(second, feature=second.feature or "neighbourhood")
    return _make("in", part, containers=(first,))


def _read_phrase(text: str, tokens: Sequence[Token]) -> PlacePhrase:
    """The words of a relation, the name they are about, and what holds it."""
    words = load_arabic_words()
    headings: list[str] = []
    relation, countryside, km, at = "in", False, None, 0
    while at < len(tokens) - 1:
        found = match_words(words.opening, tokens, at) if opens(tokens[at]) else None
        distance = _read_distance(tokens, at)
        if found is None and distance is None:
            break
        if found is None:
            km, at = distance, at + 2
            continue
        kind, after = found
        if after >= len(tokens):
            break
        if kind == "between":
            return _read_between(text, tokens[after:]) or _read_held(text, tokens[after:])
        at = after
        countryside = countryside or kind == "land"
        relation = "near" if kind == "near" else relation
        headings += [kind] if kind not in SAID else []
    rest, turned = _take_turns(tokens[at:] or tokens, countryside=countryside)
    phrase = _read_held(text, rest)
    if headings or countryside:
        relation = "sector"
    if km is not None:
        relation = "offset"
    if relation == "in":
        return phrase
    joined = tuple(_join_headings([*headings, *turned]))
    # The land round Damascus is a governorate of that name: the gazetteer knows.
    whole = _make_mention(text, tokens) if countryside and not joined else None
    return replace(
        phrase,
        relation=relation,
        headings=joined,
        countryside=countryside,
        distance_km=km,
        whole=whole,
    )


def _read_distance(tokens: Sequence[Token], at: int) -> float | None:
    if at + 1 >= len(tokens) or tokens[at + 1].lower not in load_arabic_words().km:
        return None
    try:
        return float(tokens[at].text.replace("\u066b", "."))
    except ValueError:
        return None


def _take_turns(tokens: Sequence[Token], *, countryside: bool) -> tuple[list[Token], list[str]]:
    """Takes the headings after the name of a countryside: "(ريف) حلب الجنوبي الشرقي"."""
    words, found = load_arabic_words(), list(tokens)
    turned: list[str] = []
    while countryside and len(found) > 1:
        last = found[-1]
        bare = match_words(words.headings, [last], 0)
        joined = match_words(words.headings, [_drop_and(last)], 0)
        heading = bare or joined
        if heading is None:
            break
        turned[:0] = [heading[0]] if bare else ["", heading[0]]
        found.pop()
    return found, turned


def _drop_and(token: Token) -> Token:
    """A word without "and" before it, and then without its article."""
    if not token.text.startswith(_AND) or len(token.text) <= _LEAST_JOINED:
        return token
    rest = find_arabic_tokens(token.text[1:])[0]
    return rest._replace(start=token.start + 1, end=token.end)


def _join_headings(headings: Sequence[str]) -> list[str]:
    """North and east beside each other are northeast; with "and" between them they are two."""
    joined: list[str] = []
    for heading in headings:
        both = f"{joined[-1]} {heading}" if joined else ""
        if both in load_arabic_words().joined:
            joined[-1] = load_arabic_words().joined[both]
        else:
            joined.append(heading)
    return [heading for heading in joined if heading]


def _read_between(text: str, tokens: Sequence[Token]) -> PlacePhrase | None:
    for at in range(1, len(tokens)):
        alone = tokens[at].text == _AND and at + 1 < len(tokens)
        glued = tokens[at].text.startswith(_AND) and len(tokens[at].text) > _LEAST_JOINED
        if alone or glued:
            second = [_drop_and(tokens[at])] if not alone else []
            sides = tokens[:at], [*second, *tokens[at + 1 :]]
            return _make("between", *(_read_name(text, side) for side in sides))
    return None


def _read_held(text: str, tokens: Sequence[Token]) -> PlacePhrase:
    """A name, and the place that holds it or lies beside it: "X في Y", "X شمال Y", "X، Y"."""
    words = load_arabic_words()
    for at in range(1, len(tokens) - 1):
        inside = match_words(words.inside, tokens, at)
        comma = tokens[at].text in _COMMAS
        heading = match_words(words.opening, tokens, at) if opens(tokens[at]) else None
        beside = heading is not None and heading[1] < len(tokens) and heading[0] != "land"
        if not (inside or comma or beside) or (beside and _is_bare_feature(tokens[:at])):
            continue
        begin = at + (1 if comma else 0)
        if inside is not None:
            begin = inside[1] if inside[1] < len(tokens) else at
            begin -= inside[0] == "joined"
        rest = _read_phrase(text, _open_joined(tokens[begin:]))
        name = _read_name(text, tokens[:at])
        return _make("in", name, containers=(*rest.mentions, *rest.containers))
    slash = [at for at, token in enumerate(tokens) if token.text == "/"]
    if slash and 0 < slash[0] < len(tokens) - 1:
        first, other = (_read_name(text, t) for t in (tokens[: slash[0]], tokens[slash[0] + 1 :]))
        names = tuple(dict.fromkeys((*first.variants, other.text, *other.variants)))
        return _make("in", replace(first, feature=first.feature or other.feature, variants=names))
    return _read_bracket(text, tokens)


def _open_joined(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with "بريف" (in the countryside of) as "ريف"."""
    if load_arabic_words().is_joined(tokens[0]):
        bare = find_arabic_tokens(tokens[0].text[1:])[0]
        first = bare._replace(start=tokens[0].start + 1, end=tokens[0].end)
        return [first, *tokens[1:]]
    return list(tokens)


def _is_bare_feature(tokens: Sequence[Token]) -> bool:
    found = match_words(load_arabic_words().features, tokens, 0)
    return found is not None and found[1] == len(tokens)


def _read_bracket(text: str, tokens: Sequence[Token]) -> PlacePhrase:
    """What stands in brackets holds the name, as in Latin cells."""
    marks = [token.text for token in tokens]
    if "(" in marks[1:] and ")" in marks[marks.index("(") :]:
        opened = marks.index("(")
        closed = marks.index(")", opened)
        outer, inner = [*tokens[:opened], *tokens[closed + 1 :]], tokens[opened + 1 : closed]
        if inner and any(map(_is_word, outer)):
            return _make("in", _read_name(text, outer), containers=(_read_name(text, inner),))
    return _make("in", _read_name(text, tokens))


def _is_word(token: Token) -> bool:
    return any(map(str.isalnum, token.text))


def _read_name(text: str, tokens: Sequence[Token]) -> Mention:
    """A name with the words for its kind: "مطار X العسكري", "اللواء 47"."""
    words = load_arabic_words()
    tokens = list(filter(_is_word, tokens)) or list(tokens)
    unit = _read_unit(text, tokens)
    if unit is not None:
        return unit
    found = match_words(words.features, tokens, 0) if opens(tokens[0]) else None
    if found is None or found[1] == len(tokens):
        return _make_mention(text, tokens)
    feature, first = found
    name, said = _drop_describing(tokens[first:], feature)
    if feature in NATURAL or not name:
        return _make_mention(text, tokens, feature)
    if said & words.military and feature == "airport":
        feature = "airbase"
    if said & words.air and feature == "base":
        feature = "airbase"
    whole = text[tokens[0].start : tokens[-1].end]
    return _make_mention(text, name, feature, (whole,) if feature in words.whole else ())


def _drop_describing(tokens: Sequence[Token], feature: str) -> tuple[list[Token], set[str]]:
    """A facility's name without "military", "international", "oil" after it; and these words."""
    words, found = load_arabic_words(), list(tokens)
    said: set[str] = set()
    while feature in words.whole and found and found[-1].lower in words.describing:
        said.add(found.pop().lower)
    return found, said


def _make_mention(
    text: str, tokens: Sequence[Token], feature: str = "", variants: tuple[str, ...] = ()
) -> Mention:
    start, end = tokens[0].start, tokens[-1].end
    return Mention(text[start:end], feature, variants, start, end)


def _read_unit(text: str, tokens: Sequence[Token]) -> Mention | None:
    """Reads "اللواء 47"; its English names are spellings in another script."""
    if len(tokens) < 2 or not tokens[1].text.isdigit():
        return None
    noun = load_arabic_words().units.get(tokens[0].text)
    if noun is None:
        return None
    number = int(tokens[1].text)
    written = f"{tokens[0].text} {number}"
    is_other = written != text[tokens[0].start : tokens[-1].end]
    names = (f"{noun} {number}", *([written] if is_other else []))
    return _make_mention(text, tokens, "base", names)
