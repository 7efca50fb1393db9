"""The parts of a place phrase: names with their feature words, and lists of them."""

from dataclasses import dataclass, replace

from gazetteer.phrase_cell_words import load_whole
from gazetteer.phrase_names import Reader, is_feature, read_name
from gazetteer.phrase_words import load_words, match_words
from gazetteer.place import Mention

# The words for these are part of the name: "Jabal al-Zawiya", "Ghab Plain".
NATURAL = frozenset({"mountain", "plain", "water", "island"})
# Kinds of place that lie in a city or a district, and are named with it.
PARTS = frozenset(
    {"village", "town", "suburb", "neighbourhood", "farm", "camp", "district", "subdistrict"}
)
# "the strategic rebel-held northern town of X": more words than this are another clause.
_MAX_ADJECTIVES = 4


@dataclass(frozen=True)
class PlacePhrase:
    """A place phrase as written, with its exact span: `text` is the text from `start` to `end`.

    `relation` is one of `geo.regions.RELATIONS`. `mentions` are the places it is about; with
    "from" they are the origins, and `target` is the place attacked if the phrase names it.
    `containers` are places that hold the mentions or lie next to them ("X in Y province").
    `headings` are words of `geo.measure.HEADINGS` or `central`; `countryside` says that a town
    itself is left out. `cue` is the word before the phrase ("in", "near", "from"), or empty.
    `whole` is the name with its heading where both have capitals ("Eastern Ghouta"), which may
    be a name of its own. `anaphor` is a noun that stands for a place named before ("the city's
    western areas"): there are no mentions then.
    """

    text: str
    start: int
    end: int
    relation: str
    mentions: tuple[Mention, ...] = ()
    headings: tuple[str, ...] = ()
    distance_km: float | None = None
    countryside: bool = False
    containers: tuple[Mention, ...] = ()
    target: Mention | None = None
    whole: Mention | None = None
    cue: str = ""
    anaphor: str = ""


@dataclass(frozen=True)
class Listed:
    """Places read together: `containers` are areas that a comma or bracket puts them in."""

    mentions: tuple[Mention, ...]
    containers: tuple[Mention, ...]
    start: int
    after: int


def _skip_adjectives(reader: Reader, at: int, *, headings: bool) -> int:
    """The token after adjectives, peoples and possessive countries before a name."""
    words, after = load_words(), at
    while after < len(reader.tokens) and after - at < _MAX_ADJECTIVES:
        token = reader.tokens[after]
        if match_words(words.headings, reader.tokens, after):
            if not headings:
                break
        elif token.capital:
            if not (token.possessive or token.lower in words.stop):
                break
        elif (
            not token.text[0].isalpha()
            or token.lower in words.function_words
            or is_feature(reader, after)
        ):
            break
        after += 1
    return after


def _read_features(reader: Reader, at: int) -> tuple[str, int]:
    """The feature words after a name: the last that says something, and the token after."""
    feature, after = "", at
    while after > 0 and not reader.tokens[after - 1].possessive:
        found = match_words(load_words().features, reader.tokens, after)
        if found is None:
            break
        feature, after = found
    return feature, after


def is_part(mention: Mention) -> bool:
    """Whether a name's words say that the place is a quarter, village or other part of one."""
    return mention.feature in PARTS


def is_facility(feature: str) -> bool:
    """Whether places of a feature are made by people, and called after another place."""
    return feature in load_whole() and feature not in NATURAL


def read_place(reader: Reader, at: int) -> tuple[Listed, int] | None:
    """Reads one place with its feature words: "the city of X", "X airport", "X/Y village"."""
    begin = at + (reader.lower(at) == "the")
    return (
        _read_owned(reader, begin)
        or _read_feature_of(reader, begin, _skip_adjectives(reader, begin, headings=True))
        or _read_named(reader, begin)
        or _read_named(reader, _skip_described(reader, at, begin))
    )


def _read_owned(reader: Reader, at: int) -> tuple[Listed, int] | None:
    """Reads "Syria's (northwestern) Idlib province": the owner holds the place."""
    owner = read_name(reader, at)
    if owner is None or not reader.tokens[owner - 1].possessive:
        return None
    begin = _skip_adjectives(reader, owner, headings=True)
    found = _read_feature_of(reader, begin, begin) or _read_named(reader, begin)
    if found is None:
        return None
    listed, after = found
    return replace(listed, containers=(*listed.containers, reader.mention(at, owner))), after


def _skip_described(reader: Reader, at: int, begin: int) -> int:
    """Adjectives before a bare name: only after "the", or "neighbouring" and the like."""
    if begin > at or reader.lower(at).endswith("ing") or reader.lower(at) == "nearby":
        return _skip_adjectives(reader, begin, headings=False)
    return begin


def _read_feature_of(reader: Reader, begin: int, at: int) -> tuple[Listed, int] | None:
    found = match_words(load_words().features, reader.tokens, at)
    if found is None:
        return None
    feature, after = found
    if reader.lower(after) == "of":
        after += 1
    elif reader.tokens[at].capital:
        return None
    after += reader.lower(after) == "the"
    named = _read_named(reader, after) if after < len(reader.tokens) else None
    if named is None:
        return None
    listed, end = named
    mentions = tuple(
        mention if mention.feature else replace(mention, feature=feature)
        for mention in listed.mentions
    )
    return replace(listed, mentions=mentions, start=begin), end


def _read_named(reader: Reader, at: int) -> tuple[Listed, int] | None:
    after = read_name(reader, at)
    if after is None:
        return None
    mention, end = reader.mention(at, after), after
    aliases, after = _read_aliases(reader, after)
    asides, after = _read_aside(reader, after)
    feature, after = _read_features(reader, after)
    more, after = _read_aliases(reader, after) if feature else ((), after)
    feature, after = _read_features(reader, after) if more else (feature, after)
    asides, after = (asides, after) if asides else _read_aside(reader, after)
    whole = reader.mention(at, after).text if is_facility(feature) else ""
    variants = tuple(text for text in (*aliases, *more, whole) if text)
    mention = replace(mention, feature=feature, variants=variants)
    return Listed((mention,), asides, at, max(after, end)), max(after, end)


def _read_aliases(reader: Reader, at: int) -> tuple[tuple[str, ...], int]:
    """Other names after a slash: "Sayqal/Sein"."""
    aliases: list[str] = []
    while reader.lower(at) == "/" and (after := read_name(reader, at + 1)) is not None:
        aliases.append(reader.mention(at + 1, after).text)
        at = after
    return tuple(aliases), at


def _read_aside(reader: Reader, at: int) -> tuple[tuple[Mention, ...], int]:
    """A name in brackets: another name, or the place round it; which, the gazetteer knows."""
    if reader.lower(at) != "(":
        return (), at
    after = read_name(reader, at + 1)
    if after is None:
        return (), at
    feature, end = _read_features(reader, after)
    if reader.lower(end) != ")":
        return (), at
    return (reader.mention(at + 1, after, feature),), end + 1


def read_list(reader: Reader, at: int) -> Listed | None:
    """Reads places joined by commas and "and"; a last comma alone puts one in the other."""
    first = read_place(reader, at)
    if first is None:
        return None
    items, ends, conjoined = [first[0]], [first[1]], False
    while not conjoined:
        step, conjoined = _read_join(reader, ends[-1])
        following = read_place(reader, step) if step else None
        if following is None:
            conjoined = False
            break
        items.append(following[0])
        ends.append(following[1])
    return _join_items(items, ends, conjoined=conjoined)


def _read_join(reader: Reader, at: int) -> tuple[int, bool]:
    """The token after a comma or conjunction (0 without one), and whether it conjoins."""
    comma = reader.lower(at) == ","
    found = match_words(load_words().conjunctions, reader.tokens, at + comma)
    if found is not None:
        return found[1], True
    return (at + 1, False) if comma else (0, False)


def _join_items(items: list[Listed], ends: list[int], *, conjoined: bool) -> Listed:
    asides = tuple(aside for item in items for aside in item.containers)
    mentions = [mention for item in items for mention in item.mentions]
    if conjoined:
        shared = mentions[-1].feature or mentions[0].feature
        mentions = [m if m.feature else replace(m, feature=_shared(shared)) for m in mentions]
        return Listed(tuple(mentions), asides, items[0].start, ends[-1])
    return Listed((mentions[0],), (*mentions[1:], *asides), items[0].start, ends[-1])


def _shared(feature: str) -> str:
    """The feature that a list shares; a facility is one place's only."""
    return "" if is_facility(feature) else feature
