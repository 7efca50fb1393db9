"""GeoNames' other tables that lie beside a dump: alternate names, admin names, what was deleted.

The folder is laid out as GeoNames' download site is: `alternatenames/SY.zip` beside `SY.zip`,
`alternateNamesV2.zip` beside `allCountries.zip`; unpacked `.txt` tables do as well.
"""

from pathlib import Path
from typing import NamedTuple

_DUMPS = frozenset({".txt", ".zip"})


class Companions(NamedTuple):
    """The tables beside a dump: paths, or `None` where there is none."""

    alternates: Path | None = None
    admin1: Path | None = None
    admin2: Path | None = None
    deletes: tuple[Path, ...] = ()
    name_deletes: tuple[Path, ...] = ()

    def paths(self) -> list[Path]:
        """All the files, in a fixed order."""
        single = [path for path in (self.alternates, self.admin1, self.admin2) if path]
        return [*single, *self.deletes, *self.name_deletes]


def find_companions(path: Path) -> Companions:
    """Returns GeoNames' tables in the folder of a dump."""
    if path.suffix.lower() not in _DUMPS:
        return Companions()
    folder = path.parent
    return Companions(
        _find_first(
            folder / "alternatenames" / f"{path.stem}.zip",
            folder / "alternatenames" / f"{path.stem}.txt",
            folder / "alternateNamesV2.zip",
            folder / "alternateNamesV2.txt",
        ),
        _find_first(folder / "admin1CodesASCII.txt"),
        _find_first(folder / "admin2Codes.txt"),
        tuple(sorted(folder.glob("deletes-*.txt"))),
        tuple(sorted(folder.glob("alternateNamesDeletes-*.txt"))),
    )


def _find_first(*paths: Path) -> Path | None:
    return next((path for path in paths if path.is_file()), None)
