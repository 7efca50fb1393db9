"""What leads out of the page: links to a view, and pictures."""

import base64
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from map_reading import VIEW, OpenMap, go_to, hash_of, open_file, shown_panels, summary
from map_samples import HOSTILE_TEXTS, make_sample
from playwright.sync_api import Page, expect

from maps.incident_map import make_map

pytestmark = pytest.mark.browser
quiet = pytest.mark.usefixtures("nothing_wrong")


def open_link(page: Page, tail: str) -> None:
    """As somebody does who pastes another link into the address."""
    page.evaluate("tail => { location.hash = tail }", tail)
    page.wait_for_timeout(100)


@quiet
def test_a_page_as_it_was_opened_has_nothing_in_its_address(open_map: OpenMap) -> None:
    assert hash_of(open_map(make_sample())) == ""


@quiet
def test_a_moved_map_is_in_the_address_and_opens_there(open_map: OpenMap, page: Page) -> None:
    open_map(make_sample())
    first = page.evaluate(VIEW)
    go_to(page, 34.5, 38.2, 7.75)
    assert hash_of(page) == "#map=7.75/34.5/38.2"
    go_to(page, 35, 36, 9)
    page.get_by_role("button", name="About", exact=True).click()
    assert hash_of(page) == "#map=9/35/36&panels=layers,time,about"
    open_link(page, "map=7.25/34.5/38.2")
    assert page.evaluate(VIEW) == [7.25, 34.5, 38.2]
    assert shown_panels(page) == ["layers", "time"]
    open_link(page, "")
    assert page.evaluate(VIEW) == pytest.approx(first, abs=0.01)
    assert hash_of(page) == ""


def test_a_link_wins_over_the_fitted_view(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    make_map(make_sample()).save(path)
    page.goto(path.as_uri() + "#panels=share&map=7.25/34.5/38.2&unknown=1")
    page.wait_for_selector("[data-drawn]")
    assert page.evaluate(VIEW) == [7.25, 34.5, 38.2]
    assert shown_panels(page) == ["share"]
    go_to(page, 35, 36, 9)
    assert hash_of(page) == "#map=9/35/36&panels=share"


@quiet
def test_settings_and_parts_of_others_are_in_the_address(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    page.evaluate(
        """() => {
          const { kept } = map_incidents.incidentApp;
          window.held = '';
          kept.add({ key: 'zz', get: () => window.held, set: (text) => { window.held = text; } });
        }"""
    )
    for text in (*HOSTILE_TEXTS, "إدلب & حلب", "a=b#c"):
        plain = text.replace("\ud800", "?")
        page.evaluate("t => { held = t; map_incidents.incidentApp.kept.touched(); }", plain)
        tail = hash_of(page)
        assert re.fullmatch(r"#zz=[\x21-\x7e]+", tail)
        open_link(page, "")
        assert page.evaluate("held") == ""
        open_link(page, tail)
        assert page.evaluate("held") == plain
    assert page.evaluate("window.pwned") is None


@quiet
@pytest.mark.parametrize(
    "tail",
    ["%", "map=", "map=a/b/c", "map=99/0/0", "map=5/91/0", "map=1e9/1/1", "panels=nothing",
     "panels=,,,", "=&=&", "__proto__=1&constructor=2", "%E0%A4%A=x", "map=5/0/0&map=6/0/0",
     "x" * 5000, "from=never&to=%00&theme=none&view=<script>&lang=../.."],
)  # fmt: skip
def test_a_damaged_link_opens_the_map_all_the_same(open_map: OpenMap, tail: str) -> None:
    page = open_map(make_sample())
    open_link(page, tail)
    assert summary(page) == "24 incidents, 4 without a location"
    zoom, lat, lon = page.evaluate(VIEW)
    assert 2 <= zoom <= 18
    assert abs(lat) < 90
    assert abs(lon) <= 180
    page.get_by_label("Battles").uncheck()
    assert summary(page) == "16 of 24 incidents, 3 without a location"


def test_a_page_in_a_notebook_cell_does_without_an_address(
    page: Page, page_log: Any, tmp_path: Path
) -> None:
    path = tmp_path / "cell.html"
    cell = make_map(make_sample(), title="Cell")._repr_html_()
    path.write_text(f"<!DOCTYPE html><title>Notebook</title>{cell}", encoding="utf-8")
    page.goto(path.as_uri())
    frame = page.frame_locator("iframe")
    expect(frame.locator("[data-drawn]")).to_be_attached(timeout=60_000)
    frame.get_by_role("button", name="Share", exact=True).click()
    expect(frame.locator(".im-share")).to_contain_text("lies within another page")
    frame.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(800)
    field = frame.get_by_label("Address of this view")
    expect(field).to_have_value(re.compile("#map="))
    assert page_log.page_errors == []
    assert page_log.console_errors == []


@quiet
def test_the_link_is_copied_or_selected(open_map: OpenMap, page: Page) -> None:
    open_map(make_sample())
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.locator(".im-share")).to_contain_text("whoever has this file at the same place")
    field = page.get_by_label("Address of this view")
    expect(field).to_have_value(re.compile(r"^file:.*#panels=layers,time,share$"))
    page.evaluate("void (navigator.clipboard.writeText = async (text) => { window.got = text; })")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".im-said")).to_have_text("The link is copied.")
    assert page.evaluate("window.got") == field.input_value()
    page.evaluate("void (navigator.clipboard.writeText = async () => { throw new Error('no'); })")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".im-said")).to_contain_text("the link is selected")
    assert page.evaluate("getSelection().toString()") == field.input_value()


@quiet
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_a_picture_has_the_map_with_its_legend_about_it(
    open_map: OpenMap, page: Page, tmp_path: Path, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_map(make_sample(), title="Syria")
    page.get_by_role("button", name="Share", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Picture (PNG)").click()
    assert download.value.suggested_filename == "Syria-incidents-2020-01-16-2020-02-05.png"
    path = tmp_path / "map.png"
    download.value.save_as(path)
    pixels = read_pixels(page, path)
    assert pixels.shape[1] >= 2 * size[0]
    assert pixels.shape[0] > 2 * size[1]
    colours = {tuple(pixel) for pixel in pixels[::3, ::3].reshape(-1, 3).tolist()}
    land, sea, battle, paper = (246, 243, 236), (212, 225, 233), (204, 51, 17), (255, 255, 255)
    assert {land, sea, battle, paper} <= colours
    # The legend's marks stand outside the map: to its right, or below it on a phone.
    beside = pixels[:, 2 * size[0] :] if size[0] > 640 else pixels[-600:]
    assert (beside == battle).all(axis=2).sum() > 50
    width = page.evaluate("document.querySelector('.leaflet-im-marks-pane canvas').width")
    assert width < 1.5 * size[0], "the map is drawn as on the screen again"


def read_pixels(page: Page, path: Path) -> Any:
    """The pixels of a picture, read by another page of the browser."""
    reader = page.context.new_page()
    reader.goto("about:blank")
    data = list(path.read_bytes())
    size = reader.evaluate(
        """async (data) => {
          const bitmap = await createImageBitmap(new Blob([new Uint8Array(data)]));
          const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
          const context = canvas.getContext('2d');
          context.drawImage(bitmap, 0, 0);
          window.pixels = context.getImageData(0, 0, bitmap.width, bitmap.height).data;
          return [bitmap.height, bitmap.width];
        }""",
        data,
    )
    text = reader.evaluate(
        """() => {
          let text = '';
          for (let at = 0; at < pixels.length; at += 8192) {
            text += String.fromCharCode(...pixels.subarray(at, at + 8192));
          }
          return btoa(text);
        }"""
    )
    reader.close()

    return np.frombuffer(base64.b64decode(text), np.uint8).reshape(*size, 4)[:, :, :3]


def test_a_map_with_tiles_says_why_there_is_no_picture(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    page.route("https://**", lambda route: route.abort())
    make_map(make_sample(), tiles="OpenStreetMap").save(path)
    open_file(page, path)
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_role("button", name="Picture (PNG)").click()
    expect(page.locator(".im-said")).to_contain_text("browsers let no page copy those")
