import itertools
from collections.abc import Iterable

import numpy as np
import pytest
from map_reading import unpack

from maps.basemap import find_boxes, make_base_map
from maps.names import LAST_ZOOM, find_zooms
from maps.world import load_world

SYRIA = (35.7, 32.3, 42.4, 37.3)


def names_of(text: str) -> dict[tuple[str, str], int]:
    """The first zoom of each name and kind."""
    header, columns = unpack(text)
    kinds = [header["name_kinds"][kind] for kind in columns["name_kind"]]
    pairs = zip(header["names"], kinds, strict=True)
    return dict(zip(pairs, columns["name_zoom"], strict=True))


def points(columns: dict[str, list[int]], name: str, scale: int) -> np.ndarray:
    return np.array([columns[f"{name}_x"], columns[f"{name}_y"]]).T / scale


def test_a_country_takes_no_more_than_its_share_of_the_page() -> None:
    assert len(make_base_map(SYRIA)) <= 150_000


def test_the_world_alone_is_smaller_and_has_every_layer_empty_but_its_own() -> None:
    text = make_base_map(None)
    assert len(text) <= 100_000
    header, columns = unpack(text)
    assert {name for name in header["lines"] if columns[f"{name}_length"]} == {
        "world_land",
        "world_coast",
        "world_borders",
    }


def test_lines_lie_where_they_should() -> None:
    header, columns = unpack(make_base_map(SYRIA))
    for name, spec in header["lines"].items():
        lons, lats = points(columns, name, spec["scale"]).T
        assert columns[f"{name}_length"], name
        assert sum(columns[f"{name}_length"]) == len(lons)
        assert np.abs(lons).max() <= (540 if name.startswith("world") else 180), name
        assert np.abs(lats).max() <= 90, name
    # The coast of Latakia is a coast, the border at Tall Abyad a border and no coast.
    coast, border = points(columns, "coast", 1000), points(columns, "borders", 1000)
    assert near(coast, (35.75, 35.5)) < 0.2
    assert near(border, (38.95, 36.70)) < 0.2
    assert near(coast, (38.95, 36.70)) > 1


def near(line: np.ndarray, position: tuple[float, float]) -> float:
    return float(np.hypot(*(line - position).T).min())


def test_the_cut_edges_of_the_box_are_no_borders() -> None:
    header, columns = unpack(make_base_map(SYRIA))
    west, south, east, north = find_boxes(SYRIA)[0]
    for name in ("coast", "borders", "admin"):
        lons, lats = points(columns, name, header["lines"][name]["scale"]).T
        on_edge = np.isclose(lons, west - 0.1) | np.isclose(lons, east + 0.1)
        on_edge |= np.isclose(lats, south - 0.1) | np.isclose(lats, north + 0.1)
        lengths = np.cumsum([0, *columns[f"{name}_length"]])
        runs = [on_edge[a:b] for a, b in itertools.pairwise(lengths)]
        assert not any(run[:-1][run[1:]].any() for run in runs if len(run) > 1), name


def test_the_names_a_reader_looks_for_are_there() -> None:
    names = names_of(make_base_map(SYRIA))
    assert names["Syria", "country"] <= 5
    assert names["Damascus", "city"] <= 7
    assert names["Aleppo", "city"] <= 6
    assert names["Aleppo", "admin1"] >= 5
    assert ("Tokyo", "city") in names
    assert {(name, "city") for name in ("Homs", "Deir ez-Zor", "Latakia")} <= names.keys()
    assert ("Idlib", "town") in names or ("Idlib", "city") in names


def test_the_larger_of_two_towns_in_one_square_is_named_first() -> None:
    zooms = find_zooms(np.array([36.0, 36.05, 100.0]), np.array([35.0, 35.0, 10.0]))
    assert zooms[0] < zooms[1] <= LAST_ZOOM
    assert zooms[0] == zooms[2]


@pytest.mark.parametrize(
    ("bounds", "boxes"),
    [
        (None, []),
        ((36.0, 35.0, 36.0, 35.0), [(34.0, 33.0, 38.0, 37.0)]),
        ((179.0, -18.0, 181.0, -16.0),
         [(177.0, -20.0, 180.0, -14.0), (-180.0, -20.0, -177.0, -14.0)]),
        ((-179.5, 0.0, -179.0, 0.0), [(178.5, -2.0, 180.0, 2.0), (-180.0, -2.0, -177.0, 2.0)]),
        ((-170.0, -50.0, 170.0, 70.0), []),
        ((5.0, 84.9, 5.0, 85.0), [(3.0, 82.9, 7.0, 85.0)]),
    ],
)  # fmt: skip
def test_boxes_stay_on_the_map(
    bounds: tuple[float, float, float, float] | None, boxes: Iterable[tuple[float, ...]]
) -> None:
    assert find_boxes(bounds) == boxes
    make_base_map(bounds)


def test_no_line_of_the_world_jumps_to_its_other_side() -> None:
    world = load_world()
    for lines in (world.land, world.coast, world.borders):
        assert lines
        assert (
            max(np.abs(np.diff(line[:, 0])).max() for line in lines if abs(line[0, 1]) < 60) < 180
        )
    assert world.centres["France"] == pytest.approx((2.5, 46.5), abs=1)
