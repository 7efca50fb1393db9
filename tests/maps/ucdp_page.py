"""What the tests of the page of UCDP's events share: its words, and what pandas counts."""

import pandas as pd
from geopandas import GeoDataFrame
from playwright.sync_api import Locator, Page, expect

TITLE = "Syria, 2016 to 2019"
# All long texts are inflated for a search; on a busy machine that takes its time.
_SEARCH_MS = 30_000
# The page's words for the levels of the table.
LEVELS = {
    "settlement": "town or village",
    "subdistrict": "subdistrict",
    "district": "district",
    "region": "province or region",
    "country": "country only",
}


def shown(count: int) -> str:
    """What the head says when so many of the events are shown."""
    number = "16,566 incidents" if count == 16_566 else f"{count:,} of 16,566 incidents"
    return f"{number}, all located"


def within(table: GeoDataFrame, first: str, last: str) -> "pd.Series[bool]":
    """Events with a day in a range."""
    ends = table["date_end"].fillna(table["date_start"])
    return (table["date_start"] <= last) & (ends >= first)


def entries(group: Locator) -> list[tuple[str, int]]:
    """The entries of a group of layers with their counts, as listed."""
    rows = group.locator(".im-entry label").all()
    labels = [row.locator(".im-label").inner_text() for row in rows]
    counts = [int(row.locator(".im-count").inner_text().replace(",", "")) for row in rows]
    return list(zip(labels, counts, strict=True))


def tick_only(group: Locator, label: str) -> None:
    entry = group.locator(".im-entry", has=group.page.get_by_text(label, exact=True))
    entry.first.hover()
    entry.first.locator(".im-only").click()


def open_group(page: Page, name: str) -> Locator:
    group = page.locator(f".im-group-{name}")
    group.locator(".im-toggle").click()
    return group


def open_panel(page: Page, title: str) -> None:
    page.get_by_role("group", name="Panels").get_by_role("button", name=title).click()


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
