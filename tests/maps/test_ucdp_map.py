"""Layers, time, views and marks of a page of 16,566 events, against what pandas counts."""

import math
import re
from pathlib import Path

import pandas as pd
import pytest
from geopandas import GeoDataFrame
from map_reading import click_at, drawn, go_to, summary
from playwright.sync_api import Locator, Page, expect
from ucdp_page import LEVELS, entries, open_group, shown, tick_only, within

from geo.areas import area_geometry, load_areas

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

# What one file may weigh so that it can be sent by mail and by messenger.
_MOST_BYTES = 1_500_000
# A circle counts in the area about its middle unless its radius is larger than 1.25 times half the
# diagonal of the area's box (docs/decisions.md).
_SLACK = 1.25
_KM_A_DEGREE = 111.195
# Every range of days that is shown from now on.
_NOTE_RANGES = """() => {
  const shown = document.querySelector('.im-range');
  window.ranges = [];
  new MutationObserver(() => {
    if (window.ranges.at(-1) !== shown.textContent) window.ranges.push(shown.textContent);
  }).observe(shown, { childList: true, characterData: true, subtree: true });
}"""


def choose_view(page: Page, name: str) -> Locator:
    """Chooses a way of drawing; gives its legend."""
    page.get_by_role("radio", name=name).check(force=True)
    legend = page.get_by_role("region", name="Legend")
    expect(legend).to_be_visible()
    return legend


def listed(page: Page) -> dict[str, float]:
    """The list of a legend: names, and numbers."""
    found = {}
    for text in page.locator(".im-scale-list button").all_text_contents():
        name, number = re.fullmatch(r"(.*) ([\d.,]+)", " ".join(text.split())).groups()  # type: ignore[union-attr]
        found[name] = float(number.replace(",", ""))
    return found


def areas_of(table: GeoDataFrame) -> "pd.Series[str]":
    """The first-level area that each event is counted in, found anew; '' for none."""
    held = pd.Series("", index=table.index)
    for area in load_areas():
        if area.level != 1 or area.country not in {"SY", "TR", "IQ", "JO", "IL", "LB"}:
            continue
        shape = area_geometry(area.area_id)
        west, south, east, north = shape.bounds
        wide = (east - west) * math.cos(math.radians((south + north) / 2))
        reach_km = math.hypot(wide, north - south) * _KM_A_DEGREE / 2
        inside = table.geometry.intersects(shape) & (table["precision"] != "country")
        is_point = table["precision"] == "settlement"
        held[inside & (is_point | (table["radius_km"] <= _SLACK * reach_km))] = area.name
    return held


def test_the_file_is_small_enough_to_send(ucdp_file: Path) -> None:
    assert 500_000 < ucdp_file.stat().st_size <= _MOST_BYTES


def test_levels_are_counted_and_filtered(opened: Page, ucdp_table: GeoDataFrame) -> None:
    page, counts = opened, ucdp_table["precision"].value_counts()
    levels = page.locator(".im-group-precision")
    expect(page.locator(".im-summary")).to_have_text(shown(len(ucdp_table)))
    assert entries(levels) == [(text, counts[level]) for level, text in LEVELS.items()]
    assert entries(page.locator(".im-group-type")) == [("Unknown type", len(ucdp_table))]
    levels.get_by_role("checkbox", name="subdistrict").uncheck()
    assert summary(page) == shown(len(ucdp_table) - counts["subdistrict"])
    expect(page.locator(".im-clear")).to_contain_text(
        f"{len(ucdp_table) - counts['subdistrict']:,} of"
    )
    tick_only(levels, "district")
    assert summary(page) == shown(counts["district"])
    assert entries(page.locator(".im-group-type")) == [("Unknown type", counts["district"])]
    tick_only(levels, "district")
    assert summary(page) == shown(len(ucdp_table))
    page.get_by_role("button", name="Show none: Precision").click()
    assert summary(page) == shown(0)
    assert drawn(page) == []
    levels.get_by_role("checkbox", name="country only").check()
    levels.get_by_role("checkbox", name="province").check()
    assert summary(page) == shown(counts["country"] + counts["region"])
    page.get_by_role("button", name="Show all: Precision").click()
    assert summary(page) == shown(len(ucdp_table))
    page.get_by_role("checkbox", name="Unknown type").uncheck()
    assert summary(page) == shown(0)
    page.get_by_role("button", name="Clear all filters").click()
    assert summary(page) == shown(len(ucdp_table))
    expect(page.locator(".im-clear")).to_be_hidden()


def test_actors_are_found_and_ticked(opened: Page, ucdp_table: GeoDataFrame) -> None:
    page, group = opened, open_group(opened, "actors")
    one, other = ucdp_table["actor1"], ucdp_table["actor2"]
    counts = {name: int(((one == name) | (other == name)).sum()) for name in {*one, *other} - {""}}
    most = sorted(counts.values(), reverse=True)
    expect(group.locator(".im-ticked")).to_have_text(f"all {len(counts)}")
    first = entries(group)
    assert [count for _, count in first] == most[:8]
    assert all(counts[name] == count for name, count in first)
    group.get_by_role("button", name=f"{len(counts) - 8} more").click()
    assert [count for _, count in entries(group)] == most[:58]
    find = group.get_by_label("Find in Actor")
    find.fill("hawar kilis")
    wanted = {name: count for name, count in counts.items() if "hawar kilis" in name.lower()}
    assert dict(entries(group)) == dict(sorted(wanted.items(), key=lambda item: -item[1])[:8])
    tick_only(group, "Hawar Kilis Operations Room")
    assert summary(page) == shown(counts["Hawar Kilis Operations Room"])
    find.fill("government of turkey")
    group.get_by_role("checkbox", name=re.compile(r"^Government of Turkey [\d,]+$")).check()
    both = {"Hawar Kilis Operations Room", "Government of Turkey"}
    assert summary(page) == shown(int((one.isin(both) | other.isin(both)).sum()))
    expect(group.locator(".im-ticked")).to_have_text(f"2 of {len(counts)}")
    find.fill("nobody of that name")
    expect(group).to_contain_text("Nothing found")
    find.press("Escape")
    expect(find).to_have_value("")
    assert [name for name, _ in entries(group)][:2] == sorted(both, key=lambda n: -counts[n])
    page.get_by_role("button", name="Show all: Actor").click()
    assert summary(page) == shown(len(ucdp_table))


def test_sources_are_found_and_left_out(opened: Page, ucdp_table: GeoDataFrame) -> None:
    page, group, counts = opened, open_group(opened, "source"), ucdp_table["source"].value_counts()
    given = counts[counts.index != ""]
    assert entries(group) == [(name, given[name]) for name in given.index[:8]]
    group.get_by_label("Find in Source").fill("waha")
    waha = given[given.index.str.contains("waha", case=False)]
    found = entries(group)
    assert [count for _, count in found] == list(waha)[:8]
    group.get_by_role("checkbox", name=re.compile(r"^Waha Report [\d,]+$")).uncheck()
    assert summary(page) == shown(len(ucdp_table) - given["Waha Report"])
    page.get_by_role("button", name="Show none: Source").click()
    assert summary(page) == shown(0)
    group.locator(".im-toggle").click()
    expect(group.get_by_label("Find in Source")).to_be_hidden()
    expect(group.locator(".im-ticked")).to_have_text(f"none of {len(counts)}")
    page.get_by_role("button", name="Clear all filters").click()
    assert summary(page) == shown(len(ucdp_table))


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


def test_areas_have_the_numbers_that_their_outlines_hold(
    opened: Page, ucdp_table: GeoDataFrame
) -> None:
    page, areas = opened, areas_of(ucdp_table)
    legend = choose_view(page, "Areas")
    counts = areas[areas != ""].value_counts()
    assert listed(page) == dict(counts)
    assert listed(page)["Aleppo"] == counts["Aleppo"] > 3_000
    missing = int((areas == "").sum())
    assert missing == 399  # as docs/decisions.md has it
    countries = int((ucdp_table["precision"] == "country").sum())
    expect(legend).to_contain_text(f"Not in any area: {missing} of the 16,566 incidents")
    expect(legend).to_contain_text(f"{countries} known to a country only")
    expect(legend).to_contain_text(f"{missing - countries} that may lie in any of several areas")
    show = page.get_by_label("Show", exact=True)
    show.select_option(label="Deaths reported")
    deaths = ucdp_table["fatalities_best"].groupby(areas).sum().drop("")
    expect(legend).to_contain_text("Deaths reported by area")
    assert listed(page) == dict(deaths)
    show.select_option(label="Incidents per month")
    expect(legend).to_contain_text("Incidents per month by area")
    months = ((ucdp_table["date_end"].max() - ucdp_table["date_start"].min()).days + 1) / (
        365.25 / 12
    )
    assert listed(page)["Aleppo"] == pytest.approx(counts["Aleppo"] / months, abs=0.06)
    show.select_option(label="Incidents")
    page.get_by_label("Areas", exact=True).nth(1).select_option(label="Countries")
    expect(legend).not_to_contain_text("Aleppo")
    abroad = {"Anbar", "Northern District", "Mafraq", "Hatay", "Kilis", "Sanliurfa"}
    assert listed(page)["Syria"] == len(ucdp_table) - areas.isin(abroad).sum()


def test_areas_follow_a_filter_and_open_their_events(
    opened: Page, ucdp_table: GeoDataFrame
) -> None:
    page = opened
    choose_view(page, "Areas")
    tick_only(page.locator(".im-group-precision"), "town or village")
    areas = areas_of(ucdp_table)[ucdp_table["precision"] == "settlement"]
    counts = areas[areas != ""].value_counts()
    expect(page.locator(".im-scale-list")).to_contain_text(f"{counts['Aleppo']:,}")
    assert listed(page) == dict(counts)
    page.get_by_text("List of areas").click()
    page.locator(".im-scale-list button", has_text="Tartus").click()
    expect(page.locator(".im-pages h2")).to_have_text(f"{counts['Tartus']} incidents here")
    deaths = ucdp_table["fatalities_best"][areas.index[areas == "Tartus"]].sum()
    expect(page.locator(".im-pages")).to_contain_text(f"Deaths reported: {deaths:,}")


def test_density_leaves_out_what_is_known_to_an_area(
    opened: Page, ucdp_table: GeoDataFrame
) -> None:
    page, legend = opened, choose_view(opened, "Density")
    areas = int((ucdp_table["precision"] != "settlement").sum())
    expect(legend).to_contain_text(f"{areas:,} incidents known only to an area are not in this")
    tick_only(page.locator(".im-group-precision"), "subdistrict")
    some = int((ucdp_table["precision"] == "subdistrict").sum())
    expect(legend).to_contain_text(f"{some:,} incidents known only to an area are not in this")
    assert page.locator(".im-ramp-marks").last.inner_text() == ""


def test_bubbles_sum_the_deaths(opened: Page, ucdp_table: GeoDataFrame) -> None:
    page, legend = opened, choose_view(opened, "Bubbles")
    deaths = int(ucdp_table["fatalities_best"].sum())
    expect(legend).to_contain_text(f"{deaths:,} deaths reported in 16,566 incidents")
    x, y = ucdp_table.geometry.x.round(5), ucdp_table.geometry.y.round(5)
    # A place is a position; what is known there to an area or a country only is one more each.
    kind = ucdp_table["precision"].replace(["district", "region"], "subdistrict")
    places = ucdp_table["fatalities_best"].groupby([x, y, kind]).sum()
    most = sorted(places[places > 0], reverse=True)
    found = page.locator(".im-scale-list .im-count").all_text_contents()
    assert len(found) >= 20
    assert [int(text.replace(",", "")) for text in found] == most[: len(found)]
    tick_only(page.locator(".im-group-precision"), "country only")
    some = ucdp_table["precision"] == "country"
    toll = int(ucdp_table["fatalities_best"][some].sum())
    expect(legend).to_contain_text(f"{toll:,} deaths reported in {some.sum()} incidents")
    choose = page.get_by_role("radio", name="Marks")
    choose.check(force=True)
    expect(legend).to_be_hidden()


def test_buttons_zoom_and_a_cluster_comes_apart(opened: Page) -> None:
    page, zoom = opened, "map_incidents.getZoom()"
    first = page.evaluate(zoom)
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function(f"before => {zoom} > before", arg=first)
    page.wait_for_timeout(400)
    page.get_by_role("button", name="Zoom out").click()
    page.wait_for_function(f"before => Math.abs({zoom} - before) < 0.01", arg=first)
    page.wait_for_timeout(400)
    assert sum(mark["count"] for mark in drawn(page)) > 15_000
    marks = page.evaluate(
        "() => { const { marks } = map_incidents.incidentApp; return marks.groups().marks"
        ".map(g => [...marks.toWindow(g), g.size]); }"
    )
    clear = [(x, y) for x, y, size in marks if size > 1 and 350 < x < 950 and 30 < y < 600]
    page.mouse.click(*clear[0])
    page.wait_for_function(f"before => {zoom} > before", arg=first)
    expect(page.locator(".im-popup")).to_have_count(0)


def test_a_mark_opens_its_events_page_by_page(opened: Page, ucdp_table: GeoDataFrame) -> None:
    page = opened
    group = _lonely_three(ucdp_table)
    lat, lon = group.geometry.y.iloc[0], group.geometry.x.iloc[0]
    go_to(page, lat, lon, 14)
    click_at(page, lat, lon)
    pages = page.locator(".im-pages")
    expect(pages.locator("h2")).to_have_text("3 incidents here")
    expect(pages).to_contain_text(f"Deaths reported: {group['fatalities_best'].sum()}")
    expect(pages.locator(".im-row")).to_have_count(3)
    pages.get_by_role("button", name="sort the other way").click()
    days = pages.locator(".im-row-date").all_inner_texts()
    assert days[0][:10] == f"{group['date_start'].max():%Y-%m-%d}"
    pages.get_by_role("button", name="sort the other way").click()
    pages.locator(".im-row").first.click()
    # Those of one day stand in the ucdp_table's order.
    rows = group.sort_values("date_start", kind="stable")
    for number, evidence in enumerate(rows["evidence"], 1):
        expect(pages.locator(".im-pager")).to_contain_text(f"{number} of 3")
        expect(pages.locator("blockquote")).to_have_text(evidence)
        expect(pages).to_contain_text(rows["place_text"].iloc[number - 1])
        pages.get_by_role("button", name="Next incident").click()
    expect(pages.locator(".im-pager")).to_contain_text("1 of 3")
    pages.get_by_role("button", name="Previous incident").click()
    expect(pages.locator(".im-pager")).to_contain_text("3 of 3")
    page.keyboard.press("ArrowLeft")
    expect(pages.locator(".im-pager")).to_contain_text("2 of 3")
    pages.get_by_role("button", name="List").click()
    expect(pages.locator(".im-row")).to_have_count(3)
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.locator(".im-popup")).to_have_count(0)


def _lonely_three(table: GeoDataFrame) -> GeoDataFrame:
    """Three events with evidence at one point, with no other place within 5 km of it."""
    x, y = table.geometry.x, table.geometry.y
    for _, group in table.groupby([x, y]):
        point = group.geometry.iloc[0]
        alone = ((x - point.x).abs().lt(0.05) & (y - point.y).abs().lt(0.05)).sum() == 3
        whole = (group["precision"] == "settlement").all() and (group["evidence"] != "").all()
        if len(group) == 3 and alone and whole and group["date_start"].is_unique:
            return GeoDataFrame(group)
    raise AssertionError("no such place")
