"""The commands that do the work: demo, map, read, locate."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incident_mapper import options
from incident_mapper.map_options import take_picture
from incident_mapper.online_options import open_online, take_online

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from gazetteer.online import OnlineOptions

# pandas, geopandas and folium take a second to import: each command does so when it runs, so
# that `--help` answers in a third of a second.


def _take_reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say how its inputs are read, as `_read` takes them."""
    taken = (
        options.PUBLISHED,
        options.COUNTRY,
        options.MAPPING,
        options.CORRECTIONS,
        options.GAZETTEER,
        take_online,
    )
    for take in reversed(taken):
        command = take(command)
    return command


@click.command()
@click.option(
    "-o",
    "--output",
    default="demo",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the map and the GeoJSON; made where it is missing.",
)
@click.pass_obj
def demo(cache_dir: Path | None, output: Path) -> None:
    """Do the main job on the bundled samples: a map and a GeoJSON at the end.

    Example: incident-mapper demo -o demo/
    """
    from incident_mapper.demo import run_demo

    with options.open_gazetteer(cache_dir) as gazetteer:
        result = run_demo(output, gazetteer)
    options.tell_problems(result.problems)
    click.echo(result.summary)


@click.command(name="map")
@options.INPUTS
@click.option("-o", "--output", required=True, metavar="HTML", help="The map; - for stdout.")
@click.option("--geojson", metavar="FILE", help="Also write the incidents as GeoJSON.")
@take_picture
@_take_reading
@click.pass_obj
def map_(
    cache_dir: Path | None,
    /,
    *,
    output: str,
    geojson: str | None,
    picture: dict[str, Any],
    inputs: tuple[str, ...],
    **reading: Any,
) -> None:
    """Draw reports and tables of incidents as one HTML map that opens offline.

    INPUT is a folder or a file of reports (.txt .html .json .jsonl, .csv with a column `text`)
    or a table of incidents (.csv .tsv .geojson .parquet .gpkg .fgb); - is standard input, and is
    told apart by what it holds: CSV is a table where two of its headings are known or mapped.

    Example: incident-mapper map reports/ -o map.html --geojson incidents.geojson
    """
    from incident_mapper.pipeline import summarize
    from maps.incident_map import make_map

    options.check_page_name(output, inputs)
    options.check_outputs(page=output, table=geojson)
    table, about = _read(cache_dir, inputs, **reading)
    # Made before anything is written: a column that the table lacks is found out here.
    with options.told_warnings():
        page = make_map(table, about=about, **picture)
    if geojson:
        options.write_output(table, geojson, as_json=True)
    options.write_page(page, output)
    options.tell(summarize(table))
    for path in (output, geojson):
        if path and path != options.STDIO:
            options.tell(f"wrote {path}")


@click.command()
@options.INPUTS
@click.option(
    "-o",
    "--output",
    default=options.STDIO,
    metavar="FILE",
    help="Table to write (.csv .geojson .parquet .gpkg .fgb); default: CSV on stdout.",
)
@options.JSON
@_take_reading
@click.pass_obj
def read(
    cache_dir: Path | None,
    /,
    *,
    output: str,
    as_json: bool,
    inputs: tuple[str, ...],
    **reading: Any,
) -> None:
    """Turn reports into a table of located incidents, one row an incident.

    Example: incident-mapper read reports/ -o incidents.csv
    """
    from incident_mapper.pipeline import summarize

    options.check_outputs(table=output)
    table, _ = _read(cache_dir, inputs, **reading)
    options.write_output(table, output, as_json=as_json)
    options.tell(summarize(table))


@click.command()
@click.argument("table", metavar="TABLE")
@click.option(
    "--place",
    "places",
    multiple=True,
    required=True,
    metavar="COLUMN",
    help="Column with the place as written; again for the same place in another script.",
)
@click.option("--admin1", default="", metavar="COLUMN", help="Column with the province.")
@click.option("--admin2", default="", metavar="COLUMN", help="Column with the district.")
@click.option("--admin3", default="", metavar="COLUMN", help="Column with the subdistrict.")
@click.option(
    "--near",
    nargs=2,
    metavar="LON LAT",
    help="Columns with longitude and latitude of a position near the place.",
)
@click.option(
    "-o", "--output", default=options.STDIO, metavar="FILE", help=".csv .geojson .parquet"
)
@options.JSON
@options.COUNTRY_OR_COLUMN
@options.CORRECTIONS
@options.GAZETTEER
@take_online
@click.pass_obj
def locate(
    cache_dir: Path | None,
    *,
    table: str,
    places: tuple[str, ...],
    admin1: str,
    admin2: str,
    admin3: str,
    near: tuple[str, str] | None,
    output: str,
    as_json: bool,
    country: str,
    corrections: Path | None,
    extra: tuple[Path, ...],
    online: "OnlineOptions | None",
) -> None:
    """Locate a table by its place-name columns; every row and column is kept.

    Example: incident-mapper locate incidents.csv --place town --admin1 province --country SY
    """
    from incident_mapper import tables
    from incident_mapper.pipeline import locate_table, open_corrections

    options.check_outputs(table=output)
    with options.named_inputs([table], only_tables=True) as (path,):
        rows, problems = tables.read_any_table(path)
    options.tell_problems(problems)
    if country not in rows.columns:
        country = options.parse_country(country)
    with (
        options.open_gazetteer(cache_dir, extra) as gazetteer,
        open_online(cache_dir, online) as geocoder,
    ):
        corrected = open_corrections(corrections, gazetteer)
        options.tell_problems(corrected.problems)
        located = locate_table(
            rows,
            place=places,
            admin1=admin1,
            admin2=admin2,
            admin3=admin3,
            country=country,
            near=near or (),
            corrections=corrected,
            online=geocoder,
            gazetteer=gazetteer,
        )
    tables.write_any_table(located, output, as_json=as_json)
    missing = int(located.geometry.isna().sum())
    options.tell(f"{len(located):,} rows, {missing:,} could not be located")


def _read(
    cache_dir: Path | None,
    inputs: tuple[str, ...],
    *,
    published: date | None,
    country: str,
    mapping: Path | None,
    corrections: Path | None,
    extra: tuple[Path, ...],
    online: "OnlineOptions | None",
) -> "tuple[GeoDataFrame, dict[str, str]]":
    """The table of the inputs, and what it was located with."""
    from geo.readers.mapping import read_mapping
    from incident_mapper.about import describe_gazetteer
    from incident_mapper.pipeline import read_incidents

    columns = read_mapping(mapping) if mapping else None
    with (
        options.named_inputs(inputs, told=(columns or {}).values()) as paths,
        options.open_gazetteer(cache_dir, extra) as gazetteer,
        open_online(cache_dir, online) as geocoder,
    ):
        result = read_incidents(
            paths,
            gazetteer=gazetteer,
            published=published,
            country=country,
            mapping=columns,
            corrections=corrections,
            online=geocoder,
            today=date.today(),  # noqa: DTZ011 (reports are dated in the reader's own days)
        )
        about = describe_gazetteer(gazetteer.version, gazetteer.sources)
    options.tell_problems(result.problems)
    return result.table, about
