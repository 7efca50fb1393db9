"""An HTTP server on loopback that passes requests on, or breaks as it is told to."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from benchmarks.nominatim_server import ask

_PASS_ON_S = 60.0
# What a server answers beside passing a request on: status, headers, body.
REPLIES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "429": (429, {}, b"too many requests"),
    "429 wait 7": (429, {"Retry-After": "7"}, b"too many requests"),
    "429 wait an hour": (429, {"Retry-After": "3600"}, b"too many requests"),
    "403": (403, {}, b"blocked"),
    "500": (500, {}, b"Internal Server Error"),
    "503": (503, {}, b"<html>maintenance</html>"),
    "html": (200, {"Content-Type": "text/html"}, b"<html><body>Please log in</body></html>"),
    "truncated": (200, {}, b'[{"place_id": 1, "lat": "35.5", "lon": "36'),
    "empty body": (200, {}, b""),
    "not UTF-8": (200, {}, b'[{"display_name": "\xff\xfe"}]'),
    "another shape": (200, {}, b'{"error": "none"}'),
    "a number": (200, {}, b"17"),
    "nested": (200, {}, b"[" * 100_000),
    "absurd latitude": (200, {}, b'[{"lat": "935.5", "lon": "36.5", "display_name": "X"}]'),
    "not a number": (200, {}, b'[{"lat": "NaN", "lon": "NaN", "display_name": "X"}]'),
    "no coordinates": (200, {}, b'[{"display_name": "X"}]'),
    "huge": (200, {}, b"[" + b" " * 3_000_000 + b"]"),
}


@dataclass
class BreakingServer:
    """A running server; `modes` are taken in turn, the last one stays ("pass" passes on)."""

    upstream: str
    modes: list[str] = field(default_factory=lambda: ["pass"])
    delay_s: float = 0.0
    requests: list[dict[str, str]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def domain(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def asked(self) -> list[str]:
        """The words of each request, in their order."""
        return [request["q"] for request in self.requests]

    def take_mode(self) -> str:
        return self.modes.pop(0) if len(self.modes) > 1 else self.modes[0]


@contextmanager
def run_breaking_server(upstream: str) -> Iterator[BreakingServer]:
    """Yields a server before another one, on a port of its own."""
    state = BreakingServer(upstream)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _make_handler(state))
    state.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _make_handler(  # noqa: C901  # a class, in a function for its state
    state: BreakingServer,
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            state.requests.append({key: values[0] for key, values in query.items()})
            state.agents.append(self.headers.get("User-Agent", ""))
            mode = state.take_mode()
            time.sleep(state.delay_s)
            if mode == "drip":
                self._drip()
            elif mode in REPLIES:
                self._answer(*REPLIES[mode])
            elif mode != "cut":
                body = ask(state.upstream + self.path, timeout_s=_PASS_ON_S)
                self._answer(200, {}, body, cut=mode == "cut in the middle")

        def _answer(
            self, status: int, headers: dict[str, str], body: bytes, *, cut: bool = False
        ) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self._write(body[: len(body) // 2] if cut else body)

        def _drip(self) -> None:
            """A byte at a time, each long before a client's patience ends."""
            self.send_response(200)
            self.end_headers()
            while self._write(b" "):
                time.sleep(0.05)

        def _write(self, content: bytes) -> bool:
            try:
                self.wfile.write(content)
                self.wfile.flush()
            except OSError:  # the client has gone: it did not want to wait
                return False
            return True

        def log_message(self, *_arguments: Any) -> None:
            """Keeps the tests' output clean."""

    return Handler
