"""The views beside the marks: what they draw, what they say, and that they follow the filters."""

import base64
from pathlib import Path

import pytest
import shapely
from geopandas import GeoDataFrame
from map_reading import OpenMap, click_at, drawn, go_to, open_file, pixel, read_block
from map_samples import HOSTILE_TEXTS, make_hostile, make_sample
from playwright.sync_api import Page, expect
from view_reading import IDLIB, RAQQA, choose, legend_lines, listed, make_counted, notes

from geo.errors import InputError
from geo.table import make_table
from maps.incident_map import make_map

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]


def test_density_shows_points_only_and_says_what_it_leaves_out(open_map: OpenMap) -> None:
    page = open_map(make_counted())
    choose(page, "Density")
    go_to(page, 35.2, 37.0, 7)
    page.wait_for_timeout(200)
    text = " ".join(legend_lines(page))
    assert text == "fewer more incidents 1 3 12"
    assert tuple(pixel(page, *IDLIB, "im-view")[:3]) == pytest.approx((59, 18, 3), abs=20)
    single = pixel(page, *RAQQA, "im-view")
    assert tuple(single[:3]) == pytest.approx((217, 131, 36), abs=25)
    assert single[3] > 120
    assert pixel(page, 35.0, 38.5, "im-view")[3] == 0  # known to the country only
    assert "1 incident known only to an area is not in this picture." in notes(page)
    assert "1 incident without a location is not in it." in notes(page)
    click_at(page, *IDLIB)
    expect(page.locator(".im-popup")).to_contain_text("12 incidents here")
    page.get_by_label("Battles").uncheck()
    page.wait_for_timeout(200)
    assert legend_lines(page) == ["fewer more incidents 1 2 6"]


def test_bubbles_are_sized_by_deaths_and_those_of_areas_are_dashed(open_map: OpenMap) -> None:
    page = open_map(make_counted())
    choose(page, "Bubbles")
    go_to(page, 35.2, 37.5, 7)
    page.wait_for_timeout(200)
    assert legend_lines(page) == [
        "40 deaths",
        "8 deaths",
        "2 deaths",
        "known to an area or a country only",
        "incidents, no known deaths",
    ]
    assert listed(page) == ["Idlib 40", "unnamed place 6", "Homs 2"]
    assert "48 deaths reported in 18 incidents with a location." in notes(page)
    assert "Not on the map: 1 incident without a location, 0 deaths reported." in notes(page)
    # 40 pixels about Idlib are filled, 17 about the middle of Syria are pale.
    assert pixel(page, 35.80, 36.63, "im-view")[3] > 100
    assert 10 < pixel(page, 35.1, 38.5, "im-view")[3] < 80
    click_at(page, *RAQQA)
    expect(page.locator(".im-popup")).to_contain_text("Raqqa")
    page.get_by_label("Protests").uncheck()
    page.wait_for_timeout(200)
    assert listed(page)[0] == "Idlib 9"


def test_the_view_is_chosen_by_keyboard_and_carried_by_a_link(open_map: OpenMap) -> None:
    page = open_map(make_counted())
    page.get_by_role("radio", name="Marks").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    expect(page.get_by_role("radio", name="Areas")).to_be_checked()
    kept = "map_incidents.incidentApp.kept.parts().find(part => part.key === 'view')"
    assert page.evaluate(f"{kept}.get()") == "areas"
    page.get_by_label("Show", exact=True).select_option(label="Deaths reported")
    assert page.evaluate(f"{kept}.get()") == "areas.admin1.deaths"
    page.evaluate(f"{kept}.set('density')")
    expect(page.locator(".im-scale")).to_contain_text("Density")
    page.evaluate(f"{kept}.set('areas.country.monthly')")
    expect(page.locator(".im-scale")).to_contain_text("Incidents per month by area")
    expect(page.get_by_label("Areas", exact=True).nth(1)).to_have_value("country")
    for nonsense in ("nonsense", "areas.nowhere.nothing", "__proto__", ""):
        page.evaluate(f"{kept}.set({nonsense!r})")
        page.wait_for_timeout(150)
    assert page.evaluate(f"{kept}.get()") == ""
    expect(page.get_by_role("radio", name="Marks")).to_be_checked()


def test_a_link_restores_a_view_before_its_areas_are_read(open_map: OpenMap) -> None:
    page = open_map(make_counted())
    kept = "map_incidents.incidentApp.kept.parts().find(part => part.key === 'view')"
    page.evaluate(f"{kept}.set('areas.country.deaths')")
    expect(page.locator(".im-scale")).to_contain_text("Deaths reported by area")
    assert listed(page) == ["Syria 48"]
    assert page.evaluate(f"{kept}.get()") == "areas.country.deaths"


def test_a_theme_has_colours_of_its_own(open_map: OpenMap) -> None:
    page = open_map(make_counted(), view="areas")
    page.wait_for_timeout(300)
    page.evaluate("map_incidents.incidentApp.set('theme', 'dark')")
    page.wait_for_timeout(200)
    assert tuple(pixel(page, 35.80, 36.75, "im-view")[:3]) == (254, 227, 145)
    assert tuple(pixel(page, 36.2, 39.2, "im-view")[:3]) == (125, 68, 16)


@pytest.mark.parametrize("size", [(1280, 800), (1280, 620), (390, 844)])
def test_the_legend_lies_over_no_other_panel(
    page: Page, open_map: OpenMap, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_map(make_counted())
    narrow = size[0] < 640
    for view in ("areas", "density", "bubbles"):
        page.evaluate("view => map_incidents.incidentApp.set('view', view)", view)
        page.wait_for_timeout(300)
        for panel in ("", "Not located", "About"):
            if narrow and panel:
                continue  # there a panel is a sheet over the whole window
            if panel:
                page.get_by_role("button", name=panel).first.click()
                page.wait_for_timeout(100)
            assert covered(page) == [], (view, panel)
            if panel:
                page.get_by_role("button", name=f"Close {panel}").click()


def covered(page: Page) -> list[str]:
    """What the legend lies over, and whether it is cut off at the window's edge."""
    found: list[str] = page.evaluate(
        """() => {
          const own = document.querySelector('.im-scale').getBoundingClientRect();
          const others = '.im-panel:not([hidden]), .im-head, .leaflet-control';
          const over = [...document.querySelectorAll(others)].filter((other) => {
            const box = other.getBoundingClientRect();
            const beside = own.left >= box.right || box.left >= own.right;
            return box.width && !beside && own.top < box.bottom && box.top < own.bottom;
          }).map((other) => other.className);
          const inside = own.left >= 0 && own.right <= innerWidth && own.top >= 0;
          return inside && own.bottom <= innerHeight ? over : [...over, 'the window'];
        }"""
    )
    return found


@pytest.mark.parametrize("view", ["areas", "density", "bubbles"])
def test_hostile_text_stays_text_in_every_view(open_map: OpenMap, view: str) -> None:
    names = [text.replace("\ud800", "?") for text in HOSTILE_TEXTS]  # pandas holds no lone halves
    strips = [shapely.box(36 + i / 4, 34, 36.25 + i / 4, 36) for i in range(len(names))]
    areas = GeoDataFrame({"name": names}, geometry=strips, crs=4326)
    page = open_map(make_hostile(), view=view, areas=areas)
    page.wait_for_timeout(400)
    assert page.evaluate("window.pwned") is None
    if view == "areas":
        shown = page.locator(".im-scale-list bdi").all_text_contents()
        assert "<img src=x onerror=window.pwned=1>" in shown
        assert "{{ 7 * 7 }} {% raw %}" in shown


@pytest.mark.parametrize("view", ["areas", "density", "bubbles"])
@pytest.mark.parametrize("count", [0, 1])
def test_a_map_of_nothing_or_one_has_every_view(open_map: OpenMap, view: str, count: int) -> None:
    records = [{"incident_id": "1", "precision": "exact", "geometry": shapely.Point(36.63, 35.93)}]
    page = open_map(make_table(records[:count]), view=view)
    page.wait_for_timeout(300)
    expect(page.get_by_role("region", name="Legend")).to_be_visible()
    assert "NaN" not in page.locator(".im-scale").inner_text()
    assert "undefined" not in page.locator(".im-scale").inner_text()


def test_every_view_shows_the_sample(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    for view in ("Areas", "Density", "Bubbles"):
        legend = choose(page, view)
        expect(legend).to_be_visible()
        assert page.evaluate(
            "[...document.querySelector('.leaflet-im-view-pane canvas').getContext('2d')"
            ".getImageData(0, 0, 1500, 1000).data].some(value => value)"
        ), view


def test_damaged_areas_are_told_and_the_marks_stay(page: Page, tmp_path: Path) -> None:
    html = make_map(make_counted()).to_html()
    block = read_block(html, "areas")
    bad = bytearray(base64.b64decode(block))
    bad[len(bad) // 2] ^= 255
    path = tmp_path / "map.html"
    path.write_text(html.replace(block, base64.b64encode(bad).decode()), encoding="utf-8")
    open_file(page, path)
    choose(page, "Areas")
    expect(page.locator(".im-scale")).to_contain_text("The areas in this file are damaged")
    choose(page, "Marks")
    assert len(drawn(page)) > 0


def test_a_view_of_no_name_is_refused() -> None:
    with pytest.raises(InputError) as error:
        make_map(make_sample(), view="heat")
    assert str(error.value) == ("view 'heat' is none of 'marks', 'areas', 'density', 'bubbles'")
