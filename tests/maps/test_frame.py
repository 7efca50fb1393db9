"""The frame that holds the panels: places, the bar, focus, landmarks."""

import re

import pytest
from map_reading import VIEW, OpenMap, hash_of, shown_panels
from map_samples import make_sample
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]
_PLACES = {"layers": "right", "time": "bottom", "unlocated": "left", "share": "left",
           "about": "left"}  # fmt: skip


def test_panels_share_places_and_never_overlap(open_map: OpenMap, page: Page) -> None:
    open_map(make_sample(), title="A title that takes two lines because it is so very long")
    assert shown_panels(page) == ["layers", "time"]
    for name in ("unlocated", "share", "about"):
        page.locator(f".im-open-{name}").click()
        assert shown_panels(page) == ["layers", "time", name]
        page.wait_for_timeout(100)
        boxes = page.evaluate(
            "[...document.querySelectorAll('.im-head, .im-panel, .leaflet-control-scale,"
            " .leaflet-control-zoom')]"
            ".filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect().toJSON())"
        )
        for index, one in enumerate(boxes):
            for other in boxes[index + 1 :]:
                assert (
                    one["right"] <= other["left"]
                    or other["right"] <= one["left"]
                    or one["bottom"] <= other["top"]
                    or other["bottom"] <= one["top"]
                ), (one, other)
    page.locator(".im-open-about").click()
    assert shown_panels(page) == ["layers", "time"]


@pytest.mark.parametrize("size", [(1280, 800), (390, 844), (320, 568)])
def test_no_button_of_the_bar_is_cut(open_map: OpenMap, page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_map(make_sample())
    for box in page.locator(".im-bar button").all():
        cut = box.evaluate("e => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]")
        assert cut == [0, 0]
        place = box.bounding_box()
        assert place
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= size[0]
        assert place["y"] + place["height"] <= size[1]


@pytest.mark.parametrize("name", list(_PLACES))
def test_a_panel_opened_by_keyboard_takes_the_focus_and_gives_it_back(
    open_map: OpenMap, page: Page, name: str
) -> None:
    open_map(make_sample())
    toggle = page.locator(f".im-open-{name}")
    if toggle.get_attribute("aria-expanded") == "true":
        toggle.press("Enter")
        assert name not in shown_panels(page)
    toggle.press("Enter")
    assert name in shown_panels(page)
    assert page.evaluate("document.activeElement.id") == f"im-panel-{name}-title"
    expect(page.locator(f"#im-panel-{name}")).to_have_class(re.compile(f"im-{_PLACES[name]}"))
    page.keyboard.press("Tab")
    assert page.evaluate(f"document.activeElement.closest('#im-panel-{name}') !== null")
    page.keyboard.press("Escape")
    assert name not in shown_panels(page)
    assert page.evaluate("document.activeElement.className") == f"im-open-{name}"


def test_the_first_key_leads_past_the_panels(open_map: OpenMap, page: Page) -> None:
    open_map(make_sample())
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to map")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    before = page.evaluate(VIEW)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "map_incidents"
    assert hash_of(page) == ""
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert page.evaluate(VIEW)[2] > before[2]
    assert hash_of(page).startswith("#map=")


def test_the_page_has_landmarks_a_language_and_a_title(open_map: OpenMap, page: Page) -> None:
    open_map(make_sample(), title="Syria")
    assert page.get_by_role("banner").count() == 1
    assert page.get_by_role("main", name="Map").count() == 1
    assert page.get_by_role("navigation", name="Skip").count() == 1
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == "Syria"
    for name in ("Layers", "Time"):
        assert page.get_by_role("region", name=name, exact=True).count() == 1
