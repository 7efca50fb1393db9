"""The page on paper: one sheet with all that a reader needs, the list on further ones."""

import re
from pathlib import Path

import pytest
from map_reading import OpenMap, drawn
from map_samples import CLASH, IDLIB, make_sample, row
from playwright.sync_api import Page, expect

from geo.regions import locate_at
from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

# Points of A4 across, as PDF measures: 297 by 210 mm.
_A4_ACROSS = (841.9, 595.0)
_MM = 96 / 25.4


def print_to(page: Page, path: Path) -> tuple[int, tuple[float, float]]:
    """How many sheets the page is printed on, and the size of a sheet."""
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    data = path.read_bytes()
    box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", data)
    assert box
    sheets = len(re.findall(rb"/Type\s*/Page\b", data))
    return sheets, (float(box[1]), float(box[2]))


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_a_map_is_printed_on_one_sheet_across(
    open_map: OpenMap, page: Page, tmp_path: Path, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_map(make_sample(), title="Syria, winter 2020")
    sheets, box = print_to(page, tmp_path / "map.pdf")
    assert sheets == 1
    assert box == pytest.approx(_A4_ACROSS, abs=1)


def test_the_sheet_has_title_filters_legend_scale_and_sources(open_map: OpenMap) -> None:
    page = open_map(make_sample(), title="Syria, winter 2020")
    page.get_by_label("Battles").uncheck()
    page.emulate_media(media="print")
    head, legend = page.locator(".im-sheet-head"), page.locator(".im-sheet-legend li")
    expect(head.locator("h1")).to_have_text("Syria, winter 2020")
    expect(head).to_contain_text("16 of 24 incidents · 2020-01-17 to 2020-02-05")
    expect(head).to_contain_text("3 without a location")
    expect(head).to_contain_text("Event type: Protests, Explosions/Remote violence")
    assert legend.nth(0).inner_text().split() == ["Protests", "2"]
    assert "Battles" not in "".join(legend.all_inner_texts())
    expect(page.locator(".im-sheet-foot")).to_contain_text("GeoNames (CC BY 4.0)")
    expect(page.locator(".leaflet-control-scale")).to_be_visible()
    for name in (".im-head", ".im-panel", ".im-bar", ".leaflet-control-zoom", ".im-skip a"):
        assert page.locator(f"{name}:visible").count() == 0
    area = page.locator(".folium-map").bounding_box()
    assert area
    assert area["width"] > 210 * _MM
    assert area["height"] > 150 * _MM
    shown = page.evaluate("[map_incidents.getSize().x, map_incidents.getSize().y]")
    assert shown == pytest.approx([area["width"], area["height"]], abs=3)
    canvas = page.evaluate(
        "() => { const c = document.querySelector('.leaflet-im-marks-pane canvas');"
        "return c.width / c.clientWidth; }"
    )
    assert canvas == pytest.approx(2, abs=0.01)


def test_after_printing_the_page_is_as_it_was(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    state = (
        "() => [map_incidents.getCenter().lat, map_incidents.getCenter().lng, "
        "map_incidents.getZoom(), map_incidents.getSize().x, document.body.innerText, "
        "location.hash, document.querySelector('.leaflet-im-marks-pane canvas').width]"
    )
    before, marks = page.evaluate(state), drawn(page)
    page.emulate_media(media="print")
    expect(page.locator(".im-sheet-head")).to_be_visible()
    page.emulate_media(media="screen")
    expect(page.locator(".im-sheet-head")).to_have_count(0)
    page.wait_for_timeout(600)
    assert page.evaluate(state) == pytest.approx(before)
    assert drawn(page) == marks


def test_the_list_is_printed_where_it_is_open(
    open_map: OpenMap, page: Page, tmp_path: Path
) -> None:
    open_map(make_sample())
    page.get_by_role("button", name="List", exact=True).click()
    page.emulate_media(media="print")
    rows = page.locator(".im-sheet-list tbody tr")
    expect(rows).to_have_count(24)
    assert rows.nth(0).inner_text().split("\t") == [
        "2020-01-16", "Government regains territory",
        "Military Forces of Syria, against Hayat Tahrir al-Sham", "Abu Duhur, Idlib, Syria",
        "3–12", "town or village", "Local monitor",
    ]  # fmt: skip
    page.emulate_media(media="screen")
    sheets, _ = print_to(page, tmp_path / "list.pdf")
    assert sheets > 1
    page.get_by_role("button", name="List", exact=True).click()
    assert print_to(page, tmp_path / "map.pdf")[0] == 1


def test_the_printed_list_has_the_order_scope_and_columns_of_the_list(open_map: OpenMap) -> None:
    rows = [
        row(1, "2020-01-01", CLASH, "the old mill", None, fatalities_best=3),
        row(2, "2020-01-02", CLASH, "Idlib", locate_at(IDLIB), fatalities_best=40),
        row(3, "2020-01-03", CLASH, "Idlib", locate_at(IDLIB), fatalities_low=5)
        | {"date_precision": "week"},
    ]  # fmt: skip
    page = open_map(make_table(rows))
    page.evaluate(
        "() => { window.print = () => { window.dispatchEvent(new Event('beforeprint'));"
        "window.printed = document.querySelector('.im-sheet-list').innerText;"
        "window.dispatchEvent(new Event('afterprint'));"
        "document.documentElement.printedRows = 'yes' } }"
    )
    page.get_by_role("button", name="List", exact=True).click()
    page.get_by_role("button", name="Deaths").click()
    text, lines = printed_list(page)
    assert text == "3 incidents, by deaths, the most first."
    assert [line.split("\t")[4] for line in lines] == ["40", "≥ 5", "3"]
    assert lines[0].split("\t")[3] == "Idlib, Syria"
    assert lines[2].split("\t")[3] == "not located: “the old mill”"
    assert lines[1].split("\t")[0] == "about 2020-01-03"
    page.get_by_label("Only what the map shows").check()
    text, lines = printed_list(page)
    assert text == "2 incidents, by deaths, the most first, only what the map’s window showed."
    assert len(lines) == 2
    # The browser's own command cannot wait for the texts: the sheet says so.
    page.emulate_media(media="print")
    expect(page.locator(".im-sheet-list")).to_contain_text("are left out here")


def printed_list(page: Page) -> tuple[str, list[str]]:
    """What stands above the table, and its rows, when the list's own button prints."""
    page.evaluate("() => { delete window.printed }")
    page.get_by_role("button", name="Print", exact=True).click()
    expect(page.locator("html")).to_have_js_property("printedRows", "yes")
    page.evaluate("() => { delete document.documentElement.printedRows }")
    text, _head, *lines = filter(None, page.evaluate("window.printed").split("\n"))
    return text, lines
