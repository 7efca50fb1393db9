"""The packaged areas that a page counts by: first-level areas and countries with incidents."""

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.areas import area_geometry, load_areas, lookup_area
from geo.holders import Holders, find_holders
from geo.shapes import join_neighbours, load_country
from maps.area_holders import FIRST_AREA, Areas, Sites, assign_areas
from maps.names import find_arabic
from maps.outlines import Drawn, Geometries, drop_specks, find_detail, simplify_outlines
from maps.stated_areas import Named, Stated, follow_stated, is_abroad

Numbers = NDArray[np.int64]
# A country with incidents in so many of its first-level areas is drawn with all of them; of one
# that few touch, areas without any are left out: Turkey's 78 round the three that hold
# shells from Syria would be four fifths of the outlines.
WHOLE_SHARE = 1 / 5
# Both levels are drawn with the finer detail where the other is less than so many times it: their
# borders are the same then and are written once, and the areas are simplified once.
LIKE_DETAIL = 1.5
ADMIN1, COUNTRIES = "admin1", "country"


class Level(NamedTuple):
    """One set of areas: a key, names, a code for each place from 1 on, and outlines.

    `arabic` holds the names in Arabic, "" where none is known. `abroad` says which places are
    counted in another country than their rows name, for they lie far across its border.
    """

    key: str
    names: list[str]
    arabic: list[str]
    codes: Numbers
    abroad: NDArray[np.bool_]
    drawn: Drawn


class _Pieces(NamedTuple):
    """Packaged shapes: first-level areas, or what of a country belongs to none (`area_id` "")."""

    shapes: Geometries
    area_id: NDArray[np.object_]
    country: NDArray[np.object_]


class _Held(NamedTuple):
    """The ids of areas, a code for each place, and whether its rows name another country."""

    ids: list[str]
    codes: Numbers
    abroad: NDArray[np.bool_]


def make_packaged(sites: Sites, stated: Stated) -> list[Level]:
    """First-level areas and countries about the places, each place in one of them or in none.

    They are those of countries where places are, or which their rows name.
    """
    found = find_holders(sites.lon, sites.lat)
    pieces = _load_pieces(_find_countries(sites, found) | set(stated.country) - {""})
    held = {key: _find_held(sites, found, pieces, stated, key) for key in (ADMIN1, COUNTRIES)}
    drawn = _draw(pieces, *(own.ids for own in held.values()))
    return [
        _make_level(key, own, shown) for (key, own), shown in zip(held.items(), drawn, strict=True)
    ]


def _make_level(key: str, held: _Held, drawn: Drawn) -> Level:
    areas = [area for area in map(lookup_area, held.ids) if area is not None]
    arabic = [find_arabic(area.names) for area in areas]
    return Level(key, [area.name for area in areas], arabic, held.codes, held.abroad, drawn)


def _find_countries(sites: Sites, found: Holders) -> set[str]:
    """The countries that hold places or corners of shapes."""
    corners = shapely.get_coordinates(sites.shapes)
    cornered = find_holders(corners[:, 0], corners[:, 1])
    countries = {
        holders.countries[number]
        for holders in (found, cornered)
        for number in np.unique(holders.numbers).tolist()
    }
    return countries - {""}


def _load_pieces(countries: set[str]) -> _Pieces:
    loaded = [load_country(country) for country in sorted(countries)]
    listed = [piece for pieces, _ in loaded for piece in pieces]
    return _Pieces(
        np.concatenate([np.empty(0, dtype=object), *(shapes for _, shapes in loaded)]),
        np.array([piece.area_id for piece in listed], dtype=object),
        np.array([piece.country for piece in listed], dtype=object),
    )


def _find_held(sites: Sites, found: Holders, pieces: _Pieces, stated: Stated, key: str) -> _Held:
    own = pieces.country if key == COUNTRIES else pieces.area_id
    answers = found.countries if key == COUNTRIES else found.area_ids
    near = set(own) - {""}
    ids = [area.area_id for area in load_areas() if area.area_id in near]
    position = {area_id: number for number, area_id in enumerate(ids)}

    def to_numbers(answers: list[str]) -> Numbers:
        return np.array([position.get(answer, -1) for answer in answers], dtype=np.int64)

    def find(lons: NDArray[np.float64], lats: NDArray[np.float64]) -> Numbers:
        holders = find_holders(lons, lats)
        own = holders.countries if key == COUNTRIES else holders.area_ids
        return to_numbers(own)[holders.numbers]

    of_piece = to_numbers(own.tolist())
    areas = Areas(
        pieces.shapes[of_piece >= 0],
        of_piece[of_piece >= 0],
        to_numbers(answers)[found.numbers],
        find,
        fill_land=True,
        are_countries=key == COUNTRIES,
    )
    named = Named(
        to_numbers(list(stated.country if key == COUNTRIES else stated.admin1)),
        stated.country,
        np.array([area.country for area in map(lookup_area, ids) if area], dtype=object),
    )
    codes = follow_stated(assign_areas(sites, areas), sites, areas, named)
    return _keep_wanted(_Held(ids, codes, is_abroad(codes, named)), key)


def _keep_wanted(held: _Held, key: str) -> _Held:
    """The areas that hold incidents, and the others of a country where many of them do."""
    wanted = np.isin(np.arange(len(held.ids)) + FIRST_AREA, held.codes)
    if key == ADMIN1:
        countries = np.array([area.country for area in map(lookup_area, held.ids) if area])
        for country in np.unique(countries[wanted]):
            own = countries == country
            if wanted[own].mean() >= WHOLE_SHARE:
                wanted |= own
    number = np.cumsum(wanted) - 1 + FIRST_AREA
    renumber = np.concatenate([np.arange(FIRST_AREA), number]).astype(np.int64)
    ids = [held.ids[at] for at in np.flatnonzero(wanted).tolist()]
    return _Held(ids, renumber[held.codes], held.abroad)


def _draw(pieces: _Pieces, area_ids: list[str], countries: list[str]) -> tuple[Drawn, Drawn]:
    """The outlines of first-level areas and of countries."""
    row = {area_id: row for row, area_id in enumerate(pieces.area_id.tolist())}
    areas = np.array([row[area_id] for area_id in area_ids], dtype=np.int64)
    wanted = np.isin(pieces.country, countries)
    detail, whole_detail = (find_detail(pieces.shapes[rows]) for rows in (areas, wanted))
    if whole_detail >= LIKE_DETAIL * detail:
        shapes = _to_objects([area_geometry(country) for country in countries])
        return (
            Drawn(simplify_outlines(pieces.shapes[areas], detail), detail),
            Drawn(simplify_outlines(shapes, whole_detail), whole_detail),
        )
    wanted[areas] = True
    simple = pieces.shapes.copy()
    simple[wanted] = simplify_outlines(pieces.shapes[wanted], detail)
    shapes = _to_objects([join_neighbours(simple[pieces.country == own]) for own in countries])
    return Drawn(simple[areas], detail), Drawn(drop_specks(shapes, detail), detail)


def _to_objects(shapes: list[shapely.Geometry]) -> Geometries:
    made = np.empty(len(shapes), dtype=object)
    made[:] = shapes
    return made
