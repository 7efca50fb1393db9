"""Boundaries in the formats and styles of columns they are published in."""

import os
import shutil
import zipfile
from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest
import shapely
from collected import collect
from shapely.geometry import Point, Polygon

from gazetteer.sources.ocha import find_columns
from gazetteer.store import _find_wanted, add_source, describe
from gazetteer.versions import hash_files
from geo.errors import InputError, NotFoundError

SQUARE = Polygon([(36, 35), (37, 35), (37, 36), (36, 36)])
STYLES = {
    "english": {"ADM2_EN": "Harim", "ADM2_AR": "حارم", "ADM2_PCODE": "SY0703", "ADM1_EN": "Idleb"},
    "long": {
        "admin2Name_en": "Harim",
        "admin2Name_ar": "حارم",
        "admin2Pcode": "SY0703",
        "admin1Name_en": "Idleb",
        "admin0Pcode": "SY",
    },
    "v02": {
        "adm2_name": "Harim",
        "adm2_name1": "حارم",
        "adm2_pcode": "SY0703",
        "adm1_name": "Idleb",
        "adm0_pcode": "SY",
    },
}
FORMATS = ["geojson", "gpkg", "shp.zip", "gdb", "gdb.zip", "fgb", "kml", "gml"]


def make_table(cells: dict[str, str]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame([cells], geometry=[SQUARE], crs="EPSG:4326")


def write(table: gpd.GeoDataFrame, folder: Path, form: str) -> Path:
    if form in {"gml", "kml"}:
        table.to_file(folder / f"adm2.{form}", driver=form.upper())
        return folder / f"adm2.{form}"
    if form in {"geojson", "gpkg", "fgb"}:
        table.to_file(folder / f"adm2.{form}")
        return folder / f"adm2.{form}"
    if form.startswith("gdb"):
        table.to_file(folder / "adm2.gdb", driver="OpenFileGDB", layer="adm2")
        if form == "gdb":
            return folder / "adm2.gdb"
    else:
        (folder / "adm2").mkdir()
        table.to_file(folder / "adm2" / "adm2.shp", encoding="utf-8")
    inside = folder / ("adm2.gdb" if form == "gdb.zip" else "adm2")
    base = inside.name if form == "gdb.zip" else None
    return Path(shutil.make_archive(str(folder / "boundaries"), "zip", folder, base))


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_gives_the_same_area(tmp_path: Path, form: str) -> None:
    found = collect(write(make_table(STYLES["english"]), tmp_path, form), "SY")
    assert found.kind == "boundaries"
    assert found.problems == []
    (place,) = found.places.values()
    assert (place.place_id, place.feature_code, place.admin1) == ("ocha:SY0703", "ADM2", "Idleb")
    assert [name.text for name in place.names] == ["Harim", "حارم"]
    assert shapely.from_wkb(found.areas["ocha:SY0703"]).equals(SQUARE)


def test_a_folder_that_is_no_geodatabase_is_refused(tmp_path: Path) -> None:
    """GDAL would open what else is in it, whatever the folder is called."""
    write(make_table(STYLES["english"]), tmp_path, "geojson")
    (tmp_path / "adm2.gdb").mkdir()
    shutil.move(tmp_path / "adm2.geojson", tmp_path / "adm2.gdb")
    with pytest.raises(InputError, match="is no file geodatabase"):
        collect(tmp_path / "adm2.gdb")
    with pytest.raises(NotFoundError, match="there is no file"):
        collect(tmp_path)


def test_a_geodatabase_is_kept_and_known_by_its_content(tmp_path: Path) -> None:
    path = write(make_table(STYLES["english"]), tmp_path, "gdb")
    before = hash_files(path)
    (path / "FEED.1234.sr.lock").write_bytes(b"")
    os.utime(path / "a00000001.gdbtable", (2_000_000_000, 2_000_000_000))
    assert hash_files(path) == before
    assert add_source(path, cache_dir=tmp_path, country="SY").count == 1
    (added,) = describe(cache_dir=tmp_path)["added"]
    assert (added["version"], added["date"]) == (f"adm2.gdb {before}", "2033-05-18")
    largest = max(path.iterdir(), key=lambda file: file.stat().st_size)
    largest.write_bytes(largest.read_bytes() + b"\0")
    assert hash_files(path) != before


def test_a_geodatabase_can_be_used_for_one_call(tmp_path: Path) -> None:
    path = write(make_table(STYLES["english"]), tmp_path, "gdb")
    wanted = _find_wanted(tmp_path, [path])
    assert wanted.extra == [path]
    (path / "more").write_bytes(b"more")
    assert _find_wanted(tmp_path, [path]).version != wanted.version


@pytest.mark.parametrize("style", STYLES)
def test_every_style_of_columns_gives_the_same_area(tmp_path: Path, style: str) -> None:
    found = collect(write(make_table(STYLES[style]), tmp_path, "geojson"))
    (place,) = found.places.values()
    assert (place.place_id, place.feature_code, place.country) == ("ocha:SY0703", "ADM2", "SY")
    assert (place.name, place.names[1].text, place.names[1].lang) == ("Harim", "حارم", "ar")
    assert place.admin1 == "Idleb"


def test_all_files_of_a_zip_are_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "syr.zip", "w") as packed:
        for level, name in enumerate(["Syria", "Idleb", "Harim"]):
            cells = {f"ADM{level}_EN": name, f"ADM{level}_PCODE": f"SY{'07' * level}"}
            path = tmp_path / f"adm{level}.geojson"
            make_table(cells).to_file(path)
            packed.write(path, path.name)
        packed.writestr("__MACOSX/._adm0.geojson", b"\0\5\x16\7")
        packed.writestr("readme.txt", "Common Operational Dataset")
    found = collect(tmp_path / "syr.zip")
    assert [place.feature_code for place in found.places.values()] == ["PCLI", "ADM1", "ADM2"]


def test_all_layers_of_a_file_are_read_and_one_without_names_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "syr.gpkg"
    make_table({"ADM1_EN": "Idleb", "ADM1_PCODE": "SY07"}).to_file(path, layer="adm1")
    make_table(STYLES["english"]).to_file(path, layer="adm2")
    make_table({"code": "7"}).to_file(path, layer="lines")
    found = collect(path)
    assert sorted(found.places) == ["ocha:SY07", "ocha:SY0703"]
    assert [problem.partition(";")[0] for problem in found.problems] == [
        "syr.gpkg: syr.gpkg has no column of names we know (code)"
    ]


def test_seats_of_admin_areas_are_settlements(tmp_path: Path) -> None:
    rows = [{"adm_p_lvl": level, "name": f"Seat {level}", "adm0_pcode": "SY"} for level in range(4)]
    table = gpd.GeoDataFrame(rows, geometry=[Point(36, 35)] * 4, crs="EPSG:4326")
    table.to_file(tmp_path / "seats.geojson")
    found = collect(tmp_path / "seats.geojson")
    assert [p.feature_code for p in found.places.values()] == ["PPLC", "PPLA", "PPLA2", "PPLA3"]


def test_an_area_outside_the_earth_or_without_a_name_is_a_problem(tmp_path: Path) -> None:
    table = gpd.GeoDataFrame(
        {"name": ["Far", "Good", None]},
        geometry=[Polygon([(300, 0), (301, 0), (301, 1)]), SQUARE, SQUARE],
        crs="EPSG:4326",
    )
    table.to_file(tmp_path / "a.geojson")
    found = collect(tmp_path / "a.geojson")
    assert [place.name for place in found.places.values()] == ["Good"]
    assert found.problems == [
        "a.geojson, row 1: geometry 'Far' lies outside the degrees of the Earth",
        "a.geojson, row 3: name the area has no name",
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.shp", b"<OGRVRTDataSource></OGRVRTDataSource>", "is no .shp file inside"),
        ("a.kml", b"<?xml version='1.0'?><OGRVRTDataSource>", "leads to other files"),
        ("a.geojson", b'{"type": "gdal_streamed_alg", "command_line": "x"}', "leads to other"),
        ("a.gpkg", b"GPKG", "is no .gpkg file inside"),
        ("a.fgb", b"fgb", "cannot be read"),
        ("a.osm", b"<osm><node", "cut short or damaged"),
    ],
)
def test_files_that_lead_elsewhere_are_not_opened(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words):
        collect(tmp_path / name)


@pytest.mark.parametrize(
    ("headings", "level"),
    [
        ("LocationName_en,Location_Pcode,latitude,longitude,admin1Name_en", -1),
        ("admin3Name_en,admin3Pcode,admin1Name_en,admin1Pcode,lat,lon", 3),
        ("ADM4_EN,ADM4_PCODE,ADM3_EN,POINT_X,POINT_Y", 4),
        ("adm1_name,adm1_pcode,center_lat,center_lon", 1),
        ("name,admin1,admin1_pcode,lat,lon", None),
        ("ADM1_EN,ADM1_PCODE", None),
    ],
)
def test_columns_of_ocha_tables(headings: str, level: int | None) -> None:
    columns = find_columns(headings.split(","))
    assert (columns.level if columns else None) == level


def test_a_spreadsheet_of_ocha_with_tags(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [
        ["ADM4_EN", "ADM4_AR", "ADM4_PCODE", "ADM1_EN", "ADM0_PCODE", "latitude", "longitude"],
        ["#adm4+name", "#adm4+name+ar", "#adm4+code", "#adm1+name", "", "#geo+lat", "#geo+lon"],
        ["Idleb", "إدلب", "C3871", "Idleb", "SY", 35.929008, 36.635276],
        ["Ward 2", "", "IQ0102", "Baghdad", "IQ", 33.3, 44.4],
        ["Lost", "", "C1", "Idleb", "SY", "somewhere", 36],
    ]:
        book.active.append(row)
    book.save(tmp_path / "places.xlsx")
    found = collect(tmp_path / "places.xlsx")
    assert found.kind == "OCHA populated places"
    assert [(p.place_id, p.feature_code) for p in found.places.values()] == [
        ("ocha:C3871", "PPL"),
        ("ocha:IQ0102", "ADM4"),
    ]
    assert found.problems == ["places.xlsx, row 5: latitude 'somewhere' is no number of degrees"]


def test_real_capitals_are_seats_and_label_points_are_areas(shared_dir: Path) -> None:
    folder = shared_dir / "data" / "ocha"
    seats = [
        p.feature_code for p in collect(folder / "syr_admincapitals_v02.geojson").places.values()
    ]
    assert {code: seats.count(code) for code in set(seats)} == {
        "PPLC": 1,
        "PPLA": 12,
        "PPLA2": 42,
        "PPLA3": 211,
    }
    points = collect(folder / "syr_adm3_points_20201217.geojson")
    assert {place.feature_code for place in points.places.values()} == {"ADM3"}


# Rows, and those that are left out: superseded or no longer current (counted in the files).
WHOSONFIRST = [
    ("sy", 10_682, 260),
    ("iq", 22_900, 1_225),
    ("tr", 54_539, 695),
    ("lb", 3_441, 44),
    ("jo", 1_331, 10),
    ("il", 1_533, 114),
    ("ps", 2_713, 1_131),
]


@pytest.mark.parametrize(("country", "rows", "gone"), WHOSONFIRST)
def test_real_places_that_were_replaced_are_left_out(
    shared_dir: Path, country: str, rows: int, gone: int
) -> None:
    found = collect(shared_dir / "data" / "whosonfirst" / f"wof_{country}.csv")
    assert len(found.places) == rows - gone
    assert found.problems == []
