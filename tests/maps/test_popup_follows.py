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
