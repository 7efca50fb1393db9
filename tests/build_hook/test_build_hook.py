"""The package build's own steps: names, ids, packed shapes, what is made again and when."""

import csv
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from build_hook import node
from build_hook.areas import simplify
from build_hook.make import hash_files
from build_hook.names import find_names, join_names
from build_hook.pack import GRID_DEG, measure_area, pack_shapes, write_archive
from build_hook.towns import _arabic_name
from geo.shapes import _unpack

ROOT = Path(__file__).parents[2]


def _record(name, **others):
    return {"name": name, **others}


@pytest.mark.parametrize(
    ("record", "given_name", "names"),
    [
        (_record("Homs (Hims)", name_alt="Hims|Homs"), "", ["Homs", "Hims"]),
        (_record("Idlib", gn_name="Muhafazat Idlib"), "", ["Idlib", "Muhafazat Idlib"]),
        (
            _record("Lattakia", gn_name="Muhafazat al Ladhiqiyah"),
            "",
            ["Lattakia", "Muhafazat al Ladhiqiyah", "al Ladhiqiyah"],
        ),
        (_record("Sumy", gn_name="Sums'ka Oblast'"), "", ["Sumy", "Sums'ka Oblast'", "Sums'ka"]),
        (_record("Uruzgan", gn_name="Wilayat-e Daykundi"), "Daykundi", ["Daykundi"]),
        (_record("Gaza Strip", woe_name="GAZ-00 (Gaza Strip aggregation)"), "", ["Gaza Strip"]),
        (_record("Tartus", name_alt="", name_local=None), "", ["Tartus"]),
    ],
)
def test_names_out_of_a_record(record, given_name, names):
    assert find_names(record, given_name)[: len(names)] == names


def test_a_name_of_several_areas_is_none_of_theirs_unless_it_comes_first():
    found = {"XK-1": ["Peć", "Đakovica"], "XK-2": ["Istok", "Đakovica"], "XK-3": ["Đakovica"]}
    joined = join_names(found, {"XK-1": [("sq", "Peja"), ("en", "Pec")]})
    assert joined == {"XK-1": ["Pec", "Peja", "Peć"], "XK-2": ["Istok"], "XK-3": ["Đakovica"]}


@pytest.mark.parametrize(
    ("latin", "written", "expected"),
    [
        ("Damascus", ["د مشق", "دمشق", "الشام"], "دمشق"),
        ("Ar Raqqah", ["رقه", "الرقة", "رقة"], "الرقة"),
        ("Al Qāmishlī", ["قامشلو", "القامشلي"], "القامشلي"),
        ("Beirut", ["بَيْرُوت", "بيروت"], "بيروت"),
        ("Kelar", ["کلار"], ""),
    ],
)
def test_the_arabic_name_most_like_the_latin_one(latin, written, expected):
    town = {"name": latin, "alternatenames": written, "countrycode": "SY"}
    assert _arabic_name(town) == expected


def test_no_arabic_name_where_arabic_is_not_written():
    town = {"name": "Kyiv", "alternatenames": ["كييف"], "countrycode": "UA"}
    assert _arabic_name(town) == ""


@given(
    st.lists(
        st.tuples(st.integers(-300, 300), st.integers(-150, 150), st.integers(1, 40)),
        min_size=1,
        max_size=12,
    )
)
def test_packed_shapes_come_back_as_they_were(boxes):
    shapes = [
        shapely.MultiPolygon(
            [shapely.box(x / 2, y / 2, x / 2 + side / 10, y / 2 + side / 10)]
        ).difference(shapely.box(x / 2 + 0.02, y / 2 + 0.02, x / 2 + 0.03, y / 2 + 0.03))
        for x, y, side in boxes
    ]
    back = _unpack(pack_shapes([shapely.multipolygons([shape]) for shape in shapes]))
    assert len(back) == len(shapes)
    for shape, packed in zip(shapes, back, strict=True):
        assert shapely.hausdorff_distance(shape, packed) <= GRID_DEG
        assert len(packed.interiors) == len(shape.interiors)


def test_simplified_neighbours_share_their_border():
    wavy = [(0.5 + 0.0002 * np.sin(step), step / 50) for step in range(51)]
    left = shapely.Polygon([(0, 0), *wavy, (0, 1)])
    right = shapely.Polygon([(1, 0), *wavy, (1, 1)])
    simple = simplify([shapely.MultiPolygon([left]), shapely.MultiPolygon([right])])
    assert shapely.get_num_coordinates(simple).sum() < 30
    assert simple[0].intersection(simple[1]).area == 0
    assert shapely.union_all(simple).area == pytest.approx(shapely.union_all([left, right]).area)


@pytest.mark.parametrize(
    ("shape", "lon", "lat", "radius_km"),
    [
        # A degree on the equator: half the diagonal is 78.5 km (Vincenty).
        (shapely.box(10, -0.5, 11, 0.5), 10.5, 0.0, 78.5),
        # On both sides of the antimeridian the centre is on it, not in Africa.
        (
            shapely.union(shapely.box(179, -1, 180, 1), shapely.box(-180, -1, -179, 1)),
            -180,
            0,
            156.9,
        ),
    ],
)
def test_centre_and_radius(shape, lon, lat, radius_km):
    measured = measure_area(shape)
    assert measured[:2] == pytest.approx([lon, lat])
    assert measured[2] == pytest.approx(radius_km, abs=0.2)


def test_the_centre_of_a_crescent_lies_in_it():
    crescent = shapely.Point(0, 0).buffer(1).difference(shapely.Point(0.3, 0).buffer(0.9))
    lon, lat, *_ = measure_area(crescent)
    assert crescent.distance(shapely.Point(lon, lat)) < 1e-3


def test_the_same_members_make_the_same_bytes(tmp_path):
    write_archive({"b": b"2" * 99, "areas.json": b"[]"}, tmp_path / "one.zip")
    write_archive({"areas.json": b"[]", "b": b"2" * 99}, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_the_hash_tells_a_change_a_new_name_and_a_file_that_went(tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "page.js").write_text("1")
    first = hash_files(tmp_path, ["src", "missing"])
    assert hash_files(tmp_path, ["src", "missing"]) == first
    (tmp_path / "src" / "page.js").write_text("2")
    changed = hash_files(tmp_path, ["src", "missing"])
    (tmp_path / "src" / "page.js").rename(tmp_path / "src" / "other.js")
    renamed = hash_files(tmp_path, ["src", "missing"])
    (tmp_path / "src" / "other.js").unlink()
    assert len({first, changed, renamed, hash_files(tmp_path, ["src", "missing"])}) == 4


def test_node_comes_from_pypi_and_says_what_failed(tmp_path):
    node.run_node(["--eval", "require('fs').writeFileSync('made', 'yes')"], cwd=tmp_path)
    assert (tmp_path / "made").read_text() == "yes"
    with pytest.raises(RuntimeError, match="no such luck"):
        node.run_node(["--eval", "throw new Error('no such luck')"], cwd=tmp_path)


@pytest.mark.parametrize("name", ["area_facts.csv", "country_facts.csv", "admin_words.csv"])
def test_every_fact_is_given_once_and_says_why(name):
    with (ROOT / "build_hook" / "data" / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = [next(iter(row.values())) for row in rows]
    assert len(set(keys)) == len(keys)
    assert [row for row in rows if not row.get("note", row.get("source"))] == []


def test_the_lock_file_names_no_registry():
    lock = (ROOT / "maps" / "js" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
