"""The page by keyboard alone: Tab reaches everything, each stop is seen, named and left again."""

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from map_reading import OpenMap, summary
from map_samples import make_sample
from playwright.sync_api import FloatRect, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

# More stops than any state of the page has: who presses Tab as often is in a trap.
_MOST_STOPS = 150
_DESKTOP, _PHONE = (1280, 800), (390, 844)
# Pixels about an element in which the sign of focus is drawn.
_ROOM = 7
# What has the focus: its box, and whether that is what lies there for whoever looks.
_STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  (window.reached ??= new Set()).add(e);
  const box = e.getBoundingClientRect();
  const at = [box.x + box.width / 2, box.y + box.height / 2];
  const hit = document.elementFromPoint(...at);
  const own = e.closest('label, .im-brush') ?? e;
  const isMap = e.classList.contains('leaflet-container');
  return { x: box.x, y: box.y, width: box.width, height: box.height,
    seen: isMap || Boolean(hit && (own.contains(hit) || hit.contains(e))) };
}"""
# Controls in sight at which Tab has not stopped; of radio buttons one a group is one stop.
_MISSED = """within => [...document.querySelectorAll(
    `${within} :is(a[href], button, input, select, summary, [tabindex="0"])`)]
  .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.disabled)
  .filter(e => !window.reached.has(e) && !(e.type === 'radio' &&
    [...window.reached].some(other => other.type === 'radio' && other.name === e.name)))
  .map(e => e.outerHTML.slice(0, 120))"""
_BLUR = "() => { window.held = document.activeElement; window.held.blur(); }"


def name_of(page: Page) -> str:
    """The role and the name that a screen reader says of what has the focus."""
    focused = page.locator(":focus")
    if focused.evaluate("e => e.tagName") == "SUMMARY" and focused.inner_text().strip():
        return f'summary "{focused.inner_text().strip()}"'
    said = focused.aria_snapshot().split("\n")[0]
    found = re.match(r"- '?(\w+) (\"[^\"]+\"|/[^/]+/)", said)
    assert found, f"no role or no name: {said or focused.evaluate('e => e.outerHTML')}"
    return f"{found[1]} {found[2]}"


def assert_seen(page: Page, stop: dict[str, Any], name: str) -> None:
    """What has the focus lies in the window, on top, and looks other than without the focus."""
    size = page.viewport_size
    assert size
    assert stop["seen"], f"{name} is covered"
    assert stop["width"] > 0, name
    left, top = max(0, stop["x"] - _ROOM), max(0, stop["y"] - _ROOM)
    right = min(size["width"], stop["x"] + stop["width"] + _ROOM)
    bottom = min(size["height"], stop["y"] + stop["height"] + _ROOM)
    assert right - left > 1, f"{name} is out of the window"
    assert bottom - top > 1, f"{name} is out of the window"
    clip = FloatRect(x=left, y=top, width=right - left, height=bottom - top)
    focused = page.screenshot(clip=clip)
    page.evaluate(_BLUR)
    plain = page.screenshot(clip=clip)
    page.evaluate("held.focus({ preventScroll: true })")
    assert focused != plain, f"{name} shows no focus"


def walk(page: Page) -> list[str]:
    """Presses Tab until the focus leaves the page; the names of the stops, each looked at."""
    names: list[str] = []
    while len(names) < _MOST_STOPS:
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None:
            return names
        names.append(name_of(page))
        assert_seen(page, stop, names[-1])
    pytest.fail(f"no way out: {names[-6:]}")


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Presses Tab until what has the focus has a name."""
    for _ in range(_MOST_STOPS):
        page.keyboard.press(key)
        if page.evaluate(_STOP) and re.search(name, name_of(page)):
            return
    pytest.fail(f"{name} cannot be reached by {key}")


def is_within(page: Page, selector: str) -> bool:
    found: bool = page.evaluate("s => Boolean(document.activeElement.closest(s))", selector)
    return found


@pytest.fixture(params=[_DESKTOP, _PHONE], ids=["desktop", "phone"])
def window(request: pytest.FixtureRequest, page: Page) -> tuple[int, int]:
    width, height = request.param
    page.set_viewport_size({"width": width, "height": height})
    return width, height


def test_tab_goes_through_the_page_and_round(open_map: OpenMap, window: tuple[int, int]) -> None:
    page = open_map(make_sample())
    there = walk(page)
    page.keyboard.press("Tab")
    assert page.evaluate(_STOP)
    assert name_of(page) == there[0]
    assert there[:3] == [
        'link "Skip to map"',
        'link "Skip to list"',
        'combobox "Search places, actors and text"',
    ]
    bar = [name for name in there if name.startswith("button")][:6]
    titles = ("Layers", "Time", "List", "Not located", "Share", "About")
    assert [bar[at].startswith(f'button "{title}') for at, title in enumerate(titles)] == [True] * 6
    assert 'main "Map"' in there
    assert 'button "Zoom in"' in there
    assert ('slider "First day shown"' in there) == (window == _DESKTOP)
    assert page.evaluate(_MISSED, "body") == []
    # From the first stop back over the page's end; some browsers stop there at the page itself.
    back = []
    for _ in range(len(there) + 1):
        page.keyboard.press("Shift+Tab")
        back += [name_of(page)] if page.evaluate(_STOP) else []
    assert back[: len(there) - 1] == there[:0:-1]


@pytest.mark.usefixtures("window")
@pytest.mark.parametrize("title", ["Layers", "Time", "List", "Not located", "Share", "About"])
def test_a_panel_is_opened_walked_and_closed_by_key(open_map: OpenMap, title: str) -> None:
    page = open_map(make_sample())
    toggle = f'button "{title}'
    tab_to(page, f"^{toggle}")
    if page.locator(":focus").get_attribute("aria-expanded") == "true":
        page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("aria-expanded", "false")
    panel = f"#{page.locator(':focus').get_attribute('aria-controls')}"
    page.keyboard.press("Enter")
    expect(page.locator(panel)).to_be_visible()
    assert is_within(page, panel)
    assert name_of(page).startswith(f'heading "{title}')
    for group in page.locator(f"{panel} .im-toggle").all():
        group.focus()
        page.keyboard.press("Enter")
    page.locator(f"{panel} h2").focus()
    there = walk(page)
    assert page.evaluate(_MISSED, panel) == []
    assert f'button "Close {title}"' in there
    page.keyboard.press("Tab")
    tab_to(page, f'^button "Close {title}"')
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert is_within(page, panel)
    page.keyboard.press("Escape")
    expect(page.locator(panel)).to_be_hidden()
    assert name_of(page).startswith(toggle)


@pytest.mark.usefixtures("window")
def test_a_popup_is_opened_from_the_map_walked_and_left(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    tab_to(page, '^link "Skip to map"')
    page.keyboard.press("Enter")
    assert name_of(page) == 'main "Map"'
    popup = page.locator(".im-popup")
    for _ in range(8):  # a cluster is zoomed into first
        page.keyboard.press("n")
        page.keyboard.press("Enter")
        page.wait_for_timeout(700)
        if popup.is_visible():
            break
    expect(popup).to_be_visible()
    assert is_within(page, ".im-pages")
    inside = []
    while is_within(page, ".im-popup"):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop and is_within(page, ".im-popup"):
            inside.append(name_of(page))
            assert_seen(page, stop, inside[-1])
        assert len(inside) < _MOST_STOPS
    assert inside
    assert page.evaluate(_MISSED, ".im-popup") == []
    page.keyboard.press("Shift+Tab")
    assert is_within(page, ".im-popup")
    # On the button that closes, too, which is outside the popup's content.
    page.locator(".im-popup").get_by_role("button", name="Close").focus()
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    assert name_of(page) == 'main "Map"'


@pytest.mark.parametrize("view", ["Areas", "Density", "Bubbles"])
def test_a_view_and_its_legend_are_reached(open_map: OpenMap, view: str) -> None:
    page = open_map(make_sample())
    tab_to(page, '^radio "Marks"')
    while name_of(page) != f'radio "{view}"':
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("region", name="Legend")).to_be_visible()
    page.wait_for_timeout(200)
    walk(page)
    assert page.evaluate(_MISSED, ".im-scale") == []


def test_suggestions_close_and_the_focus_stays(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    tab_to(page, "^combobox")
    page.keyboard.type("idlib")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert name_of(page).startswith("combobox")


def test_a_whole_task_is_done_by_key(open_map: OpenMap, tmp_path: Path) -> None:
    """Search a place, filter by it, open its worst incident, copy its link, export the rest."""
    table = make_sample()
    page = open_map(table)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab_to(page, "^combobox")
    page.keyboard.type("residents of idlib")
    page.keyboard.press("Enter")
    texts = table[["evidence", "place_text", "place_name", "admin1"]].agg(" ".join, axis=1)
    held = [texts.str.contains(word, case=False) for word in ("residents", "of", "idlib")]
    chosen = table[held[0] & held[1] & held[2]]
    chip = page.get_by_role("group", name="Search filter")
    expect(chip).to_contain_text(f"· {len(chosen)} incidents")
    expect(page.get_by_role("button", name="Stop searching")).to_be_hidden()
    assert summary(page).startswith(f"{len(chosen)} of {len(table)} incidents")
    tab_to(page, '^button "List"')
    page.keyboard.press("Enter")
    tab_to(page, '^button "Deaths')
    page.keyboard.press("Enter")
    header = page.get_by_role("columnheader", name="Deaths")
    expect(header).to_have_attribute("aria-sort", "descending")
    tab_to(page, '^grid "Incidents"')
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    worst = chosen.sort_values("fatalities_best", ascending=False, kind="stable").iloc[0]
    card = page.get_by_role("dialog").locator(".im-card")
    expect(card.locator("blockquote")).to_have_text(worst["evidence"], timeout=10_000)
    expect(card).to_contain_text(f"{worst['fatalities_best']} killed")
    tab_to(page, '^button "Copy link')
    assert is_within(page, ".im-popup")
    page.keyboard.press("Enter")
    expect(card.get_by_role("status")).not_to_be_empty()
    link = page.evaluate("navigator.clipboard.readText()")
    assert f"id={worst['incident_id']}" in link
    page.keyboard.press("Escape")
    assert name_of(page) == 'grid "Incidents"'
    page.keyboard.press("Escape")
    assert name_of(page) == 'button "List"'
    tab_to(page, '^button "Share"')
    page.keyboard.press("Enter")
    tab_to(page, '^button "CSV"')
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    path = tmp_path / "shown.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        ids = {line["incident_id"] for line in csv.DictReader(lines)}
    assert ids == set(chosen["incident_id"])
