"""The options that let a command ask a geocoder on the network; without them none is asked."""

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import platformdirs

from incident_mapper import options

if TYPE_CHECKING:
    from gazetteer.online import OnlineGeocoder, OnlineOptions

_APP = "incident-mapper"
_CACHE = "geocoders.sqlite"
# `--online-option api_key=env:NAME` keeps a key out of the shell's history.
_FROM_ENVIRONMENT = "env:"


def take_online(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a geocoder, as one argument `online`."""

    @click.option(
        "--online",
        "geocoder",
        default="",
        metavar="NAME",
        help="Ask this geocoder of geopy's (nominatim, photon, pelias, geonames, arcgis, google "
        "...) for names the gazetteer does not know; left out, nothing is asked of the network.",
    )
    @click.option(
        "--online-option",
        "settings",
        multiple=True,
        metavar="KEY=VALUE",
        help="Setting of that geocoder: domain, scheme, api_key, username ...; VALUE env:NAME is "
        "read from the environment. May be repeated.",
    )
    @click.option(
        "--online-pace",
        "pace_s",
        type=click.FloatRange(min=0),
        default=1.0,
        show_default=True,
        metavar="SECONDS",
        help="Least time between two requests; below 1 for a server of your own only.",
    )
    @click.option(
        "--user-agent",
        default="",
        metavar="TEXT",
        help="Who asks, with an address; the public Nominatim wants it.",
    )
    @functools.wraps(command)
    def with_online(
        *args: Any,
        geocoder: str,
        settings: tuple[str, ...],
        pace_s: float,
        user_agent: str,
        **others: Any,
    ) -> Any:
        online = _make_options(geocoder, settings, pace_s, user_agent)
        return command(*args, online=online, **others)

    return with_online


def _make_options(
    geocoder: str, settings: tuple[str, ...], pace_s: float, user_agent: str
) -> "OnlineOptions | None":
    if not geocoder:
        if settings or user_agent:
            raise click.UsageError("--online-option and --user-agent need --online NAME")
        return None
    from gazetteer.online import OnlineOptions  # late: it imports the areas

    return OnlineOptions(
        geocoder.casefold(),
        dict(map(_parse_setting, settings)),
        user_agent=user_agent,
        pace_s=pace_s,
    )


def _parse_setting(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        # Not shown: it may be a key that was pasted alone.
        raise click.BadParameter("--online-option is KEY=VALUE, such as domain=127.0.0.1:8080")
    if value.startswith(_FROM_ENVIRONMENT):
        name = value.removeprefix(_FROM_ENVIRONMENT)
        if name not in os.environ:
            raise click.BadParameter(f"the environment has no {name!r}; export it first")
        value = os.environ[name]
    return key.strip().replace("-", "_"), value


@contextmanager
def open_online(
    cache_dir: Path | None, online: "OnlineOptions | None"
) -> "Iterator[OnlineGeocoder | None]":
    """Open the geocoder that was asked for, if one was; say afterwards what came of it."""
    if online is None:
        yield None
        return
    from gazetteer import online as geocoders  # late, as above

    folder = cache_dir or Path(platformdirs.user_cache_dir(_APP))
    with geocoders.open_online(online, cache=folder / _CACHE) as opened:
        yield opened
        options.tell_problems(opened.problems)
        asked, cached, failed = opened.tally
        options.tell(
            f"{online.service}: {asked:,} names asked, {cached:,} answered from the cache, "
            f"{failed:,} without an answer"
        )
