"""People's corrections applied: they outrank the program, and come last.

A correction's name is compared by rule (`normalize.fold`, `normalize.variant_key`), never by
likeness, and its context must fit what the row or the text says: the same country, the same
first-level area by look-up, the same report. The most specific one counts: of one report before
of one area, before of one country, before of anywhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import xxhash

from gazetteer.corrections import NO_PLACE, Correction, CorrectionFile, NumberedRow
from gazetteer.index import Gazetteer
from gazetteer.known import know_context, lookup_area_named
from gazetteer.normalize import fold, variant_key
from gazetteer.penalties_places import load_feature_classes
from gazetteer.place import Candidate, Context, Mention, Place, Reason, Resolution
from geo.areas import find_areas, lookup_area
from geo.errors import InputError
from geo.precision import Precision, from_radius_km, implied_radius_km
from geo.problem import Problem

METHOD = "correction"
# A person has decided: there is nothing left to weigh.
_SURE = 1.0
# A feature code of each level, for positions; LCTY is a spot without a class of its own.
_CODES = {
    Precision.EXACT: "LCTY",
    Precision.SETTLEMENT: "PPL",
    Precision.SUBDISTRICT: "ADM3",
    Precision.DISTRICT: "ADM2",
    Precision.REGION: "ADM1",
    Precision.COUNTRY: "PCLI",
}
# A bare name stands for what people live in; an airbase or a province of that name is another
# place, which a correction has to name in full.
_PLAIN = frozenset({"settlement", "neighbourhood"})
# The program's own mark on names that may be areas ("countryside of X"); no word of the text.
_MARK = "land"


class Rule(NamedTuple):
    """A correction with its context and its place looked up; `place` is `None` for no place."""

    row: int
    correction: Correction
    place: Place | None
    country: str = ""
    area_id: str = ""

    @property
    def context(self) -> tuple[str, str, str]:
        """Where it holds, the narrowest first: report, area, country."""
        return (self.correction.report_id, self.area_id, self.country)


@dataclass(frozen=True, slots=True)
class Corrections:
    """Corrections that a gazetteer knows, by the keys of their names, and those it does not."""

    by_key: Mapping[str, tuple[Rule, ...]]
    problems: tuple[Problem, ...] = ()


def make_corrections(gazetteer: Gazetteer, read: CorrectionFile) -> Corrections:
    """Returns corrections ready to apply; rows the gazetteer cannot follow become problems.

    Raises `InputError`, naming both rows, where two say different things of one name in one
    context.
    """
    problems = list(read.problems)
    by_key: dict[str, list[Rule]] = {}
    for numbered in read.rows:
        made = _make_rule(gazetteer, numbered, read.file)
        if isinstance(made, Problem):
            problems.append(made)
            continue
        for key in _keys(made.correction.name):
            _check_agreement(made, by_key.setdefault(key, []), read.file)
            by_key[key].append(made)
    return Corrections({key: tuple(rules) for key, rules in by_key.items()}, tuple(problems))


def choose_report(corrections: Corrections | None, report_id: str) -> Corrections | None:
    """Returns the corrections that hold in a report ("" for none): those of others are left out."""
    if corrections is None:
        return None
    wanted = {"", report_id}
    kept = {
        key: tuple(rule for rule in rules if rule.correction.report_id in wanted)
        for key, rules in corrections.by_key.items()
    }
    return Corrections(kept, corrections.problems)


def find_reports(corrections: Corrections | None) -> frozenset[str]:
    """The reports that some correction is about."""
    rules = corrections.by_key.values() if corrections is not None else ()
    return frozenset(rule.correction.report_id for group in rules for rule in group) - {""}


def _keys(name: str) -> tuple[str, str]:
    return f"fold:{fold(name)}", f"variant:{variant_key(name) or fold(name)}"


def _make_rule(gazetteer: Gazetteer, numbered: NumberedRow, file: str) -> Rule | Problem:
    row, correction = numbered
    country, area = correction.country, None
    if correction.admin1:
        area = lookup_area_named(gazetteer, correction.admin1, country)
        if area is None:
            inside = f" of {country}" if country else ""
            message = f"{correction.admin1!r} is no area{inside} known here; `find` it, or mend it"
            return Problem(file, row, "admin1", message)
    place = _find_place(gazetteer, correction)
    if place is None and correction.place_id != NO_PLACE:
        message = f"{correction.place_id!r} is no place of the gazetteer; `find` shows the ids"
        return Problem(file, row, "place_id", message)
    if area is None:
        return Rule(row, correction, place, country)
    return Rule(row, correction, place, country or area.country, area.place_id)


def _check_agreement(new: Rule, others: Sequence[Rule], file: str) -> None:
    for old in others:
        if old.context == new.context and _target(old) != _target(new):
            raise InputError(
                f"{file}, rows {old.row} and {new.row}: both correct {new.correction.name!r} in "
                "the same context, and disagree; take one out, or give one a narrower context"
            )


def _target(rule: Rule) -> tuple[object, ...]:
    place = rule.place
    if place is None:
        return (None,)
    return (place.place_id, place.lon, place.lat, place.radius_km, place.feature_code)


def _find_place(gazetteer: Gazetteer, correction: Correction) -> Place | None:
    """The place a correction names, or makes at its position."""
    if correction.position is None:
        return gazetteer.lookup_place(correction.place_id)
    lon, lat = correction.position
    level = correction.precision or _find_level(correction.radius_km)
    holder = lookup_area(find_areas([lon], [lat])[0])
    digest = xxhash.xxh3_64_intdigest(f"{correction.name} {lon:.5f} {lat:.5f}".encode())
    return Place(
        place_id=f"{METHOD}:{digest:016x}"[: len(METHOD) + 13],
        name=correction.name,
        lon=lon,
        lat=lat,
        feature_code=_CODES[level],
        country=holder.country if holder is not None else correction.country,
        source=METHOD,
        radius_km=correction.radius_km or implied_radius_km(level),
        admin1=holder.name if holder is not None else correction.admin1,
    )


def _find_level(radius_km: float) -> Precision:
    """The level of a position without one: a settlement, or what its radius asks for."""
    return from_radius_km(radius_km) if radius_km else Precision.SETTLEMENT


def lookup_correction(
    gazetteer: Gazetteer, corrections: Corrections | None, names: Sequence[str], context: Context
) -> Rule | None:
    """Returns the correction of a name, in any of its spellings, that fits the context best."""
    if corrections is None or not corrections.by_key:
        return None
    met = list(_find_met(corrections, names))
    if not met:
        return None
    known = know_context(gazetteer, context)
    area_id = known.area.place_id if known.area is not None else ""
    fitting = [
        (tuple(not part for part in rule.context), order, rule.row, rule)
        for order, rule in met
        if rule.country in {"", known.country} and rule.area_id in {"", area_id}
    ]
    return min(fitting)[-1] if fitting else None


def _find_met(corrections: Corrections, names: Sequence[str]) -> Iterator[tuple[int, Rule]]:
    """The corrections whose name is one of the names, those nearest in spelling first."""
    order = 0
    for name in names:
        for key in _keys(name):
            for rule in corrections.by_key.get(key, ()):
                yield order, rule
            order += 1


def correct_mention(
    gazetteer: Gazetteer, corrections: Corrections | None, found: Resolution, context: Context
) -> Resolution:
    """Returns the resolution of a mention, or what a person said instead of it."""
    rule = lookup_correction(gazetteer, corrections, list_names(found.mention), context)
    return found if rule is None else apply_rule(rule, found)


def list_names(mention: Mention) -> list[str]:
    """The names under which a mention can be corrected.

    >>> list_names(Mention("Tabqa", "dam"))
    ['Tabqa dam']
    """
    feature = "" if mention.feature == _MARK else mention.feature
    classes = load_feature_classes(feature)
    is_plain = not classes or classes[0] in _PLAIN
    full = [f"{mention.text} {feature}"] if feature else []
    return [*([mention.text] if is_plain else []), *mention.variants, *full]


def apply_rule(rule: Rule, found: Resolution) -> Resolution:
    """Returns a person's decision as the answer; what the program said becomes a runner-up."""
    words = f"{say_who(rule)}; {_say_before(rule, found)}"
    alternatives = tuple(c for c in list_before(found) if not _is_it(rule.place, c.place))
    if rule.place is None:
        return Resolution(
            found.mention, None, method=METHOD, alternatives=alternatives, unresolved=words
        )
    reasons = (Reason(METHOD, 0.0, words),)
    name = rule.correction.name
    return Resolution(found.mention, rule.place, _SURE, METHOD, name, reasons, alternatives)


def list_before(found: Resolution) -> list[Candidate]:
    """What the program said, as candidates: its answer first, then the runners-up."""
    if found.place is None:
        return list(found.alternatives)
    answer = Candidate(found.place, found.matched, found.method, found.score, found.reasons)
    return [answer, *found.alternatives]


def say_who(rule: Rule) -> str:
    """Who corrected, when and why, in words.

    A correction that says "no place" says so first.
    """
    given = rule.correction
    what = "left without a place" if rule.place is None else "corrected"
    return f"{what} by {given.who} on {given.when.isoformat()}: {given.why}"


def _say_before(rule: Rule, found: Resolution) -> str:
    place = found.place
    if place is None:
        return f"the program had said nothing ({found.unresolved})"
    said = "the same" if _is_it(rule.place, place) else f"{place.name} ({place.place_id})"
    return f"the program had said {said}, score {found.score:.2f}"


def _is_it(place: Place | None, other: Place) -> bool:
    return place is not None and place.place_id == other.place_id


def is_corrected(found: Resolution) -> bool:
    """Whether a resolution is a person's."""
    return found.method == METHOD


def as_one(text: str, found: Sequence[Resolution]) -> Resolution:
    """The answers for the names of a phrase as one answer for the whole phrase.

    >>> as_one("X", []).unresolved
    'the phrase names no place'
    """
    mention = Mention(text)
    if len(found) == 1:
        return replace(found[0], mention=mention)
    before = tuple(candidate for one in found for candidate in list_before(one))
    named = "; ".join(one.place.name for one in found if one.place is not None)
    words = f"as a whole, but {named}" if named else "the phrase names no place"
    return Resolution(mention, None, alternatives=before, unresolved=words)
