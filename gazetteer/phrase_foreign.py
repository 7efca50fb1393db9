"""Relations in French, Turkish, Ukrainian and Russian cells: "au nord de X", "Halep'in kuzeyi"."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gazetteer.phrase_cell_words import load_cell_words, match_last
from gazetteer.phrase_parts import PlacePhrase
from gazetteer.phrase_things import Thing, read_thing
from gazetteer.phrase_words import Token, match_words
from gazetteer.place import Mention

_APOSTROPHES = "'\u2019"


@dataclass
class _Said:
    """What the words round a name say, read from the outside inwards."""

    relation: str = ""
    headings: list[str] = field(default_factory=list)
    distance_km: float | None = None
    countryside: bool = False

    def add(self, meaning: str) -> None:
        """Takes the meaning of a word of relations."""
        if meaning == "near":
            self.relation = "near"
        elif meaning == "land":
            self.countryside = True
        elif meaning not in self.headings:
            self.headings.append(meaning)

    def name(self) -> str:
        """The relation; empty where nothing was said."""
        if self.distance_km is not None and (self.headings or self.relation):
            return "offset"
        if self.headings or self.countryside:
            return "sector"
        return self.relation


def read_foreign(text: str, tokens: Sequence[Token]) -> PlacePhrase | None:
    """Reads a cell with a relation in one of these languages; `None` without one."""
    said = _Said()
    pair = _read_between(text, tokens)
    if pair is not None:
        return pair
    first = _read_before(tokens, said)
    after = _read_after(tokens, first, said)
    relation = said.name()
    owned = _read_owned(text, tokens[first:after])
    thing = owned or (_read_rest(text, tokens[first:after]) if relation else None)
    if thing is None:
        return None
    relation = relation or "in"
    return PlacePhrase(
        text,
        0,
        len(text),
        relation,
        (thing.mention,),
        tuple(said.headings),
        said.distance_km if relation == "offset" else None,
        said.countryside,
        thing.containers,
    )


def _read_before(tokens: Sequence[Token], said: _Said) -> int:
    """Reads the words before the name; returns where the name begins."""
    words, at, name = load_cell_words(), 0, 0
    while at < len(tokens):
        found = match_words(words.before, tokens, at)
        if found is not None:
            said.add(found[0])
            at = name = found[1]
        elif (distance := _read_distance(tokens, at)) is not None:
            said.distance_km, at = distance, at + 2
        elif said.countryside and (turn := match_words(words.compass, tokens, at)):
            said.add(turn[0])
            at = name = turn[1]
        elif tokens[at].lower in words.links:
            at += 1
        else:
            break
    return at if name else 0


def _read_distance(tokens: Sequence[Token], at: int) -> float | None:
    """Reads "12 km"."""
    if at + 1 >= len(tokens) or tokens[at + 1].lower not in load_cell_words().km:
        return None
    try:
        return float(tokens[at].lower.replace(",", "."))
    except ValueError:
        return None


def _read_after(tokens: Sequence[Token], first: int, said: _Said) -> int:
    """Reads the words after the name; returns where the name ends."""
    words, after = load_cell_words(), len(tokens)
    found = match_last(words.after, tokens, after)
    while found is not None and found[1] > first:
        said.add(found[0])
        after = found[1]
        compass = match_last(words.compass, tokens, after)
        if compass is not None and compass[1] > first and said.countryside:
            said.add(compass[0])
            after = compass[1]
        found = match_last(words.after, tokens, after)
    if after < len(tokens) and after - 2 > first:
        distance = _read_distance(tokens, after - 2)
        if distance is not None:
            said.distance_km, after = distance, after - 2
    return after


def _read_rest(text: str, tokens: Sequence[Token]) -> Thing | None:
    """The name without the ending of its case, and after commas the places that hold it."""
    groups: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == ",":
            groups.append([])
        else:
            groups[-1].append(drop_ending(token))
    things = [thing for group in groups if group and (thing := read_thing(text, group))]
    if not things:
        return None
    holders = tuple(thing.mention for thing in things[1:])
    return Thing(things[0].mention, (*things[0].containers, *holders))


def _read_owned(text: str, tokens: Sequence[Token]) -> Thing | None:
    """Reads "Halep'in Afrin ilçesi": the owner holds the place."""
    for at, token in enumerate(tokens[:-1]):
        bare = drop_ending(token)
        if bare is not token and token.lower[len(bare.lower) + 1 :] in load_cell_words().genitives:
            owner = read_thing(text, [*tokens[:at], bare])
            thing = read_thing(text, [drop_ending(token) for token in tokens[at + 1 :]])
            if owner is not None and thing is not None:
                return Thing(thing.mention, (*thing.containers, owner.mention))
    return None


def drop_ending(token: Token) -> Token:
    """A word without the ending that an apostrophe sets off: "Halep'in"."""
    cut = max(token.text.rfind(mark) for mark in _APOSTROPHES)
    if cut <= 0 or token.text[cut + 1 :].lower() not in load_cell_words().case_endings:
        return token
    return replace_end(token, cut)


def replace_end(token: Token, cut: int) -> Token:
    """A token cut off after so many letters."""
    return token._replace(
        text=token.text[:cut], end=token.start + cut, lower=token.lower[:cut], possessive=False
    )


def _read_between(text: str, tokens: Sequence[Token]) -> PlacePhrase | None:
    """Reads "entre X et Y", "між X та Y", "X ile Y" and its ending."""
    words = load_cell_words()
    opened = match_words(words.between, tokens, 0)
    closed = match_last(words.between, tokens, len(tokens))
    if opened is None and closed is None:
        return None
    first, after = (opened[1], len(tokens)) if opened else (0, closed[1] if closed else 0)
    for at in range(first + 1, after):
        joined = match_words(words.conjunctions, tokens, at)
        if joined is not None and joined[1] < after:
            sides = (tokens[first:at], tokens[joined[1] : after])
            mentions = _read_sides(text, sides)
            if len(mentions) == len(sides):
                return PlacePhrase(text, 0, len(text), "between", mentions)
    return None


def _read_sides(text: str, sides: Sequence[Sequence[Token]]) -> tuple[Mention, ...]:
    things = (_read_rest(text, side) for side in sides)
    return tuple(replace(thing.mention) for thing in things if thing is not None)
