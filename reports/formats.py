"""The formats a report comes in, each to its raw entries: text and what is known about it."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from reports.metadata import read_rows


class Entry(NamedTuple):
    """One report as its file gives it; `problem` instead of cells where it cannot be used."""

    row: int | None
    cells: dict[str, Any]
    problem: str = ""
    column: str = ""


def read_txt(text: str) -> Iterator[Entry]:
    """A plain text: one report."""
    yield Entry(None, {"text": text})


def read_html(text: str) -> Iterator[Entry]:
    """A saved web page: its main text, title, date, publisher and address.

    The page is parsed as text; nothing in it is executed and nothing is fetched.
    """
    # Imported here: trafilatura takes half a second, and texts do not need it.
    import trafilatura  # noqa: PLC0415

    page = trafilatura.bare_extraction(
        text,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    body = getattr(page, "text", None) or trafilatura.html2txt(text)
    cells = {
        "text": body,
        "title": getattr(page, "title", None),
        "published": getattr(page, "date", None),
        "publisher": getattr(page, "sitename", None),
        "url": getattr(page, "url", None),
    }
    yield Entry(None, {key: value for key, value in cells.items() if value})


def read_json(text: str) -> Iterator[Entry]:
    """One object, or a list of objects."""
    try:
        loaded = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        yield Entry(None, {}, f"is no JSON ({error}); mend it there")
        return
    if not isinstance(loaded, list):
        yield _make_entry(None, loaded)
        return
    for number, item in enumerate(loaded, start=1):
        yield _make_entry(number, item)


def read_jsonl(text: str) -> Iterator[Entry]:
    """One JSON object a line; the row is the line."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield _make_entry(number, json.loads(line))
        except (json.JSONDecodeError, RecursionError) as error:
            yield Entry(number, {}, f"is no JSON ({error}); write one object a line")


def read_csv(text: str) -> Iterator[Entry]:
    """A table with a report a row; the row counts from 2, behind the header."""
    for row in read_rows(text):
        yield Entry(row.number, row.cells, row.problem)


def _make_entry(number: int | None, item: object) -> Entry:
    if isinstance(item, Mapping):
        return Entry(number, dict(item))
    kind = type(item).__name__
    return Entry(number, {}, f"expected an object with a key 'text'; got {kind}")


READERS: Mapping[str, Callable[[str], Iterator[Entry]]] = {
    ".txt": read_txt,
    ".text": read_txt,
    ".md": read_txt,
    ".html": read_html,
    ".htm": read_html,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
    ".tsv": read_csv,
}
