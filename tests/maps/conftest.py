"""A browser page with a table's map in it."""

import hashlib
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from geopandas import GeoDataFrame
from map_reading import open_file
from playwright.sync_api import Page
from ucdp_page import TITLE
from workers import make_once

from geo.readers.plain import read_csv
from maps.incident_map import make_map

if TYPE_CHECKING:
    from conftest import PageLog

# Of what a row holds the search leaves these out: no source has written them.
_NOT_SEARCHED = {"precision", "match_method", "date_precision", "place_id", "geometry"}


@pytest.fixture
def open_map(page: Page, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Page]:
    """Saves a table's map and opens the file; gives the page once it is drawn.

    The map of a table and options is made once a session: no test writes to it.
    """

    def open_saved(table: GeoDataFrame, **options: Any) -> Page:
        def save(folder: Path) -> None:
            make_map(table, **options).save(folder / "map.html")

        key = hashlib.sha256(pickle.dumps((table, options))).hexdigest()[:16]
        return open_file(page, make_once(tmp_path_factory, f"map-{key}", save) / "map.html")

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
    about = {"Data": "UCDP GED (CC BY 4.0)"}

    def save(folder: Path) -> None:
        make_map(ucdp_table, title=TITLE, about=about).save(folder / "ucdp.html")

    return make_once(tmp_path_factory, "ucdp", save) / "ucdp.html"


@pytest.fixture
def opened(page: Page, ucdp_file: Path) -> Page:
    """The page of UCDP's events, drawn."""
    return open_file(page, ucdp_file)


@pytest.fixture(scope="session")
def ucdp_texts(ucdp_table: GeoDataFrame) -> "pd.Series[str]":
    """All that is written of each event, in small letters."""
    names = [name for name in ucdp_table.columns if name not in _NOT_SEARCHED]
    columns = ucdp_table[names].select_dtypes(["object", "string"])
    lines = (" ".join(map(str, cells)).lower() for cells in columns.itertuples(index=False))
    return pd.Series(lines, index=ucdp_table.index)
