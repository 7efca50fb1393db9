"""What leaves the page while a search filters it: files, pictures and paper hold what they say."""

import csv
from pathlib import Path

import pytest
from map_reading import open_file, summary
from map_samples import make_many
from playwright.sync_api import Page, expect

from maps.incident_map import make_map

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

# No name holds these words, and one text in thirteen.
_WORDS = "people hurt 12"
_SLOW_BLOCKS = """(wait) => { const { details } = map_incidents.incidentApp;
  const read = details.readBlock;
  details.readBlock = async (from) => {
    await new Promise((done) => setTimeout(done, wait));
    return read(from); }; }"""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of many incidents, saved once."""
    path = tmp_path_factory.mktemp("many") / "many.html"
    make_map(make_many(6_000)).save(path)
    return path


def search_slowly(page: Page, words: str = _WORDS, wait_ms: int = 120) -> None:
    """Searches texts that take their time, as those of a million incidents do together."""
    page.get_by_role("button", name="Share", exact=True).click()
    page.evaluate(_SLOW_BLOCKS, wait_ms)
    page.get_by_role("combobox").fill(words)
    page.keyboard.press("Enter")


def count_rows(path: Path) -> int:
    with path.open(encoding="utf-8-sig") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def shown(page: Page) -> int:
    return int(summary(page).split(" ")[0].replace(",", ""))


def test_nothing_is_shown_before_anything_is_found(page: Page, many: Path) -> None:
    page = open_file(page, many)
    search_slowly(page, wait_ms=500)
    expect(page.locator(".im-chip")).to_contain_text("0 incidents")
    assert summary(page).startswith("0 of 6,000")


def test_a_file_waits_for_the_search_and_holds_all_that_was_found(
    page: Page, many: Path, tmp_path: Path
) -> None:
    page = open_file(page, many)
    search_slowly(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
        expect(page.locator(".im-said")).to_contain_text("Waiting for the search to end")
    expect(page.get_by_role("button", name="Stop searching")).to_be_hidden()
    download = waiting.value
    download.save_as(tmp_path / "found.csv")
    assert count_rows(tmp_path / "found.csv") == shown(page) > 400
    assert "incomplete" not in download.suggested_filename


def test_who_waits_for_the_search_may_give_up(page: Page, many: Path) -> None:
    page = open_file(page, many)
    search_slowly(page, wait_ms=400)
    page.get_by_role("button", name="GeoJSON").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".im-said")).to_have_text("Stopped; no file was written.", timeout=500)
    expect(page.get_by_role("button", name="Stop searching")).to_be_visible()


def test_the_file_of_a_search_that_was_stopped_says_so_in_its_name(
    page: Page, many: Path, tmp_path: Path
) -> None:
    page = open_file(page, many)
    search_slowly(page, wait_ms=500)
    expect(page.locator(".im-chip")).to_contain_text("searched 1")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
        page.get_by_role("button", name="Stop searching").click()
    percent = page.locator(".im-chip-text").inner_text().split("searched ")[1].split(" ")[0]
    name = waiting.value.suggested_filename
    assert name.endswith(f"-search-incomplete-{percent}-percent.csv")
    waiting.value.save_as(tmp_path / "part.csv")
    assert count_rows(tmp_path / "part.csv") == shown(page) > 0
    page.emulate_media(media="print")
    line = f"Search: “{_WORDS}”, incomplete: {percent} % looked through"
    expect(page.locator(".im-sheet-head")).to_contain_text(line)
    page.emulate_media(media="screen")
    with page.expect_download() as picture:
        page.get_by_role("button", name="Picture (PNG)").click()
    assert picture.value.suggested_filename.endswith(f"-search-incomplete-{percent}-percent.png")


def test_a_picture_and_a_print_wait_for_the_search(page: Page, many: Path) -> None:
    page = open_file(page, many)
    page.evaluate(
        "() => { window.print = () => {"
        "window.printed = document.querySelector('.im-chip-text').textContent } }"
    )
    search_slowly(page)
    page.get_by_role("button", name="Print or PDF").click()
    expect(page.locator(".im-said")).to_contain_text("Waiting")
    assert page.evaluate("window.printed") is None
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Picture (PNG)").click()
    assert "incomplete" not in waiting.value.suggested_filename
    assert "searched" not in page.evaluate("window.printed")
    assert "searched" not in page.locator(".im-chip-text").inner_text()


def test_picture_and_paper_say_what_was_searched_for(page: Page, many: Path) -> None:
    page = open_file(page, many)
    page.evaluate(
        "() => { const write = CanvasRenderingContext2D.prototype.fillText; window.written = [];"
        "CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {"
        "window.written.push(text); write.call(this, text, ...at); } }"
    )
    page.get_by_role("combobox").fill("village 7")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Stop searching")).to_be_hidden()
    page.get_by_role("button", name="Share", exact=True).click()
    with page.expect_download():
        page.get_by_role("button", name="Picture (PNG)").click()
    assert "Search: “village 7”" in page.evaluate("window.written")
    page.emulate_media(media="print")
    expect(page.locator(".im-sheet-head p").last).to_have_text("Search: “village 7”")
