"""The map's options on the command line: each reaches the page, a wrong one is a line."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from shapely import box

from geo.errors import InputError, NotFoundError
from incident_mapper import map_options
from incident_mapper.areas import read_areas
from maps import basemap, columns
from tests.maps.map_reading import read_block, unpack

EXAMPLES = Path(__file__).parents[2] / "examples"
LOG = (EXAMPLES / "incidents.csv", "--mapping", EXAMPLES / "mapping.yaml")
Run = Callable[..., Any]
# A table that needs no look-up of names.
PLACED = (
    "incident_id,date_start,latitude,longitude,actor1,source,colour,shape\n"
    "1,2020-01-16,35.9,36.8,A,one,red,round\n"
    "2,2020-01-17,35.5,40.1,B,two,blue,square\n"
)


@pytest.fixture
def strips() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"name": ["West", "East"]}, geometry=[box(35, 34, 38, 37), box(38, 34, 42, 37)], crs=4326
    )


def make_page(run: Run, folder: Path, *options: object) -> str:
    page, table = folder / "map.html", folder / "placed.csv"
    table.write_text(PLACED, encoding="utf-8")
    done = run("map", table, "-o", page, *options)
    assert done.returncode == 0, done.stderr.decode()
    return page.read_text(encoding="utf-8")


def read_header(html: str, name: str) -> dict[str, Any]:
    return unpack(read_block(html, name))[0]


def test_the_choices_are_those_of_maps() -> None:
    assert map_options.VIEWS == columns.VIEWS
    assert set(map_options.LANGUAGES) == set(basemap.LANGUAGES)
    assert set(map_options.THEMES) == set(basemap.THEMES)


def test_left_out_the_page_is_as_make_map_makes_it(run: Run, tmp_path: Path) -> None:
    html = make_page(run, tmp_path)
    header = read_header(html, "data")
    assert [facet["title"] for facet in header["facets"]] == [
        "Event type", "Precision", "Actor", "Source",
    ]  # fmt: skip
    assert header["view"] == "marks"
    columns = [name for name, _ in header["export"]["columns"]]
    assert {"colour", "shape"} < set(columns)
    look = read_header(html, "base")["look"]
    assert look == {"language": "en"}


def test_each_option_reaches_the_page(run: Run, tmp_path: Path, strips: gpd.GeoDataFrame) -> None:
    strips.to_crs(3857).to_file(tmp_path / "areas.gpkg")
    html = make_page(
        run, tmp_path, "--layer", "colour", "--layer", "actor", "--view", "areas", "--areas",
        tmp_path / "areas.gpkg", "--language", "ar", "--theme", "dark", "--keep", "shape",
    )  # fmt: skip
    header = read_header(html, "data")
    titles = [facet["title"] for facet in header["facets"]]
    assert titles == ["Event type", "Colour", "Actor", "Precision"]
    assert header["view"] == "areas"
    columns = [name for name, _ in header["export"]["columns"]]
    assert "shape" in columns
    assert "colour" not in columns
    look = read_header(html, "base")["look"]
    assert look == {"language": "ar", "theme": "dark"}
    first, *_ = read_header(html, "areas")["levels"]
    assert first["names"] == ["West", "East"]


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg", "a.fgb", "a.parquet", "a.shp"])
def test_areas_of_every_format_are_the_same(
    tmp_path: Path, strips: gpd.GeoDataFrame, name: str
) -> None:
    path = tmp_path / name
    write = strips.to_parquet if path.suffix == ".parquet" else strips.to_file
    write(path)
    table, problems = read_areas(path)
    assert problems == []
    assert sorted(table["name"]) == ["East", "West"]
    found = dict(zip(table["name"], table.to_crs(4326).geometry, strict=True))
    for own, shape in zip(strips["name"], strips.geometry, strict=True):
        assert found[own].equals(shape)


def test_areas_that_cannot_be_used_say_why(tmp_path: Path, strips: gpd.GeoDataFrame) -> None:
    unnamed, points, empty, several = (
        tmp_path / name for name in ("unnamed.geojson", "points.fgb", "none.geojson", "two.gpkg")
    )
    strips.rename(columns={"name": "label"}).to_file(unnamed)
    strips.set_geometry(strips.representative_point()).to_file(points)
    empty.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    strips.to_file(several, layer="one")
    strips.to_file(several, layer="two")
    for path, message in {
        unnamed: "areas has no column 'name', only ['label', 'geometry']",
        points: "Point, not a polygon",
        empty: "areas has no rows",
        several: "this file has 2 ('one', 'two')",
        EXAMPLES / "incidents.csv": "areas are read from .fgb, .gdb, .geojson",
    }.items():
        with pytest.raises(InputError, match=re.escape(message)) as error:
            read_areas(path)
        assert path.name in str(error.value)
    with pytest.raises(NotFoundError, match="no such file"):
        read_areas(tmp_path / "nowhere.geojson")


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet", ".shp", ".zip", ".vrt"])
def test_a_file_that_leads_elsewhere_or_is_none_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"areas{suffix}"
    path.write_text(
        '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/vsicurl/http://127.0.0.1:9/x'
        "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        encoding="utf-8",
    )
    with pytest.raises(InputError, match="areas"):
        read_areas(path)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--areas", "none.geojson"], "none.geojson: no such file"),
        (["--areas", LOG[0]], "areas are read from"),
        (["--layer", "weather"], "there is no column 'weather' to make a layer of"),
        (["--keep", "weather"], "the table has no column 'weather' to keep"),
        (["--tiles", "nowhere"], "no tile server 'nowhere'"),
    ],
)
def test_what_cannot_be_is_one_line_and_nothing_is_written(
    run: Run, tmp_path: Path, options: list[object], message: str
) -> None:
    page, table, found = (tmp_path / name for name in ("map.html", "placed.csv", "found.geojson"))
    table.write_text(PLACED, encoding="utf-8")
    done = run("map", table, "-o", page, "--geojson", found, *options)
    assert done.returncode == 1, done.stderr.decode()
    [line] = [text for text in done.stderr.decode().splitlines() if text.startswith("error: ")]
    assert message in line
    if "--layer" in options:
        assert "'actor', 'incident_id', " in line
        assert "'colour', 'shape'" in line
    assert b"Traceback" not in done.stderr
    assert not page.exists()
    assert not found.exists()


@pytest.mark.parametrize("option", ["--view", "--language", "--theme"])
def test_an_unknown_choice_is_wrong_usage(run: Run, option: str) -> None:
    assert run("map", *LOG, "-o", "map.html", option, "heat").returncode == 2


def test_the_log_of_the_examples_can_be_filtered_by_a_column_of_its_own(
    run: Run, tmp_path: Path
) -> None:
    page, table = tmp_path / "map.html", tmp_path / "found.geojson"
    done = run("map", *LOG, "--country", "SY", "-o", page, "--geojson", table, "--layer", "admin1")
    assert done.returncode == 0, done.stderr.decode()
    header = read_header(page.read_text(encoding="utf-8"), "data")
    facet = next(facet for facet in header["facets"] if facet["title"] == "First-level area")
    features = json.loads(table.read_bytes())["features"]
    named = {feature["properties"].get("admin1") for feature in features} - {None, ""}
    assert named <= {entry["label"] for entry in facet["entries"]}


def test_a_layer_that_is_left_out_is_told_and_the_map_is_made(run: Run, tmp_path: Path) -> None:
    page, table = tmp_path / "map.html", tmp_path / "placed.csv"
    table.write_text(PLACED.replace("blue", "red"), encoding="utf-8")
    options = ("--layer", "colour", "--layer", "country", "--layer", "shape")
    done = run("map", table, "-o", page, *options)
    assert done.returncode == 0, done.stderr.decode()
    told = [line for line in done.stderr.decode().splitlines() if "layer '" in line]
    mend = "; name a column whose values differ"
    assert told == [
        f"warning: layer 'colour' is left out: all incidents have 'red' there{mend}",
        f"warning: layer 'country' is left out: no incident has anything there{mend}",
    ]
    titles = [facet["title"] for facet in read_header(page.read_text("utf-8"), "data")["facets"]]
    assert titles == ["Event type", "Shape", "Precision"]
    done = run("map", table, "-o", page)
    assert "layer '" not in done.stderr.decode()
