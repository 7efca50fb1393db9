"""Mentions and their context to resolutions: one place each, or an honest "two fit"."""

from collections.abc import Sequence

import numpy as np

from gazetteer.elsewhere import UNKNOWN, mind_borders
from gazetteer.index import Gazetteer
from gazetteer.joint import keep_company
from gazetteer.known import know_context
from gazetteer.normalize import fold
from gazetteer.place import Candidate, Context, Mention, Resolution
from gazetteer.pool import Asked, fill_pool, split
from gazetteer.rank import Ranked, make_candidate, misfit, rank, rank_judged
from gazetteer.search import METHODS
from gazetteer.weights import load_costs, load_weights

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
    return [make_candidate(ranked, row) for row in rows.tolist()]


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


def choose(ranked: Ranked) -> list[Resolution]:
    """The best candidate of each mention, unless it is too far off or another fits as well."""
    bounds = split(ranked.judged.pool).tolist()
    return [
        _choose_one(ranked, asked.mention, start, end)
        for asked, start, end in zip(ranked.judged.pool.asked, bounds[:-1], bounds[1:], strict=True)
    ]


def _choose_one(ranked: Ranked, mention: Mention, start: int, end: int) -> Resolution:
    rules = load_costs()["score"]
    if start == end:
        return Resolution(mention, None, unresolved=f"{UNKNOWN} {mention.text!r}")
    shown = [
        make_candidate(ranked, row) for row in range(start, min(end, start + _ALTERNATIVES + 1))
    ]
    best = shown[0]
    if not _is_near(ranked, start) or misfit(ranked, start) > rules["most"]:
        words = f"{UNKNOWN} {mention.text!r}; the nearest is {_name(best)}"
        return Resolution(mention, None, alternatives=tuple(shown[:-1] or shown), unresolved=words)
    rivals = np.flatnonzero(ranked.leader[start:end] != start)
    if len(rivals) and ranked.total[start + rivals[0]] - ranked.total[start] < rules["tie"]:
        rival = make_candidate(ranked, start + int(rivals[0]))
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


def _is_near(ranked: Ranked, row: int) -> bool:
    """Whether a name only like the one asked for is near enough, and likely enough, to be it."""
    rules, pool = load_costs()["score"], ranked.judged.pool
    if METHODS[int(pool.method[row])] != "fuzzy":
        return True
    is_likely = float(ranked.score[row]) >= rules["least"]
    return bool(is_likely and float(pool.spelled.share[row]) <= rules["most_letters"])


def is_unknown(resolution: Resolution) -> bool:
    """Whether no place is called so; where two fit equally well, the name is known."""
    return resolution.unresolved.startswith(UNKNOWN)


def _name(candidate: Candidate) -> str:
    place = candidate.place
    inside = ", ".join(part for part in (place.admin2, place.admin1, place.country) if part)
    return f"{place.name} ({inside or place.place_id}; {place.lat:.3f}, {place.lon:.3f})"
