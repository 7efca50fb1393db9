"""Place phrases of a text: the relation, its headings and distance, and the names in it.

"southern countryside of X", "between X and Y", "12 km north of X": a phrase is found by its
words alone, without the gazetteer; what is no place (a person, an organisation) is for the
caller to leave out.
"""

from dataclasses import replace

from gazetteer.phrase_arabic import parse_arabic
from gazetteer.phrase_cells import parse_cell
from gazetteer.phrase_holders import read_holders
from gazetteer.phrase_names import Reader, find_run
from gazetteer.phrase_parts import PlacePhrase
from gazetteer.phrase_relations import read_relation
from gazetteer.phrase_words import find_tokens, load_words, match_words
from gazetteer.place import Mention

__all__ = ["PlacePhrase", "find_phrases", "parse_phrase"]

# No cell that names a place has so many letters: a longer one is a text that got into the column.
_MOST_LETTERS = 2000
_MOST_TEXT = 50_000


def find_phrases(text: str) -> list[PlacePhrase]:
    """All place phrases of a sentence, in order, none overlapping, with exact spans.

    Of a text longer than any report is read to (50,000 letters) only the beginning is read.

    >>> [(p.text, p.relation) for p in find_phrases("Clashes broke out near Saraqib on Monday.")]
    [('near Saraqib', 'near')]
    """
    text = text[:_MOST_TEXT]
    reader = Reader(text, find_tokens(text))
    phrases: list[PlacePhrase] = []
    at = 0
    while at < len(reader.tokens):
        found = read_relation(reader, at)
        if found is None:
            at = max(at + 1, find_run(reader, at))
            continue
        if at or len(found.phrase.mentions) != 1 or found.after > 1:
            found = read_holders(reader, found)
        phrases.append(_add_cue(reader, found.phrase, at))
        at = found.after
    return _join_targets(text, phrases)


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

    What is no phrase is taken as a name as it stands; so is a text too long to be a cell.

    >>> parse_phrase("12 km north of Idlib").distance_km
    12.0
    >>> parse_phrase("Teir Maaleh village").mentions[0].text
    'Teir Maaleh'
    """
    start = len(text) - len(text.lstrip())
    bare = text.strip()
    if not any(letter.isalnum() for letter in bare):
        return None
    if len(bare) > _MOST_LETTERS:
        return PlacePhrase(bare, start, start + len(bare), "in", (Mention(bare),))
    phrase = parse_arabic(bare) or parse_cell(bare)
    return _shift(replace(phrase, text=bare, start=start, end=start + len(bare)), start)


def _shift(phrase: PlacePhrase, by: int) -> PlacePhrase:
    """A phrase whose mentions begin so many letters later."""

    def move(mention: Mention) -> Mention:
        if not mention.end:
            return mention
        return replace(mention, start=mention.start + by, end=mention.end + by)

    if not by:
        return phrase
    return replace(
        phrase,
        mentions=tuple(map(move, phrase.mentions)),
        containers=tuple(map(move, phrase.containers)),
        target=move(phrase.target) if phrase.target else None,
        whole=move(phrase.whole) if phrase.whole else None,
    )
