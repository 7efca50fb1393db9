"""Cards, popups and the list of what is not located: what they say, and how focus moves."""

from typing import Any

import pytest
from map_reading import OpenMap
from map_samples import AMUDA, CLASH, HOSTILE_TEXTS, claim, make_hostile, make_sample, row
from playwright.sync_api import Page, expect

from geo.regions import locate_at
from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

OPEN = "rows => map_incidents.incidentApp.open(rows, [35, 38])"
KEPT_ID = "map_incidents.incidentApp.kept.parts().find(p => p.key === 'id')"


def open_one(open_map: OpenMap, **more: Any) -> Page:
    page = open_map(make_table([row(1, "2019-05-01", CLASH, "Amuda", locate_at(AMUDA), **more)]))
    page.evaluate(OPEN, [0])
    expect(page.locator(".im-card")).to_be_visible()
    return page


def test_what_is_known_to_a_province_says_so_first(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.evaluate(OPEN, [6])
    card = page.locator(".im-card")
    expect(card).to_contain_text("province or region, within about")
    assert card.inner_text().startswith("Somewhere in Raqqa province")
    page.evaluate(OPEN, [18])
    expect(card).to_contain_text("town or village")
    assert "Somewhere" not in card.inner_text()


@pytest.mark.parametrize(
    ("end", "precision", "said"),
    [
        ("2019-05-31", "month", "in May 2019"),
        ("2019-12-31", "year", "2019-05-01 to 2019-12-31 (known to the year)"),
        ("2019-05-01", "week", "about 2019-05-01 (known to the week)"),
        ("2019-05-01", "day", "2019-05-01"),
    ],
)
def test_a_date_is_said_no_more_exactly_than_it_is_known(
    open_map: OpenMap, end: str, precision: str, said: str
) -> None:
    page = open_one(open_map, date_end=end, date_precision=precision)
    expect(page.locator(".im-date")).to_have_text(
        said if "(" in said or precision == "day" else f"{said} (known to the {precision})"
    )


def test_claims_that_disagree_are_marked_and_kept_apart(open_map: OpenMap) -> None:
    page = open_one(open_map, claims=[claim("Army", 12, "people"), claim("Monitor", 3, "people")])
    card = page.locator(".im-card")
    expect(card).to_contain_text("The sources disagree.")
    expect(card.locator(".im-tolls li")).to_have_text(
        ["12 killed: people — says Army", "3 killed: people — says Monitor"]
    )
    card.get_by_text("What each source said").click()
    expect(card).to_contain_text("Monitor: “3 people were killed, Monitor said.”")


def test_claims_that_agree_are_not_marked(open_map: OpenMap) -> None:
    claims = [claim("Army", 3, "people"), claim("Monitor", 3, "people")]
    page = open_one(open_map, claims=claims)
    expect(page.locator(".im-tolls li")).to_have_count(2)
    assert "disagree" not in page.locator(".im-card").inner_text()


def test_ids_and_a_link_are_copied(open_map: OpenMap, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_map(make_sample())
    page.evaluate(OPEN, [13])
    page.get_by_role("button", name="Copy the incident id").click()
    expect(page.locator(".im-ids [role=status]")).to_contain_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "sample-13"
    page.get_by_role("button", name="Copy link to this incident").click()
    expect(page.locator(".im-ids [role=status]")).to_contain_text("on this computer")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith("file:///")
    assert link.endswith("map.html#id=sample-13")


def test_an_id_leads_to_its_incident(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.evaluate(f"{KEPT_ID}.set('sample-14')")
    expect(page.locator(".im-card")).to_contain_text("Tall Tamr", timeout=10_000)
    assert page.evaluate("map_incidents.getCenter().lng") == pytest.approx(40.37, abs=0.5)
    assert page.evaluate(f"{KEPT_ID}.get()") == "sample-14"
    page.evaluate(f"{KEPT_ID}.set('sample-22')")
    expect(page.locator(".im-card")).to_contain_text("the old mill")
    page.keyboard.press("Escape")
    page.evaluate("map_incidents.closePopup()")
    page.wait_for_function(f"() => {KEPT_ID}.get() === ''")
    page.evaluate(f"{KEPT_ID}.set('<b>none</b>')")
    expect(page.locator(".im-notice")).to_have_text("This file holds no incident “<b>none</b>”.")


def test_several_at_one_place_are_summed_sorted_and_turned_by_arrows(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.locator("body").press("Shift")  # what comes is opened by the keyboard
    page.evaluate("map_incidents.incidentApp.goTo([1, 2, 3])")
    popup = page.get_by_role("dialog")
    expect(popup).to_contain_text("3 incidents here", timeout=10_000)
    expect(popup).to_contain_text("Explosions/Remote violence 2")
    expect(popup).to_contain_text("Deaths reported: 5 (in 1 of the 3)")
    expect(page.locator(".im-pages")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".im-row").first).to_contain_text("Protests")
    expect(page.locator(".im-turn")).to_have_text("Newest first")
    expect(page.locator(".im-turn")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".im-pager")).to_contain_text("1 of 3")
    lon = page.evaluate("map_incidents.getCenter().lng")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".im-pager")).to_contain_text("2 of 3")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".im-pager")).to_contain_text("3 of 3")
    expect(page.locator(".im-card")).to_contain_text("2020-01-17")
    # Kept off the panels the map may move up or down; an arrow would move it sideways.
    assert page.evaluate("map_incidents.getCenter().lng") == pytest.approx(lon, abs=1e-3)
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)


def test_on_a_phone_the_card_is_a_sheet_and_the_place_is_seen_above_it(
    open_map: OpenMap, page: Page
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(make_sample())
    page.evaluate("map_incidents.incidentApp.goTo([0])")
    popup = page.get_by_role("dialog")
    expect(popup).to_contain_text("Government regains", timeout=10_000)
    box = popup.bounding_box()
    bar = page.locator(".im-bar").bounding_box()
    assert box
    assert bar
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] + box["height"] <= bar["y"] + 1
    page.wait_for_timeout(400)
    spot = page.evaluate("map_incidents.latLngToContainerPoint([35.73, 37.05])")
    head = page.locator(".im-head").bounding_box()
    assert head
    assert head["y"] + head["height"] < spot["y"] < box["y"]
    close = page.get_by_role("button", name="Close", exact=True)
    size = close.bounding_box()
    assert size
    assert min(size["width"], size["height"]) >= 44
    close.click()
    expect(popup).to_have_count(0)


def test_many_that_are_not_located_come_by_pages(open_map: OpenMap) -> None:
    rows = [row(n, "2020-01-01", CLASH, f"Nowhere {n}", None) for n in range(95)]
    page = open_map(make_table(rows))
    page.get_by_role("button", name="Not located (95)").click()
    items = page.locator(".im-unlocated-list > li")
    expect(items).to_have_count(40)
    page.get_by_role("button", name="Next page").click()
    expect(items.first).to_contain_text("Nowhere 40")
    assert page.locator(".im-unlocated-list").get_attribute("start") == "41"
    page.get_by_label("Page", exact=True).fill("99")
    page.keyboard.press("Enter")
    expect(items).to_have_count(15)
    expect(items.last).to_contain_text("Nowhere 94")


def test_what_is_not_located_names_its_candidates(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.get_by_role("button", name="Not located (4)").click()
    item = page.locator(".im-unlocated-list > li").first
    expect(item).to_contain_text(
        "It could be Samka, Tartus, SY (31 %, namesake); Samka, Idlib, SY (31 %, namesake)"
    )


def test_columns_of_the_callers_are_shown_as_text(open_map: OpenMap) -> None:
    page = open_map(make_hostile())
    page.evaluate(
        """texts => { const { details } = map_incidents.incidentApp; const { read } = details;
          details.read = async (row) =>
            ({ ...await read(row), extra: Object.fromEntries(texts.map((t) => [t, t])) }); }""",
        [text for text in HOSTILE_TEXTS if "\ud800" not in text],
    )
    page.evaluate(OPEN, [0])
    card = page.locator(".im-card")
    card.get_by_text("Further columns").click()
    expect(card.locator("tr").first).to_contain_text("<img src=x onerror=window.pwned=1>")
    assert card.locator("tr").count() == len(HOSTILE_TEXTS) - 1
    assert card.locator("img, script, svg, b, iframe, a").count() == 0
    assert page.evaluate("window.pwned") is None


def test_where_nothing_more_is_known_of_a_place_there_is_nothing_to_open(open_map: OpenMap) -> None:
    given = {"match_method": "given", "match_score": None, "match_reasons": []}
    page = open_one(open_map, **given)
    card = page.locator(".im-card")
    expect(card).to_contain_text("Why this place: coordinates given with the row")
    expect(card.locator("summary", has_text="Why this place")).to_have_count(0)
