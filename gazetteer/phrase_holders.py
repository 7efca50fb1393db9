"""The places that hold a phrase: "X in Y province", "X, north of Y"."""

from dataclasses import replace

from gazetteer.phrase_names import Reader
from gazetteer.phrase_parts import PlacePhrase
from gazetteer.phrase_relations import Found, read_relation

# Words that put the place before them inside the place after them.
INSIDE = frozenset({"in", "within", "inside"})


def read_holders(reader: Reader, found: Found) -> Found:
    """Adds the places that the words after a phrase put it in: "X in Y province"."""
    while found.phrase.mentions:
        comma = reader.lower(found.after) == ","
        at = found.after + comma
        is_held = reader.lower(at) in INSIDE
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
