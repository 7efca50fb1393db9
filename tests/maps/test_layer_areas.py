"""Areas of the caller's own in a layer of a folium map."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from map_reading import unpack
from playwright.sync_api import Page, expect
from shapely import Point, box

from geo.errors import InputError
from geo.table import make_table
from maps.incident_layer import IncidentLayer
from maps.incident_map import make_map

LONGITUDES = {"a": 38.0, "b": 38.2, "c": 38.7, "d": 39.5}


def make_rows() -> gpd.GeoDataFrame:
    return make_table(
        {"incident_id": name, "precision": "exact", "geometry": Point(lon, 35)}
        for name, lon in LONGITUDES.items()
    )


@pytest.fixture
def strips() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"name": ["West", "East"]},
        geometry=[box(37.9, 34, 38.5, 36), box(38.5, 34, 39, 36)],
        crs=4326,
    )


def read_levels(layer: IncidentLayer) -> list[dict[str, Any]]:
    levels: list[dict[str, Any]] = unpack(layer.data[layer.ids["areas"]])[0]["levels"]
    return levels


def test_a_layer_holds_the_caller_s_areas_before_the_packaged_ones(
    strips: gpd.GeoDataFrame,
) -> None:
    levels = read_levels(IncidentLayer(make_rows(), areas=strips))
    assert [level["title"] for level in levels] == [
        "Areas given", "First-level areas", "Countries",
    ]  # fmt: skip
    assert levels[0]["names"] == ["West", "East"]
    assert [level["key"] for level in read_levels(IncidentLayer(make_rows()))] == [
        "admin1", "country",
    ]  # fmt: skip


def test_layers_of_other_areas_have_other_names(strips: gpd.GeoDataFrame) -> None:
    layers = [IncidentLayer(make_rows(), areas=own) for own in (None, strips, strips[:1])]
    assert len({layer.get_name() for layer in layers}) == len(layers)


def test_areas_that_cannot_be_used_are_refused(strips: gpd.GeoDataFrame) -> None:
    with pytest.raises(InputError, match="areas has no column 'name'"):
        IncidentLayer(make_rows(), areas=strips.rename(columns={"name": "label"}))


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
def test_the_layer_counts_by_them_at_first(
    page: Page, tmp_path: Path, strips: gpd.GeoDataFrame
) -> None:
    made = make_map(make_table([]))
    IncidentLayer(make_rows(), view="areas", areas=strips.to_crs(3857)).add_to(made)
    made.save(tmp_path / "map.html")
    page.goto((tmp_path / "map.html").as_uri())
    legend = page.get_by_role("region", name="Legend")
    expect(legend).to_contain_text("Not in any area: 1 of the 4 incidents")
    listed = legend.locator(".im-scale-list button").all_text_contents()
    assert [" ".join(text.split()) for text in listed] == ["West 2", "East 1"]
