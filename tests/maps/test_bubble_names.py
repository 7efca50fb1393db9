"""The list of bubbles calls a place by its name, else in the words of a source, quoted."""

from typing import Any

import pytest
import shapely
from map_reading import OpenMap
from map_samples import HOSTILE_TEXTS
from playwright.sync_api import Page, expect

from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]


def record(number: int, deaths: int, **more: Any) -> dict[str, Any]:
    where = shapely.Point(36 + number / 4, 35)
    base = {"incident_id": str(number), "event_type": "Battles", "precision": "settlement"}
    return base | {"radius_km": 2.0, "fatalities_best": deaths, "geometry": where} | more


def listed(page: Page) -> list[str]:
    buttons = page.locator(".im-scale-list button")
    return [" ".join(text.split()) for text in buttons.all_text_contents()]


def test_a_place_without_a_name_is_called_as_it_is_written(open_map: OpenMap) -> None:
    records = [
        record(1, 9, place_name="Idlib", place_text="Idlib city"),
        record(2, 8, place_text="the old mill"),
        record(3, 7),
        record(4, 6, place_text=""),
        # Of two incidents at one place, the one that has words for it.
        record(4, 1, place_text="near the bridge") | {"incident_id": "5"},
    ]
    page = open_map(make_table(records), view="bubbles")
    expect(page.locator(".im-scale-list")).to_contain_text("near the bridge")
    expect(page.locator(".im-scale-list")).to_contain_text("the old mill")
    assert listed(page) == ["Idlib 9", "“the old mill” 8", "unnamed place 7", "“near the bridge” 7"]
    page.locator(".im-scale-all summary").click()
    page.get_by_role("button", name="“the old mill” 8").click()
    expect(page.locator(".im-card")).to_contain_text("As written: “the old mill”")


def test_words_of_sources_stay_text(open_map: OpenMap) -> None:
    plain = [text.replace("\ud800", "?") for text in HOSTILE_TEXTS]
    records = [record(n, 20 - n, place_text=text) for n, text in enumerate(plain)]
    page = open_map(make_table(records), view="bubbles")
    shown = page.locator(".im-scale-list bdi")
    expect(shown).to_contain_text(["<img src=x onerror=window.pwned=1>"])
    page.wait_for_function(
        "() => !document.querySelector('.im-scale-list').textContent.includes('unnamed')"
    )
    assert "{{ 7 * 7 }} {% raw %}" in shown.all_text_contents()
    assert page.locator(".im-scale-list :is(img, script, svg, b)").count() == 0
    assert page.evaluate("window.pwned") is None
