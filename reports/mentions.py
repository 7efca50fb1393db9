"""Which place phrases say where something happened, and what "the city" and "there" stand for."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from gazetteer.normalize import fold
from gazetteer.phrases import PlacePhrase, find_phrases
from gazetteer.place import Mention
from geo.areas import load_areas
from reports.actors import find_actors
from reports.countries import lookup_country
from reports.events import compile_words, find_events
from reports.words import load_words

# Words before a place that never make it the event's ("killed by Raqqa", "from Idlib").
NO_CUES = frozenset({"by", "from", "with", "than", "of"})
# "Parts of Idlib", "the shelling of Kharkiv": here "of" does locate.
OF_PLACES = re.compile(
    r"(?:parts?|outskirts|suburbs?|centre|center|areas?|out|edges?|north|south|east|west|streets|siege"
    r"|shelling|bombing|bombardment|capture|fall|storming|seizure|control|countryside"
    r"|municipality|commune|locality|community|territory|canton|parish|ward|hamlet|settlement|township)\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# Names that are countries in a list and places in the news.
PLACES_TOO = frozenset({"gaza", "gaza strip", "west bank", "djibouti", "singapore"})
NEAR_WORDS = re.compile(
    r"\b(?:above|across|along|towards?|outside|inside|around|off|beyond|behind|throughout|onto|against)"
    r"\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}$"
)
LOCATING = re.compile(
    r"\b(?:in|on|at|near|across|of|around|outside|inside|into|over|through|within|to)\s+(?:\w+\s+)?$"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole report says about its places.

    `provinces` are folded names that the report uses for a province; `cities` those it calls a
    city; `country` is alpha-2 or empty; `topic` is the place named most, or `None`.
    """

    country: str = ""
    provinces: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    topic: PlacePhrase | None = None


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{'|'.join(load_words('mentions')[key])})".replace(" ", r"\s+"), re.IGNORECASE
    )


@cache
def _before_pattern() -> re.Pattern[str]:
    words = "|".join(load_words("mentions")["elsewhere_before"]).replace(" ", r"\s+")
    return re.compile(
        rf"(?:\b(?:{words}))\s*(?:(?:the|an?|his|her|their|northern|southern|eastern|western)\s+)*$",
        re.IGNORECASE,
    )


@cache
def admin1_names(country: str) -> frozenset[str]:
    """Folded names of a country's first-level areas."""
    return frozenset(
        fold(name)
        for area in load_areas()
        if area.level == 1 and area.country == country
        for name in (area.name, *area.names)
    )


def find_all_phrases(text: str) -> list[PlacePhrase]:
    """All place phrases; a first word that tells an event or an actor is read as no name.

    >>> [p.mentions[0].text for p in find_all_phrases("Shelling in Kharkiv wounded three.")]
    ['Kharkiv']
    """
    first = re.match(r"\W*(\w)", text)
    if first and first.group(1).isupper():
        start = first.start(1)
        spans = [(e.start, e.end) for e in find_events(text)]
        spans += [(a.start, a.end) for a in find_actors(text) if a.generic]
        if any(begin <= start < end for begin, end in spans):
            text = text[:start] + text[start].lower() + text[start + 1 :]
    return find_phrases(text)


def find_places(
    text: str, *, outside: Sequence[tuple[int, int]] = (), setting: Setting | None = None
) -> list[PlacePhrase]:
    """The phrases of a sentence that say where its event was, countries left out.

    Left out too: where people speak, meet or come from; parts of names of people, groups and
    offices (`outside` are spans already read as such). A bare name that the report uses for a
    province is marked as one.

    >>> [p.text for p in find_places("Speaking in Beijing, he said shells hit Hama.")]
    ['Hama']
    """
    taken = [*outside, *((a.start, a.end) for a in find_actors(text) if not a.generic)]
    found = [p for p in find_all_phrases(text) if not _is_elsewhere(text, p, taken)]
    return [
        mark_provinces(p, text, setting) if setting else p for p in map(_drop_countries, found) if p
    ]


def _drop_countries(phrase: PlacePhrase) -> PlacePhrase | None:
    """The phrase without mentions of whole countries; `None` where nothing is left."""
    kept = tuple(m for m in phrase.mentions if not _is_country(m))
    if not kept and not phrase.anaphor:
        return None
    return replace(phrase, mentions=kept)


def _is_country(mention: Mention) -> bool:
    """Whether a mention is a whole country: "Benin", not "Benin City"."""
    named = lookup_country(mention.text) is not None
    return named and mention.feature == "" and mention.text.lower() not in PLACES_TOO


def _is_elsewhere(text: str, phrase: PlacePhrase, taken: Sequence[tuple[int, int]]) -> bool:
    before, after = text[: phrase.start], text[phrase.end :]
    if any(start < phrase.end and phrase.start < end for start, end in taken):
        return True
    if _before_pattern().search(before) or re.match(_pattern("elsewhere_after"), after):
        return True
    return not _locates(text, phrase)


def _locates(text: str, phrase: PlacePhrase) -> bool:
    """Whether the words around a phrase make it the place of something."""
    if phrase.anaphor or phrase.relation not in ("in", "at"):
        return True
    if phrase.cue == "of":
        return OF_PLACES.search(text[: phrase.start]) is not None
    if phrase.cue:
        return phrase.cue not in NO_CUES
    before = text[: phrase.start]
    if NEAR_WORDS.search(before):
        return True
    joined = re.search(r"(?:,|\band)\s+(?:\w+\s+)?$", before)
    return _tells_event(before) or bool(joined and phrase.mentions[0].feature)


def _tells_event(before: str) -> bool:
    """Whether a place right behind this text is the object of an event ("shelled", "hit")."""
    before = re.sub(r"[A-Z][\w-]+['\u2019]s?\s*$", "", before)
    tail = re.sub(r"\s+(?:the|parts of|several)?\s*(?:[a-z-]+\s+){0,2}$", "", before + " ")
    events = [e for e in find_events(before) if e.form == "verb" and e.end >= len(tail.rstrip())]
    return (
        bool(events)
        or re.search(r"\b(?:hit|hits|struck|pounded|rocked|targeted|entered)\s*$", tail) is not None
    )


def mark_provinces(phrase: PlacePhrase, text: str, setting: Setting) -> PlacePhrase:
    """The phrase, its bare names made provinces where the report speaks of them so."""
    wide = _pattern("area_hints").search(text) is not None
    mentions = tuple(_mark_province(m, setting, wide=wide) for m in phrase.mentions)
    return replace(phrase, mentions=mentions)


def _mark_province(mention: Mention, setting: Setting, *, wide: bool) -> Mention:
    name = fold(mention.text)
    is_admin = name in admin1_names(setting.country)
    known = name in setting.provinces and name not in setting.cities
    if mention.feature == "" and is_admin and (known or wide):
        return replace(mention, feature="province")
    if mention.feature == "region" and is_admin:
        return replace(mention, feature="province")
    return mention


def read_setting(title: str, sentences: Sequence[str], country: str) -> Setting:
    """What the report as a whole says of its places; see `Setting`."""
    provinces: set[str] = set()
    cities: set[str] = set()
    for text in sentences:
        for phrase in find_all_phrases(text):
            for mention in phrase.mentions:
                if mention.feature in ("province", "region", "governorate"):
                    provinces.add(fold(mention.text))
                elif mention.feature in ("city", "town"):
                    cities.add(fold(mention.text))
        for match in re.finditer(
            r"([A-Z][\w'\u2019-]+) and (?:parts of )?(?:the )?"
            r"(?:adjacent|neighbou?ring|surrounding) provinces",
            text,
        ):
            provinces.add(fold(match.group(1)))
    setting = Setting(country, frozenset(provinces), frozenset(cities))
    return replace(setting, topic=_find_topic(title, sentences, setting))


def _find_topic(title: str, sentences: Sequence[str], setting: Setting) -> PlacePhrase | None:
    """The phrase of the name named most, one in the title counting more."""
    votes: Counter[str] = Counter()
    first: dict[str, PlacePhrase] = {}
    for weight, text in [(3, title), *((1, text) for text in sentences)]:
        for phrase in find_places(text, setting=setting):
            for mention in phrase.mentions[:1]:
                name = fold(mention.text)
                votes[name] += weight
                plain = replace(
                    phrase, relation="in", headings=(), countryside=False, distance_km=None
                )
                first.setdefault(name, replace(plain, mentions=(mention,), target=None))
    return first[votes.most_common(1)[0][0]] if votes else None


def find_anaphor(text: str) -> tuple[str, bool] | None:
    """What kind of place named before the text points back to, and whether to several.

    The kind is `province`, `city`, `town` or "" for any; `None` where nothing points back.

    >>> find_anaphor("strikes on positions in those two provinces")
    ('province', True)
    """
    for row in load_words("mentions")["anaphora"]:
        for match in compile_words([row["words"]]).finditer(text):
            locates = LOCATING.search(text[: match.start()]) or row["words"].startswith("(?:there")
            if locates or match.group().endswith(("'s", "\u2019s")):
                return row["feature"], row.get("several", False)
    return None


def resolve_anaphor(
    kind: str, history: Sequence[PlacePhrase], *, several: bool = False
) -> list[PlacePhrase]:
    """The phrases named before that a word such as "the city" stands for, or none.

    `history` holds the report's place phrases so far, in order.
    """
    fits = [p for p in history if p.mentions and _fits_kind(p, kind)]
    exact = [p for p in fits if any(m.feature == kind for m in p.mentions)]
    chosen = exact or fits
    if several:
        chosen = [p for p in chosen if len(p.mentions) > 1] or chosen
    return [_make_plain(chosen[-1], kind)] if chosen else []


def _fits_kind(phrase: PlacePhrase, kind: str) -> bool:
    places = (phrase.target,) if phrase.target else phrase.mentions
    features = {m.feature for m in places}
    if kind == "":
        return True
    if kind == "province":
        return bool(features & {"province", "region", "governorate"})
    small = {
        "",
        "city",
        "town",
        "village",
        "neighbourhood",
        "camp",
        "airport",
        "airbase",
        "crossing",
    }
    return bool(features & small)


def _make_plain(phrase: PlacePhrase, kind: str) -> PlacePhrase:
    """The phrase as a plain place: the whole of the places it names."""
    if kind == "":
        return phrase
    mentions = (phrase.target,) if phrase.target else phrase.mentions
    if kind == "city":
        mentions = tuple(replace(m, feature="city") for m in mentions[-1:])
    return replace(
        phrase, relation="in", mentions=mentions, target=None, headings=(), countryside=False
    )
