"""The names of the base map in English and in Arabic."""

import pytest
from map_reading import OpenMap, go_to, unpack
from map_samples import make_sample
from playwright.sync_api import Page

from geo.errors import InputError
from maps.basemap import make_base_map
from maps.incident_map import make_map
from maps.names import find_arabic
from maps.towns import load_label_towns, load_town_names

SYRIA = (35.7, 32.3, 42.4, 37.3)

# Every text that is drawn on a canvas from now on, with the direction it is drawn in.
_LISTEN = """() => {
  window.written = [];
  const own = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    window.written.push([text, this.direction, x, y]);
    own.call(this, text, x, y);
  };
}"""


def written(page: Page) -> dict[str, str]:
    """The names drawn since, each with its direction."""
    page.wait_for_timeout(100)
    found: list[list[str]] = page.evaluate("window.written.splice(0)")
    return {text: direction for text, direction, _, _ in found}


def test_the_payload_holds_both_languages_with_little_growth() -> None:
    header, _ = unpack(make_base_map(SYRIA))
    names = dict(zip(header["names"], header["names_ar"], strict=True))
    assert names["Damascus"] == "دمشق"
    assert names["Idlib"] == "إدلب"
    assert names["Syria"] == "سوريا"
    assert names["Ankara"] == ""
    assert header["names"][: len(header["regions"])][header["regions"].index("SY")] == "Syria"
    given = sum(1 for name in header["names_ar"] if name)
    letters = len("".join(header["names_ar"]).encode())
    assert given > 200
    assert letters < 20_000


@pytest.mark.parametrize(
    ("names", "arabic"),
    [
        (["Iran", "ایران", "إيران"], "إيران"),  # the first is Persian
        (["Ukraine", "Україна"], ""),
        (["Idlib", "إدلب", "ادلب"], "إدلب"),
        ([], ""),
    ],
)
def test_an_arabic_name_is_in_arabic_letters(names: list[str], arabic: str) -> None:
    assert find_arabic(names) == arabic


def test_towns_have_the_names_that_reports_use() -> None:
    syria = {town.name: town.name_ar for town in load_label_towns() if town.country == "SY"}
    assert syria["Raqqa"] == "الرقة"
    assert {"Tartus", "Hama", "Deir ez-Zor", "Qamishli"} <= syria.keys()
    iraq = {town.name: town.name_ar for town in load_label_towns() if town.country == "IQ"}
    assert iraq["Mosul"] == "الموصل"
    assert not any("Jadīdah" in name or "Jadidah" in name for name in iraq)


def test_every_own_name_is_of_a_town_there_is_and_has_a_reason() -> None:
    from geo.areas import load_towns  # noqa: PLC0415  (beside what it is compared with)

    known = {(town.country, town.name) for town in load_towns()}
    assert load_town_names().keys() <= known
    for row in load_town_names().values():
        assert row.why, row
        assert row.arabic == find_arabic([row.arabic]), row


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
def test_the_switch_writes_the_map_in_arabic(open_map: OpenMap) -> None:
    page = open_map(make_sample())
    go_to(page, 35.0, 38.0, 6)
    page.evaluate(_LISTEN)
    page.get_by_role("radio", name="العربية").check()
    arabic = written(page)
    assert arabic["دمشق"] == "rtl"
    assert arabic["سوريا"] == "rtl"
    assert "Damascus" not in arabic
    # A place without an Arabic name falls back to the other one.
    assert arabic["Ankara"] == "ltr"
    page.get_by_role("radio", name="English").check()
    english = written(page)
    assert english["Damascus"] == "ltr"
    assert english["SYRIA"] == "ltr"
    assert "دمشق" not in english


@pytest.mark.browser
def test_countries_without_a_name_of_ours_have_the_browser_s(open_map: OpenMap) -> None:
    page = open_map(make_sample(), language="ar")
    page.evaluate(_LISTEN)
    go_to(page, 60.0, 16.0, 4)
    assert "النرويج" in written(page)


@pytest.mark.browser
def test_the_maker_s_language_is_the_first_and_a_link_keeps_another(open_map: OpenMap) -> None:
    page = open_map(make_sample(), language="ar")
    assert page.get_by_role("radio", name="العربية").is_checked()
    part = "map_incidents.incidentApp.kept.parts().find((part) => part.key === 'lang')"
    assert page.evaluate(f"{part}.get()") == ""
    page.get_by_role("radio", name="English").check()
    assert page.evaluate(f"{part}.get()") == "en"
    for text, checked in (("ar", "العربية"), ("en", "English"), ("__proto__", "العربية")):
        page.evaluate(f"text => {part}.set(text)", text)
        assert page.get_by_role("radio", name=checked).is_checked()


@pytest.mark.browser
def test_the_incidents_own_places_stay_as_the_table_has_them(open_map: OpenMap) -> None:
    page = open_map(make_sample(), language="ar")
    page.evaluate(_LISTEN)
    go_to(page, 35.73, 37.05, 11)
    assert "Abu Duhur" in written(page)


def test_a_language_that_there_is_not_is_refused() -> None:
    with pytest.raises(InputError, match=r"'xx'.*en, ar"):
        make_map(make_sample(), language="xx")
