"""What a click on the map opens: an incident, several with a pager, a cluster, an area."""

import re

import pytest
import shapely
from map_reading import VIEW, OpenMap, click_at, go_to, pixel
from map_samples import make_many, make_sample
from playwright.sync_api import expect

from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]


def test_a_click_on_a_point_tells_all_that_is_known(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    go_to(page, 35.73, 37.05, 11)
    click_at(page, 35.73, 37.05)
    card = page.locator(".im-card")
    for text in (
        "Battles",
        "Government regains territory",
        "2020-01-16",
        "Military Forces of Syria",
        "Hayat Tahrir al-Sham",
        "12 killed: militants — says Defence ministry contested",
        "3 killed: civilians — says Local monitor contested",
        "Abu Duhur, Idlib, Syria",
        "As written: “Abu Duhur”",
        "town or village, within about 5.0 km",
        "Why this place: 87 %, a spelling of the name",
        "Residents of Abu Duhur",
        "Notes",
    ):
        expect(card).to_contain_text(text)
    card.get_by_text("Why this place").click()
    expect(card.get_by_text("same consonants")).to_be_visible()
    link = card.get_by_role("link", name="Local monitor")
    expect(link).to_have_attribute("href", "https://news.example/report/1")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_have_attribute("target", "_blank")


def test_several_incidents_at_one_place_open_as_a_list_with_a_pager(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    go_to(page, 35.931, 36.631, 12)
    click_at(page, 35.931, 36.631)
    expect(page.locator(".im-pages h2")).to_have_text("3 incidents here")
    page.locator(".im-row").nth(1).click()
    expect(page.locator(".im-pager")).to_contain_text("2 of 3")
    expect(page.locator(".im-card")).to_contain_text("2020-01-18")
    page.get_by_role("button", name="Next incident").click()
    expect(page.locator(".im-pager")).to_contain_text("3 of 3")
    expect(page.locator(".im-card")).to_contain_text("Protests")
    page.keyboard.press("Enter")
    expect(page.locator(".im-pager")).to_contain_text("1 of 3")


def test_every_place_of_an_incident_with_several_bears_its_mark(open_map: OpenMap) -> None:
    towns = shapely.MultiPoint([(40.93, 37.104), (40.371, 36.656), (38.862, 36.386)])
    record = {
        "incident_id": "1",
        "event_type": "Strategic developments",
        "place_name": "Amuda; Tal Tamr; Ain Issa",
        "precision": "settlement",
        "radius_km": 3.0,
        "geometry": towns,
    }
    page = open_map(make_table([record]))
    zoom, lat, lon = page.evaluate(VIEW)
    for town in towns.geoms:
        page.keyboard.press("Escape")
        go_to(page, lat, lon, zoom)  # to open a popup moves the map
        assert pixel(page, town.y, town.x, "im-areas" if town != towns.geoms[0] else "im-marks")[3]
        click_at(page, town.y, town.x)
        expect(page.locator(".leaflet-popup")).to_contain_text("Amuda; Tal Tamr; Ain Issa")
        expect(page.locator(".leaflet-popup")).to_contain_text("each within about 3.0 km")
    # Between them is a thin line and nothing else.
    middle = shapely.LineString(list(towns.geoms)[:2]).interpolate(0.5, normalized=True)
    assert pixel(page, middle.y + 0.05, middle.x - 0.05, "im-areas")[3] == 0
    click_at(page, middle.y, middle.x)
    expect(page.locator(".leaflet-popup")).to_have_count(0)


def test_a_click_in_a_popup_is_no_click_on_the_map_beneath(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.evaluate("window.clicks = 0; map_incidents.on('click', () => window.clicks++)")
    page.evaluate("map_incidents.incidentApp.open([1, 2, 3], [35.7, 38.7])")
    page.wait_for_timeout(500)
    page.locator(".im-row").first.click()
    page.get_by_role("button", name="Next incident").click()
    page.locator(".im-pager").get_by_role("button", name="List").click()
    assert page.evaluate("window.clicks") == 0


def test_a_press_in_a_popup_that_moves_away_is_no_click_on_the_map(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.evaluate("window.clicks = 0; map_incidents.on('click', () => window.clicks++)")
    page.evaluate("map_incidents.incidentApp.open([1, 2, 3], [35.7, 38.7])")
    row = page.locator(".im-row").first
    row.hover()
    page.mouse.down()
    page.evaluate("document.querySelector('.leaflet-popup').style.visibility = 'hidden'")
    page.mouse.up()
    assert page.evaluate("window.clicks") == 0
    page.evaluate("document.querySelector('.leaflet-popup').style.visibility = ''")
    page.mouse.move(900, 600)
    page.mouse.down()
    page.mouse.up()
    assert page.evaluate("window.clicks") == 1


def test_a_popup_that_is_pressed_stands_still(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    go_to(page, 35.73, 37.05, 11)
    click_at(page, 35.73, 37.05)
    summary = page.locator(".im-card").get_by_text("Why this place")
    expect(summary).to_be_visible()
    page.wait_for_timeout(500)  # the popup has come into the window
    page.evaluate("map_incidents.panBy([0, -100], {duration: 4})")
    box = summary.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 5)
    page.mouse.down()
    pressed = summary.bounding_box()
    page.wait_for_timeout(500)
    assert summary.bounding_box() == pressed
    page.mouse.up()
    expect(page.locator(".im-card").get_by_text("same consonants")).to_be_visible()


def test_what_is_brought_into_view_does_not_scroll_the_map(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.evaluate("map_incidents.incidentApp.open([0], [36.5, 38.7])")
    expect(page.locator(".im-card")).to_contain_text("Notes")
    page.wait_for_timeout(500)
    page.evaluate("map_incidents.panBy([0, -600], {animate: false})")
    moved = page.locator(".im-card").evaluate(
        """(card) => { const popup = card.closest('.leaflet-popup');
          const before = popup.getBoundingClientRect().top;
          card.querySelector('button').scrollIntoView({block: 'center'});
          return popup.getBoundingClientRect().top - before; }"""
    )
    assert moved == 0


def test_what_opens_in_a_card_stays_within_the_window(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.evaluate("map_incidents.incidentApp.open([5], [36.5, 38.7])")
    page.wait_for_timeout(500)
    page.locator(".im-card").get_by_text("Why this place").click()
    page.wait_for_timeout(500)
    top, height, written = page.evaluate(
        """[document.querySelector('.leaflet-popup').getBoundingClientRect().top,
          ...['clientHeight', 'scrollHeight'].map(
            (size) => document.querySelector('.leaflet-popup-content')[size])]"""
    )
    assert top >= 0
    assert height == 480 < written


def test_what_opens_in_a_card_leaves_it_where_it_was_scrolled_to(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.evaluate("map_incidents.incidentApp.open([0], [36.5, 38.7])")
    page.wait_for_timeout(500)
    card, content = page.locator(".im-card"), page.locator(".leaflet-popup-content")
    card.get_by_text("What each source said").press("Enter")
    expect(content).to_have_class(re.compile("scrolled"))
    content.evaluate("(content) => content.scrollTo(0, 80)")
    card.get_by_text("Notes").press("Enter")
    expect(card.locator("details[open]")).to_have_count(2)
    page.wait_for_timeout(300)
    assert content.evaluate("(content) => content.scrollTop") >= 80
    assert page.evaluate("document.activeElement.textContent") == "Notes"


def test_a_cluster_opens_by_zooming_in(open_map: OpenMap) -> None:
    page = open_map(make_many(3_000))
    before = page.evaluate("map_incidents.getZoom()")
    spot = page.evaluate(
        """(() => { const app = map_incidents.incidentApp;
          const mark = app.marks.drawn().find((m) => m.places.length > 5);
          const place = mark.places[0], {lat, lon} = app.incidents.places;
          const canvas = document.querySelector('.leaflet-im-marks-pane canvas');
          const box = canvas.getBoundingClientRect();
          return [box.left + mark.x, box.top + mark.y]; })()"""
    )
    page.mouse.click(*spot)
    page.wait_for_timeout(800)
    assert page.evaluate("map_incidents.getZoom()") > before


def test_a_province_is_drawn_as_a_province_and_opens_from_anywhere_in_it(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    inside, outside = (35.75, 38.6), (35.0, 37.6)
    assert pixel(page, *inside, "im-areas")[3] > 10
    assert pixel(page, *outside, "im-areas")[3] == 0
    click_at(page, *inside)
    expect(page.locator(".im-card")).to_contain_text("Raqqa province")
    expect(page.locator(".im-card")).to_contain_text("province or region, within about")
