"""What a report is: its text as read, and what is known about it."""

import re
from dataclasses import dataclass
from datetime import date

import xxhash

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

    Nothing else changes: spans of findings refer to this text, letter for letter.

    >>> normalize_newlines("Aleppo\r\nIdlib\rHama")
    'Aleppo\nIdlib\nHama'
    """
    return NEWLINES.sub("\n", text.removeprefix("\ufeff"))


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
        report_id=report_id or make_report_id(normal),
        text=normal,
        title=" ".join(title.split()),
        url=url.strip(),
        publisher=" ".join(publisher.split()),
        published=published,
        file=file,
    )
