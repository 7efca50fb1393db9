"""What the tests of the timeline share: dated incidents, and where a step stands."""

from collections.abc import Sequence

import shapely
from geopandas import GeoDataFrame
from playwright.sync_api import Page

from geo.table import make_table

# Where the bars stand within the brush, as timeline_bars.js has it.
SIDE = 28
PART = "key => map_incidents.incidentApp.kept.parts().find(part => part.key === key)"


def said(page: Page) -> str:
    return page.locator(".im-range").inner_text()


def make_dated(days: Sequence[str]) -> GeoDataFrame:
    """An incident for each day at one place."""
    return make_table(
        {
            "incident_id": str(number),
            "date_start": day,
            "precision": "settlement",
            "geometry": shapely.Point(36.6, 35.9),
        }
        for number, day in enumerate(days)
    )


def spot(page: Page, step: float, *, count: int, axis: bool = False) -> tuple[float, float]:
    """Where a step's left edge stands in the window: among the bars, or on the axis below."""
    box = page.locator(".im-brush").bounding_box()
    assert box
    x = box["x"] + SIDE + step * (box["width"] - 2 * SIDE) / count
    return x, box["y"] + (56 if axis else 25)
