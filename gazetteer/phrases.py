"""Place phrases of a text: the relation, its headings and distance, and the names in it.

"southern countryside of X", "between X and Y", "12 km north of X": a phrase is found by its
words alone, without the gazetteer; what is no place (a person, an organisation) is for the
caller to leave out.
"""

import re
from dataclasses import replace

from gazetteer.phrase_arabic import parse_arabic
from gazetteer.phrase_names import Reader, find_run
from gazetteer.phrase_parts import PlacePhrase, read_place
from gazetteer.phrase_relations import Found, read_relation
from gazetteer.phrase_words import find_tokens, load_words, match_words
from gazetteer.place import Mention

__all__ = ["PlacePhrase", "find_phrases", "parse_phrase"]

# "Talbiseh city in the countryside of Homs", "Tal Abyad, north of Raqqa": words that put the
# place before them inside, or beside, the place after them.
_HOLDING = frozenset({"in", "within", "inside"})


def find_phrases(text: str) -> list[PlacePhrase]:
    """All place phrases of a sentence, in order, none overlapping, with exact spans.

    >>> [(p.text, p.relation) for p in find_phrases("Clashes broke out near Saraqib on Monday.")]
    [('near Saraqib', 'near')]
    """
    reader = Reader(text, find_tokens(text))
    phrases: list[PlacePhrase] = []
    at = 0
    while at < len(reader.tokens):
        found = read_relation(reader, at)
        if found is None:
            at = max(at + 1, find_run(reader, at))
            continue
        if at or len(found.phrase.mentions) != 1 or found.after > 1:
            found = _read_holders(reader, found)
        phrases.append(_add_cue(reader, found.phrase, at))
        at = found.after
    return _join_targets(text, phrases)


def _read_holders(reader: Reader, found: Found) -> Found:
    """Adds the places that the words after a phrase put it in: "X in Y province"."""
    while found.phrase.mentions:
        comma = reader.lower(found.after) == ","
        at = found.after + comma
        is_held = reader.lower(at) in _HOLDING
        holder = read_relation(reader, at + is_held)
        if holder is None or not holder.phrase.mentions or found.phrase.relation == "from":
            break
        allowed = ("in", "sector", "near") if is_held else ("sector", "offset")
        starts = reader.lower(at) != "the" and not reader.tokens[at].capital
        if holder.phrase.relation not in allowed or not (is_held or starts):
            break
        found = Found(_hold(reader, found.phrase, holder.phrase), holder.after)
    return found


def _hold(reader: Reader, phrase: PlacePhrase, holder: PlacePhrase) -> PlacePhrase:
    containers = (*phrase.containers, *holder.mentions, *holder.containers)
    return replace(
        phrase,
        text=reader.text[phrase.start : holder.end],
        end=holder.end,
        containers=containers,
    )


def _add_cue(reader: Reader, phrase: PlacePhrase, at: int) -> PlacePhrase:
    """Notes the word before a phrase; "at" before a plain place makes it a point."""
    before = at - 1
    cue = reader.lower(before) if before >= 0 else ""
    if match_words(load_words().cues, [*reader.tokens[before : before + 1]], 0) is None:
        cue = ""
    relation = "at" if phrase.relation == "in" and cue == "at" else phrase.relation
    return replace(phrase, cue=cue, relation=relation)


def _join_targets(text: str, phrases: list[PlacePhrase]) -> list[PlacePhrase]:
    """Joins "in X" with the "from the directions of A and B" that follows it."""
    joined: list[PlacePhrase] = []
    for phrase in phrases:
        last = joined[-1] if joined else None
        is_target = (
            last is not None
            and phrase.relation == "from"
            and last.relation in {"in", "at"}
            and not text[last.end : phrase.start].strip(" ,")
        )
        if last is not None and is_target and len(last.mentions) == 1:
            whole = text[last.start : phrase.end]
            joined[-1] = replace(
                phrase, text=whole, start=last.start, target=last.mentions[0], cue=last.cue
            )
        else:
            joined.append(phrase)
    return joined


def parse_phrase(text: str) -> PlacePhrase | None:
    """Reads a whole cell as one place phrase; `None` for a cell without a name.

    What is no phrase is taken as a name as it stands.

    >>> parse_phrase("12 km north of Idlib").distance_km
    12.0
    >>> parse_phrase("Teir Maaleh village").mentions[0].text
    'Teir Maaleh'
    """
    start = len(text) - len(text.lstrip())
    bare = text.strip()
    if not any(letter.isalnum() for letter in bare):
        return None
    phrase = parse_arabic(bare) or _parse_latin(bare)
    return replace(phrase, text=bare, start=start, end=start + len(bare))


def _parse_latin(text: str) -> PlacePhrase:
    reader = Reader(text, find_tokens(text))
    pair = _parse_city_part(reader)
    if pair is not None:
        return pair
    found = read_relation(reader, 0)
    if found is not None and found.phrase.mentions:
        found = _read_holders(reader, found)
        if found.after == len(reader.tokens):
            return found.phrase
    outside, inside = _split_brackets(text)
    mention = _parse_name(Reader(outside, find_tokens(outside)))
    containers = (Mention(inside),) if inside else ()
    return PlacePhrase(text, 0, len(text), "in", (mention,), containers=containers)


def _split_brackets(text: str) -> tuple[str, str]:
    """A cell without what stands in brackets at its end, and that."""
    match = re.fullmatch(r"(.*\w.*)\((.*\w.*)\)\s*", text)
    return (match[1].strip(), match[2].strip()) if match else (text, "")


def _parse_city_part(reader: Reader) -> PlacePhrase | None:
    """Reads "City \u2013 Neighbourhood", with spaces round the dash."""
    for dash in (" \u2013 ", " \u2014 ", " - "):
        if reader.text.count(dash) == 1:
            city, part = reader.text.split(dash)
            inner = _parse_name(Reader(part, find_tokens(part)))
            inner = replace(inner, feature=inner.feature or "neighbourhood")
            outer = _parse_name(Reader(city, find_tokens(city)))
            return PlacePhrase(
                reader.text, 0, len(reader.text), "in", (inner,), containers=(outer,)
            )
    return None


def _parse_name(reader: Reader) -> Mention:
    """A name in any case, with the feature words at its end or its beginning."""
    place = read_place(reader, 0)
    if place is not None and place[1] == len(reader.tokens):
        return place[0].mentions[0]
    for at in range(1, len(reader.tokens)):
        found = match_words(load_words().features, reader.tokens, at)
        if found is not None and found[1] == len(reader.tokens):
            return replace(reader.mention(0, at, found[0]), variants=(reader.text,))
    return Mention(reader.text, "", (), 0, len(reader.text))
