"""Names and numbers on the map are read over every colour that a view may lay beneath them."""

import base64
from typing import Any

import numpy as np
import pytest
from map_reading import OpenMap, go_to
from map_samples import make_many
from test_theme import TEXT, THEME_NAMES, contrast, over, parse, read_constant, themes

KINDS = ("country", "admin1", "city", "town", "incident")


def ramps() -> dict[str, dict[str, Any]]:
    """The colours of classes and densities."""
    return read_constant("classes.js", "RAMPS")


@pytest.mark.parametrize("theme", THEME_NAMES)
@pytest.mark.parametrize("kind", [*KINDS, "ink"])
def test_names_stand_out_from_their_halo_on_every_class(theme: str, kind: str) -> None:
    colours, ramp = themes()[theme], ramps()[theme]
    ink = colours["ink"] if kind == "ink" else colours["names"][kind]
    grounds = [*ramp["classes"], *ramp["density"], ramp["bubble"], ramp["rim"]]
    assert len(grounds) == 12
    for ground in grounds:
        assert contrast(parse(ink), over(colours["halo"], ground)) >= TEXT, ground


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
@pytest.mark.parametrize("theme", THEME_NAMES)
def test_letters_stand_on_their_halo_and_not_on_the_class(open_map: OpenMap, theme: str) -> None:
    """About each letter there is halo for two pixels, so that no stroke of it touches a class."""
    page = open_map(make_many(300), view="areas", theme=theme)
    go_to(page, 35.3, 38.0, 8)
    page.wait_for_timeout(400)
    colours = themes()[theme]
    pixels = names_of(page)
    ink = np.array(parse(colours["names"]["town"])[:3])
    letters = (np.abs(pixels[:, :, :3] - ink) <= 2).all(axis=2) & (pixels[:, :, 3] == 255)
    edge = [0, 1, -2, -1]  # beyond the window a name may be cut
    letters[edge] = letters[:, edge] = False
    assert letters.sum() > 200
    alpha = pixels[:, :, 3]
    for shift in ((0, 2), (0, -2), (2, 0), (-2, 0)):
        beside = np.roll(alpha, shift, axis=(0, 1))[letters]
        assert (beside >= 128).all(), shift


def names_of(page: Any) -> Any:
    """The canvas of names: red, green, blue and alpha by pixel."""
    height, width, text = page.evaluate(
        """() => {
          const canvas = document.querySelector('.leaflet-im-marks-pane canvas');
          const { width, height } = canvas;
          const pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data;
          let text = '';
          for (let at = 0; at < pixels.length; at += 8192) {
            text += String.fromCharCode(...pixels.subarray(at, at + 8192));
          }
          return [height, width, btoa(text)];
        }"""
    )
    data = np.frombuffer(base64.b64decode(text), np.uint8)
    return data.reshape(height, width, 4).astype(int)
