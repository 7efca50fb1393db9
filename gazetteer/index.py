"""An open gazetteer: candidates for a name, places by id, polygons, what it was built from."""

from functools import partial
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from gazetteer import facts
from gazetteer.columns import spread
from gazetteer.facts import PlaceColumns
from gazetteer.hashing import hash_forms
from gazetteer.held import Held, is_large, release_some
from gazetteer.layout_order import open_columns
from gazetteer.paused import paused_collector
from gazetteer.place import Candidate, Place
from gazetteer.search import METHODS, Hits, find_exact, find_hits
from gazetteer.sections import open_sections, read_texts, take_texts
from gazetteer.spool import count_mapped_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shapely.geometry.base import BaseGeometry

    Search = Callable[[dict[str, NDArray[Any]], Sequence[str], NDArray[Any]], Hits]

Array = NDArray[Any]

# Places made lately are kept, some 2 KB each: the same few come back for every row of a table.
_MOST_KEPT = 5_000
_FEW = 20  # are made one by one
_NOWHERE = -2
# Places of a name are made so many at a time.
_PLACES_HELD = 100
# So many names are looked for together in a large file; all that they need is held at once.
_FEW_SIMILAR, _FEW_EXACT = 4, 64


class Gazetteer:
    """A gazetteer file, open for reading; use it in a `with`, or call `close`.

    Opening maps the file and takes its checksum; it raises `DamagedFileError` for a file that is
    not whole. Names are compared through `gazetteer.normalize`. Places come with all their names.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        sections = open_sections(path)
        self.meta = sections.meta
        self._arrays = open_columns(sections.arrays)
        self._raw = sections.raw
        self._labels = read_texts(self._arrays, "label")
        self._id_sources = read_texts(self._arrays, "source")
        countries = read_texts(self._arrays, "country")
        self._countries = {code: number for number, code in enumerate(countries)}
        self._places: dict[int, Place] = {}
        self._held = Held(count_mapped_bytes())

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
        self._arrays, self._places, self._raw = {}, {}, np.empty(0, np.uint8)

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
    def covered(self) -> "dict[str, tuple[int, int]]":
        """How many places, and how many towns of 500 people and more, each country has here."""
        return dict(self.meta["covered"])

    @property
    def version(self) -> str:
        """A hash over the rules and the sources' versions: the same for the same answers."""
        return str(self.meta["version"])

    def find_matches(self, name: str, *, country: str = "", limit: int = 400) -> list[Candidate]:
        """Returns the places a name may mean, unscored: exact ones first, then the likest.

        `country` (ISO 3166-1 alpha-2) keeps its places only. Every exact match is returned;
        the others fill up to `limit`, the likest names first. Empty where nothing is like it.
        """
        hits = self.find_hits([name], [country], limit=limit)
        parts = range(0, len(hits.place), _PLACES_HELD)
        return [match for at in parts for match in self._make_matches(hits, at)]

    def _make_matches(self, hits: Hits, first: int) -> list[Candidate]:
        _, places, texts, methods = (column[first : first + _PLACES_HELD] for column in hits)
        rows = zip(places.tolist(), self.texts(texts), methods.tolist(), strict=True)
        matches = [Candidate(self._make_place(row), text, METHODS[how]) for row, text, how in rows]
        self._let_go()
        return matches

    def find_hits(self, names: "Sequence[str]", countries: "Sequence[str]", *, limit: int) -> Hits:
        """Returns for many names what `find_matches` finds, as rows of places and of texts.

        `countries` has an ISO 3166-1 alpha-2 code, or "", for each name.
        """
        return self._find(names, countries, partial(find_hits, limit=limit), _FEW_SIMILAR)

    def find_exact(self, names: "Sequence[str]", *, country: str = "") -> list[list[str]]:
        """Returns for each of many names the ids of the places with that folded name.

        Rows of the same name share one list.
        """
        distinct = list(dict.fromkeys(names))
        hits = self.find_exact_hits(distinct, [country] * len(distinct))
        rows, at = np.unique(hits.place, return_inverse=True)
        ids = self.texts(self._arrays["places"]["place_id"][rows])
        found = [ids[number] for number in at.tolist()]
        ends = np.searchsorted(hits.query, np.arange(len(distinct) + 1)).tolist()
        with paused_collector():
            lists = [found[begin:end] for begin, end in pairwise(ends)]
        if len(distinct) == len(names):
            return lists
        return list(map(dict(zip(distinct, lists, strict=True)).__getitem__, names))

    def find_exact_hits(self, names: "Sequence[str]", countries: "Sequence[str]") -> Hits:
        """Returns the places with each folded name as columns, the largest first; no others."""
        return self._find(names, countries, find_exact, _FEW_EXACT)

    def lookup_place(self, place_id: str) -> Place | None:
        """Returns the place of an id, its own or another source's for it; `None` if unknown."""
        row = self._find_row(place_id)
        return None if row is None else self._make_place(row)

    def take_place(self, row: int) -> Place:
        """Returns the place of a row, from 0 to `place_count` - 1, to go through all of them."""
        if not 0 <= row < self.place_count:
            raise IndexError(f"row {row} of a gazetteer of {self.place_count} places")
        return self.place(row)

    def admin1_id(self, place: Place) -> str:
        """Returns the id ("SY-ID") of the first-level area that holds the place, "" if none."""
        row = self._find_row(place.place_id)
        return "" if row is None else self._labels[int(self._arrays["places"]["area"][row])]

    @property
    def labels(self) -> list[str]:
        """The feature codes, countries, sources and areas that numbers of `columns` stand for."""
        return self._labels

    @property
    def id_sources(self) -> list[str]:
        """What ids of each source begin with ("geonames"), by the bit in `columns().known_by`."""
        return self._id_sources

    def columns(self, rows: "Sequence[int] | Array") -> PlaceColumns:
        """Returns the facts of many places as arrays, without making the places."""
        return facts.read_columns(self._open(), np.asarray(rows, np.int64))

    def texts(self, numbers: "Sequence[int] | Array") -> list[str]:
        """Returns the names and ids that numbers of `columns` and of hits stand for."""
        return take_texts(self._open(), "text", np.asarray(numbers, np.int64))

    def text(self, number: int) -> str:
        """Returns the name or id that a number of `columns` or of hits stands for."""
        starts, pool = self._open()["text_start"], self._arrays["text_bytes"]
        return str(pool[int(starts[number]) : int(starts[number + 1])].data, "utf-8")

    def names_of(self, rows: Array) -> tuple[Array, Array]:
        """Returns all names of the places: for each the index of its row, and its text's number."""
        places = self._open()["places"][rows]
        owners, members = spread(places["names_start"], places["names_count"])
        return owners, self._arrays["names"]["text"][members]

    def is_first_name(self, rows: Array, texts: Array) -> Array:
        """Returns which texts are a name that a source puts first for the place of the row."""
        places = self._open()["places"][rows]
        owners, members = spread(places["names_start"], places["names_count"])
        names = self._arrays["names"][members]
        main = (names["text"] == texts[owners]) & (names["kind"] == self._labels.index("main"))
        is_main = np.bincount(owners[main], minlength=len(rows)) > 0
        return np.asarray(is_main | (places["name"] == texts))

    def lookup_row(self, place_id: str) -> int | None:
        """Returns the row of the place of an id, its own or another source's; `None` if unknown."""
        return self._find_row(place_id)

    def place(self, row: int) -> Place:
        """Returns the place of a row that a search or `lookup_row` gave."""
        self._open()
        return self._make_place(row)

    def places(self, rows: "Sequence[int] | Array") -> list[Place]:
        """Returns the places of rows that a search gave, many at once."""
        arrays, rows = self._open(), np.asarray(rows, np.int64).tolist()
        missing = [row for row in dict.fromkeys(rows) if row not in self._places]
        if not _FEW < len(missing) <= _MOST_KEPT:
            return [self._make_place(row) for row in rows]
        made = facts.read_places(arrays, self._labels, np.array(missing))
        kept = self._places | dict(zip(missing, made, strict=True))
        self._places = kept if len(kept) <= _MOST_KEPT else {}
        return [kept[row] for row in rows]

    def find_positions(self, place_id: str) -> dict[str, tuple[float, float]]:
        """Returns where each source puts a place, as longitude and latitude by the source's id.

        Empty for a place that one source only knows; its position is the place's own.
        """
        row = self._find_row(place_id)
        return {} if row is None else facts.read_positions(self._arrays, row)

    def geometry(self, place_id: str) -> "BaseGeometry | None":
        """Returns the polygon of a place in WGS84, `None` where none is known."""
        # Late: shapely and the packaged areas are not needed to find names.
        from shapely import from_wkb  # noqa: PLC0415

        from geo.areas import area_geometry  # noqa: PLC0415

        row = self._find_row(place_id)
        if row is None:
            return None
        if wkb := facts.read_outline(self._arrays, row):
            return from_wkb(wkb)
        place = self._make_place(row)
        ids = (place.place_id, *place.same_as)
        area = next((text[5:] for text in ids if text.startswith("area:")), "")
        return area_geometry(area) if area else None

    def _open(self) -> dict[str, Array]:
        if not self._arrays:
            raise ValueError(f"the gazetteer {self.path} is closed; open it again")
        return self._arrays

    def _find(
        self, names: "Sequence[str]", countries: "Sequence[str]", search: "Search", few: int
    ) -> Hits:
        """What a search finds for the names whose country, if any is given, occurs here.

        In a large file it looks for a few names at a time.
        """
        self._open()
        if len(names) != len(countries):
            raise ValueError(f"{len(names)} names but {len(countries)} countries; give one each")
        number_of = {country: self._country_number(country) for country in set(countries)}
        numbers = np.array([number_of[country] for country in countries], np.int64)
        known = np.flatnonzero(numbers != _NOWHERE)
        if len(known) < len(names):
            names, numbers = [names[at] for at in known.tolist()], numbers[known]
        parts = []
        step = few if is_large(self._raw) else max(1, len(names))
        for at in range(0, max(1, len(names)), step):
            hits = search(self._arrays, names[at : at + step], numbers[at : at + step])
            parts.append(hits._replace(query=known[hits.query + at]))
            self._let_go()
        return Hits(*(np.concatenate(column) for column in zip(*parts, strict=True)))

    def _let_go(self) -> None:
        """Gives pages of a large file back to the system where they are many; it keeps them."""
        if is_large(self._raw):
            self._held = release_some(self._raw, self._arrays, self._held)

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
                self._let_go()
            place = self._places[row] = facts.read_place(self._arrays, self._labels, row)
        return place
