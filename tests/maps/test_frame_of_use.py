"""What surrounds the use of the page: the frame of the focus, low windows, empty groups, names."""

import pytest
from map_reading import OpenMap
from map_samples import make_sample
from playwright.sync_api import Page, expect

from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

_FRAME = "getComputedStyle(map_incidents.getContainer(), '::after').borderTopStyle"


def test_a_click_on_the_map_draws_no_frame_about_it_and_a_key_does(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.mouse.click(700, 560)
    focused = "document.activeElement === map_incidents.getContainer()"
    assert page.evaluate(focused)
    assert page.evaluate(_FRAME) == "none"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(_FRAME) == "solid"
    page.mouse.click(700, 560)
    assert page.evaluate(_FRAME) == "none"


def test_an_empty_table_has_no_groups_of_which_nothing_is_all_and_none(open_map: OpenMap) -> None:
    page = open_map(make_table([]))
    expect(page.locator(".im-layers")).to_be_visible()
    expect(page.locator(".im-group:visible")).to_have_count(0)


@pytest.mark.parametrize(("height", "panels"), [(390, 0), (800, 2)])
def test_a_low_window_begins_with_the_map_and_opens_one_panel_at_a_time(
    open_map: OpenMap, page: Page, height: int, panels: int
) -> None:
    page.set_viewport_size({"width": 844, "height": height})
    open_map(make_sample())
    shown = page.locator(".im-panel:visible")
    expect(shown).to_have_count(panels)
    if panels:
        return
    page.get_by_role("button", name="Time", exact=True).click()
    page.get_by_role("button", name="Layers", exact=True).click()
    expect(shown).to_have_count(1)
    expect(page.locator(".im-layers")).to_be_visible()


def test_the_precision_has_one_name_on_the_page(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.get_by_role("button", name="List", exact=True).click()
    heads = page.get_by_role("columnheader").all_inner_texts()
    assert [head.strip(" ▲") for head in heads] == [
        "Date", "Type", "Place", "Deaths", "Precision", "Source",
    ]  # fmt: skip
    page.emulate_media(media="print")
    expect(page.locator(".im-sheet-list th").nth(5)).to_have_text("Precision")
    page.emulate_media(media="screen")
    page.get_by_role("button", name="About", exact=True).click()
    expect(page.locator(".im-about .im-facts dt").get_by_text("Precision")).to_have_count(1)
    expect(page.locator(".im-group-precision legend")).to_contain_text("Precision")
