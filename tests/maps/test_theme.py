"""Light and dark: what is written and drawn stands out from what it stands on."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from map_reading import OpenMap, go_to, open_file, pixel
from map_samples import make_sample
from playwright.sync_api import Browser, Page, expect

from build_hook.node import node_program
from geo.errors import InputError
from maps.incident_map import make_map
from maps.style import load_styles

JS = Path(__file__).parents[2] / "maps" / "js"
TEXT, GRAPHIC = 4.5, 3.0
THEME_NAMES = ("light", "dark")


@cache
def read_constant(module: str, name: str) -> dict[str, dict[str, Any]]:
    """What one of the page's own modules holds under a name."""
    address = (JS / "src" / module).as_uri()
    script = f"import {{ {name} }} from '{address}'; console.log(JSON.stringify({name}))"
    command = [str(node_program()), "--input-type=module", "--eval", script]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found


def themes() -> dict[str, dict[str, Any]]:
    """The canvas colours."""
    return read_constant("theme.js", "THEMES")


def variables(theme: str) -> dict[str, str]:
    """The panels' colours: those of every page, and for dark those that take their place."""
    css = "".join(
        (JS / "src" / "css" / name).read_text("utf-8") for name in ("frame.css", "theme.css")
    )
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    if theme == "dark":
        blocks += re.findall(r'\n\.im-page\[data-theme="dark"\] \{(.*?)\}', css, re.DOTALL)
    return dict(re.findall(r"--([\w-]+): (#\w+);", "".join(blocks)))


Colour = tuple[float, float, float, float]


def parse(colour: str) -> Colour:
    if colour.startswith("#"):
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
        return red, green, blue, 1.0
    red, green, blue, alpha = map(float, re.findall(r"[\d.]+", colour))
    return red, green, blue, alpha


def over(colour: str, ground: str) -> Colour:
    """What is seen of a colour laid on an opaque one."""
    top, below = parse(colour), parse(ground)
    red, green, blue = (
        a * top[3] + b * (1 - top[3]) for a, b in zip(top[:3], below[:3], strict=True)
    )
    return red, green, blue, 1.0


def luminance(colour: Colour) -> float:
    """Relative luminance by WCAG 2.2."""
    shares = [value / 255 for value in colour[:3]]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(parse("#000"), parse("#ffffff")) == pytest.approx(21)
    assert contrast(parse("#777777"), parse("#fff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEME_NAMES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((text, "paper") for text in ("ink", "quiet", "accent", "warn")),
        *(("ink", ground) for ground in ("button", "hover", "field")),
        ("quiet", "field"),
        ("accent", "hover"),
        ("on-accent", "accent"),
    ],
)
def test_text_in_the_panels_can_be_read(theme: str, text: str, ground: str) -> None:
    found = variables(theme)
    assert contrast(parse(found[text]), parse(found[ground])) >= TEXT


@pytest.mark.parametrize("theme", THEME_NAMES)
@pytest.mark.parametrize("kind", ["country", "admin1", "city", "town", "incident"])
def test_names_on_the_map_can_be_read(theme: str, kind: str) -> None:
    colours = themes()[theme]
    for ground in ("land", "sea"):
        for beneath in (parse(colours[ground]), over(colours["halo"], colours[ground])):
            assert contrast(parse(colours["names"][kind]), beneath) >= TEXT, ground


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_numbers_on_clusters_can_be_read(theme: str) -> None:
    colours = themes()[theme]
    assert contrast(parse(colours["rimInk"]), parse(colours["rim"])) >= TEXT


def mark_colours() -> list[str]:
    styles = load_styles()
    marks = [*styles.event_types.values(), *styles.further, styles.unknown]
    return sorted({mark.colour for mark in marks})


@pytest.mark.parametrize("theme", THEME_NAMES)
@pytest.mark.parametrize("colour", mark_colours())
def test_every_mark_stands_out_from_land_and_sea(theme: str, colour: str) -> None:
    """By its fill, by the line about it or by its rim; and its shape stands out from the rim."""
    colours = themes()[theme]
    edge = over(colours["edge"], colour)
    rim = parse(colours["rim"])
    for ground in ("land", "sea"):
        beneath = parse(colours[ground])
        assert max(contrast(part, beneath) for part in (parse(colour), edge, rim)) >= GRAPHIC
    assert max(contrast(parse(colour), rim), contrast(edge, rim)) >= GRAPHIC


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_lines_of_every_type_stand_out_from_land_and_sea(theme: str) -> None:
    module = (JS / "src" / "theme.js").as_uri()
    script = (
        f"import {{ THEMES, lineColour }} from '{module}';"
        f"console.log(JSON.stringify({json.dumps(mark_colours())}"
        f".map((colour) => lineColour(colour, THEMES.{theme}))))"
    )
    command = [str(node_program()), "--input-type=module", "--eval", script]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    for colour in json.loads(done.stdout):
        for ground in ("land", "sea"):
            assert contrast(parse(colour), parse(themes()[theme][ground])) >= GRAPHIC, colour


def theme_of(page: Page) -> str | None:
    return page.locator(".im-page").get_attribute("data-theme")


def sea(page: Page) -> list[int]:
    """The colour drawn west of Cyprus."""
    go_to(page, 34.0, 31.0, 7)
    return pixel(page, 34.0, 31.0, "im-base")[:3]


def drawn_sea(theme: str) -> list[int]:
    return [int(value) for value in parse(themes()[theme]["sea"])[:3]]


@pytest.fixture
def open_dark(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens a sample's map where the system is set to dark."""
    context = browser.new_context(color_scheme="dark", viewport={"width": 1280, "height": 800})

    def open_saved(**options: Any) -> Page:
        make_map(make_sample(), **options).save(tmp_path / "map.html")
        return open_file(context.new_page(), tmp_path / "map.html")

    yield open_saved
    context.close()


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
def test_the_switch_changes_panels_and_map_at_once(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    switch = page.get_by_role("button", name="Dark")
    assert (theme_of(page), switch.get_attribute("aria-pressed")) == ("light", "false")
    assert sea(page) == drawn_sea("light")
    switch.press("Enter")
    assert (theme_of(page), switch.get_attribute("aria-pressed")) == ("dark", "true")
    assert pixel(page, 34.0, 31.0, "im-base")[:3] == drawn_sea("dark")
    head = page.locator(".im-head").evaluate("e => getComputedStyle(e).backgroundColor")
    assert head == "rgb{}".format(tuple(int(v) for v in parse(variables("dark")["paper"])[:3]))
    switch.click()
    assert sea(page) == drawn_sea("light")


@pytest.mark.browser
def test_the_system_decides_at_first_and_while_nobody_chose(open_dark: Callable[..., Page]) -> None:
    page = open_dark()
    assert theme_of(page) == "dark"
    assert sea(page) == drawn_sea("dark")
    page.emulate_media(color_scheme="light")
    expect(page.locator(".im-page")).to_have_attribute("data-theme", "light")
    switch = page.get_by_role("button", name="Dark")
    switch.click()
    switch.click()
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(200)
    assert theme_of(page) == "light"


@pytest.mark.browser
def test_the_maker_s_theme_goes_before_the_system_s(open_dark: Callable[..., Page]) -> None:
    page = open_dark(theme="light")
    assert theme_of(page) == "light"
    page.emulate_media(color_scheme="light")
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(200)
    assert theme_of(page) == "light"


@pytest.mark.browser
def test_a_link_keeps_the_theme_and_takes_nothing_else(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    part = "map_incidents.incidentApp.kept.parts().find((part) => part.key === 'theme')"
    assert page.evaluate(f"{part}.get()") == ""
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate(f"{part}.get()") == "dark"
    for text, theme in (("light", "light"), ("dark", "dark"), ("neon", "light"), ("", "light")):
        page.evaluate(f"text => {part}.set(text)", text)
        assert theme_of(page) == theme


@pytest.mark.browser
def test_paper_is_light(open_map: OpenMap) -> None:
    page = open_map(make_sample(), theme="dark")
    sea(page)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert theme_of(page) == "light"
    assert pixel(page, 34.0, 31.0, "im-base")[:3] == drawn_sea("light")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert theme_of(page) == "dark"
    assert pixel(page, 34.0, 31.0, "im-base")[:3] == drawn_sea("dark")


def test_a_theme_that_there_is_not_is_refused() -> None:
    with pytest.raises(InputError, match=r"'sepia'.*light, dark"):
        make_map(make_sample(), theme="sepia")
