"""The options of a picture: how the map's page looks at first, and what it can be asked."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

# As `maps.incident_map` and `maps.basemap` have them, which take a second to import.
VIEWS = ("marks", "areas", "density", "bubbles")
LANGUAGES = ("en", "ar")
THEMES = ("light", "dark")


def take_picture(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a map, as one argument `picture`: what `make_map` takes."""

    @click.option("--title", default="", help="Title shown on the map.")
    @click.option("--tiles", metavar="NAME", help="A tile server by name; left out, none is asked.")
    @click.option(
        "--layer",
        "layers",
        multiple=True,
        metavar="COLUMN",
        help="Column to filter the map by, beside event type and precision; `actor` is both "
        "actors, and one of a single value is left out, which is told. May be repeated; "
        "default: actor, source.",
    )
    @click.option(
        "--view",
        type=click.Choice(VIEWS),
        default="marks",
        show_default=True,
        help="How the incidents are drawn at first; the page can change it.",
    )
    @click.option(
        "--areas",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Polygons with a column `name` to count incidents by (.geojson .gpkg .fgb .shp .zip "
        ".parquet), beside countries and their first-level areas.",
    )
    @click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        default="en",
        show_default=True,
        help="Language of the base map's names at first.",
    )
    @click.option(
        "--theme",
        type=click.Choice(THEMES),
        help="Colours of the page at first; left out, the reader's system decides.",
    )
    @click.option(
        "--keep",
        multiple=True,
        metavar="COLUMN",
        help="Column of a table's own that the page shows and exports, beside ours. May be "
        "repeated; left out, all of them.",
    )
    @functools.wraps(command)
    def with_picture(  # noqa: PLR0913 - options, keyword-only
        *args: Any,
        title: str,
        tiles: str | None,
        layers: tuple[str, ...],
        view: str,
        areas: Path | None,
        language: str,
        theme: str | None,
        keep: tuple[str, ...],
        **others: Any,
    ) -> Any:
        picture = {
            "title": title,
            "tiles": tiles,
            "layers": layers or None,
            "view": view,
            "areas": _read_areas(areas),
            "language": language,
            "theme": theme,
            "keep": keep or None,
        }
        return command(*args, picture=picture, **others)

    return with_picture


def _read_areas(path: Path | None) -> Any:
    if path is None:
        return None
    from incident_mapper import areas, options  # late: it imports geopandas

    table, problems = areas.read_areas(path)
    options.tell_problems(problems)
    return table
