"""A server on loopback laid out as GeoNames' download site, which can be told to misbehave."""

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SITE = Path(__file__).parent / "samples" / "site"
DUMP = (SITE / "SY.txt").read_text("utf-8")


def pack(name: str, text: str) -> bytes:
    """A zip as GeoNames packs them, with a readme beside the table."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("readme.txt", "Readme for GeoNames Gazetteer extract files\n")
        packed.writestr(name, text)
    return out.getvalue()


def make_site() -> dict[str, bytes]:
    return {
        "/SY.zip": pack("SY.txt", DUMP),
        "/alternatenames/SY.zip": pack(
            "SY.txt", (SITE / "alternatenames" / "SY.txt").read_text("utf-8")
        ),
        "/admin1CodesASCII.txt": (SITE / "admin1CodesASCII.txt").read_bytes(),
        "/admin2Codes.txt": (SITE / "admin2Codes.txt").read_bytes(),
    }


@dataclass
class Site:
    """What the server has, what it was asked, and how it misbehaves.

    `cut` are the bytes sent of each answer, `failures` the statuses of the next ones, `slow` holds
    all answers back, `lie_about_ranges` sends the rest of a file that has changed.
    """

    files: dict[str, bytes] = field(default_factory=make_site)
    asked: list[tuple[str, str, int]] = field(default_factory=list)
    cut: dict[str, list[int]] = field(default_factory=dict)
    failures: list[int] = field(default_factory=list)
    etags: bool = True
    slow: threading.Event | None = None
    lie_about_ranges: bool = False
    url: str = ""

    def tag(self, path: str) -> str:
        return f'"{hashlib.md5(self.files[path]).hexdigest()}"'  # noqa: S324


MODIFIED = formatdate(1_700_000_000, usegmt=True)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    def log_message(self, *_: object) -> None:
        pass

    def answer(self, status: int, body: bytes, headers: dict[str, str], sent: int = -1) -> None:
        asked = self.headers.get("Range", "") or self.headers.get("If-None-Match", "")
        self.server.site.asked.append((self.path, asked, status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if sent < 0 else body[:sent])
        self.close_connection = sent >= 0

    def do_GET(self) -> None:
        site = self.server.site
        if site.slow:
            site.slow.wait(5)
        if site.failures:
            self.answer(site.failures.pop(0), b"sorry", {})
        elif self.path not in site.files:
            self.answer(404, b"<html>not found</html>", {})
        else:
            self.send_whole_or_part(site, site.files[self.path])

    def send_whole_or_part(self, site: Site, body: bytes) -> None:
        tag = {"ETag": site.tag(self.path)} if site.etags else {}
        headers = {"Last-Modified": MODIFIED, "Accept-Ranges": "bytes", **tag}
        known = {*tag.values(), MODIFIED}
        if known & {self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")}:
            self.answer(304, b"", headers)
            return
        cuts = site.cut.get(self.path)
        sent = cuts.pop(0) if cuts else -1
        begin = int(self.headers.get("Range", "bytes=0-")[6:-1])
        if begin and (self.headers.get("If-Range") in known or site.lie_about_ranges):
            headers["Content-Range"] = f"bytes {begin}-{len(body) - 1}/{len(body)}"
            self.answer(206, body[begin:], headers, sent)
        else:
            self.answer(200, body, headers, sent)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site

    def handle_error(self, *_: object) -> None:
        """A client that went away is what some tests are about."""


@contextmanager
def serve() -> Iterator[Site]:
    """Runs the server until the block ends."""
    site = Site()
    server = _Server(("127.0.0.1", 0), _Handler)
    server.site = site
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        if site.slow:
            site.slow.set()
        server.shutdown()
        thread.join()
        server.server_close()
