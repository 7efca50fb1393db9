"""The time of a page of 16,566 events: sliders, bars, steps, play and dates, against pandas."""

import re

import pandas as pd
import pytest
from geopandas import GeoDataFrame
from map_reading import summary
from playwright.sync_api import Page, expect
from ucdp_page import LEVELS, entries, shown, within

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]
# Every range of days that is shown from now on.
_NOTE_RANGES = """() => {
  const shown = document.querySelector('.im-range');
  window.ranges = [];
  new MutationObserver(() => {
    if (window.ranges.at(-1) !== shown.textContent) window.ranges.push(shown.textContent);
  }).observe(shown, { childList: true, characterData: true, subtree: true });
}"""


def test_the_sliders_of_time_choose_months(opened: Page, ucdp_table: GeoDataFrame) -> None:
    page, days = opened, opened.locator(".im-range")
    expect(days).to_have_text("2016-01-01 to 2019-12-01")
    expect(page.get_by_label("Move the range")).to_be_hidden()
    assert page.locator(".im-undated").count() == 0
    page.get_by_label("First day shown").focus()
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    expect(days).to_have_text("2016-10-01 to 2019-12-01")
    assert summary(page) == shown(within(ucdp_table, "2016-10-01", "2019-12-01").sum())
    page.get_by_label("Last day shown").focus()
    page.keyboard.press("Home")
    page.keyboard.press("End")
    for _ in range(36):
        page.keyboard.press("ArrowLeft")
    page.get_by_label("First day shown").focus()
    expect(days).to_have_text(re.compile("to 2016-12-31"))
    page.get_by_label("Move the range").focus()
    before = days.inner_text()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert not before.endswith("2017-02-28")
    expect(days).to_have_text(re.compile("to 2017-02-28$"))
    first, last = days.inner_text().split(" to ")
    assert last == "2017-02-28"
    expect(page.locator(".im-summary")).to_have_text(shown(within(ucdp_table, first, last).sum()))
    page.get_by_role("button", name="Reset").click()
    assert summary(page) == shown(len(ucdp_table))


def test_a_range_is_drawn_over_the_bars(opened: Page, ucdp_table: GeoDataFrame) -> None:
    page, box = opened, opened.locator(".im-bars").bounding_box()
    assert box
    at = box["y"] + 20
    page.mouse.move(box["x"] + box["width"] * 0.25, at)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.4, at, steps=3)
    page.mouse.up()
    page.wait_for_timeout(100)
    first, last = page.locator(".im-range").inner_text().split(" to ")
    # A quarter and two fifths of four years.
    assert abs((pd.Timestamp(first) - pd.Timestamp("2017-01-01")).days) <= 45
    assert abs((pd.Timestamp(last) - pd.Timestamp("2017-08-01")).days) <= 45
    assert summary(page) == shown(within(ucdp_table, first, last).sum())


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        ("day", "2016-01-01", "2016-01-01"),
        ("week", "2016-01-01", "2016-01-03"),
        ("month", "2016-01-01", "2016-01-31"),
        ("year", "2016-01-01", "2016-12-31"),
    ],
)
def test_time_goes_on_by_steps_of_every_length(
    opened: Page, ucdp_table: GeoDataFrame, unit: str, first: str, last: str
) -> None:
    page, days = opened, opened.locator(".im-range")
    page.get_by_role("radio", name=unit).check(force=True)
    page.get_by_role("button", name=f"One {unit} on").click()
    expect(days).to_have_text(f"{first} to {last}")
    assert summary(page) == shown(within(ucdp_table, first, last).sum())
    page.get_by_role("button", name=f"One {unit} on").click()
    start = pd.Timestamp(last) + pd.Timedelta(days=1)
    expect(days).to_have_text(re.compile(f"^{start:%Y-%m-%d} to "))
    assert summary(page) == shown(within(ucdp_table, *days.inner_text().split(" to ")).sum())
    page.get_by_role("button", name=f"One {unit} back").click()
    expect(days).to_have_text(f"{first} to {last}")


def test_time_plays_and_stops(opened: Page, ucdp_table: GeoDataFrame) -> None:
    page, days = opened, opened.locator(".im-range")
    page.evaluate(_NOTE_RANGES)
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => ranges.length > 2")
    page.get_by_role("button", name="Stop").click()
    # An eighth of 48 months to begin with, then a month on each time.
    assert page.evaluate("ranges.slice(0, 3)") == [
        "2016-01-01 to 2016-06-30",
        "2016-02-01 to 2016-07-31",
        "2016-03-01 to 2016-08-31",
    ]
    stopped = days.inner_text()
    assert summary(page) == shown(within(ucdp_table, *stopped.split(" to ")).sum())
    page.wait_for_timeout(600)
    assert days.inner_text() == stopped
    expect(page.get_by_role("button", name="Play")).to_have_attribute("aria-pressed", "false")


def test_dates_are_typed(opened: Page, ucdp_table: GeoDataFrame) -> None:
    page = opened
    page.get_by_role("button", name="Dates").click()
    page.get_by_label("from", exact=True).fill("2018-02-19")
    page.get_by_label("to", exact=True).fill("2018-03-05")
    page.get_by_label("to", exact=True).blur()
    expect(page.locator(".im-range")).to_have_text("2018-02-19 to 2018-03-05")
    chosen = within(ucdp_table, "2018-02-19", "2018-03-05")
    assert summary(page) == shown(chosen.sum())
    counts = ucdp_table["precision"][chosen].value_counts()
    assert dict(entries(page.locator(".im-group-precision"))) == {
        text: counts.get(level, 0) for level, text in LEVELS.items()
    }
