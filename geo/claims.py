"""What each source says of one event, side by side, and the row's totals that follow.

A claim is never averaged with another. For one group of people over all claims, low is
the lowest and high the highest figure claimed, and best is the figure all claims agree on, else
unknown: ACLED takes the lowest figure reported, which is low; UCDP's best asks for a judgement of
sources that a program does not have. Two claims about one group are never added up; figures for
different groups are. A figure for everybody stands over the figures for groups.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

FIGURE_KINDS = ("fatalities", "injured")


class Figures(NamedTuple):
    """A number of people: lowest, best, highest; `None` is unknown, a high of `None` is open."""

    low: int | None
    best: int | None
    high: int | None


NONE_KNOWN = Figures(None, None, None)


def make_claim(
    source: str,
    tolls: Mapping[str, Iterable[Mapping[str, Any]]],
    *,
    evidence: str = "",
    span: tuple[int, int] = (0, 0),
    contested: bool = False,
) -> dict[str, Any]:
    """One source's claim as the table keeps it.

    `tolls` holds the figures of `fatalities` and of `injured`, each with group, low, best, high
    and qualifier, as far as known; `span` is that of the evidence in its report.

    >>> claim = make_claim("SOHR", {"fatalities": [{"group": "Civilians", "low": 5, "best": 5}]})
    >>> claim["fatalities"]
    [{'group': 'Civilians', 'low': 5, 'best': 5, 'high': None, 'qualifier': ''}]
    """
    return {
        "source": source,
        **{kind: [_make_figure(toll) for toll in tolls.get(kind, ())] for kind in FIGURE_KINDS},
        "evidence": evidence,
        "start": span[0],
        "end": span[1],
        "contested": contested,
    }


def totals_of(claims: Iterable[Mapping[str, Any]], kind: str) -> Figures:
    """The row's low, best and high of one kind, `fatalities` or `injured`, from its claims.

    >>> five, nine = (
    ...     make_claim("", {"fatalities": [{"group": "Civilians", "low": n, "best": n, "high": n}]})
    ...     for n in (5, 9)
    ... )
    >>> totals_of([five, nine], "fatalities")
    Figures(low=5, best=None, high=9)
    """
    by_group: dict[str, list[Figures]] = {}
    for claim in claims:
        for group, figures in _sum_groups(claim.get(kind, ())).items():
            by_group.setdefault(group, []).append(figures)
    everybody = by_group.pop("", None)
    groups = _add([_merge(figures) for figures in by_group.values()])
    return groups if everybody is None else _stand_over(_merge(everybody), groups)


def find_totals(claims: Sequence[Mapping[str, Any]]) -> dict[str, int | None]:
    """The six toll columns of a row, from its claims.

    >>> find_totals([make_claim("SOHR", {"injured": [{"low": 2}]})])["injured_low"]
    2
    """
    return {
        f"{kind}_{level}": number
        for kind in FIGURE_KINDS
        for level, number in totals_of(claims, kind)._asdict().items()
    }


def is_contested(claims: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a claim is called contested, or two claims give one group figures that exclude.

    >>> two, nine = (make_claim("", {"injured": [{"low": n, "high": n}]}) for n in (2, 9))
    >>> is_contested([two, nine])
    True
    """
    return any(claim.get("contested") for claim in claims) or any(
        _do_exclude(claims, kind) for kind in FIGURE_KINDS
    )


def _make_figure(figure: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "group": figure.get("group", ""),
        "low": figure.get("low"),
        "best": figure.get("best"),
        "high": figure.get("high"),
        "qualifier": figure.get("qualifier", ""),
    }


def _sum_groups(figures: Iterable[Mapping[str, Any]]) -> dict[str, Figures]:
    """One source's figures by group; a group it counts twice (in two places) is added up."""
    by_group: dict[str, list[Figures]] = {}
    for figure in figures:
        known = Figures(figure.get("low"), figure.get("best"), figure.get("high"))
        if known != NONE_KNOWN:
            by_group.setdefault(_group_key(figure), []).append(known)
    return {group: _add(known) for group, known in by_group.items()}


def _group_key(figure: Mapping[str, Any]) -> str:
    return " ".join(str(figure.get("group") or "").casefold().split())


def _merge(claimed: Sequence[Figures]) -> Figures:
    """Several sources' figures for the same people."""
    low = min((number for number in map(_lowest, claimed) if number is not None), default=None)
    highs = [figures.high for figures in claimed if figures.high is not None]
    # "At least 40" beside "30 killed" leaves the highest figure open.
    high = max(highs, default=None)
    if high is not None and any((_lowest(figures) or 0) > high for figures in claimed):
        high = None
    return Figures(low, _agreed(claimed), high)


def _agreed(claimed: Sequence[Figures]) -> int | None:
    first = claimed[0].best
    return first if all(figures.best == first for figures in claimed) else None


def _add(parts: Sequence[Figures]) -> Figures:
    """Figures for different people together; unknown as soon as one part is."""
    if not parts:
        return NONE_KNOWN
    lows = [number for number in map(_lowest, parts) if number is not None]
    return Figures(
        sum(lows) if lows else None,
        _sum_known([figures.best for figures in parts]),
        _sum_known([figures.high for figures in parts]),
    )


def _stand_over(everybody: Figures, groups: Figures) -> Figures:
    """A figure for everybody, and the sum of the groups, which are among them."""
    if groups == NONE_KNOWN or (groups.high or groups.low or 0) <= (everybody.low or 0):
        return everybody
    highs = [figures.high for figures in (everybody, groups)]
    best = everybody.best if everybody.best == groups.best else None
    low = everybody.low if everybody.low is not None else groups.low
    return Figures(low, best, None if None in highs else max(filter(None, highs), default=None))


def _lowest(figures: Figures) -> int | None:
    return next((number for number in (figures.low, figures.best) if number is not None), None)


def _sum_known(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _do_exclude(claims: Sequence[Mapping[str, Any]], kind: str) -> bool:
    by_group: dict[str, list[Figures]] = {}
    for claim in claims:
        for group, figures in _sum_groups(claim.get(kind, ())).items():
            by_group.setdefault(group, []).append(figures)
    return any(
        low is not None and figures.high is not None and low > figures.high
        for claimed in by_group.values()
        for figures in claimed
        for low in map(_lowest, claimed)
    )
