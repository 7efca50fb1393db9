"""Place phrases in the cells of a table, in any Latin or Cyrillic spelling, whatever the case."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from gazetteer.phrase_cell_words import (
    find_cell_tokens,
    load_cell_words,
    load_whole,
    match_last,
)
from gazetteer.phrase_foreign import read_foreign
from gazetteer.phrase_holders import INSIDE, read_holders
from gazetteer.phrase_names import Reader, load_sounds
from gazetteer.phrase_parts import PARTS, PlacePhrase, is_part
from gazetteer.phrase_relations import read_headings, read_relation
from gazetteer.phrase_things import Thing, make_mention, read_thing
from gazetteer.phrase_words import Token, find_tokens, load_words, match_words
from gazetteer.place import Mention

# Longer cells are no place phrase: UCDP's longest place string of Syria has 14 words.
_MOST_TOKENS = 60
_SETTLED = frozenset({"village", "town", "suburb", "neighbourhood", "farm", "camp"})
# With two names there is nothing to cut that the reader of directions does not.
_CHAIN = 3
# Before the first side, between the two, and after the second.
_BORDER_MARKS = 3
# "between A and B by the river": what follows says no more than the phrase.
_ALONG = frozenset({"by", "along", "on", "at", "towards", "toward", "from"})
_DASHES = frozenset({"-", "\u2013", "\u2014"})


def parse_cell(text: str) -> PlacePhrase:
    """Reads a cell that is not in Arabic script; what is no phrase is a name as it stands.

    >>> parse_cell("camp de réfugiés de Mberra").mentions[0].feature
    'camp'
    """
    tokens = find_cell_tokens(text)
    if len(tokens) > _MOST_TOKENS:
        return _make(text, "in", Thing(Mention(text, "", (), 0, len(text))))
    return (
        _read_border(text, tokens)
        or _read_pair(text, tokens)
        or _read_chain(text, tokens)
        or _read_english(text)
        or _read_headed(text)
        or read_foreign(text, tokens)
        or _read_plain(text, tokens)
    )


def _make(text: str, relation: str, thing: Thing) -> PlacePhrase:
    return PlacePhrase(text, 0, len(text), relation, (thing.mention,), containers=thing.containers)


def _read_pair(text: str, tokens: Sequence[Token]) -> PlacePhrase | None:
    """Reads "City \u2013 Neighbourhood", "A \u2013 B axis", with spaces round the dash."""
    axis = match_last(load_words().axes, tokens, len(tokens))
    if axis is not None and axis[1] > 0:
        tokens = tokens[: axis[1]]
    cuts = [at for at, token in enumerate(tokens) if _is_dash(text, token)]
    if len(cuts) != 1:
        return None
    outer, inner = read_thing(text, tokens[: cuts[0]]), read_thing(text, tokens[cuts[0] + 1 :])
    if outer is None or inner is None:
        return None
    if axis is not None or inner.mention.feature == "road":
        end = replace(inner.mention, feature="", variants=())
        return PlacePhrase(text, 0, len(text), "direction", (outer.mention, end))
    if is_part(outer.mention) and not is_part(inner.mention):  # "Sabri neighbourhood - Benghazi"
        outer, inner = inner, outer
    part = replace(inner.mention, feature=inner.mention.feature or "neighbourhood")
    return _make(text, "in", Thing(part, (outer.mention, *outer.containers, *inner.containers)))


def _is_dash(text: str, token: Token) -> bool:
    if token.text not in _DASHES:
        return False
    return text[: token.start].endswith(" ") and text[token.end :].startswith(" ")


def _read_border(text: str, tokens: Sequence[Token]) -> PlacePhrase | None:
    """Reads "A/B border": between two places, not two names of one."""
    features = load_cell_words().features
    kinds = (match_words(features, tokens, at) for at in range(len(tokens)))
    at = next((at for at, found in enumerate(kinds) if found and found[0] == "border"), 0)
    marks = [-1, *(m for m in range(at) if tokens[m].text in {*_DASHES, "/"}), at]
    if len(marks) < _BORDER_MARKS:
        return None
    sides = (tokens[one + 1 : two] for one, two in pairwise(marks))
    things = [thing for side in sides if (thing := read_thing(text, side)) is not None]
    rest = read_thing(text, tokens[at + 1 :])
    if rest is not None:  # "A/B border, C province": a part of C
        return _make(text, "in", rest)
    mentions = tuple(thing.mention for thing in things)
    return PlacePhrase(text, 0, len(text), "between", mentions) if len(mentions) > 1 else None


def _read_chain(text: str, tokens: Sequence[Token]) -> PlacePhrase | None:
    """Reads "A-B-C axis", "A-B-C triangle"; two names with a road between them are for others."""
    found = match_last(load_cell_words().features, tokens, len(tokens))
    axis = match_last(load_words().axes, tokens, len(tokens))
    begins = [f[1] for f in (found, axis) if f and (f[0] in {"junction", "axis", "road"})]
    if not begins or min(begins) == 0:
        return None
    end = tokens[min(begins) - 1].end
    parts = _cut_chain(tokens[: min(begins)], text[:end])
    if len(parts) < _CHAIN:
        return None
    things = [read_thing(part, find_cell_tokens(part)) for _, part in parts]
    mentions = tuple(
        replace(t.mention, start=t.mention.start + start, end=t.mention.end + start)
        for t, (start, _) in zip(things, parts, strict=True)
        if t is not None
    )
    relation = "near" if found and found[0] == "junction" else "direction"
    return PlacePhrase(text, 0, len(text), relation, mentions) if mentions else None


def _cut_chain(tokens: Sequence[Token], text: str) -> list[tuple[int, str]]:
    """The names between hyphens, with where they begin; a hyphen after an article is inside one."""
    words = load_words()
    parts, first = [], tokens[0].start
    for at in range(first, len(text)):
        if text[at] not in _DASHES or not text[at + 1 : at + 2].isupper():
            continue
        before = text[first:at].replace("-", " ").split()
        if before and before[-1].lower() not in words.joiners | words.openers:
            parts.append((first, text[first:at]))
            first = at + 1
    return [*parts, (first, text[first:])]


def _find_reader(text: str) -> Reader:
    """The cell for the readers of running text: articles joined, names with a capital."""
    tokens = find_tokens(text)
    words = load_words()
    if not any(token.capital for token in tokens):
        tokens = [_capitalise(token) for token in tokens]
    for at, token in enumerate(tokens[:-1]):
        sound = load_sounds().get(token.lower)
        following = tokens[at + 1]
        joins = following.capital and following.start == token.end + 1
        is_article = token.capital and sound is not None and token.lower in words.stop
        if is_article and joins and following.lower.startswith(sound or ""):
            tokens[at] = token._replace(lower="al")
    return Reader(text, tokens)


def _capitalise(token: Token) -> Token:
    words = load_words()
    known = token.lower in words.function_words or token.lower in words.stop
    plain = known or any(token.lower in lexicon for lexicon in (words.features, words.parts))
    return token if plain or not token.text[:1].isalpha() else token._replace(capital=True)


def _read_english(text: str) -> PlacePhrase | None:
    """Reads a whole cell as running text is read: sectors, distances, lists, owners."""
    reader = _find_reader(text)
    found = read_relation(reader, 0)
    if found is None or not found.phrase.mentions:
        return None
    found = read_holders(reader, found)
    if found.after != len(reader.tokens):
        return None
    phrase = found.phrase
    if phrase.relation == "in":
        owned = any(token.possessive for token in reader.tokens)
        return phrase if len(phrase.mentions) > 1 or (owned and phrase.containers) else None
    return None if _is_name(reader, phrase) else phrase


def _is_name(reader: Reader, phrase: PlacePhrase) -> bool:
    """Whether "Eastern Ghariyah town", "Jabar Eastern area" is a name, and no part of a place."""
    if phrase.relation != "sector" or phrase.countryside or len(phrase.headings) != 1:
        return False
    if any(token.lower == "of" or token.possessive for token in reader.tokens):
        return False
    if phrase.whole is not None:
        return phrase.mentions[0].feature in _SETTLED
    headings = (t for t in reader.tokens if match_words(load_words().headings, [t], 0))
    return all(token.capital for token in headings) and not reader.tokens[-1].capital


def _read_headed(text: str) -> PlacePhrase | None:
    """Reads "silos east of X", "road between A and B", "X, 12 km north of Y"."""
    reader = _find_reader(text)
    for at in _find_cues(reader):
        inside = reader.lower(at) in INSIDE or _is_part_of(reader, at)
        found = read_relation(reader, at + inside)
        if found is None or not found.phrase.mentions:
            continue
        found = read_holders(reader, found)
        is_plain = found.phrase.relation in {"in", "from"}
        is_read = found.after == len(reader.tokens) or reader.lower(found.after) in _ALONG
        if is_read and (inside or not is_plain):
            return _add_head(text, found.phrase, text[: reader.tokens[at].start])
    return None


def _find_cues(reader: Reader) -> Iterator[int]:
    """Where, after the first word, a relation to another place may begin."""
    words = load_words()
    for at in range(1, len(reader.tokens)):
        cue = match_words(words.cues, reader.tokens, at)
        is_cue = (cue is not None and cue[0] == "near") or reader.lower(at) in INSIDE
        heading = read_headings(reader, at)
        is_of = bool(heading[0]) and reader.lower(heading[1]) == "of"
        is_of = is_of or _is_part_of(reader, at)
        if is_cue or is_of or reader.lower(at) == "between" or _is_distance(reader, at):
            yield at


def _is_part_of(reader: Reader, at: int) -> bool:
    """Whether a quarter or village with a name goes before "of": "Sabri neighbourhood of X"."""
    kind = match_words(load_words().features, reader.tokens, at - 1)
    is_part = kind is not None and kind[0] in PARTS and kind[1] == at
    return is_part and at > 1 and reader.lower(at) == "of" and reader.tokens[at - 2].capital


def _is_distance(reader: Reader, at: int) -> bool:
    is_unit = match_words(load_words().units, reader.tokens, at + 1) is not None
    return is_unit and reader.lower(at)[:1].isdigit()


def _add_head(text: str, phrase: PlacePhrase, head: str) -> PlacePhrase:
    """The thing before a relation, held by the place after it; what has no name says nothing."""
    tokens = find_cell_tokens(head)
    while tokens and (tokens[-1].lower in load_words().function_words or tokens[-1].text == ","):
        tokens.pop()
    thing = read_thing(text, tokens)
    whole = replace(phrase, text=text, start=0, end=len(text))
    if thing is None or _is_nameless(tokens):
        return _add_feature(whole, thing.mention) if thing is not None else whole
    containers = (*thing.containers, *phrase.mentions, *phrase.containers)
    return _make(text, "in", Thing(thing.mention, containers))


def _add_feature(phrase: PlacePhrase, head: Mention) -> PlacePhrase:
    """Reads "Research Center in X": the place asked for is X's."""
    first = phrase.mentions[0]
    if phrase.relation != "in" or first.feature or head.feature not in load_whole():
        return phrase
    name = replace(first, feature=head.feature, variants=(f"{first.text} {head.text}",))
    return replace(phrase, mentions=(name, *phrase.mentions[1:]))


def _is_nameless(tokens: Sequence[Token]) -> bool:
    """Whether "silos", "Road M-5", "somebody's compound" names no place by itself."""
    words = load_cell_words()
    if tokens[-1].lower in words.nameless:
        return True
    found = match_last(words.features, tokens, len(tokens))
    rest = tokens[: found[1]] if found else tokens
    first = match_words(words.features, tokens, 0)
    if first is not None and found is None:
        rest = tokens[first[1] :]
    said = words.describing | words.vague | words.links | words.nameless
    return all(t.lower in said or not _is_name_like(t) for t in rest)


def _is_name_like(token: Token) -> bool:
    return token.text[0].isalpha() and not any(letter.isdigit() for letter in token.text)


def _read_plain(text: str, tokens: Sequence[Token]) -> PlacePhrase:
    """One thing named, and after commas the places that hold it."""
    groups = _split_commas(tokens)
    things = [thing for group in groups if (thing := read_thing(text, group)) is not None]
    if not things:
        return _make(text, "in", Thing(make_mention(text, tokens)))
    first = things[0]
    holders = tuple(m for t in things[1:] for m in (t.mention, *t.containers))
    return _make(text, "in", Thing(first.mention, (*first.containers, *holders)))


def _split_commas(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens between commas that stand outside brackets."""
    groups: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        if token.text == "," and depth <= 0:
            groups.append([])
        else:
            groups[-1].append(token)
    return groups
