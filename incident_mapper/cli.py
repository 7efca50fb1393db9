"""The command line: each command reads its options, calls one library function, prints."""

import errno
import os
from pathlib import Path
from typing import NoReturn

import click

from geo.errors import MapperError
from incident_mapper import gazetteer_commands, main_commands


class CatchErrors(click.Group):
    """A command group that says what went wrong in one line and exits with 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an error of ours or of the system becomes one line on standard error.

        A reader that has closed the pipe (`| head`) is no error to speak of: click leaves it out.
        """
        try:
            return super().invoke(ctx)
        except MapperError as error:
            _fail(ctx, str(error))
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            _fail(ctx, _describe(error))


def _fail(ctx: click.Context, message: str) -> NoReturn:
    click.echo(f"error: {message}", err=True)
    ctx.exit(1)


def _describe(error: OSError) -> str:
    """What the system says; without a file's name it was the output that could not be written."""
    reason = error.strerror or error
    if error.filename:
        return f"{os.fsdecode(error.filename)}: {reason}; check the path and your rights to it"
    return f"standard output: {reason}; free some space, or write to another file"


@click.group(cls=CatchErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="incident-mapper")
@click.option(
    "--cache-dir",
    envvar="INCIDENT_MAPPER_CACHE",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that keeps the gazetteer (default: the user's cache folder).",
)
@click.pass_context
def main(ctx: click.Context, cache_dir: Path | None) -> None:
    """Turn reports of conflict incidents into located incidents, maps and GeoJSON.

    Nothing is asked of the network, unless a command is given --online.

    Example: incident-mapper map reports/ -o map.html --geojson incidents.geojson
    """
    ctx.obj = cache_dir


for command in (
    main_commands.demo,
    main_commands.map_,
    main_commands.read,
    main_commands.locate,
    gazetteer_commands.find,
    gazetteer_commands.gazetteer,
):
    main.add_command(command)
