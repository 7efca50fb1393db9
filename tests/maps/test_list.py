"""The list beside the map: in step with it, sorted, and usable by keyboard alone."""

import re

import pytest
from map_reading import OpenMap, summary
from map_samples import CLASH, HOSTILE_TEXTS, IDLIB, make_hostile, make_many, make_sample, row
from playwright.sync_api import Locator, Page, expect

from geo.regions import locate_at
from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]


def open_list(page: Page) -> Locator:
    page.get_by_role("button", name="List", exact=True).click()
    grid = page.get_by_role("grid", name="Incidents")
    expect(grid.locator(".im-grid-view [role=row]").first).to_be_visible()
    return grid


def rows_of(grid: Locator) -> Locator:
    return grid.locator(".im-grid-view [role=row]:not([hidden])")


def texts_of(grid: Locator, column: str) -> list[str]:
    return rows_of(grid).locator(f".im-cell-{column}").all_inner_texts()


def active_row(page: Page) -> str:
    """What a screen reader is told that the focus is on."""
    text: str = page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"
        "?.innerText.replace(/\\s+/g, ' ') ?? ''"
    )
    return text


def tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"{selector} cannot be reached by Tab")


def test_the_list_is_used_by_keyboard_alone(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    tab_to(page, ".im-open-list")
    page.keyboard.press("Enter")
    tab_to(page, "[role=grid]")
    expect(page.get_by_role("grid")).to_have_attribute("aria-activedescendant", "im-row-0")
    assert "Abu Duhur" in active_row(page)
    page.keyboard.press("ArrowDown")
    assert active_row(page).startswith("2020-01-17 Explosions")
    page.keyboard.press("End")
    assert "no date" in active_row(page)
    page.keyboard.press("Home")
    page.keyboard.press("PageDown")
    assert "2020-01-16" not in active_row(page)
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    selected = page.locator("[role=row][aria-selected=true]")
    expect(selected).to_contain_text("Abu Duhur")
    expect(page.locator(".im-ring-pinned")).to_be_visible()
    page.keyboard.press("Enter")
    popup = page.get_by_role("dialog", name="Incidents at this place")
    expect(popup).to_contain_text("Government regains territory", timeout=10_000)
    expect(page.locator(".im-pages")).to_be_focused()
    expect(page.locator("[role=row][aria-current=true]")).to_contain_text("Abu Duhur")
    assert page.evaluate("map_incidents.getCenter().lng") == pytest.approx(37.05, abs=0.5)
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    expect(page.get_by_role("grid")).to_be_focused()
    expect(page.locator("[role=row][aria-current=true]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("grid")).to_be_hidden()
    assert page.evaluate("document.activeElement.className") == "im-open-list"


def test_a_grid_that_has_the_focus_before_its_rows_has_an_active_row(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    tab_to(page, ".im-open-list")
    rows = page.evaluate(
        """(() => { document.activeElement.click();
          const grid = document.querySelector('[role=grid]');
          grid.focus();
          const rows = grid.querySelectorAll('[id^=im-row]').length;
          return [document.activeElement === grid, rows]; })()"""
    )
    assert rows == [True, 0]
    expect(page.get_by_role("grid")).to_have_attribute("aria-activedescendant", "im-row-0")


def test_headers_sort_and_say_so(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    grid = open_list(page)
    assert grid.get_attribute("aria-rowcount") == "25"
    header = grid.get_by_role("columnheader", name="Deaths")
    expect(header).to_have_attribute("aria-sort", "none")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    expect(rows_of(grid).first.locator(".im-cell-deaths")).to_have_text("9")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    expect(rows_of(grid).first.locator(".im-cell-deaths")).to_have_text("3–12")
    grid.get_by_role("columnheader", name="Place").get_by_role("button").click()
    expect(rows_of(grid).first.locator(".im-cell-place")).to_contain_text("12 km north")
    kept = "map_incidents.incidentApp.kept.parts().find(p => p.key === 'sort')"
    assert page.evaluate(f"{kept}.get()") == "place"
    page.evaluate(f"{kept}.set('-date')")
    expect(rows_of(grid).first.locator(".im-cell-date")).to_have_text("2020-02-05")
    page.evaluate(f"{kept}.set('no such column')")
    expect(rows_of(grid).first.locator(".im-cell-date")).to_have_text("2020-01-16")
    assert page.evaluate(f"{kept}.get()") == ""


def test_the_list_follows_the_filters_and_the_map(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    grid = open_list(page)
    said = page.locator(".im-list-said")
    expect(said).to_have_text("24 incidents")
    page.get_by_label("Battles").uncheck()
    expect(said).to_have_text("16 incidents")
    assert summary(page).startswith("16 of 24")
    assert "Battles" not in texts_of(grid, "type")
    page.get_by_label("Only what the map shows").check()
    page.evaluate("map_incidents.setView([37.104, 40.93], 11, {animate: false})")
    expect(said).to_have_text("1 incident in view")
    assert texts_of(grid, "place") == ["Amuda, Hasakah"]
    page.evaluate("map_incidents.setView([35.7, 38.6], 11, {animate: false})")
    expect(said).to_have_text("1 incident in view")  # the province reaches here
    assert texts_of(grid, "place") == ["Raqqa province"]


def test_what_a_row_lacks_is_read_from_the_long_texts(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    grid = open_list(page)
    expect(rows_of(grid).first.locator(".im-cell-deaths")).to_have_text("3–12")
    unknown = rows_of(grid).nth(2).locator(".im-cell-deaths")
    expect(unknown).to_have_text("–")
    expect(unknown).to_have_attribute("aria-label", "deaths unknown")


def test_a_row_without_a_location_says_so_and_opens_its_card(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    grid = open_list(page)
    page.get_by_role("button", name="Show none: Precision").click()
    page.get_by_role("checkbox", name="not located").check()
    expect(rows_of(grid)).to_have_count(4)
    row = rows_of(grid).first
    expect(row).to_contain_text("not located: “Karratin”")
    row.click()
    expect(page.locator(".im-card")).to_contain_text("No location")
    expect(page.locator(".im-card")).to_contain_text("three villages of that name")


def test_a_row_that_is_pointed_at_has_a_ring_on_the_map(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    grid = open_list(page)
    rows_of(grid).nth(0).hover()
    ring = page.locator(".im-ring-pointed")
    expect(ring).to_be_visible()
    box = ring.bounding_box()
    spot = page.evaluate("map_incidents.latLngToContainerPoint([35.73, 37.05])")
    assert box
    assert box["x"] + box["width"] / 2 == pytest.approx(spot["x"], abs=2)
    assert box["y"] + box["height"] / 2 == pytest.approx(spot["y"], abs=2)
    page.get_by_role("button", name="Show none: Precision").hover()
    expect(ring).to_be_hidden()


def test_of_many_rows_few_are_elements_and_the_last_is_reached(open_map: OpenMap) -> None:
    page = open_map(make_many(20_000))
    grid = open_list(page)
    assert grid.get_attribute("aria-rowcount") == "20001"
    assert grid.locator("[role=row]").count() < 40
    dates = texts_of(grid, "date")
    assert dates == sorted(dates)
    grid.focus()
    page.keyboard.press("End")
    last = page.locator("[role=row][aria-rowindex='20001']")
    expect(last).to_be_visible()
    expect(last.locator(".im-cell-date")).to_have_text("2019-12-31")
    assert grid.locator("[role=row]").count() < 40
    grid.evaluate("e => { e.scrollTop = e.scrollHeight / 2 }")
    first = rows_of(grid).first
    expect(first.locator(".im-cell-date")).to_have_text(re.compile(r"2017-1[12]|2018-01"))
    assert 9_000 < int(first.get_attribute("aria-rowindex") or 0) < 11_000


@pytest.mark.parametrize("width", [1600, 390])
def test_the_list_stands_within_the_window(open_map: OpenMap, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    open_map(make_sample())
    grid = open_list(page)
    box = page.locator(".im-list").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    row = rows_of(grid).first.bounding_box()
    assert row
    assert row["height"] == (30 if width > 1500 else 50)


def test_hostile_text_is_text_in_the_list(open_map: OpenMap) -> None:
    page = open_map(make_hostile())
    grid = open_list(page)
    shown = ""
    for key in ("Home", "End"):
        grid.focus()
        page.keyboard.press(key)
        page.wait_for_timeout(300)
        shown += rows_of(grid).all_inner_texts().__str__()
    assert HOSTILE_TEXTS[0] in shown
    assert HOSTILE_TEXTS[-1][:10] in shown.replace("\\'", "'")
    assert grid.locator("img, script, svg, b, iframe").count() == 0
    assert page.evaluate("window.pwned") is None


@pytest.mark.parametrize("size", [(390, 844), (1280, 800), (1600, 900)])
def test_no_date_is_cut_however_many_letters_it_has(
    open_map: OpenMap, page: Page, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    spans = [("2016-01-29", "2016-03-29"), ("2017-01-01", "2018-12-30"), ("2018-05-03", "")]
    rows = [
        row(number, start, CLASH, "Idlib", locate_at(IDLIB)) | {"date_end": end or start}
        for number, (start, end) in enumerate(spans)
    ]
    open_map(make_table(rows))
    page.get_by_role("button", name="List", exact=True).click()
    cells = page.locator(".im-grid-view .im-cell-date:visible")
    expect(cells).to_have_text(["2016-01-29–03-29", "2017-01-01–2018-12-30", "2018-05-03"])
    # The text is as wide as its range of letters; a cell that cuts it is narrower.
    cut = cells.evaluate_all("cells => cells.map((cell) => cell.scrollWidth > cell.clientWidth)")
    assert cut == [False, False, False]
