"""What is wrong with an input, row by row: light to import, for every reader."""

from typing import NamedTuple


class Problem(NamedTuple):
    """What is wrong with an input, where, and how to mend it; as text, one line.

    `row` counts as a spreadsheet does for CSV (the heading is row 1), and from 1 elsewhere; it is
    `None` for what concerns the whole file. `message` begins with what was given.
    """

    file: str
    row: int | None
    column: str
    message: str

    def __str__(self) -> str:
        """The line that a reader sees."""
        row = "" if self.row is None else f"row {self.row}"
        where = ", ".join(part for part in (self.file, row) if part)
        what = " ".join(part for part in (self.column, self.message) if part)
        return f"{where}: {what}" if where else what
