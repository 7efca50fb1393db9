"""Counts the mistakes of merging by name and distance, on Syria.

Run `python -m benchmarks.merging` with the reference data beside the repository. Who's On First
gives the GeoNames id of nearly every place; hidden, it says which pairs were missed and which are
wrong. Two P-codes of OCHA are two places: every pair of them that the rule would join is wrong.
"""

import sys
from pathlib import Path

import numpy as np

if not __package__:  # run as a file: this folder's gazetteer.py would hide the package
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from gazetteer.columns import DEGREES, Array, Columns, join_columns
from gazetteer.keys import finish_keys, start_keys
from gazetteer.merge import find_groups, find_pairs
from gazetteer.normalize import skeleton
from gazetteer.sources.cells import is_arabic
from gazetteer.sources.copies import read_source
from geo.measure import distances_km

DATA = Path(__file__).parents[2] / "shared" / "data"


def main() -> None:
    """Prints the counts."""
    wof = read_source(DATA / "whosonfirst" / "wof_sy.csv").columns
    geonames = read_source(DATA / "geonames" / "SY_P_rebuilt.txt").columns
    ocha = read_source(DATA / "ocha" / "syr_populated_places_ocha.csv").columns
    print("Who's On First with GeoNames, its GeoNames ids hidden")
    print_hidden(wof, geonames)
    print("OCHA with GeoNames, checked by the Arabic names where both have them")
    print_checked(ocha, geonames)
    print("Pairs of one source that the rule would take for one place")
    for name, columns in (("OCHA", ocha), ("Who's On First", wof), ("GeoNames", geonames)):
        print_own_pairs(name, columns)


def hide_ids(columns: Columns) -> Columns:
    """The same places without the ids of other sources."""
    places = columns.places.copy()
    places["same_count"] = 0
    return columns._replace(places=places)


def list_ids(columns: Columns) -> list[str]:
    """The ids of the places, in their order."""
    return [columns.texts[number] for number in columns.places["place_id"].tolist()]


def join(left: Columns, right: Columns) -> list[tuple[int, int]]:
    """The pairs of a left and a right place that merging takes for one."""
    columns = join_columns([left, right])
    keys = finish_keys(start_keys(columns))
    groups = find_groups(columns, keys)
    first = len(left.places)
    rows = np.flatnonzero(groups[first:] < first) + first
    return list(zip(groups[rows].tolist(), (rows - first).tolist(), strict=True))


def print_hidden(left: Columns, right: Columns) -> None:
    """Prints how many pairs of one GeoNames id were found, and how the others were joined."""
    pairs = join(hide_ids(left), right)
    ids = list_ids(right)
    known = [set(find_same(left, row)) & set(ids) for row in range(len(left.places))]
    others = np.array([(a, b) for a, b in pairs if known[a] and ids[b] not in known[a]]).T
    found = sum(ids[b] in known[a] for a, b in pairs)
    km = distances_km(*positions(left, others[0]), *positions(right, others[1]))
    print(
        f"  {sum(map(bool, known))} pairs known, {found} found; {len(km)} joined with another id,"
    )
    print(
        f"  of which {(km <= 1).sum()} within 1 km (twins in GeoNames) and {(km > 1).sum()} farther"
    )


def find_same(columns: Columns, row: int) -> list[str]:
    """The ids of other sources for a place."""
    place = columns.places[row]
    start = place["same_start"]
    return [columns.texts[n] for n in columns.same[start : start + place["same_count"]].tolist()]


def positions(columns: Columns, rows: Array) -> tuple[Array, Array]:
    """The longitudes and latitudes of places."""
    return columns.places["lon"][rows] / DEGREES, columns.places["lat"][rows] / DEGREES


def arabic_forms(columns: Columns, row: int) -> set[str]:
    """The skeletons of a place's Arabic names."""
    place = columns.places[row]
    start = place["names_start"]
    numbers = columns.names["text"][start : start + place["names_count"]].tolist()
    return {skeleton(name) for name in map(columns.texts.__getitem__, numbers) if is_arabic(name)}


def print_checked(left: Columns, right: Columns) -> None:
    """Prints how many places were joined, and for how many the Arabic names agree or differ."""
    pairs = join(left, right)
    forms = [(arabic_forms(left, a), arabic_forms(right, b)) for a, b in pairs]
    both = [(ours, theirs) for ours, theirs in forms if ours and theirs]
    agree = sum(bool(ours & theirs) for ours, theirs in both)
    print(f"  {len(pairs)} of {len(left.places)} joined; {len(both)} with Arabic, {agree} agree")


def print_own_pairs(name: str, columns: Columns) -> None:
    """Prints how many pairs of one source's places pass, by their distance."""
    keys = finish_keys(start_keys(columns))
    apart = np.arange(len(columns.places), dtype=np.uint64)
    these, those = np.array(find_pairs(columns, keys, apart)).T
    km = distances_km(*positions(columns, these), *positions(columns, those))
    counts = ", ".join(f"{(km <= limit).sum()} within {limit} km" for limit in (0.5, 1, 2.5, 5))
    print(f"  {name}, {len(columns.places)} places: {counts}")


if __name__ == "__main__":
    main()
