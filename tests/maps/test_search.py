"""Search in the page: by keyboard, as a filter with a chip, in two scripts."""

import pytest
from map_reading import OpenMap, summary
from map_samples import CLASH, IDLIB, make_hostile, make_many, make_sample, row
from playwright.sync_api import Page, expect

from geo.regions import locate_at
from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

KEPT_Q = "map_incidents.incidentApp.kept.parts().find(p => p.key === 'q')"


def type_query(page: Page, text: str) -> None:
    """Types into the search field, reached by the keyboard."""
    for _ in range(30):
        if page.evaluate("document.activeElement.type === 'search'"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def test_what_is_found_becomes_a_filter_by_keyboard_alone(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    type_query(page, "idlib russia")
    page.keyboard.press("Enter")
    chip = page.get_by_role("group", name="Search filter")
    expect(chip).to_contain_text("Search: ‘idlib russia’ · 1 incident")
    expect(chip.get_by_text("Stop")).to_be_hidden()
    assert summary(page) == "1 of 24 incident" + "s, all located"
    assert page.evaluate(f"{KEPT_Q}.get()") == "idlib russia"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == "Clear the search"
    page.keyboard.press("Enter")
    expect(chip).to_be_hidden()
    assert summary(page) == "24 incidents, 4 without a location"
    expect(page.get_by_role("combobox")).to_be_focused()
    expect(page.get_by_role("combobox")).to_have_value("")


def test_show_only_these_is_the_last_option(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    type_query(page, "mil")
    expect(page.get_by_role("option").last).to_contain_text("Show only these incidents")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Show only these")
    page.keyboard.press("Enter")
    # The old mill, two by military forces, one of them with militants in its claims.
    expect(page.locator(".im-chip")).to_contain_text("· 3 incidents")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_areas_types_and_sources_are_found_too(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    for query, kind in (
        ("hasak", "Area · 2 incidents"),
        ("protest", "Event type · 2 incidents"),
        ("local mon", "Source · 24 incidents"),
        ("syria", "Country · 24 incidents"),
        ("tahrir", "Actor · 1 incident"),
    ):
        type_query(page, query)
        expect(page.get_by_role("option").filter(has_text=kind).first).to_be_visible()


def test_the_filter_of_a_link_is_applied_and_taken_away(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.evaluate(f"{KEPT_Q}.set('residents of tanf')")
    expect(page.locator(".im-chip")).to_contain_text("‘residents of tanf’ · 1 incident")
    page.evaluate(f"{KEPT_Q}.set('')")
    expect(page.locator(".im-chip")).to_be_hidden()
    assert summary(page) == "24 incidents, 4 without a location"


@pytest.mark.parametrize("query", ["إِدْلِب", "ادلب", "إدلــب", "المدرسه"])
def test_arabic_is_found_without_signs_and_variants(open_map: OpenMap, query: str) -> None:
    rows = [
        row(1, "2020-01-01", CLASH, "إدلب", locate_at(IDLIB), evidence="قصف على المدرسة في إدلب"),
        row(2, "2020-01-02", CLASH, "حلب", locate_at(IDLIB), evidence="لا شيء"),
    ]
    page = open_map(make_table(rows))
    page.get_by_role("combobox").fill(query)
    page.keyboard.press("Enter")
    expect(page.locator(".im-chip")).to_contain_text("· 1 incident")
    assert summary(page).startswith("1 of 2")


def test_the_search_of_many_texts_can_be_stopped_and_keeps_what_it_found(
    open_map: OpenMap,
) -> None:
    page = open_map(make_many(20_000))
    # Blocks that take their time, as those of a million incidents do together.
    page.evaluate(
        """() => { const { details } = map_incidents.incidentApp;
          const read = details.readBlock;
          details.readBlock = async (from) => {
            await new Promise((done) => setTimeout(done, 60));
            return read(from); }; }"""
    )
    type_query(page, "people hurt 12")
    page.keyboard.press("Enter")
    chip = page.locator(".im-chip")
    expect(chip).to_contain_text("searched 1")
    page.get_by_role("button", name="Stop searching").click()
    expect(page.get_by_role("button", name="Stop searching")).to_be_hidden()
    expect(chip).to_contain_text("searched")
    shown = int(summary(page).split(" of ")[0].replace(",", ""))
    assert 0 < shown < 1_500
    page.get_by_role("button", name="Clear the search").click()
    assert summary(page) == "20,000 incidents, all located"


def test_hostile_queries_stay_text(open_map: OpenMap) -> None:
    page = open_map(make_hostile())
    page.get_by_role("combobox").fill("<img src=x onerror=window.pwned=1>")
    page.keyboard.press("Enter")
    chip = page.locator(".im-chip")
    expect(chip).to_contain_text("‘<img src=x onerror=window.pwned=1>’ · 1 incident")
    assert page.locator(".im-head img").count() == 0
    assert page.evaluate("window.pwned") is None


def test_what_the_filters_hide_is_told_from_what_they_show(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.get_by_label("Battles").uncheck()
    page.get_by_role("combobox").fill("local mon")
    expect(page.get_by_role("option").first).to_contain_text("Source · 16 shown of 24 incidents")
    page.get_by_label("Battles").check()
    page.get_by_role("combobox").fill("local moni")
    expect(page.get_by_role("option").first).to_contain_text("Source · 24 incidents")


def test_clearing_all_filters_ends_the_search_too(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.get_by_role("combobox").fill("idlib russia")
    page.keyboard.press("Enter")
    expect(page.locator(".im-chip")).to_contain_text("· 1 incident")
    page.get_by_role("button", name="Clear all filters").click()
    assert summary(page) == "24 incidents, 4 without a location"
    expect(page.locator(".im-chip")).to_be_hidden()
    assert page.evaluate(f"{KEPT_Q}.get()") == ""
