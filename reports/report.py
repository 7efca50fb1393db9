"""What a report is: its text as read, and what is known about it."""

import re
from dataclasses import dataclass
from datetime import date

import xxhash

# NUL and halves of surrogate pairs (JSON can spell both) are no text: no file could hold them.
NO_TEXT = re.compile("[\x00\ud800-\udfff]")
NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Report:
    """One report: the text every span refers to, and where and when it was published.

    `report_id` is stable: the same file, or the same text from stdin, gives the same id.
    `published` is `None` where nobody said; `file` is the path the report was read from.
    """

    report_id: str
    text: str
    title: str = ""
    url: str = ""
    publisher: str = ""
    published: date | None = None
    file: str = ""


def normalize_newlines(text: str) -> str:
    r"""The text with every line ending as one line feed and without a byte order mark.

    What is no text (NUL, half of a surrogate pair) becomes U+FFFD. Nothing else changes: spans of
    findings refer to this text, letter for letter.

    >>> normalize_newlines("Aleppo\r\nIdlib\rHama")
    'Aleppo\nIdlib\nHama'
    """
    return NEWLINES.sub("\n", NO_TEXT.sub("\ufffd", text.removeprefix("\ufeff")))


def make_report_id(text: str) -> str:
    """An id made from the text alone: the same text, the same id.

    >>> make_report_id("Two were hurt.")[:5]
    'text-'
    """
    return f"text-{xxhash.xxh3_64_hexdigest(text.encode('utf-8', 'surrogatepass'))}"


def make_report(  # noqa: PLR0913  # one option a field, keyword-only
    text: str,
    *,
    report_id: str = "",
    title: str = "",
    url: str = "",
    publisher: str = "",
    published: date | None = None,
    file: str = "",
) -> Report:
    """A report from a text: newlines made one kind, the id from the text where none is given.

    >>> make_report("Two were hurt.", published=date(2020, 1, 23)).published
    datetime.date(2020, 1, 23)
    """
    normal = normalize_newlines(text)
    return Report(
        report_id=_tidy(report_id) or make_report_id(normal),
        text=normal,
        title=_tidy(title),
        url=_tidy(url),
        publisher=_tidy(publisher),
        published=published,
        file=file,
    )


def _tidy(text: str) -> str:
    return " ".join(NO_TEXT.sub("\ufffd", text).split())
