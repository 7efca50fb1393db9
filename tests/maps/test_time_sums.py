"""What is counted of a range of time: long incidents, short ranges, and what the bars say."""

from typing import Any

import pytest
import shapely
from geopandas import GeoDataFrame
from map_reading import OpenMap
from playwright.sync_api import Page, expect

from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]


def make_long() -> GeoDataFrame:
    """In Idlib: three of a day each with 2 dead, a year with 500, another without a figure."""
    single = {"place_name": "Idlib", "precision": "settlement", "radius_km": 2.0}
    single |= {"geometry": shapely.Point(36.63, 35.93), "event_type": "Battles"}
    records: list[dict[str, Any]] = [
        single | {"date_start": f"2020-02-{day:02}", "fatalities_best": 2} for day in (1, 2, 20)
    ]
    year = {"date_start": "2020-01-01", "date_end": "2020-12-31"}
    records += [single | year | {"fatalities_best": 500}, single | year]
    return make_table(row | {"incident_id": str(i)} for i, row in enumerate(records))


def open_at(open_map: OpenMap, state: str) -> Page:
    """The page with a link's state pasted into its address."""
    page = open_map(make_long())
    page.evaluate("tail => { location.hash = tail }", state)
    page.wait_for_timeout(400)
    return page


def notes(page: Page) -> str:
    return " ".join((page.locator(".im-scale-notes").text_content() or "").split())


def test_bubbles_say_which_deaths_are_of_incidents_beyond_the_range(open_map: OpenMap) -> None:
    page = open_at(open_map, "view=bubbles&from=2020-02-01&to=2020-02-03")
    leave = page.get_by_label("Leave out what reaches beyond the range")
    assert "504 deaths reported in 4 incidents with a location." in notes(page)
    assert "500 of these deaths are of 1 incident that reaches beyond the range" in notes(page)
    leave.check()
    expect(page.locator(".im-scale-notes")).to_contain_text("4 deaths reported in 2 incidents")
    assert "Left out: 2 incidents that reach beyond the range shown, 500 deaths" in notes(page)
    page.wait_for_timeout(600)
    assert "view=bubbles.within" in page.evaluate("location.hash")
    page.evaluate("location.hash = 'view=bubbles'")
    page.wait_for_timeout(300)
    assert "506 deaths reported in 5 incidents" in notes(page)
    assert "beyond" not in notes(page)
    expect(leave).to_be_hidden()


def test_deaths_by_area_say_so_too(open_map: OpenMap) -> None:
    state = "view=areas.country.deaths&from=2020-02-01&to=2020-02-03"
    page = open_at(open_map, state)
    value = page.locator(".im-scale-list .im-count").first
    assert value.text_content() == "504"
    assert "500 of these deaths are of 1 incident that reaches beyond the range" in notes(page)
    page.get_by_label("Leave out what reaches beyond the range").check()
    expect(value).to_have_text("4")
    assert "Left out: 2 incidents that reach beyond the range shown, 500 deaths" in notes(page)
    assert "Every other incident shown is counted in one area." in notes(page)
    page.evaluate("tail => { location.hash = tail }", state.replace(".deaths", ".deaths.within"))
    page.wait_for_timeout(300)
    expect(value).to_have_text("4")


def test_days_short_of_a_month_give_no_rate_a_month(open_map: OpenMap) -> None:
    page = open_at(open_map, "view=areas.country.monthly&from=2020-02-01&to=2020-02-03")
    assert "In 3 days: too short for a rate a month. The numbers are incidents." in notes(page)
    assert "months shown" not in notes(page)
    expect(page.locator(".im-scale-title")).to_have_text("Incidents by area")
    expect(page.locator(".im-scale-list .im-count").first).to_have_text("4")
    page.evaluate("location.hash = 'view=areas.country.monthly&from=2020-02-01&to=2020-02-29'")
    page.wait_for_timeout(300)
    assert "Over 1.0 months shown." in notes(page)
    expect(page.locator(".im-scale-title")).to_have_text("Incidents per month by area")
