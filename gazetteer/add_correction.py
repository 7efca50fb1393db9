"""A correction added to its file, which stays whole whatever happens."""

import csv
import io
from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path

from gazetteer.corrections import (
    COLUMNS,
    Correction,
    CorrectionFile,
    check_headings,
    find_delimiter,
    parse_corrections,
    read_headings,
)
from geo.errors import InputError
from geo.readers.text import decode_table
from geo.whole import write_whole


def to_row(correction: Correction) -> dict[str, str]:
    """The cells of a correction by column, as the file holds them."""
    position = correction.position
    return {
        "name": correction.name,
        "country": correction.country,
        "admin1": correction.admin1,
        "report_id": correction.report_id,
        "place_id": correction.place_id,
        "lon": "" if position is None else repr(float(position.lon)),
        "lat": "" if position is None else repr(float(position.lat)),
        "radius_km": repr(correction.radius_km) if correction.radius_km else "",
        "precision": str(correction.precision or ""),
        "who": correction.who,
        "when": correction.when.isoformat(),
        "why": correction.why,
    }


def append_correction(
    path: str | PathLike[str],
    correction: Correction,
    check: Callable[[CorrectionFile], object] = lambda _: None,
) -> CorrectionFile:
    """Adds a correction as the last row, making the file where there is none; returns it read.

    What is in the file stays as it is, bad rows too, and the file is written whole or not at all.
    `check` sees the file as it would be, and may raise. Raises `InputError` for a correction that
    could not be read back, and for a file that has no column for what it says.
    """
    file = Path(path)
    text, mark = _read_held(file)
    end = "\r\n" if "\r\n" in text else "\n"
    text = text or ",".join(COLUMNS) + end
    text += "" if text.endswith("\n") else end
    text += _format_line(to_row(correction), text, file.name, end)
    read = parse_corrections(text, file.name)
    if not read.rows or read.rows[-1].correction != correction:
        what = str(read.problems[-1]) if read.problems else "a cell has spaces or line ends to lose"
        raise InputError(f"this correction cannot be written: {what}")
    check(read)
    with write_whole(file) as output:
        output.write(_encode(mark + text))
    return read


def _read_held(file: Path) -> tuple[str, str]:
    """The text of the file, "" where there is none, and its byte order mark."""
    held = file.read_bytes() if file.exists() else b""
    mark = "\ufeff" if held.startswith(b"\xef\xbb\xbf") else ""
    if not held.strip(b"\xef\xbb\xbf \r\n"):
        return "", mark
    text, problems = decode_table(held, file.name)
    if problems:
        raise InputError(f"{problems[0]}, before a row is added")
    return text, mark


def _encode(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        broken = text[error.start : error.end]
        raise InputError(f"{broken!r} is half a character; type the name again") from error


def _format_line(row: Mapping[str, str], text: str, file: str, end: str) -> str:
    """The row under the headings that the text has."""
    delimiter = find_delimiter(text)
    headings = read_headings(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), file)
    check_headings(headings, file)
    lost = [column for column, cell in row.items() if cell and column not in headings]
    if lost:
        raise InputError(f"{file}: no column {lost[0]!r}; add it to the heading")
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator=end).writerow(
        [row.get(heading, "") for heading in headings]
    )
    return line.getvalue()
