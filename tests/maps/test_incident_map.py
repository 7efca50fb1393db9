import re
from pathlib import Path

import folium
import folium.plugins
import pytest
from map_reading import read_block, unpack
from map_samples import HOSTILE_TEXTS, make_hostile, make_many, make_sample

from geo.errors import InputError
from geo.table import make_table
from maps.incident_layer import IncidentLayer
from maps.incident_map import IncidentMap, make_map


def test_the_map_is_a_folium_map_and_others_keep_their_scripts() -> None:
    made = make_map(make_sample())
    assert isinstance(made, folium.Map)
    assert made.default_js == []
    assert folium.Map.default_js
    assert folium.Map(tiles=None).default_css


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        make_map(make_sample(), title="Syria", about={"a": "b"}).save(tmp_path / f"{name}.html")
    assert (tmp_path / "first.html").read_bytes() == (tmp_path / "second.html").read_bytes()


def test_folium_elements_of_the_callers_own_keep_the_bytes_the_same() -> None:
    def draw() -> str:
        made = make_map(make_sample())
        group = folium.FeatureGroup("front").add_to(made)
        folium.PolyLine([[36, 36], [35, 37]], popup="the front").add_to(group)
        folium.CircleMarker([36, 37]).add_to(made)
        folium.Marker([36, 38], tooltip="a", popup="b").add_to(made)
        IncidentLayer(make_sample(), name="more").add_to(made)
        folium.LayerControl().add_to(made)
        return made.to_html()

    first, second = draw(), draw()
    assert first == second
    assert "L.polyline" in first
    assert "L.circleMarker" in first


def test_the_figure_of_the_map_is_the_sealed_page() -> None:
    made = make_map(make_sample())
    assert made.get_root().render() == made.to_html()


def test_rendering_twice_changes_nothing() -> None:
    made = make_map(make_sample())
    assert made.to_html() == made.to_html()


def test_an_element_that_would_ask_the_network_is_refused(tmp_path: Path) -> None:
    made = make_map(make_sample())
    html = '<img src="https://tracker.example/a.png">'
    made.get_root().html.add_child(folium.Element(html))
    with pytest.raises(InputError, match=r"tracker\.example"):
        made.save(tmp_path / "map.html")
    assert not list(tmp_path.iterdir())


def test_a_plugin_with_scripts_from_elsewhere_is_refused() -> None:
    made = make_map(make_sample())
    folium.plugins.Draw().add_to(made)
    with pytest.raises(InputError, match=r"would ask the network for <(script|link)"):
        made.to_html()


def test_the_page_names_no_other_host_than_in_links_and_namespaces() -> None:
    html = make_map(make_sample()).to_html()
    hosts = set(re.findall(r"https?://([\w.-]+)", html))
    assert hosts <= {"www.w3.org", "leafletjs.com", "github.com", "bugs.chromium.org"}


def test_a_tile_server_is_in_the_policy_only_when_named() -> None:
    plain = make_map(make_sample()).to_html()
    tiled = make_map(make_sample(), tiles="OpenStreetMap").to_html()
    assert "tile.openstreetmap.org" not in plain
    assert "img-src data: blob: https://tile.openstreetmap.org;" in tiled
    # Beneath the tiles lies the page's own map, for where none comes.
    assert 'id="map_incidents_base"' in tiled


def test_the_title_is_text_wherever_it_stands() -> None:
    for text in HOSTILE_TEXTS:
        html = make_map(make_table([]), title=text).to_html()
        assert html.count("<script>") == make_map(make_table([])).to_html().count("<script>")
        assert "<img" not in html.split("<body>")[0].split("</title>")[0]


def test_no_hostile_text_stands_in_the_markup_as_it_is() -> None:
    html = make_map(make_hostile(), title=HOSTILE_TEXTS[4]).to_html()
    for text in ("<img src=x", "</script><script>window", "<svg onload", "<b>bold"):
        assert text not in html


def test_hostile_text_does_not_pass_through_a_template() -> None:
    made = make_map(make_hostile(), title="{{ 7 * 7 }}{% raw %}")
    assert "<title>{{ 7 * 7 }}{% raw %}</title>" in made.to_html()


def test_a_notebook_cell_gets_the_sealed_page_in_a_frame() -> None:
    cell = make_map(make_sample(), title='"<b>')._repr_html_()
    assert cell.startswith("<iframe srcdoc=")
    assert "Content-Security-Policy" in cell
    assert "<script" not in cell
    assert cell.count("<iframe") == 1


def test_a_map_can_be_written_to_an_open_file(tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    made = make_map(make_sample())
    with path.open("wb") as file:
        made.save(file)
    assert path.read_text(encoding="utf-8") == made.to_html()


def test_the_noscript_note_says_what_the_page_holds() -> None:
    assert "24 incidents, 20 of them with a location" in make_map(make_sample()).to_html()
    assert "1 incident, 0 of them" in make_map(make_table([{"incident_id": "1"}])).to_html()


def test_twenty_thousand_incidents_stay_small() -> None:
    html = make_map(make_many(20_000)).to_html()
    header, _ = unpack(read_block(html, "data"))
    assert header["count"] == 20_000
    assert len(html) < 1_000_000


def test_only_a_map_of_ours_is_made() -> None:
    assert type(make_map(make_table([]))) is IncidentMap
