"""The parts of a page as folium elements: markup that is not run through templates."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from branca.element import Element, Figure

from geo.errors import NotFoundError
from maps.html import (
    clean_text,
    data_block,
    keep_inside,
    later_block,
    script_block,
    style_block,
)
from maps.payload import deflate_text
from maps.save import normalize_newlines, seal_page

ASSETS = Path(__file__).parent / "assets"
# What branca names elements by, where a script or an id first says it; ours have their own.
_RANDOM_ID = re.compile(r'(?:var |let |id=")\w+_([0-9a-f]{32})\b')
# The last element of a whole file: without it the page says that it is cut short.
END_NAME = "im-end"
_END = f'<p id="{END_NAME}" hidden></p>\n</body>\n</html>\n'
# Between the three parts of a page while its elements are numbered; text of a page holds none.
_PART = "\x00"


class PageFigure(Figure):
    """A folium figure whose page is one sealed file.

    First comes what a person can read, so that a file cut short anywhere says so; then the scripts,
    deflated; then the data, the long texts last. folium's scripts stand in a block that the loader
    runs once Leaflet is there.
    """

    def __init__(self) -> None:
        super().__init__()
        self.header._children.clear()  # noqa: SLF001  (the charset, which seal_page writes first)
        self.data: dict[str, str] = {}
        self.show_script = ""
        self.image_hosts: Sequence[str] = ()

    def render(self, **kwargs: Any) -> str:
        """The whole page."""
        return "".join(self.pieces(**kwargs))

    def pieces(self, **kwargs: Any) -> Iterator[str]:
        """The page in pieces, of which only the first holds anybody's markup."""
        for child in self._children.values():
            child.render(**kwargs)
        parts = (self.header, self.html, self.script)
        texts = [clean_text(normalize_newlines(part.render(**kwargs))) for part in parts]
        header, html, script = _number_names(_PART.join(texts)).split(_PART)
        program = load_program()
        yield seal_page(
            f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{header}\n</head>\n<body>\n{html}\n',
            self.image_hosts,
            scripts=[program.loader, program.code, keep_inside(script), self.show_script],
            styles=[program.style],
        )
        yield f"{later_block('im-map', script)}\n{later_block('im-show', self.show_script)}\n"
        yield program.markup
        for name, text in self.data.items():
            yield data_block(name, text)
            yield "\n"
        yield _END


class Inline(Element):
    """Markup that goes into the page as it is.

    folium's own elements read their text as a template, in which `{{` in anybody's data would be
    code; this one does not.
    """

    def __init__(self, name: str, markup: str) -> None:
        super().__init__()
        self._name = name
        self._id = "inline"
        self.markup = markup

    def render(self, **_kwargs: object) -> str:
        """The markup."""
        return self.markup


class Program(NamedTuple):
    """What runs in a page of ours.

    `markup` holds style sheet and code, deflated, and the loader that inflates them; the other
    three are the texts that the page's policy admits.
    """

    markup: str
    loader: str
    code: str
    style: str


@cache
def load_program() -> Program:
    """The page's own scripts and style sheet."""
    loader, code, style = (load_asset(name) for name in ("loader.js", "page.js", "page.css"))
    blocks = {"im-style": style, "im-code": code}
    parts = [data_block(name, deflate_text(text.encode())) for name, text in blocks.items()]
    return Program("\n".join([*parts, script_block(loader), ""]), loader, code, style)


def make_note_style() -> Inline:
    """The few rules for what the page says before its style sheet is there."""
    return Inline("note_style", style_block(load_asset("note.css")))


def make_layer_assets() -> list[Inline]:
    """Style sheet and script for our layers in a map that has Leaflet already."""
    return [
        Inline("incident_style", style_block(load_asset("layer.css"))),
        Inline("incident_script", script_block(load_asset("layer.js"))),
    ]


def make_data(name: str, text: str) -> Inline:
    """A data block that the page's script reads by its id."""
    return Inline(name, data_block(name, text))


@cache
def load_asset(name: str) -> str:
    """A file that the package build made."""
    path = ASSETS / name
    if not path.exists():
        raise NotFoundError(
            f"{path} is missing: the page's script is made when the package is built; "
            "install the package again, or run `make build` in a checkout"
        )
    return path.read_text(encoding="utf-8")


def _number_names(markup: str) -> str:
    """The markup with the random names that folium gives its elements numbered."""
    for number, name in enumerate(dict.fromkeys(_RANDOM_ID.findall(markup))):
        markup = markup.replace(name, f"{number:032x}")
    return markup
