"""What counts in the country and the area that its row names, although it lies across a border."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from geopandas import GeoDataFrame
from map_reading import OpenMap, unpack
from playwright.sync_api import expect
from shapely import Point
from test_area_counts import REASONS

from geo.files import read_table
from geo.table import make_table
from maps.area_counts import make_areas
from maps.area_holders import FIRST_AREA
from maps.columns import make_page_data
from maps.stated_areas import lookup_admin1, lookup_country

BANGUI = Point(18.555, 4.361)
QUNEITRA_GOVERNORATE = Point(35.82, 33.12)
KOBANI = Point(38.3539, 36.8911)
LEVELS = ("admin1", "country")
Found = dict[str, list[str]]


def count_areas(table: GeoDataFrame) -> Found:
    """The area of each incident at both levels, in the table's order, a star where it is abroad."""
    page = make_page_data(table, title="", about={}, attribution="")
    header, columns = unpack(make_areas(table, page))
    found = {}
    for level in header["levels"]:
        key = level["key"]
        codes = np.array(columns[f"{key}_place"])[page.places.number]
        abroad = np.array(columns[f"{key}_abroad"])[page.places.number]
        said = [
            (REASONS.get(code) or level["names"][code - FIRST_AREA]) + "*" * flag
            for code, flag in zip(codes.tolist(), abroad.tolist(), strict=True)
        ]
        found[key] = [said[row] for row in np.argsort(page.order).tolist()]
    return found


def row(geometry: Point, **more: Any) -> dict[str, Any]:
    return {"precision": "settlement", "radius_km": 3.0, "geometry": geometry} | more


def test_a_town_at_a_border_counts_in_the_country_its_row_names() -> None:
    across = Point(18.58, 4.35)  # on the southern bank, as the packaged outlines have it
    unnamed = count_areas(make_table([row(across)]))
    assert unnamed["country"] == ["Democratic Republic of the Congo"]
    named = count_areas(make_table([row(across, country="CF", admin1="Bangui city")]))
    assert named == {"admin1": ["Bangui"], "country": ["Central African Republic"]}


@pytest.mark.parametrize("country", ["SY", "Syria", "Syrian Arab Republic"])
def test_a_governorate_counts_as_itself_whoever_holds_its_middle(country: str) -> None:
    wide = {"precision": "region", "radius_km": 30.0}
    stated = {"country": country, "admin1": "Quneitra Governorate"}
    found = count_areas(make_table([row(QUNEITRA_GOVERNORATE, **wide, **stated)]))
    assert found == {"admin1": ["Quneitra"], "country": ["Syria"]}


def test_a_country_alone_settles_the_area_where_one_is_in_reach() -> None:
    found = count_areas(make_table([row(KOBANI, country="Syria")]))
    assert found == {"admin1": ["Aleppo"], "country": ["Syria"]}


def test_of_several_areas_in_reach_none_is_chosen() -> None:
    in_lebanon = Point(36.35, 34.35)  # 60 km about it lie Rif Dimashq, Homs and Tartus
    found = count_areas(make_table([row(in_lebanon, country="SY", radius_km=60.0)]))
    assert found == {"admin1": ["several"], "country": ["Syria"]}


def test_what_lies_far_from_the_country_named_counts_where_it_lies_and_is_told() -> None:
    found = count_areas(make_table([row(Point(32.85, 39.93), country="SY", admin1="Idlib")]))
    assert found == {"admin1": ["Ankara*"], "country": ["Turkey*"]}


def test_rows_of_one_place_that_name_different_countries_leave_it_where_it_lies() -> None:
    rows = [row(KOBANI, country="SY"), row(KOBANI, country="TR")]
    alone = count_areas(make_table([row(KOBANI)]))
    assert count_areas(make_table(rows))["country"] == alone["country"] * 2


def test_names_nobody_knows_change_nothing() -> None:
    rows = [row(BANGUI, country="Ruritania", admin1="Zenda"), row(KOBANI, admin1="Aleppo")]
    plain = [row(BANGUI), row(KOBANI)]
    assert count_areas(make_table(rows)) == count_areas(make_table(plain))


def test_countries_and_areas_are_found_by_any_of_their_names() -> None:
    assert [lookup_country(name) for name in ("sy", "DR Congo (Zaire)", "Congo", "")] == [
        "SY",
        "CD",
        "",
        "",
    ]
    names = ("Ar Raqqah Governorate", "Rif Dimashq", "Governorate", "Texas", "")
    assert [lookup_admin1("SY", name) for name in names] == ["SY-RA", "SY-RD", "", "", ""]
    assert lookup_admin1("", "Idlib") == ""


@pytest.mark.parametrize("name", ["ged_syria_2016_2019.csv", "ucdp_ged231_CAR.geojson"])
def test_ucdps_events_count_in_their_own_country(shared_dir: Path, name: str) -> None:
    table = read_table(shared_dir / "data" / "ucdp" / name).table
    found = count_areas(table)
    country = {"Syria": "Syria"}.get(table["country"].iloc[0], "Central African Republic")
    assert set(found["country"]) == {country}
    stated = [lookup_admin1(lookup_country(country), str(text)) for text in table["admin1"]]
    known = [
        (area, lookup_admin1(lookup_country(country), own))
        for own, area in zip(found["admin1"], stated, strict=True)
        if area and own not in REASONS.values()
    ]
    assert len(known) > 0.9 * len(table)
    # The rest lie farther from the area their row names than their circle and the border reach.
    assert np.mean([area == own for area, own in known]) > 0.99


def test_the_legend_says_how_many_lie_far_across_a_border(open_map: OpenMap) -> None:
    ankara = row(Point(32.85, 39.93), country="SY", event_type="Battles", date_start="2019-01-01")
    there = row(Point(36.63, 35.93), country="SY", event_type="Riots", date_start="2019-02-01")
    page = open_map(make_table([ankara, there, there]), view="areas")
    notes = page.locator(".im-scale")
    expect(notes).to_contain_text("1 incident lies far across a border from the country")
    page.get_by_role("checkbox", name="Battles").uncheck()
    expect(notes).not_to_contain_text("across a border")
