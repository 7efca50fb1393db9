"""Whatever bytes a file has, reading it gives places and problems, or says why it cannot."""

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import openpyxl
import osmium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer.sources.copies import read_source
from geo.errors import InputError

SAMPLES = Path(__file__).parent / "samples"
SUFFIXES = [
    *(".csv", ".txt", ".zip", ".xlsx", ".xls", ".ods"),
    *(".json", ".geojson", ".osm", ".pbf", ".gpkg", ".fgb", ".kml", ".gml", ".shp"),
]
BEGINNINGS = [
    b"",
    b"PK\x03\x04",
    b'{"type": "FeatureCollection", "features": [',
    b'{"elements": [',
    b"<?xml version='1.0'?><osm>",
    b"<?xml version='1.0'?><kml>",
    b"fgb\x03fgb\x00",
    b"\x00\x00\x27\x0a",
    b"SQLite format 3\x00",
    b"\x00\x00\x00\x0e\x0a\x09OSMHeader\x18\x04",
    b"name,lat,lon\n",
    b"name;lat;lon;name_ar;feature_code;country\n",
    b"169389\tIdlib\tIdlib\t\t35.9\t36.6\tP\tPPLA\tSY\t\t12\t\t\t\t1\n",
    b"wof_id,placetype,name,latitude,longitude\n",
    b"LocationName_en,Location_Pcode,latitude,longitude\n",
]
FUZZ = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def read_or_refuse(path: Path) -> None:
    refused = ""
    try:
        source = read_source(path)
    except InputError as error:
        refused = str(error)
    if refused:
        assert "object at 0x" not in refused
        return
    assert len(source.columns.places) > 0
    assert all(str(problem) for problem in source.problems)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bytes")


@pytest.mark.parametrize("suffix", SUFFIXES)
@FUZZ
@given(beginning=st.sampled_from(BEGINNINGS), content=st.binary(max_size=300))
def test_random_bytes(folder: Path, suffix: str, beginning: bytes, content: bytes) -> None:
    path = folder / f"random{suffix}"
    path.write_bytes(beginning + content)
    read_or_refuse(path)


def _make_files(folder: Path) -> dict[str, Path]:
    """A small good file of each kind."""
    found = {path.name: path for path in SAMPLES.glob("*.*")}
    found |= {path.name: path for path in (SAMPLES / "osm").glob("*.*")}
    table = gpd.read_file(SAMPLES / "districts.geojson")
    for name, driver in (("a.gpkg", "GPKG"), ("a.fgb", "FlatGeobuf"), ("a.gml", "GML")):
        table.iloc[:1].to_file(folder / name, driver=driver)
    (folder / "shape").mkdir()
    table.to_file(folder / "shape" / "a.shp", encoding="utf-8")
    shutil.make_archive(str(folder / "shape"), "zip", folder / "shape")
    with zipfile.ZipFile(folder / "SY.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(SAMPLES / "SY.txt", "SY.txt")
    book = openpyxl.Workbook()
    for line in (SAMPLES / "own.csv").read_text("utf-8").splitlines():
        book.active.append(line.split(";"))
    book.save(folder / "own.xlsx")
    with osmium.SimpleWriter(str(folder / "a.osm.pbf")) as writer:
        for entity in osmium.FileProcessor(str(SAMPLES / "osm" / "extract.osm")):
            writer.add(entity)
    made = ["a.gpkg", "a.fgb", "a.gml", "shape.zip", "SY.zip", "own.xlsx", "a.osm.pbf"]
    return found | {name: folder / name for name in made}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return _make_files(tmp_path_factory.mktemp("good"))


FILES = [
    *("SY.txt", "districts.geojson", "ocha_small.csv", "own.csv", "wof_small.csv"),
    *("extract.osm", "overpass.json", "turbo.geojson", "nested.geojson"),
    *("a.gpkg", "a.fgb", "a.gml", "shape.zip", "SY.zip", "own.xlsx", "a.osm.pbf"),
]


def cut(content: bytes, at: float, _: bytes) -> bytes:
    return content[: int(at * len(content))]


def flip(content: bytes, at: float, noise: bytes) -> bytes:
    changed = bytearray(content)
    for step, value in enumerate(noise):
        changed[(int(at * len(content)) + 97 * step) % len(content)] ^= value
    return bytes(changed)


def insert(content: bytes, at: float, noise: bytes) -> bytes:
    place = int(at * len(content))
    return content[:place] + noise + content[place:]


def insert_nul(content: bytes, at: float, _: bytes) -> bytes:
    return insert(content, at, b"\0")


def insert_much(content: bytes, at: float, noise: bytes) -> bytes:
    return insert(content, at, (noise or b"x") * 100_000)


def drop(content: bytes, at: float, noise: bytes) -> bytes:
    place = int(at * len(content))
    return content[:place] + content[place + len(noise) :]


@pytest.mark.parametrize("name", FILES)
@FUZZ
@given(
    change=st.sampled_from([cut, flip, insert, insert_nul, insert_much, drop]),
    at=st.floats(0, 0.9999),
    noise=st.binary(min_size=1, max_size=8),
)
def test_good_files_made_bad(
    folder: Path,
    files: dict[str, Path],
    name: str,
    change: Callable[[bytes, float, bytes], bytes],
    at: float,
    noise: bytes,
) -> None:
    path = folder / f"changed-{name}"
    path.write_bytes(change(files[name].read_bytes(), at, noise))
    read_or_refuse(path)


CELLS = ["", "\0", "nan", "inf", "-0", "1e400", "9" * 400, "٣٥٫٩", '"', "x" * 70_000, "\u202e", "-"]


@pytest.mark.parametrize("name", ["ocha_small.csv", "own.csv", "wof_small.csv"])
def test_a_quote_left_open_in_a_heading_is_no_crash(
    folder: Path, files: dict[str, Path], name: str
) -> None:
    heading, *rows = files[name].read_text("utf-8").splitlines()
    for column in range(len(heading.split(","))):
        cells = heading.split(",")
        cells[column] = '"'
        path = folder / name
        path.write_text("\n".join([",".join(cells), *rows]) + "\n", "utf-8")
        read_or_refuse(path)


@pytest.mark.parametrize("name", ["SY.txt", "ocha_small.csv", "own.csv", "wof_small.csv"])
@FUZZ
@given(row=st.integers(0, 3), column=st.integers(0, 20), cell=st.sampled_from(CELLS) | st.text())
def test_any_cell_may_hold_anything(
    folder: Path, files: dict[str, Path], name: str, row: int, column: int, cell: str
) -> None:
    delimiter = {"SY.txt": "\t", "own.csv": ";"}.get(name, ",")
    lines = files[name].read_text("utf-8").splitlines()
    cells = lines[row % len(lines)].split(delimiter)
    cells[column % len(cells)] = cell
    lines[row % len(lines)] = delimiter.join(cells)
    path = folder / f"cell-{name}"
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    read_or_refuse(path)


@FUZZ
@given(
    change=st.sampled_from([cut, flip, insert, insert_nul, drop]),
    at=st.floats(0, 0.9999),
    noise=st.binary(min_size=1, max_size=8),
    which=st.sampled_from(["alternatenames/SY.txt", "admin1CodesASCII.txt", "admin2Codes.txt"]),
)
def test_what_lies_beside_a_dump_may_be_bad(
    folder: Path,
    change: Callable[[bytes, float, bytes], bytes],
    at: float,
    noise: bytes,
    which: str,
) -> None:
    site = folder / "site"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(SAMPLES / "site", site)
    (site / which).write_bytes(change((site / which).read_bytes(), at, noise))
    read_or_refuse(site / "SY.txt")


@pytest.mark.parametrize(
    "file",
    [
        "whosonfirst/wof_jo.csv",
        "geonames/PS_P_rebuilt.txt",
        "ocha/syr_adm0_20201217.geojson",
        "ocha/syr_admincapitals_v02.geojson",
    ],
)
@settings(FUZZ, max_examples=10)
@given(
    change=st.sampled_from([cut, flip, insert, insert_nul, drop]),
    at=st.floats(0, 0.9999),
    noise=st.binary(min_size=1, max_size=8),
)
def test_real_files_made_bad(
    folder: Path,
    shared_dir: Path,
    file: str,
    change: Callable[[bytes, float, bytes], bytes],
    at: float,
    noise: bytes,
) -> None:
    path = folder / f"real-{Path(file).name}"
    path.write_bytes(change((shared_dir / "data" / file).read_bytes(), at, noise))
    read_or_refuse(path)


def test_a_zip_bomb_is_read_with_little_memory(folder: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("SY.txt", b"0" * 200_000_000)
    (folder / "bomb.zip").write_bytes(packed.getvalue())
    read_or_refuse(folder / "bomb.zip")
