"""Sentences of a report with their exact spans, and what each line of the page is.

The splitter is sentencex (rules by language, no model, spans). It keeps a quotation in one
piece; ours hides the quotation marks from it, so that each sentence of a statement stands alone.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sentencex import get_sentence_boundaries

from reports.lines import Line, find_lines

QUOTES = '"“”„«»‟'
OPENING = re.compile(r"\s(?P<mark>[\"\u201c\u201e«\u2018'(\[]+)\s*$")
MASK = str.maketrans(dict.fromkeys(QUOTES, " ") | {"\n": " "})
# A name or an honorific that sentencex does not know stays with what follows.
UNFINISHED = re.compile(
    r"(?:\b(?:[A-Z]|Lt|Col|Brig|Maj|Capt|Sgt|Gen|Adm|Amb|Msgr|Dr|Mr|Mrs|Ms|St|Ste|Mt|No|Nos|vs|al)"
    r"|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?=\.\s*$))\.\s*$"
)
# The longest sentence read, some 130 words. A text without full stops is cut: to read a sentence
# takes time by the square of its length.
MAX_LETTERS = 800
# Where a sentence that is too long is cut, the best place first.
CUTS = ("; ", ", ", " ")
# What follows begins in lower case, and is no name such as al-Qaeda.
GOES_ON = re.compile(r"[\s\"\u201d\u2019»)]*(?!(?:al|el|ar|as|ash|an|ad|az)-)[a-z]")


class Sentence(NamedTuple):
    """One sentence: `text == report.text[start:end]`.

    `paragraph` counts the paragraphs of the report from 0. `kind` is `title` (headline or
    standfirst: context, not a second incident), `heading` (within the text), `dateline`, `body`,
    `caption` or `boilerplate`.
    """

    text: str
    start: int
    end: int
    paragraph: int
    kind: str = "body"

    @property
    def is_boilerplate(self) -> bool:
        """Whether this is no statement of the report: navigation, adverts, captions, dateline."""
        return self.kind in {"boilerplate", "caption", "dateline"}


def find_sentences(text: str, *, title: str = "") -> list[Sentence]:
    """All sentences of a report in order, each with its exact span and its kind.

    `title` is the report's title where known: lines that repeat it are of kind `title`.
    Only white space lies outside the spans.

    >>> [s.text for s in find_sentences("Shells hit Hama. Mr. Said left.")]
    ['Shells hit Hama.', 'Mr. Said left.']
    """
    return [
        Sentence(text[start:end], start, end, line.paragraph, line.kind)
        for line in find_lines(text, title=title)
        for start, end in _split_line(text, line)
    ]


def _split_line(text: str, line: Line) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of one line; only a line of prose is split."""
    if line.kind != "body":
        yield line.start, line.end
        return
    for start, end in _find_spans(text[line.start : line.end]):
        yield from _cut_long(text, line.start + start, line.start + end)


def _cut_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span, cut behind a semicolon, a comma or a word where it is too long to read."""
    while end - start > MAX_LETTERS:
        limit = start + MAX_LETTERS
        found = (text.rfind(mark, start + MAX_LETTERS // 2, limit) for mark in CUTS)
        cut = next((place + 1 for place in found if place > 0), limit)
        yield start, cut
        start = cut + (text[cut] == " ")
    yield start, end


def _find_spans(block: str) -> list[tuple[int, int]]:
    """Spans within one block, white space trimmed, opening marks moved to their sentence."""
    starts = [0]
    for boundary in get_sentence_boundaries("en", block.translate(MASK)):
        cut = boundary["end_index"]
        if 0 < cut < len(block) and not _goes_on(block, starts[-1], cut):
            starts.append(_move_opening(block, starts[-1], cut))
    spans = zip(starts, [*starts[1:], len(block)], strict=True)
    return [trimmed for start, end in spans if (trimmed := _trim(block, start, end))]


def _goes_on(block: str, start: int, cut: int) -> bool:
    """Whether the sentence goes on behind the cut: an abbreviation, or `"Why?" he asked`."""
    return bool(UNFINISHED.search(block[start:cut]) or GOES_ON.match(block[cut:]))


def _move_opening(block: str, start: int, cut: int) -> int:
    """The cut, moved left of a quotation mark that opens the next sentence."""
    mark = OPENING.search(block, start, cut)
    return mark.start("mark") if mark else cut


def _trim(block: str, start: int, end: int) -> tuple[int, int] | None:
    piece = block[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start + left, start + len(piece.rstrip())) if piece.strip() else None
