"""A browser page with a table's map in it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from geopandas import GeoDataFrame
from map_reading import open_file
from playwright.sync_api import Page
from ucdp_page import TITLE

from geo.readers.plain import read_csv
from maps.incident_map import make_map

if TYPE_CHECKING:
    from conftest import PageLog


@pytest.fixture
def open_map(page: Page, tmp_path: Path) -> Callable[..., Page]:
    """Saves a table's map and opens the file; gives the page once it is drawn."""

    def open_saved(table: GeoDataFrame, **options: Any) -> Page:
        path = tmp_path / "map.html"
        make_map(table, **options).save(path)
        return open_file(page, path)

    return open_saved


@pytest.fixture
def nothing_wrong(page_log: "PageLog") -> Iterator[None]:
    """After the test: one file was read, and there was no error and no violation."""
    yield
    assert page_log.network_requests == []
    assert len([url for url in page_log.requests if url.startswith("file:")]) <= 1
    assert page_log.console_errors == []
    assert page_log.page_errors == []
    assert page_log.violations == []


@pytest.fixture(scope="session")
def ucdp_table(shared_dir: Path) -> GeoDataFrame:
    """UCDP's 16,566 events in Syria, 2016 to 2019; the test is skipped where they are not."""
    return read_csv(shared_dir / "data" / "ucdp" / "ged_syria_2016_2019.csv").table


@pytest.fixture(scope="session")
def ucdp_file(ucdp_table: GeoDataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of those events, saved once."""
    path = tmp_path_factory.mktemp("ucdp") / "ucdp.html"
    make_map(ucdp_table, title=TITLE, about={"Data": "UCDP GED (CC BY 4.0)"}).save(path)
    return path


@pytest.fixture
def opened(page: Page, ucdp_file: Path) -> Page:
    """The page of UCDP's events, drawn."""
    return open_file(page, ucdp_file)
