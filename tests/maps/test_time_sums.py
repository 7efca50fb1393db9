"""What is counted of a range of time: long incidents, short ranges, and what the bars say."""

from typing import Any

import pytest
import shapely
from geopandas import GeoDataFrame
from map_reading import OpenMap
from playwright.sync_api import Page, expect

from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]
# Pixels of the bars at their foot that are in the range, and that are not (light theme).
_DARK = """() => {
  const canvas = document.querySelector('.im-bars');
  const row = canvas.getContext('2d').getImageData(0, 45, canvas.width, 1).data;
  const colours = [];
  for (let at = 0; at < row.length; at += 4) colours.push(row.slice(at, at + 3).join(' '));
  const bars = ['47 102 144', '195 204 211'];
  return bars.map((colour) => colours.filter((own) => own === colour).length);
}"""


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
    page = open_map(make_long(), theme="light")
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


def test_a_bar_is_filled_as_far_as_the_range_covers_it(open_map: OpenMap) -> None:
    page = open_at(open_map, "step=month&from=2020-02-11&to=2020-02-25")
    dark, rest = page.evaluate(_DARK)
    # Bars in January and February, alike wide: half of February's is in the range.
    assert 0.2 < dark / (dark + rest) < 0.3, (dark, rest)
    handles = page.locator(".im-brush input")
    texts = [handle.get_attribute("aria-valuetext") for handle in handles.all()]
    assert texts == ["2020-02-11", "2020-02-11 to 2020-02-25", "2020-02-25"]


def test_the_panel_says_what_bars_and_range_count(open_map: OpenMap) -> None:
    page = open_at(open_map, "from=2020-02-01&to=2020-02-03")
    rule = page.locator(".im-times-rule")
    expect(rule).to_have_text("Bars: first days. Shown: any day in the range; 2 began earlier.")
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(rule).to_have_text("Bars: first days. Shown: any day in the range.")


def test_where_every_incident_is_of_one_day_the_panel_need_not_say_so(open_map: OpenMap) -> None:
    table = make_long()
    page = open_map(table[table["date_end"].isna()])
    expect(page.locator(".im-times-rule")).to_be_empty()
