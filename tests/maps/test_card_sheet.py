"""On a phone a card is a sheet above the bar: its end is seen as such, and stands clear of it."""

import pytest
from map_reading import OpenMap
from map_samples import AMUDA, CLASH, locate_at, row
from playwright.sync_api import Page, expect

from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

SHEET = ".im-sheet .leaflet-popup-content"
# How far above the bar the card's last element ends, and how high the fade at the edge reaches.
_CLEAR = """() => {
  const bar = document.querySelector('.im-bar').getBoundingClientRect();
  const last = document.querySelector('.im-sheet .im-ids button:last-of-type');
  const frame = document.querySelector('.im-sheet .leaflet-popup-content-wrapper');
  const fade = getComputedStyle(frame, '::after');
  return [bar.top - last.getBoundingClientRect().bottom, parseFloat(fade.height)];
}"""


@pytest.fixture
def phone(page: Page) -> Page:
    page.set_viewport_size({"width": 390, "height": 844})
    return page


@pytest.mark.parametrize("sentences", [1, 40])
def test_the_end_of_a_card_stands_clear_of_the_bar(
    open_map: OpenMap, phone: Page, sentences: int
) -> None:
    text = "Shells struck the market of the town in the morning. " * sentences
    open_map(make_table([row(1, "2020-01-01", CLASH, "Amuda", locate_at(AMUDA), evidence=text)]))
    phone.evaluate("map_incidents.incidentApp.open([0], [37.1, 40.9])")
    expect(phone.locator(".im-card")).to_be_visible()
    phone.wait_for_timeout(300)
    sheet = phone.locator(SHEET)
    if sentences > 1:
        hidden = sheet.evaluate("e => e.scrollHeight - e.clientHeight")
        assert hidden > 100, "the card is longer than the sheet"
        sheet.evaluate("e => { e.scrollTop = e.scrollHeight; }")
        phone.wait_for_timeout(100)
    clear, fade = phone.evaluate(_CLEAR)
    assert fade >= 24
    assert clear >= fade


def test_what_the_keyboard_reaches_is_not_under_the_fade(open_map: OpenMap, phone: Page) -> None:
    text = "Shells struck the market of the town in the morning. " * 40
    open_map(make_table([row(1, "2020-01-01", CLASH, "Amuda", locate_at(AMUDA), evidence=text)]))
    phone.evaluate("map_incidents.incidentApp.open([0], [37.1, 40.9])")
    phone.get_by_role("button", name="Copy link to this incident").focus()
    phone.wait_for_timeout(200)
    clear, fade = phone.evaluate(_CLEAR)
    assert clear >= fade
