"""Sentences to frames: what each tells of an event, with its date, place, toll, sides, source."""

from collections.abc import Sequence
from dataclasses import replace

from reports.actors import find_actors
from reports.clauses import Telling, find_tellings, is_contested
from reports.dates import DateAnchor, find_dates
from reports.event_dates import choose_date, day_part, last_date, said_date
from reports.event_sides import find_speaker, read_sides
from reports.events import (
    ATTACK,
    TERRITORY,
    EventFinding,
    choose_event,
    decide_event,
    find_separators,
    is_counter,
)
from reports.frame import Frame, Loss, unique
from reports.losses import OTHERS, read_losses
from reports.mentions import Setting, find_places
from reports.parts import Findings, Parts, Story, choose_places, is_no_incident
from reports.sentences import Sentence
from reports.sides import PASSIVE, Sides, kinds_of
from reports.sources import find_claim_spans, find_source, is_describing, is_organisation
from reports.tolls import find_tolls


def read_frames(sentences: Sequence[Sentence], anchor: DateAnchor, setting: Setting) -> list[Frame]:
    """The frames of a report's sentences, in order."""
    story = Story()
    frames: list[Frame] = []
    for number, sentence in enumerate(sentences):
        found = find_all(number, sentence, anchor, setting, story)
        tellings = (Parts(telling, found) for telling in find_tellings(sentence.text))
        frames.extend(make_frame(parts) for parts in tellings if not is_no_incident(parts))
        story = go_on(found)
    return _name_described(_fill_quoted(frames))


def _name_described(frames: Sequence[Frame]) -> list[Frame]:
    """The frames, "an activist group" replaced by the group a sentence beside it names.

    The next sentence decides before the one before: "A war monitor said ... The X Observatory
    said ...".
    """
    named = {frame.number: frame.source for frame in frames if is_organisation(frame.source)}
    filled: list[Frame] = []
    for frame in frames:
        beside = named.get(frame.number + 1) or named.get(frame.number - 1)
        described = frame.source and is_describing(frame.source) and beside
        filled.append(replace(frame, source=beside) if described and beside else frame)
    return filled


def _fill_quoted(frames: Sequence[Frame]) -> list[Frame]:
    """The frames, those of a quotation given the source named at its end."""
    filled: list[Frame] = []
    source, paragraph = "", -1
    for frame in reversed(frames):
        quoted = _is_open_quotation(frame.text) and frame.paragraph == paragraph
        lacks = not frame.source and quoted and source
        filled.append(replace(frame, source=source) if lacks else frame)
        source, paragraph = filled[-1].source, frame.paragraph
    return filled[::-1]


def _is_open_quotation(text: str) -> bool:
    """Whether a quotation goes on behind this sentence: opened, and not closed."""
    return text.count('"') % 2 == 1 or text.count("\u201c") > text.count("\u201d")


def find_all(
    number: int, sentence: Sentence, anchor: DateAnchor, setting: Setting, story: Story
) -> Findings:
    """Source, dates, places and tolls of one sentence."""
    text = sentence.text
    spoken = story.spoken_of.end if story.spoken_of else None
    source = find_source(text, last=story.source, country=setting.country)
    outside = find_claim_spans(text)
    return Findings(
        sentence,
        number,
        setting,
        story,
        source,
        find_dates(text, anchor, spoken_of=spoken),
        find_places(text, outside=outside, setting=setting),
        [
            toll
            for toll in find_tolls(text, before=story.before)
            if not toll.is_background and not _is_within(toll.start, toll.end, outside)
        ],
    )


def _is_within(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a span overlaps one of those that only claim ("a doctor said")."""
    return any(begin < end and start < stop for begin, stop in spans)


def go_on(found: Findings) -> Story:
    """The story as it stands behind a sentence."""
    story = found.story
    when = last_date(found.dates)
    return Story(
        found.source.name if found.source else story.source,
        when or story.spoken_of,
        found.number if when else story.dated,
        (*story.history, *(phrase for phrase in found.places if phrase.mentions)),
        found.sentence.text,
    )


def make_frame(parts: Parts) -> Frame:
    """The frame of one telling."""
    found, telling = parts.found, parts.telling
    country = found.setting.country
    chosen = _as_prisoners(parts.text, choose_trigger(telling), country)
    sides = read_sides(parts, chosen)
    losses = read_losses(parts.tolls, country=country, speaker=find_speaker(found.source))
    victims = _find_victims(chosen, sides, losses)
    event_type, sub_type = decide_event(
        chosen, attackers=kinds_of(sides.attackers), victims=kinds_of(victims)
    )
    phrases, borrowed = choose_places(parts)
    return Frame(
        number=found.number,
        clause=telling.start,
        paragraph=found.sentence.paragraph,
        text=parts.text,
        start=found.sentence.start,
        end=found.sentence.end,
        event_type=event_type,
        sub_event_type=sub_type,
        weak=chosen.sub_event_type == ATTACK,
        joins=unique(sub for event in telling.events for sub in event.joins),
        when=choose_date(parts, chosen),
        said=said_date(parts),
        part=day_part(parts),
        phrases=phrases,
        borrowed=borrowed,
        losses=tuple(losses),
        attackers=sides.attackers,
        victims=victims,
        others=sides.others,
        mutual=sides.mutual,
        source=found.source.name if found.source else "",
        denied=telling.denied,
        contested=is_contested(parts.told),
        separate=any(parts.holds(start) for start, _ in find_separators(parts.text)),
        counter=is_counter(parts.told),
    )


def choose_trigger(telling: Telling) -> EventFinding:
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
    """Makes no ground of "14 soldiers were captured": it tells of people taken."""
    if chosen.sub_event_type != TERRITORY or not PASSIVE.search(text[: chosen.start]):
        return chosen
    subject = PASSIVE.sub("", text[: chosen.start]).rstrip()
    taken = any(actor.end >= len(subject) - 1 for actor in find_actors(subject, country))
    return replace(chosen, event_type="", sub_event_type=ATTACK, form="noun") if taken else chosen


def _find_victims(chosen: EventFinding, sides: Sides, losses: Sequence[Loss]) -> tuple[str, ...]:
    """Those hurt by the tolls, and those the words say it was done to."""
    named = (loss.group for loss in losses if loss.group != OTHERS)
    hurt = unique(group for group in named if group not in sides.attackers)
    if chosen.form == "casualty":
        return hurt or sides.victims
    return unique((*hurt, *sides.victims))
