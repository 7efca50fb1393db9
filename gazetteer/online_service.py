"""One question to one of geopy's geocoders: at its pace, with retries, and errors in words.

geopy is an extra (`pip install incident-mapper[online]`): this module is imported when a geocoder
is asked for, and not before.
"""

import inspect
import time
import warnings
from collections.abc import Callable, Mapping
from contextlib import closing
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.error import HTTPError

from geopy.adapters import AdapterHTTPError, URLLibAdapter
from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderNotFound,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeopyError,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import get_geocoder_for_service

from gazetteer.online_answers import Answer, load_geocoders, read_answers
from gazetteer.online_options import Clock, OnlineOptions, Question, ServiceFailureError
from geo.errors import InputError

_USER_AGENT = "incident-mapper"
_MOST_ANSWERS = 10
# Ten places with all their names take 20 kB.
_MOST_BYTES = 2_000_000
_CHUNK_BYTES = 65_536
# A service that asks for a longer pause than this is not waited for.
_LONGEST_WAIT_S = 60.0
# Not an argument of a user's: the first two are options of ours, the others no text.
_OURS = frozenset({"timeout", "user_agent", "adapter_factory", "ssl_context", "self"})
# What geopy's parsers, and ours, stumble on when an answer has another shape than documented.
_RUBBISH = (GeocoderParseError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
_TROUBLES = (GeopyError, OSError, HTTPException, ArithmeticError, *_RUBBISH)


class _Trouble(NamedTuple):
    """An error in words; whether it may pass, and when the service says so."""

    words: str
    may_pass: bool = True
    is_final: bool = False
    retry_after_s: float = 0.0


class _BoundedAdapter(URLLibAdapter):  # type: ignore[misc]  # geopy has no types
    """geopy's own client, which reads an answer up to a size and a time, and no further."""

    def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        opener: Any = self.urlopen
        self._open = opener
        self.urlopen: Any = self._open_bounded

    def _open_bounded(self, request: Any, timeout: float) -> Any:
        end = time.monotonic() + timeout
        try:
            page = self._open(request, timeout=timeout)
        except HTTPError as error:
            vars(error)["read"] = _make_reader(error, end)
            raise
        page.read = _make_reader(page, end)
        return page


def _make_reader(page: Any, end: float) -> Callable[[], bytes]:
    """A function that reads a whole answer, if it is short and comes in time, and closes it."""
    read_some = page.read1

    def read() -> bytes:
        whole = b""
        with closing(page):
            while chunk := read_some(_CHUNK_BYTES):
                whole += chunk
                if len(whole) > _MOST_BYTES or time.monotonic() > end:
                    raise GeocoderTimedOut("the answer is too long or too slow")
        return whole

    return read


class _Pace(RateLimiter):  # type: ignore[misc]  # geopy has no types
    """geopy's limiter on a clock that is passed in; it repeats nothing itself."""

    def __init__(self, function: Callable[..., Any], pace_s: float, clock: Clock) -> None:
        super().__init__(
            function,
            min_delay_seconds=pace_s,
            max_retries=0,
            error_wait_seconds=pace_s,
            swallow_exceptions=False,
        )
        self._time = clock

    def _clock(self) -> float:
        return self._time.ticks()

    def _sleep(self, seconds: float) -> None:
        self._time.wait(seconds)


def open_geocoder(options: OnlineOptions) -> Any:
    """Returns geopy's geocoder of this name with its settings.

    Raises `InputError` for an unknown name, or settings that it does not take.
    """
    try:
        make = get_geocoder_for_service(options.geocoder)
    except GeocoderNotFound as error:
        raise InputError(f"geopy has no geocoder {options.geocoder!r}: {error}") from None
    settings = dict(options.settings)
    user_agent = options.user_agent or settings.pop("user_agent", "") or _USER_AGENT
    known = inspect.signature(make).parameters.keys() - _OURS
    if unknown := sorted(set(settings) - known):
        takes = ", ".join(sorted(known))
        raise InputError(f"{options.geocoder} takes no option {unknown[0]!r}; it takes {takes}")
    try:
        return make(
            **settings,
            user_agent=user_agent,
            timeout=options.timeout_s,
            adapter_factory=_BoundedAdapter,
        )
    except (ConfigurationError, TypeError, ValueError) as error:
        words = _hide(str(error), settings)
        raise InputError(f"{options.geocoder} cannot be asked so: {words}") from None


def _hide(text: str, settings: Mapping[str, Any]) -> str:
    """A text without the values of settings, which may be secret."""
    for value in sorted(map(str, settings.values()), key=len, reverse=True):
        text = text.replace(value, "***") if value else text
    return text


def make_asker(
    options: OnlineOptions, geocoder: Any, clock: Clock, take_turn: Callable[[], float]
) -> Callable[[Question], list[Answer]]:
    """Returns a function that asks a question; it raises `ServiceFailureError`.

    `take_turn` says how many seconds to wait for others who ask the same service.
    """
    pace = _Pace(geocoder.geocode, options.pace_s, clock)
    known = frozenset(inspect.signature(geocoder.geocode).parameters)

    def ask_once(question: Question) -> list[Answer]:
        arguments = make_arguments(options.geocoder, question)
        given = {name: value for name, value in arguments.items() if name in known}
        if (turn_s := take_turn()) > 0:
            clock.wait(turn_s)
        with warnings.catch_warnings():
            # geopy warns of a latitude beyond the poles, and then raises: we tell that once.
            warnings.simplefilter("ignore", UserWarning)
            locations = pace(question.text, exactly_one=False, **given) or []
        found = read_answers(options.geocoder, locations)
        if locations and not found:
            raise ValueError("no answer lies on the Earth")
        return found[:_MOST_ANSWERS]

    def ask(question: Question) -> list[Answer]:
        for attempt in range(options.retries + 1):
            try:
                return ask_once(question)
            except _TROUBLES as error:
                trouble = _explain(error, options)
            if not trouble.may_pass or attempt == options.retries:
                break
            clock.wait(trouble.retry_after_s or options.wait_s * 2**attempt)
        raise ServiceFailureError(f"{options.service} {trouble.words}", is_final=trouble.is_final)

    return ask


def make_arguments(geocoder: str, question: Question) -> dict[str, Any]:
    """The arguments of `geocode` beside the words, as this geocoder names them."""
    entry = load_geocoders().get(geocoder, {})
    names = entry.get("ask", {})
    arguments = dict(entry.get("with", {}))
    if "limit" in names:
        arguments[names["limit"]] = _MOST_ANSWERS
    if question.country and "country" in names:
        arguments[names["country"]] = question.country.lower()
    if question.box is not None and "box" in names:
        west, south, east, north = question.box
        arguments[names["box"]] = [(south, west), (north, east)]  # geopy: latitude first
        arguments |= entry.get("with_box", {})
    return arguments


def _explain(error: BaseException, options: OnlineOptions) -> _Trouble:
    """An error in our own words: geopy's hold the address asked, and in it the key."""
    cause = error.__cause__
    status = f" (HTTP {cause.status_code})" if isinstance(cause, AdapterHTTPError) else ""
    if isinstance(error, GeocoderServiceError) and (refusal := _explain_refusal(error, status)):
        return refusal
    if isinstance(error, GeocoderTimedOut) and not status:
        return _Trouble(f"did not answer within {options.timeout_s:g} s")
    if isinstance(error, _RUBBISH) and not isinstance(error, OSError):
        return _Trouble("answered with what is no answer")
    if status:
        return _Trouble(f"failed{status}")
    is_answer = isinstance(error, GeopyError) and error.__context__ is None
    return _Trouble("answered with an error" if is_answer else "cannot be reached, or broke off")


def _explain_refusal(error: GeocoderServiceError, status: str) -> _Trouble | None:
    """The words where the service works, but will not answer us."""
    if isinstance(error, GeocoderQuotaExceeded):
        after_s = (error.retry_after if isinstance(error, GeocoderRateLimited) else None) or 0.0
        may_pass = isinstance(error, GeocoderRateLimited) and after_s <= _LONGEST_WAIT_S
        words = f"is over its quota{status}"
        return _Trouble(words, may_pass, is_final=not may_pass, retry_after_s=after_s)
    if isinstance(error, GeocoderAuthenticationFailure | GeocoderInsufficientPrivileges):
        words = f"refused us{status}; check its key, user name or user agent"
        return _Trouble(words, may_pass=False, is_final=True)
    if isinstance(error, GeocoderQueryError):
        return _Trouble(f"did not take the question{status}", may_pass=False)
    return None
