"""The parts of an incident map as folium elements: markup that is not run through templates."""

from functools import cache
from pathlib import Path

from branca.element import Element, Figure
from folium.template import Template

from geo.errors import NotFoundError
from maps.html import data_block, script_block, style_block

ASSETS = Path(__file__).parent / "assets"


class PageFigure(Figure):
    """A folium figure whose page names its language and keeps scripts inside the body."""

    _template = Template(
        "<!DOCTYPE html>\n"
        '<html lang="en">\n'
        "<head>\n"
        "{{this.header.render(**kwargs)}}\n"
        "</head>\n"
        "<body>\n"
        "{{this.html.render(**kwargs)}}\n"
        "<script>\n"
        "{{this.script.render(**kwargs)}}\n"
        "</script>\n"
        "</body>\n"
        "</html>\n"
    )


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


def make_assets() -> list[Inline]:
    """The page's own style sheet and script, as elements for a figure's head."""
    return [
        Inline("page_style", style_block(_load_asset("page.css"))),
        Inline("page_script", script_block(_load_asset("page.js"))),
    ]


def make_data(name: str, text: str) -> Inline:
    """A data block that the page's script reads by its id."""
    return Inline(name, data_block(name, text))


@cache
def _load_asset(name: str) -> str:
    path = ASSETS / name
    if not path.exists():
        raise NotFoundError(
            f"{path} is missing: the page's script is made when the package is built; "
            "install the package again, or run `make build` in a checkout"
        )
    return path.read_text(encoding="utf-8")
