"""A picture and a sheet of paper are read on their own: the legend of the view, and the sources."""

from pathlib import Path
from typing import Any

import pytest
from map_reading import OpenMap
from map_samples import AMUDA, CLASH, HOSTILE_TEXTS, PROTEST, locate_at, make_sample, row
from picture_reading import read_picture, save_picture, text_of
from playwright.sync_api import Page, expect

from geo.table import make_table

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

VIEWS = ("areas", "density", "bubbles")
KEYS = (
    "mark: a place, with its radius",
    "dashed: somewhere within this area",
    "number in a ring: so many incidents; its arcs are their types",
    "dashes about a number: that share of it is known to an area only",
    "dotted: direction of advance",
)
_PANEL = """() => {
  const texts = (name) => [...document.querySelectorAll(`.im-scale ${name}`)]
    .flatMap((e) => [...e.querySelectorAll('bdi, .im-count, .im-ramp-marks span')]
      .map((part) => part.textContent));
  return { title: document.querySelector('.im-scale-title').textContent,
           items: texts('.im-scale-items'),
           notes: [...document.querySelectorAll('.im-scale-notes p')].map((p) => p.textContent) };
}"""


def set_view(page: Page, view: str) -> None:
    page.evaluate("view => map_incidents.incidentApp.set('view', view)", view)
    page.wait_for_timeout(400)


def sheet_text(page: Page) -> str:
    return " ".join((page.locator(".im-sheet-legend").inner_text()).split())


@pytest.mark.parametrize("view", VIEWS)
def test_picture_and_paper_say_what_the_panel_says(
    open_map: OpenMap, tmp_path: Path, view: str
) -> None:
    page = open_map(make_sample(), view=view)
    page.wait_for_timeout(400)
    panel = page.evaluate(_PANEL)
    assert panel["items"]
    assert panel["notes"]
    said = text_of(save_picture(page, tmp_path / "map.png"))
    for part in (panel["title"], *panel["items"], *panel["notes"]):
        assert part in said
    # What the marks look like is not said where there are none.
    assert KEYS[0] not in said
    page.emulate_media(media="print")
    paper = sheet_text(page)
    assert panel["title"] in paper
    assert panel["notes"][-1] in paper
    assert KEYS[0] not in paper


def test_a_picture_of_areas_says_which_areas_and_what_is_counted(
    open_map: OpenMap, tmp_path: Path
) -> None:
    page = open_map(make_sample(), view="areas")
    page.get_by_label("Areas", exact=True).nth(1).select_option(label="Countries")
    page.get_by_label("Show", exact=True).select_option(label="Deaths reported")
    page.wait_for_timeout(300)
    said = text_of(save_picture(page, tmp_path / "map.png"))
    assert "Deaths reported by area Areas: Countries" in said


def test_the_sheet_s_bubbles_are_those_of_the_sheet_s_map(open_map: OpenMap) -> None:
    """On paper the map is narrower than in the window, and so are the circles."""
    page = open_map(make_sample(), view="bubbles")
    page.wait_for_timeout(400)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(400)
    sizes = "e => e.getBoundingClientRect().width"
    small = page.locator(".im-scale .im-swatch").first.evaluate(sizes)
    page.emulate_media(media="print")
    large = page.locator(".im-sheet-legend .im-swatch").first.evaluate(sizes)
    assert large > 1.5 * small


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_legend_has_the_colours_of_the_map(
    open_map: OpenMap, page: Page, tmp_path: Path, theme: str
) -> None:
    page = open_map(make_sample(), view="areas", theme=theme)
    page.wait_for_timeout(400)
    save_picture(page, tmp_path / "map.png")
    pixels = read_picture(page, tmp_path / "map.png")
    classes = {"light": [(153, 52, 4), (254, 153, 41), (254, 227, 145)],
               "dark": [(254, 227, 145), (217, 127, 34), (125, 68, 16)]}  # fmt: skip
    for colour in classes[theme]:
        same = (pixels == colour).all(axis=2)
        assert same[:, : 2 * 1280].sum() > 1000, "an area of this class is on the map"
        assert same[:, 2 * 1280 :].sum() > 1000, "and so is its field in the legend"


def test_a_picture_of_marks_has_their_key(open_map: OpenMap, page: Page, tmp_path: Path) -> None:
    open_map(make_sample())
    assert page.locator(".im-keys li").all_inner_texts() == list(KEYS)
    written = save_picture(page, tmp_path / "map.png")
    said = text_of(written)
    for part in ("Event type", "Battles", "Strategic developments", "How sure", *KEYS):
        assert part in said
    pixels = read_picture(page, tmp_path / "map.png")[:, 2 * 1280 :]
    ring = (pixels == (204, 51, 17)).all(axis=2).nonzero()[0]  # battles: the symbol, and an arc
    assert ring.max() - ring.min() > 200


def test_the_keys_follow_the_theme(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    drawn = "[...document.querySelectorAll('.im-keys canvas')].map((one) => one.toDataURL())"
    light = page.evaluate(drawn)
    page.evaluate("map_incidents.incidentApp.set('theme', 'dark')")
    dark = page.evaluate(drawn)
    assert len(set(light)) == len(KEYS)
    assert not set(light) & set(dark)


def test_filters_sources_and_the_maker_s_words_are_in_the_picture(
    open_map: OpenMap, page: Page, tmp_path: Path
) -> None:
    about = {"Data date": "2020-03-01", "Licence": "CC BY 4.0", "Method": "word " * 300}
    open_map(make_sample(), title="Syria, winter 2020", about=about)
    page.get_by_label("Battles").uncheck()
    said = text_of(save_picture(page, tmp_path / "map.png"))
    for part in (
        "Syria, winter 2020", "16 of 24 incidents", "Event type: Protests, Explosions",
        "Data date: 2020-03-01", "Licence: CC BY 4.0", "Sources of the incidents: Local monitor",
        "GeoNames (CC BY 4.0)", "100 km",
    ):  # fmt: skip
        assert part in said
    assert said.count("word") == 200, "a long text is cut"
    page.emulate_media(media="print")
    foot = page.locator(".im-sheet-foot p")
    expect(foot).to_contain_text(["2020-03-01", "CC BY 4.0", "Method", "Local monitor", "GeoN"])


def test_the_sources_named_are_those_of_the_incidents_shown(
    open_map: OpenMap, page: Page, tmp_path: Path
) -> None:
    rows: list[dict[str, Any]] = [
        row(
            n,
            "2020-01-01",
            CLASH if n else PROTEST,
            "Amuda",
            locate_at(AMUDA),
            source=f"Monitor {n}",
        )
        for n in range(9)
    ]
    open_map(make_table(rows))
    said = text_of(save_picture(page, tmp_path / "map.png"))
    assert "Monitor 0; Monitor 1; Monitor 2; Monitor 3; Monitor 4; Monitor 5; and 3 further" in said
    page.get_by_label("Battles").uncheck()
    said = text_of(save_picture(page, tmp_path / "map.png"))
    assert "Sources of the incidents: Monitor 0 Base map" in said


def test_a_legend_longer_than_the_map_is_not_cut(
    open_map: OpenMap, page: Page, tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 900, "height": 300})
    open_map(make_sample())
    written = save_picture(page, tmp_path / "map.png")
    key = next(line for line in written if line["text"].startswith("dotted"))
    foot = next(line for line in written if "Sources" in line["text"])
    assert key["y"] > 350, "further down than the map reaches"
    assert key["y"] < foot["y"] < foot["high"] / 2


def test_hostile_text_stays_text_in_a_picture(
    open_map: OpenMap, page: Page, tmp_path: Path
) -> None:
    plain = [text for text in HOSTILE_TEXTS if "\ud800" not in text]
    rows = [
        row(n, "2020-01-01", CLASH, "Amuda", locate_at(AMUDA), source=text)
        for n, text in enumerate(plain)
    ]
    open_map(make_table(rows), about=dict.fromkeys(plain, plain[0]))
    written = save_picture(page, tmp_path / "map.png")
    foot = [line["text"] for line in written if line["y"] > 800]
    assert any("<img src=x onerror=window.pwned=1>" in line for line in foot)
    # What turns the direction of a line does not reach the others in it.
    assert not [line for line in foot if set(line) & set("\u202e\u202c\u2066")]
    assert page.evaluate("window.pwned") is None
