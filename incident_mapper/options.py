"""Options that several commands share, and how they print."""

import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from geo.errors import InputError, MapperWarning

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from gazetteer.index import Gazetteer
    from maps.incident_map import IncidentMap

STDIO = "-"
_TABLE_SUFFIXES = frozenset(
    {".csv", ".tsv", ".json", ".jsonl", ".geojson", ".parquet", ".gpkg", ".fgb"}
)
PROBLEMS_SHOWN = 20  # a terminal's height; a broken table can have thousands

INPUTS = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
COUNTRY = click.option(
    "--country",
    default="",
    metavar="CODE",
    callback=lambda _ctx, _param, value: parse_country(value),
    help="Country the places lie in, ISO 3166-1 alpha-2 such as SY.",
)
COUNTRY_OR_COLUMN = click.option(
    "--country",
    default="",
    metavar="CODE",
    help="Country the places lie in, ISO 3166-1 alpha-2 such as SY, or the column with it.",
)
PUBLISHED = click.option(
    "--published",
    default=None,
    metavar="DATE",
    callback=lambda _ctx, _param, value: parse_date(value),
    help="Publication date, YYYY-MM-DD, of reports that carry none.",
)
GAZETTEER = click.option(
    "--gazetteer",
    "extra",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Gazetteer file to use beside the installed one, for this call; may be repeated.",
)
CORRECTIONS = click.option(
    "--corrections",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV file of people's decisions on what names mean; they outrank the program.",
)
MAPPING = click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="YAML or JSON file with a line `our column: the table's column` each.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for a machine to read.")


def parse_date(text: str | None) -> date | None:
    """Return the day an option names, or `None` where it is left out.

    Raises:
        click.BadParameter: The text is no ISO 8601 date.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no ISO 8601 date; write YYYY-MM-DD") from error


def parse_country(text: str) -> str:
    """Return the code of the country an option names, by its code or its name; "" for none.

    Raises:
        click.BadParameter: There is no such country.
    """
    if not text:
        return ""
    from geo.areas import load_areas  # late: it imports numpy

    wanted = text.strip().casefold()
    countries = [area for area in load_areas() if area.level == 0]
    named = [area.area_id for area in countries if wanted in map(str.casefold, area.names)]
    coded = [area.area_id for area in countries if wanted == area.area_id.casefold()]
    if len(found := coded or named) == 1:
        return found[0]
    raise click.BadParameter(
        f"{text!r} is no country known here; write its code, ISO 3166-1 alpha-2, such as SY"
    )


def check_page_name(output: str, inputs: Iterable[str]) -> None:
    """Refuse to write a page over an input, or under a name that promises a table.

    Raises:
        click.BadParameter: The output would be one of these.
    """
    path = Path(output)
    if path.suffix.lower() in _TABLE_SUFFIXES:
        raise click.BadParameter(
            f"{output!r} is the name of a table, and the map is a page; end it in .html, and use "
            "`--geojson` or the command `read` for a table"
        )
    if output != STDIO and path.resolve() in {Path(name).resolve() for name in inputs}:
        raise click.BadParameter(f"{output!r} is an input too; give the map a name of its own")


def check_outputs(*, page: str | None = None, table: str | None = None) -> None:
    """Refuse a page or a table that could not be written, before the work and not after it.

    Raises:
        OutputError: The name's ending, its folder or one's rights there forbid it.
    """
    from geo import files  # late: it imports geopandas

    if page and page != STDIO:
        files.check_writable(page)
    if table and table != STDIO:
        files.check_table_output(table)


def tell(message: str) -> None:
    """Print a line of progress or of warning on standard error."""
    click.echo(message, err=True)


def tell_problems(problems: Iterable[object]) -> None:
    """Print what could not be read, a line each, up to a screenful."""
    lines = [str(problem) for problem in problems]
    for line in lines[:PROBLEMS_SHOWN]:
        tell(f"warning: {line}")
    if len(lines) > PROBLEMS_SHOWN:
        tell(f"warning: and {len(lines) - PROBLEMS_SHOWN:,} more of the kind")


@contextmanager
def told_warnings() -> Iterator[None]:
    """Print our own warnings like all that is told here; Python's way shows a line of our code."""

    def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
        if issubclass(category, MapperWarning):
            tell(f"warning: {message}")
        else:
            shown(message, category, *place, **more)

    with warnings.catch_warnings():
        shown = warnings.showwarning
        warnings.simplefilter("always", MapperWarning)
        warnings.showwarning = show
        yield


def print_json(value: Any) -> None:
    """Print a value as JSON on standard output, UTF-8, a stable order of keys."""
    import orjson  # late: `--help` must not wait for it

    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    print_bytes(orjson.dumps(value, option=options))


def print_bytes(content: bytes) -> None:
    """Print a result on standard output as it is, and at once."""
    click.echo(content, nl=False)


@contextmanager
def open_gazetteer(cache_dir: Path | None, extra: Iterable[Path] = ()) -> "Iterator[Gazetteer]":
    """Open the installed gazetteer with this call's files, building it first where needed."""
    from gazetteer import store  # late: it imports numpy

    with store.open_gazetteer(
        cache_dir=cache_dir,
        extra=list(extra),
        progress=sys.stderr is not None and sys.stderr.isatty(),
        notify=tell,
    ) as opened:
        yield opened


@contextmanager
def named_inputs(
    inputs: Iterable[str], *, told: Iterable[str] = (), only_tables: bool = False
) -> Iterator[list[Path]]:
    """Yield the inputs as paths; `-` is standard input, kept in a file while the command runs.

    `told` are headings that a mapping names. Where `only_tables` are read, what is no JSON is CSV.
    """
    names = list(inputs)
    if STDIO not in names:
        yield [Path(name) for name in names]
        return
    with TemporaryDirectory() as folder:
        stdin = _keep_stdin(Path(folder), told, only_tables=only_tables)
        yield [stdin if name == STDIO else Path(name) for name in names]


def _keep_stdin(folder: Path, told: Iterable[str], *, only_tables: bool) -> Path:
    from incident_mapper.stdin import name_stdin  # late: it imports geopandas' helpers

    content = sys.stdin.buffer.read()
    if not content.strip():
        raise InputError("standard input is empty; pipe a report or a table into -")
    named = name_stdin(content, told=told)
    path = folder / named.name
    if only_tables and path.suffix in {".txt", ".html"}:
        path = path.with_suffix(".csv")
    elif named.note:
        tell(f"warning: {named.note}")
    path.write_bytes(content)
    return path


def write_output(table: "GeoDataFrame", output: str, *, as_json: bool = False) -> None:
    """Write a table where the option says; standard output gets CSV, or GeoJSON."""
    from geo import files  # late: it imports geopandas

    if output != STDIO:
        files.write_table(table, Path(output))
        return
    content = files.to_geojson(table) if as_json else files.to_csv(table).encode()
    print_bytes(content)


def write_page(page: "IncidentMap", output: str) -> None:
    """Write a map where the option says."""
    if output == STDIO:
        print_bytes(page.to_html().encode())
    else:
        page.save(output)
