"""A table of incidents to a map: a folium map whose page is one file that asks for nothing."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import folium
import geopandas as gpd

from geo.areas import ATTRIBUTION
from maps.area_counts import make_areas
from maps.basemap import make_base_map, make_look
from maps.columns import BLOCK_ROWS, PageData, make_page_data
from maps.details import make_details
from maps.html import check_name, clean_text, escape_text, script_json
from maps.layers import END_NAME, Inline, PageFigure, make_note_style
from maps.plain_table import MOST_ROWS, make_plain_table
from maps.save import write_page
from maps.tiles import Tiles, lookup_tiles

# The page's own base map is too coarse to be of use any closer.
MAX_ZOOM = 18
NOTEBOOK_HEIGHT_PX = 620


class IncidentMap(folium.Map):
    """A folium map of incidents; `make_map` makes it.

    Elements of folium that bring no script of their own from elsewhere (lines, polygons, GeoJson,
    circle markers, plain markers, popups, the layer control) can be added as to any folium map;
    those that would make the page ask the network are refused when the map is saved or shown. What
    folium's popups, tooltips and names of layers hold is the caller's HTML and JavaScript, which
    folium does not escape, and neither does this: escape what comes from elsewhere.
    """

    def __init__(
        self,
        data: Mapping[str, str],
        *,
        title: str,
        note: str,
        fallback: str,
        tiles: Tiles | None,
    ) -> None:
        super().__init__(location=[20.0, 10.0], zoom_start=2, tiles=None)
        self._id = "incidents"
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []
        self._title = clean_text(title)
        self._note = note
        self._fallback = fallback
        self._tiles = tiles
        self._figure = PageFigure()
        self._figure.image_hosts = tiles.hosts if tiles else ()
        name = check_name(self.get_name())
        ids = {key: f"{name}_{key}" for key in data}
        self._figure.data = {ids[key]: text for key, text in data.items()}
        shown = script_json(ids | {"end": END_NAME})
        self._figure.show_script = f"IncidentMapper.show({name}, {shown});"
        self._figure.add_child(self)

    def render(self, **kwargs: Any) -> str:
        """Put the map's parts into its figure; folium calls this, and "" is all it gives back."""
        figure = self._figure
        name = self.get_name()
        figure.header.add_child(Inline("head", _head(self._title)), name="head")
        figure.header.add_child(make_note_style(), name="note_style")
        figure.html.add_child(Inline("frame", _frame(name, self._note)), name="frame")
        figure.script.add_child(Inline("map", _map_script(name)), name=name)
        if self._tiles:
            tiles = Inline("tiles", _tile_script(name, self._tiles))
            figure.script.add_child(tiles, name=f"{name}_tiles")
        for child in self._children.values():
            child.render(**kwargs)
        return ""

    def to_html(self) -> str:
        """The whole page, with the policy that lets it run its own scripts and ask for nothing.

        The same map gives the same text: the random names that folium gives its elements are
        numbered.
        """
        return self._figure.render()

    def save(
        self,
        outfile: str | bytes | Path | BinaryIO,
        close_file: bool = True,  # noqa: FBT001, FBT002  (folium's own signature)
        **_kwargs: Any,
    ) -> None:
        """Write the page; a file is written whole or not at all, and raises OutputError then."""
        if isinstance(outfile, str | bytes | Path):
            write_page(self._figure.pieces(), Path(os.fsdecode(outfile)))
            return
        for piece in self._figure.pieces():
            outfile.write(piece.encode("utf-8"))
        if close_file:
            outfile.close()

    def _repr_html_(self, **_kwargs: Any) -> str:
        """The map for a notebook cell: the page in a frame of its own, and a table below it.

        A notebook that is not trusted, and most sites that show notebooks, take frames out; the
        table stays.
        """
        return (
            f'<iframe srcdoc="{escape_text(self.to_html())}" width="100%" '
            f'height="{NOTEBOOK_HEIGHT_PX}" title="{escape_text(self._title or "Incidents")}" '
            f'style="border:0"></iframe>\n{self._fallback}'
        )


def make_map(  # noqa: PLR0913  (one table, and options by name)
    table: gpd.GeoDataFrame,
    *,
    title: str = "",
    tiles: str | None = None,
    about: Mapping[str, str] | None = None,
    view: str = "marks",
    areas: gpd.GeoDataFrame | None = None,
    keep: Sequence[str] | None = None,
    language: str = "en",
    theme: str | None = None,
    base_layers: Mapping[str, gpd.GeoDataFrame] | None = None,
    layers: Sequence[str] | None = None,
) -> IncidentMap:
    """A map of the incidents of a table as `geo.table.make_table` makes it.

    `tiles` names a tile server of xyzservices ("OpenStreetMap") to be asked for a base map while
    the page is looked at, over the page's own, which is seen where no tile comes; without it the
    page asks for nothing. `language` ("en" or "ar") is that of the base map's names at first and
    `theme` ("light" or "dark") its colours; without a theme the reader's system decides.
    `base_layers` holds tables of "rivers" or "lakes" to be drawn in place of the packaged ones.
    `about` holds terms and texts for the panel of that name: data date, method, licences.
    `view` is how the incidents are drawn at first: "marks", "areas", "density" or "bubbles".
    `areas` are polygons of your own, in any coordinate reference system and with a column "name",
    to count incidents by beside countries and their first-level areas.
    `keep` names the columns of the table's own that cards and exports hold, all where not given.
    `layers` names the columns by which the page can be filtered: event type, precision, actor and
    source unless others are named; any column of the table can be, "actor" is both actors; one in
    which all incidents are alike is left out, with a `MapperWarning` where it was named.
    Incidents without a location are listed in the page with the reason.
    """
    server = lookup_tiles(tiles) if tiles else None
    page_data = make_page_data(
        table,
        title=title,
        about=about or {},
        attribution=f"Base map: {ATTRIBUTION}",
        layers=layers,
        view=view,
        keep=keep,
    )
    look = make_look(language, theme)
    order, keys = page_data.order, page_data.keys
    data = {
        "data": page_data.payload,
        "base": make_base_map(page_data.bounds, look=look, base_layers=base_layers),
        "areas": make_areas(table, page_data, areas),
        # Last, so that a file cut short loses these first: without them there is still a map.
        "details": make_details(table, BLOCK_ROWS, order=order, keys=keys, keep=keep),
    }
    return IncidentMap(
        data,
        title=title,
        note=_note(page_data),
        fallback=make_plain_table(table.iloc[order[:MOST_ROWS]], len(table), page_data.located),
        tiles=server,
    )


def _note(data: PageData) -> str:
    count = len(data.order)
    return (
        f"This page holds {count} incident{'' if count == 1 else 's'}, {data.located} of them "
        "with a location."
    )


def _head(title: str) -> str:
    return (
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape_text(title or 'Incidents')}</title>"
    )


def _frame(name: str, note: str) -> str:
    """What a person reads while the page opens, or for good where it cannot; then the map's place.

    The page's script takes the note away once the map is drawn.
    """
    return (
        f'<div class="im-note" id="im-wait"><p>{escape_text(note)}</p>\n'
        "<p>The map is being opened. If this note stays, the file is incomplete, or its script "
        "could not run: ask for the file again, or open it in another browser.</p>\n"
        "<noscript><p>Map and texts need JavaScript, which is off here; the page itself asks the "
        "network for nothing.</p></noscript></div>\n"
        '<div class="im-page">'
        f'<main class="folium-map" id="{name}" aria-label="Map"></main></div>'
    )


def _map_script(name: str) -> str:
    options: dict[str, Any] = {
        "zoomControl": False,
        "minZoom": 1,
        "maxZoom": MAX_ZOOM,
        "worldCopyJump": True,
    }
    options |= {"center": [20, 10], "zoom": 2, "zoomSnap": 0.25}
    return f"var {name} = L.map({script_json(name)}, {script_json(options)});"


def _tile_script(name: str, tiles: Tiles) -> str:
    options = {
        "attribution": tiles.attribution,
        "maxZoom": tiles.max_zoom,
        "subdomains": list(tiles.subdomains),
    }
    # The page adds them when it knows what to show: no server is asked for the whole world first.
    return f"{name}.tilesToAdd = [L.tileLayer({script_json(tiles.url)}, {script_json(options)})];"
