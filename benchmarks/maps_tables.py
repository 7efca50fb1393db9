"""Tables of made-up incidents for measuring maps: from fixed seeds, in whole columns."""

from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from geo.areas import load_towns
from geo.incident import COLUMNS, EVENT_TYPES
from geo.table import make_table

FIRST_DAY = np.datetime64("2014-01-01")
DAYS = 3650
PLACES = 8_000
ACTORS = 60
SOURCES = 25
# Degrees: Syria and what lies about it.
BOX = (35.6, 32.3, 42.4, 37.3)
_SHARES = (0.34, 0.08, 0.04, 0.3, 0.16, 0.08)
_DEEDS = ("Shelling", "An air strike", "Gunfire", "A roadside bomb", "A raid", "Clashes")
_HITS = ("a school", "a market", "a checkpoint", "two houses", "a convoy", "farmland", "a clinic")
_ENDS = ("", " at dawn", " overnight", ", residents said", " for the third day", " again")


def at_random_points(count: int) -> GeoDataFrame:
    """Incidents at a position each of their own, with a short note: date, type, actor, source."""
    random = np.random.default_rng(11)
    west, south, east, north = BOX
    points = np.column_stack(
        [random.uniform(west, east, count), random.uniform(south, north, count)]
    )
    return _to_table(_basics(random, count) | {"evidence": _notes(random, count)}, points)


def at_gazetteer_places(count: int) -> GeoDataFrame:
    """Incidents at 8,000 towns of the bundled list, the larger the more: no text of their own."""
    random = np.random.default_rng(12)
    towns = load_towns()[:PLACES]
    lonlat = np.array([(town.lon, town.lat) for town in towns])
    chosen = _by_rank(random, len(towns), count)
    return _to_table(_basics(random, count), lonlat[chosen])


def with_every_column(count: int) -> GeoDataFrame:
    """Incidents at 8,000 towns with all that the product writes: tolls, reasons, claims, text."""
    random = np.random.default_rng(13)
    towns = load_towns()[:PLACES]
    chosen = _by_rank(random, len(towns), count)
    names = np.array([town.name for town in towns], dtype=object)[chosen]
    notes = _notes(random, count)
    dead = random.geometric(0.35, count) - 1
    score = np.round(random.uniform(0.5, 1.0, count), 2)
    sources = _labels("Monitor ", _by_rank(random, SOURCES, count))
    more = {
        "incident_id": np.array([f"i{row:07}" for row in range(count)], dtype=object),
        "actor2": _labels("Group ", _by_rank(random, ACTORS, count)),
        "fatalities_low": dead,
        "fatalities_best": dead + random.integers(0, 2, count),
        "fatalities_high": dead + random.integers(1, 4, count),
        "place_text": names,
        "place_name": names,
        "place_id": np.array([f"geonames:{170_000 + place}" for place in chosen], dtype=object),
        "country": np.array([town.country for town in towns], dtype=object)[chosen],
        "match_method": np.full(count, "exact", dtype=object),
        "match_score": score,
        "match_reasons": _lists(_reasons(names, score)),
        "alternatives": _lists(_alternatives(names, chosen)),
        "source": sources,
        "source_url": _labels("https://monitor.example.org/report/", np.arange(count) // 3),
        "report_id": _labels("r", np.arange(count) // 3),
        "evidence": notes,
        "claims": _lists(_claims(sources, dead, notes)),
    }
    lonlat = np.array([(town.lon, town.lat) for town in towns])
    return _to_table(_basics(random, count) | more, lonlat[chosen])


def _by_rank(random: np.random.Generator, kinds: int, count: int) -> NDArray[np.int64]:
    """So many draws of 0 to kinds - 1, each in proportion to 1 / (rank + 3): few have most."""
    weights = 1 / (np.arange(kinds) + 3)
    return random.choice(kinds, count, p=weights / weights.sum())


def _labels(word: str, numbers: NDArray[Any]) -> NDArray[np.object_]:
    return np.array(
        [f"{word}{number}" for number in range(int(numbers.max(initial=0)) + 1)], object
    )[numbers]


def _basics(random: np.random.Generator, count: int) -> dict[str, Any]:
    types = np.array(list(EVENT_TYPES), dtype=object)
    day = FIRST_DAY + random.integers(0, DAYS, count)
    return {
        "date_start": day.astype("datetime64[s]"),
        "date_end": day.astype("datetime64[s]"),
        "event_type": types[random.choice(len(types), count, p=_SHARES)],
        "actor1": _labels("Group ", _by_rank(random, ACTORS, count)),
        "source": _labels("Monitor ", _by_rank(random, SOURCES, count)),
        "precision": np.full(count, "settlement", dtype=object),
        "radius_km": np.full(count, 2.0),
    }


def _notes(random: np.random.Generator, count: int) -> NDArray[np.object_]:
    """A note of some forty letters each."""
    deeds, hits, ends = (random.integers(0, len(words), count) for words in (_DEEDS, _HITS, _ENDS))
    hurt = random.integers(0, 20, count)
    return np.array(
        [
            f"{_DEEDS[deed]} hit {_HITS[hit]}, {number} hurt{_ENDS[end]}"
            for deed, hit, number, end in zip(deeds, hits, hurt, ends, strict=True)
        ],
        dtype=object,
    )


def _lists(cells: list[list[Any]]) -> NDArray[np.object_]:
    column = np.empty(len(cells), dtype=object)
    column[:] = cells
    return column


def _reasons(names: NDArray[np.object_], scores: NDArray[np.float64]) -> list[list[str]]:
    return [
        [f"{name} is the name as written", f"the only one of the country, score {score}"]
        for name, score in zip(names, scores, strict=True)
    ]


def _alternatives(
    names: NDArray[np.object_], chosen: NDArray[np.int64]
) -> list[list[dict[str, Any]]]:
    return [
        [{"name": f"{name} North", "score": 0.2, "why": f"{place % 40} km away"}]
        for name, place in zip(names, chosen, strict=True)
    ]


def _claims(
    sources: NDArray[np.object_], dead: NDArray[np.int64], notes: NDArray[np.object_]
) -> list[list[dict[str, Any]]]:
    return [
        [
            {
                "source": source,
                "fatalities": [{"group": "civilians", "best": int(number)}],
                "evidence": note,
            }
        ]
        for source, number, note in zip(sources, dead, notes, strict=True)
    ]


def _to_table(columns: dict[str, Any], lonlat: NDArray[np.float64]) -> GeoDataFrame:
    """The columns as an incident table; those not given are empty, as `make_table` leaves them."""
    empty = make_table(())
    count = len(lonlat)
    data: dict[str, Any] = {}
    for column in COLUMNS[:-1]:
        if column.name in columns:
            data[column.name] = columns[column.name]
        elif column.kind == "text":
            data[column.name] = np.full(count, "", dtype=object)
        elif column.kind == "list":
            data[column.name] = _lists([[] for _ in range(count)])
        else:
            data[column.name] = np.full(count, np.nan)
    points = shapely.points(np.round(lonlat, 5))
    table = GeoDataFrame(data, geometry=points, crs="EPSG:4326")
    return table.astype({name: empty[name].dtype for name in data})
