"""The commands about names: find, gazetteer add, info and build."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incident_mapper import options
from incident_mapper.online_options import open_online, take_online

if TYPE_CHECKING:
    from gazetteer.online import OnlineOptions
    from gazetteer.place import Candidate


@click.command()
@click.argument("name")
@click.option("--admin1", default="", metavar="NAME", help="First-level admin area it lies in.")
@click.option("--feature", default="", metavar="WORD", help="town, province, airport, ...")
@click.option("--limit", default=10, show_default=True, help="How many candidates to show.")
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
    as_json: bool,
    country: str,
    extra: tuple[Path, ...],
    online: "OnlineOptions | None",
) -> None:
    """Show the places a name can mean, best first, each with its reasons.

    Example: incident-mapper find "Maaret al-Numan" --country SY
    """
    from gazetteer.online import find_with
    from gazetteer.place import Context, Mention

    mention, context = Mention(name, feature), Context(country=country, admin1=admin1)
    with (
        options.open_gazetteer(cache_dir, extra) as gazetteer,
        open_online(cache_dir, online) as geocoder,
    ):
        found = find_with(geocoder, gazetteer, mention, context, limit=limit)
    if as_json:
        options.print_json([asdict(candidate) for candidate in found])
        return
    if not found:
        options.tell(f"no place is known by a name like {name!r}; try `gazetteer add FILE`")
    for number, candidate in enumerate(found, start=1):
        click.echo(_describe(number, candidate))


@click.group()
def gazetteer() -> None:
    """Add to the gazetteer, ask what it holds, build it anew."""


@gazetteer.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@options.COUNTRY
@click.pass_obj
def add(cache_dir: Path | None, *, files: tuple[Path, ...], country: str) -> None:
    """Add files of places: GeoNames, Who's On First, OCHA, boundaries, or a plain CSV.

    The kind is told from the content: a GeoNames dump (.txt, .zip), Who's On First or OCHA
    tables (.csv), boundaries (.geojson, .shp), or a CSV with `name, lat, lon`.

    Example: incident-mapper gazetteer add SY.zip
    """
    from gazetteer import store

    for file in files:
        result = store.add_source(file, cache_dir=cache_dir, country=country)
        options.tell_problems(result.problems)
        click.echo(f"{file}: {result.count:,} places added ({result.kind})")


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
    for key, value in facts.items():
        click.echo(f"{key}: {value}")


@gazetteer.command()
@click.pass_obj
def build(cache_dir: Path | None) -> None:
    """Build the gazetteer anew from its sources.

    Example: incident-mapper gazetteer build
    """
    from gazetteer import store

    path = store.build_gazetteer(cache_dir=cache_dir, progress=True)
    click.echo(f"built {path}")


def _describe(number: int, candidate: "Candidate") -> str:
    place = candidate.place
    where = ", ".join(part for part in (place.admin1, place.country) if part)
    reasons = "; ".join(reason.text for reason in candidate.reasons)
    return (
        f"{number:>2}. {place.name} ({place.feature_code}, {where})  "
        f"{place.lat:.4f}, {place.lon:.4f}  score {candidate.score:.2f}  {place.place_id}\n"
        f"    {candidate.method}: {candidate.matched!r}" + (f"; {reasons}" if reasons else "")
    )
