"""How a geocoder is asked: options, checked, and the clock."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from gazetteer.online_answers import Box
from geo.errors import InputError

# Where geopy's Nominatim asks unless told another server; its operators allow one request a second
# and want to know who asks (operations.osmfoundation.org/policies/nominatim).
_PUBLIC_NOMINATIM = "openstreetmap.org"
_NOMINATIM = "nominatim"
PUBLIC_PACE_S = 1.0
# Settings that change what is answered, and hold nothing secret: they are part of the cache's key.
_TELLING = ("domain", "scheme")


@dataclass(frozen=True)
class OnlineOptions:
    """Which geocoder to ask, and how patiently.

    `geocoder` is geopy's name for it ("nominatim", "photon", "google"); `settings` are arguments
    of its constructor (`domain`, `scheme`, `api_key`, `username` ...). `pace_s` is the least time
    between two requests. A request that fails is repeated `retries` times, after `wait_s`, twice
    that, and so on; after `most_failures` in a row the service is not asked again. What was
    answered is kept for `max_age_days`.
    """

    geocoder: str
    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)
    user_agent: str = ""
    pace_s: float = PUBLIC_PACE_S
    timeout_s: float = 10.0
    retries: int = 2
    wait_s: float = 5.0
    most_failures: int = 3
    max_age_days: float = 90.0

    @property
    def telling(self) -> tuple[str, ...]:
        """The settings that change what is answered, for the cache's key."""
        return tuple(str(self.settings.get(name, "")) for name in _TELLING)

    @property
    def service(self) -> str:
        """The geocoder as a reader knows it: "nominatim (127.0.0.1:8080)"."""
        domain = str(self.settings.get("domain", ""))
        return f"{self.geocoder} ({domain})" if domain else self.geocoder


class Clock(NamedTuple):
    """The time of day, a clock that only goes forward, and waiting; each may be passed in."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ticks: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep


class Question(NamedTuple):
    """What is asked: the words, and the country (alpha-2) and box that bound the answer."""

    text: str
    country: str
    box: Box | None


class ServiceFailureError(Exception):
    """The service gave no answer. The message is for a reader and holds nothing secret.

    `is_final`: it would give none to the next question either.
    """

    def __init__(self, words: str, *, is_final: bool = False) -> None:
        super().__init__(words)
        self.is_final = is_final


def check_options(options: OnlineOptions) -> None:
    """Raises `InputError` for what cannot be asked, or must not be asked so."""
    numbers = {
        "pace_s": options.pace_s,
        "timeout_s": options.timeout_s,
        "retries": options.retries,
        "wait_s": options.wait_s,
        "most_failures": options.most_failures,
        "max_age_days": options.max_age_days,
    }
    for name, value in numbers.items():
        least = 1 if name == "most_failures" else 0
        if not least <= value < float("inf") or (name == "timeout_s" and value == 0):
            raise InputError(f"{name} {value!r} is no sound number; give {least} or more")
    if "@" in str(options.settings.get("domain", "")):
        raise InputError("the domain holds a password; give host and port alone")
    if _is_public_nominatim(options):
        _check_public(options)


def _is_public_nominatim(options: OnlineOptions) -> bool:
    domain = str(options.settings.get("domain", _PUBLIC_NOMINATIM)).casefold().rstrip("/.")
    host = domain.split("/")[0].split(":")[0]
    is_theirs = host == _PUBLIC_NOMINATIM or host.endswith(f".{_PUBLIC_NOMINATIM}")
    return options.geocoder == _NOMINATIM and is_theirs


def _check_public(options: OnlineOptions) -> None:
    if not (options.user_agent or options.settings.get("user_agent")):
        raise InputError(
            "the public Nominatim wants to know who asks: give a user agent with an address, such "
            'as --user-agent "my-newsroom (desk@example.org)", or a server of your own with '
            "--online-option domain=HOST"
        )
    if options.pace_s < PUBLIC_PACE_S:
        raise InputError(
            f"pace_s {options.pace_s!r}: the public Nominatim allows one request a second; give 1 "
            "or more, or a server of your own with --online-option domain=HOST"
        )
