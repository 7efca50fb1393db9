"""The page where something is wrong or odd: hostile text, damage, no scripts, little in it."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import pytest
import shapely
from map_reading import OpenMap, drawn, open_file, read_block, summary
from map_samples import HOSTILE_TEXTS, make_hostile, make_sample
from playwright.sync_api import Page, expect

from geo.table import make_table
from maps.incident_map import make_map

if TYPE_CHECKING:
    from conftest import PageLog

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]


def test_hostile_text_stays_text_in_every_column(open_map: OpenMap) -> None:
    page = open_map(make_hostile(), title=HOSTILE_TEXTS[4], about={t: t for t in HOSTILE_TEXTS})
    assert page.locator("h1").inner_text() == HOSTILE_TEXTS[4]
    page.get_by_role("button", name="About").click()
    expect(page.locator(".im-about")).to_contain_text(HOSTILE_TEXTS[0])
    for number, text in enumerate(HOSTILE_TEXTS):
        page.evaluate("n => map_incidents.incidentApp.open([n], [35, 36])", number)
        card = page.locator(".im-card")
        plain = text.replace("\x00", "").split("\u2028")[0].strip()[:12]
        expect(card.locator("blockquote")).to_contain_text(plain.split("\ud800")[0].strip())
        assert card.locator("img, script, svg, b, iframe").count() == 0
        assert card.locator("a").count() == 0
    for text in ("<img", "alert", "script", "pwned"):
        page.get_by_role("combobox").fill(text)
        page.wait_for_timeout(250)
    assert page.evaluate("window.pwned") is None
    assert page.locator(".im-page img, .im-page svg:not(.leaflet-zoom-animated)").count() == 0


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([], "This file holds no incidents."),
        ([{"incident_id": "1"}], "1 incident, 1 without a location"),
        ([{"incident_id": "1", "geometry": shapely.Point(36, 35), "precision": "exact"}],
         "1 incident, all located"),
        ([{"incident_id": str(n), "geometry": shapely.Point(0, lat), "precision": "exact"}
          for n, lat in enumerate((90, -90))], "2 incidents, all located"),
        ([{"incident_id": str(n), "geometry": shapely.Point(lon, -17), "precision": "exact"}
          for n, lon in enumerate((179.9, -179.9))], "2 incidents, all located"),
        ([{"incident_id": str(n), "date_start": day, "date_precision": "day"}
          for n, day in enumerate(("1896-02-29", "1969-12-31"))],
         "2 incidents, 2 without a location"),
    ],
)  # fmt: skip
def test_a_page_with_little_in_it_says_what_it_has(
    open_map: OpenMap, records: list[dict[str, Any]], said: str
) -> None:
    page = open_map(make_table(records))
    assert summary(page) == said
    if any("date_start" in record for record in records):
        assert page.locator(".im-range").inner_text() == "1896-02-29 to 1969-12-31"
    elif records:
        expect(page.locator(".im-time")).to_contain_text("No incident here has a date.")
    located = sum("geometry" in record for record in records)
    assert sum(mark["count"] for mark in drawn(page)) == located


@pytest.mark.parametrize("key", ["data", "base"])
@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_a_damaged_page_says_so(page: Page, tmp_path: Path, key: str, damage: str) -> None:
    html = make_map(make_sample()).to_html()
    block = read_block(html, key)
    middle = len(block) // 2
    other = "B" if block[middle] == "A" else "A"
    damaged = {"cut": block[:middle], "changed": block[:middle] + other + block[middle + 1 :]}
    path = tmp_path / "map.html"
    path.write_text(html.replace(block, damaged.get(damage, "")), encoding="utf-8")
    open_file(page, path)
    expect(page.locator(".im-damage")).to_contain_text("The data in this file are damaged")


def test_a_damaged_text_block_leaves_the_map_usable(page: Page, tmp_path: Path) -> None:
    html = make_map(make_sample()).to_html()
    block = read_block(html, "details")
    path = tmp_path / "map.html"
    path.write_text(html.replace(block, block[: len(block) // 2]), encoding="utf-8")
    open_file(page, path)
    assert summary(page) == "24 incidents, 4 without a location"
    page.evaluate("map_incidents.incidentApp.open([0], [35, 36])")
    expect(page.locator(".im-pages")).to_contain_text("is damaged in this file")


@pytest.fixture(scope="module")
def whole() -> str:
    return make_map(make_sample(), title="Syria").to_html()


@pytest.mark.parametrize(
    "mark",
    ['class="folium-map"', 'id="im-map"', 'id="im-style"', 'id="im-code"', "DecompressionStream",
     'id="map_incidents_data"', 'id="map_incidents_base"'],
)  # fmt: skip
@pytest.mark.parametrize("beyond", [0, 60])
def test_a_page_cut_short_before_its_columns_end_is_never_blank(
    page: Page, tmp_path: Path, whole: str, mark: str, beyond: int
) -> None:
    path = tmp_path / "map.html"
    path.write_text(whole[: whole.index(mark) + beyond], encoding="utf-8")
    page.goto(path.as_uri())
    page.wait_for_timeout(700)
    text = page.locator("body").inner_text()
    assert "the file is incomplete" in text or "damaged" in text
    assert "24 incidents, 20 of them" in text or "Nothing can be shown" in text


@pytest.mark.parametrize("beyond", [30, 60, 130, 200])
def test_a_page_cut_in_its_first_lines_is_never_blank(
    page: Page, tmp_path: Path, whole: str, beyond: int
) -> None:
    start = whole.index("24 incidents, 20 of them")
    path = tmp_path / "map.html"
    path.write_text(whole[: start + beyond], encoding="utf-8")
    page.goto(path.as_uri())
    assert "24 incidents, 20 of them" in page.locator("body").inner_text()
    # What comes before is little: doctype, policy, title.
    assert start < 2000


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_page_whose_texts_are_cut_short_shows_the_map_and_says_so(
    page: Page, tmp_path: Path, whole: str, share: float
) -> None:
    start = whole.index('id="map_incidents_details">') + len('id="map_incidents_details">')
    path = tmp_path / "map.html"
    end = whole.index("</script>", start)
    path.write_text(whole[: start + int(share * (end - start))], encoding="utf-8")
    open_file(page, path)
    assert summary(page) == "24 incidents, 4 without a location"
    expect(page.get_by_role("alert")).to_contain_text("This file is cut short")
    page.get_by_role("button", name="Close the note").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.evaluate("map_incidents.incidentApp.open([0], [35, 36])")
    expect(page.locator(".im-pages")).to_contain_text("Abu Duhur")


def test_a_whole_page_has_no_note_on_it(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    assert page.locator("#im-wait, .im-torn, [role=alert]").count() == 0


def test_a_program_that_was_changed_is_not_run(page: Page, tmp_path: Path, whole: str) -> None:
    block = re.search(r'id="im-code">([^<]*)<', whole)
    assert block
    text = block[1]
    middle = len(text) // 2
    other = "B" if text[middle] == "A" else "A"
    path = tmp_path / "map.html"
    damaged = text[:middle] + other + text[middle + 1 :]
    path.write_text(whole.replace(text, damaged), encoding="utf-8")
    page.goto(path.as_uri())
    expect(page.get_by_role("alert")).to_contain_text("This file is damaged")
    assert page.evaluate("window.L") is None


def test_a_browser_without_what_it_takes_is_told(page: Page, tmp_path: Path, whole: str) -> None:
    page.add_init_script("delete window.DecompressionStream")
    path = tmp_path / "map.html"
    path.write_text(whole, encoding="utf-8")
    page.goto(path.as_uri())
    expect(page.get_by_role("alert")).to_contain_text("too old to show this page: it takes Chrome")


def test_folium_elements_that_take_jquery_and_pictures_for_granted_are_drawn(
    page: Page, tmp_path: Path
) -> None:
    made = make_map(make_sample())
    folium.Marker([34, 38], popup="<b>theirs</b> </script><script>window.pwned=1").add_to(made)
    folium.GeoJson({"type": "LineString", "coordinates": [[36, 36], [39, 35]]}).add_to(made)
    made.save(tmp_path / "map.html")
    open_file(page, tmp_path / "map.html")
    page.locator(".leaflet-marker-icon").click()
    expect(page.locator(".leaflet-popup-content b")).to_have_text("theirs")
    assert page.evaluate("window.pwned") is None
    assert page.locator("path.leaflet-interactive").count() == 1


def test_the_incidents_are_shown_where_a_folium_element_fails(
    page: Page, page_log: "PageLog", tmp_path: Path
) -> None:
    made = make_map(make_sample())
    folium.Marker([34, 38], icon=folium.Icon(color="red")).add_to(made)  # wants another library
    made.save(tmp_path / "map.html")
    open_file(page, tmp_path / "map.html")
    assert summary(page) == "24 incidents, 4 without a location"
    assert "'icon'" in page_log.page_errors.pop()


def test_a_folium_element_of_the_callers_own_is_drawn(page: Page, tmp_path: Path) -> None:
    made = make_map(make_sample())
    folium.PolyLine([[36, 36], [35, 39]], color="#ff0000").add_to(made)
    made.save(tmp_path / "map.html")
    open_file(page, tmp_path / "map.html")
    assert page.locator("path.leaflet-interactive").count() == 1


def test_a_notebook_frame_draws_the_map(page: Page, tmp_path: Path) -> None:
    cell = make_map(make_sample())._repr_html_()
    path = tmp_path / "cell.html"
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{cell}", encoding="utf-8")
    page.goto(path.as_uri())
    frame = page.frame_locator("iframe")
    expect(frame.locator(".im-summary")).to_have_text("24 incidents, 4 without a location")


def test_without_scripts_the_page_says_what_it_holds(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    make_map(make_sample()).save(path)
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(path.as_uri())
    expect(plain.locator(".im-note")).to_contain_text("24 incidents, 20 of them with a location")
    context.close()
