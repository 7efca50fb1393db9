"""Who did what to whom, where and how many died: the same in card, pile, list and on paper."""

from typing import Any

import pytest
from map_reading import OpenMap
from map_samples import AIR, CLASH, DEAL, IDLIB, row
from playwright.sync_api import Page, expect

from geo.regions import locate_at
from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

OPEN = "rows => map_incidents.incidentApp.open(rows, [35.931, 36.631])"


def open_rows(open_map: OpenMap, *rows: dict[str, Any]) -> Page:
    """The page of incidents at Idlib, one a day."""
    at = locate_at(IDLIB)
    return open_map(
        make_table(
            row(number, f"2020-01-{number + 1:02}", more.pop("kind", CLASH), "Idlib", at, **more)
            for number, more in enumerate(rows)
        )
    )


def open_pile(page: Page, count: int) -> list[str]:
    """The rows of the popup with the first so many incidents."""
    page.evaluate(OPEN, list(range(count)))
    expect(page.locator(".im-row")).to_have_count(count)
    return page.locator(".im-row").all_inner_texts()


def open_list(page: Page) -> None:
    page.get_by_role("button", name="List", exact=True).click()


ACTORS: list[tuple[dict[str, Any], str]] = [
    ({"actor1": "Army", "actor2": "Rebels"}, "Army, against Rebels"),
    ({"actor1": "Army"}, "Army"),
    ({"actor2": "armed opposition"}, "unknown actor, against armed opposition"),
    ({"actor2": "Army", "kind": DEAL}, "unknown actor, with Army"),
]


def test_whom_it_was_against_is_never_named_as_who_did_it(open_map: OpenMap) -> None:
    page = open_rows(open_map, *({"kind": AIR} | actors for actors, _ in ACTORS), {})
    for number, (_, said) in enumerate(ACTORS):
        page.evaluate(OPEN, [number])
        expect(page.locator(".im-actors")).to_have_text(said)
    page.evaluate(OPEN, [len(ACTORS)])
    expect(page.locator(".im-card h2")).to_contain_text("Battles")
    expect(page.locator(".im-actors")).to_have_count(0)
    for text, (_, said) in zip(open_pile(page, 4), ACTORS, strict=True):
        assert text.split("\n")[-1] == f"Idlib · {said}"


def test_on_paper_too_whom_it_was_against_is_told_from_who_did_it(open_map: OpenMap) -> None:
    page = open_rows(open_map, *({"kind": AIR} | actors for actors, _ in ACTORS))
    open_list(page)
    page.emulate_media(media="print")
    cells = page.locator(".im-sheet-list tbody td:nth-child(3)")
    expect(cells).to_have_text([said for _, said in ACTORS])


# Of each incident: the figures, what the pile says, what the list says.
DEATHS: list[tuple[dict[str, Any], str, str]] = [
    ({"fatalities_best": 12}, "12 killed", "12"),
    ({"fatalities_low": 2, "fatalities_high": 9}, "2 to 9 killed", "2–9"),
    ({"fatalities_best": 0}, "0 killed", "0"),
    ({}, "", "–"),
    ({"fatalities_low": 40, "fatalities_high": 90}, "40 to 90 killed", "40–90"),
]


def test_deaths_are_counted_by_one_figure_wherever_they_are_said(open_map: OpenMap) -> None:
    page = open_rows(open_map, *(figures for figures, _, _ in DEATHS))
    for text, (_, said, _) in zip(open_pile(page, len(DEATHS)), DEATHS, strict=True):
        assert text.split("\n")[-1] == (f"Idlib · {said}" if said else "Idlib")
    here = page.locator(".im-here p")
    expect(here).to_have_text(
        "Deaths reported: 54 (in 4 of the 5). 2 incidents without a best figure count with the "
        "lowest."
    )
    page.locator(".im-row").nth(4).click()
    expect(page.locator(".im-card")).to_contain_text("40 to 90 killed")
    expect(page.locator(".im-card")).to_contain_text("Lists and sums count the lowest figure, 40.")
    page.evaluate("map_incidents.closePopup()")
    page.evaluate("map_incidents.incidentApp.set('view', 'bubbles')")
    legend = page.locator(".im-scale")
    expect(legend).to_contain_text("54 deaths reported in 5 incidents with a location.")


def test_a_range_stands_in_the_list_where_its_lowest_figure_stands(open_map: OpenMap) -> None:
    page = open_rows(open_map, *(figures for figures, _, _ in DEATHS))
    open_list(page)
    page.get_by_role("button", name="Deaths").click()
    cells = page.locator(".im-list-row[id] .im-cell-deaths")
    expect(cells).to_have_text(["40–90", "12", "2–9", "0", "–"])


WRITTEN = "government-held villages"


def open_unnamed(open_map: OpenMap) -> Page:
    """Three incidents at one place that has no name, the last of a source that wrote none."""
    unnamed = {"place_name": "", "place_text": WRITTEN, "actor1": "Army", "admin1": "Idlib"}
    return open_rows(open_map, unnamed, unnamed, unnamed | {"place_text": ""})


def test_a_place_without_a_name_is_called_as_it_is_written(open_map: OpenMap) -> None:
    page = open_unnamed(open_map)
    texts = [text.split("\n")[-1] for text in open_pile(page, 3)]
    assert texts == [f"“{WRITTEN}” · Army", f"“{WRITTEN}” · Army", "Idlib, Syria · Army"]
    page.evaluate("map_incidents.closePopup()")
    open_list(page)
    cells = page.locator(".im-list-row[id] .im-cell-place")
    expect(cells).to_have_text([f"“{WRITTEN}”, Idlib, Syria"] * 2 + ["Idlib, Syria"])
    page.get_by_role("button", name="Place", exact=True).click()
    expect(cells).to_have_text([f"“{WRITTEN}”, Idlib, Syria"] * 2 + ["Idlib, Syria"])
    page.emulate_media(media="print")
    cell = page.locator(".im-sheet-list tbody tr:first-child td:nth-child(4)")
    expect(cell).to_have_text(f"“{WRITTEN}”, Idlib, Syria")


def test_the_cursor_says_where_a_mark_without_a_name_is(open_map: OpenMap) -> None:
    page = open_unnamed(open_map)
    page.locator(".folium-map").focus()
    page.keyboard.press("n")
    said = page.locator(".im-heard[role=status]")
    expect(said).to_have_text(f"3 incidents at “{WRITTEN}”, mark 1 of 1")
