"""List and search of a page of 16,566 events, its theme and language, and a walk by key."""

import re
from typing import TYPE_CHECKING

import pytest
from geopandas import GeoDataFrame
from map_reading import go_to, summary
from playwright.sync_api import Locator, Page, expect
from ucdp_page import holding, open_panel, search, shown, tick_only

if TYPE_CHECKING:
    import pandas as pd

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]


def open_list(page: Page) -> Locator:
    open_panel(page, "List")
    grid = page.get_by_role("grid", name="Incidents")
    expect(first_row(grid)).to_be_visible()
    return grid


def first_row(grid: Locator) -> Locator:
    return grid.locator(".im-grid-view [role=row]:not([hidden])").first


def sort_by(grid: Locator, column: str) -> str | None:
    header = grid.get_by_role("columnheader", name=column)
    header.get_by_role("button").click()
    return header.get_attribute("aria-sort")


def test_the_list_is_sorted_by_every_column(opened: Page, ucdp_table: GeoDataFrame) -> None:
    grid, table = open_list(opened), ucdp_table
    first = first_row(grid)
    assert grid.get_attribute("aria-rowcount") == str(len(table) + 1)
    dates = first.locator(".im-cell-date")
    expect(dates).to_contain_text(f"{table['date_start'].min():%Y-%m-%d}")
    assert sort_by(grid, "Date") == "descending"
    expect(dates).to_contain_text(f"{table['date_start'].max():%Y-%m-%d}")
    assert sort_by(grid, "Deaths") == "descending"
    deaths = first.locator(".im-cell-deaths")
    expect(deaths).to_have_text(f"{table['fatalities_best'].max():,}")
    assert sort_by(grid, "Deaths") == "ascending"
    expect(deaths).to_have_text(f"{table['fatalities_best'].min():,}")
    assert sort_by(grid, "Place") == "ascending"
    collate = "texts => texts.sort(new Intl.Collator(undefined, {numeric: true}).compare)"
    places = opened.evaluate(collate, sorted(set(table["place_text"]) - {""}))
    expect(first.locator(".im-cell-place")).to_contain_text(f"“{places[0]}”")
    assert sort_by(grid, "Place") == "descending"
    expect(first.locator(".im-cell-place")).to_contain_text(f"“{places[-1]}”")
    assert sort_by(grid, "Precision") == "ascending"
    expect(first.locator(".im-cell-precision")).to_have_text("town or village")
    assert sort_by(grid, "Precision") == "descending"
    expect(first.locator(".im-cell-precision")).to_have_text("country only")
    assert sort_by(grid, "Source") == "ascending"
    sources = sorted(set(table["source"]) - {""}, key=str.casefold)
    expect(first.locator(".im-cell-source")).to_have_text(sources[0])
    assert sort_by(grid, "Source") == "descending"
    expect(first.locator(".im-cell-source")).to_have_text(sources[-1])
    assert sort_by(grid, "Type") == "ascending"
    # All are of one type, so that the order is that of the days.
    expect(dates).to_contain_text(f"{table['date_start'].min():%Y-%m-%d}")


def test_the_list_holds_only_what_the_map_shows(opened: Page, ucdp_table: GeoDataFrame) -> None:
    page, table = opened, ucdp_table
    grid, said = open_list(page), page.locator(".im-list-said")
    expect(said).to_have_text("16,566 incidents")
    tick_only(page.locator(".im-group-precision"), "town or village")
    towns = table[table["precision"] == "settlement"]
    expect(said).to_have_text(f"{len(towns):,} incidents")
    page.get_by_label("Only what the map shows").check()
    go_to(page, 35.93, 36.63, 10)
    west, south, east, north = map(
        float, page.evaluate("map_incidents.getBounds().toBBoxString()").split(",")
    )
    seen = towns.cx[west:east, south:north]
    assert 100 < len(seen) < 5_000
    expect(said).to_have_text(f"{len(seen):,} incidents in view")
    assert grid.get_attribute("aria-rowcount") == str(len(seen) + 1)
    page.get_by_label("Only what the map shows").uncheck()
    expect(said).to_have_text(f"{len(towns):,} incidents")


def test_an_event_is_opened_from_the_list_by_key(opened: Page, ucdp_table: GeoDataFrame) -> None:
    page, grid = opened, open_list(opened)
    sort_by(grid, "Deaths")
    worst = ucdp_table.sort_values("fatalities_best", ascending=False, kind="stable").iloc[1]
    grid.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog").locator(".im-card")
    low, best, high = (f"{worst[f'fatalities_{name}']:,}" for name in ("low", "best", "high"))
    said = f"{low} to {high}, most likely {best} killed"
    expect(card).to_contain_text(said, timeout=10_000)
    expect(card.locator("blockquote")).to_have_text(worst["evidence"])
    expect(card).to_contain_text(worst["actor1"])
    page.keyboard.press("Escape")
    expect(grid).to_be_focused()


@pytest.mark.parametrize("query", ["mosque", "barrel bombs", "waha report", "as shaykh miskin"])
def test_a_search_finds_what_pandas_finds(
    opened: Page, ucdp_texts: "pd.Series[str]", query: str
) -> None:
    found = holding(ucdp_texts, query)
    assert found.any()
    chip = search(opened, query)
    expect(chip).to_have_text(re.compile(f"‘{query}’ · {found.sum():,} incidents?"))
    assert summary(opened) == shown(found.sum())
    chip.get_by_role("button", name="Clear the search").click()
    expect(chip).to_be_hidden()
    assert summary(opened) == shown(len(ucdp_texts))


def test_names_and_texts_are_suggested(
    opened: Page, ucdp_table: GeoDataFrame, ucdp_texts: "pd.Series[str]"
) -> None:
    page, table = opened, ucdp_table
    box, options = page.get_by_role("combobox", name="Search places"), page.get_by_role("option")
    box.fill("aleppo gov")
    count = (table["admin1"] == "Aleppo Governorate").sum()
    expect(options.first).to_have_text(f"Aleppo GovernorateArea · {count:,} incidents")
    box.fill("hawar kilis")
    name = "Hawar Kilis Operations Room"
    count = ((table["actor1"] == name) | (table["actor2"] == name)).sum()
    expect(options.filter(has_text=re.compile(f"^{name}Actor"))).to_contain_text(f"{count:,} inc")
    box.fill("chlorine")
    text = options.filter(has_text=re.compile("Text · "))
    found = table[holding(ucdp_texts, "chlorine")]
    expect(text).to_have_count(len(found))
    expect(text.first).to_contain_text(f"{found['date_start'].min():%Y-%m-%d}")
    text.first.click()
    card = page.get_by_role("dialog").locator(".im-card")
    expect(card.locator("blockquote")).to_have_text(found["evidence"].iloc[0], timeout=10_000)
    box.fill("no such word anywhere")
    expect(page.get_by_role("listbox")).to_contain_text("Nothing found")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert summary(page) == shown(len(table))


def test_nothing_is_without_a_location(opened: Page) -> None:
    open_panel(opened, "Not located (0)")
    panel = opened.locator(".im-unlocated")
    expect(panel).to_contain_text("Every incident shown has a location.")
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()


def test_theme_and_language_change_the_map(opened: Page) -> None:
    page, canvas = opened, opened.locator("#map_incidents")
    light = canvas.screenshot()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator(".im-page")).to_have_attribute("data-theme", "dark")
    page.wait_for_timeout(200)
    dark = canvas.screenshot()
    assert dark != light
    page.get_by_role("radio", name="العربية").check()
    page.wait_for_timeout(200)
    assert canvas.screenshot() != dark
    page.get_by_role("radio", name="English").check()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator(".im-page")).to_have_attribute("data-theme", "light")


def test_the_map_is_walked_by_key(opened: Page) -> None:
    page, said = opened, opened.locator(".im-heard[aria-live]")
    zoom = page.evaluate("map_incidents.getZoom()")
    page.locator("#map_incidents").focus()
    for number, key in ((1, "n"), (2, "n"), (1, "p")):
        page.keyboard.press(key)
        expect(said).to_have_text(re.compile(rf"^[\d,]+ incidents?.*, mark {number} of \d+$"))
    page.keyboard.press("Escape")
    expect(said).to_have_text("")
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    page.wait_for_function("before => map_incidents.getZoom() > before", arg=zoom)
    page.wait_for_timeout(500)
    nearer = page.evaluate("map_incidents.getZoom()")
    page.keyboard.press("-")
    page.wait_for_function("before => map_incidents.getZoom() < before", arg=nearer)
    page.wait_for_timeout(500)
    before = page.evaluate("map_incidents.getCenter().lng")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("before => map_incidents.getCenter().lng > before", arg=before)
