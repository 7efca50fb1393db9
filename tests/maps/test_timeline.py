"""The timeline: the window under pointer and keyboard, steps, play, dates typed, what is kept."""

import pytest
from map_reading import OpenMap, summary
from map_samples import make_sample
from playwright.sync_api import Page, expect
from timeline_reading import PART, make_dated, said, spot

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]


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
