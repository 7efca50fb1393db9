"""A real Nominatim on loopback for the session, and a server before it that breaks on demand."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from breaking_server import BreakingServer, run_breaking_server
from syria import write_syria

from benchmarks.nominatim_server import NominatimServer, find_missing, run_nominatim
from gazetteer.online import Clock, OnlineGeocoder, OnlineOptions, open_online

Open = Callable[..., OnlineGeocoder]


@pytest.fixture(scope="session")
def nominatim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NominatimServer]:
    """A real Nominatim with a small Syria, running; a test that stops it starts it again."""
    if missing := find_missing():
        reason = f"not installed: {missing}; `make servers` installs it"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    osm_file = tmp_path_factory.mktemp("osm") / "syria.osm"
    write_syria(osm_file)
    with run_nominatim(osm_file) as server:
        yield server


@pytest.fixture
def breaking(nominatim: NominatimServer) -> Iterator[BreakingServer]:
    """A server that passes requests on to Nominatim until it is told to break."""
    with run_breaking_server(f"http://{nominatim.domain}") as server:
        yield server


@dataclass
class FakeTime:
    """A clock that goes on only by waiting, and remembers each wait."""

    start: datetime = datetime(2026, 11, 22, 12, tzinfo=UTC)
    passed_s: float = 0.0
    waits: list[float] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        return Clock(self.now, lambda: self.passed_s, self.wait)

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.passed_s)

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.passed_s += seconds


@pytest.fixture
def time() -> FakeTime:
    """The time of the geocoder opened by `open_at`."""
    return FakeTime()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Where answers are kept."""
    return tmp_path / "geocoders.sqlite"


@pytest.fixture
def open_at(time: FakeTime, cache: Path) -> Iterator[Open]:
    """Opens a geocoder at a domain, with the test's clock and cache; closes it at the end."""
    opened: list[OnlineGeocoder] = []

    def open_one(domain: str, *, geocoder: str = "nominatim", **options: Any) -> OnlineGeocoder:
        settings = {"domain": domain, "scheme": "http"} | options.pop("settings", {})
        whole = OnlineOptions(geocoder, settings, **({"pace_s": 0.0, "timeout_s": 60.0} | options))
        opened.append(open_online(whole, cache=cache, clock=time.clock))
        return opened[-1]

    yield open_one
    for geocoder in opened:
        geocoder.close()
