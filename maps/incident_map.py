"""A table of incidents to a map: a folium map whose page is one file that asks for nothing."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import folium
import geopandas as gpd

from geo.areas import ATTRIBUTION
from maps.basemap import make_base_map
from maps.columns import BLOCK_ROWS, PageData, make_page_data
from maps.details import make_details
from maps.html import check_name, clean_text, escape_text, script_json
from maps.layers import Inline, PageFigure, make_assets, make_data
from maps.save import seal_page, write_page
from maps.tiles import Tiles, lookup_tiles

# The page's own base map is too coarse to be of use any closer.
MAX_ZOOM = 18
NOTEBOOK_HEIGHT_PX = 620
# What branca names elements by, where a script or an id first says it; ours have their own.
_RANDOM_ID = re.compile(r'(?:var |id=")\w+_([0-9a-f]{32})\b')


class IncidentMap(folium.Map):
    """A folium map of incidents; `make_map` makes it.

    Elements of folium that bring no script of their own from elsewhere (lines, polygons, circle
    markers, popups) can be added as to any folium map; those that would make the page ask the
    network are refused when the map is saved or shown.
    """

    def __init__(
        self, data: Mapping[str, str], *, title: str, note: str, tiles: Tiles | None
    ) -> None:
        super().__init__(location=[20.0, 10.0], zoom_start=2, tiles=None)
        self._id = "incidents"
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []
        self._data = dict(data)
        self._title = clean_text(title)
        self._note = note
        self._tiles = tiles
        self._figure = PageFigure()
        self._figure.add_child(self)

    def render(self, **kwargs: Any) -> str:
        """Put the map's parts into its figure; folium calls this, and "" is all it gives back."""
        figure = self._figure
        name = check_name(self.get_name())
        for part in (Inline("head", _head(self._title)), *make_assets()):
            figure.header.add_child(part, name=part.get_name())
        figure.html.add_child(Inline("frame", _frame(name, self._note)), name="frame")
        for key, text in self._data.items():
            part = make_data(f"{name}_{key}", text)
            figure.html.add_child(part, name=part.get_name())
        figure.script.add_child(Inline("map", _map_script(name)), name=name)
        if self._tiles:
            tiles = Inline("tiles", _tile_script(name, self._tiles))
            figure.script.add_child(tiles, name=f"{name}_tiles")
        for child in self._children.values():
            child.render(**kwargs)
        ids = {key: f"{name}_{key}" for key in self._data}
        show = f"IncidentMapper.show({name}, {script_json(ids)});"
        figure.script.add_child(Inline("show", show), name=f"{name}_show")
        return ""

    def to_html(self) -> str:
        """The whole page, with the policy that lets it run its own scripts and ask for nothing.

        The same map gives the same text: the random names that folium gives its elements are
        numbered.
        """
        page = self._figure.render()
        for number, name in enumerate(dict.fromkeys(_RANDOM_ID.findall(page))):
            page = page.replace(name, f"{number:032x}")
        return seal_page(page, self._tiles.hosts if self._tiles else ())

    def save(
        self,
        outfile: str | bytes | Path | BinaryIO,
        close_file: bool = True,  # noqa: FBT001, FBT002  (folium's own signature)
        **_kwargs: Any,
    ) -> None:
        """Write the page; a file is written whole or not at all, and raises OutputError then."""
        if isinstance(outfile, str | bytes | Path):
            write_page(self.to_html(), Path(os.fsdecode(outfile)))
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
    layers: Sequence[str] | None = None,
) -> IncidentMap:
    """A map of the incidents of a table as `geo.table.make_table` makes it.

    `tiles` names a tile server of xyzservices ("OpenStreetMap") to be asked for a base map while
    the page is looked at; without it the page has a base map of its own and asks for nothing.
    `about` holds terms and texts for the panel of that name: data date, method, licences.
    `layers` names the columns by which the page can be filtered: event type, precision, actor and
    source unless others are named; any column of the table can be, "actor" is both actors.
    Incidents without a location are listed in the page with the reason.
    """
    server = lookup_tiles(tiles) if tiles else None
    attribution = "" if server else f"Base map: {ATTRIBUTION}"
    page_data = make_page_data(
        table, title=title, about=about or {}, attribution=attribution, layers=layers
    )
    details = make_details(table, BLOCK_ROWS, order=page_data.order, keys=page_data.keys)
    data = {"data": page_data.payload, "details": details}
    if not server:
        data["base"] = make_base_map(page_data.bounds)
    return IncidentMap(data, title=title, note=_note(page_data), tiles=server)


def _note(data: PageData) -> str:
    count = len(data.order)
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
        f'<noscript><p class="im-note">{escape_text(note)}</p></noscript>\n<div class="im-page">'
        f'<div class="folium-map" id="{name}" role="region" aria-label="Map"></div></div>'
    )


def _map_script(name: str) -> str:
    options: dict[str, Any] = {
        "zoomControl": False,
        "minZoom": 2,
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
    return f"L.tileLayer({script_json(tiles.url)}, {script_json(options)}).addTo({name});"
