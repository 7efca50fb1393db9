"""Measures what resolving a name costs: many at once, one by one, a report of hundreds together.

Run `python -m benchmarks.resolving`; `--folder F` keeps the index in F instead of a temporary
folder, `--names` (5,000) sets how many distinct names are drawn (seed 1) from the bundled world.
Every other one is spelled as another romanisation might, with a letter lost. Times are CPU time
of one core, in milliseconds a name. Areas are looked up in a first call, which is told apart: a
table pays for each of its areas once.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.gazetteer import spoil
from gazetteer.index import Gazetteer
from gazetteer.known import know_context
from gazetteer.place import Context, Mention
from gazetteer.resolve import resolve_each, resolve_mention, resolve_mentions
from gazetteer.store import open_gazetteer

NAMES, SINGLE, TOGETHER = 5_000, 500, 500

Asked = tuple[list[Mention], list[Context]]


def main() -> None:
    """Prints the figures, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="folder that keeps the index")
    parser.add_argument("--names", type=int, default=NAMES)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as temporary,
        open_gazetteer(given.folder or Path(temporary)) as gazetteer,
    ):
        measure(gazetteer, given.names)


def measure(gazetteer: Gazetteer, names: int) -> None:
    """Prints what names cost with more and more told beside them."""
    mentions, contexts = draw_names(gazetteer, names)
    resolve_each(gazetteer, mentions[:1], contexts[:1])  # rules are loaded
    bare = [Context()] * len(mentions)
    countries = [Context(country=context.country) for context in contexts]
    print(f"world            {time_each(gazetteer, mentions, bare):7.2f} ms a name")
    print(f"country known    {time_each(gazetteer, mentions, countries):7.2f} ms a name")
    known = time_cpu_s(lambda: [know_context(gazetteer, context) for context in contexts])
    areas = len(set(contexts))
    print(f"area look-up     {known / areas * 1e3:7.2f} ms each of {areas:,} areas")
    print(f"area known       {time_each(gazetteer, mentions, contexts):7.2f} ms a name")
    for title, told in (("one, world", bare), ("one, country", countries)):
        times = sorted(time_single(gazetteer, mentions[:SINGLE], told))
        worst = times[len(times) * 99 // 100]
        print(f"{title:16} {statistics.median(times):7.2f} ms at p50, {worst:.2f} at p99")
    together = time_cpu_s(lambda: resolve_mentions(gazetteer, mentions[:TOGETHER]))
    print(f"a long report    {together * 1e3:7.0f} ms for {TOGETHER} names together")


def draw_names(gazetteer: Gazetteer, count: int) -> Asked:
    """Distinct names of places drawn at random, every other one spoilt; country and area of each.

    Fewer than `count` where two places drawn have one name.
    """
    pick = random.Random(1)  # noqa: S311 - a sample, no secret
    rows = pick.sample(range(gazetteer.place_count), min(count, gazetteer.place_count))
    places = {place.name: place for place in map(gazetteer.take_place, rows)}.values()
    mentions = [
        Mention(spoil(place.name, pick) if at % 2 else place.name)
        for at, place in enumerate(places)
    ]
    return mentions, [Context(country=place.country, admin1=place.admin1) for place in places]


def time_each(
    gazetteer: Gazetteer, mentions: Sequence[Mention], contexts: Sequence[Context]
) -> float:
    """Milliseconds a name, all in one call."""
    return time_cpu_s(lambda: resolve_each(gazetteer, mentions, contexts)) / len(mentions) * 1e3


def time_single(
    gazetteer: Gazetteer, mentions: Sequence[Mention], contexts: Sequence[Context]
) -> list[float]:
    """Milliseconds of each name, resolved by itself."""
    pairs = zip(mentions, contexts, strict=False)
    return [
        time_cpu_s(lambda m=m, c=c: resolve_mention(gazetteer, m, c)) * 1e3  # type: ignore[misc]
        for m, c in pairs
    ]


def time_cpu_s(work: Callable[[], object]) -> float:
    """Processor seconds that a piece of work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
