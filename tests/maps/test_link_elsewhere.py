"""A link opened in another file than the one it was made in: what does not fit is said."""

import pytest
from map_reading import OpenMap, summary
from map_samples import make_sample
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

_ALL = "24 incidents, 4 without a location"


def follow(page: Page, tail: str) -> None:
    """As somebody does who pastes the part of a link from # on into the address."""
    # Those who listened before, the page itself among them, have heard of it first.
    page.evaluate(
        """tail => new Promise((done) => {
          const later = () => requestAnimationFrame(() => setTimeout(done));
          window.addEventListener('hashchange', later, { once: true });
          location.hash = tail;
        })""",
        tail,
    )


def said(page: Page) -> list[str]:
    return page.locator("[role=status] .im-misfit li").all_inner_texts()


def test_filters_of_another_edition_are_named(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    follow(page, "f-precision=9~cb7z&f-actors=17~9fzy&f-weapon=none&from=never")
    assert [line.split(":")[0] for line in said(page)] == [
        "Layer “weapon”",
        "Precision",
        "Actor",
        "Time",
    ]
    assert all("not applied" in line for line in said(page))
    assert summary(page) == _ALL
    page.get_by_role("button", name="Close the note").click()
    assert said(page) == []


def test_a_link_that_fits_says_nothing_and_takes_the_note_away(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    follow(page, "f-actors=17~9fzy")
    assert len(said(page)) == 1
    follow(page, "f-type=!Battles&from=2019-01-01&to=2020-01-31")
    assert said(page) == []
    assert summary(page).split(" of ")[1].startswith("24")
    expect(page.get_by_label("Battles")).to_be_checked()
    expect(page.get_by_label("Protests")).not_to_be_checked()


def test_names_that_the_file_has_not_are_said_and_nothing_else_is_shown(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    follow(page, "f-type=!Coups")
    assert said(page) == ["Event type: this file has no “Coups”"]
    assert summary(page).startswith("0 of 24")


@pytest.mark.parametrize(
    ("tail", "note", "line"),
    [
        ("from=2021-01-01&to=2021-12-31", "after the last day", "from 2021-01-01 to 2021-12-31"),
        ("from=1999-01-01&to=1999-12-31", "before the first day", "to 1999-12-31"),
        ("from=2021-01-01", "after the last day", "from 2021-01-01"),
    ],
)
def test_a_range_beyond_the_incidents_shows_nothing_and_says_so(
    open_map: OpenMap, tail: str, note: str, line: str
) -> None:
    page = open_map(make_sample())
    follow(page, "from=2020-01-20&to=2020-01-26")
    follow(page, f"{tail}&undated=no")
    assert len(said(page)) == 1
    assert note in said(page)[0]
    assert summary(page).startswith("0 of 24")
    expect(page.locator(".im-range")).to_have_text(f"{line}: no incident")
    page.emulate_media(media="print")
    expect(page.locator(".im-sheet-head")).to_contain_text(f"Time: {line}")
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Reset").click()
    assert not summary(page).startswith("0 of")
