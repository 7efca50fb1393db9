"""Tables with bad cells, columns, encodings: the cell is named, the row stays, nothing is lost."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Run
from tests.end_to_end.conftest import Made, Make
from tests.end_to_end.samples import read_csv, read_features

HEADINGS = "incident_id,date_start,place_text,country,latitude,longitude,fatalities_best,colour"
# The row, and what is said of it.
ROWS = [
    ("good,2020-01-16,Saraqib,SY,35.864,36.806,3,red", ""),
    (
        "date,2020-13-01,Saraqib,SY,35.864,36.806,3,red",
        "date_start '2020-13-01' is no ISO 8601 date; write YYYY-MM-DD, or leave it empty",
    ),
    (
        "beyond,2020-01-16,,SY,135.864,96.806,3,red",
        "latitude '135.864' is beyond 90 degrees; give degrees of latitude from -90 to 90",
    ),
    (
        "turned,2020-01-16,,SY,136.806,35.864,3,red",
        "latitude '136.806' is beyond 90 degrees; longitude and latitude look swapped",
    ),
    (
        "swapped,2020-01-16,,SY,39.001,35.951,3,red",
        "latitude 39.001 with longitude 35.951 lies outside SY, and inside the other way round",
    ),
    ("word,2020-01-16,,SY,north,36.806,3,red", "latitude 'north' is no number; write decimal"),
    ("half,2020-01-16,,SY,35.864,,3,red", "longitude is empty; give both coordinates, or neither"),
    ("count,2020-01-16,Saraqib,SY,35.864,36.806,many,red", "fatalities_best 'many' is no number"),
    ("unknown,2020-01-16,Nowhereville,SY,,,3,red", ""),
    ("wide,2020-01-16,Saraqib,SY,35.864,36.806,3,red,blue", "has 9 cells under 8 headings"),
]
UNLOCATED = {"beyond", "turned", "swapped", "word", "half", "unknown"}


@pytest.fixture(scope="module")
def made(make: Make, tmp_path_factory: pytest.TempPathFactory) -> Made:
    path = tmp_path_factory.mktemp("table") / "log.csv"
    path.write_text("\n".join([HEADINGS, *(row for row, _ in ROWS)]), encoding="utf-8")
    return make(path)


@pytest.fixture(scope="module")
def features(made: Made) -> dict[str, dict]:
    return {feature["id"]: feature for feature in read_features(made.geojson)}


@pytest.mark.parametrize(
    ("number", "message"),
    [(number, message) for number, (_, message) in enumerate(ROWS, start=2) if message],
)
def test_a_bad_cell_is_named_by_file_row_and_column(made: Made, number: int, message: str) -> None:
    lines = [line for line in made.said if line.startswith(f"warning: log.csv, row {number}: ")]
    assert any(message in line for line in lines), made.said


def test_good_rows_are_not_spoken_of(made: Made) -> None:
    assert not any("row 2:" in line or "row 10:" in line for line in made.said)
    assert made.said[-3] == f"10 incidents, {len(UNLOCATED)} of them could not be located"


def test_every_row_and_foreign_cell_stays(features: dict[str, dict]) -> None:
    assert list(features) == [row.partition(",")[0] for row, _ in ROWS]
    assert {f["properties"]["colour"] for f in features.values()} == {"red"}


@pytest.mark.parametrize("name", [row.partition(",")[0] for row, _ in ROWS])
def test_what_was_written_in_a_bad_cell_is_kept_in_the_notes(
    features: dict[str, dict], name: str
) -> None:
    row, message = next((row, said) for row, said in ROWS if row.startswith(name))
    properties = features[name]["properties"]
    assert any(message in note for note in properties["notes"]) or not message
    cells = row.split(",")
    if name in UNLOCATED:
        assert features[name]["geometry"] is None
        assert properties["match_reasons"][0].startswith("unresolved: ")
        given = json.dumps(properties["notes"])
        assert all(cell in given for cell in cells[4:6])
    else:
        assert features[name]["geometry"]["coordinates"] == [36.806, 35.864]
    assert properties["date_start"] == (None if name == "date" else "2020-01-16")


def test_a_place_that_does_not_exist_is_told_in_the_page(made: Made, open_page) -> None:
    page: Page = open_page(made.page)
    page.get_by_role("button", name="Not located (6)").click()
    items = page.locator(".im-unlocated-list > li")
    expect(items).to_have_count(len(UNLOCATED))
    (item,) = items.filter(has_text="Nowhereville").all()
    expect(item).to_contain_text("no place is called 'Nowhereville'")
    swapped = items.filter(has_text="the other way round")
    expect(swapped).to_have_count(1)


def test_a_place_that_does_not_exist_stays_in_a_located_table(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "log.csv"
    table.write_text("town,note\nIdlib,=1+1\nNowhereville,kept\n", encoding="utf-8")
    done = run("locate", table, "--place", "town", "--country", "SY")
    found, missing = read_csv(done.stdout)
    # A CSV of data keeps what was written, also what a spreadsheet would take for a formula.
    assert found["note"] == "=1+1"
    assert (missing["note"], missing["longitude"]) == ("kept", "")
    assert "unresolved: no place is called 'Nowhereville'" in missing["match_reasons"]
    assert b"2 rows, 1 could not be located" in done.stderr


def test_coordinates_a_located_table_came_with_are_kept(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "log.csv"
    table.write_text("town,longitude,latitude,wkt\nIdlib,1.5,2.5,mine\n", encoding="utf-8")
    (row,) = read_csv(run("locate", table, "--place", "town", "--country", "SY").stdout)
    assert (row["longitude"], row["latitude"], row["wkt"]) == ("1.5", "2.5", "mine")
    assert float(row["latitude_located"]) == pytest.approx(35.93, abs=0.05)


def test_the_geometry_a_layer_came_with_is_kept(run: Run, tmp_path: Path) -> None:
    layer = tmp_path / "layer.geojson"
    point = {"type": "Point", "coordinates": [1.5, 2.5]}
    feature = {"type": "Feature", "properties": {"town": "Idlib"}, "geometry": point}
    layer.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (row,) = read_csv(run("locate", layer, "--place", "town", "--country", "SY").stdout)
    assert row["geometry_given"] == "POINT (1.5 2.5)"


ARABIC = "id,place,country\n1,سراقب,SY\n2,معرة النعمان,SY\n3,عين عيسى,SY\n4,كفر نبل,SY\n"


def test_arabic_in_any_encoding_is_read(run: Run, tmp_path: Path) -> None:
    encodings = ("utf-16", "utf-16-le", "cp1256")
    for encoding in encodings:
        (tmp_path / f"{encoding}.csv").write_bytes(ARABIC.encode(encoding))
    done = run("read", *(f"{encoding}.csv" for encoding in encodings), cwd=tmp_path)
    rows = read_csv(done.stdout)
    names = [line.split(",")[1] for line in ARABIC.splitlines()[1:]]
    assert [row["place_text"] for row in rows] == names * len(encodings)
    assert all(row["longitude"] for row in rows)
    for encoding in encodings:
        assert f"{encoding}.csv: not in UTF-8, read as " in done.stderr.decode()


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ("dat_start: date_start", "'dat_start' is no column of ours; did you mean 'date_start'?"),
        ("date_start: when", "has no column 'when' (mapped to date_start); it has: incident_id,"),
        ("a: [b", "is no YAML or JSON in UTF-8: while parsing"),
        ("", "is no mapping; write one line for each column"),
    ],
)
def test_a_mapping_that_does_not_fit_is_told_in_one_line(
    run: Run, tmp_path: Path, mapping: str, message: str
) -> None:
    (tmp_path / "log.csv").write_text(f"{HEADINGS}\n{ROWS[0][0]}\n")
    (tmp_path / "mapping.yaml").write_text(mapping)
    done = run("map", "log.csv", "--mapping", "mapping.yaml", "-o", "m.html", cwd=tmp_path)
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("error: ")
    assert message in line
    assert not (tmp_path / "m.html").exists()


@pytest.mark.parametrize(
    ("command", "suffix"),
    [
        *(("map", suffix) for suffix in (".csv", ".geojson", ".parquet")),
        *(("locate", suffix) for suffix in (".csv", ".gpkg")),
    ],
)
def test_a_table_that_is_none_is_told_in_one_line(
    run: Run, tmp_path: Path, command: str, suffix: str
) -> None:
    path = tmp_path / f"log{suffix}"
    path.write_bytes(bytes((7 * n * n + n) % 256 for n in range(4000)))
    option = {"map": ("-o", tmp_path / "m.html"), "locate": ("--place", "x")}[command]
    done = run(command, path, *option)
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("error: ")
    assert path.name in line


def test_half_a_surrogate_pair_and_nan_in_geojson_cost_nothing_else(
    make: Make, tmp_path: Path
) -> None:
    path = tmp_path / "log.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point",'
        '"coordinates":[36.8,35.8]},"properties":{"evidence":"tail \\ud800 half",'
        '"mine":["\\udfff"],"fatalities_best":NaN}}]}'
    )
    (feature,) = read_features(make(path).geojson)
    assert feature["properties"]["evidence"] == "tail ? half"
    assert feature["properties"]["fatalities_best"] is None


@pytest.mark.parametrize("name", ["log.csv", "page.html"])
def test_a_map_is_never_written_over_a_table_or_its_input(
    run: Run, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text("precious")
    done = run("map", path, "-o", path)
    assert done.returncode == 2
    assert path.read_text() == "precious"
