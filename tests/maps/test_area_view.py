"""Areas coloured by their number: what is counted, what is said, and what opens."""

import pytest
import shapely
from geopandas import GeoDataFrame
from map_reading import OpenMap, click_at, drawn, go_to, pixel
from playwright.sync_api import expect
from view_reading import choose, legend_lines, listed, make_counted, notes

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]
# #rrggbb of the light theme's classes, few to many (js/src/classes.js).
LOWEST, MIDDLE, HIGHEST = (254, 227, 145), (254, 153, 41), (153, 52, 4)


def test_areas_are_coloured_by_their_count(open_map: OpenMap) -> None:
    page = open_map(make_counted())
    assert len(drawn(page)) > 0
    legend = choose(page, "Areas")
    expect(legend).to_contain_text("Incidents by area")
    assert drawn(page) == []
    assert listed(page) == ["Idlib 12", "Homs 3", "Raqqa 1"]
    assert legend_lines(page) == ["10–12 1 area", "3–9 1 area", "1–2 1 area", "none 11 areas"]
    assert tuple(pixel(page, 35.80, 36.75, "im-view")[:3]) == HIGHEST
    assert tuple(pixel(page, 34.0, 38.0, "im-view")[:3]) == MIDDLE
    assert tuple(pixel(page, 36.2, 39.2, "im-view")[:3]) == LOWEST
    assert pixel(page, 36.2, 41.0, "im-view")[3] == 255  # Hasakah, hatched
    assert pixel(page, 35.0, 33.3, "im-view")[3] == 0  # the sea
    assert "Not in any area: 3 of the 19 incidents shown" in notes(page)
    for reason in ("1 without a location", "1 known to a country only", "1 outside every area"):
        assert reason in notes(page)
    choose(page, "Marks")
    expect(legend).to_be_hidden()
    assert len(drawn(page)) > 0
    assert pixel(page, 35.80, 36.75, "im-view")[3] == 0


def test_areas_follow_the_filters(open_map: OpenMap) -> None:
    page = open_map(make_counted())
    choose(page, "Areas")
    page.get_by_label("Protests").uncheck()
    expect(page.locator(".im-scale-list")).not_to_contain_text("Raqqa")
    assert listed(page) == ["Idlib 6", "Homs 1"]
    page.get_by_role("button", name="Show none: Event type").click()
    page.wait_for_timeout(200)
    assert listed(page) == []
    assert legend_lines(page) == ["none 14 areas"]
    assert notes(page) == "No incident passes the filters."


def test_deaths_by_area_are_the_best_figure_else_the_low_one(open_map: OpenMap) -> None:
    page = open_map(make_counted(), view="areas")
    page.wait_for_timeout(300)
    page.get_by_label("Show", exact=True).select_option(label="Deaths reported")
    page.wait_for_timeout(200)
    assert listed(page) == ["Idlib 40", "Homs 2", "Raqqa none reported"]
    assert "1 incident here has no figure of deaths and adds nothing" in notes(page)
    assert "as the sources report them" in notes(page)


def test_incidents_per_month_are_of_the_months_shown(open_map: OpenMap) -> None:
    page = open_map(make_counted(), view="areas")
    page.wait_for_timeout(300)
    page.get_by_label("Show", exact=True).select_option(label="Incidents per month")
    page.wait_for_timeout(200)
    # 10 January to 10 April are 92 days: 3.02 months, so 12 incidents are 3.97 a month.
    assert "Over 3.0 months shown." in notes(page)
    assert "2 incidents without a date not counted." in notes(page)
    assert listed(page) == ["Idlib 3.97", "Homs 0.99", "Raqqa 0.33"]
    page.evaluate(
        "() => { const app = map_incidents.incidentApp;"
        " app.filters.time.first = 18293 + 1; app.changed('time'); }"  # after 2020-02-01
    )
    page.wait_for_timeout(200)
    assert "Over 2.3 months shown." in notes(page)


def test_countries_hold_what_is_known_to_a_country_only(open_map: OpenMap) -> None:
    page = open_map(make_counted(), view="areas")
    page.wait_for_timeout(300)
    page.get_by_label("Areas", exact=True).nth(1).select_option(label="Countries")
    page.wait_for_timeout(200)
    assert listed(page) == ["Syria 17"]
    assert "Not in any area: 2 of the 19" in notes(page)


def test_a_callers_areas_come_first(open_map: OpenMap) -> None:
    west = GeoDataFrame(
        {"name": ["</script> West"]}, geometry=[shapely.box(36, 34, 37.5, 36.5)], crs=4326
    )
    page = open_map(make_counted(), view="areas", areas=west.to_crs(3857))
    page.wait_for_timeout(300)
    assert listed(page) == ["</script> West 15"]
    select = page.get_by_label("Areas", exact=True).nth(1)
    assert select.locator("option").all_text_contents() == [
        "Areas given",
        "First-level areas",
        "Countries",
    ]


def test_an_area_opens_its_incidents_by_click_and_by_keyboard(open_map: OpenMap) -> None:
    page = open_map(make_counted(), view="areas")
    page.wait_for_timeout(300)
    go_to(page, 35.2, 37.0, 7)
    click_at(page, 35.80, 36.75)
    expect(page.locator(".im-popup")).to_contain_text("12 incidents here")
    page.keyboard.press("Escape")
    summary = page.get_by_text("List of areas")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Homs 3"
    page.keyboard.press("Enter")
    expect(page.locator(".im-popup")).to_contain_text("3 incidents here")
    # The list is as it was: opening an area takes nobody's place in it.
    expect(page.locator(".im-scale-all")).to_have_attribute("open", "")
    assert listed(page) == ["Idlib 12", "Homs 3", "Raqqa 1"]


def test_the_pointer_is_told_what_it_is_over(open_map: OpenMap) -> None:
    page = open_map(make_counted(), view="areas")
    page.wait_for_timeout(300)
    go_to(page, 35.2, 37.0, 7)
    at = page.evaluate("[...Object.values(map_incidents.latLngToContainerPoint([35.8, 36.75]))]")
    page.mouse.move(at[0], at[1])
    expect(page.locator(".im-hover")).to_have_text("Idlib12 incidents")
    page.mouse.move(at[0] - 250, at[1])
    expect(page.locator(".im-hover")).to_have_count(0)
