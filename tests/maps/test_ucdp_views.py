"""The views of a page of 16,566 events: areas, density, bubbles, against what pandas counts."""

import math
import re

import pandas as pd
import pytest
import shapely
from geopandas import GeoDataFrame
from playwright.sync_api import Locator, Page, expect
from ucdp_page import tick_only

from geo.areas import area_geometry, load_areas

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]
# A circle counts in the area about its middle unless its radius is larger than 1.25 times half the
# diagonal of the area's box (docs/decisions.md).
_SLACK = 1.25
_KM_A_DEGREE = 111.195
# Borders are good to so much; a degree of longitude and one of latitude are about this long here.
_BORDER_KM, _KM_ABOUT = 5.0, 100.0
# Governorates as UCDP's rows name them.
_NAMES = {
    "Al Hasakah": "Al-Hasakah",
    "Ar Raqqah": "Raqqa",
    "As Suwayda": "As-Suwayda",
    "Deir ez Zor": "Deir ez-Zor",
    "Hamah": "Hama",
}


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
    """The governorate that each event is counted in, found anew; '' for none."""
    stated = table["admin1"].fillna("").str.removesuffix(" Governorate").replace(_NAMES)
    held = pd.Series("", index=table.index)
    for area in load_areas():
        if area.level != 1 or area.country != "SY":
            continue
        shape = area_geometry(area.area_id)
        west, south, east, north = shape.bounds
        wide = (east - west) * math.cos(math.radians((south + north) / 2))
        reach_km = math.hypot(wide, north - south) * _KM_A_DEGREE / 2
        inside = table.geometry.intersects(shape) & (table["precision"] != "country")
        is_point = table["precision"] == "settlement"
        inside &= is_point | (table["radius_km"] <= _SLACK * reach_km)
        held[inside & (held == "")] = area.name
        far_km = shapely.distance(table.geometry.to_numpy(), shape) * _KM_ABOUT
        far = far_km > table["radius_km"] + _BORDER_KM
        held[(stated == area.name) & ~far] = area.name
    return held


def test_areas_have_the_numbers_that_their_outlines_hold(
    opened: Page, ucdp_table: GeoDataFrame
) -> None:
    page, areas = opened, areas_of(ucdp_table)
    legend = choose_view(page, "Areas")
    counts = areas[areas != ""].value_counts()
    assert listed(page) == dict(counts)
    assert listed(page)["Aleppo"] == counts["Aleppo"] > 3_000
    missing = int((areas == "").sum())
    assert missing == 256  # as docs/decisions.md has it
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
    assert listed(page) == {"Syria": len(ucdp_table)}


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
