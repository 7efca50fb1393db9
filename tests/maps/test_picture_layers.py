"""Layers of folium's beside ours are in the picture, or the picture says that they are not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import pytest
from map_reading import go_to, open_file
from map_samples import make_sample
from picture_reading import read_picture, save_picture, text_of
from playwright.sync_api import Page

from maps.incident_map import IncidentMap, make_map

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

PINK, TEAL, LIME = (255, 0, 128), (0, 160, 160), (100, 255, 0)
SEA = (212, 225, 233)
LACKS = "Not in this picture"


def hex_of(colour: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def polygon(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def shape(west: float, opacity: float) -> folium.GeoJson:
    """A square in the sea west of Cyprus."""
    style = {"fillColor": hex_of(PINK), "fillOpacity": opacity, "color": hex_of(TEAL), "weight": 6}
    return folium.GeoJson(polygon(west, 33.5, west + 1, 34.5), style_function=lambda _: style)


@pytest.fixture
def picture_of(page: Page, tmp_path: Path) -> Callable[[IncidentMap], tuple[Any, str]]:
    """The pixels and the text of a map's picture, seen from west of Cyprus."""

    def save(made: IncidentMap) -> tuple[Any, str]:
        made.save(tmp_path / "map.html")
        open_file(page, tmp_path / "map.html")
        go_to(page, 34.0, 31.0, 7)
        page.wait_for_timeout(300)
        said = text_of(save_picture(page, tmp_path / "map.png"))
        return read_picture(page, tmp_path / "map.png"), said

    return save


def colour_at(page: Page, pixels: Any, lat: float, lon: float) -> tuple[int, ...]:
    """The colour of a picture at a position; the head above the map ends where the sea begins."""
    x, y = page.evaluate(
        "v => { const p = map_incidents.latLngToContainerPoint(v); return [p.x, p.y] }", [lat, lon]
    )
    top = (pixels[:, 4] == SEA).all(axis=1).argmax()
    return tuple(int(value) for value in pixels[round(2 * y) + top, round(2 * x)])


def test_shapes_and_lines_are_where_they_are_on_the_map(
    page: Page, picture_of: Callable[[IncidentMap], tuple[Any, str]]
) -> None:
    made = make_map(make_sample())
    shape(30.5, 1).add_to(made)
    shape(28.5, 0.5).add_to(made)
    line = [[32.5, 29.5], [32.5, 32.5]]
    folium.PolyLine(line, color=hex_of(LIME), weight=10, opacity=1).add_to(made)
    folium.CircleMarker(
        [35.2, 31], radius=12, color=hex_of(LIME), fill=True, fill_opacity=1
    ).add_to(made)
    pixels, said = picture_of(made)
    assert colour_at(page, pixels, 34.0, 31.0) == PINK
    assert colour_at(page, pixels, 33.5, 31.0) == TEAL
    assert colour_at(page, pixels, 34.0, 31.7) == SEA
    half = tuple((a + b) / 2 for a, b in zip(PINK, SEA, strict=True))
    assert colour_at(page, pixels, 34.0, 29.0) == pytest.approx(half, abs=2)
    assert colour_at(page, pixels, 32.5, 31.0) == LIME
    assert colour_at(page, pixels, 32.7, 31.0) == SEA
    assert colour_at(page, pixels, 35.2, 31.0) == LIME
    assert LACKS not in said


def test_dashes_and_holes_are_drawn_as_such(
    page: Page, picture_of: Callable[[IncidentMap], tuple[Any, str]]
) -> None:
    made = make_map(make_sample())
    rings = [
        [[33, 30], [33, 32], [35, 32], [35, 30]],
        [[33.7, 30.7], [33.7, 31.3], [34.3, 31.3], [34.3, 30.7]],
    ]
    folium.Polygon(rings, weight=0, fill_color=hex_of(PINK), fill_opacity=1).add_to(made)
    folium.PolyLine([[32.5, 29.5], [32.5, 32.5]], color=hex_of(LIME), weight=10, opacity=1,
                    dash_array="40 40", line_cap="butt").add_to(made)  # fmt: skip
    pixels, _ = picture_of(made)
    assert colour_at(page, pixels, 33.4, 30.4) == PINK
    assert colour_at(page, pixels, 34.0, 31.0) == SEA
    lime = (pixels == LIME).all(axis=2).any(axis=0)
    # 3 degrees are 273 pixels at this zoom; dash and gap take 80.
    assert (lime[1:] & ~lime[:-1]).sum() == 4


def test_our_marks_lie_over_the_shapes_of_others(
    page: Page, picture_of: Callable[[IncidentMap], tuple[Any, str]]
) -> None:
    made = make_map(make_sample())
    style = {"fillColor": hex_of(PINK), "fillOpacity": 1, "weight": 0}
    folium.GeoJson(polygon(25, 30, 42, 38), style_function=lambda _: style).add_to(made)
    pixels, _ = picture_of(made)
    battle = (pixels[:, : 2 * 1280] == (204, 51, 17)).all(axis=2)
    assert colour_at(page, pixels, 34.0, 31.0) == PINK
    assert battle.sum() > 50


def test_a_marker_s_picture_is_copied(
    picture_of: Callable[[IncidentMap], tuple[Any, str]],
) -> None:
    made = make_map(make_sample())
    folium.Marker([34.0, 31.0]).add_to(made)
    pixels, said = picture_of(made)
    # The pin in the page is of this blue.
    blue = (pixels[:, : 2 * 1280] == (31, 95, 143)).all(axis=2)
    assert blue.sum() > 500
    assert LACKS not in said


def test_what_cannot_be_copied_is_told(
    picture_of: Callable[[IncidentMap], tuple[Any, str]],
) -> None:
    made = make_map(make_sample())
    folium.Marker([34.0, 30.0], icon=folium.DivIcon(html="<b>here</b>")).add_to(made)
    folium.Marker([10.0, 10.0], icon=folium.DivIcon(html="<b>far off</b>")).add_to(made)
    folium.CircleMarker([33, 31], tooltip=folium.Tooltip("named", permanent=True)).add_to(made)
    assert "Not in this picture: 2 further markers or labels on the map." in picture_of(made)[1]
