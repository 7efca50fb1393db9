"""What each line of a news page is: headline, heading, prose, caption, or furniture."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from reports.datelines import parse_dateline
from reports.words import load_set, load_words

ENDS_PROSE = re.compile(r"[.!?…:;,][\"'\u201d\u2019»)\]]*$")
ENDS_SENTENCE = re.compile(r"[.!…][\"'\u201d\u2019»)\]]*$")
LAST_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,40})[)\]]\.?$")
ADDRESS = re.compile(r"https?://|\bwww\.")
CLOCK = re.compile(r"^\d{1,2}:\d{2}(?::\d{2})?$")
# Longer lines without a full stop are prose whose stop was lost; headings are shorter.
HEADING_WORDS = 12
# The longest headlines of link lists; a longer line is prose again.
LINK_WORDS = 25
# The same headline with other quotation marks or a site's name behind it is still the same.
SAME_TITLE = 85
# Lines up to this length may be one sentence broken by hand (mail, plain text).
WRAP_WIDTH = 100


class Line(NamedTuple):
    """A line (or a paragraph broken over lines) with its span and its kind."""

    start: int
    end: int
    paragraph: int
    kind: str


class _Raw(NamedTuple):
    start: int
    end: int
    text: str
    block: int


def find_lines(text: str, *, title: str = "") -> list[Line]:
    """Every line that holds something, in order, with its kind; see `sentences.Sentence`.

    Lines broken by hand within a paragraph are one line. A dateline is a line of its own.
    """
    raws = [raw for block in _find_blocks(text) for raw in _unwrap(text, block)]
    kinds = _classify(raws, title)
    lines: list[Line] = []
    for number, (raw, kind) in enumerate(zip(raws, kinds, strict=True)):
        lines.extend(_cut_dateline(raw, kind, number))
    return lines


def _find_blocks(text: str) -> Iterator[list[_Raw]]:
    """Runs of lines between empty lines."""
    block: list[_Raw] = []
    number = 0
    for match in re.finditer(r"[^\n]*", text):
        line = match.group().strip()
        if line:
            start = match.start() + match.group().index(line[0])
            block.append(_Raw(start, start + len(line), line, number))
        elif block and match.start() == match.end() and text[match.start() - 1] == "\n":
            yield block
            block, number = [], number + 1
    if block:
        yield block


def _unwrap(text: str, block: list[_Raw]) -> list[_Raw]:
    """The block as one line if its lines are one paragraph broken by hand, else as it is."""
    pairs = list(pairwise(block))
    goes_on = any(
        not ENDS_PROSE.search(above.text) and below.text[0].islower() for above, below in pairs
    )
    if not goes_on or max(len(raw.text) for raw in block) > WRAP_WIDTH:
        return block
    start, end = block[0].start, block[-1].end
    return [_Raw(start, end, text[start:end], block[0].block)]


def _cut_dateline(raw: _Raw, kind: str, number: int) -> Iterator[Line]:
    """One line, or the dateline and the rest."""
    dateline = parse_dateline(raw.text) if kind == "body" else None
    if dateline is None:
        yield Line(raw.start, raw.end, number, kind)
        return
    yield Line(raw.start, raw.start + dateline.end, number, "dateline")
    rest = raw.text[dateline.end :]
    start = raw.end - len(rest.lstrip())
    yield Line(start, raw.end, number, kind)


def _classify(raws: Sequence[_Raw], title: str) -> list[str]:
    """The kind of each line: furniture first, then title or heading by where it stands."""
    kinds = ["" for _ in raws]
    for index, raw in enumerate(raws):
        kinds[index] = kinds[index] or _furniture_kind(raw.text)
        _mark_neighbours(raws, kinds, index)
    _mark_titles(raws, kinds, title)
    return kinds


def _mark_neighbours(raws: Sequence[_Raw], kinds: list[str], index: int) -> None:
    """What a line says of the lines beside it: link lists, link tails, captions."""
    line = _fold(raws[index].text)
    if raws[index].text.casefold() in load_set("boilerplate", "link_tails"):
        kinds[index] = "boilerplate"
        if index and raws[index - 1].block == raws[index].block and not kinds[index - 1]:
            kinds[index - 1] = "boilerplate"
    elif line in load_set("boilerplate", "list_heads"):
        _mark_links(raws, kinds, index)
    if _leads_caption(raws[index].text) and index + 1 < len(raws):
        follower = raws[index + 1]
        if not ENDS_SENTENCE.search(follower.text) or follower.block == raws[index].block:
            kinds[index + 1] = "caption"


def _leads_caption(line: str) -> bool:
    """Whether the next line is a caption: a running time, or "Image:" alone."""
    return bool(CLOCK.match(line)) or line.casefold() in load_set("boilerplate", "caption_starts")


def _mark_links(raws: Sequence[_Raw], kinds: list[str], index: int) -> None:
    """Marks the head of a link list and the lines after it, up to the next prose."""
    kinds[index] = "boilerplate"
    for follower in range(index + 1, len(raws)):
        line = raws[follower].text
        if ENDS_SENTENCE.search(line) or len(line.split()) > LINK_WORDS:
            return
        kinds[follower] = "boilerplate"


def _furniture_kind(line: str) -> str:
    """`boilerplate`, `caption`, or empty for a line that may be part of the report."""
    low, fold = line.casefold(), _fold(line)
    if fold in load_set("boilerplate", "lines") or not any(map(str.isalpha, line)):
        return "boilerplate"
    if ADDRESS.search(low) and not ENDS_SENTENCE.search(line):
        return "boilerplate"
    if _is_caption(line, low):
        return "caption"
    if low.startswith(_tuple("starts")) or any(part in low for part in _tuple("contains")):
        return "boilerplate"
    return ""


def _is_caption(line: str, low: str) -> bool:
    """Whether a line reads as a picture caption: how it begins, or the agency it ends with."""
    if low.startswith(_tuple("caption_starts")):
        return True
    brackets = LAST_BRACKETS.search(low)
    if brackets and not parse_dateline(line):
        parts = re.split(r"[/,|]| via ", brackets[1])
        if any(part.strip() in load_set("boilerplate", "caption_marks") for part in parts):
            return True
    return any(part in low for part in _tuple("caption_inside"))


def _mark_titles(raws: Sequence[_Raw], kinds: list[str], title: str) -> None:
    """Fills in title, heading and body; a text without any prose is all body."""
    prose = [i for i, raw in enumerate(raws) if not kinds[i] and ENDS_PROSE.search(raw.text)]
    first = prose[0] if prose else -1
    for index, raw in enumerate(raws):
        if kinds[index]:
            continue
        if title and _is_same_title(raw.text, title) and prose:
            kinds[index] = "title"
        elif ENDS_PROSE.search(raw.text) or not prose:
            kinds[index] = "body"
        elif index < first:
            kinds[index] = "title"
        else:
            kinds[index] = "heading" if len(raw.text.split()) <= HEADING_WORDS else "body"


def _is_same_title(line: str, title: str) -> bool:
    """Whether a line repeats the headline."""
    fold, wanted = _fold(line), _fold(title)
    return len(fold) < 2 * len(wanted) + 20 and fuzz.ratio(fold, wanted) >= SAME_TITLE


def _fold(line: str) -> str:
    """A line for comparison: lower case, single spaces, no marks at its ends."""
    return re.sub(r"^\W+|\W+$", "", " ".join(line.casefold().split()))


@cache
def _tuple(key: str) -> tuple[str, ...]:
    return tuple(load_words("boilerplate")[key])
