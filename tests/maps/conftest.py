"""A browser page with a table's map in it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from geopandas import GeoDataFrame
from map_reading import open_file
from playwright.sync_api import Page

from maps.incident_map import make_map


@pytest.fixture
def open_map(page: Page, tmp_path: Path) -> Callable[..., Page]:
    """Saves a table's map and opens the file; gives the page once it is drawn."""

    def open_saved(table: GeoDataFrame, **options: Any) -> Page:
        path = tmp_path / "map.html"
        make_map(table, **options).save(path)
        return open_file(page, path)

    return open_saved
