"""One thing named in a cell: a place with its feature words, its other names and its number.

"Aleppo Thermal Power Plant" is called so as a whole, and after Aleppo: the mention is Aleppo,
with the feature `works`, and the whole wording is a variant. Two names with a slash between
them are one place.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from gazetteer.phrase_adjectives import list_towns
from gazetteer.phrase_cell_words import load_cell_words, load_whole, match_last
from gazetteer.phrase_features import is_together, is_word, read_part, slice_text
from gazetteer.phrase_units import find_unit
from gazetteer.phrase_words import Token
from gazetteer.place import Mention

# "(X area)" is where it is, and no other name of it.
_AREAS = frozenset({"region", "district", "subdistrict", "province", "country"})
_FUELS = frozenset({"oil", "gas"})


class Thing(NamedTuple):
    """A mention, and the places that a bracket puts it in."""

    mention: Mention
    containers: tuple[Mention, ...] = ()


def read_thing(text: str, tokens: Sequence[Token]) -> Thing | None:
    """Reads the tokens of a cell as one thing named; `None` where no word is left."""
    outer, inner, is_middle = _take_bracket(tokens)
    mention = _read_names(text, outer)
    if mention is None:
        return None
    return _add_aside(text, mention, inner, is_alias=is_middle) if inner else Thing(mention)


def _take_bracket(tokens: Sequence[Token]) -> tuple[list[Token], list[Token], bool]:
    """The tokens outside and inside a pair of brackets; whether words stand after it."""
    marks = [token.lower for token in tokens]
    if "(" not in marks or ")" not in marks[marks.index("(") :]:
        return list(tokens), [], False
    opened = marks.index("(")
    closed = marks.index(")", opened)
    inner, outer = list(tokens[opened + 1 : closed]), [*tokens[:opened], *tokens[closed + 1 :]]
    if not any(is_word(token) for token in outer):
        return inner, [], False
    is_middle = opened > 0 and any(is_word(token) for token in tokens[closed + 1 :])
    return outer, inner, is_middle


def _add_aside(text: str, mention: Mention, inner: list[Token], *, is_alias: bool) -> Thing:
    """Adds what a bracket says: another name, a unit, a kind of place, or the place round it."""
    words = load_cell_words()
    while inner and (inner[0].lower in words.also or not is_word(inner[0])):
        is_alias, inner = is_alias or inner[0].lower in words.also, inner[1:]
    unit = find_unit(inner)
    aside = _read_names(text, inner)
    if unit is not None:
        written = slice_text(text, inner[unit.first : unit.after])
        names = (written, *(n for n in unit.names if n != written))
        return Thing(replace(mention, variants=_distinct(mention.text, mention.variants, names)))
    if aside is None:
        return Thing(mention)
    if _is_only_features(inner):
        return Thing(replace(mention, feature=mention.feature or aside.feature))
    if is_alias and aside.feature not in _AREAS:
        names = (aside.text, *aside.variants)
        return Thing(replace(mention, variants=_distinct(mention.text, mention.variants, names)))
    return Thing(mention, (aside,))


def _is_only_features(tokens: Sequence[Token]) -> bool:
    words = load_cell_words()
    rest = [t for t in tokens if is_word(t) and t.lower not in words.describing]
    if not rest:
        return bool(tokens)
    found = match_last(words.features, tokens, len(tokens))
    return found is not None and all(
        t.lower in words.describing or not is_word(t) for t in tokens[: found[1]]
    )


def _distinct(text: str, *groups: Sequence[str]) -> tuple[str, ...]:
    """The spellings of all groups, in order, each once, without the mention's own."""
    spellings = dict.fromkeys(spelling for group in groups for spelling in group if spelling)
    spellings.pop(text, None)
    return tuple(spellings)


def make_mention(
    text: str, tokens: Sequence[Token], feature: str = "", variants: tuple[str, ...] = ()
) -> Mention:
    """A mention of tokens; its span is (0, 0) where they do not stand together in the text."""
    name = slice_text(text, tokens)
    if tokens and is_together(text, tokens):
        return Mention(name, feature, variants, tokens[0].start, tokens[-1].end)
    return Mention(name, feature, variants)


def _read_names(text: str, tokens: Sequence[Token]) -> Mention | None:
    """Reads "X", "X/Y village", "X village/Y farm" as one place with all its names."""
    groups = [group for group in _split(tokens, "/") if any(map(is_word, group))]
    if not groups:
        return None
    named = [group for group in groups if not _is_only_features(group)]
    parts = [read_part(text, group) for group in (named or groups)]
    first = parts[0]
    last = next((part for part in reversed(parts) if part.feature), first)
    feature = first.feature or last.feature
    if len(groups) > len(named) and not first.feature and named:
        feature = feature or _feature_of(groups)
    variants: list[str] = []
    for part in parts:
        variants += [slice_text(text, part.name), *part.variants]
    if len(parts) > 1 and feature in load_whole() and last.words and not first.words:
        words = slice_text(text, last.words)
        variants += [f"{slice_text(text, part.name)} {words}" for part in parts[:-1]]
    mention = make_mention(text, first.name, feature)
    if first.number:
        mention = Mention(f"{mention.text} {first.number}", feature)
    spellings = variants if parts[1:] else variants[1:]
    towns = list_towns(mention.text, feature)
    return replace(mention, variants=_distinct(mention.text, spellings, towns))


def _feature_of(groups: Sequence[Sequence[Token]]) -> str:
    features = (match_last(load_cell_words().features, group, len(group)) for group in groups)
    return next((found[0] for found in features if found), "")


def _split(tokens: Sequence[Token], mark: str) -> list[list[Token]]:
    groups: list[list[Token]] = [[]]
    for at, token in enumerate(tokens):
        if token.lower == mark and not {t.lower for t in tokens[at - 1 : at + 2 : 2]} & _FUELS:
            groups.append([])
        else:
            groups[-1].append(token)
    return groups
