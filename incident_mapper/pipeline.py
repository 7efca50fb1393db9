"""The whole chain: reports and tables in, one table of located incidents, one map out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd
from geopandas import GeoDataFrame

from gazetteer import locate
from gazetteer.index import Gazetteer
from gazetteer.online import OnlineGeocoder
from gazetteer.phrases import parse_phrase
from gazetteer.place import Context
from gazetteer.store import open_gazetteer
from geo.errors import InputError
from geo.files import read_table
from geo.table import Problem, ReadResult, make_table, read_records
from incident_mapper.inputs import sort_inputs
from maps.incident_map import IncidentMap
from maps.incident_map import make_map as make_incident_map
from reports.extract import extract_incidents
from reports.read import read_reports
from reports.report import Report

Pathlike: TypeAlias = str | PathLike[str]

# How many problems an error names before it only counts.
_PROBLEMS_NAMED = 5


def read_incidents(  # noqa: PLR0913  # options, keyword-only
    inputs: Sequence[Pathlike],
    *,
    gazetteer: Gazetteer | None = None,
    published: date | None = None,
    country: str = "",
    mapping: Mapping[str, str] | None = None,
    today: date | None = None,
    online: OnlineGeocoder | None = None,
) -> ReadResult:
    """Return the incidents of reports and tables as one table, with what could not be read.

    Args:
        inputs: Folders or files of reports (.txt, .html, .json, .jsonl, .csv with a `text`
            column) and tables of incidents (.csv, .geojson, .parquet, .gpkg, .fgb).
        gazetteer: An open gazetteer; the installed one where left out.
        published: Publication date of reports that carry none.
        country: ISO 3166-1 alpha-2; limits where places are looked for.
        mapping: Our column name to the table's own, for tables with other headings.
        today: The latest day a report can be of; helps to work out the year of a dateline that
            names none.
        online: A geocoder (`open_online`) to ask for names that the gazetteer does not know; left
            out, nothing is asked of the network.

    Returns:
        `table`: one row an incident, EPSG:4326, columns as in `geo.incident`; rows without a
        place stay, with an empty geometry and the reason in `match_reasons`.
        `problems`: files, rows and cells that could not be used, each with its mend.

    Raises:
        NotFoundError: An input does not exist.
        InputError: A mapping names a column that a table lacks, or nothing at all could be read.
    """
    sorted_inputs = sort_inputs(Path(each) for each in inputs)
    if gazetteer is None:
        with open_gazetteer() as opened:
            return read_incidents(
                inputs,
                gazetteer=opened,
                published=published,
                country=country,
                mapping=mapping,
                today=today,
                online=online,
            )
    read = read_reports(sorted_inputs.reports, published=published)
    if not read.reports and not sorted_inputs.tables:
        raise InputError(_say_nothing_read(read.problems))
    extracted = extract_table(read.reports, gazetteer, country=country, today=today, online=online)
    results = [
        ReadResult(extracted.table, [*read.problems, *extracted.problems]),
        *(
            _read_located(path, gazetteer, country=country, mapping=mapping, online=online)
            for path in sorted_inputs.tables
        ),
    ]
    return _join(results)


def extract_table(
    reports: Iterable[Report],
    gazetteer: Gazetteer,
    *,
    country: str = "",
    today: date | None = None,
    online: OnlineGeocoder | None = None,
) -> ReadResult:
    """Return the incidents that reports tell of, one row an incident (see `geo.incident`)."""
    records = [
        record
        for report in reports
        for record in extract_incidents(
            report, gazetteer, country=country, today=today, online=online
        )
    ]
    return read_records(records, file="incidents of the reports")


def locate_rows(
    table: GeoDataFrame,
    gazetteer: Gazetteer,
    *,
    country: str = "",
    online: OnlineGeocoder | None = None,
) -> GeoDataFrame:
    """Return the table with rows that name a place but have no geometry located by that name.

    Rows that came with coordinates keep them. Each distinct place and context is resolved once.
    """
    missing = table.geometry.isna() | table.geometry.is_empty
    missing &= table["place_text"].str.strip() != ""
    if not missing.any():
        return table
    known: dict[tuple[str, str, str], dict[str, Any]] = {}
    records = _to_records(table)
    for number in [position for position, is_missing in enumerate(missing) if is_missing]:
        row = records[number]
        key = (row["place_text"], row["country"] or country, row["admin1"])
        if key not in known:
            known[key] = _locate_text(*key, gazetteer=gazetteer, online=online)
        records[number] = {**row, **known[key]}
    return make_table(records)


def locate_table(  # noqa: PLR0913  # options, keyword-only
    table: pd.DataFrame,
    *,
    place: str | Sequence[str],
    admin1: str = "",
    country: str = "",
    gazetteer: Gazetteer | None = None,
    online: OnlineGeocoder | None = None,
) -> GeoDataFrame:
    """Return any table with its place-name columns located; every input column is kept.

    Args:
        table: Any DataFrame.
        place: The column with the place as written; more than one where further columns name
            the same place in another spelling or script.
        admin1: The column with the first-level admin area, if there is one.
        country: ISO 3166-1 alpha-2 code all places lie in, if they do.
        gazetteer: An open gazetteer; the installed one where left out.
        online: A geocoder (`open_online`) to ask for names that the gazetteer does not know; left
            out, nothing is asked of the network.

    Returns:
        A GeoDataFrame in EPSG:4326 with `longitude`, `latitude`, `precision`, `radius_km` and
        the match columns added; rows that were not resolved stay, with the reason.

    Raises:
        NotFoundError: A named column is not in the table.
    """
    columns = [place] if isinstance(place, str) else list(place)
    if gazetteer is None:
        with open_gazetteer() as opened:
            return locate_table(
                table,
                place=columns,
                admin1=admin1,
                country=country,
                gazetteer=opened,
                online=online,
            )
    return locate.locate_table(
        table, gazetteer, place=columns, admin1=admin1, country=country, online=online
    )


def make_map(table: GeoDataFrame, *, title: str = "", tiles: str | None = None) -> IncidentMap:
    """Return a folium map of the incidents; `save(path)` writes it as one offline HTML file.

    Args:
        table: Incidents, columns as in `geo.incident`, EPSG:4326.
        title: Shown on the map.
        tiles: Name of a tile server (`OpenStreetMap`, ...). Left out, the page asks the network
            for nothing.
    """
    return make_incident_map(table, title=title, tiles=tiles)


def _say_nothing_read(problems: Sequence[Problem]) -> str:
    """Why there is not one report: an empty map over yesterday's would help nobody."""
    shown = "; ".join(str(problem) for problem in problems[:_PROBLEMS_NAMED])
    more = len(problems) - _PROBLEMS_NAMED
    return f"no report could be read: {shown}" + (f"; and {more} more" if more > 0 else "")


def _read_located(
    path: Path,
    gazetteer: Gazetteer,
    *,
    country: str,
    mapping: Mapping[str, str] | None,
    online: OnlineGeocoder | None,
) -> ReadResult:
    read = read_table(path, mapping=mapping)
    return ReadResult(
        locate_rows(read.table, gazetteer, country=country, online=online), read.problems
    )


def _locate_text(
    text: str, country: str, admin1: str, *, gazetteer: Gazetteer, online: OnlineGeocoder | None
) -> dict[str, Any]:
    phrase = parse_phrase(text)
    if phrase is None:
        return {"match_reasons": [f"unresolved: {text!r} holds no place name"]}
    context = Context(country=country, admin1=admin1)
    return locate.location_record(locate.locate_phrase(gazetteer, phrase, context, online=online))


def _join(results: Sequence[ReadResult]) -> ReadResult:
    """One table of all; an id that two inputs share is told, and made different."""
    problems: list[Problem] = [problem for result in results for problem in result.problems]
    tables = [result.table for result in results if len(result.table)]
    if len(tables) == 1:
        return ReadResult(tables[0], problems)
    records = [record for table in tables for record in _to_records(table)]
    joined = read_records(records, file="the inputs together")
    return ReadResult(joined.table, [*problems, *joined.problems])


def _to_records(table: GeoDataFrame) -> list[dict[str, Any]]:
    return [{str(name): cell for name, cell in row.items()} for row in table.to_dict("records")]


def summarize(table: GeoDataFrame) -> str:
    """Return how many incidents there are and how many of them could not be located.

    >>> summarize(make_table([{"incident_id": "1"}]))
    '1 incident, 1 of them could not be located'
    """
    count = len(table)
    missing = int((table.geometry.isna() | table.geometry.is_empty).sum())
    noun = "incident" if count == 1 else "incidents"
    return f"{count:,} {noun}, {missing:,} of them could not be located"
