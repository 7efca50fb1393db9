"""The marks by keyboard: a cursor walks those in the window, says what they are, opens them."""

from itertools import pairwise

import pytest
from map_reading import OpenMap, go_to
from map_samples import make_many, make_sample
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

_RING = """() => {
  const canvas = document.querySelector('.leaflet-im-cursor-pane canvas');
  if (canvas.width < 2) return null;
  const box = canvas.getBoundingClientRect();
  const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let [left, top, right, bottom] = [1e9, 1e9, -1, -1];
  for (let i = 3; i < data.length; i += 4) if (data[i] > 200) {
    const [x, y] = [((i - 3) / 4) % canvas.width, Math.floor((i - 3) / 4 / canvas.width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  if (right < 0) return null;
  return { x: box.left + (left + right) / 2, y: box.top + (top + bottom) / 2 };
}"""


def said(page: Page) -> Locator:
    return page.locator(".im-heard[aria-live]")


def focus_map(page: Page) -> None:
    page.locator("#map_incidents").focus()


def ring(page: Page) -> dict[str, float] | None:
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    found: dict[str, float] | None = page.evaluate(_RING)
    return found


def test_n_and_p_walk_the_marks_in_reading_order_with_a_ring(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    focus_map(page)
    assert ring(page) is None
    total = int(page.evaluate("map_incidents.incidentApp.marks.drawn().length"))
    assert total > 5
    texts, rings = [], []
    for number in range(1, total + 1):
        page.keyboard.press("n")
        expect(said(page)).to_contain_text(f"mark {number} of {total}")
        texts.append(said(page).inner_text())
        rings.append(ring(page))
    assert all(rings)
    lines = [(round(one["y"]) // 48, one["x"]) for one in rings if one]
    # A ring's middle is a pixel off at most: one at a line's edge may seem to be in the next.
    assert sum(a > b for a, b in pairwise(lines)) <= 2
    counts = [int(text.split()[0]) for text in texts]
    assert sum(counts) == 20
    assert any(text.startswith("1 incident at Amuda, mark") for text in texts)
    page.keyboard.press("n")
    expect(said(page)).to_contain_text(f"mark 1 of {total}")
    page.keyboard.press("p")
    expect(said(page)).to_contain_text(f"mark {total} of {total}")


def test_enter_opens_the_mark_as_a_click_would_and_escape_leaves(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    go_to(page, 37.104, 40.93, 11)
    focus_map(page)
    page.keyboard.press("n")
    expect(said(page)).to_have_text("1 incident at Amuda, mark 1 of 1")
    found = ring(page)
    spot = page.evaluate("map_incidents.latLngToContainerPoint([37.104, 40.93])")
    assert found
    assert abs(found["x"] - spot["x"]) <= 2
    assert abs(found["y"] - spot["y"]) <= 2
    page.keyboard.press("Escape")
    assert ring(page) is None
    expect(said(page)).to_have_text("")
    page.keyboard.press("Enter")
    assert page.locator(".leaflet-popup").count() == 0
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    expect(page.locator(".im-card")).to_contain_text("Agreement")


def test_enter_on_a_cluster_zooms_in(open_map: OpenMap) -> None:
    page = open_map(make_many(3_000))
    focus_map(page)
    page.keyboard.press("n")
    expect(said(page)).to_contain_text("places, mark 1 of")
    before = page.evaluate("map_incidents.getZoom()")
    page.keyboard.press("Enter")
    page.wait_for_timeout(800)
    assert page.evaluate("map_incidents.getZoom()") > before
    assert ring(page) is None


def test_the_cursor_goes_with_a_filter_and_says_where_there_is_no_mark(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    focus_map(page)
    page.keyboard.press("n")
    assert ring(page)
    page.evaluate(
        "(() => { const app = map_incidents.incidentApp;"
        " app.filters.facets[0].passes.fill(0); app.changed(0); })()"
    )
    assert ring(page) is None
    page.keyboard.press("p")
    expect(said(page)).to_have_text("No mark in the window.")


def test_letters_typed_into_a_field_walk_no_marks(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.get_by_role("combobox").fill("")
    page.get_by_role("combobox").press_sequentially("pnpn")
    assert ring(page) is None
    assert page.get_by_role("combobox").input_value() == "pnpn"
