"""A geocoder of geopy's for the names that the gazetteer does not know.

Off unless it is opened, by name, in the call. What is sent: the name as written, and the country
and the box of the area it is looked for in; nothing else of a report. Answers and refusals are kept
with their date. A service that fails never loses a row: the reason is told, the name stays
unresolved.

    with open_online(OnlineOptions("nominatim", user_agent="desk@example.org")) as online:
        locate_table(table, gazetteer, place=["town"], online=online)
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from gazetteer.index import Gazetteer
from gazetteer.online_answers import Answer, load_geocoders
from gazetteer.online_beliefs import Reply, Wanted, choose_answer
from gazetteer.online_bounds import Bounds, find_bounds
from gazetteer.online_cache import Kept, keep_answers, lookup_answers, make_key, open_cache
from gazetteer.online_cache import take_turn as take_next_turn
from gazetteer.online_options import (
    Clock,
    OnlineOptions,
    Question,
    ServiceFailureError,
    check_options,
)
from gazetteer.place import Candidate, Context, Mention, Resolution
from gazetteer.resolve import find_candidates, is_unknown, resolve_mention
from gazetteer.spelling import is_arabic
from geo.areas import lookup_area
from geo.errors import InputError

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Clock", "OnlineGeocoder", "OnlineOptions", "ask_unknown", "open_online"]

# A longer text is no name; the longest of a million names has 193 letters.
_MOST_LETTERS = 200
# The name as written, and one spelling in the other script: each costs a request.
_MOST_SPELLINGS = 2


class Tally(NamedTuple):
    """How many questions were asked, found in the cache, and failed."""

    asked: int = 0
    cached: int = 0
    failed: int = 0


class OnlineGeocoder:
    """A geocoder, open; `resolve` asks it. `open_online` makes one.

    `tally` counts what was asked; `problems` are lines on what went wrong, each once.
    """

    def __init__(
        self,
        options: OnlineOptions,
        cache: sqlite3.Connection,
        ask: Callable[[Question], list[Answer]],
        clock: Clock,
    ) -> None:
        self.options = options
        self.tally = Tally()
        self.problems: list[str] = []
        self._cache = cache
        self._ask = ask
        self._clock = clock
        self._failures = 0
        self._closed_because = ""

    def __enter__(self) -> Self:
        """Returns itself."""
        return self

    def __exit__(
        self,
        kind: "type[BaseException] | None",
        error: "BaseException | None",
        trace: "TracebackType | None",
    ) -> None:
        """Closes the cache."""
        self.close()

    def close(self) -> None:
        """Closes the cache; nothing can be asked afterwards."""
        self._cache.close()

    def resolve(self, mention: Mention, context: Context | None = None) -> Resolution | None:
        """Returns the place a name means by the service, or why none is believed.

        `None` where the name cannot be asked for: it is empty, or no name but a text.
        """
        context = context or Context()
        bounds = find_bounds(context)
        refused = None
        for text in _list_spellings(mention):
            reply = self._reply(text, bounds)
            if isinstance(reply, str):
                return refused or Resolution(mention, None, unresolved=reply)
            found = choose_answer(reply, Wanted(mention, text, context, bounds))
            if found.place is not None:
                return found
            refused = refused or found
        return refused

    def _reply(self, text: str, bounds: Bounds) -> Reply | str:
        """What the cache or the service says, or why neither says anything."""
        options = self.options
        question = Question(
            _add_country(options.geocoder, text, bounds), bounds.country, bounds.box
        )
        key = make_key(options.geocoder, *options.telling, *question)
        kept = self._look_up(key)
        if kept is not None:
            self.tally = self.tally._replace(cached=self.tally.cached + 1)
            return self._make_reply(kept, is_cached=True)
        if self._closed_because:
            return f"{options.service} was not asked again: {self._closed_because}"
        answers = self._ask_service(question)
        if isinstance(answers, str):
            return answers
        fresh = Kept(answers, self._clock.now())
        self._keep(key, fresh)
        return self._make_reply(fresh, is_cached=False)

    def _make_reply(self, kept: Kept, *, is_cached: bool) -> Reply:
        options = self.options
        return Reply(options.geocoder, options.service, kept.answers, kept.asked_at, is_cached)

    def _ask_service(self, question: Question) -> list[Answer] | str:
        """The service's answers, or why there are none."""
        self.tally = self.tally._replace(asked=self.tally.asked + 1)
        try:
            answers = self._ask(question)
        except ServiceFailureError as error:
            self._note_failure(error)
            return str(error)
        self._failures = 0
        return answers

    def _note_failure(self, error: ServiceFailureError) -> None:
        """Counts a failure; after some in a row, or a refusal for good, nothing more is asked."""
        self._failures += 1
        self.tally = self.tally._replace(failed=self.tally.failed + 1)
        self.note(str(error))
        if error.is_final:
            self._closed_because = str(error)
        elif self._failures >= self.options.most_failures:
            self._closed_because = f"it failed {self._failures} times in a row"

    def _look_up(self, key: str) -> Kept | None:
        now, days = self._clock.now(), self.options.max_age_days
        try:
            return lookup_answers(self._cache, key, now=now, max_age_days=days)
        except (sqlite3.Error, ValueError, TypeError, LookupError) as error:
            self.note(f"the cache of answers cannot be read ({error})")
            return None

    def _keep(self, key: str, fresh: Kept) -> None:
        try:
            keep_answers(self._cache, key, fresh)
        except sqlite3.Error as error:
            self.note(f"the cache of answers cannot be written ({error})")

    def note(self, line: str) -> None:
        """Adds a line to the problems, once."""
        if line not in self.problems:
            self.problems.append(line)


def open_online(
    options: OnlineOptions,
    *,
    cache: Path | None = None,
    clock: Clock | None = None,
    geocoder: Any = None,
) -> OnlineGeocoder:
    """Returns the geocoder, open; nothing is asked yet.

    `cache` is the SQLite file that keeps its answers; without one they are kept for this call.
    `clock` and `geocoder` (an object with geopy's `geocode`) are the real ones where left out.

    Raises `InputError` for options that cannot be used, or where geopy is not installed;
    `OutputError` where the cache cannot be written.
    """
    check_options(options)
    try:
        # Late, and only here: geopy is an extra, and nothing else needs it.
        from gazetteer.online_service import make_asker, open_geocoder  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise InputError(
            "asking a geocoder needs geopy; install it: pip install 'incident-mapper[online]'"
        ) from error
    clock = clock or Clock()
    service = geocoder if geocoder is not None else open_geocoder(options)
    opened = open_cache(cache)

    def take_turn() -> float:
        if not options.pace_s:
            return 0.0
        turns = (options.service, options.pace_s)
        try:
            return take_next_turn(opened, turns[0], pace_s=turns[1], now=clock.now())
        except sqlite3.Error:
            return 0.0

    return OnlineGeocoder(options, opened, make_asker(options, service, clock, take_turn), clock)


def find_with(
    online: OnlineGeocoder | None,
    gazetteer: Gazetteer,
    mention: Mention,
    context: Context,
    *,
    limit: int = 10,
) -> list[Candidate]:
    """Returns the places a name can mean, best first; the geocoder's first where none fits here.

    Why the geocoder knows none either is among its `problems`.
    """
    found = find_candidates(gazetteer, mention, context, limit=limit)
    if online is None:
        return found
    asked = ask_unknown(online, [resolve_mention(gazetteer, mention, context)], context)[0]
    if asked.place is not None and asked.method == "geocoder":
        best = Candidate(asked.place, asked.matched, asked.method, asked.score, asked.reasons)
        return [best, *asked.alternatives, *found][:limit]
    if is_unknown(asked):
        online.note(asked.unresolved)
    return found


def ask_unknown(
    online: OnlineGeocoder | None, found: Sequence[Resolution], context: Context
) -> list[Resolution]:
    """Returns resolutions with the names that nobody knows asked of the geocoder, if there is one.

    A name that is not found there either says both reasons.
    """
    if online is None:
        return list(found)
    return [_ask_if_unknown(online, resolution, context) for resolution in found]


def _ask_if_unknown(online: OnlineGeocoder, resolution: Resolution, context: Context) -> Resolution:
    if not is_unknown(resolution):
        return resolution
    told = online.resolve(resolution.mention, context)
    if told is None or told.place is not None:
        return told or resolution
    words = f"{resolution.unresolved}; {told.unresolved}"
    more = (*told.alternatives, *resolution.alternatives)
    return replace(resolution, unresolved=words, alternatives=more)


def _list_spellings(mention: Mention) -> list[str]:
    """The name as written, and its first variant in another script."""
    first, *others = (" ".join(text.split()) for text in (mention.text, *mention.variants))
    other = [text for text in others if is_arabic(text) != is_arabic(first)]
    texts = [text for text in (first, *other) if 0 < len(text) <= _MOST_LETTERS]
    return texts[:_MOST_SPELLINGS]


def _add_country(geocoder: str, text: str, bounds: Bounds) -> str:
    """The words to ask: with area and country for a geocoder that takes no country's code."""
    asks = load_geocoders().get(geocoder, {}).get("ask", {})
    country = lookup_area(bounds.country) if bounds.country else None
    if "country" in asks or country is None:
        return text
    area = bounds.area
    inside = [area.name] if area is not None and area.level == 1 and "box" not in asks else []
    return ", ".join([text, *inside, country.name])
