"""Exports from the page, read back: the same table, as far as the page draws it."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import shapely
from geopandas import GeoDataFrame
from map_reading import OpenMap
from map_samples import IDLIB, MAARRA, make_hostile, make_many, make_sample, row
from playwright.sync_api import Page, expect

from geo.errors import NotFoundError
from geo.files import read_table
from geo.incident import COLUMN_NAMES, COLUMNS
from geo.regions import locate_at, locate_near
from geo.table import make_table
from maps.columns import make_page_data
from maps.export import find_odd_days, make_export_header
from maps.incident_map import make_map

# Of a degree: what the page holds of points, and of the corners of shapes.
_POINT, _CORNER = 0.51e-5, 0.51e-4
_NOTE = "geometry simplified to about"


def export(page: Page, folder: Path, kind: str) -> Path:
    """The file that the page writes of what it shows."""
    if not page.locator("#im-panel-share").is_visible():
        page.get_by_role("button", name="Share", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=kind, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def read_back(path: Path) -> GeoDataFrame:
    table, problems = read_table(path)
    # Of CSV the reader says which column it takes for the geometry, as for our own tables.
    problems = [problem for problem in problems if "geometry from 'wkt'" not in problem.message]
    assert [str(problem) for problem in problems] == []
    return table


def assert_same(read: GeoDataFrame, table: GeoDataFrame) -> None:
    """The same rows, in the page's order."""
    order = make_page_data(table, title="", about={}, attribution="").order
    table = table.iloc[order].reset_index(drop=True)
    assert list(read.columns) == list(table.columns)
    shapes = read.geometry.notna() & (read.geometry.geom_type != "Point")
    for name in table.columns:
        if name != "geometry":
            pd.testing.assert_series_equal(read[name], _expected(table[name], shapes, read))
    for found, wanted in zip(read.geometry, table.geometry, strict=True):
        assert_near(found, wanted)


def _expected(cells: Any, shapes: Any, read: GeoDataFrame) -> Any:
    """The cells; rows with a shape have a note about it."""
    if cells.name != "notes":
        return cells
    for number, has_shape in enumerate(shapes):
        notes = read["notes"][number]
        assert any(note.startswith(_NOTE) for note in notes) == has_shape
    added = [
        [*own, *notes[len(own) :]] if has_shape else own
        for own, notes, has_shape in zip(cells, read["notes"], shapes, strict=True)
    ]
    return pd.Series(added, name="notes", dtype=object)


def assert_near(found: Any, wanted: Any) -> None:
    """A point within its rounding, a shape within the detail that its note tells of."""
    if wanted is None:
        assert found is None
        return
    assert found.geom_type == wanted.geom_type
    assert found.is_valid
    if wanted.geom_type == "Point":
        assert abs(found.x - wanted.x) <= _POINT
        assert abs(found.y - wanted.y) <= _POINT
        return
    west, south, east, north = wanted.bounds
    detail = max(east - west, north - south) / 3000
    assert shapely.hausdorff_distance(found, wanted) <= max(detail, 1e-4) + 2 * _CORNER
    if wanted.area:
        assert found.symmetric_difference(wanted).area < 0.02 * wanted.area


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
@pytest.mark.parametrize("kind", ["CSV", "GeoJSON"])
def test_an_export_is_the_table_again(open_map: OpenMap, tmp_path: Path, kind: str) -> None:
    table = make_sample()
    page = open_map(table, title="Syria: winter/2020")
    path = export(page, tmp_path, kind)
    assert path.name == f"Syria-winter-2020-incidents-2020-01-16-2020-02-05.{kind.lower()}"
    assert_same(read_back(path), table)
    expect(page.locator(".im-said")).to_have_text(f"Written: {path.name}")


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
@pytest.mark.parametrize("kind", ["CSV", "GeoJSON"])
def test_values_that_the_page_does_not_draw_are_exported(
    open_map: OpenMap, tmp_path: Path, kind: str
) -> None:
    """Codes of the source's own, an end without a start, countries by name, lists, own columns."""
    full = {"place_id": "x:1", "name": "Samka", "admin1": "", "country": "SY", "lon": 0.0,
            "lat": 35.5, "score": 0.0, "why": "namesake"}  # fmt: skip
    battle = ("Battles", "Armed clash")
    table = make_table(
        [
            row(1, "2020-01-16", battle, "Idlib", locate_at(IDLIB), where_prec=2, geo_precision=3,
                alternatives=[full], date_end="2020-01-20", **{"2020": "=1+1", "own": "ok"}),
            row(2, "", battle, "Idlib", locate_at(IDLIB), date_end="2020-01-18", country="Syria"),
            row(3, "2020-01-19", battle, "Homs", None, precision="region", own=None),
            row(4, "2020-01-20", ("", ""), "Maarra", locate_near(MAARRA), country="Neverland",
                injured_low=0, injured_high=7, fatalities_low=0),
        ]
    )  # fmt: skip
    page = open_map(table, keep=["2020", "own"])
    read = read_back(export(page, tmp_path, kind))
    assert read["own"].fillna("").tolist() == ["ok", "", "", ""]
    assert read["2020"].fillna("").str.strip().tolist() == ["=1+1", "", "", ""]
    assert_same(read.drop(columns=["2020", "own"]), table.drop(columns=["2020", "own"]))


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
def test_hostile_text_is_exported_as_it_is_and_runs_nowhere(
    open_map: OpenMap, tmp_path: Path
) -> None:
    table = make_hostile()
    page = open_map(table)
    assert_same(read_back(export(page, tmp_path, "GeoJSON")), read_again(table))
    assert_same(read_back(export(page, tmp_path, "CSV")), read_again(table))


def read_again(table: GeoDataFrame) -> GeoDataFrame:
    """The table with the texts as a page can hold them."""
    table = table.copy()
    for column in COLUMNS:
        if column.kind == "text":
            table[column.name] = table[column.name].str.replace("\x00", "").astype("str")
    return table


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
def test_formulas_of_a_spreadsheet_do_not_run_and_come_back(
    open_map: OpenMap, tmp_path: Path
) -> None:
    texts = ['=HYPERLINK("http://x")', "+1", "-2", "@SUM(A1)", "= 'a'!A1", "a=b"]  # fmt: skip
    table = make_table(
        [
            {"incident_id": str(number), "actor1": text, "evidence": text, "place_name": text}
            for number, text in enumerate(texts)
        ]
    )
    path = export(open_map(table), tmp_path, "CSV")
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfincident_id,")
    cells = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert not cells["actor1"].str.match(r"[=+\-@\t]").any()
    assert_same(read_back(path), table)


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
def test_an_export_holds_what_passes_the_filters(open_map: OpenMap, tmp_path: Path) -> None:
    page = open_map(make_sample())
    page.get_by_label("Battles").uncheck()
    page.get_by_role("checkbox", name="not located").uncheck()
    read = read_back(export(page, tmp_path, "GeoJSON"))
    assert len(read) == 13
    assert not (read["event_type"] == "Battles").any()
    assert read.geometry.notna().all()


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
def test_geojson_is_as_rfc_7946_has_it(open_map: OpenMap, tmp_path: Path) -> None:
    """Across the antimeridian, with holes and islands: cut, wound, and valid."""
    across = shapely.box(179, -18, 181, -16)
    holed = shapely.box(36, 34, 38, 36).difference(shapely.box(36.5, 34.5, 37.5, 35.5))
    island = shapely.union(holed, shapely.box(36.9, 34.9, 37.1, 35.1))
    line, points = (
        shapely.LineString([(179, 0), (181, 1)]),
        shapely.MultiPoint([(36, 35), (37, 35)]),
    )
    shapes = [across, holed, island, line, points, shapely.Point(-179.99999, 89.5)]
    table = make_table(
        {"incident_id": str(n), "geometry": shape, "precision": "district"}
        for n, shape in enumerate(shapes)
    )
    path = export(open_map(table), tmp_path, "GeoJSON")
    features = json.loads(path.read_bytes())["features"]
    features.sort(key=lambda feature: feature["properties"]["incident_id"])
    found = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features]
    kinds = [shape.geom_type for shape in found]
    assert kinds == ["MultiPolygon", "Polygon", "MultiPolygon", "MultiLineString", "MultiPoint",
                     "Point"]  # fmt: skip
    for shape in found:
        assert shape.is_valid
        assert shape.bounds[0] >= -180
        assert shape.bounds[2] <= 180
    assert found[0].area == pytest.approx(4, rel=1e-3)
    assert found[1].equals_exact(shapely.normalize(found[1]), 90)
    assert found[1].area == pytest.approx(3, rel=1e-3)
    assert found[2].area == pytest.approx(3.04, rel=1e-3)
    for polygon in (part for shape in found[:3] for part in shapely.get_parts(shape)):
        assert polygon.exterior.is_ccw
        assert not any(hole.is_ccw for hole in polygon.interiors)
    assert (found[5].x, found[5].y) == (-179.99999, 89.5)


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
def test_a_large_export_leaves_the_page_alive_and_can_be_stopped(
    open_map: OpenMap, tmp_path: Path
) -> None:
    page = open_map(make_many(30_000))
    page.get_by_role("button", name="Share", exact=True).click()
    page.evaluate(
        """() => {
          window.longest = 0;
          let last = performance.now();
          const tick = () => {
            window.longest = Math.max(window.longest, performance.now() - last);
            last = performance.now();
            window.ticking = setTimeout(tick);
          };
          tick();
        }"""
    )
    page.get_by_role("button", name="CSV", exact=True).click()
    cancel = page.get_by_role("button", name="Cancel")
    expect(cancel).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    cancel.click()
    expect(page.locator(".im-said")).to_have_text("Stopped; no file was written.")
    expect(cancel).to_be_hidden()
    assert len(pd.read_csv(export(page, tmp_path, "CSV"))) == 30_000
    # A block of 256 rows at most is written in one go; a page that hangs takes seconds.
    assert page.evaluate("window.longest") < 500


@pytest.mark.browser
@pytest.mark.usefixtures("nothing_wrong")
@pytest.mark.parametrize("records", [[], [{"incident_id": "1"}]])
def test_exports_of_little(
    open_map: OpenMap, tmp_path: Path, records: list[dict[str, Any]]
) -> None:
    page = open_map(make_table(records))
    features = json.loads(export(page, tmp_path, "GeoJSON").read_bytes())["features"]
    assert [feature["geometry"] for feature in features] == [None] * len(records)
    lines = export(page, tmp_path, "CSV").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + len(records)
    assert lines[0].startswith(",".join(COLUMN_NAMES[:3]))


def test_the_page_is_told_the_columns_of_the_table_and_those_to_keep() -> None:
    table = make_table([{"incident_id": "1", "country": "SY", "own": 3}])
    header = make_export_header(table, ["own"])
    assert [name for name, _ in header["columns"]] == [*COLUMN_NAMES[:-1], "own"]
    assert [name for name, _ in make_export_header(table)["columns"]][-1] == "own"
    assert make_export_header(table, [])["columns"] == header["columns"][:-1]
    with pytest.raises(NotFoundError, match="no column 'other'"):
        make_map(table, keep=["other"])


def test_days_of_the_usual_kind_are_not_written_twice() -> None:
    table = make_many(50)
    assert all(not days.codes.any() for days in find_odd_days(table).values())
    table["date_end"] = table["date_start"]
    assert all(not days.codes.any() for days in find_odd_days(table).values())
    table.loc[3, "date_end"] = None
    days = find_odd_days(table)["date_end"]
    assert [days.table[code] for code in days.codes[:5]] == ["", "", "", "none", ""]
