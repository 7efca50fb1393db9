"""The timeline over any dates: of any age, many, one, none, undated; its bars; on a phone."""

from typing import Any

import pytest
from map_reading import OpenMap, summary
from map_samples import HOSTILE_TEXTS, make_many, make_sample
from playwright.sync_api import Page, expect
from timeline_reading import PART, SIDE, make_dated, said, spot

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]


def test_the_undated_are_counted_by_the_other_filters_not_by_time(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.get_by_label("Last day shown").press("Home")
    expect(page.get_by_label("undated (2)")).to_be_checked()
    page.get_by_label("Battles").uncheck()
    expect(page.get_by_label("undated (1)")).to_be_checked()
    page.get_by_role("button", name="Show none: Event type").click()
    expect(page.get_by_label("undated (0)")).to_be_checked()


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
