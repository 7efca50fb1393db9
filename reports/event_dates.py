"""When an event was, of all the dates that its sentence names."""

import re
from collections.abc import Iterable

from reports.dates import DateFinding
from reports.events import EventFinding
from reports.frame import When
from reports.parts import Parts

DAY_PARTS = re.compile(
    r"\b(morning|afternoon|evening|overnight|night|dawn|midnight|noon|dusk)\b", re.IGNORECASE
)
IN_THE_PART = re.compile(
    r"\b(?:in|during|by) the (morning|afternoon|evening|night)\b", re.IGNORECASE
)
RELATIVE = re.compile(r"\b(?:that|which|who)\s+(?:had\s+|have\s+)?$")
LEADS_SPEECH = re.compile(
    r",?\s(?:[\w\u2019'-]+\s){1,6}?(?:said|announced|reported|told)\b", re.IGNORECASE
)
# A date this many sentences back still dates what follows it.
DATE_REACH = 3


def choose_date(parts: Parts, chosen: EventFinding) -> When | None:
    """The event's own date: the first that is no day of a statement and no background."""
    usable = [found for found in parts.dates if _is_usable(parts, found, chosen)]
    if len(usable) > 1 and _leads_speech(parts.text, usable[0]):
        usable = usable[1:]
    days = [found for found in usable if found.precision == "day"]
    return make_when(next(iter(days or usable), None))


def _is_usable(parts: Parts, found: DateFinding, chosen: EventFinding) -> bool:
    if found.date_start is None or found.date_end is None:
        return False
    if found.is_background or found.is_time_only or found.is_speech:
        return False
    return not _dates_another(parts, found, chosen)


def _dates_another(parts: Parts, found: DateFinding, chosen: EventFinding) -> bool:
    """Whether a date belongs to a trigger in a relative clause ("that shelled X on Friday")."""
    near = [event for event in parts.telling.events if event.end <= found.start]
    if not near or near[-1].sub_event_type == chosen.sub_event_type:
        return False
    return RELATIVE.search(parts.text[: near[-1].start]) is not None


def _leads_speech(text: str, found: DateFinding) -> bool:
    """Whether a date opens "On Sunday the ministry said that ..."."""
    return found.start < 3 and LEADS_SPEECH.match(text, found.end) is not None


def make_when(found: DateFinding | None) -> When | None:
    """A finding as a date range; `None` where it has no day."""
    if found is None or found.date_start is None or found.date_end is None:
        return None
    part = DAY_PARTS.search(found.text)
    return When(
        found.date_start,
        found.date_end,
        found.precision,
        found.text,
        part.group().lower() if part else "",
        found.reason,
    )


def last_date(dates: Iterable[DateFinding]) -> When | None:
    """The last date of a sentence that later sentences can speak of."""
    usable = [d for d in dates if not d.is_background and d.precision in ("day", "week")]
    whens = [when for when in map(make_when, usable) if when]
    return whens[-1] if whens else None


def said_date(parts: Parts) -> When | None:
    """The day the sentence was said on, else the day the sentences before speak of."""
    speech = [d for d in parts.found.dates if d.is_speech and not d.is_background]
    own = make_when(speech[0]) if speech else None
    if own is not None:
        return own
    story = parts.found.story
    return story.spoken_of if parts.found.number - story.dated <= DATE_REACH else None


def day_part(parts: Parts) -> str:
    """The part of the day an event was in ("morning"), or an empty text."""
    said = IN_THE_PART.search(parts.told)
    if said:
        return said.group(1).lower()
    texts = [found.text for found in parts.dates if not found.is_background]
    matches = [match for match in map(DAY_PARTS.search, texts) if match]
    return matches[0].group().lower() if matches else ""
