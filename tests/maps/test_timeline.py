"""The timeline: the window under pointer and keyboard, steps, play, dates typed, what is kept."""

from collections.abc import Sequence
from typing import Any

import pytest
import shapely
from geopandas import GeoDataFrame
from map_reading import OpenMap, summary
from map_samples import HOSTILE_TEXTS, make_many, make_sample
from playwright.sync_api import Page, expect

from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

# Where the bars stand within the brush, as timeline_bars.js has it.
SIDE = 28
PART = "key => map_incidents.incidentApp.kept.parts().find(part => part.key === key)"


def said(page: Page) -> str:
    return page.locator(".im-range").inner_text()


def make_dated(days: Sequence[str]) -> GeoDataFrame:
    """An incident for each day at one place."""
    return make_table(
        {
            "incident_id": str(number),
            "date_start": day,
            "precision": "settlement",
            "geometry": shapely.Point(36.6, 35.9),
        }
        for number, day in enumerate(days)
    )


def spot(page: Page, step: float, *, count: int, axis: bool = False) -> tuple[float, float]:
    """Where a step's left edge stands in the window: among the bars, or on the axis below."""
    box = page.locator(".im-brush").bounding_box()
    assert box
    x = box["x"] + SIDE + step * (box["width"] - 2 * SIDE) / count
    return x, box["y"] + (56 if axis else 25)


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    page.mouse.up()
    page.wait_for_timeout(50)


def test_a_range_is_drawn_moved_and_widened_on_the_bars(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    drag(page, spot(page, 4.5, count=21), spot(page, 8.5, count=21))
    assert said(page) == "2020-01-20 to 2020-01-24"
    assert summary(page) == "11 of 24 incidents, 2 without a location"
    drag(page, spot(page, 6, count=21), spot(page, 8, count=21))
    assert said(page) == "2020-01-22 to 2020-01-26"
    edge, left = spot(page, 6, count=21, axis=True), spot(page, 2, count=21, axis=True)
    drag(page, (edge[0] - 6, edge[1]), (left[0] - 6, left[1]))
    assert said(page) == "2020-01-18 to 2020-01-26"
    edge, right = spot(page, 11, count=21, axis=True), spot(page, 40, count=21, axis=True)
    drag(page, (edge[0] + 6, edge[1]), (right[0] + 6, right[1]))
    assert said(page) == "2020-01-18 to 2020-02-05"


def test_a_click_on_a_bar_shows_its_days(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.mouse.click(*spot(page, 5.5, count=21))
    assert said(page) == "2020-01-21 to 2020-01-21"
    page.mouse.move(*spot(page, 6.5, count=21))
    expect(page.locator(".im-bar-note")).to_have_text("2020-01-22: 2")


def test_the_handles_obey_the_keys_of_a_slider(open_map: OpenMap) -> None:
    page = open_map(make_dated(["2016-01-01", "2017-05-17", "2019-12-31"]))
    last, first = page.get_by_label("Last day shown"), page.get_by_label("First day shown")
    move = page.get_by_label("Move the range")
    expect(move).to_be_hidden()
    last.press("PageDown")
    paged = int(last.input_value())
    assert paged < 46
    last.press("ArrowLeft")
    assert int(last.input_value()) == paged - 1
    last.press("Home")
    expect(last).to_have_attribute("aria-valuetext", "2016-01-31")
    first.press("End")
    expect(first).to_have_attribute("aria-valuetext", "2019-12-01")
    expect(last).to_have_attribute("aria-valuetext", "2019-12-31")
    move.press("Home")
    assert said(page) == "2016-01-01 to 2016-01-31"
    move.press("ArrowRight")
    assert said(page) == "2016-02-01 to 2016-02-29"
    expect(move).to_have_attribute("aria-valuetext", "2016-02-01 to 2016-02-29")
    move.press("End")
    assert said(page).startswith("2019-12-01")


def test_the_steps_are_days_weeks_months_or_years_as_chosen(open_map: OpenMap) -> None:
    page = open_map(make_dated(["2016-01-01", "2017-05-17", "2019-12-31"]))
    expect(page.get_by_role("radio", name="month")).to_be_checked()
    on, back = page.locator(".im-step").nth(1), page.locator(".im-step").first
    for unit, steps, text in (
        ("year", 4, "2016-01-01 to 2016-12-31"),
        ("month", 48, "2016-01-01 to 2016-01-31"),
        ("week", 210, "2016-01-01 to 2016-01-03"),
        ("day", 1_461, "2016-01-01 to 2016-01-01"),
    ):
        page.get_by_role("button", name="Reset").click()
        page.get_by_role("radio", name=unit).check()
        assert page.get_by_label("Last day shown").get_attribute("max") == str(steps - 1)
        expect(on).to_have_accessible_name(f"One {unit} on")
        on.click()
        assert said(page) == text
    on.click()
    assert said(page) == "2016-01-02 to 2016-01-02"
    back.click()
    back.click()
    assert said(page) == "2016-01-01 to 2016-01-01"
    page.get_by_role("button", name="Reset").click()
    back.click()
    assert said(page) == "2019-12-31 to 2019-12-31"
    page.get_by_role("radio", name="year").check()
    assert said(page) == "2019-12-31 to 2019-12-31"
    back.click()
    assert said(page) == "2018-01-01 to 2018-12-31"


def test_play_begins_with_an_eighth_and_stops_at_the_end(open_map: OpenMap) -> None:
    page = open_map(make_dated(["2016-01-01", "2019-12-31"]))
    page.get_by_role("radio", name="year").check()
    play = page.locator(".im-play")
    expect(play).to_have_attribute("aria-pressed", "false")
    play.click()
    assert said(page) == "2016-01-01 to 2016-12-31"
    expect(play).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".im-range")).to_have_text("2019-01-01 to 2019-12-31", timeout=10_000)
    expect(play).to_have_attribute("aria-pressed", "false")
    expect(play).to_have_text("Play")
    play.click()
    assert said(page) == "2016-01-01 to 2016-12-31"
    page.get_by_role("button", name="Close Time").click()
    page.wait_for_timeout(1_500)
    assert page.locator(".im-range").text_content() == "2016-01-01 to 2016-12-31"
    expect(play).to_have_attribute("aria-pressed", "false")


def test_with_less_motion_nothing_plays_until_asked_and_then_slowly(
    open_map: OpenMap, page: Page
) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_map(make_sample())
    page.wait_for_timeout(700)
    assert said(page) == "2020-01-16 to 2020-02-05"
    page.locator(".im-play").click()
    assert said(page) == "2020-01-16 to 2020-01-18"
    page.wait_for_timeout(700)
    assert said(page) == "2020-01-16 to 2020-01-18"
    expect(page.locator(".im-range")).to_have_text("2020-01-17 to 2020-01-19")


def test_the_undated_are_counted_by_the_other_filters_not_by_time(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.get_by_label("Last day shown").press("Home")
    expect(page.get_by_label("undated (2)")).to_be_checked()
    page.get_by_label("Battles").uncheck()
    expect(page.get_by_label("undated (1)")).to_be_checked()
    page.get_by_role("button", name="Show none: Event type").click()
    expect(page.get_by_label("undated (0)")).to_be_checked()


def test_dates_can_be_typed(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    first, last = page.get_by_label("from", exact=True), page.get_by_label("to", exact=True)
    expect(first).to_be_hidden()
    page.get_by_role("button", name="Dates").click()
    expect(first).to_have_attribute("type", "date")
    expect(first).to_have_attribute("min", "2020-01-16")
    expect(last).to_have_attribute("max", "2020-02-05")
    first.fill("2020-01-20")
    last.fill("2020-01-24")
    assert said(page) == "2020-01-20 to 2020-01-24"
    assert summary(page) == "11 of 24 incidents, 2 without a location"
    first.fill("2019-01-01")
    first.blur()
    expect(first).to_have_value("2020-01-20")
    first.fill("2020-01-28")
    assert said(page) == "2020-01-28 to 2020-01-28"
    expect(last).to_have_value("2020-01-28")


@pytest.mark.parametrize(
    ("first", "middle", "last"),
    [
        ("0044-03-15", "0410-08-24", "1453-05-29"),
        ("1914-06-28", "1945-05-08", "1969-12-31"),
        ("2020-01-01", "2020-06-01", "9999-12-31"),
    ],
)
def test_dates_of_any_age_have_their_place(
    open_map: OpenMap, first: str, middle: str, last: str
) -> None:
    page = open_map(make_dated([first, middle, last]))
    assert said(page) == f"{first} to {last}"
    page.get_by_role("button", name="Dates").click()
    field = page.get_by_label("to", exact=True)
    expect(field).to_have_attribute("type", "text" if first < "0100" else "date")
    field.fill(middle)
    field.blur()
    assert said(page) == f"{first} to {middle}"
    assert summary(page).startswith("2 of 3 incidents")
    page.get_by_role("radio", name="day").check()
    page.get_by_label("Last day shown").press("ArrowLeft")
    assert summary(page).startswith("1 of 3 incidents")


def test_what_is_chosen_is_kept_and_taken_back(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    parts = {key: page.evaluate_handle(PART, key) for key in ("from", "to", "step", "undated")}

    def texts() -> dict[str, str]:
        return {key: part.evaluate("part => part.get()") for key, part in parts.items()}

    assert texts() == {"from": "", "to": "", "step": "", "undated": ""}
    page.get_by_role("radio", name="week").check()
    page.locator(".im-step").nth(1).click()
    page.locator(".im-step").nth(1).click()
    page.get_by_label("undated (2)").uncheck()
    kept = {"from": "2020-01-20", "to": "2020-01-26", "step": "week", "undated": "no"}
    assert texts() == kept
    chosen = summary(page)
    for part in parts.values():
        part.evaluate("part => part.set('')")
    assert texts() == {"from": "", "to": "", "step": "", "undated": ""}
    assert summary(page) == "24 incidents, 4 without a location"
    for key, text in kept.items():
        parts[key].evaluate("(part, text) => part.set(text)", text)
    assert (texts(), summary(page)) == (kept, chosen)
    expect(page.get_by_role("radio", name="week")).to_be_checked()
    expect(page.get_by_label("undated (2)")).not_to_be_checked()
    for key, text in (("to", "2020-01-17"), ("from", "2020-01-16")):
        parts[key].evaluate("(part, text) => part.set(text)", text)
    assert said(page) == "2020-01-16 to 2020-01-17"


def test_no_text_that_somebody_wrote_breaks_the_timeline(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    garbage = [
        *(text.replace("\ud800", "?") for text in HOSTILE_TEXTS),
        *("2020-02-30", "1999-01-01", "99999-01-01", "NaN", "-1", "decade", "constructor", "yes"),
    ]
    for key in ("from", "to", "step", "undated"):
        part = page.evaluate_handle(PART, key)
        for text in garbage:
            part.evaluate("(part, text) => part.set(text)", text)
        assert part.evaluate("part => part.get()") == ""
    assert summary(page) == "24 incidents, 4 without a location"
    assert said(page) == "2020-01-16 to 2020-02-05"


def test_the_bars_in_the_window_stand_out_in_either_theme(open_map: OpenMap) -> None:
    page = open_map(make_dated(["2020-01-01", "2020-01-02", "2020-01-03"]))
    page.get_by_label("Last day shown").press("ArrowLeft")
    light = [_bar(page, bar) for bar in range(3)]
    page.evaluate("map_incidents.incidentApp.set('theme', 'dark')")
    dark = [_bar(page, bar) for bar in range(3)]
    assert light[0] == light[1]
    assert sum(light[0]) < sum(light[2])
    assert dark[0] == dark[1]
    assert sum(dark[0]) > sum(dark[2])


def test_however_fine_the_steps_the_bars_hold_every_incident(open_map: OpenMap) -> None:
    page = open_map(make_many(3_000))
    page.get_by_role("radio", name="day").check()
    total = 0
    box = page.locator(".im-brush").bounding_box()
    assert box
    seen = set()
    for x in range(SIDE, int(box["width"]) - SIDE, 2):
        page.mouse.move(box["x"] + x, box["y"] + 20)
        seen.add(page.locator(".im-bar-note").inner_text())
    for text in seen - {""}:
        total += int(text.rpartition(": ")[2].replace(",", ""))
    assert 100 < len(seen) <= 240
    assert total == 3_000


@pytest.mark.parametrize("days", [["2020-02-29"], [], ["", ""]])
def test_one_day_none_and_none_dated_are_said_as_they_are(
    open_map: OpenMap, days: list[str]
) -> None:
    page = open_map(make_dated(days))
    time = page.locator(".im-time")
    if days == ["2020-02-29"]:
        assert said(page) == "2020-02-29 to 2020-02-29"
        expect(time.get_by_role("radio")).to_have_count(0)
        page.locator(".im-play").click()
        page.locator(".im-step").first.click()
        page.mouse.click(*spot(page, 0.5, count=1))
        assert summary(page).startswith("1 incident")
    else:
        expect(time).to_contain_text("No incident here has a date.")
        expect(time.get_by_role("checkbox")).to_have_count(1 if days else 0)


def test_a_finger_on_a_phone_draws_a_range_and_every_target_is_large_enough(
    open_map: OpenMap, page: Page
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(make_many(500))
    page.get_by_role("button", name="Time", exact=True).click()
    page.get_by_role("button", name="Dates").click()
    small: list[Any] = page.evaluate(
        """[...document.querySelectorAll('.im-time :is(button, label, .im-dates input)')]
        .filter(e => e.checkVisibility()).map(e => [e.outerHTML, e.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24 || box.right > 390 || box.left < 0)
        .map(([text]) => text)"""
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    touch = page.context.new_cdp_session(page)
    points = [spot(page, 10.5, count=48), spot(page, 15.5, count=48), spot(page, 19.5, count=48)]
    for kind, at in (
        ("touchStart", points[:1]),
        ("touchMove", points[1:2]),
        ("touchMove", points[2:]),
        ("touchEnd", []),
    ):
        touch.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in at]},
        )
    expect(page.locator(".im-range")).to_have_text("2016-11-01 to 2017-08-31")


def _bar(page: Page, bar: int) -> list[int]:
    """The colour at the foot of one of three bars."""
    colour: list[int] = page.evaluate(
        """([side, bar]) => { const canvas = document.querySelector('.im-bars');
          const x = side + (bar + .5) * (canvas.clientWidth - 2 * side) / 3;
          return [...canvas.getContext('2d').getImageData(x, 40, 1, 1).data].slice(0, 3); }""",
        [SIDE, bar],
    )
    return colour
