"""Layers and marks of a page of 16,566 events, against what pandas counts."""

import re
from pathlib import Path

import pytest
from geopandas import GeoDataFrame
from map_reading import click_at, drawn, go_to, summary
from playwright.sync_api import Page, expect
from ucdp_page import LEVELS, entries, open_group, shown, tick_only

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

# What one file may weigh so that it can be sent by mail and by messenger.
_MOST_BYTES = 1_500_000


def test_the_file_is_small_enough_to_send(ucdp_file: Path) -> None:
    assert 500_000 < ucdp_file.stat().st_size <= _MOST_BYTES


def test_levels_are_counted_and_filtered(opened: Page, ucdp_table: GeoDataFrame) -> None:
    page, counts = opened, ucdp_table["precision"].value_counts()
    types = ucdp_table["event_type"]
    levels = page.locator(".im-group-precision")
    expect(page.locator(".im-summary")).to_have_text(shown(len(ucdp_table)))
    assert entries(levels) == [(text, counts[level]) for level, text in LEVELS.items()]
    assert dict(entries(page.locator(".im-group-type"))) == dict(types.value_counts())
    levels.get_by_role("checkbox", name="subdistrict").uncheck()
    assert summary(page) == shown(len(ucdp_table) - counts["subdistrict"])
    expect(page.locator(".im-clear")).to_contain_text(
        f"{len(ucdp_table) - counts['subdistrict']:,} of"
    )
    tick_only(levels, "district")
    assert summary(page) == shown(counts["district"])
    of_district = types[ucdp_table["precision"] == "district"].value_counts()
    assert dict(entries(page.locator(".im-group-type"))) == dict(of_district)
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
    page.get_by_role("button", name="Show none: Event type").click()
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
