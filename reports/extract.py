"""A report to its incidents: the only module that joins the steps.

sentences → frames (type, date, place, toll, sides, source of each) → groups of frames that tell one
incident → places and dates taken over → located → summaries folded → records.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from gazetteer.correcting import Corrections, choose_report
from gazetteer.index import Gazetteer
from gazetteer.online import OnlineGeocoder
from reports.countries import find_report_country
from reports.dates import find_anchor
from reports.group import Group
from reports.incident_records import make_records
from reports.inherit import inherit
from reports.mentions import read_setting
from reports.merge import join_frames
from reports.placing import place_groups
from reports.reading import read_frames
from reports.report import Report
from reports.sentences import Sentence, find_sentences
from reports.summary import fold_summaries

# What is read of one report. Long news reports have 30,000 letters; a longer text is a file of
# many reports, or no report, and its sentences would all be compared with each other.
MAX_LETTERS = 50_000


def extract_incidents(  # noqa: PLR0913 - options, keyword-only
    report: Report,
    gazetteer: Gazetteer,
    *,
    country: str = "",
    today: date | None = None,
    corrections: Corrections | None = None,
    online: OnlineGeocoder | None = None,
) -> list[dict[str, Any]]:
    """The incidents a report tells, as records for `geo.table.make_table`, in its order.

    `country` (alpha-2) is where names are looked for first; without it the report's own words
    decide. `today` bounds the year of a dateline that names none. `corrections` outrank what the
    gazetteer finds; names that it does not know are asked of `online`, if that is given. An
    incident whose place could not be resolved is there, with the reason. Of a report longer than
    `MAX_LETTERS` only the beginning is read; each incident then says so in its notes.
    """
    if len(report.text) > MAX_LETTERS:
        return _extract_beginning(
            report,
            gazetteer,
            country=country,
            today=today,
            corrections=corrections,
            online=online,
        )
    sentences = find_sentences(report.text, title=report.title)
    told = [sentence for sentence in sentences if not sentence.is_boilerplate]
    text = "\n".join(sentence.text for sentence in told)
    country = country or find_report_country(report.title, text)
    title = report.title or " ".join(s.text for s in told if s.kind == "title")
    setting = read_setting(title, [s.text for s in told if s.kind != "title"], country)
    anchor = find_anchor(report, today=today)
    frames = read_frames(choose_sentences(told), anchor, setting)
    groups = [group for group in join_frames(frames) if is_incident(group)]
    complete = inherit(groups, setting, anchor.published)
    held = choose_report(corrections, report.report_id)
    placed = fold_summaries(place_groups(complete, gazetteer, country, held, online=online))
    return make_records(report, placed)


def _extract_beginning(  # noqa: PLR0913 - options, keyword-only
    report: Report,
    gazetteer: Gazetteer,
    *,
    country: str,
    today: date | None,
    corrections: Corrections | None,
    online: OnlineGeocoder | None,
) -> list[dict[str, Any]]:
    """The incidents of the first `MAX_LETTERS` letters, each with a note that says so."""
    cut = replace(report, text=report.text[:MAX_LETTERS])
    note = f"only the first {MAX_LETTERS:,} of the report's {len(report.text):,} letters were read"
    records = extract_incidents(
        cut, gazetteer, country=country, today=today, corrections=corrections, online=online
    )
    return [{**record, "notes": [*record["notes"], note]} for record in records]


def choose_sentences(told: list[Sentence]) -> list[Sentence]:
    """The sentences to read: the body; headlines only where there is no body."""
    body = [sentence for sentence in told if sentence.kind == "body"]
    return body or told


def is_incident(group: Group) -> bool:
    """Whether a group says enough to be an incident: a toll, or what, and where or when."""
    if group.losses:
        return True
    dated = any(frame.when or (frame.part and frame.said) for frame in group.frames)
    strong = any(not frame.weak for frame in group.frames)
    acting = any(frame.attackers for frame in group.frames)
    told = [dated, group.has_own_place, strong or acting]
    return sum(told) >= 2
