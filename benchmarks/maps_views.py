"""Pictures of a map of UCDP's events in Syria, for the documents, from a real browser."""

from pathlib import Path
from tempfile import TemporaryDirectory

from geopandas import GeoDataFrame
from playwright.sync_api import Browser

from geo.readers.plain import read_csv
from maps.incident_map import make_map

UCDP_FILE = Path(__file__).parents[2] / "shared" / "data" / "ucdp" / "ged_syria_2016_2019.csv"
_DESKTOP, _PHONE = (1280, 800), (390, 844)
_SETTLE_MS = 700
# File name, size of the window, and what the reader has chosen.
_PICTURES: tuple[tuple[str, tuple[int, int], dict[str, str]], ...] = (
    ("marks", _DESKTOP, {}),
    ("marks-dark", _DESKTOP, {"theme": "dark"}),
    ("areas", _DESKTOP, {"view": "areas"}),
    ("density", _DESKTOP, {"view": "density"}),
    ("bubbles", _DESKTOP, {"view": "bubbles"}),
    ("arabic-areas-dark", _DESKTOP, {"view": "areas", "theme": "dark", "language": "ar"}),
    ("phone", _PHONE, {}),
    ("phone-dark", _PHONE, {"theme": "dark"}),
)
_CHOOSE = (
    "chosen => Object.entries(chosen).forEach(([k, v]) => map_incidents.incidentApp.set(k, v))"
)


def read_ucdp() -> GeoDataFrame:
    """Read UCDP's 16,566 events in Syria, 2016 to 2019, with their headlines."""
    return read_csv(UCDP_FILE).table


def take_screenshots(browser: Browser, folder: Path) -> None:
    """Save a picture of each kind under `folder`, as JPEG to keep them small."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as made:
        path = Path(made) / "ucdp.html"
        about = {"Data": "UCDP GED, Syria 2016-2019 (CC BY 4.0)"}
        make_map(read_ucdp(), title="Syria, 2016 to 2019", about=about).save(path)
        for name, (width, height), chosen in _PICTURES:
            context = browser.new_context(viewport={"width": width, "height": height})
            page = context.new_page()
            page.goto(path.as_uri())
            page.wait_for_selector("[data-drawn]")
            page.evaluate(_CHOOSE, chosen)
            page.wait_for_timeout(_SETTLE_MS)
            page.screenshot(path=folder / f"{name}.jpg", type="jpeg", quality=60)
            context.close()
