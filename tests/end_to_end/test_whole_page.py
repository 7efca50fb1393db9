"""The page that the command wrote, opened from its file: quiet, usable, the same each time."""

import re

from playwright.sync_api import Page, expect

from tests.end_to_end.conftest import EXAMPLES, Made, Make


def summary(page: Page) -> str:
    return page.locator(".im-summary").inner_text()


def count_of(page: Page, label: str) -> int:
    entry = page.locator(".im-group label", has_text=label)
    return int(entry.locator(".im-count").inner_text().replace(",", ""))


def drawn(page: Page) -> int:
    """How many incidents the marks in the window stand for."""
    page.wait_for_timeout(200)
    marks = "map_incidents.incidentApp.marks.drawn()"
    return int(page.evaluate(f"{marks}.reduce((sum, mark) => sum + mark.count, 0)"))


def test_two_runs_give_the_same_bytes(make: Make, examples_map: Made) -> None:
    inputs = (EXAMPLES / "reports", EXAMPLES / "incidents.csv")
    again = make(*inputs, env={"PYTHONHASHSEED": "4711"})
    assert again.page.read_bytes() == examples_map.page.read_bytes()
    assert again.geojson.read_bytes() == examples_map.geojson.read_bytes()


def test_the_map_of_reports_can_be_used(examples_map: Made, open_page) -> None:
    page: Page = open_page(examples_map.page)
    whole = summary(page)
    battles = count_of(page, "Battles")
    assert battles > 0
    page.get_by_label("Battles").uncheck()
    total = int(whole.split()[0])
    assert summary(page).startswith(f"{total - battles} of {total} incidents")
    page.get_by_label("Battles").check()
    assert summary(page) == whole

    last = page.get_by_label("Last day shown")
    before = page.locator(".im-range").inner_text()
    last.focus()
    page.keyboard.press("Home")
    expect(page.locator(".im-range")).not_to_have_text(before)
    assert summary(page) != whole
    page.get_by_role("button", name="Reset").click()
    assert summary(page) == whole


def test_a_place_is_found_and_its_popup_tells_why(examples_map: Made, open_page) -> None:
    page: Page = open_page(examples_map.page)
    page.get_by_role("combobox").fill("saraqib")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("Saraqib")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    popup = page.locator(".im-pages")
    expect(popup).to_be_visible(timeout=10_000)
    if popup.locator(".im-row").count():
        popup.locator(".im-row").first.click()
    card = page.locator(".im-card")
    expect(card).to_contain_text("Saraqib")
    expect(card).to_contain_text("Why this place")
    page.wait_for_timeout(500)  # the texts that were still being searched must not come back
    expect(page.get_by_role("listbox")).to_be_hidden()
    centre = page.evaluate("map_incidents.getCenter()")
    assert abs(centre["lng"] - 36.8) < 0.7


def test_twenty_thousand_rows_open_quietly_and_can_be_used(many_map: Made, open_page) -> None:
    page: Page = open_page(many_map.page)
    assert summary(page).startswith("20,000 incidents, ")
    located = drawn(page)
    assert located > 19_000
    page.get_by_label("Protests").uncheck()
    shown = 20_000 - count_of(page, "Protests")
    assert summary(page).startswith(f"{shown:,} of 20,000 incidents")
    assert drawn(page) < located
    last = page.get_by_label("Last day shown")
    last.focus()
    page.keyboard.press("Home")
    expect(page.locator(".im-range")).to_have_text(re.compile("2015-01-01 to 2015-01-.."))
    assert drawn(page) < 1_000
    page.get_by_role("combobox").fill("amuda")
    expect(page.get_by_role("option").first).to_contain_text("Amuda")
