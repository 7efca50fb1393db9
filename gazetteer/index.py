"""An open gazetteer: candidates for a name, places by id, polygons, what it was built from."""

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from gazetteer.columns import DEGREES
from gazetteer.hashing import hash_forms
from gazetteer.place import Candidate, Place, PlaceName
from gazetteer.search import METHODS, Hits, Query, find_exact_rows, find_hits, find_many_hits
from gazetteer.sections import open_sections, read_texts, take_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

Array = NDArray[Any]

# Places made lately are kept: the same few come back for every row of a table.
_MOST_KEPT = 20_000
_NOWHERE = -2


class Gazetteer:
    """A gazetteer file, open for reading; use it in a `with`, or call `close`.

    Opening maps the file and takes its checksum; it raises `DamagedFileError` for a file that is
    not whole. Names are compared through `gazetteer.normalize`. Places come with all their names.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        sections = open_sections(path)
        self.meta = sections.meta
        self._arrays = sections.arrays
        self._labels = read_texts(self._arrays, "label")
        countries = read_texts(self._arrays, "country")
        self._countries = {code: number for number, code in enumerate(countries)}
        self._places: dict[int, Place] = {}

    def __enter__(self) -> Self:
        """Returns the gazetteer itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes the file."""
        self.close()

    def close(self) -> None:
        """Lets the file go; closing twice does nothing."""
        self._arrays, self._places = {}, {}

    @property
    def place_count(self) -> int:
        """How many places there are."""
        return int(self.meta["places"])

    @property
    def name_count(self) -> int:
        """How many names the places have, each counted once a place."""
        return int(self.meta["names"])

    @property
    def sources(self) -> "list[dict[str, Any]]":
        """What the index was built from: name, version, licence, number of places of each."""
        return list(self.meta["sources"])

    @property
    def version(self) -> str:
        """A hash over the rules and the sources' versions: the same for the same answers."""
        return str(self.meta["version"])

    def find_matches(self, name: str, *, country: str = "", limit: int = 400) -> list[Candidate]:
        """Returns the places a name may mean, unscored: exact, then variant, then fuzzy.

        `country` (ISO 3166-1 alpha-2) keeps its places only. Every exact match is returned;
        the others fill up to `limit`, the likest names first. Empty where nothing is like it.
        """
        number = self._country_number(country)
        hits = find_hits(self._open(), Query(name, number, limit)) if number != _NOWHERE else []
        texts = take_texts(self._arrays, "text", np.array([hit.text for hit in hits], np.int64))
        return [
            Candidate(self._make_place(hit.place), text, METHODS[hit.method])
            for hit, text in zip(hits, texts, strict=True)
        ]

    def find_hits(self, names: "Sequence[str]", countries: "Sequence[str]", *, limit: int) -> Hits:
        """Returns for many names what `find_matches` finds, as rows of places and of texts.

        `countries` has an ISO 3166-1 alpha-2 code, or "", for each name.
        """
        numbers = [self._country_number(country) for country in countries]
        known = [at for at, number in enumerate(numbers) if number != _NOWHERE]
        hits = find_many_hits(
            self._open(), [names[at] for at in known], [numbers[at] for at in known], limit
        )
        return hits._replace(query=np.array(known, np.int64)[hits.query])

    def find_exact(self, names: "Sequence[str]", *, country: str = "") -> list[list[str]]:
        """Returns for each of many names the ids of the places with that folded name."""
        found: list[list[str]] = [[] for _ in names]
        number = self._country_number(country)
        if number != _NOWHERE:
            owners, rows = find_exact_rows(self._open(), list(names), number)
            distinct, at = np.unique(rows, return_inverse=True)
            numbers = self._arrays["places"]["place_id"][distinct]
            ids = take_texts(self._arrays, "text", numbers)
            for owner, number in zip(owners.tolist(), at.tolist(), strict=True):
                found[owner].append(ids[number])
        return found

    def lookup_place(self, place_id: str) -> Place | None:
        """Returns the place of an id, its own or another source's for it; `None` if unknown."""
        row = self._find_row(place_id)
        return None if row is None else self._make_place(row)

    def take_place(self, row: int) -> Place:
        """Returns the place of a row, from 0 to `place_count` - 1, to go through all of them."""
        if not 0 <= row < self.place_count:
            raise IndexError(f"row {row} of a gazetteer of {self.place_count} places")
        self._open()
        return self._make_place(row)

    def admin1_id(self, place: Place) -> str:
        """Returns the id ("SY-ID") of the first-level area that holds the place, "" if none."""
        row = self._find_row(place.place_id)
        return "" if row is None else self._labels[int(self._arrays["places"]["area"][row])]

    def find_positions(self, place_id: str) -> dict[str, tuple[float, float]]:
        """Returns where each source puts a place, as longitude and latitude by the source's id.

        Empty for a place that one source only knows; its position is the place's own.
        """
        row = self._find_row(place_id)
        if row is None:
            return {}
        spots = self._arrays["spots"]
        begin, end = np.searchsorted(spots["place"], [row, row + 1])
        found = spots[begin:end]
        ids = take_texts(self._arrays, "text", found["id"])
        lons, lats = (found[axis] / DEGREES for axis in ("lon", "lat"))
        return dict(zip(ids, zip(lons.tolist(), lats.tolist(), strict=True), strict=True))

    def geometry(self, place_id: str) -> "BaseGeometry | None":
        """Returns the polygon of a place in WGS84, `None` where none is known."""
        # Late: shapely and the packaged areas are not needed to find names.
        from shapely import from_wkb  # noqa: PLC0415

        from geo.areas import area_geometry  # noqa: PLC0415

        row = self._find_row(place_id)
        if row is None:
            return None
        rows, starts = self._arrays["area_row"], self._arrays["area_start"]
        at = int(np.searchsorted(rows, np.uint32(row)))
        if at < len(rows) and rows[at] == row:
            wkb = self._arrays["area_bytes"][int(starts[at]) : int(starts[at + 1])]
            shape: BaseGeometry = from_wkb(wkb.tobytes())
            return shape
        place = self._make_place(row)
        ids = (place.place_id, *place.same_as)
        area = next((text[5:] for text in ids if text.startswith("area:")), "")
        return area_geometry(area) if area else None

    def _open(self) -> dict[str, Array]:
        if not self._arrays:
            raise ValueError(f"the gazetteer {self.path} is closed; open it again")
        return self._arrays

    def _country_number(self, country: str) -> int:
        return self._countries.get(country.upper(), _NOWHERE) if country else -1

    def _find_row(self, place_id: str) -> int | None:
        arrays = self._open()
        key = hash_forms([place_id])[0]
        at = int(arrays["id_key"].searchsorted(key))
        if at == len(arrays["id_key"]) or arrays["id_key"][at] != key:
            return None
        return int(arrays["id_at"][at])

    def _make_place(self, row: int) -> Place:
        place = self._places.get(row)
        if place is None:
            if len(self._places) >= _MOST_KEPT:
                self._places.clear()
            place = self._places[row] = _read_place(self._arrays, self._labels, row)
        return place


def _read_place(arrays: dict[str, Array], labels: list[str], row: int) -> Place:
    """The place of a row, its texts decoded."""
    fields = arrays["places"][row].item()
    lon, lat, population, radius_m, names_start, same_start = fields[4:10]
    names_count, same_count, feature, country, source, _ = fields[10:]
    names = arrays["names"][names_start : names_start + names_count].tolist()
    same = arrays["same"][same_start : same_start + same_count].tolist()
    numbers = [*fields[:4], *same, *(name[0] for name in names)]
    starts, pool = arrays["text_start"].data, arrays["text_bytes"].data
    texts = [str(pool[starts[n] : starts[n + 1]], "utf-8") for n in numbers]
    after = 4 + same_count
    return Place(
        place_id=texts[0],
        name=texts[1],
        lon=lon / DEGREES,
        lat=lat / DEGREES,
        feature_code=labels[feature],
        country=labels[country],
        source=labels[source],
        radius_km=radius_m / 1000,
        names=tuple(
            PlaceName(text, labels[lang], labels[kind])
            for text, (_, lang, kind) in zip(texts[after:], names, strict=True)
        ),
        admin1=texts[2],
        admin2=texts[3],
        population=population,
        same_as=tuple(texts[4:after]),
    )
