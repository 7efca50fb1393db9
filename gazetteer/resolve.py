"""Mentions and their context to resolutions: one place each, or an honest "two fit".

A candidate's cost is the sum of its reasons (`penalties`). The score is the share of a candidate
in exp(-cost / temperature) over all candidates and "none of these". Candidates within a few
kilometres of each other are the same place in effect.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from gazetteer import penalties
from gazetteer.index import Gazetteer
from gazetteer.joint import add_company
from gazetteer.known import Known, fit_area, know_context
from gazetteer.normalize import fold
from gazetteer.penalties import load_weights
from gazetteer.place import Candidate, Context, Mention, Place, Reason, Resolution
from gazetteer.rules import load_generic_words, load_name_words, load_qualifiers
from gazetteer.sources.radius import lookup_feature
from gazetteer.spelling import compare_names, is_arabic
from geo.measure import Position, distance_km

# Twice as many put 0.003 more of one half of UCDP's places right, none of the other half
# (benchmarks/names.py), and take twice the time. Exact matches all come, whatever the limit.
_MATCH_LIMIT = 50
# The longest of the gazetteer's million names, Bangkok's in full, has 193 letters.
_MOST_LETTERS = 200
# How many candidates, and how far behind the best by name and kind, are looked at on the ground:
# where a place lies can cost no more (weights.yaml: outside the area and far from all others).
_MOST_PLACED = 60
_MOST_BEHIND = 3.0
# Runners-up that take part when mentions are resolved together.
_JOINT_LIMIT = 25
_UNKNOWN = "no place is called"
_AREA_GROUPS = frozenset({"area1", "area2", "area3", "area4", "area", "region", "country"})


def find_candidates(
    gazetteer: Gazetteer, mention: Mention, context: Context | None = None, *, limit: int = 10
) -> list[Candidate]:
    """Returns the places a mention can mean, scored and with reasons, best first."""
    known = know_context(gazetteer, context or Context())
    return score_candidates(weigh_candidates(gazetteer, mention, known))[:limit]


def resolve_mention(
    gazetteer: Gazetteer, mention: Mention, context: Context | None = None
) -> Resolution:
    """Returns the place a mention means, or why none is chosen, with the runners-up."""
    known = know_context(gazetteer, context or Context())
    return choose(mention, score_candidates(weigh_candidates(gazetteer, mention, known)))


def resolve_mentions(
    gazetteer: Gazetteer, mentions: Sequence[Mention], context: Context | None = None
) -> list[Resolution]:
    """Returns a resolution for each mention, resolved together: places of one report are near.

    The order of the mentions makes no difference.
    """
    known = know_context(gazetteer, context or Context())
    distinct = {_key(mention): mention for mention in mentions}
    found = {
        key: weigh_candidates(gazetteer, mention, known)[:_JOINT_LIMIT]
        for key, mention in sorted(distinct.items())
    }
    together = add_company(found)
    return [choose(m, score_candidates(together[_key(m)])) for m in mentions]


def _key(mention: Mention) -> tuple[str, str, tuple[str, ...]]:
    return (fold(mention.text), mention.feature, mention.variants)


def weigh_candidates(gazetteer: Gazetteer, mention: Mention, known: Known) -> list[Candidate]:
    """The places a mention can mean with their reasons, cheapest first; not yet scored."""
    matches = _find_matches(gazetteer, mention, known.country).values()
    alone = [
        replace(candidate, reasons=_list_reasons(mention, known, candidate, text))
        for candidate, text in matches
    ]
    alone.sort(key=_order)
    kept = [c for c in alone[:_MOST_PLACED] if cost(c) <= cost(alone[0]) + _MOST_BEHIND]
    placed = [_add_place(gazetteer, known, candidate) for candidate in kept]
    return sorted(penalties.hold_back(placed, "distance"), key=_order)


def _add_place(gazetteer: Gazetteer, known: Known, candidate: Candidate) -> Candidate:
    """Adds the reasons that ask where a candidate lies, which cost more to find."""
    place = candidate.place
    reasons = (
        penalties.admin1(fit_area(gazetteer, known, place)),
        penalties.distance(candidate, known.context.near),
    )
    more = tuple(reason for reason in reasons if reason is not None)
    return replace(candidate, reasons=(*candidate.reasons, *more))


def cost(candidate: Candidate) -> float:
    """The sum of the costs of a candidate's reasons."""
    return sum(reason.cost for reason in candidate.reasons)


def misfit(candidate: Candidate) -> float:
    """The cost of a candidate but for its population: a hamlet is no worse an answer."""
    return sum(reason.cost for reason in candidate.reasons if reason.name != "population")


def _order(candidate: Candidate) -> tuple[float, int, str]:
    return (round(cost(candidate), 9), -candidate.place.population, candidate.place.place_id)


def _find_matches(
    gazetteer: Gazetteer, mention: Mention, country: str
) -> dict[str, tuple[Candidate, str]]:
    """The best match of each place over all spellings of a mention, and the spelling met."""
    best: dict[str, tuple[float, Candidate, str]] = {}
    derived = _core_names(mention.text)
    for text in dict.fromkeys((mention.text, *mention.variants, *derived)):
        if len(text) > _MOST_LETTERS:
            continue
        spelled = mention.text if text in derived else text
        for match in gazetteer.find_matches(text, country=country, limit=_MATCH_LIMIT):
            share = compare_names(spelled, match.matched)
            held = best.get(match.place.place_id)
            if held is None or share < held[0]:
                method = match.method if spelled == text or share == 0 else "fuzzy"
                best[match.place.place_id] = (share, replace(match, method=method), spelled)
    return {place_id: (match, text) for place_id, (_, match, text) in best.items()}


def _core_names(text: str) -> list[str]:
    """A name without its generic words (tal, village), and with its qualifier moved.

    "Eastern Ghariyah" is also "Ghariyah Sharqi": the rules hold their words for one.
    """
    generic, forms = load_generic_words(), load_name_words()
    words = fold(text).split()
    core = [word for word in words if forms.get(word, word) not in generic]
    names = [" ".join(core)] if core and len(core) < len(words) else []
    if len(words) > 1 and forms.get(words[0], words[0]) in load_qualifiers():
        names.append(" ".join([*words[1:], words[0]]))
    if len(words) > 1 and forms.get(words[-1], words[-1]) in load_qualifiers():
        names.append(" ".join([words[-1], *words[:-1]]))
    return names


def _list_reasons(
    mention: Mention, known: Known, candidate: Candidate, text: str
) -> tuple[Reason, ...]:
    place = candidate.place
    reasons = (
        _spelling(mention, candidate, text),
        penalties.likeness(candidate, text),
        penalties.other_name(place, candidate.matched),
        penalties.country(place, known.country),
        penalties.admin2(place, known.context.admin2),
        penalties.feature(place, mention),
        penalties.population(candidate, mention, known.told),
        penalties.sources(place),
    )
    return tuple(reason for reason in reasons if reason is not None)


def _spelling(mention: Mention, candidate: Candidate, text: str) -> Reason:
    """The spelling's cost; where names in two scripts are given, both count."""
    first = penalties.spelling(text, candidate.place, candidate.matched)
    others = [other for other in mention.variants if is_arabic(other) != is_arabic(text)]
    if not others and is_arabic(mention.text) != is_arabic(text):
        others = [mention.text]
    names = [name.text for name in candidate.place.names]
    pairs = [
        penalties.spelling(other, candidate.place, name)
        for other in others
        for name in names
        if is_arabic(name) == is_arabic(other)
    ]
    if not pairs:
        return first
    second = min(pairs, key=lambda reason: reason.cost)
    return Reason("spelling", (first.cost + second.cost) / 2, f"{first.text}; {second.text}")


def score_candidates(weighed: Sequence[Candidate]) -> list[Candidate]:
    """Scores candidates by the gaps of their costs; those close together share one place."""
    rules = load_weights()["score"]
    people = cost(weighed[0]) - misfit(weighed[0]) if weighed else 0.0
    total = math.exp(-(rules["nothing"] + people) / rules["temperature"])
    groups = group_candidates(weighed)
    shares = [math.exp(-cost(candidate) / rules["temperature"]) for candidate in weighed]
    leaders: dict[int, float] = {}
    for group, share in zip(groups, shares, strict=True):
        leaders[group] = max(leaders.get(group, 0.0), share)
    total += sum(leaders.values())
    return [
        replace(candidate, score=round(share / total, 4))
        for candidate, share in zip(weighed, shares, strict=True)
    ]


def group_candidates(weighed: Sequence[Candidate]) -> list[int]:
    """For each candidate the first (cheapest) one that is the same place in effect."""
    groups: list[int] = []
    for at, candidate in enumerate(weighed):
        leaders = [group for group in dict.fromkeys(groups) if group != at]
        same = (g for g in leaders if is_same_place(weighed[g].place, candidate.place))
        groups.append(next(same, at))
    return groups


def is_same_place(one: Place, other: Place) -> bool:
    """Whether two places are within a few kilometres, or one is the other's area."""
    apart_km = distance_km(Position(one.lon, one.lat), Position(other.lon, other.lat))
    reach_km = load_weights()["same_place_km"]
    for area in (one, other):
        if lookup_feature(area.feature_code).group in _AREA_GROUPS:
            reach_km = max(reach_km, area.radius_km)
    return bool(apart_km <= reach_km)


def choose(mention: Mention, scored: Sequence[Candidate]) -> Resolution:
    """The best candidate as the answer, unless it is too far off or another fits as well."""
    rules = load_weights()["score"]
    if not scored:
        return Resolution(mention, None, unresolved=f"{_UNKNOWN} {mention.text!r}")
    best = scored[0]
    if misfit(best) > rules["most"] or (best.method == "fuzzy" and best.score < rules["least"]):
        words = f"{_UNKNOWN} {mention.text!r}; the nearest is {_name(best)}"
        return Resolution(mention, None, alternatives=tuple(scored[:10]), unresolved=words)
    rival = next((c for c in scored[1:] if not is_same_place(best.place, c.place)), None)
    if rival is not None and cost(rival) - cost(best) < rules["tie"]:
        words = f"two places fit equally well: {_name(best)} and {_name(rival)}"
        return Resolution(mention, None, alternatives=tuple(scored[:10]), unresolved=words)
    return Resolution(
        mention,
        best.place,
        best.score,
        best.method,
        best.matched,
        best.reasons,
        tuple(scored[1:11]),
    )


def is_unknown(resolution: Resolution) -> bool:
    """Whether no place is called so; where two fit equally well, the name is known."""
    return resolution.unresolved.startswith(_UNKNOWN)


def _name(candidate: Candidate) -> str:
    place = candidate.place
    inside = ", ".join(part for part in (place.admin2, place.admin1, place.country) if part)
    return f"{place.name} ({inside or place.place_id}; {place.lat:.3f}, {place.lon:.3f})"
