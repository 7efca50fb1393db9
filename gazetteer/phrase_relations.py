"""One small reader a relation: offset, between, direction, from, near, sector, in."""

from dataclasses import replace
from typing import NamedTuple

from gazetteer.phrase_names import Reader, read_name
from gazetteer.phrase_parts import Listed, PlacePhrase, read_list, read_place
from gazetteer.phrase_words import Token, load_words, match_words
from gazetteer.place import Mention

# Kilometres in a unit.
UNIT_KM = {"km": 1.0, "mile": 1.609344, "m": 0.001, "nautical mile": 1.852}


# "North, northeast and east of X": no phrase has more, and a long row of them would be read anew
# from each of its words.
_MOST_HEADINGS = 6


class Found(NamedTuple):
    """A phrase and the token after it."""

    phrase: PlacePhrase
    after: int


def _make(reader: Reader, first: int, after: int, listed: Listed | None, relation: str) -> Found:
    start, end = reader.tokens[first].start, reader.tokens[after - 1].end
    phrase = PlacePhrase(reader.text[start:end], start, end, relation)
    if listed is not None:
        phrase = replace(phrase, mentions=listed.mentions, containers=listed.containers)
    return Found(phrase, after)


def read_headings(reader: Reader, at: int) -> tuple[tuple[str, ...], int]:
    """Compass words joined by commas, "and" or dashes; empty where there are none."""
    words, after, step = load_words(), at, at
    headings: list[str] = []
    while (found := match_words(words.headings, reader.tokens, step)) and (
        len(headings) < _MOST_HEADINGS
    ):
        headings.append(found[0])
        after = step = found[1]
        if reader.lower(step) in {",", "-", "\u2013", "/"}:
            step += 1
        if joined := match_words(words.conjunctions, reader.tokens, step):
            step = joined[1] + (reader.lower(joined[1]) == "the")
    return tuple(headings), after


def _read_number(reader: Reader, at: int) -> tuple[float, int] | None:
    word = reader.lower(at)
    words = load_words()
    if word[:1].isdigit():
        try:
            return float(word.replace(",", "")), at + 1
        except ValueError:
            return None
    if word in words.numbers:
        return words.numbers[word], at + 1
    return None


def read_offset(reader: Reader, at: int) -> Found | None:
    """Reads "about 12 km (to the) north of X", "12 miles from X"."""
    words = load_words()
    about = match_words(words.about, reader.tokens, at)
    number = _read_number(reader, about[1] if about else at)
    if number is None:
        return None
    step = number[1] + (reader.lower(number[1]) in {"-", "\u2013"})
    unit = match_words(words.units, reader.tokens, step)
    if unit is None:
        return None
    after = unit[1]
    while reader.lower(after) in {"to", "the", "away", "further", "due"}:
        after += 1
    headings, after = read_headings(reader, after)
    if reader.lower(after) not in {"of", "from", "outside", "off"}:
        return None
    listed = read_list(reader, after + 1)
    if listed is None:
        return None
    found = _make(reader, at, listed.after, listed, "offset")
    distance = number[0] * UNIT_KM[unit[0]]
    return found._replace(phrase=replace(found.phrase, headings=headings, distance_km=distance))


def read_between(reader: Reader, at: int) -> Found | None:
    """Reads "between A and B"."""
    if reader.lower(at) != "between":
        return None
    listed = read_list(reader, at + 1)
    if listed is None or len(listed.mentions) < 2:
        return None
    return _make(reader, at, listed.after, listed, "between")


def split_pair(reader: Reader, at: int) -> tuple[tuple[Mention, Mention], int] | None:
    """Reads "A-B" or "A \u2013 B": two names with a dash between them, and the token after.

    A hyphen inside a name (Abu-Djreif, al-Bab) is not the one between the names.
    """
    name_end = read_name(reader, at)
    if name_end is None:
        return None
    if reader.lower(name_end) in {"-", "\u2013", "\u2014", "/"}:
        second_end = read_name(reader, name_end + 1)
        if second_end is not None:
            pair = reader.mention(at, name_end), reader.mention(name_end + 1, second_end)
            return pair, second_end
    for index in range(at, name_end):
        cut = _find_cut(reader.tokens[index])
        if cut is not None:
            return _cut_pair(reader, at, name_end, cut), name_end
    return None


def _find_cut(token: Token) -> int | None:
    """Where a hyphen of a token divides two names: after the first part that can stand alone."""
    opening, position = True, 0
    parts = token.text[: token.end - token.start].split("-")
    for part in parts[:-1]:
        position += len(part) + 1
        opening = part.lower() in _load_openers()
        if not opening:
            return token.start + position - 1
    return None


def _load_openers() -> frozenset[str]:
    """Words that open a name and never end one: articles, Abu, Tal, Deir."""
    return load_words().joiners | load_words().openers


def _cut_pair(reader: Reader, first: int, after: int, cut: int) -> tuple[Mention, Mention]:
    start, end = reader.tokens[first].start, reader.tokens[after - 1].end
    return (
        Mention(reader.text[start:cut], "", (), start, cut),
        Mention(reader.text[cut + 1 : end], "", (), cut + 1, end),
    )


def read_direction(reader: Reader, at: int) -> Found | None:
    """Reads "in the direction of A-B", "on the A-B axis", "the A-B road", "toward A"."""
    words = load_words()
    opened = match_words(words.directions, reader.tokens, at)
    begin = opened[1] if opened else at + (reader.lower(at) == "the")
    pair = split_pair(reader, begin)
    axis = match_words(words.axes, reader.tokens, pair[1]) if pair else None
    if pair and (axis or (opened and "direction" in reader.lower(opened[1] - 2))):
        after = axis[1] if axis else pair[1]
        found = _make(reader, at, after, None, "direction")
        return found._replace(phrase=replace(found.phrase, mentions=pair[0]))
    if opened and "direction" in reader.lower(opened[1] - 2):
        listed = read_list(reader, begin)
        return _make(reader, at, listed.after, listed, "direction") if listed else None
    return None


def read_from(reader: Reader, at: int) -> Found | None:
    """Reads "from the directions of A and B"; the mentions are the origins."""
    opened = match_words(load_words().froms, reader.tokens, at)
    listed = read_list(reader, opened[1]) if opened else None
    return _make(reader, at, listed.after, listed, "from") if listed else None


def read_sector(reader: Reader, at: int) -> Found | None:
    """Reads "the southern countryside of X", "northern X countryside", "X's western part"."""
    begin = at + (reader.lower(at) == "the")
    return (
        _read_part_of(reader, begin)
        or _read_heading_place(reader, begin)
        or _read_place_part(reader, begin)
    )


def _make_part(found: Found, part: str, headings: tuple[str, ...]) -> Found:
    """A sector, a countryside, or (outskirts without a heading) what lies near."""
    relation = "sector" if headings or part == "land" else "near" if part == "edge" else "in"
    return found._replace(
        phrase=replace(
            found.phrase, relation=relation, headings=headings, countryside=part == "land"
        )
    )


def _read_part_of(reader: Reader, at: int) -> Found | None:
    headings, after = read_headings(reader, at)
    part = match_words(load_words().parts, reader.tokens, after)
    if part is not None:
        after = part[1]
    if not headings and (part is None or part[0] == "part"):
        return None
    if reader.lower(after) != "of" or after == at:
        return None
    kind = part[0] if part else ""
    listed = read_list(reader, after + 1)
    if listed is not None:
        return _make_part(_make(reader, at, listed.after, listed, ""), kind, headings)
    noun = after + 1 + (reader.lower(after + 1) == "the")
    if noun == after + 1 or not match_words(load_words().features, reader.tokens, noun):
        return None
    found = _make_part(_make(reader, at, noun + 1, None, ""), kind, headings)
    return found._replace(phrase=replace(found.phrase, anaphor=reader.lower(noun)))


def _read_heading_place(reader: Reader, at: int) -> Found | None:
    """Reads "northern Hama countryside", "southern Idlib province", "Eastern Ghouta"."""
    headings, begin = read_headings(reader, at)
    if not headings or read_name(reader, begin) is None:
        return None
    place = read_place(reader, begin)
    if place is None:
        return None
    listed, after = place
    part = match_words(load_words().parts, reader.tokens, after)
    if part is not None and (part[0] != "part" or not listed.mentions[0].feature):
        after = part[1]
    found = _make(reader, at, after, listed, "")
    made = _make_part(found, part[0] if part else "", headings)
    if reader.tokens[at].capital and part is None:
        whole = replace(listed.mentions[0], start=reader.tokens[at].start)
        whole = replace(whole, text=reader.text[whole.start : whole.end])
        return made._replace(phrase=replace(made.phrase, whole=whole))
    return made


def _read_place_part(reader: Reader, at: int) -> Found | None:
    """Reads "Aleppo's western countryside", "Hama countryside", "the city's western areas"."""
    if at >= len(reader.tokens):
        return None
    place = read_place(reader, at)
    anaphor = reader.lower(at) if place is None and reader.tokens[at].possessive else ""
    if place is None and not match_words(load_words().features, reader.tokens, at):
        return None
    listed, after = place or (None, at + 1)
    headings, step = read_headings(reader, after)
    part = match_words(load_words().parts, reader.tokens, step)
    if part is None or (part[0] == "part" and not headings) or (not listed and not anaphor):
        return None
    found = _make_part(_make(reader, at, part[1], listed, ""), part[0], headings)
    return found._replace(phrase=replace(found.phrase, anaphor=anaphor))


def read_near(reader: Reader, at: int) -> Found | None:
    """Reads "near X", "in the vicinity of X and Y", "X and its outskirts"."""
    cue = match_words(load_words().cues, reader.tokens, at)
    if cue is None or cue[0] != "near":
        return None
    listed = read_list(reader, cue[1])
    return _make(reader, at, listed.after, listed, "near") if listed else None


def read_in(reader: Reader, at: int) -> Found | None:
    """Reads a plain list of places; "at" after that word, "in" else."""
    listed = read_list(reader, at)
    if listed is None:
        return None
    return _make(reader, listed.start, listed.after, listed, "in")


# In this order: the first that reads wins.
RELATION_READERS = (
    read_offset,
    read_between,
    read_from,
    read_direction,
    read_near,
    read_sector,
    read_in,
)


def read_relation(reader: Reader, at: int) -> Found | None:
    """Reads a place phrase that begins at a token."""
    for read in RELATION_READERS:
        found = read(reader, at)
        if found is not None:
            return found
    return None
