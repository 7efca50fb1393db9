"""Place phrases to where they are: their names resolved together, then the shape."""

from collections.abc import Sequence
from dataclasses import replace

from gazetteer.answers import Answers, answer, answer_together, resolve_ahead
from gazetteer.correcting import Corrections, apply_rule, as_one, is_corrected, lookup_correction
from gazetteer.index import Gazetteer
from gazetteer.normalize import fold
from gazetteer.online import OnlineGeocoder, ask_unknown
from gazetteer.phrases import PlacePhrase
from gazetteer.place import Context, Mention, Resolution
from gazetteer.records import Located, name_admin1
from gazetteer.resolve import is_unknown
from gazetteer.sites import make_location, make_site
from gazetteer.sources.radius import lookup_feature
from geo.regions import locate_in, locate_near

# A name with its heading ("Eastern Ghouta") is a name of its own only if it is known about as
# written; a container counts only if it is likelier right than wrong.
_MOST_COST_OF_WHOLE = 0.7
_LEAST_SCORE_OF_HOLDER = 0.5
# Half the way round the Earth: no place lies farther from another.
_MOST_KM = 20_004.0
_AREAS = frozenset({"country", "area1", "area2", "area3"})


def locate_phrase(
    gazetteer: Gazetteer,
    phrase: PlacePhrase,
    context: Context | None = None,
    *,
    corrections: Corrections | None = None,
    online: OnlineGeocoder | None = None,
) -> Located:
    """Returns where a place phrase is, or why that is not known."""
    found = locate_phrases(gazetteer, [phrase], context, corrections=corrections, online=online)
    return found[0]


def locate_phrases(
    gazetteer: Gazetteer,
    phrases: Sequence[PlacePhrase],
    context: Context | None = None,
    *,
    corrections: Corrections | None = None,
    online: OnlineGeocoder | None = None,
) -> list[Located]:
    """Returns where the place phrases of one report or row are, resolved together.

    Places that hold a phrase's names ("X in Y province") narrow that phrase alone. A correction
    outranks what the program finds, for a name or for a phrase as a whole. Names that the
    gazetteer does not know are asked of `online`, if that is given.
    """
    return _locate_all(gazetteer, phrases, context or Context(), Answers(corrections, online))


def locate_each(
    gazetteer: Gazetteer,
    phrases: Sequence[PlacePhrase],
    contexts: Sequence[Context],
    *,
    corrections: Corrections | None = None,
    online: OnlineGeocoder | None = None,
) -> list[Located]:
    """Returns where many phrases are that have nothing to do with each other, each in its context.

    The answers are those of `locate_phrase`, and come faster: names are resolved in one call.
    """
    answers = Answers(corrections, online)
    asked = list(zip(phrases, contexts, strict=True))
    resolve_ahead(gazetteer, answers, ((p.whole, c) for p, c in asked if p.whole is not None))
    chosen = [(_prefer_whole(gazetteer, p, c, answers), c) for p, c in asked]
    resolve_ahead(gazetteer, answers, (pair for p, c in chosen for pair in _list_alone(p, c)))
    held = [(p, _find_holders(gazetteer, p, c, c, answers)[1]) for p, c in chosen if p.containers]
    resolve_ahead(gazetteer, answers, (pair for p, c in held for pair in _list_single(p, c)))
    return [_locate_all(gazetteer, [p], c, answers)[0] for p, c in asked]


def _list_alone(phrase: PlacePhrase, context: Context) -> list[tuple[Mention, Context]]:
    """The mentions of a phrase that are resolved by themselves before all others."""
    if phrase.containers:
        return [(holder, context) for holder in _list_holders(phrase)]
    return _list_single(phrase, context)


def _list_single(phrase: PlacePhrase, context: Context) -> list[tuple[Mention, Context]]:
    mentions = _mentions(phrase)
    return [(mentions[0], context)] if len(mentions) == 1 else []


def _locate_all(
    gazetteer: Gazetteer, phrases: Sequence[PlacePhrase], context: Context, answers: Answers
) -> list[Located]:
    phrases = [_prefer_whole(gazetteer, phrase, context, answers) for phrase in phrases]
    free = [phrase for phrase in phrases if not phrase.containers]
    mentions = [mention for phrase in free for mention in _mentions(phrase)]
    found = answer_together(gazetteer, mentions, context, answers)
    near = tuple(position for r in found for position in _town_position(r))
    company = replace(context, near=(*context.near, *near))
    together = dict(zip(mentions, ask_unknown(answers.online, found, company), strict=True))
    located = [
        _locate_free(gazetteer, phrase, together)
        if not phrase.containers
        else _locate_held(gazetteer, phrase, context, company, answers)
        for phrase in phrases
    ]
    return [_correct_whole(gazetteer, one, context, answers) for one in located]


def _correct_whole(
    gazetteer: Gazetteer, located: Located, context: Context, answers: Answers
) -> Located:
    """A phrase that was corrected as it stands ("the old mill (Samka)"), whatever its parts are."""
    phrase = located.phrase
    if len(phrase.mentions) == 1 and fold(phrase.mentions[0].text) == fold(phrase.text):
        return located
    rule = lookup_correction(gazetteer, answers.corrections, [phrase.text], context)
    if rule is None:
        return located
    if any(map(is_corrected, located.resolutions)):
        located = _locate_all(gazetteer, [phrase], context, replace(answers, corrections=None))[0]
    every = [r for r in (located.target, *located.resolutions) if r is not None]
    found = apply_rule(rule, as_one(phrase.text, every))
    bare = PlacePhrase(phrase.text, phrase.start, phrase.end, "in", (found.mention,))
    return _make_located(gazetteer, bare, [found])


def _town_position(resolution: Resolution) -> list[tuple[float, float]]:
    """The position of a settlement; none for what is larger or not resolved."""
    place = resolution.place
    if place is None or lookup_feature(place.feature_code).group != "settlement":
        return []
    return [(place.lon, place.lat)]


def _prefer_whole(
    gazetteer: Gazetteer, phrase: PlacePhrase, context: Context, answers: Answers
) -> PlacePhrase:
    """Takes "Eastern Ghouta" for a name of its own where the gazetteer knows one."""
    if phrase.whole is None:
        return phrase
    found = answer(gazetteer, phrase.whole, context, answers)
    spelled = next((r.cost for r in found.reasons if r.name == "spelling"), _MOST_COST_OF_WHOLE)
    is_known = spelled < _MOST_COST_OF_WHOLE and found.method != "fuzzy"
    if found.place is None or not (is_known or is_corrected(found)):
        return phrase
    relation = "at" if phrase.cue == "at" else "in"
    return replace(phrase, mentions=(phrase.whole,), relation=relation, headings=())


def _mentions(phrase: PlacePhrase) -> tuple[Mention, ...]:
    """The mentions of a phrase; those of a sector without a feature word may be areas."""
    mentions = phrase.mentions
    if phrase.relation == "sector":
        mentions = tuple(m if m.feature else replace(m, feature="land") for m in mentions)
    return (*mentions, phrase.target) if phrase.target is not None else mentions


def _locate_free(
    gazetteer: Gazetteer, phrase: PlacePhrase, together: dict[Mention, Resolution]
) -> Located:
    found = [together[mention] for mention in _mentions(phrase)]
    return _make_located(gazetteer, phrase, found)


def _locate_held(
    gazetteer: Gazetteer, phrase: PlacePhrase, context: Context, company: Context, answers: Answers
) -> Located:
    """Locates a phrase inside, or beside, the places that hold it."""
    trusted, narrowed = _find_holders(gazetteer, phrase, context, company, answers)
    resolutions = answer_together(gazetteer, _mentions(phrase), narrowed, answers)
    is_alias = phrase.text.endswith(")") and not any(map(_is_area, trusted))
    if is_alias and all(r.place is None and not is_corrected(r) for r in resolutions):
        texts = tuple(holder.text for holder in phrase.containers)
        aliased = [replace(m, variants=(*m.variants, *texts)) for m in _mentions(phrase)]
        resolutions = answer_together(gazetteer, aliased, context, answers)
    resolutions = ask_unknown(answers.online, resolutions, narrowed)
    located = _make_located(gazetteer, phrase, resolutions)
    if not trusted or not resolutions or not all(map(is_unknown, resolutions)):
        return located
    return _stand_in(gazetteer, located, trusted[0])


def _find_holders(
    gazetteer: Gazetteer, phrase: PlacePhrase, context: Context, company: Context, answers: Answers
) -> tuple[list[Resolution], Context]:
    """The places that hold a phrase and are believed, and the company narrowed to them."""
    wanted = _list_holders(phrase)
    resolve_ahead(gazetteer, answers, ((holder, context) for holder in wanted))
    holders = [answer(gazetteer, holder, context, answers) for holder in wanted]
    trusted = [h for h in holders if h.place is not None and h.score >= _LEAST_SCORE_OF_HOLDER]
    for holder in trusted:
        company = _narrow(company, holder)
    return trusted, company


def _is_area(resolution: Resolution) -> bool:
    place = resolution.place
    return place is not None and lookup_feature(place.feature_code).group in _AREAS


def _stand_in(gazetteer: Gazetteer, located: Located, holder: Resolution) -> Located:
    """The container in the place of names that nobody knows, as the area it is, and no better.

    A town stands in with the land round it: what lies "in" a town may be a village near it.
    """
    if holder.place is None:
        return located
    site = make_site(gazetteer, holder.place)
    is_point = lookup_feature(holder.place.feature_code).group in {"settlement", "neighbourhood"}
    location = replace(locate_near(site) if is_point else locate_in(site), relation="in")
    admin1 = name_admin1(gazetteer, holder.place)
    return replace(located, location=location, unresolved="", admin1=admin1, stand_in=holder)


def _list_holders(phrase: PlacePhrase) -> list[Mention]:
    """The holders of a phrase, the first a city if it holds a quarter, all others any land."""
    is_quarter = any(mention.feature == "neighbourhood" for mention in phrase.mentions)
    kinds = ["city" if is_quarter else "land", *["land"] * len(phrase.containers)]
    return [
        holder if holder.feature else replace(holder, feature=kind)
        for holder, kind in zip(phrase.containers, kinds, strict=False)
    ]


def _narrow(context: Context, found: Resolution) -> Context:
    """Adds to a context what a resolved container says."""
    place = found.place
    if place is None:
        return context
    group = lookup_feature(place.feature_code).group
    if group == "country":
        return replace(context, country=context.country or place.country)
    if group == "area1":
        return replace(
            context,
            country=context.country or place.country,
            admin1=context.admin1 or place.name,
        )
    return replace(context, near=((place.lon, place.lat),))


def _make_located(
    gazetteer: Gazetteer, phrase: PlacePhrase, found: Sequence[Resolution]
) -> Located:
    target = found[-1] if phrase.target is not None else None
    names = tuple(found[:-1] if target is not None else found)
    is_too_far = (phrase.distance_km or 0.0) > _MOST_KM
    location = None if is_too_far else make_location(gazetteer, phrase, names, target)
    first = next((r.place for r in (target, *names) if r is not None and r.place), None)
    why = "; ".join(r.unresolved for r in found if r.unresolved) or "the phrase names no place"
    if is_too_far:
        why = f"{phrase.distance_km:,.0f} km is farther than half the way round the Earth"
    return Located(
        phrase,
        names,
        location,
        "" if location is not None else why,
        target,
        name_admin1(gazetteer, first) if first is not None else "",
    )
