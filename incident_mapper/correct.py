"""A correction made on the command line: `find NAME --correct`."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from gazetteer.add_correction import append_correction
from gazetteer.correcting import (
    Corrections,
    apply_rule,
    choose_report,
    list_names,
    lookup_correction,
    make_corrections,
)
from gazetteer.corrections import (
    NO_PLACE,
    Correction,
    CorrectionFile,
    read_corrections,
)
from gazetteer.index import Gazetteer
from gazetteer.online import OnlineGeocoder, find_with
from gazetteer.place import Candidate, Context, Mention, Resolution
from gazetteer.resolve import resolve_mention
from geo.errors import InputError
from geo.measure import Position
from geo.problem import Problem


class Found(NamedTuple):
    """The candidates of a name, a person's first, and what there is to say of the corrections."""

    candidates: list[Candidate]
    problems: list[Problem]


_HOW = "give --correct a place id such as geonames:169389, LON,LAT in degrees, or none"


def check_options(corrections: Path | None, who: str, why: str) -> Path:
    """Return the file of corrections; a correction without who and why is none.

    Raises:
        click.UsageError: One of the three is missing.
    """
    if corrections is None:
        raise click.UsageError("--correct writes to a file: name it with --corrections FILE")
    if not why.strip():
        raise click.UsageError("a correction needs a reason: give it with --why TEXT")
    if not who.strip():
        raise click.UsageError(
            "a correction needs to say whose it is: --who NAME, or set INCIDENT_MAPPER_WHO"
        )
    return corrections


def make_correction(
    mention: Mention, context: Context, target: str, *, who: str, why: str
) -> Correction:
    """Return the correction that the options spell out, of today.

    Raises:
        click.BadParameter: The target is neither an id, a position nor `none`.
    """
    given = Correction(
        name=_squeeze(list_names(mention)[0]),
        who=_squeeze(who),
        when=date.today(),  # noqa: DTZ011 (a day of the person's own)
        why=_squeeze(why),
        country=context.country,
        admin1=_squeeze(context.admin1),
    )
    target = target.strip()
    if target.lower() == NO_PLACE:
        return replace(given, place_id=NO_PLACE)
    if "," in target:
        return replace(given, position=_parse_position(target))
    if ":" not in target:
        raise click.BadParameter(f"{target!r} is no target; {_HOW}")
    return replace(given, place_id=target)


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _parse_position(text: str) -> Position:
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no position; {_HOW}") from error
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        message = f"{text!r} is not on the Earth: longitude -180 to 180 first, then latitude"
        raise click.BadParameter(message)
    return Position(lon, lat)


def write_correction(gazetteer: Gazetteer, path: Path, given: Correction) -> str:
    """Add a correction to a file, made where it is missing; return what it replaced, in words.

    Raises:
        InputError: The gazetteer does not know the place or the area, or a row of the file
            says something else of the same name in the same context. The file is as before.
    """
    read = append_correction(path, given, lambda read: _check_last(gazetteer, read))
    context = Context(country=given.country, admin1=given.admin1)
    decided = _decide(gazetteer, Mention(given.name), context, make_corrections(gazetteer, read))
    place = decided.place if decided is not None else None
    what = f"{place.name} ({place.place_id}), " if place is not None else ""
    words = "; ".join(_list_words(decided)) if decided is not None else ""
    return f"{path}, row {read.rows[-1].row}: {given.name!r} is {what}{words}"


def _check_last(gazetteer: Gazetteer, read: CorrectionFile) -> None:
    row = read.rows[-1].row
    for problem in make_corrections(gazetteer, read).problems:
        if problem.row == row:
            raise InputError(f"not written: {problem.column} {problem.message}")


def _decide(
    gazetteer: Gazetteer, mention: Mention, context: Context, corrections: Corrections
) -> Resolution | None:
    """A person's decision on a name in no report, `None` where there is none."""
    held = choose_report(corrections, "")
    rule = lookup_correction(gazetteer, held, list_names(mention), context)
    if rule is None:
        return None
    return apply_rule(rule, resolve_mention(gazetteer, mention, context))


def _list_words(decided: Resolution) -> list[str]:
    if decided.place is None:
        return [decided.unresolved]
    return [reason.text for reason in decided.reasons]


def find_corrected(  # noqa: PLR0913 - one of them keyword-only
    gazetteer: Gazetteer,
    mention: Mention,
    context: Context,
    path: Path | None,
    limit: int,
    *,
    online: OnlineGeocoder | None = None,
) -> Found:
    """Return the candidates of a name as `find_candidates` does, a person's decision first.

    Where the gazetteer knows none, `online` is asked, if given.
    """
    candidates = find_with(online, gazetteer, mention, context, limit=limit)
    if path is None:
        return Found(candidates, [])
    corrections = make_corrections(gazetteer, read_corrections(path))
    problems = list(corrections.problems)
    decided = _decide(gazetteer, mention, context, corrections)
    if decided is None:
        return Found(candidates, problems)
    if decided.place is None:
        problems.append(Problem(path.name, None, "", f"{mention.text!r} is {decided.unresolved}"))
        return Found(candidates, problems)
    place = decided.place
    first = Candidate(place, decided.matched, decided.method, decided.score, decided.reasons)
    others = [candidate for candidate in candidates if candidate.place.place_id != place.place_id]
    return Found([first, *others][:limit], problems)
