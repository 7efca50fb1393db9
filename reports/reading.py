"""Sentences to frames: what each tells of an event, with its date, place, toll, sides, source."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace


from gazetteer.phrases import PlacePhrase
from reports.actors import find_actors, military_forces
from reports.clauses import Telling, find_tellings, is_background, is_contested
from reports.countries import lookup_country
from reports.dates import DateAnchor, DateFinding, find_dates
from reports.events import (
    ATTACK,
    TERRITORY,
    EventFinding,
    choose_event,
    decide_event,
    find_separators,
    is_counter,
)
from reports.frame import Frame, Loss, When, unique
from reports.losses import OTHERS, read_losses
from reports.mentions import Setting, find_anaphor, find_places, resolve_anaphor
from reports.sentences import Sentence
from reports.sides import PASSIVE, Sides, find_sides, kinds_of
from reports.sources import SourceFinding, find_source
from reports.tolls import Toll, find_tolls

DAY_PARTS = re.compile(
    r"\b(morning|afternoon|evening|overnight|night|dawn|midnight|noon|dusk)\b", re.I
)
# A date this many sentences back still dates what follows it.
DATE_REACH = 3
OWN_FORCES = re.compile(r"\b(?:warplanes|jets|aircraft|helicopters|drones|its|our|their)\b", re.I)


@dataclass(frozen=True, slots=True)
class Story:
    """What the sentences so far have said, for the one that follows.

    `source` spoke last; `spoken_of` is the date last named and `dated` the sentence it stood in;
    `history` are all place phrases; `before` is the last sentence's text.
    """

    source: str = ""
    spoken_of: When | None = None
    dated: int = -99
    history: tuple[PlacePhrase, ...] = ()
    before: str = ""


def read_frames(sentences: Sequence[Sentence], anchor: DateAnchor, setting: Setting) -> list[Frame]:
    """The frames of a report's sentences, in order."""
    story = Story()
    frames: list[Frame] = []
    for number, sentence in enumerate(sentences):
        found, story = read_sentence(number, sentence, anchor, setting, story)
        frames.extend(found)
    return _fill_quoted(frames)


def _fill_quoted(frames: Sequence[Frame]) -> list[Frame]:
    """The frames, those of a quotation given the source named at its end."""
    filled: list[Frame] = []
    source, paragraph = "", -1
    for frame in reversed(frames):
        lacks = not frame.source and frame.paragraph == paragraph and source
        filled.append(replace(frame, source=source) if lacks else frame)
        source, paragraph = filled[-1].source, frame.paragraph
    return filled[::-1]


def read_sentence(
    number: int, sentence: Sentence, anchor: DateAnchor, setting: Setting, story: Story
) -> tuple[list[Frame], Story]:
    """The frames of one sentence, and the story as it stands behind it."""
    text = sentence.text
    spoken = story.spoken_of.end if story.spoken_of else None
    dates = find_dates(text, anchor, spoken_of=spoken)
    source = find_source(text, last=story.source, country=setting.country)
    outside = [(source.start, source.end)] if source else []
    places = find_places(text, outside=outside, setting=setting)
    tolls = [toll for toll in find_tolls(text, before=story.before) if not toll.is_background]
    frames = []
    for telling in find_tellings(text):
        parts = _Parts(telling, dates, places, tolls)
        if not _is_no_incident(text, parts):
            frame = _make_frame(sentence, number, parts, source, setting, story)
            frames.append(frame)
    return frames, _go_on(story, number, text, dates, places, source)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A telling with the findings of its sentence."""

    telling: Telling
    dates: Sequence[DateFinding]
    places: Sequence[PlacePhrase]
    tolls: Sequence[Toll]

    def holds(self, start: int) -> bool:
        """Whether a position lies within the telling."""
        return self.telling.start <= start < self.telling.end

    @property
    def own_dates(self) -> list[DateFinding]:
        """Dates within the telling."""
        return [found for found in self.dates if self.holds(found.start)]

    @property
    def own_tolls(self) -> list[Toll]:
        """Tolls within the telling."""
        return [toll for toll in self.tolls if self.holds(toll.start)]


def _is_no_incident(text: str, parts: _Parts) -> bool:
    """Whether a telling is background: a long time, a general state, an old or coming date."""
    days = [d for d in parts.own_dates if not d.is_background and d.precision in ("day", "week")]
    own_day = [d for d in days if not d.is_speech and not d.is_time_only]
    if own_day and parts.own_tolls:
        return False
    if is_background(text):
        return not own_day
    return any(d.is_background and not _is_aside(text, d) for d in parts.own_dates) and not own_day


def _is_aside(text: str, found: DateFinding) -> bool:
    """Whether a background date only dates something else: "since ... in late August"."""
    return bool(
        re.search(r"\b(?:since|until|after|before|from)\b[^.]*$", text[: found.start], re.I)
    )


def _make_frame(
    sentence: Sentence,
    number: int,
    parts: _Parts,
    source: SourceFinding | None,
    setting: Setting,
    story: Story,
) -> Frame:
    text, telling = sentence.text, parts.telling
    chosen = _as_prisoners(text, _choose(telling), setting.country)
    sides = _find_sides(text, telling, chosen, source, setting)
    losses = read_losses(parts.own_tolls, country=setting.country, speaker=_speaker(source))
    hurt = unique(x.group for x in losses if x.group != OTHERS and x.group not in sides.attackers)
    victims = unique((*hurt, *sides.victims)) if chosen.form != "casualty" else hurt or sides.victims
    attackers, victim_kinds = kinds_of(sides.attackers), kinds_of(victims)
    event_type, sub_type = decide_event(chosen, attackers=attackers, victims=victim_kinds)
    phrases, borrowed = _choose_places(parts, story, text)
    when = _choose_date(text, parts, chosen)
    return Frame(
        number=number,
        clause=telling.start,
        paragraph=sentence.paragraph,
        text=text,
        start=sentence.start,
        end=sentence.end,
        event_type=event_type,
        sub_event_type=sub_type,
        weak=chosen.sub_event_type == ATTACK,
        joins=tuple(dict.fromkeys(sub for event in telling.events for sub in event.joins)),
        when=when,
        said=_said_date(parts, number, story),
        part=_day_part(parts, text),
        phrases=phrases,
        borrowed=borrowed,
        losses=tuple(losses),
        attackers=sides.attackers,
        victims=victims,
        others=sides.others,
        mutual=sides.mutual,
        source=source.name if source else "",
        denied=telling.denied,
        contested=is_contested(text[telling.start : telling.end]),
        separate=any(parts.holds(start) for start, _ in find_separators(text)),
        counter=is_counter(text[telling.start : telling.end]),
        opener=telling.opener,
    )


def _choose(telling: Telling) -> EventFinding:
    """The trigger that gives the type: a specific one before a generic one.

    Violence told by a verb comes before what else was done ("killed 30 and seized weapons").
    """
    generic = [event for event in telling.events if event.sub_event_type == ATTACK]
    done = [event for event in generic if event.form != "noun"]
    mild = [event for event in telling.events if event.event_type == "Strategic developments"]
    specific = [event for event in telling.events if event not in generic and event not in mild]
    chosen = choose_event(specific or done or mild or generic)
    return chosen or telling.events[0]


def _as_prisoners(text: str, chosen: EventFinding, country: str) -> EventFinding:
    """ "14 soldiers were captured" tells of people taken, and no ground."""
    if chosen.sub_event_type != TERRITORY or not PASSIVE.search(text[: chosen.start]):
        return chosen
    subject = PASSIVE.sub("", text[: chosen.start]).rstrip()
    taken = any(actor.end >= len(subject) - 1 for actor in find_actors(subject, country))
    return replace(chosen, event_type="", sub_event_type=ATTACK, form="noun") if taken else chosen


def _find_sides(
    text: str,
    telling: Telling,
    chosen: EventFinding,
    source: SourceFinding | None,
    setting: Setting,
) -> Sides:
    """The sides by the chosen trigger, completed by the telling's other triggers."""
    outside = [(source.start, source.end)] if source else []
    outside += [(0, telling.start), (telling.end, len(text))]
    ordered = [chosen, *(event for event in telling.events if event is not chosen)]
    sides = Sides()
    for event in ordered:
        more = find_sides(text, event, country=setting.country, outside=outside)
        sides = Sides(
            sides.attackers or tuple(n for n in more.attackers if n not in sides.victims),
            sides.victims or tuple(n for n in more.victims if n not in sides.attackers),
            sides.others or more.others,
            sides.mutual or more.mutual,
        )
    return _add_own_forces(text, telling, source, sides)


def _add_own_forces(
    text: str, telling: Telling, source: SourceFinding | None, sides: Sides
) -> Sides:
    """An army or ministry that says "our warplanes": they are its own."""
    if source is None or not OWN_FORCES.search(text[telling.start : telling.end]):
        return sides
    own = re.fullmatch(r"Military Forces of .+", source.name)
    name = source.name if own else ""
    if not own and source.name.endswith("Ministry of Defence") and not sides.attackers:
        from_name = find_military(source.name)
        name = from_name
    its = re.search(r"\bits\b", text[telling.start : telling.end]) is not None
    if not name or name in (*sides.attackers, *sides.victims) or (sides.attackers and not its):
        return sides
    return replace(sides, attackers=(name, *sides.attackers))


def find_military(office: str) -> str:
    """The forces of the country an office belongs to.

    >>> find_military("Russian Ministry of Defence")
    'Military Forces of Russia'
    """
    from_adjective = lookup_country(office.split(" Ministry")[0])
    return military_forces(from_adjective.code) if from_adjective else ""


def _speaker(source: SourceFinding | None) -> str:
    """The armed group or army that a claimant is, or empty."""
    actors = find_actors(source.name) if source else []
    return actors[0].name if actors and actors[0].code in (1, 2, 3) else ""


def _choose_places(parts: _Parts, story: Story, text: str) -> tuple[tuple[PlacePhrase, ...], bool]:
    """The telling's own places, else those its "the city", "there" stand for."""
    own = [phrase for phrase in parts.places if parts.holds(phrase.start)]
    named = [phrase for phrase in own if phrase.mentions]
    pointing = [phrase for phrase in own if not phrase.mentions and phrase.anaphor]
    history = [*story.history, *(p for p in parts.places if p.start < parts.telling.start)]
    if named:
        return tuple(named), False
    for phrase in pointing:
        for found in resolve_anaphor(phrase.anaphor, history):
            whole = replace(phrase, mentions=found.mentions[-1:])
            return (whole,), False
    pointer = find_anaphor(text[parts.telling.start : parts.telling.end])
    if pointer:
        found_all = resolve_anaphor(pointer[0], history, several=pointer[1])
        return tuple(found_all), True
    return (), False


def _choose_date(text: str, parts: _Parts, chosen: EventFinding) -> When | None:
    """The event's own date: the first that is no day of a statement and no background."""
    usable = [
        found
        for found in parts.own_dates
        if found.date_start
        and found.date_end
        and not found.is_background
        and not found.is_time_only
        and not found.is_speech
        and not _dates_another(text, found, parts.telling, chosen)
    ]
    if len(usable) > 1 and _leads_speech(text, usable[0]):
        usable = usable[1:]
    days = [found for found in usable if found.precision == "day"]
    return _make_when(next(iter(days or usable), None))


def _dates_another(text: str, found: DateFinding, telling: Telling, chosen: EventFinding) -> bool:
    """Whether a date belongs to a trigger in a relative clause ("that shelled X on Friday")."""
    near = [event for event in telling.events if event.end <= found.start]
    if not near or near[-1].sub_event_type == chosen.sub_event_type:
        return False
    return bool(re.search(r"\b(?:that|which|who)\s+(?:had\s+|have\s+)?$", text[: near[-1].start]))


def _leads_speech(text: str, found: DateFinding) -> bool:
    """Whether a date opens "On Sunday the ministry said that ..."."""
    rest = text[found.end :]
    return found.start < 3 and bool(
        re.match(r",?\s(?:[\w’'-]+\s){1,6}?(?:said|announced|reported|told)\b", rest)
    )


def _make_when(found: DateFinding | None) -> When | None:
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


def _said_date(parts: _Parts, number: int, story: Story) -> When | None:
    """The day the sentence was said on, else the day the sentences before speak of."""
    speech = [found for found in parts.dates if found.is_speech and not found.is_background]
    own = _make_when(speech[0]) if speech else None
    if own is not None:
        return own
    near = number - story.dated <= DATE_REACH
    return story.spoken_of if near else None


def _day_part(parts: _Parts, text: str) -> str:
    said = re.search(r"(?i)\b(?:in|during|by) the (morning|afternoon|evening|night)\b", text)
    if said and parts.holds(said.start()):
        return said.group(1).lower()
    for found in parts.own_dates:
        part = DAY_PARTS.search(found.text)
        if part and not found.is_background:
            return part.group().lower()
    return ""


def _go_on(
    story: Story,
    number: int,
    text: str,
    dates: Sequence[DateFinding],
    places: Sequence[PlacePhrase],
    source: SourceFinding | None,
) -> Story:
    days = [
        found for found in dates if not found.is_background and found.precision in ("day", "week")
    ]
    whens = [when for when in map(_make_when, days) if when]
    return Story(
        source.name if source else story.source,
        whens[-1] if whens else story.spoken_of,
        number if whens else story.dated,
        (*story.history, *(p for p in places if p.mentions)),
        text,
    )
