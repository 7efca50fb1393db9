"""Mentions and their context to resolutions: one place each, or an honest "two fit"."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.columns import spread
from gazetteer.elsewhere import UNKNOWN, mind_borders
from gazetteer.index import Gazetteer
from gazetteer.joint import keep_company
from gazetteer.known import know_context
from gazetteer.normalize import fold
from gazetteer.place import Candidate, Context, Mention, Resolution
from gazetteer.pool import Asked, fill_pool, split
from gazetteer.rank import (
    Ranked,
    make_candidates,
    misfits,
    rank,
    rank_judged,
    weigh_company,
)
from gazetteer.search import METHODS
from gazetteer.weights import load_costs, load_weights

Array = NDArray[Any]

# Twice as many put 0.003 more of one half of UCDP's places right, none of the other half
# (benchmarks/names.py), and take twice the time. Exact matches all come, whatever the limit.
MATCH_LIMIT = 50
# A name of whose letters more differ is not worth showing to a reader.
_MOST_SHOWN = 0.6
# So many mentions are ranked at a time: their candidates fit in a processor's cache.
_BATCH = 500
_ALTERNATIVES = 10
_Key = tuple[str, str, tuple[str, ...]]


def find_candidates(
    gazetteer: Gazetteer, mention: Mention, context: Context | None = None, *, limit: int = 10
) -> list[Candidate]:
    """Returns the places a mention can mean, scored and with reasons, best first."""
    asked = [Asked(mention, know_context(gazetteer, context or Context()))]
    ranked = rank(fill_pool(gazetteer, asked, MATCH_LIMIT))
    rows = np.flatnonzero(ranked.judged.pool.spelled.share <= _MOST_SHOWN)[:limit]
    return make_candidates(ranked, rows)


def resolve_mention(
    gazetteer: Gazetteer, mention: Mention, context: Context | None = None
) -> Resolution:
    """Returns the place a mention means, or why none is chosen, with the runners-up."""
    return resolve_each(gazetteer, [mention], [context or Context()])[0]


def resolve_each(
    gazetteer: Gazetteer, mentions: Sequence[Mention], contexts: Sequence[Context]
) -> list[Resolution]:
    """Returns a resolution for each mention by its own context; they know nothing of each other.

    Many at once: what takes milliseconds for one takes a fraction for each of a thousand.
    """
    found: list[Resolution] = []
    for start in range(0, len(mentions), _BATCH):
        part = slice(start, start + _BATCH)
        asked = [
            Asked(mention, know_context(gazetteer, context))
            for mention, context in zip(mentions[part], contexts[part], strict=True)
        ]
        chosen = choose(rank(fill_pool(gazetteer, asked, MATCH_LIMIT)))
        found += mind_borders(gazetteer, chosen, [each.known for each in asked])
    return found


def resolve_mentions(
    gazetteer: Gazetteer, mentions: Sequence[Mention], context: Context | None = None
) -> list[Resolution]:
    """Returns a resolution for each mention, resolved together: places of one report are near.

    The order of the mentions makes no difference.
    """
    if not mentions:
        return []
    known = know_context(gazetteer, context or Context())
    distinct = dict(sorted({_key(mention): mention for mention in mentions}.items()))
    asked = [Asked(mention, known) for mention in distinct.values()]
    alone = rank(fill_pool(gazetteer, asked, MATCH_LIMIT))
    together = rank_judged(keep_company(alone), load_weights())
    minded = mind_borders(gazetteer, choose(together), [known] * len(distinct))
    chosen = dict(zip(distinct, minded, strict=True))
    return [_say_of(chosen[_key(mention)], mention) for mention in mentions]


def _key(mention: Mention) -> _Key:
    return (fold(mention.text), mention.feature, mention.variants)


def _say_of(resolution: Resolution, mention: Mention) -> Resolution:
    """The same resolution for a mention of the same name elsewhere in the text."""
    if resolution.mention == mention:
        return resolution
    fields = {name: getattr(resolution, name) for name in resolution.__dataclass_fields__}
    return Resolution(**(fields | {"mention": mention}))


class _Led(NamedTuple):
    """A mention's candidates: the best ones, whether the first may be it, and which fits as well.

    `rival` is `None` where the first fits better than all others.
    """

    mention: Mention
    shown: Sequence[Candidate]
    is_likely: bool
    rival: Candidate | None


def choose(ranked: Ranked) -> list[Resolution]:
    """The best candidate of each mention, unless it is too far off or another fits as well."""
    return [_choose_one(led) for led in _list_led(ranked)]


def _list_led(ranked: Ranked) -> Iterator[_Led]:
    """The candidates of each mention that are shown, all made in one go."""
    bounds = split(ranked.judged.pool)
    counts = np.minimum(np.diff(bounds), _ALTERNATIVES + 1)
    rivals, at = _find_rivals(ranked, bounds), np.concatenate([[0], np.cumsum(counts)])
    likely = np.zeros(len(counts), bool)
    likely[counts > 0] = _is_likely(ranked, bounds[:-1][counts > 0])
    _, rows = spread(bounds[:-1], counts)
    tied = np.flatnonzero(rivals >= 0)
    made = make_candidates(ranked, np.concatenate([rows, rivals[tied]]))
    rival_of = dict(zip(tied.tolist(), made[len(rows) :], strict=True))
    for number, asked in enumerate(ranked.judged.pool.asked):
        shown = made[at[number] : at[number + 1]]
        yield _Led(asked.mention, shown, bool(likely[number]), rival_of.get(number))


def _find_rivals(ranked: Ranked, bounds: Array) -> Array:
    """For each mention the row of another place that fits as well as the first, -1 for none."""
    best = bounds[:-1]
    owner = ranked.judged.pool.owner
    others = np.flatnonzero(ranked.leader != best[owner])
    met, first = np.unique(owner[others], return_index=True)
    rows = others[first]
    is_tie = ranked.total[rows] - ranked.total[best[met]] < load_costs()["score"]["tie"]
    rivals = np.full(len(best), -1)
    rivals[met[is_tie]] = rows[is_tie]
    return rivals


def _choose_one(led: _Led) -> Resolution:
    mention, shown, rival = led.mention, led.shown, led.rival
    if not shown:
        return Resolution(mention, None, unresolved=f"{UNKNOWN} {mention.text!r}")
    best = shown[0]
    if not led.is_likely:
        where = "" if best.method == "fuzzy" else " where it should be"
        words = f"{UNKNOWN} {mention.text!r}{where}; the nearest is {_name(best)}"
        return Resolution(mention, None, alternatives=tuple(shown[:-1] or shown), unresolved=words)
    if rival is not None:
        words = f"two places fit equally well: {_name(best)} and {_name(rival)}"
        return Resolution(
            mention, None, alternatives=tuple(shown[:_ALTERNATIVES]), unresolved=words
        )
    return Resolution(
        mention,
        best.place,
        best.score,
        best.method,
        best.matched,
        best.reasons,
        tuple(shown[1:]),
    )


def _is_likely(ranked: Ranked, rows: Array) -> Array:
    """Whether candidates are near enough to be meant; names only like the one asked for nearer."""
    rules, pool = load_costs()["score"], ranked.judged.pool
    is_fuzzy = pool.method[rows] == METHODS.index("fuzzy")
    # Places of one report may lie far apart: that alone makes no name unlikely.
    named = np.where(weigh_company(ranked, rows) > 0, 0.0, rules["least_named"])
    is_likely = ranked.score[rows] >= np.where(is_fuzzy, rules["least"], named)
    is_near = ~is_fuzzy | (pool.spelled.share[rows] <= rules["most_letters"])
    return np.asarray(is_likely & is_near & (misfits(ranked, rows) <= rules["most"]))


def is_unknown(resolution: Resolution) -> bool:
    """Whether no place is called so; where two fit equally well, the name is known."""
    return resolution.unresolved.startswith(UNKNOWN)


def _name(candidate: Candidate) -> str:
    place = candidate.place
    inside = ", ".join(part for part in (place.admin2, place.admin1, place.country) if part)
    return f"{place.name} ({inside or place.place_id}; {place.lat:.3f}, {place.lon:.3f})"
