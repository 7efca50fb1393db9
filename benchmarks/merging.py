"""Counts the mistakes of merging by name and distance, on Syria, Lebanon and Iraq.

Run `python -m benchmarks.merging` with the reference data beside the repository. Who's On First
gives the GeoNames id of nearly every place; hidden, it says which pairs were missed and which are
wrong. Two P-codes of OCHA are two places: every pair of them that is joined is wrong. Places of
two sources that keep one folded name within 5 km of each other are counted as left apart.
"""

import sys
from collections import Counter
from pathlib import Path

import numpy as np

if not __package__:  # run as a file: this folder's gazetteer.py would hide the package
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from gazetteer.columns import DEGREES, Array, Columns, join_columns, spread
from gazetteer.keys import finish_keys, start_keys
from gazetteer.merge import find_groups
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
    neighbourhoods = read_source(DATA / "ocha" / "syr_neighbourhoods_20201217.geojson").columns
    print("All sources of a country together")
    print_left("SY", [geonames, wof, ocha, neighbourhoods])
    for code in ("LB", "IQ"):
        theirs = read_source(DATA / "geonames" / f"{code}_P_rebuilt.txt").columns
        print_left(
            code, [theirs, read_source(DATA / "whosonfirst" / f"wof_{code.lower()}.csv").columns]
        )


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


def print_left(code: str, parts: list[Columns]) -> None:
    """Prints how many places of all sources are left, how many doubtful joins and splits."""
    columns = join_columns(parts)
    keys = finish_keys(start_keys(columns))
    groups = find_groups(columns, keys)
    ids = list_ids(columns)
    held = Counter((group, id_[:6]) for group, id_ in zip(groups.tolist(), ids, strict=True))
    twice = sum(count - 1 for (_, source), count in held.items() if source == "ocha:C")
    twins = sum(count - 1 for (_, source), count in held.items() if source == "geonam")
    first = np.unique(groups)
    owners, members = spread(columns.places["names_start"], columns.places["names_count"])
    folds = keys.fold[columns.names["text"][members]]
    settled = np.char.startswith(np.array(columns.labels)[columns.places["feature"]], "PPL")
    usable = (keys.fold_hash[folds] != 0) & settled[owners]
    near = find_near(columns, owners[usable], folds[usable], 5.0)
    apart = {tuple(sorted(pair)) for pair in groups[near].T.tolist() if pair[0] != pair[1]}
    kinds = Counter("-".join(sorted({ids[a][:4], ids[b][:4]})) for a, b in apart)
    print(
        f"  {code}: {len(columns.places)} rows, {len(first)} places; {twice} P-codes and {twins}"
        f" GeoNames ids joined with another of their source; left apart within 5 km: {len(apart)}"
        f" {dict(kinds.most_common())}"
    )


def find_near(columns: Columns, owners: Array, numbers: Array, reach_km: float) -> Array:
    """Pairs of rows that share a number and lie within so many kilometres."""
    order = np.lexsort((columns.places["lat"][owners], numbers))
    owners, numbers = owners[order], numbers[order]
    found = []
    for step in range(1, 60):
        pairs = np.stack([owners[:-step], owners[step:]])[:, numbers[:-step] == numbers[step:]]
        km = distances_km(*positions(columns, pairs[0]), *positions(columns, pairs[1]))
        found.append(pairs[:, km <= reach_km])
    return np.concatenate(found, axis=1)


if __name__ == "__main__":
    main()
