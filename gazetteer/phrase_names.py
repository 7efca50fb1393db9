"""A text as tokens to read, and the capitalised names in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from gazetteer.phrase_words import Token, load_words, match_words
from gazetteer.place import Mention
from gazetteer.rules import load_rules

# HTS, SDF, AFP: short words all in capitals are organisations.
_MAX_ACRONYM = 5


@dataclass(frozen=True)
class Reader:
    """A text as tokens, to be read from left to right."""

    text: str
    tokens: Sequence[Token]

    @cached_property
    def shouted(self) -> bool:
        """Whether all of the text is in capitals."""
        return self.text.isupper()

    @cached_property
    def runs(self) -> dict[int, int]:
        """Where the groups of capitals end that were read before, by where they begin."""
        return {}

    def lower(self, at: int) -> str:
        """The word at a token in lower case, or nothing past the end."""
        return self.tokens[at].lower if at < len(self.tokens) else ""

    def mention(self, first: int, after: int, feature: str = "") -> Mention:
        """The tokens from `first` up to `after` as a mention."""
        start, end = self.tokens[first].start, self.tokens[after - 1].end
        return Mention(self.text[start:end], feature, (), start, end)


def _is_acronym(token: Token) -> bool:
    return token.text.isupper() and token.text.isalpha() and 1 < len(token.text) <= _MAX_ACRONYM


def _is_name_word(reader: Reader, at: int) -> bool:
    words = load_words()
    token = reader.tokens[at]
    if not token.capital or token.lower in words.stop or token.lower in words.titles:
        return False
    if reader.shouted or not _is_acronym(token):
        return match_words(words.headings, reader.tokens, at) is None
    return False


def _joins(reader: Reader, first: int, at: int) -> bool:
    """Whether a word in lower case (al, ibn, de) joins a name that goes on after it.

    Some articles are English words too (at, as, an): they only stand inside a name, before the
    letter they take after.
    """
    tokens, joiner = reader.tokens, reader.lower(at)
    if at + 1 >= len(tokens) or joiner not in load_words().joiners:
        return False
    if not tokens[at + 1].capital or _is_acronym(tokens[at + 1]):
        return False
    sound = load_sounds().get(joiner)
    return sound is None or (at > first and tokens[at + 1].lower.startswith(sound))


@cache
def load_sounds() -> dict[str, str]:
    """The articles that take after the letter that follows, and that letter."""
    sounds: dict[str, str] = load_rules("articles")["assimilated"]
    return sounds


def _opens_name(reader: Reader, at: int) -> bool:
    """Whether "Lake", "Camp", "Division" at a token belong to the name that follows."""
    if not reader.tokens[at].capital or reader.lower(at) not in load_words().opens_name:
        return False
    after = at + 1
    if after >= len(reader.tokens):
        return False
    is_number = reader.tokens[after].text.isdigit()
    return is_number or (_is_name_word(reader, after) and not is_feature(reader, after))


def is_feature(reader: Reader, at: int) -> bool:
    """Whether a word for a kind of place begins at a token."""
    return match_words(load_words().features, reader.tokens, at) is not None


def _continues(reader: Reader, first: int, at: int) -> bool:
    """Whether the token belongs to the name that began at `first`."""
    if at >= len(reader.tokens) or (at > first and reader.tokens[at - 1].possessive):
        return False
    previous = reader.lower(at - 1) if at > first else ""
    if at == first and _opens_name(reader, at):
        return True
    if previous in load_words().joiners and reader.tokens[at].capital:
        return True
    if is_feature(reader, at):
        return reader.tokens[at].capital and previous in load_words().half_names
    return (
        _is_name_word(reader, at)
        or _joins(reader, first, at)
        or _follows_opener(reader, previous, at)
    )


def _follows_opener(reader: Reader, previous: str, at: int) -> bool:
    """Whether a token goes on after "Gulf" (of) or "Division" (17)."""
    if previous in load_words().of_name and reader.lower(at) == "of":
        return at + 1 < len(reader.tokens) and _is_name_word(reader, at + 1)
    return previous in load_words().opens_name and reader.tokens[at].text.isdigit()


def find_run(reader: Reader, at: int) -> int:
    """The token after the group of capitals that begins at a token; the same one if none does."""
    if at not in reader.runs:
        after = at
        while _continues(reader, at, after):
            after += 1
        reader.runs[at] = after
    return reader.runs[at]


def read_name(reader: Reader, at: int) -> int | None:
    """Reads a capitalised name; returns the token after it, or `None` where there is none.

    A group of capitals that holds a word of organisations, or follows a title, is no name; nor
    is a common word that has its capital from the beginning of the sentence.
    """
    after = find_run(reader, at)
    if after == at:
        return None
    words = load_words()
    lowers = {token.lower for token in reader.tokens[at:after]}
    previous = reader.lower(at - 1) if at else ""
    is_common = after == at + 1 and reader.lower(at) in words.common
    if is_common or lowers & words.not_places or previous in words.titles:
        return None
    return after
