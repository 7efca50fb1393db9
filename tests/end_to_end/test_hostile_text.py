"""Hostile text through reports and tables to the page: it is shown, and nothing of it runs."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Run
from tests.end_to_end.conftest import Made, Make
from tests.end_to_end.samples import (
    HOSTILE,
    PUBLISHED,
    UNWRITABLE,
    read_csv,
    read_features,
    write_csv,
    write_hostile_table,
)

IDS = [text[:20].encode("ascii", "replace").decode() for text in HOSTILE]
OPEN_ROW = "row => map_incidents.incidentApp.open([row], [35, 36])"


@pytest.fixture(scope="module")
def properties(hostile_map: Made) -> list[dict]:
    return [feature["properties"] for feature in read_features(hostile_map.geojson)]


def test_every_report_and_row_is_there(properties: list[dict]) -> None:
    reports = [row for row in properties if row["report_id"][:1] in "tj" and not row.get("extra")]
    assert len(reports) == 2 * len(HOSTILE) + len(UNWRITABLE)
    assert len(properties) == len(reports) + 2 * len(HOSTILE)


@pytest.mark.parametrize("text", HOSTILE, ids=IDS)
def test_a_text_comes_through_letter_for_letter(properties: list[dict], text: str) -> None:
    told = [row for row in properties if text in row["evidence"]]
    # As evidence: of a .txt, of a .json (where line breaks end no sentence), of two rows.
    assert len(told) >= (2 if "\u2028" in text else 4)
    assert sum(row["source"] == text for row in properties) >= 2
    assert sum(row.get("extra") == text for row in properties) == 2


def test_the_page_shows_it_all_as_text(hostile_map: Made, open_page) -> None:
    page: Page = open_page(hostile_map.page)
    assert page.title() == "</title><script>window.pwned=1</script>"
    assert page.locator("h1").inner_text() == "</title><script>window.pwned=1</script>"
    count = page.evaluate("map_incidents.incidentApp.incidents.count")
    shown = ""
    for row in range(count):
        page.evaluate(OPEN_ROW, row)
        expect(page.locator(".im-card blockquote")).to_be_visible()
        page.evaluate("document.querySelectorAll('.im-card details').forEach(d => d.open = true)")
        shown += page.locator(".im-card").text_content() or ""
        assert_plain(page, ".im-card")
    for text in HOSTILE:
        assert shown.count(text.splitlines()[0]) >= 4, text


def test_search_and_panels_show_it_as_text(hostile_map: Made, open_page) -> None:
    page: Page = open_page(hostile_map.page)
    box = page.get_by_role("combobox")
    for text in ("<img", "alert", "script", "javascript:", "gnp", "=1+cmd"):
        box.fill(text)
        expect(page.get_by_role("option").first).not_to_have_text("Nothing found")
        assert_plain(page, "[role=listbox]")
    box.fill("window.pwned=1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    page.locator(".im-open-unlocated").click()
    items = page.locator(".im-unlocated-list > li")
    expect(items.first).to_be_visible()
    assert_plain(page, ".im-unlocated-list")
    items.first.get_by_role("button").click()
    page.get_by_role("button", name="About").click()
    assert_plain(page, ".im-page")


def test_links_lead_to_the_web_only_and_tell_it_nothing(make: Make, tmp_path, open_page) -> None:
    addresses = [
        "https://news.example/report?a=1&b=%22",
        "http://news.example/",
        "HTTPS://news.example/x",
        "javascript:window.pwned=1",
        " javascript:window.pwned=1",
        "java\tscript:window.pwned=1",
        "data:text/html,<script>window.pwned=1</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//news.example/x",
        "blob:https://news.example/x",
        'https://news.example/" onclick="window.pwned=1',
    ]
    table = write_csv(
        tmp_path / "log.csv",
        [
            {"incident_id": n, "source_url": url, "source": "Monitor", "evidence": "It was so.",
             "longitude": 36.8, "latitude": 35.8, "precision": "settlement"}
            for n, url in enumerate(addresses)
        ],
    )  # fmt: skip
    page: Page = open_page(make(table).page)
    linked = {}
    for row in range(len(addresses)):
        page.evaluate(OPEN_ROW, row)
        expect(page.locator(".im-card blockquote")).to_be_visible()
        for link in page.locator(".im-card a").all():
            linked[row] = link.get_attribute("href")
            assert link.get_attribute("rel") == "noopener noreferrer"
            assert link.get_attribute("target") == "_blank"
            assert link.get_attribute("onclick") is None
    assert sorted(linked) == [0, 1, 2, 11]
    assert all(str(href).startswith(("http://", "https://")) for href in linked.values())


def test_megabytes_in_one_cell_do_not_stop_the_page(make: Make, tmp_path, open_page) -> None:
    text = ("A long telling. " * (5 * 2**20 // 16)).strip()
    table = write_csv(
        tmp_path / "log.csv",
        [
            {"incident_id": n, "evidence": text if n else "short", "longitude": 36.8 + n,
             "latitude": 35.8, "precision": "settlement"}
            for n in range(2)
        ],
    )  # fmt: skip
    page: Page = open_page(make(table).page)
    page.evaluate(OPEN_ROW, 1)
    quote = page.locator(".im-card blockquote")
    expect(quote).to_contain_text("A long telling.")
    assert quote.evaluate("e => e.textContent.length") < 10_000
    page.get_by_role("button", name="Show all 5,242,879 letters").click()
    page.wait_for_function("e => e.textContent.length === 5242879", arg=quote.element_handle())


def test_what_json_alone_can_spell_is_written_to_every_format(run: Run, tmp_path: Path) -> None:
    for number, text in enumerate(UNWRITABLE):
        said = f"Shelling killed three civilians in Talmenes on Monday, {text} said."
        report = {"text": said, "title": text, "publisher": text, "url": text, "id": text}
        report |= {"published": PUBLISHED}
        (tmp_path / f"{number}.json").write_text(json.dumps(report))
    done = run("read", tmp_path / "0.json", tmp_path / "1.json", "--country", "SY")
    assert done.returncode == 0, done.stderr.decode()
    rows = read_csv(done.stdout)
    assert [row["report_id"] for row in rows] == ["tail \ufffd half", "a\ufffdb nul"]
    # What was written is read again: no NUL is left that would make the table a binary file.
    (tmp_path / "again.csv").write_bytes(done.stdout)
    again = run("read", tmp_path / "again.csv")
    assert read_csv(again.stdout) == rows


def test_a_csv_of_data_gives_back_what_was_put_in(run: Run, tmp_path: Path) -> None:
    table = write_hostile_table(tmp_path / "log.csv", ["=1+cmd|'/c calc'", "@SUM(1)", "-1+1"])
    rows = read_csv(run("read", table).stdout)
    assert [row["evidence"] for row in rows[::2]] == ["=1+cmd|'/c calc'", "@SUM(1)", "-1+1"]


def assert_plain(page: Page, selector: str) -> None:
    """No element but those our own script makes."""
    strange = page.evaluate(
        "s => [...document.querySelectorAll(`${s} :is(img, script, svg, iframe, b, object)`)]"
        ".filter(e => !e.closest('.leaflet-pane') || e.closest('.im-card')).map(e => e.outerHTML)",
        selector,
    )
    assert strange == []
