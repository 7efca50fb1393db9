"""Reports from files and folders; what cannot be read is told, and the rest goes on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from geo.table import Problem
from reports.decode import decode_report
from reports.formats import READERS, Entry
from reports.metadata import Row, parse_published, pick, read_rows
from reports.report import Report, make_report

METADATA_FILE = "reports.csv"
# What a folder says of a file that its reports.csv does not name.
NOTHING_SAID = Row(0, {})
# Larger files and texts are no news reports; a table of reports may be large.
MAX_FILE_BYTES = 500_000_000
MAX_REPORT_LETTERS = 2_000_000
SUFFIXES = ", ".join(sorted(READERS))


class ReportsRead(NamedTuple):
    """The reports, in the order of the inputs, and what to know about the input."""

    reports: list[Report]
    problems: list[Problem]


def read_reports(inputs: Sequence[Path], *, published: date | None = None) -> ReportsRead:
    """The reports of files and folders, sorted within a folder; and every problem met.

    A `reports.csv` beside the texts gives date, publisher, address and title by file name.
    `published` is the day of every report that has none of its own; of a single report it is
    the last word. Nothing is executed and nothing is fetched.
    """
    reports: list[Report] = []
    problems: list[Problem] = []
    for path in inputs:
        for item in _read_input(Path(path)):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                reports.append(item)
    reports = _make_unique(reports, problems)
    return ReportsRead(_set_published(reports, published), problems)


def _set_published(reports: list[Report], published: date | None) -> list[Report]:
    if published is None:
        return reports
    return [
        report if report.published and len(reports) > 1 else replace(report, published=published)
        for report in reports
    ]


def _read_input(path: Path) -> Iterator[Report | Problem]:
    """The reports of one input, a file or a folder."""
    if path.is_dir():
        yield from _read_folder(path)
    elif not path.exists():
        yield Problem(str(path), None, "", "does not exist; check the path")
    else:
        about = {} if path.name == METADATA_FILE else _load_about(path.parent, [])
        yield from _read_file(path, about.get(path.name, NOTHING_SAID))


def _read_folder(folder: Path) -> Iterator[Report | Problem]:
    """The reports of one folder, by file name; folders within it are told, not entered."""
    problems: list[Problem] = []
    about = _load_about(folder, problems)
    yield from problems
    paths = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
    if about:
        paths = [path for path in paths if path.name != METADATA_FILE]
    if not paths:
        yield Problem(str(folder), None, "", f"holds no reports; put files in it ({SUFFIXES})")
    for path in paths:
        if path.is_dir():
            yield Problem(str(path), None, "", "is a folder in a folder; name it as an input too")
            continue
        if about and path.name not in about:
            message = f"names no file {path.name!r}; it is read without date; add a row"
            yield Problem(str(folder / METADATA_FILE), None, "file", message)
        yield from _read_file(path, about.get(path.name, NOTHING_SAID))


def _load_about(folder: Path, problems: list[Problem]) -> dict[str, Row]:
    """What a folder's reports.csv says of its files; empty without one, or if it holds texts."""
    path = folder / METADATA_FILE
    text = _decode_file(path, problems) if path.is_file() else None
    about: dict[str, Row] = {}
    for row in read_rows(text or ""):
        name = (row.cells.get("file") or "").strip()
        if row.problem:
            problems.append(Problem(str(path), row.number, "", row.problem))
        elif "file" not in row.cells or pick(row.cells, "text"):
            return {}
        else:
            problem = _check_about(folder, row.cells, about)
            if problem:
                problems.append(Problem(str(path), row.number, problem[0], problem[1]))
        about.setdefault(name, row)
    return about


def _check_about(
    folder: Path, cells: Mapping[str, str], about: Mapping[str, object]
) -> tuple[str, str] | None:
    """The column and what is wrong with a row of reports.csv, or `None`."""
    name = (cells.get("file") or "").strip()
    if not name:
        return "file", "is empty; write the name of the text it is about"
    if name in about:
        return "file", f"{name!r} is named twice; the first row counts, remove the other"
    if not (folder / name).is_file():
        return "file", f"{name!r} is not in the folder; add the text or remove the row"
    return None


def _decode_file(path: Path, problems: list[Problem]) -> str | None:
    """The text of a file, or `None` and a problem."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_FILE_BYTES else b""
    except OSError as error:
        reason = error.strerror or "unreadable"
        problems.append(
            Problem(str(path), None, "", f"cannot be read ({reason}); check it and its rights")
        )
        return None
    if size > MAX_FILE_BYTES:
        message = f"has {size:,} bytes, more than {MAX_FILE_BYTES:,}; split it"
        problems.append(Problem(str(path), None, "", message))
        return None
    text, problem = decode_report(data)
    if problem:
        problems.append(Problem(str(path), None, "", problem))
    return text


def _read_file(path: Path, about: Row) -> Iterator[Report | Problem]:
    """The reports of one file and its problems."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        message = f"is in no format read here; convert it to one of {SUFFIXES}"
        yield Problem(str(path), None, "", message)
        return
    problems: list[Problem] = []
    text = _decode_file(path, problems)
    yield from problems
    if text is None:
        return
    if not text.strip():
        yield Problem(str(path), None, "", "is empty; remove it, or save the report's text in it")
        return
    for entry in reader(text.removeprefix("\ufeff")):
        yield from _read_entry(path, entry, about)


def _read_entry(path: Path, entry: Entry, about: Row) -> Iterator[Report | Problem]:
    """One report, or why there is none; a date that is none leaves the report without."""
    if entry.problem:
        yield Problem(str(path), entry.row, entry.column, entry.problem)
        if not entry.cells:
            return
    text = pick(entry.cells, "text")
    problem = _check_text(text, entry.cells)
    if problem or not isinstance(text, str):
        yield Problem(str(path), entry.row, "text", problem)
        return
    told = pick(about.cells, "published")
    written = str(told or pick(entry.cells, "published") or "").strip()
    published = parse_published(written) if written else None
    if written and published is None:
        message = f"{written!r} is no date; write YYYY-MM-DD, or leave it empty"
        where = (path.parent / METADATA_FILE, about.number) if told else (path, entry.row)
        yield Problem(str(where[0]), where[1], "published", message)
    yield make_report(
        text,
        report_id=_name_report(path, entry),
        title=_text_of(about.cells, entry, "title"),
        url=_text_of(about.cells, entry, "url"),
        publisher=_text_of(about.cells, entry, "publisher"),
        published=published,
        file=str(path),
    )


def _check_text(text: object, cells: Mapping[str, object]) -> str:
    """What is wrong with a report's text, or empty."""
    if text is None:
        known = ", ".join(repr(str(name)) for name in list(cells)[:8]) or "nothing"
        return f"no text in it; expected 'text', 'body' or 'content', found {known}"
    if not isinstance(text, str):
        return f"expected a text; got {type(text).__name__}"
    if not text.strip():
        return "is empty; give the report's text, or remove the row"
    if len(text) > MAX_REPORT_LETTERS:
        return f"has {len(text):,} letters, no single report has; split it into reports"
    return ""


def _name_report(path: Path, entry: Entry) -> str:
    """The id of a report: its own, or its file's name and its row."""
    own = pick(entry.cells, "report_id")
    if own is not None and str(own).strip():
        return str(own).strip()
    return path.stem if entry.row is None else f"{path.stem}-{entry.row}"


def _text_of(about: Mapping[str, str], entry: Entry, key: str) -> str:
    value = pick(about, key) or pick(entry.cells, key)
    return value if isinstance(value, str) else ""


def _make_unique(reports: list[Report], problems: list[Problem]) -> list[Report]:
    """The reports with ids of their own; a repeated id or text is told."""
    seen: dict[str, str] = {}
    texts: dict[str, str] = {}
    unique: list[Report] = []
    for report in reports:
        name = report.report_id
        if name in seen:
            number = 2
            while f"{name}-{number}" in seen:
                number += 1
            message = f"{name!r} is also in {seen[name]}; this one is called '{name}-{number}'"
            problems.append(Problem(report.file, None, "report_id", message))
            name = f"{name}-{number}"
        if report.text in texts:
            message = f"is word for word {texts[report.text]!r}; remove one, or it counts twice"
            problems.append(Problem(report.file, None, "text", message))
        seen[name] = report.file
        texts.setdefault(report.text, name)
        unique.append(replace(report, report_id=name))
    return unique
