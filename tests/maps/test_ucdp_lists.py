"""List, search, exports and all the rest of a page of 16,566 events, against the same table."""

import csv
import json
import re
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from geopandas import GeoDataFrame
from map_reading import go_to, summary
from playwright.sync_api import Download, Locator, Page, expect
from ucdp_page import LEVELS, TITLE, open_panel, shown, tick_only, within

if TYPE_CHECKING:
    from conftest import PageLog

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

# Of what a row holds the search leaves these out: no source has written them.
_NOT_SEARCHED = {"precision", "match_method", "date_precision", "place_id", "geometry"}
# All long texts are inflated for a search; on a busy machine that takes its time.
_SEARCH_MS = 30_000
_VIEW = (
    "[map_incidents.getZoom(), map_incidents.getCenter().lat, map_incidents.getCenter().lng]"
    ".map(value => Number(value.toFixed(3)))"
)


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


@pytest.fixture(scope="module")
def texts(ucdp_table: GeoDataFrame) -> "pd.Series[str]":
    """All that is written of each event, in small letters."""
    names = [name for name in ucdp_table.columns if name not in _NOT_SEARCHED]
    columns = ucdp_table[names].select_dtypes(["object", "string"])
    lines = (" ".join(map(str, cells)).lower() for cells in columns.itertuples(index=False))
    return pd.Series(lines, index=ucdp_table.index)


def holding(texts: "pd.Series[str]", query: str) -> "pd.Series[bool]":
    """Rows whose texts hold every word of a query."""
    found = pd.Series(data=True, index=texts.index)
    for word in query.lower().split():
        found &= texts.str.contains(word, regex=False)
    return found


def search(page: Page, query: str) -> Locator:
    """Shows only what a search finds; gives the chip once all is searched."""
    box = page.get_by_role("combobox", name="Search places")
    box.fill(query)
    box.press("Enter")
    expect(page.get_by_role("button", name="Stop searching")).to_be_hidden(timeout=_SEARCH_MS)
    return page.get_by_role("group", name="Search filter")


def export(page: Page, kind: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=kind).click()
    return keep(download.value, folder)


def keep(download: Download, folder: Path) -> Path:
    path = folder / download.suggested_filename
    download.save_as(path)
    return path


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
    named = table["admin1"][table["admin1"] != ""]
    expect(first.locator(".im-cell-place")).to_contain_text(named.min())
    assert sort_by(grid, "Place") == "descending"
    expect(first.locator(".im-cell-place")).to_contain_text(named.max())
    assert sort_by(grid, "How sure") == "ascending"
    expect(first.locator(".im-cell-precision")).to_have_text("town or village")
    assert sort_by(grid, "How sure") == "descending"
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
    opened: Page, texts: "pd.Series[str]", query: str
) -> None:
    found = holding(texts, query)
    assert found.any()
    chip = search(opened, query)
    expect(chip).to_have_text(re.compile(f"‘{query}’ · {found.sum():,} incidents?"))
    assert summary(opened) == shown(found.sum())
    chip.get_by_role("button", name="Clear the search").click()
    expect(chip).to_be_hidden()
    assert summary(opened) == shown(len(texts))


def test_names_and_texts_are_suggested(
    opened: Page, ucdp_table: GeoDataFrame, texts: "pd.Series[str]"
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
    found = table[holding(texts, "chlorine")]
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


def test_a_copied_link_shows_the_same(
    opened: Page, ucdp_table: GeoDataFrame, texts: "pd.Series[str]", page_log: "PageLog"
) -> None:
    page, address = opened, opened.url.split("#", maxsplit=1)[0]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tick_only(page.locator(".im-group-precision"), "town or village")
    page.get_by_role("button", name="Dates").click()
    page.get_by_label("from", exact=True).fill("2017-04-01")
    page.get_by_label("from", exact=True).blur()
    search(page, "idlib")
    page.get_by_role("radio", name="Bubbles").check(force=True)
    page.get_by_role("radio", name="العربية").check()
    page.get_by_role("button", name="Dark").click()
    go_to(page, 35.75, 36.7, 9.5)
    chosen = holding(texts, "idlib") & (ucdp_table["precision"] == "settlement")
    chosen &= within(ucdp_table, "2017-04-01", "2019-12-31")
    assert summary(page) == shown(chosen.sum())
    open_panel(page, "Share")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".im-said", has_text="The link is copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(address + "#")
    view = page.evaluate(_VIEW)
    page = page.context.new_page()
    page.on("console", page_log.note_console)
    page.on("pageerror", lambda error: page_log.page_errors.append(str(error)))
    page.goto(link)
    page.wait_for_selector("[data-drawn]")
    expect(page.locator(".im-summary")).to_have_text(shown(chosen.sum()))
    assert page.evaluate(_VIEW) == pytest.approx(view, abs=0.01)
    expect(page.get_by_role("radio", name="Bubbles")).to_be_checked()
    expect(page.get_by_role("radio", name="العربية")).to_be_checked()
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".im-range")).to_have_text("2017-04-01 to 2019-12-01")
    expect(page.get_by_role("group", name="Search filter")).to_contain_text("‘idlib’")
    expect(page.locator(".im-share")).to_be_visible()


def test_exports_hold_the_rows_shown(
    opened: Page, ucdp_table: GeoDataFrame, texts: "pd.Series[str]", tmp_path: Path
) -> None:
    page = opened
    tick_only(page.locator(".im-group-precision"), "province or region")
    search(page, "hama")
    chosen = ucdp_table[holding(texts, "hama") & (ucdp_table["precision"] == "region")]
    ids = sorted(chosen["incident_id"])
    assert 10 < len(ids) < 1_000
    assert summary(page) == shown(len(ids))
    open_panel(page, "Share")
    expect(page.locator(".im-share")).to_contain_text(f"{len(ids)} incidents with all columns")
    path = export(page, "CSV", tmp_path)
    first, last = chosen["date_start"].min(), chosen["date_end"].max()
    name = f"Syria-2016-to-2019-incidents-{first:%Y-%m-%d}-{last:%Y-%m-%d}"
    assert path.name == f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert sorted(row["incident_id"] for row in rows) == ids
    assert sum(int(row["fatalities_best"]) for row in rows) == chosen["fatalities_best"].sum()
    features = json.loads(export(page, "GeoJSON", tmp_path).read_bytes())["features"]
    assert sorted(one["properties"]["incident_id"] for one in features) == ids
    by_id = chosen.set_index("incident_id")
    for one in features:
        own = by_id.loc[one["properties"]["incident_id"]]
        assert one["geometry"]["coordinates"] == pytest.approx(
            [own.geometry.x, own.geometry.y], abs=1e-5
        )
        assert one["properties"]["evidence"] == own["evidence"]


def test_the_picture_is_a_png_of_the_window(opened: Page, tmp_path: Path) -> None:
    open_panel(opened, "Share")
    path = export(opened, "Picture (PNG)", tmp_path)
    data = path.read_bytes()
    assert path.suffix == ".png"
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    # Twice the pixels of the window, the legend beside and the title above it.
    assert 2 * 1280 <= width < 3 * 1280
    assert 2 * 800 <= height < 3 * 800
    assert 150_000 < len(data) < 5_000_000


def test_the_sheet_of_paper_says_what_is_shown(opened: Page, ucdp_table: GeoDataFrame) -> None:
    page, count = opened, (ucdp_table["precision"] == "country").sum()
    tick_only(page.locator(".im-group-precision"), "country only")
    page.emulate_media(media="print")
    head = page.locator(".im-sheet-head")
    expect(head.locator("h1")).to_have_text(TITLE)
    expect(head).to_contain_text(f"{count} of 16,566 incidents")
    expect(head).to_contain_text("Precision: country only")
    items = page.locator(".im-sheet-legend li").all_inner_texts()
    assert items[0].split() == ["Unknown", "type", str(count)]
    expect(page.locator(".im-sheet-foot")).to_contain_text("Natural Earth")
    expect(page.locator(".im-head")).to_be_hidden()
    page.emulate_media(media="screen")
    expect(head).to_have_count(0)
    expect(page.locator(".im-head")).to_be_visible()


def test_the_panel_about_the_file_counts_what_is_in_it(
    opened: Page, ucdp_table: GeoDataFrame
) -> None:
    page, table = opened, ucdp_table
    open_panel(page, "About")
    about = page.locator(".im-about")
    terms = about.locator("dt").all_inner_texts()
    facts = dict(zip(terms, about.locator("dd").all_inner_texts(), strict=True))
    assert facts["Data"] == "UCDP GED (CC BY 4.0)"
    assert facts["Incidents"] == f"{len(table):,} incidents"
    assert facts["First day"] == f"{table['date_start'].min():%Y-%m-%d}"
    assert facts["Last day"] == f"{table['date_end'].max():%Y-%m-%d}"
    counts = table["precision"].value_counts()
    levels = [f"{text}: {counts[level]:,}" for level, text in LEVELS.items()]
    assert facts["Known to"] == "; ".join(levels)
    sources = table["source"].str.split(";").map(lambda names: {name.strip() for name in names})
    named = sources.explode().value_counts()
    rows = about.locator(".im-sources tbody tr").all_inner_texts()
    assert [row.split("\t") for row in rows[:3]] == [
        [name, f"{named[name]:,}"] for name in named.index[:3]
    ]


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
