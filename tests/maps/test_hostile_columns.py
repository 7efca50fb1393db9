"""Property: text of any kind in every column, the title and the panels stays text.

What HTML and HTML alone would change is allowed for: NUL and halves of surrogate pairs become
U+FFFD, and CR becomes LF where it stands in markup.
"""

from collections.abc import Sequence
from pathlib import Path

import folium
import pandas as pd
import pytest
from geopandas import GeoDataFrame
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from map_reading import open_file
from map_samples import CLASH, HOSTILE_TEXTS, locate_at, row, town
from playwright.sync_api import Page

from geo.incident import names_of
from geo.table import make_table
from maps.html import clean_text
from maps.incident_layer import IncidentLayer
from maps.incident_map import make_map

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_wrong")]

FRAGMENTS = [
    "${", "}", "`", "\\", "'", '"', "<script>", "</script>", "<!--", "-->", "{{", "}}", "{%", "%}",
    "window.pwned=1", "javascript:window.pwned=1", "https://x.example/?", "data:text/html,",
    "<img src=x onerror=window.pwned=1>", "<svg onload=window.pwned=1>", "</style>", "</title>",
    "<b>", "&lt;", "&#60;", "\u2028", "\u2029", "\u202e", "\u2066", "\u2069", "\u200f", "\x00",
    "\ud800", "\udc00", "\r", "\n", "\t", "\x1b", "\ufeff", ";", ",", "|", "=", "#", "%3Cscript%3E",
    "حلب", "𐏿", "a", " ",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=8).map("".join)
MOST_TEXTS = 8
# Elements that only a text read as HTML could bring.
FOREIGN = (
    "b, i, iframe, object, embed, form, base, link, audio, video, script[src], [onload], [onerror]"
)


def make_texts_table(texts: Sequence[str]) -> GeoDataFrame:
    """A row a text, which stands in every text column and in every list of the row."""
    rows = [
        row(n, "2020-01-01", CLASH, "", locate_at(town(36 + n / 8, 35))) for n in range(len(texts))
    ]
    table = make_table(rows)
    # A level of precision that there is not is no table of ours: make_table refuses it.
    for column in set(names_of("text")) - {"precision"}:
        table[column] = pd.Series(texts, dtype=object)
    ids = [f"{number} {text}" for number, text in enumerate(texts)]
    table["incident_id"] = pd.Series(ids, dtype=object)
    other = [{"name": t, "admin1": t, "country": t, "score": 0.1, "why": t} for t in texts]
    toll = [{"group": t, "low": 1, "best": 1, "high": 2, "qualifier": t} for t in texts]
    table["match_reasons"] = [[t] for t in texts]
    table["notes"] = [[t] for t in texts]
    table["alternatives"] = [[entry] for entry in other]
    table["claims"] = [
        [{"source": t, "evidence": t, "fatalities": [entry], "injured": [entry], "contested": True}]
        for t, entry in zip(texts, toll, strict=True)
    ]
    return table


def read(page: Page, selector: str) -> str:
    """What an element holds; a NUL that came as data is the same as one that came as markup."""
    text: str = page.locator(selector).evaluate("e => e.textContent")
    return clean_text(text)


def assert_plain(page: Page) -> None:
    assert page.evaluate("window.pwned") is None
    assert page.locator(f".im-page :is({FOREIGN}), body > :is(img, svg, b)").count() == 0
    addresses = page.locator("a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    # "#" is Leaflet's own.
    assert [a for a in addresses if not a.startswith(("http://", "https://", "#"))] == []


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(list(HOSTILE_TEXTS))
@given(st.lists(TEXTS, min_size=2, max_size=MOST_TEXTS))
def test_any_text_stays_text(
    page: Page, page_log: object, tmp_path: Path, texts: list[str]
) -> None:
    page_log.requests.clear()  # type: ignore[attr-defined]  # each example is a page of its own
    title = texts[0]
    made = make_map(make_texts_table(texts), title=title, about={t: t for t in texts})
    IncidentLayer(make_texts_table(texts[:1]), name=texts[1]).add_to(made)
    folium.LayerControl(collapsed=False).add_to(made)
    made.save(tmp_path / "map.html")
    open_file(page, tmp_path / "map.html")
    if clean_text(title).strip():
        assert read(page, "h1") == clean_text(title)
    page.get_by_role("button", name="About", exact=True).click()
    about = read(page, ".im-about")
    page.get_by_role("button", name="Close About").click()
    for number, text in enumerate(texts):
        page.evaluate("n => map_incidents.incidentApp.open([n], [35, 36])", number)
        page.wait_for_selector(".im-card blockquote, .im-card .im-place", state="attached")
        card = read(page, ".im-card")
        assert card.count(clean_text(text)) >= 4, text
        assert clean_text(text) in about
        assert_plain(page)
    for button in page.locator(".im-bar button").all():
        button.click()
        page.wait_for_timeout(50)
        assert_plain(page)
    names = read(page, ".leaflet-control-layers-overlays label")
    assert names.split() == clean_text(texts[1]).split()
    page.get_by_role("combobox").first.fill(clean_text(texts[-1]).strip() or "a")
    page.wait_for_timeout(250)
    assert_plain(page)
