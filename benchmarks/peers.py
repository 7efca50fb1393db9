"""Other ways to find a misspelt name, on the same names: rapidfuzz over all, SQLite's trigrams.

Each is a function from a folded name and a country ("" for all) to folded names, the best first.
"""

import sqlite3
from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from gazetteer.index import Gazetteer
from gazetteer.normalize import fold

Finder = Callable[[str, str], list[str]]

MOST = 100


def list_names(gazetteer: Gazetteer) -> dict[str, list[str]]:
    """The distinct folded names of each country, by its code."""
    names: dict[str, set[str]] = {}
    rows = range(gazetteer.place_count)
    codes = [gazetteer.labels[n] for n in gazetteer.columns(rows).country.tolist()]
    for row, code in zip(rows, codes, strict=True):
        place = gazetteer.take_place(row)
        names.setdefault(code, set()).update(fold(name.text) for name in place.names)
    return {code: sorted(held - {""}) for code, held in names.items()}


def make_rapidfuzz(names: dict[str, list[str]]) -> Finder:
    """Returns rapidfuzz's likeness to every name, by `process.cdist`."""
    everywhere = sorted(set().union(*names.values()))

    def find(name: str, country: str) -> list[str]:
        held = names.get(country, []) if country else everywhere
        alike = process.cdist([name], held, scorer=fuzz.ratio, dtype=np.uint8)[0]
        best = np.argsort(-alike.astype(np.int64), kind="stable")[:MOST]
        return [held[at] for at in best.tolist()]

    return find


def make_trigrams(names: dict[str, list[str]]) -> Finder:
    """SQLite's FTS5 with its trigram tokenizer: any trigram of the name, ranked by BM25."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE n USING fts5(name, country UNINDEXED, tokenize='trigram')")
    rows = ((name, code) for code, held in sorted(names.items()) for name in held)
    base.executemany("INSERT INTO n VALUES (?, ?)", rows)
    base.execute("INSERT INTO n(n) VALUES ('optimize')")

    def find(name: str, country: str) -> list[str]:
        parts = {name[at : at + 3].replace('"', '""') for at in range(max(1, len(name) - 2))}
        wanted = " OR ".join(f'"{part}"' for part in sorted(parts) if len(part) >= 3)
        if not wanted:
            return []
        query = "SELECT name FROM n WHERE n MATCH ?"
        query += " AND country = ?" if country else ""
        values = (wanted, country) if country else (wanted,)
        found = base.execute(f"{query} ORDER BY rank LIMIT {MOST}", values)
        return list(dict.fromkeys(name for (name,) in found))

    return find


def find_rank(found: Sequence[str], right: set[str]) -> int:
    """The place, from 0, of the first right name among those found; a large number for none."""
    return next((at for at, name in enumerate(found) if name in right), MOST)
