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
