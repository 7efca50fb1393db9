"""Rivers and lakes out of a package's topologies: joined, added to, smoothed."""

import numpy as np
import pytest
import shapely

from build_hook.water import _add_lakes, _add_rivers, _read_lakes, _read_rivers, _smooth, _to_steps

# Two arcs on a grid of a tenth of a degree: (0, 0) to (1, 1), and (1, 1) over (2, 1) to (2, 2).
TOPOLOGY = {
    "transform": {"scale": [0.1, 0.1], "translate": [0.0, 0.0]},
    "arcs": [[[0, 0], [10, 10]], [[10, 10], [10, 0], [0, 10]], [[20, 20], [-20, -20]]],
    "objects": {
        "rivers": {
            "geometries": [
                {"type": "LineString", "arcs": [0, 1]},
                {"type": "MultiLineString", "arcs": [[-2]]},
            ]
        },
        "lakes": {"geometries": [{"type": "Polygon", "arcs": [[0, 1, 2]]}]},
    },
}


def test_arcs_are_joined_and_a_negative_number_is_one_backwards() -> None:
    lines = [shapely.get_coordinates(line).tolist() for line in _read_rivers(TOPOLOGY)]
    assert lines == [[[0, 0], [1, 1], [2, 1], [2, 2]], [[2, 2], [2, 1], [1, 1]]]
    (lake,) = _read_lakes(TOPOLOGY)
    assert lake.area == pytest.approx(0.5)


def test_the_world_s_file_adds_only_what_a_continent_s_lacks() -> None:
    own = shapely.LineString([(0, 0), (10, 0)])
    same = shapely.LineString([(0, 0.01), (10, 0.02)])
    tributary = shapely.LineString([(5, 3), (5, 0.01)])
    rivers = _add_rivers([own], [same, tributary])
    assert rivers[0].equals(own) or shapely.union_all(rivers).covers(own)
    assert sum(line.length for line in rivers) == pytest.approx(13, abs=0.05)
    # The tributary reaches the river it was cut from.
    assert shapely.distance(rivers[-1], own) == 0


def test_a_lake_that_is_there_is_not_added_again() -> None:
    known, again, other = (
        shapely.box(*box) for box in ((0, 0, 2, 2), (0.1, 0, 2, 2.1), (5, 5, 6, 6))
    )
    assert [lake.area for lake in _add_lakes([known], [again, other])] == [4.0, 1.0]


def test_a_line_keeps_its_ends_when_its_corners_are_cut() -> None:
    line = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    smooth = _smooth(line)
    assert smooth[0].tolist() == [0, 0]
    assert smooth[-1].tolist() == [1, 1]
    assert [1.0, 0.0] not in smooth.tolist()
    assert _to_steps(np.array([[0.0, 0.0], [0.001, 0.001], [0.5, 0.25]])) == [0, 0, 100, 50]
