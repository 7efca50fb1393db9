"""The command line: each command reads its options, calls one library function, prints."""

from pathlib import Path

import click

from geo.errors import MapperError
from incident_mapper import gazetteer_commands, main_commands


class CatchErrors(click.Group):
    """A command group that says a library error in one line and exits with 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a `MapperError` becomes one line on standard error."""
        try:
            return super().invoke(ctx)
        except MapperError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(1)


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

    Nothing is asked of the network.

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
