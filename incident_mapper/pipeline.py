"""The whole chain: reports and tables in, one table of located incidents out."""

import warnings
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TypeAlias

import pandas as pd
from geopandas import GeoDataFrame

from gazetteer import locate
from gazetteer.correcting import Corrections, make_corrections
from gazetteer.corrections import read_corrections
from gazetteer.index import Gazetteer
from gazetteer.online import OnlineGeocoder
from gazetteer.store import open_gazetteer
from geo.errors import InputError
from geo.files import read_table
from geo.table import Problem, ReadResult, read_records
from incident_mapper.inputs import sort_inputs
from incident_mapper.unlocated import locate_rows, to_records
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
    corrections: Pathlike | None = None,
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
        corrections: A CSV file of people's decisions on what names mean; they outrank what the
            gazetteer finds (docs/corrections.md).
        online: A geocoder (`open_online`) to ask for names that the gazetteer does not know; left
            out, nothing is asked of the network.

    Returns:
        `table`: one row an incident, EPSG:4326, columns as in `geo.incident`; rows without a
        place stay, with an empty geometry and the reason in `match_reasons`.
        `problems`: files, rows and cells that could not be used, each with its mend.

    Raises:
        NotFoundError: An input does not exist.
        InputError: A mapping names a column that a table lacks, two corrections disagree, or
            nothing at all could be read.
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
                corrections=corrections,
                online=online,
            )
    corrected = open_corrections(corrections, gazetteer)
    read = read_reports(sorted_inputs.reports, published=published)
    if not read.reports and not sorted_inputs.tables:
        raise InputError(_say_nothing_read(read.problems))
    extracted = extract_table(
        read.reports, gazetteer, country=country, today=today, corrections=corrected, online=online
    )
    results = [
        ReadResult(extracted.table, [*corrected.problems, *read.problems, *extracted.problems]),
        *(
            _read_located(path, gazetteer, country, mapping, corrected, online=online)
            for path in sorted_inputs.tables
        ),
    ]
    return _join(results)


def open_corrections(path: Pathlike | None, gazetteer: Gazetteer) -> Corrections:
    """Return the corrections of a file, ready to apply, with its bad rows; none without a file.

    Raises:
        NotFoundError: There is no such file.
        InputError: It holds no corrections, or two that disagree.
    """
    if path is None:
        return Corrections({})
    return make_corrections(gazetteer, read_corrections(path))


def extract_table(  # noqa: PLR0913 - options, keyword-only
    reports: Iterable[Report],
    gazetteer: Gazetteer,
    *,
    country: str = "",
    today: date | None = None,
    corrections: Corrections | None = None,
    online: OnlineGeocoder | None = None,
) -> ReadResult:
    """Return the incidents that reports tell of, one row an incident (see `geo.incident`)."""
    records = [
        record
        for report in reports
        for record in extract_incidents(
            report,
            gazetteer,
            country=country,
            today=today,
            corrections=corrections,
            online=online,
        )
    ]
    return read_records(records, file="incidents of the reports")


def locate_table(  # noqa: PLR0913  # options, keyword-only
    table: pd.DataFrame,
    *,
    place: str | Sequence[str],
    admin1: str = "",
    admin2: str = "",
    admin3: str = "",
    country: str = "",
    near: Sequence[str] = (),
    corrections: Pathlike | Corrections | None = None,
    online: OnlineGeocoder | None = None,
    gazetteer: Gazetteer | None = None,
) -> GeoDataFrame:
    """Return any table with its place-name columns located; every input column is kept.

    Args:
        table: Any DataFrame.
        place: The column with the place as written; more than one where further columns name
            the same place in another spelling or script.
        admin1: The column with the first-level admin area, if there is one.
        admin2: The column with the second-level area.
        admin3: The column with the third-level area.
        country: A column with the country, or the country all places lie in, by its ISO 3166-1
            alpha-2 code or its name.
        near: The columns with longitude and latitude of a position near the place.
        corrections: A CSV file of people's decisions (its bad rows become warnings), or such a
            file opened by `gazetteer.correcting.make_corrections`.
        online: A geocoder (`open_online`) to ask for names that the gazetteer does not know; left
            out, nothing is asked of the network.
        gazetteer: An open gazetteer; the installed one where left out.

    Returns:
        A GeoDataFrame in EPSG:4326 with `longitude`, `latitude`, `precision`, `radius_km` and
        the match columns added; rows that were not resolved stay, with the reason.

    Raises:
        NotFoundError: A named column is not in the table.
    """
    columns = [place] if isinstance(place, str) else list(place)
    with nullcontext(gazetteer) if gazetteer is not None else open_gazetteer() as opened:
        return locate.locate_table(
            table,
            opened,
            place=columns,
            admin1=admin1,
            admin2=admin2,
            admin3=admin3,
            country=country,
            near=near,
            corrections=_warn_corrections(corrections, opened),
            online=online,
        )


def _warn_corrections(given: Pathlike | Corrections | None, gazetteer: Gazetteer) -> Corrections:
    if isinstance(given, Corrections):
        return given
    corrections = open_corrections(given, gazetteer)
    for problem in corrections.problems:
        warnings.warn(str(problem), stacklevel=3)
    return corrections


def _say_nothing_read(problems: Sequence[Problem]) -> str:
    """Why there is not one report: an empty map over yesterday's would help nobody."""
    shown = "; ".join(str(problem) for problem in problems[:_PROBLEMS_NAMED])
    more = len(problems) - _PROBLEMS_NAMED
    return f"no report could be read: {shown}" + (f"; and {more} more" if more > 0 else "")


def _read_located(  # noqa: PLR0913 - options, keyword-only
    path: Path,
    gazetteer: Gazetteer,
    country: str,
    mapping: Mapping[str, str] | None,
    corrections: Corrections,
    *,
    online: OnlineGeocoder | None,
) -> ReadResult:
    read = read_table(path, mapping=mapping)
    located = locate_rows(
        read.table, gazetteer, country=country, corrections=corrections, online=online
    )
    return ReadResult(located, read.problems)


def _join(results: Sequence[ReadResult]) -> ReadResult:
    """One table of all; an id that two inputs share is told, and made different."""
    problems: list[Problem] = [problem for result in results for problem in result.problems]
    tables = [result.table for result in results if len(result.table)]
    if len(tables) == 1:
        return ReadResult(tables[0], problems)
    records = [record for table in tables for record in to_records(table)]
    joined = read_records(records, file="the inputs together")
    return ReadResult(joined.table, [*problems, *joined.problems])


def summarize(table: GeoDataFrame) -> str:
    """Return how many incidents there are and how many of them could not be located.

    >>> from geo.table import make_table
    >>> summarize(make_table([{"incident_id": "1"}]))
    '1 incident, 1 of them could not be located'
    """
    count = len(table)
    missing = int((table.geometry.isna() | table.geometry.is_empty).sum())
    noun = "incident" if count == 1 else "incidents"
    return f"{count:,} {noun}, {missing:,} of them could not be located"
