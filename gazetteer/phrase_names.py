"""A text as tokens to read, and the capitalised names in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.phrase_words import Token, load_words, match_words
from gazetteer.place import Mention

# HTS, SDF, AFP: short words all in capitals are organisations.
_MAX_ACRONYM = 5


@dataclass(frozen=True)
class Reader:
    """A text as tokens, to be read from left to right."""

    text: str
    tokens: Sequence[Token]

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
    if reader.text.isupper() or not _is_acronym(token):
        return match_words(words.headings, reader.tokens, at) is None
    return False


def _joins(reader: Reader, at: int) -> bool:
    """Whether a word in lower case (al, ibn, de) joins a name that goes on after it."""
    tokens = reader.tokens
    return (
        at + 1 < len(tokens)
        and tokens[at].lower in load_words().joiners
        and tokens[at + 1].capital
        and not _is_acronym(tokens[at + 1])
    )


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
    if at == first and _opens_name(reader, at):
        return True
    previous = reader.lower(at - 1) if at > first else ""
    if previous in load_words().joiners and reader.tokens[at].capital:
        return True
    if is_feature(reader, at):
        return False
    if _is_name_word(reader, at) or _joins(reader, at):
        return True
    if previous in load_words().of_name and reader.lower(at) == "of":
        return at + 1 < len(reader.tokens) and _is_name_word(reader, at + 1)
    return previous in load_words().opens_name and reader.tokens[at].text.isdigit()


def find_run(reader: Reader, at: int) -> int:
    """The token after the group of capitals that begins at a token; the same one if none does."""
    after = at
    while _continues(reader, at, after):
        after += 1
    return after


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
