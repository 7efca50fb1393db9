"""The layer panel: groups that fold, long ones in part, "only", and the way out of all filters."""

from functools import partial
from typing import Any

import pytest
import shapely
from map_reading import OpenMap, count_of, summary
from map_samples import HOSTILE_TEXTS, make_hostile, make_many, make_sample
from playwright.sync_api import Page, expect

from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

KEPT = """key => map_incidents.incidentApp.kept.parts().find(part => part.key === key)"""
TICK_NONE = """map_incidents.incidentApp.filters.facets[0].passes.fill(0);
map_incidents.incidentApp.changed(0)"""


@pytest.fixture
def open_with_groups(open_map: OpenMap) -> OpenMap:
    """Opens pages with two more groups: places, and actors, of which an incident has up to two."""
    return partial(open_map, layers=["event_type", "precision", "place_name", "actor"])


def entries(page: Page, group: str) -> list[str]:
    return page.locator(f".im-group-{group} .im-label").all_inner_texts()


def counts(page: Page, group: str) -> list[int]:
    texts = page.locator(f".im-group-{group} .im-count").all_inner_texts()
    return [int(text.replace(",", "")) for text in texts]


def test_a_long_group_is_folded_then_shows_what_there_is_most_of(open_with_groups: OpenMap) -> None:
    page = open_with_groups(make_many(2_000))
    toggle = page.get_by_role("button", name="Place all 40")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    assert page.locator(".im-group-name .im-entry").count() == 0
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    assert len(entries(page, "name")) == 8
    shown = counts(page, "name")
    assert shown == sorted(shown, reverse=True)
    page.get_by_role("button", name="32 more").click()
    assert len(entries(page, "name")) == 40
    assert sum(counts(page, "name")) == 2_000
    expect(page.get_by_role("button", name=" more")).to_have_count(0)
    assert page.evaluate("document.activeElement.closest('.im-entry') !== null")
    toggle.press("Enter")
    expect(page.locator(".im-group-name .im-entry").first).to_be_hidden()


def test_entries_are_found_without_accents_or_case(open_with_groups: OpenMap) -> None:
    names = [*(f"Village {number}" for number in range(20)), "Idlib", "Ḥimṣ", "حمص"]
    page = open_with_groups(
        make_table([{"incident_id": n, "place_name": n, "actor1": n[0], **_at()} for n in names])
    )
    page.get_by_role("button", name="Place all").click()
    find = page.get_by_label("Find in Place")
    find.fill("hims")
    assert entries(page, "name") == ["Ḥimṣ"]
    find.fill("حمص")
    assert entries(page, "name") == ["حمص"]
    find.fill("nowhere")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    find.press("Escape")
    assert len(entries(page, "name")) == 8
    expect(find).to_have_value("")
    find.fill("village 1")
    assert len(entries(page, "name")) == 8
    page.get_by_role("button", name="3 more").click()
    assert len(entries(page, "name")) == 11


def test_only_leaves_one_entry_by_keyboard_and_once_more_brings_all_back(
    open_with_groups: OpenMap,
) -> None:
    page = open_with_groups(make_sample())
    page.get_by_label("Protests").focus()
    page.keyboard.press("Tab")
    only = page.get_by_role("button", name="only Protests")
    expect(only).to_be_focused()
    expect(only).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    assert summary(page) == "2 of 24 incidents, 1 without a location"
    expect(only).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".im-group-type .im-ticked")).to_have_text("1 of 5")
    expect(page.get_by_label("Battles")).not_to_be_checked()
    page.keyboard.press("Enter")
    assert summary(page) == "24 incidents, 4 without a location"
    expect(only).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_label("Battles")).to_be_checked()


def test_an_incident_of_two_actors_is_shown_while_one_of_them_is_ticked(
    open_with_groups: OpenMap,
) -> None:
    page = open_with_groups(make_sample())
    toggle = page.locator(".im-group-actors .im-toggle")
    expect(toggle).to_have_text("Actor all 5")
    toggle.click()
    assert page.get_by_label("Find in Actor").count() == 0
    page.get_by_role("button", name="Show none: Actor").click()
    expect(toggle).to_have_text("Actor none of 5")
    assert summary(page) == "0 of 24 incidents, all located"
    page.locator(".im-group-actors label", has_text="Civilians").click()
    assert summary(page) == "1 of 24 incidents, all located"
    page.get_by_label("Military Forces of Russia").check()
    assert summary(page) == "1 of 24 incidents, all located"
    page.get_by_label("no actor named").check()
    assert summary(page) == "23 of 24 incidents, 4 without a location"
    expect(toggle).to_have_text("Actor 3 of 5")


def test_counts_follow_the_other_filters_and_an_entry_of_none_can_still_be_ticked(
    open_map: OpenMap,
) -> None:
    page = open_map(make_sample())
    page.get_by_role("button", name="only Protests").click()
    assert count_of(page, "province or region") == "0"
    assert count_of(page, "Battles") == "8"
    row = page.locator(".im-entry", has_text="province or region")
    assert "im-none" in (row.get_attribute("class") or "")
    row.get_by_role("checkbox").uncheck()
    expect(page.locator(".im-group-precision .im-ticked")).to_have_text("4 of 5")
    row.get_by_role("checkbox").check()
    expect(page.locator(".im-group-precision .im-ticked")).to_have_text("")


def test_all_filters_are_cleared_at_once_and_the_focus_stays(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    clear = page.get_by_role("button", name="Clear all filters")
    expect(clear).to_be_hidden()
    page.get_by_label("Last day shown").press("Home")
    page.get_by_label("undated (2)").uncheck()
    page.get_by_label("Battles").uncheck()
    page.evaluate(
        "app => { app.filters.rows = new Uint8Array(24); app.changed('rows') }", _app(page)
    )
    expect(page.locator(".im-clear")).to_contain_text("0 of 24 incidents shown")
    clear.press("Enter")
    expect(clear).to_be_hidden()
    assert summary(page) == "24 incidents, 4 without a location"
    expect(page.get_by_label("Battles")).to_be_checked()
    expect(page.get_by_label("undated (2)")).to_be_checked()
    expect(page.locator(".im-range")).to_have_text("2020-01-16 to 2020-02-05")
    assert page.evaluate("document.activeElement.closest('.im-layers') !== null")


def test_a_closed_panel_counts_nothing_until_it_is_opened(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.get_by_role("button", name="Close Layers").click()
    page.evaluate(TICK_NONE)
    count = page.locator(".im-group-precision .im-count").first
    assert count.text_content() != "0"
    page.get_by_role("button", name="Layers", exact=True).click()
    expect(count).to_have_text("0")


def test_what_is_ticked_is_kept_and_taken_back(open_with_groups: OpenMap) -> None:
    page = open_with_groups(make_sample())
    page.get_by_role("button", name="only Battles").click()
    page.get_by_role("button", name="Show none: Precision").click()
    part = page.evaluate_handle(KEPT, "f-type")
    text = part.evaluate("part => part.get()")
    assert page.evaluate_handle(KEPT, "f-precision").evaluate("part => part.get()") == "none"
    page.get_by_role("button", name="Clear all filters").click()
    assert part.evaluate("part => part.get()") == ""
    part.evaluate("(part, text) => part.set(text)", text)
    assert summary(page) == "8 of 24 incidents, 1 without a location"
    expect(page.get_by_label("Battles")).to_be_checked()
    expect(page.get_by_label("Protests")).not_to_be_checked()


def test_no_text_that_somebody_wrote_breaks_a_group(open_with_groups: OpenMap) -> None:
    page = open_with_groups(make_sample())
    garbage = [
        *(text.replace("\ud800", "?") for text in HOSTILE_TEXTS),
        "-",
        "0.1",
        "9~9",
        "x" * 9_999,
    ]
    for key in ("f-type", "f-precision", "f-name", "f-actors"):
        part = page.evaluate_handle(KEPT, key)
        for text in garbage:
            part.evaluate("(part, text) => part.set(text)", text)
        assert part.evaluate("part => part.get()") == ""
    assert summary(page) == "24 incidents, 4 without a location"


def test_hostile_entries_stay_text(open_with_groups: OpenMap) -> None:
    page = open_with_groups(make_hostile())
    page.get_by_role("button", name="Place all").click()
    page.get_by_role("button", name=" more").click()
    page.get_by_label("Find in Place").fill("<img")
    assert entries(page, "name") == ["<img src=x onerror=window.pwned=1>"]
    assert page.evaluate("window.pwned") is None


def test_thousands_of_entries_are_not_thousands_of_elements(open_with_groups: OpenMap) -> None:
    page = open_with_groups(
        make_table(
            [
                {
                    "incident_id": str(n),
                    "place_name": f"Village {n}",
                    "actor1": f"Cell {n}",
                    **_at(),
                }
                for n in range(3_000)
            ]
        )
    )
    before = page.locator(".im-layers *").count()
    page.get_by_role("button", name="Actor all 3,000").click()
    page.get_by_role("button", name="2,992 more").click()
    assert page.locator(".im-layers *").count() - before < 600
    page.get_by_label("Find in Actor").fill("cell 2999")
    page.get_by_role("button", name="only Cell 2999").click()
    assert summary(page) == "1 of 3,000 incidents, all located"


def test_on_a_phone_every_target_is_large_enough_and_nothing_is_cut_off(
    open_with_groups: OpenMap, page: Page
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_with_groups(make_many(500))
    page.get_by_role("button", name="Layers", exact=True).click()
    page.get_by_role("button", name="Place all").click()
    page.get_by_role("button", name="only Village").first.click()
    small = page.evaluate(
        """[...document.querySelectorAll('.im-layers :is(button, label, input[type="search"])')]
        .filter(e => e.checkVisibility()).map(e => [e.textContent, e.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24 || box.right > 390)
        .map(([text]) => text)"""
    )
    assert small == []
    assert (
        page.evaluate("(e => e.scrollWidth - e.clientWidth)(document.querySelector('.im-groups'))")
        == 0
    )


def _at() -> dict[str, Any]:
    return {"geometry": shapely.Point(36.6, 35.9), "precision": "settlement", "radius_km": 2.0}


def _app(page: Page) -> Any:
    return page.evaluate_handle("map_incidents.incidentApp")
