"""Each kind of file gives its places, and says which rows it cannot use and why."""

import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import Polygon

from gazetteer.columns import Columns
from gazetteer.sections import open_sections
from gazetteer.sources.copies import load_copy, read_source, write_copy
from gazetteer.sources.recognise import recognise_kind
from gazetteer.versions import hash_files
from geo.errors import InputError, NotFoundError

SAMPLES = Path(__file__).parent / "samples"


def names_of(columns: Columns, place_id: str) -> list[str]:
    row = ids_of(columns).index(place_id)
    start = columns.places["names_start"][row]
    numbers = columns.names["text"][start : start + columns.places["names_count"][row]]
    return [columns.texts[number] for number in numbers.tolist()]


def ids_of(columns: Columns) -> list[str]:
    return [columns.texts[number] for number in columns.places["place_id"].tolist()]


def texts_of(columns: Columns, column: str) -> list[str]:
    return [columns.texts[number] for number in columns.places[column].tolist()]


def labels_of(columns: Columns, column: str) -> list[str]:
    return [columns.labels[number] for number in columns.places[column].tolist()]


@pytest.mark.parametrize(
    ("file", "kind", "ids"),
    [
        ("SY.txt", "GeoNames", ["geonames:169389", "geonames:174448"]),
        ("wof_small.csv", "Who's On First", ["wof:890432567", "wof:102542747"]),
        ("ocha_small.csv", "OCHA populated places", ["ocha:C3871", "ocha:C3504", "ocha:C1600"]),
        ("districts.geojson", "boundaries", ["ocha:SY0703"]),
    ],
)
def test_kind_is_told_from_the_content(file: str, kind: str, ids: list[str]) -> None:
    source = read_source(SAMPLES / file)
    assert source.kind == kind
    assert ids_of(source.columns) == ids


@pytest.mark.parametrize(
    ("file", "problems"),
    [
        ("SY.txt", ["SY.txt, row 3: longitude 'north' is no number of degrees"]),
        ("wof_small.csv", ["wof_small.csv, row 7: latitude '95.3' is outside -90 to 90 degrees"]),
        (
            "ocha_small.csv",
            ["ocha_small.csv, row 5: LocationName_en '---' is no name; give at least one letter"],
        ),
        (
            "own.csv",
            [
                "own.csv, row 4: lat '' is no number of degrees (it is empty)",
                "own.csv, row 5: lon '236.85' is outside -180 to 180 degrees",
                "own.csv, row 6: radius_km 'wide' is no number of kilometres",
            ],
        ),
        (
            "districts.geojson",
            [
                "districts.geojson, row 2: ADM2_EN the area has no name",
                "districts.geojson, row 3: geometry 'Ariha' has no geometry",
            ],
        ),
    ],
)
def test_bad_rows_are_named_and_the_rest_goes_on(file: str, problems: list[str]) -> None:
    source = read_source(SAMPLES / file)
    assert [str(problem) for problem in source.problems] == problems
    assert len(source.columns.places) > 0


def test_geonames_names_leave_out_what_geonames_spelled_by_itself() -> None:
    columns = read_source(SAMPLES / "SY.txt").columns
    assert names_of(columns, "geonames:169389") == ["Idlib", "Idleb", "إدلب"]
    assert texts_of(columns, "admin1") == ["Idlib", "Deir ez-Zor"]


def test_places_that_ended_or_were_replaced_are_left_out() -> None:
    columns = read_source(SAMPLES / "wof_small.csv").columns
    assert texts_of(columns, "name") == ["Idleb", "Kamishly Airport"]
    assert labels_of(columns, "feature") == ["PPLA", "AIRP"]
    assert [columns.texts[number] for number in columns.same.tolist()] == ["geonames:169389"]


def test_deprecated_places_are_left_out_where_the_table_says_so(tmp_path: Path) -> None:
    heading = "wof_id,placetype,name,latitude,longitude,deprecated\n"
    rows = "1,locality,Here,35,36,uuuu\n2,locality,Error,35,36,2019-05-01\n"
    (tmp_path / "wof.csv").write_text(heading + rows, "utf-8")
    assert ids_of(read_source(tmp_path / "wof.csv").columns) == ["wof:1"]


def test_ocha_names_lose_the_town_that_tells_namesakes_apart() -> None:
    columns = read_source(SAMPLES / "ocha_small.csv").columns
    assert names_of(columns, "ocha:C3504") == ["Samra", "Samra (Kasab)", "السمرا", "السمرا - كسب"]
    assert {"Hamshu", "Hamashtlak", "حمشتلك"} < set(names_of(columns, "ocha:C1600"))
    assert set(labels_of(columns, "country")) == {"SY"}


def test_own_csv_takes_other_headings_and_decimal_commas() -> None:
    columns = read_source(SAMPLES / "own.csv", "sy").columns
    assert texts_of(columns, "name") == ["Kafr Nabl", "Base 9471"]
    assert columns.places["lat"].tolist() == [356140000, 361700000]
    assert columns.places["radius_m"].tolist() == [2900, 3000]
    assert labels_of(columns, "country") == ["SY", "SY"]
    assert "كفرنبل" in names_of(columns, ids_of(columns)[0])


def test_own_ids_do_not_depend_on_the_order_of_rows(tmp_path: Path) -> None:
    head, *rows = (SAMPLES / "own.csv").read_text("utf-8").splitlines()
    other = tmp_path / "other.csv"
    other.write_text("\n".join([head, *reversed(rows)]), "utf-8")
    first = ids_of(read_source(SAMPLES / "own.csv").columns)
    assert ids_of(read_source(other).columns) == first[::-1]


def test_boundaries_keep_their_polygon_and_level() -> None:
    columns = read_source(SAMPLES / "districts.geojson").columns
    assert labels_of(columns, "feature") == ["ADM2"]
    assert texts_of(columns, "admin1") == ["Idleb"]
    assert list(columns.areas) == [0]
    # From the centre (36.6, 36.125) of the rectangle to a corner: 22.7 km.
    assert int(columns.places["radius_m"][0]) == pytest.approx(22_700, abs=100)


def test_shapefile_in_another_projection_and_encoding_comes_out_in_degrees(tmp_path: Path) -> None:
    square = Polygon([(300_000, 3_980_000), (340_000, 3_980_000), (340_000, 4_000_000)])
    table = gpd.GeoDataFrame(
        {"NAME_EN": ["Sheikh Maqsoud"], "NAME_AR": ["الشيخ مقصود"], "ADM1_EN": ["Aleppo"]},
        geometry=[square],
        crs="EPSG:32637",
    )
    table.to_file(tmp_path / "quarters.shp", encoding="utf-8")
    columns = read_source(tmp_path / "quarters.shp", "SY").columns
    assert names_of(columns, ids_of(columns)[0]) == ["Sheikh Maqsoud", "الشيخ مقصود"]
    assert labels_of(columns, "feature") == ["PPLX"]
    assert columns.places["lon"][0] / 1e7 == pytest.approx(37.09, abs=0.02)
    assert columns.places["lat"][0] / 1e7 == pytest.approx(36.01, abs=0.02)


def test_zipped_dump_is_read_past_its_readme(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "SY.zip", "w") as packed:
        packed.writestr("readme.txt", "This work is licensed")
        packed.write(SAMPLES / "SY.txt", "SY.txt")
    assert ids_of(read_source(tmp_path / "SY.zip").columns) == [
        "geonames:169389",
        "geonames:174448",
    ]


def test_arabic_windows_encoding_is_recognised(tmp_path: Path) -> None:
    rows = "".join(
        f"{name},{35 + number / 10},36.5,{arabic}\n"
        for number, (name, arabic) in enumerate(
            [("Saraqib", "سراقب"), ("Ariha", "أريحا"), ("Binnish", "بنش"), ("Sarmin", "سرمين")]
        )
    )
    path = tmp_path / "towns.csv"
    path.write_bytes(("name,lat,lon,name_ar\n" + rows).encode("cp1256"))
    source = read_source(path)
    assert "سراقب" in names_of(source.columns, ids_of(source.columns)[0])
    assert "read as cp1256" in str(source.problems[0])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "is empty; give a table"),
        ("strange.csv", b"a,b,c\n1,2,3\n", "has the columns 'a, b, c'"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is no text but a binary"),
        ("half.zip", b"PK\x03\x04 cut", "is no whole zip"),
        ("broken.geojson", b'{"type": "FeatureCollection", "features": [', "cannot be read"),
        (
            "nameless.geojson",
            b'{"type":"Point","coordinates":[36,35]}',
            "no column of names",
        ),
        ("unusable.csv", b"name,lat,lon\nIdlib,,\n", "holds no place that can be used"),
    ],
)
def test_files_we_cannot_use_say_what_to_give(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_source(tmp_path / name)


def test_missing_file_and_wrong_country_are_refused() -> None:
    with pytest.raises(NotFoundError, match="there is no file"):
        recognise_kind(SAMPLES / "none.csv")
    with pytest.raises(InputError, match="no ISO 3166-1"):
        read_source(SAMPLES / "own.csv", "Syria")


@pytest.mark.parametrize("file", ["SY.txt", "wof_small.csv", "own.csv", "districts.geojson"])
def test_our_copy_of_a_file_holds_the_same_places(tmp_path: Path, file: str) -> None:
    source = read_source(SAMPLES / file)
    write_copy(source, tmp_path / "copy.places")
    copy = open_sections(tmp_path / "copy.places")
    columns = load_copy(copy)
    assert copy.meta["source"] == source.facts
    assert columns.texts == source.columns.texts
    assert columns.areas == source.columns.areas
    assert columns.places.tobytes() == source.columns.places.tobytes()
    assert columns.names.tobytes() == source.columns.names.tobytes()


REAL = [
    ("whosonfirst/wof_sy.csv", "Who's On First", 10_422),
    ("geonames/SY_P_rebuilt.txt", "GeoNames", 10_537),
    ("ocha/syr_populated_places_ocha.csv", "OCHA populated places", 7_693),
    ("ocha/syr_neighbourhoods_20201217.geojson", "boundaries", 414),
    ("ocha/syr_adm1_20201217.geojson", "boundaries", 14),
    ("ocha/syr_adm3_20201217.geojson", "boundaries", 272),
    ("ocha/syr_admincapitals_v02.geojson", "boundaries", 266),
]


@pytest.mark.parametrize(("file", "kind", "count"), REAL)
def test_real_file_is_read_whole(shared_dir: Path, file: str, kind: str, count: int) -> None:
    source = read_source(shared_dir / "data" / file)
    assert (source.kind, len(source.columns.places)) == (kind, count)
    assert source.problems == []
    assert set(labels_of(source.columns, "country")) == {"SY"}


def test_real_neighbourhood_has_names_in_both_scripts_and_a_polygon(shared_dir: Path) -> None:
    path = shared_dir / "data" / "ocha" / "syr_neighbourhoods_20201217.geojson"
    columns = read_source(path).columns
    row = texts_of(columns, "name").index("Alleramoon")
    assert any("\u0600" < name[0] < "\u06ff" for name in names_of(columns, ids_of(columns)[row]))
    assert labels_of(columns, "feature")[row] == "PPLX"
    assert row in columns.areas


def test_a_shapefile_is_known_by_all_its_parts(tmp_path: Path) -> None:
    square = Polygon([(36, 35), (37, 35), (37, 36)])
    for name in ("Idlib", "Hama"):
        table = gpd.GeoDataFrame({"NAME_EN": [name]}, geometry=[square], crs="EPSG:4326")
        (tmp_path / name).mkdir()
        table.to_file(tmp_path / name / "area.shp", encoding="utf-8")
    one, other = tmp_path / "Idlib" / "area.shp", tmp_path / "Hama" / "area.shp"
    assert one.read_bytes() == other.read_bytes()
    assert hash_files(one) != hash_files(other)
