"""Incidents of a table that name a place and have no position, located by that name."""

from collections.abc import Sequence
from typing import Any

from geopandas import GeoDataFrame

from gazetteer import locate
from gazetteer.correcting import Corrections, choose_report, find_reports
from gazetteer.countries import lookup_country
from gazetteer.index import Gazetteer
from gazetteer.online import OnlineGeocoder
from gazetteer.phrases import parse_phrase
from gazetteer.place import Context
from geo.table import make_table


def locate_rows(
    table: GeoDataFrame,
    gazetteer: Gazetteer,
    *,
    country: str = "",
    corrections: Corrections | None = None,
    online: OnlineGeocoder | None = None,
) -> GeoDataFrame:
    """Return the table with rows that name a place but have no geometry located by that name.

    Rows that came with coordinates keep them. Each distinct place and context is resolved once.
    """
    missing = table.geometry.isna() | table.geometry.is_empty
    missing &= table["place_text"].str.strip() != ""
    if not missing.any():
        return table
    reports = find_reports(corrections)
    records = to_records(table)
    wanted: dict[tuple[str, str, str, str], list[int]] = {}
    for number in [position for position, is_missing in enumerate(missing) if is_missing]:
        row = records[number]
        report = row["report_id"] if row["report_id"] in reports else ""
        stated = lookup_country(row["country"]) or row["country"]
        key = (report, row["place_text"], stated or country, row["admin1"])
        wanted.setdefault(key, []).append(number)
    for report in {key[0] for key in wanted}:
        keys = [key for key in wanted if key[0] == report]
        found = _locate_texts(keys, gazetteer, choose_report(corrections, report), online)
        for key, record in zip(keys, found, strict=True):
            for number in wanted[key]:
                records[number] = {**records[number], **record}
    return make_table(records)


def _locate_texts(
    keys: Sequence[tuple[str, str, str, str]],
    gazetteer: Gazetteer,
    corrections: Corrections | None,
    online: OnlineGeocoder | None,
) -> list[dict[str, Any]]:
    """The place columns of texts in their contexts: report, text, country, admin1 of each."""
    phrases = [parse_phrase(text) for _, text, _, _ in keys]
    contexts = [Context(country=country, admin1=admin1) for _, _, country, admin1 in keys]
    asked = [(p, c) for p, c in zip(phrases, contexts, strict=True) if p is not None]
    found = iter(
        locate.locate_each(
            gazetteer,
            [p for p, _ in asked],
            [c for _, c in asked],
            corrections=corrections,
            online=online,
        )
    )
    return [
        {"match_reasons": [f"unresolved: {key[1]!r} holds no place name"]}
        if phrase is None
        else locate.location_record(next(found))
        for key, phrase in zip(keys, phrases, strict=True)
    ]


def to_records(table: GeoDataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as records."""
    return [{str(name): cell for name, cell in row.items()} for row in table.to_dict("records")]
