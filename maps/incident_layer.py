"""A table of incidents as a layer of anybody's folium map."""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import folium
import geopandas as gpd
from folium.template import Template

from maps.area_counts import make_areas
from maps.columns import BLOCK_ROWS, make_page_data
from maps.details import make_details
from maps.html import check_name, clean_text, escape_text
from maps.layers import PageFigure, make_data, make_layer_assets

if TYPE_CHECKING:
    from branca.element import Figure


class IncidentLayer(folium.map.Layer):
    """Incidents as a layer for `add_to(folium_map)`, beside folium's own layers and plugins.

    It brings its script and its data with it and asks the network for nothing; the map's own base
    tiles and scripts are the map's matter. `folium.LayerControl` switches it on and off, and it can
    stand in a `folium.FeatureGroup`. In a map of `make_map` it is one more layer.

    Args:
        table: Incidents as `geo.table.make_table` makes them.
        name: What the layer is called in a layer control.
        view: How the incidents are drawn: "marks", "areas", "density" or "bubbles".
        show: Whether the layer is on at first.
        controls: Whether the map gets a control with switches by type and precision, and the
            timeline.
        layers: The columns of those switches, as in `make_map`, which warns of the same.
        keep: The columns of the table's own that cards hold, all where not given.
        areas: Polygons of your own to count incidents by in the view "areas", as in `make_map`.

    Attributes:
        data: The text of each data block, by the id that it has in the page.
        ids: The ids of the data blocks, by what they hold.
    """

    # Only names and numbers of ours pass through the template; text of the table never does.
    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = IncidentMapper.addLayer("
        "{{ this.ids|tojson }}, {{ this.options|tojson }});"
        "{% endmacro %}"
    )

    def __init__(  # noqa: PLR0913  (one table, and options by name)
        self,
        table: gpd.GeoDataFrame,
        name: str = "Incidents",
        view: str = "marks",
        *,
        show: bool = True,
        controls: bool = False,
        layers: Sequence[str] | None = None,
        keep: Sequence[str] | None = None,
        areas: gpd.GeoDataFrame | None = None,
    ) -> None:
        super().__init__(name=_control_name(name), overlay=True, control=True, show=show)
        page_data = make_page_data(
            table,
            title=clean_text(name),
            about={},
            attribution="",
            layers=layers,
            view=view,
            keep=keep,
        )
        order, keys = page_data.order, page_data.keys
        data = {
            "data": page_data.payload,
            "areas": make_areas(table, page_data, areas),
            "details": make_details(table, BLOCK_ROWS, order=order, keys=keys, keep=keep),
        }
        self._bounds = page_data.bounds
        self.options = {"view": check_name(view), "controls": controls, "bounds": page_data.bounds}
        self._name = "IncidentLayer"
        # The same layer has the same name in every run; two layers of one map differ in something.
        told = repr([data, name, view, show, controls])
        self._id = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self.data = {f"{self.get_name()}_{key}": text for key, text in data.items()}
        self.ids = {key: f"{self.get_name()}_{key}" for key in data}

    def render(self, **kwargs: Any) -> str:
        """Put script, styles and data into the map's figure; folium calls this, and gets ""."""
        figure = cast("Figure", self.get_root())
        if isinstance(figure, PageFigure):  # whose script knows our layers already
            figure.data |= self.data
        else:
            for part in make_layer_assets():
                figure.header.add_child(part, name=part.get_name())
            for name, text in self.data.items():
                figure.html.add_child(make_data(name, text), name=name)
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""

    def _get_self_bounds(self) -> list[list[float | None]]:
        """The south-west and north-east corners, latitude first as folium has them."""
        if self._bounds is None:
            return [[None, None], [None, None]]
        west, south, east, north = self._bounds
        return [[south, west], [north, east]]


def _control_name(name: str) -> str:
    """The name for a layer control: Leaflet reads it as HTML, folium as a template before."""
    return escape_text(name).replace("{", "&#123;").replace("}", "&#125;")
