"""An open popup, its address and the map go together, whatever comes late or is filtered."""

from typing import Any

import pytest
from map_reading import OpenMap
from map_samples import CLASH, IDLIB, PROTEST, RAQQA, make_sample, row, town
from playwright.sync_api import Page, expect

from geo.regions import locate_at
from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

KEPT_ID = "map_incidents.incidentApp.kept.parts().find(p => p.key === 'id')"
# Texts are read when they are let through, one row after the other.
HOLD = """() => {
  const { details } = map_incidents.incidentApp;
  const { read } = details;
  window.held = new Map();
  details.read = async (row) => {
    await new Promise((free) => window.held.set(row, [...(window.held.get(row) ?? []), free]));
    return read(row);
  };
}"""
LET = "row => { for (const free of window.held.get(row) ?? []) free(); window.held.delete(row); }"


def open_row(page: Page, *rows: int) -> None:
    page.evaluate("rows => map_incidents.incidentApp.open(rows, [35, 38])", list(rows))


def kept_id(page: Page) -> str:
    page.wait_for_timeout(50)
    found: str = page.evaluate(f"{KEPT_ID}.get()")
    return found


def test_a_text_that_comes_late_does_not_take_the_address(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.evaluate(HOLD)
    open_row(page, 0)
    open_row(page, 13)
    page.evaluate(LET, 13)
    expect(page.locator(".im-card")).to_contain_text("Ain Issa")
    page.wait_for_function("() => window.held.has(13)")  # asked for once more, for its id
    page.evaluate(LET, 13)
    assert kept_id(page) == "sample-13"
    page.evaluate(LET, 0)
    page.wait_for_timeout(100)
    page.evaluate(LET, 0)
    assert kept_id(page) == "sample-13"
    expect(page.locator(".im-card")).to_contain_text("Ain Issa")


def test_what_was_closed_before_its_text_came_is_not_in_the_address(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.evaluate(HOLD)
    open_row(page, 13)
    page.evaluate("map_incidents.closePopup()")
    page.evaluate(LET, 13)
    page.wait_for_timeout(100)
    page.evaluate(LET, 13)
    assert kept_id(page) == ""


def test_an_id_that_leads_nowhere_is_not_handed_on(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.evaluate(f"{KEPT_ID}.set('zzz')")
    expect(page.locator(".im-notice")).to_have_text("This file holds no incident “zzz”.")
    assert kept_id(page) == ""


def open_pile(open_map: OpenMap) -> Page:
    """A popup of three clashes and two protests at Idlib."""
    kinds: list[Any] = [CLASH, CLASH, PROTEST, CLASH, PROTEST]
    at = locate_at(IDLIB)
    page = open_map(
        make_table(row(n, f"2020-01-{n + 1:02}", kind, "Idlib", at) for n, kind in enumerate(kinds))
    )
    open_row(page, 0, 1, 2, 3, 4)
    expect(page.locator(".im-pages h2")).to_have_text("5 incidents here")
    return page


def test_an_open_pile_follows_the_filters(open_map: OpenMap) -> None:
    page = open_pile(open_map)
    heading, rows = page.locator(".im-pages h2"), page.locator(".im-row")
    page.locator(".im-turn").click()
    centre = page.evaluate("map_incidents.getCenter()")
    page.get_by_label("Protests").uncheck()
    expect(heading).to_have_text("3 incidents here")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("2020-01-04")
    hidden = page.locator(".im-filtered")
    expect(hidden).to_have_text("2 more incidents here are hidden by the filters.")
    page.get_by_label("Battles").uncheck()
    expect(heading).to_have_text("0 incidents here")
    expect(hidden).to_have_text("5 more incidents here are hidden by the filters.")
    page.get_by_label("Battles").check()
    page.get_by_label("Protests").check()
    expect(heading).to_have_text("5 incidents here")
    expect(hidden).to_have_text("")
    expect(rows.first).to_contain_text("2020-01-05")
    assert page.evaluate("map_incidents.getCenter()") == centre


def test_an_open_card_says_that_the_filters_hide_it(open_map: OpenMap) -> None:
    page = open_pile(open_map)
    page.locator(".im-row").nth(2).click()
    pager, hidden = page.locator(".im-pager"), page.locator(".im-filtered")
    expect(pager).to_contain_text("3 of 5")
    page.get_by_label("Protests").uncheck()
    expect(hidden).to_have_text("The filters hide this incident: it is not on the map now.")
    expect(page.locator(".im-card h2")).to_contain_text("Protests")
    expect(pager).to_contain_text("3 of 4")
    page.get_by_role("button", name="Next incident").click()
    expect(pager).to_contain_text("4 of 4")
    expect(hidden).to_have_text("")
    page.get_by_role("button", name="List", exact=True).last.click()
    expect(page.locator(".im-row")).to_have_count(3)


@pytest.mark.parametrize("near", [170, -170])
def test_incidents_on_both_sides_of_the_antimeridian_are_gone_to_the_short_way(
    open_map: OpenMap, near: int
) -> None:
    at = [locate_at(town(lon, -17)) for lon in (179.9, -179.9)]
    rows = [row(n, "2020-01-01", CLASH, f"Isle {n}", place) for n, place in enumerate(at)]
    page = open_map(make_table([*rows, row(2, "2020-01-02", CLASH, "Raqqa", locate_at(RAQQA))]))
    page.evaluate("lon => map_incidents.setView([0, lon], 4, {animate: false})", near)
    page.evaluate("map_incidents.incidentApp.goTo([0, 1])")
    page.wait_for_function("() => map_incidents.getZoom() > 8")
    west, east = page.evaluate(
        "[map_incidents.getBounds().getWest(), map_incidents.getBounds().getEast()]"
    )
    edge = 180 if near > 0 else -180
    assert west < edge - 0.1 < edge + 0.1 < east < west + 10
