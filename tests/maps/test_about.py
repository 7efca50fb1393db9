"""The panel about the file: what it holds, who says so, what it is made of."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest
from map_reading import OpenMap, read_block, unpack
from map_samples import HOSTILE_TEXTS, make_many, make_sample
from playwright.sync_api import Page, expect

from geo.errors import InputError
from geo.table import make_table
from maps import about
from maps.incident_map import make_map

_MANY_SOURCES = [
    {"incident_id": str(number), "source": f"Source {number % 30:02}; Everybody;Everybody"}
    for number in range(60)
]


def open_about(page: Page) -> Page:
    page.get_by_role("button", name="About", exact=True).click()
    return page


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
def test_the_panel_says_what_the_file_holds(open_map: OpenMap) -> None:
    page = open_about(open_map(make_sample(), about={"Data date": "2020-02-06"}))
    panel = page.locator(".im-about")
    for text in (
        "Data date", "2020-02-06", "24 incidents", "2020-01-16", "2020-02-05",
        "town or village: 13; subdistrict: 2; district: 2; province or region: 3; not located: 4",
        "Places are as exact as the sources are", "Local monitor",
        "Natural Earth (world-atlas 2.0.2): coasts, borders and areas; public domain",
        "GeoNames: names and positions of places; CC BY 4.0",
        f"Incident Mapper {version('incident-mapper')}: the program that made this page; MIT",
        "Shift + Tab",
    ):  # fmt: skip
        expect(panel).to_contain_text(text)
    made = re.compile(r"Leaflet 1\.\d+\.\d+: the map's movement; BSD-2-Clause")
    expect(panel).to_contain_text(made)
    facts = panel.locator("dl.im-facts").first
    assert facts.locator("dd").all_inner_texts()[:5] == [
        "24 incidents", "2020-01-16", "2020-02-05", "2 incidents", "4 incidents"
    ]  # fmt: skip


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
def test_the_sources_that_give_most_come_first(open_map: OpenMap) -> None:
    page = open_about(open_map(make_table(_MANY_SOURCES)))
    rows = page.locator(".im-sources tbody tr")
    expect(rows).to_have_count(20)
    assert rows.nth(0).inner_text().split() == ["Everybody", "60"]
    assert rows.nth(1).inner_text().split() == ["Source", "00", "2"]
    expect(page.locator(".im-about")).to_contain_text("and 11 further sources")


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
def test_hostile_terms_and_sources_stay_text(open_map: OpenMap) -> None:
    table = make_table(
        [{"incident_id": str(n), "source": text} for n, text in enumerate(HOSTILE_TEXTS)]
    )
    page = open_about(open_map(table, about={text: text for text in HOSTILE_TEXTS}))
    panel = page.locator(".im-about")
    expect(panel).to_contain_text(HOSTILE_TEXTS[0])
    assert panel.locator("img, script, svg, b, iframe").count() == 0
    assert page.evaluate("window.pwned") is None


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
def test_links_in_the_panel_tell_nothing_of_the_page(open_map: OpenMap) -> None:
    page = open_about(open_map(make_sample()))
    links = page.locator(".im-about a")
    assert links.count() == 4
    for link in links.all():
        expect(link).to_have_attribute("rel", "noopener noreferrer")
        expect(link).to_have_attribute("href", re.compile("^https://"))


def test_the_credits_are_in_every_page_and_no_clock_is() -> None:
    pages = {make_map(make_many(50)).to_html() for _ in range(2)}
    assert len(pages) == 1
    header, _ = unpack(read_block(pages.pop(), "data"))
    credits_ = {credit["name"]: credit for credit in header["credits"]}
    assert credits_["GeoNames"]["licence"] == "CC BY 4.0"
    assert credits_["Incident Mapper"]["version"] == version("incident-mapper")


@pytest.mark.parametrize("entry", ["{name: X, what: y}", "{name: X, what: y, licence: z, by: w}"])
def test_a_bad_entry_of_the_credits_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, entry: str
) -> None:
    path = tmp_path / "credits.yaml"
    path.write_text(f"- {entry}\n")
    monkeypatch.setattr(about, "CREDITS_FILE", path)
    about.load_credits.cache_clear()
    with pytest.raises(InputError, match=r"credits\.yaml: entry .*'X'"):
        about.load_credits()
    monkeypatch.undo()
    about.load_credits.cache_clear()
