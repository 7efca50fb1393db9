"""A map in a notebook's cell: drawn where the notebook is trusted, else a plain table."""

import re
from pathlib import Path

import folium
import pytest
from geopandas import GeoDataFrame
from lxml.html import document_fromstring
from lxml_html_clean import Cleaner
from map_samples import HOSTILE_TEXTS, make_hostile, make_many, make_sample
from playwright.sync_api import Page, expect

from geo.table import make_table
from maps.incident_layer import IncidentLayer
from maps.incident_map import make_map
from maps.plain_table import MOST_ROWS, make_plain_table

# What sites that show notebooks take out: scripts, frames, styles, handlers, form controls.
CLEANER = Cleaner(
    scripts=True, javascript=True, style=True, inline_style=True, frames=True, embedded=True,
    forms=True, page_structure=False, comments=True, safe_attrs_only=True,
)  # fmt: skip


def sanitize(cell: str) -> str:
    return str(CLEANER.clean_html(f"<div>{cell}</div>"))


def test_of_a_sanitized_cell_a_readable_table_stays() -> None:
    cell = sanitize(make_map(make_sample(), title="Syria")._repr_html_())
    assert "<iframe" not in cell
    assert "<script" not in cell
    body = document_fromstring(cell)
    assert (
        body.findtext(".//summary") == "24 incidents, 20 with a location; the first 20 as a table"
    )
    heads = [cell.text for cell in body.iterfind(".//th")]
    assert heads == ["Date", "Type", "Actors", "Place", "Precision", "Source"]
    rows = [[cell.text for cell in row.iterfind("td")] for row in body.iterfind(".//tbody/tr")]
    assert len(rows) == 20
    assert rows[0] == [
        "2020-01-16", "Government regains territory",
        "Military Forces of Syria, against Hayat Tahrir al-Sham", "Abu Duhur", "settlement",
        "Local monitor",
    ]  # fmt: skip


def plain(table: GeoDataFrame) -> str:
    located = int((~(table.geometry.is_empty | table.geometry.isna())).sum())
    return make_plain_table(table.head(MOST_ROWS), len(table), located)


def test_what_is_not_known_is_said_in_words() -> None:
    table = plain(make_table([{"incident_id": "1", "place_text": "the old mill"}]))
    assert "<summary>1 incident, 0 with a location</summary>" in table
    assert "<td>unknown</td><td>unknown</td><td>unknown</td><td>the old mill</td>" in table


@pytest.mark.parametrize(
    ("actors", "said"),
    [
        ({"actor1": "Army"}, "Army"),
        ({"actor1": "Army", "actor2": "Rebels"}, "Army, against Rebels"),
        ({"actor2": "Rebels"}, "unknown actor, against Rebels"),
        (
            {
                "actor2": "Rebels",
                "event_type": "Strategic developments",
                "sub_event_type": "Agreement",
            },
            "unknown actor, with Rebels",
        ),
        ({}, "unknown"),
    ],
)
def test_who_was_attacked_is_not_named_as_who_attacked(actors: dict[str, str], said: str) -> None:
    record = {"incident_id": "1", "date_start": "2020-01-01", "event_type": "Battles"}
    assert f"</td><td>{said}</td><td>unknown</td>" in plain(make_table([record | actors]))


def test_a_map_of_nothing_has_a_table_of_nothing() -> None:
    assert "<summary>0 incidents, 0 with a location</summary>" in plain(make_table([]))


def test_hostile_text_is_text_in_the_table() -> None:
    body = document_fromstring(plain(make_hostile()))
    places = [row[3].text_content() for row in body.iterfind(".//tbody/tr")]
    assert {tag.tag for tag in body.iter()} <= {
        "html", "body", "details", "summary", "p", "table", "thead", "tbody", "tr", "th", "td"
    }  # fmt: skip
    assert not any(element.attrib for element in body.iter())
    assert HOSTILE_TEXTS[0] in places
    assert HOSTILE_TEXTS[4] in places


def test_a_large_table_costs_no_more_than_its_first_rows() -> None:
    assert len(plain(make_many(2000))) < 6000


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
def test_a_trusted_cell_draws_the_map_and_keeps_the_table_folded(
    page: Page, tmp_path: Path
) -> None:
    path = tmp_path / "cell.html"
    cell = make_map(make_sample(), title="Syria")._repr_html_()
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{cell}", encoding="utf-8")
    page.goto(path.as_uri())
    frame = page.frame_locator("iframe")
    expect(frame.locator(".im-summary")).to_have_text("24 incidents, 4 without a location")
    expect(page.locator("table")).to_be_hidden()
    page.locator("summary").click()
    expect(page.get_by_role("row")).to_have_count(21)


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
def test_the_map_works_in_a_frame_without_an_origin(page: Page, tmp_path: Path) -> None:
    """As in notebooks shown on other sites: no storage, no history, no address of its own."""
    path = tmp_path / "cell.html"
    cell = make_map(make_sample())._repr_html_()
    framed = cell.replace("<iframe ", '<iframe sandbox="allow-scripts" ', 1)
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{framed}", encoding="utf-8")
    page.goto(path.as_uri())
    frame = page.frame_locator("iframe")
    expect(frame.locator(".im-summary")).to_have_text("24 incidents, 4 without a location")
    battles = frame.get_by_label("Battles").first
    battles.uncheck()
    expect(frame.locator(".im-summary")).to_contain_text("of 24 incidents")
    assert frame.locator("#im-wait, .im-damage").count() == 0


@pytest.mark.browser
def test_a_plain_folium_map_with_our_layer_is_a_cell_as_folium_makes_it(page: Page) -> None:
    made = folium.Map([35, 38], tiles=None)
    layer = IncidentLayer(make_sample()).add_to(made)
    cell = made._repr_html_()
    assert layer.get_name() in cell
    assert len(re.findall("<iframe", cell)) == 1
    page.route(re.compile("^https:"), lambda route: route.abort())
    page.set_content(cell)
    frame = page.frame_locator("iframe")
    expect(frame.locator(f"script#{layer.ids['data']}")).to_have_count(1)
