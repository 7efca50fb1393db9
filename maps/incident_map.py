"""A table of incidents to a map: a folium map whose page is one file that asks for nothing."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import folium
import geopandas as gpd
from branca.element import Element

from maps.basemap import make_base_map
from maps.columns import BLOCK_ROWS, PageData, make_page_data
from maps.details import make_details
from maps.html import check_name, clean_text, escape_text
from maps.layers import Inline, PageFigure, make_assets, make_data
from maps.save import seal_page, write_page
from maps.tiles import Tiles, lookup_tiles

# The page's own base map is too coarse to be of use any closer.
MAX_ZOOM = 18
NOTEBOOK_HEIGHT_PX = 620


class IncidentMap(folium.Map):  # type: ignore[misc]
    """A folium map of incidents; `make_map` makes it.

    Elements of folium that bring no script of their own from elsewhere (lines, polygons, circle
    markers, popups) can be added as to any folium map; those that would make the page ask the
    network are refused when the map is saved or shown.
    """

    def __init__(self, data: Mapping[str, str], *, title: str, note: str, tiles: Tiles | None) -> None:
        super().__init__(location=[20.0, 10.0], zoom_start=2, tiles=None)
        self._id = "incidents"
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []
        self._data = dict(data)
        self._title = clean_text(title)
        self._note = note
        self._tiles = tiles
        PageFigure().add_child(self)
        if tiles:
            self.add_child(_make_tile_layer(tiles))

    def render(self, **kwargs: Any) -> None:
        """Put the map's parts into its figure; folium calls this."""
        figure = self.get_root()
        name = check_name(self.get_name())
        for part in (Inline("head", _head(self._title)), *make_assets()):
            figure.header.add_child(part, name=part.get_name())
        figure.html.add_child(Inline("frame", _frame(name, self._note)), name="frame")
        for key, text in self._data.items():
            part = make_data(f"{name}_{key}", text)
            figure.html.add_child(part, name=part.get_name())
        figure.script.add_child(Inline("map", _map_script(name)), name=name)
        for child in self._children.values():
            child.render(**kwargs)
        ids = {key: f"{name}_{key}" for key in self._data}
        show = f"IncidentMapper.show({name}, {json.dumps(ids)});"
        figure.script.add_child(Inline("show", show), name=f"{name}_show")

    def to_html(self) -> str:
        """The whole page, with the policy that lets it run its own scripts and ask for nothing.

        The same map gives the same text: the random names that folium gives its elements are
        numbered.
        """
        figure = self.get_root()
        page = figure.render()
        for number, element in enumerate(_walk(self)):
            if len(element._id) == len(Element._generate_id()):
                page = page.replace(element._id, f"{number:032x}")
        return seal_page(page, self._tiles.hosts if self._tiles else ())

    def save(
        self, outfile: str | Path | IO[bytes], close_file: bool = True, **_kwargs: Any
    ) -> None:  # folium's own signature
        """Write the page; a file is written whole or not at all, and raises OutputError then."""
        if isinstance(outfile, str | Path):
            write_page(self.to_html(), Path(outfile))
            return
        outfile.write(self.to_html().encode("utf-8"))
        if close_file:
            outfile.close()

    def _repr_html_(self, **_kwargs: Any) -> str:
        """The map for a notebook cell: the page in a frame of its own."""
        return (
            f'<iframe srcdoc="{escape_text(self.to_html())}" width="100%" '
            f'height="{NOTEBOOK_HEIGHT_PX}" title="{escape_text(self._title or "Incidents")}" '
            'style="border:0"></iframe>'
        )


def make_map(
    table: gpd.GeoDataFrame,
    *,
    title: str = "",
    tiles: str | None = None,
    about: Mapping[str, str] | None = None,
) -> IncidentMap:
    """A map of the incidents of a table as `geo.table.make_table` makes it.

    `tiles` names a tile server of xyzservices ("OpenStreetMap") to be asked for a base map while
    the page is looked at; without it the page has a base map of its own and asks for nothing.
    `about` holds terms and texts for the panel of that name: data date, method, licences.
    Incidents without a location are listed in the page with the reason.
    """
    server = lookup_tiles(tiles) if tiles else None
    base = None if server else make_base_map
    attribution = "" if server else _attribution()
    page_data = make_page_data(table, title=title, about=about or {}, attribution=attribution)
    data = {"data": page_data.payload, "details": make_details(page_data.ordered, BLOCK_ROWS)}
    if base:
        data["base"] = base(page_data.bounds)
    return IncidentMap(data, title=title, note=_note(page_data), tiles=server)


def _attribution() -> str:
    from geo.areas import ATTRIBUTION

    return f"Base map: {ATTRIBUTION}"


def _note(data: PageData) -> str:
    count = len(data.ordered)
    return (
        f"This page holds {count} incident{'' if count == 1 else 's'}, {data.located} of them "
        "with a location. Their map and texts need JavaScript, which is off here; the page itself "
        "asks the network for nothing."
    )


def _head(title: str) -> str:
    return (
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape_text(title or 'Incidents')}</title>"
    )


def _frame(name: str, note: str) -> str:
    return (
        f'<noscript>{escape_text(note)}</noscript>\n<div class="im-page">'
        f'<div class="folium-map" id="{name}" role="region" aria-label="Map"></div></div>'
    )


def _map_script(name: str) -> str:
    options = {"zoomControl": False, "minZoom": 2, "maxZoom": MAX_ZOOM, "worldCopyJump": True}
    options |= {"center": [20, 10], "zoom": 2, "zoomSnap": 0.5}
    return f"var {name} = L.map({json.dumps(name)}, {json.dumps(options)});"


def _make_tile_layer(tiles: Tiles) -> folium.TileLayer:
    layer = folium.TileLayer(
        tiles.url,
        attr=tiles.attribution,
        name=tiles.name,
        max_zoom=tiles.max_zoom,
        subdomains="".join(tiles.subdomains),
    )
    layer._id = "server"
    return layer


def _walk(element: Element) -> list[Element]:
    """The element and all below it, in order."""
    below = [inner for child in element._children.values() for inner in _walk(child)]
    return [element, *below]
