"""What leaves a page of 16,566 events: link, files, picture, paper; and what it says of itself."""

import csv
import json
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from geopandas import GeoDataFrame
from map_reading import VIEW, go_to, summary
from playwright.sync_api import Download, Page, expect
from ucdp_page import LEVELS, TITLE, holding, open_panel, search, shown, tick_only, within

if TYPE_CHECKING:
    import pandas as pd
    from conftest import PageLog

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]


def export(page: Page, kind: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=kind).click()
    return keep(download.value, folder)


def keep(download: Download, folder: Path) -> Path:
    path = folder / download.suggested_filename
    download.save_as(path)
    return path


def test_a_copied_link_shows_the_same(
    opened: Page, ucdp_table: GeoDataFrame, ucdp_texts: "pd.Series[str]", page_log: "PageLog"
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
    chosen = holding(ucdp_texts, "idlib") & (ucdp_table["precision"] == "settlement")
    chosen &= within(ucdp_table, "2017-04-01", "2019-12-31")
    assert summary(page) == shown(chosen.sum())
    open_panel(page, "Share")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".im-said", has_text="The link is copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(address + "#")
    view = page.evaluate(VIEW)
    page = page.context.new_page()
    page.on("console", page_log.note_console)
    page.on("pageerror", lambda error: page_log.page_errors.append(str(error)))
    page.goto(link)
    page.wait_for_selector("[data-drawn]")
    expect(page.locator(".im-summary")).to_have_text(shown(chosen.sum()))
    assert page.evaluate(VIEW) == pytest.approx(view, abs=0.01)
    expect(page.get_by_role("radio", name="Bubbles")).to_be_checked()
    expect(page.get_by_role("radio", name="العربية")).to_be_checked()
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".im-range")).to_have_text("2017-04-01 to 2019-12-01")
    expect(page.get_by_role("group", name="Search filter")).to_contain_text("‘idlib’")
    expect(page.locator(".im-share")).to_be_visible()


def test_exports_hold_the_rows_shown(
    opened: Page, ucdp_table: GeoDataFrame, ucdp_texts: "pd.Series[str]", tmp_path: Path
) -> None:
    page = opened
    tick_only(page.locator(".im-group-precision"), "province or region")
    search(page, "hama")
    chosen = ucdp_table[holding(ucdp_texts, "hama") & (ucdp_table["precision"] == "region")]
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
    types = ucdp_table["event_type"][ucdp_table["precision"] == "country"].value_counts()
    listed = {" ".join(name): int(number) for *name, number in map(str.split, items[: len(types)])}
    assert listed == dict(types)
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
    assert facts["Precision"] == "; ".join(levels)
    sources = table["source"].str.split(";").map(lambda names: {name.strip() for name in names})
    named = sources.explode().value_counts()
    rows = about.locator(".im-sources tbody tr").all_inner_texts()
    assert [row.split("\t") for row in rows[:3]] == [
        [name, f"{named[name]:,}"] for name in named.index[:3]
    ]
