"""A page sealed and written: its security policy made from the very scripts it holds."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from pathlib import Path

from geo.errors import InputError
from geo.files import write_whole

# Attributes that make a browser fetch something while it reads the page.
_FETCHING = {
    "script": ("src",),
    "link": ("href",),
    "img": ("src", "srcset"),
    "iframe": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "source": ("src", "srcset"),
    "object": ("data",),
    "embed": ("src",),
}
_RUN_TYPES = frozenset({"", "text/javascript", "application/javascript", "module"})
_HEAD = "<head>\n"


class _Reader(HTMLParser):
    """Collects what the page runs, how it is styled, and what it would fetch."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.fetched: list[str] = []
        self._into: list[str] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        for name in _FETCHING.get(tag, ()):
            address = values.get(name, "")
            if address and not address.startswith("data:"):
                self.fetched.append(f"<{tag} {name}={address!r}>")
        self._text = []
        runs = tag == "script" and values.get("type", "").lower() in _RUN_TYPES
        self._into = self.scripts if runs else self.styles if tag == "style" else None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._into is not None and tag in ("script", "style"):
            self._into.append("".join(self._text))
            self._into = None


def seal_page(
    page: str,
    image_hosts: Sequence[str] = (),
    *,
    scripts: Sequence[str] = (),
    styles: Sequence[str] = (),
) -> str:
    """The page with its content-security policy as the first thing in its head but the charset.

    The policy runs the scripts the page holds and the further `scripts` that its loader will put
    into it, by their hashes, and lets nothing be asked of the network but pictures from
    `image_hosts`. A page that would fetch anything else is refused: an element added to the map
    brought a script or a picture of its own from elsewhere. The page may be given without its end:
    blocks of data need not be read.
    """
    page = normalize_newlines(page)
    reader = _Reader()
    reader.feed(page)
    reader.close()
    if reader.fetched:
        raise InputError(
            f"this map would ask the network for {reader.fetched[0]} "
            f"({len(reader.fetched)} such in all), and the page is to make no request; "
            "take off the element that brings it, or add our layers to a plain folium.Map"
        )
    policy = make_policy([*reader.scripts, *scripts], [*reader.styles, *styles], image_hosts)
    # A browser looks for the charset in the first 1,024 bytes, and a policy can be longer.
    meta = (
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    )
    head = page.index(_HEAD) + len(_HEAD)
    return page[:head] + meta + page[head:]


def normalize_newlines(text: str) -> str:
    """The text as a browser reads it, which is what hashes are made of."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def make_policy(scripts: Sequence[str], styles: Sequence[str], image_hosts: Sequence[str]) -> str:
    """The content-security policy that admits these scripts and styles, and no others."""
    images = " ".join(["data:", "blob:", *image_hosts])
    rules = {
        "default-src": "'none'",
        "script-src": _hashes(scripts),
        "style-src": _hashes(styles),
        "img-src": images,
        "connect-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hashes(texts: Sequence[str]) -> str:
    digests = (hashlib.sha256(text.encode("utf-8")).digest() for text in texts)
    found = dict.fromkeys(base64.b64encode(digest).decode("ascii") for digest in digests)
    return " ".join(f"'sha256-{digest}'" for digest in found) or "'none'"


def write_page(pieces: Iterable[str], path: Path) -> None:
    """Write the page's pieces whole, or leave what was there; raises OutputError."""
    with write_whole(path) as file:
        for piece in pieces:
            file.write(piece.encode("utf-8"))
