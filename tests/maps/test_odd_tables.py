"""Tables that are odd: the page is made, and its data hold what the table holds."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas import GeoDataFrame
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from map_reading import read_block, read_details, unpack
from map_samples import make_many, make_sample

from geo.errors import InputError
from geo.incident import COLUMN_NAMES
from geo.table import make_table
from maps.columns import make_page_data
from maps.details import make_details
from maps.incident_map import make_map

BLOCK = 8
OPTIONAL = [name for name in COLUMN_NAMES if name != "geometry"]
# What the page writes of a cell that JSON and UTF-8 cannot hold is tested in test_payload.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def read_page(table: GeoDataFrame) -> tuple[dict[str, Any], dict[str, list[int]]]:
    return unpack(read_block(make_map(table).to_html(), "data"))


@pytest.mark.parametrize("name", OPTIONAL)
@pytest.mark.parametrize("kind", ["nulls", "gone"])
def test_a_column_of_nulls_or_none_at_all_leaves_a_page(name: str, kind: str) -> None:
    table = make_sample()
    if kind == "gone":
        table = table.drop(columns=name)
    else:
        table[name] = pd.Series([None] * len(table), dtype="object")
    data = make_page_data(table, title="", about={}, attribution="")
    header, columns = unpack(data.payload)
    assert header["count"] == len(columns["place"]) == 24
    details = make_details(table, BLOCK, order=data.order, keys=data.keys)
    assert len(read_details(details, columns, BLOCK)) == 24


def test_no_row_and_no_geometry_leave_a_page() -> None:
    header, columns = read_page(make_table([]))
    assert (header["count"], columns["place"]) == (0, [])
    table = make_sample()
    table["geometry"] = None
    header, columns = read_page(table)
    assert columns["place"] == [0] * 24
    assert header["facets"][1]["entries"] == [{"label": "not located"}]


@pytest.mark.parametrize("day", ["0001-01-01", "1969-12-31", "9999-12-31"])
def test_the_first_and_the_last_day_come_back(day: str) -> None:
    _, columns = read_page(make_table([{"incident_id": "1", "date_start": day}]))
    assert str(np.datetime64("1970-01-01") + columns["start"][0]) == day


@pytest.mark.parametrize(
    "shape",
    [
        shapely.Point(0, 90),
        shapely.Point(12.34567, -90),
        shapely.Point(180, 0),
        shapely.Point(-180, 0.00001),
        shapely.MultiPoint([(179.5, 10), (-179.5, 11)]),
        shapely.box(179, -17, 181, -16),
        shapely.MultiPolygon([shapely.box(179, -17, 180, -16), shapely.box(-180, -17, -179, -16)]),
        shapely.GeometryCollection([shapely.Point(1, 2), shapely.LineString([(1, 2), (3, 4)])]),
    ],
)
def test_places_at_the_edge_of_the_world_come_back(shape: Any) -> None:
    record = {"incident_id": "1", "precision": "settlement", "geometry": shapely.Point(1, 2)}
    table = make_table([record])
    table.loc[0, "geometry"] = shape
    header, columns = read_page(table)
    assert columns["place"] == [1]
    if isinstance(shape, shapely.Point):
        where = columns["place_lon"][1] / header["scale"], columns["place_lat"][1] / header["scale"]
        assert where == (shape.x, shape.y)
    assert abs(columns["place_lat"][1]) <= 90 * header["scale"]


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan"), 1e300, -5.0])
@pytest.mark.parametrize("name", ["radius_km", "match_score", "fatalities_best", "injured_low"])
def test_numbers_that_nobody_meant_leave_a_page(name: str, value: float) -> None:
    table = make_sample()
    table[name] = value
    assert read_page(table)[0]["count"] == 24


def test_very_long_and_broken_text_leaves_a_page() -> None:
    table = make_sample()
    for name in ("evidence", "actor1", "source", "place_name", "admin1"):
        table[name] = pd.Series(["x" * 100_000, "\ud800 half \x00"] * 12, dtype="object")
    table["mine"] = pd.Series([{"a": "\ud800"}, {1, 2}, 1 << 80, b"x", object] + [None] * 19)
    html = make_map(table, layers=["mine"]).to_html()
    header, columns = unpack(read_block(html, "data"))
    details = read_details(read_block(html, "details"), columns, header["block_rows"])
    assert sum(row["evidence"] == "x" * 100_000 for row in details) == 12
    assert sum(row["evidence"] == "\ufffd half \ufffd" for row in details) == 12


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "lon": st.floats(-180, 180) | st.none(),
            "lat": st.floats(-90, 90),
            "day": st.integers(-500_000, 500_000) | st.none(),
            "source": TEXTS | st.sampled_from(["A", "B", ""]),
            "actor1": TEXTS | st.sampled_from(["A", "A; B"]),
            "actor2": st.sampled_from(["", "B", "C; A"]),
            "place_id": st.sampled_from(["", "x:1"]),
            "evidence": TEXTS | st.just("in the words of a witness"),
            "mine": TEXTS | st.just("he said: in the words of a witness") | st.integers(),
            "injured_low": st.none() | st.integers(0, 1 << 40),
            "claims": st.lists(st.dictionaries(TEXTS, st.integers(0, 9), max_size=2), max_size=2),
        }
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(ROWS)
def test_what_the_page_reads_is_what_the_table_holds(rows: list[dict[str, Any]]) -> None:
    points = [shapely.Point(r["lon"], r["lat"]) if r["lon"] is not None else None for r in rows]
    table = make_table({"incident_id": f"i{n}"} for n in range(len(rows)))
    table = table.set_geometry(GeoDataFrame(geometry=points, crs=4326).geometry)
    for name in ("source", "actor1", "actor2", "place_id", "evidence", "mine", "claims"):
        table[name] = pd.Series([row[name] for row in rows], dtype="object")
    table["injured_low"] = pd.array([row["injured_low"] for row in rows], dtype="Int64")
    epoch = np.datetime64("1970-01-01")
    days = [epoch + r["day"] if r["day"] is not None else np.datetime64("NaT") for r in rows]
    table["date_start"] = np.array(days, dtype="datetime64[s]")
    data = make_page_data(table, title="", about={}, attribution="")
    header, columns = unpack(data.payload)
    text = make_details(table, BLOCK, order=data.order, keys=data.keys)
    details = read_details(text, columns, BLOCK)
    assert sorted(data.order) == list(range(len(rows)))
    for at, row in enumerate(rows[number] for number in data.order):
        _check_row(
            row,
            header,
            {name: own[at] for name, own in columns.items() if len(own) > at},
            details[at],
        )
        assert (at < header["dated"]) == (row["day"] is not None)
        place = columns["place"][at]
        assert bool(place) == (row["lon"] is not None)
        if place:
            assert abs(columns["place_lon"][place] / header["scale"] - row["lon"]) <= 0.000005001
            assert abs(columns["place_lat"][place] / header["scale"] - row["lat"]) <= 0.000005001


def _check_row(
    row: dict[str, Any], header: dict[str, Any], codes: dict[str, int], detail: dict[str, Any]
) -> None:
    tables = header["tables"]
    assert tables["source"][codes["source"]] == row["source"]
    for name in ("actor1", "actor2"):
        assert tables["actor"][codes[name]] == row[name]
    if row["day"] is not None:
        assert codes["start"] == row["day"]
    for name in ("place_id", "evidence"):
        assert detail.get(name, "") == row[name]
    assert detail.get("claims", []) == row["claims"]
    mine = row["mine"]
    written = str(mine) if isinstance(mine, int) and abs(mine) >= 1 << 53 else mine
    assert detail.get("extra", {}).get("mine", "") == written
    if row["injured_low"] is not None:
        assert detail["injured"] == [min(row["injured_low"], (1 << 32) - 3), None, None]
    for facet in header["facets"]:
        entries = (
            facet["sets"][codes[facet["column"]]] if "sets" in facet else [codes[facet["column"]]]
        )
        labels = {facet["entries"][entry]["label"] for entry in entries}
        if facet["column"] == "actors":
            both = f"{row['actor1']}; {row['actor2']}".split("; ")
            assert labels == {name.strip() for name in both if name.strip()} or labels == {
                "no actor named"
            }
        if facet["column"] == "source":
            assert labels == {row["source"] or "source unknown"}


def test_the_bytes_do_not_hang_on_the_hash_of_texts(tmp_path: Path) -> None:
    code = (
        "import sys; from map_samples import make_many; from maps.incident_map import make_map; "
        "make_map(make_many(3000), layers=['actor', 'source', 'sub_event_type', 'place_text'])"
        ".save(sys.argv[1])"
    )
    pages = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.html"
        folders = os.pathsep.join([str(Path(__file__).parents[2]), str(Path(__file__).parent)])
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": folders}
        subprocess.run([sys.executable, "-c", code, str(path)], check=True, env=env)
        pages.append(path.read_bytes())
    assert pages[0] == pages[1]
    make_map(make_many(3000), layers=["actor", "source", "sub_event_type", "place_text"]).save(
        tmp_path / "own.html"
    )
    assert (tmp_path / "own.html").read_bytes() == pages[0]


def test_equal_tables_of_other_storage_give_the_same_bytes() -> None:
    table = make_many(500)
    other = table.copy()
    for name in ("actor1", "source", "evidence"):
        other[name] = other[name].astype("object")
    assert make_map(table).to_html() == make_map(other).to_html()


def test_an_unknown_layer_is_named_with_what_there_is() -> None:
    with pytest.raises(InputError, match=r"'colour'.*'actor'.*'event_type'"):
        make_map(make_sample(), layers=["colour"])
    with pytest.raises(InputError, match="list"):
        make_map(make_sample(), layers="source")
    with pytest.raises(InputError, match="at most"):
        make_map(make_sample(), layers=OPTIONAL[:20])
