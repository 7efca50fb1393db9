"""What the tests of the views share: known counts, and how a view and its legend are read."""

from typing import Any

import shapely
from geopandas import GeoDataFrame
from playwright.sync_api import Locator, Page

from geo.table import make_table

IDLIB, HOMS, RAQQA = (35.93, 36.63), (34.73, 36.71), (35.95, 39.01)


def make_counted() -> GeoDataFrame:
    """Known counts: in Idlib 12 incidents, 40 dead; in Homs 3, 2 dead; in Raqqa 1 without a figure.

    Besides one known to the country only, one without a location, and one at sea.
    """
    places = {
        "Idlib": (IDLIB, 12),
        "Homs": (HOMS, 3),
        "Raqqa": (RAQQA, 1),
        "Sea": ((34.0, 33.0), 1),
    }
    records: list[dict[str, Any]] = []
    for name, ((lat, lon), count) in places.items():
        for number in range(count):
            record = {"place_name": name, "precision": "settlement", "radius_km": 2.0}
            record["date_start"] = f"2020-0{1 + number % 4}-10"
            record["event_type"] = "Battles" if number % 2 else "Protests"
            records.append(record | {"geometry": shapely.Point(lon, lat)})
    for number, deaths in {0: 30, 1: 9, 12: 2}.items():
        records[number]["fatalities_best"] = deaths
    records[2] |= {"fatalities_low": 1, "fatalities_high": 5}
    for row in (*range(3, 12), 13, 14):
        records[row]["fatalities_best"] = 0
    country = {"precision": "country", "radius_km": 300.0, "geometry": shapely.Point(38.5, 35.0)}
    records += [country | {"fatalities_best": 6}, {"event_type": "Battles"}]
    return make_table(row | {"incident_id": str(i)} for i, row in enumerate(records))


def choose(page: Page, view: str) -> Locator:
    """Chooses a view as a reader does, and gives its legend."""
    page.get_by_role("radio", name=view).check(force=True)
    page.wait_for_timeout(300)
    return page.get_by_role("region", name="Legend")


def legend_lines(page: Page) -> list[str]:
    items = page.locator(".im-scale-items li")
    return [" ".join(text.split()) for text in items.all_inner_texts()]


def listed(page: Page) -> list[str]:
    buttons = page.locator(".im-scale-list button")
    return [" ".join(text.split()) for text in buttons.all_text_contents()]


def notes(page: Page) -> str:
    return " ".join((page.locator(".im-scale-notes").text_content() or "").split())
