"""The commands about names: find, gazetteer add, download, info, build and remove."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incident_mapper import options
from incident_mapper.online_options import open_online, take_online

if TYPE_CHECKING:
    from gazetteer.index import Gazetteer
    from gazetteer.online import OnlineGeocoder, OnlineOptions
    from gazetteer.place import Candidate, Context, Mention


@click.command()
@click.argument("name")
@click.option("--admin1", default="", metavar="NAME", help="First-level admin area it lies in.")
@click.option("--feature", default="", metavar="WORD", help="town, province, airport, ...")
@click.option("--limit", default=10, show_default=True, help="How many candidates to show.")
@click.option(
    "--correct",
    "target",
    default="",
    metavar="ID|LON,LAT|none",
    help="Write down which place the name means, as a row of --corrections.",
)
@click.option("--why", default="", metavar="TEXT", help="Why; goes with --correct.")
@click.option(
    "--who",
    default="",
    envvar="INCIDENT_MAPPER_WHO",
    show_envvar=True,
    metavar="NAME",
    help="Who says so; goes with --correct.",
)
@options.CORRECTIONS
@options.JSON
@options.COUNTRY
@options.GAZETTEER
@take_online
@click.pass_obj
def find(
    cache_dir: Path | None,
    *,
    name: str,
    admin1: str,
    feature: str,
    limit: int,
    target: str,
    why: str,
    who: str,
    corrections: Path | None,
    as_json: bool,
    country: str,
    extra: tuple[Path, ...],
    online: "OnlineOptions | None",
) -> None:
    """Show the places a name can mean, best first, each with its reasons.

    With --correct it writes down instead which of them, or which position, the name means in
    that country and area; "none" says that it is no place, or is to stay unresolved.

    Example: incident-mapper find "Maaret al-Numan" --country SY

    Example: incident-mapper find Samka --admin1 Idlib --country SY --correct 36.805,35.75
    --why "seen on the video" --who desk --corrections corrections.csv
    """
    from gazetteer.place import Context, Mention

    context, mention = Context(country=country, admin1=admin1), Mention(name, feature)
    if target:
        from incident_mapper import correct

        file = correct.check_options(corrections, who, why)
        given = correct.make_correction(mention, context, target, who=who, why=why)
        with options.open_gazetteer(cache_dir, extra) as gazetteer:
            click.echo(correct.write_correction(gazetteer, file, given))
        return
    with (
        options.open_gazetteer(cache_dir, extra) as gazetteer,
        open_online(cache_dir, online) as geocoder,
    ):
        found = _find(
            gazetteer, mention, context, corrections=corrections, limit=limit, online=geocoder
        )
    if as_json:
        options.print_json([asdict(candidate) for candidate in found])
        return
    if not found:
        options.tell(f"no place is known by a name like {name!r}; try `gazetteer add FILE`")
    for number, candidate in enumerate(found, start=1):
        click.echo(_describe(number, candidate))


def _find(
    gazetteer: "Gazetteer",
    mention: "Mention",
    context: "Context",
    *,
    corrections: Path | None,
    limit: int,
    online: "OnlineGeocoder | None",
) -> "list[Candidate]":
    """The candidates; people and geocoders know more only where the options say so.

    What they take to import would be a third of the time of a `find` without them.
    """
    if corrections is None and online is None:
        from gazetteer.resolve import find_candidates, resolve_mention

        if left_open := resolve_mention(gazetteer, mention, context).unresolved:
            options.tell(f"a table or report would leave it open: {left_open}")
        return find_candidates(gazetteer, mention, context, limit=limit)
    from incident_mapper import correct

    found = correct.find_corrected(gazetteer, mention, context, corrections, limit, online=online)
    options.tell_problems(found.problems)
    return found.candidates


@click.group()
def gazetteer() -> None:
    """Add to the gazetteer, ask what it holds, build it anew, take sources away."""


@gazetteer.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@options.COUNTRY
@click.pass_obj
def add(cache_dir: Path | None, *, files: tuple[Path, ...], country: str) -> None:
    """Add files of places: GeoNames, Who's On First, OCHA, OpenStreetMap, boundaries, own lists.

    The kind is told from the content: a GeoNames dump (.txt, .zip; with the alternate names that
    lie beside it), Who's On First or OCHA tables (.csv, .xlsx), OpenStreetMap (.osm.pbf, .osm,
    JSON or GeoJSON of Overpass), boundaries (.geojson, .shp, .gpkg, .gdb, also zipped), or a
    table with `name, lat, lon`. See docs/sources.md for each.

    Example: incident-mapper gazetteer add SY.zip
    """
    from gazetteer import store

    for file in files:
        result = store.add_source(file, cache_dir=cache_dir, country=country)
        options.tell_problems(result.problems)
        click.echo(f"{file}: {result.count:,} places added ({result.kind})")


@gazetteer.command()
@click.argument("countries", nargs=-1, required=True, metavar="CODE...")
@click.option(
    "--base-url",
    default="",
    metavar="URL",
    help="Folder of a mirror, in place of GeoNames' own download site.",
)
@click.pass_obj
def download(cache_dir: Path | None, *, countries: tuple[str, ...], base_url: str) -> None:
    """Download GeoNames' places of countries and add them; `all` is the whole world.

    The only command here that asks the network: download.geonames.org. A download that broke
    goes on where it stopped; an unchanged one is not fetched again. `all` is several hundred MB.

    Example: incident-mapper gazetteer download SY IQ
    """
    from gazetteer import store
    from gazetteer.sources.fetch import Web

    codes = [code if code == "all" else options.parse_country(code) for code in countries]
    web = Web(proxies=_find_proxies(base_url), show=True)
    for result in store.download_sources(
        codes, base_url, cache_dir=cache_dir, web=web, notify=options.tell
    ):
        if result.added is None:
            click.echo(f"{result.code}: nothing new")
            continue
        options.tell_problems(result.added.problems)
        click.echo(f"{result.code}: {result.added.count:,} places added ({result.added.kind})")


@gazetteer.command()
@options.JSON
@click.pass_obj
def info(cache_dir: Path | None, *, as_json: bool) -> None:
    """Say what the gazetteer holds: sources, versions, licences, counts, where it lies.

    Example: incident-mapper gazetteer info
    """
    from gazetteer import store

    facts: dict[str, Any] = store.describe(cache_dir=cache_dir)
    if as_json:
        options.print_json(facts)
        return
    sources, added, left_out = (facts.pop(key) for key in ("sources", "added", "left_out"))
    for key, value in facts.items():
        click.echo(f"{key}: {value}")
    known = {source["key"] for source in sources}
    waiting = [source for source in added if source["key"] not in known]
    for heading, listed in (("sources", sources), ("added, not built in", waiting)):
        if listed:
            click.echo(f"{heading}:")
        for source in listed:
            click.echo(f"  {_describe_source(source)}")
    for message in left_out:
        click.echo(message)


@gazetteer.command()
@click.pass_obj
def build(cache_dir: Path | None) -> None:
    """Build the gazetteer anew from its sources.

    Example: incident-mapper gazetteer build
    """
    from gazetteer import store

    path = store.build_gazetteer(cache_dir=cache_dir, progress=True, notify=options.tell)
    click.echo(f"built {path}")


@gazetteer.command()
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.pass_obj
def remove(cache_dir: Path | None, *, keys: tuple[str, ...]) -> None:
    """Take added sources away again, by the keys that `gazetteer info` shows.

    Example: incident-mapper gazetteer remove sy-812e15d3
    """
    from gazetteer import store

    for key in keys:
        store.remove_source(key, cache_dir=cache_dir)
        click.echo(f"removed {key}")


def _find_proxies(base_url: str) -> dict[str, str]:
    """The proxies that the environment names, if the address is not excepted."""
    from urllib.parse import urlsplit
    from urllib.request import getproxies, proxy_bypass

    host = urlsplit(base_url).hostname or ""
    return {} if proxy_bypass(host) else getproxies()


def _describe_source(source: dict[str, Any]) -> str:
    when = f", {source['date']}" if source.get("date") else ""
    count = f", {source['places']:,} places" if "places" in source else ""
    return (
        f"{source['key']}: {source['name']}{count} ({source['version']}{when}); "
        f"licence: {source['licence']}"
    )


def _describe(number: int, candidate: "Candidate") -> str:
    place = candidate.place
    where = ", ".join(part for part in (place.admin1, place.country) if part)
    reasons = "; ".join(reason.text for reason in candidate.reasons)
    return (
        f"{number:>2}. {place.name} ({place.feature_code}, {where})  "
        f"{place.lat:.4f}, {place.lon:.4f}  score {candidate.score:.2f}  {place.place_id}\n"
        f"    {candidate.method}: {candidate.matched!r}" + (f"; {reasons}" if reasons else "")
    )
