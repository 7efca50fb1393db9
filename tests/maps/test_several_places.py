"""One incident at several places: its marks are joined, so that it does not look like several."""

import math
from dataclasses import replace

import pytest
from map_reading import OpenMap, go_to
from map_samples import AMUDA, CLASH, IDLIB, RAQQA, row
from playwright.sync_api import Page, expect
from shapely import MultiPoint

from geo.regions import locate_at
from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

# Pixels of the canvas that are painted, on a straight line between two positions.
INK_BETWEEN = """([from, to]) => {
  const canvas = document.querySelector('.leaflet-im-areas-pane canvas');
  const box = canvas.getBoundingClientRect();
  const context = canvas.getContext('2d');
  const [a, b] = [from, to].map((at) => map_incidents.latLngToContainerPoint(at));
  let painted = 0;
  for (let step = 20; step < 80; step++) {
    const x = a.x + ((b.x - a.x) * step) / 100 - box.left;
    const y = a.y + ((b.y - a.y) * step) / 100 - box.top;
    const around = context.getImageData(Math.floor(x) - 1, Math.floor(y) - 1, 3, 3).data;
    if (around.some((value, at) => at % 4 === 3 && value > 60)) painted++;
  }
  return painted;
}"""


def ink(page: Page) -> int:
    go_to(page, 36.5, 39.5, 7)
    ends = [[site.position.lat, site.position.lon] for site in (RAQQA, AMUDA)]
    painted: int = page.evaluate(INK_BETWEEN, ends)
    return painted


def test_the_places_of_one_incident_are_joined(open_map: OpenMap) -> None:
    one = locate_at(RAQQA)
    both = replace(one, geometry=MultiPoint([site.position for site in (RAQQA, AMUDA)]))
    page = open_map(make_table([row(1, "2020-01-01", CLASH, "Raqqa; Amuda", both)]))
    assert ink(page) > 50  # of 60
    expect(page.locator(".im-keys")).to_contain_text("one incident at several places")


def test_incidents_at_a_place_each_are_not_joined(open_map: OpenMap) -> None:
    sites = (RAQQA, AMUDA, IDLIB)
    rows = [row(n, "2020-01-01", CLASH, f"Town {n}", locate_at(s)) for n, s in enumerate(sites)]
    page = open_map(make_table(rows))
    assert math.isclose(ink(page), 0)
    expect(page.locator(".im-keys")).not_to_contain_text("several places")
