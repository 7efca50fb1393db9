"""The dateline of a report: "MOSCOW, January 23. /TASS/." says where and when it was filed."""

import re
from typing import NamedTuple

from reports.words import load_set

_WORD = r"(?:St\.|Mt\.|[A-Z][\w'\u2019]*(?:[.-][\w'\u2019]+)*)"
_PLACE = rf"{_WORD}(?: (?:{_WORD}|and|of|de)){{0,3}}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?"
_AGENCY = r"\([A-Z][\w .&/-]{1,30}\)|/[A-Z][\w .-]{1,20}/|[A-Z]{2,8}(?=\s?[-\u2013\u2014_])"
_DASH = r"(?:\u2014|\u2013|--|-|_)"

DATELINE = re.compile(
    rf"(?P<open>\()?(?P<place>{_PLACE})(?P<more>(?:,\s(?!{_DATE}){_PLACE}){{0,2}})"
    rf"(?:[,/]?\s(?P<date>{_DATE}))?(?P<close>\))?[.,]?"
    rf"(?:,?\s(?P<agency>{_AGENCY}))?(?:\s?(?P<dash>{_DASH})|(?P<stop>[.:]))(?=\s)"
)


class Dateline(NamedTuple):
    """A dateline at the start of a line: its place, its date as written, and where it ends."""

    place: str
    date_text: str
    end: int


def parse_dateline(line: str) -> Dateline | None:
    """The dateline a line begins with, or `None` where it begins with a sentence.

    It needs an agency, brackets, a date, or a place in capitals before the dash or colon: a
    sentence with a dash in it is none, nor is a label such as "UPDATE:".

    >>> parse_dateline("MOSCOW, January 23. /TASS/. Shells fell.").date_text
    'January 23'
    >>> parse_dateline("Idlib - the last bastion - was shelled.") is None
    True
    """
    match = DATELINE.match(line)
    if match is None:
        return None
    marked = match["agency"] or (match["dash"] and (match["date"] or match["place"].isupper()))
    if match["stop"] == ":" and match["place"].isupper():
        marked = match["place"].lower() not in load_set("boilerplate", "labels")
    bracketed = match["open"] and match["close"] and match["dash"]
    if not (marked or bracketed):
        return None
    return Dateline(match["place"], match["date"] or "", match.end())
